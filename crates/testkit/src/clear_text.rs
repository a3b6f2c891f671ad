//! Looks for clear text in every file of a folder: in all of it, whatever the file says it is.

use std::path::{Path, PathBuf};

use anyhow::Result;

/// A place where a marker was found.
#[derive(Debug)]
pub struct Found {
    /// The file.
    pub file: PathBuf,
    /// Which marker.
    pub marker: String,
}

/// Every occurrence of every marker, as UTF-8 and as UTF-16, in every file below `folder`.
///
/// # Errors
/// If a file cannot be read.
pub fn search(folder: &Path, markers: &[String]) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(search(&path, markers)?);
        } else if path.is_file() {
            let bytes = std::fs::read(&path)?;
            found.extend(markers.iter().filter(|marker| contains(&bytes, marker)).map(|marker| Found { file: path.clone(), marker: marker.clone() }));
        }
    }
    Ok(found)
}

fn contains(bytes: &[u8], marker: &str) -> bool {
    let utf16: Vec<u8> = marker.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [marker.as_bytes(), &utf16].iter().any(|needle| bytes.windows(needle.len()).any(|window| window == *needle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_found_wherever_it_lies() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("a/b");
        std::fs::create_dir_all(&below).unwrap();
        std::fs::write(below.join("one"), "..123A000001..").unwrap();
        std::fs::write(folder.path().join("two"), "1\x002\x003\x00A\x000\x000\x000\x000\x000\x001\x00").unwrap();
        assert_eq!(search(folder.path(), &["123A000001".into()]).unwrap().len(), 2);
        assert_eq!(search(folder.path(), &["123A000002".into()]).unwrap().len(), 0);
    }
}
