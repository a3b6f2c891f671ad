//! Checks of the tracked files themselves, whatever language they are in.

mod links;
mod manifest;
mod texts;

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::invocation::Invocation;

/// Beyond this a file belongs elsewhere: every clone carries it for ever.
const LARGEST_BYTES: usize = 1 << 20;

/// Screenshots may be larger.
const SCREENS: &str = "docs/screens/";

/// Checks every file that git tracks below `root`.
///
/// # Errors
/// Names each offence with its file and, where there is one, its line.
pub fn check(root: &Path) -> Result<()> {
    let paths = tracked_paths(root)?;
    let mut offences = Vec::new();
    for path in &paths {
        // A file deleted but not yet committed is nobody's offence.
        let Ok(bytes) = std::fs::read(root.join(path)) else {
            continue;
        };
        offences.extend(offences_in(path, &bytes, |target| root.join(target).exists()));
    }
    if offences.is_empty() {
        println!("{} tracked files are in order.", paths.len());
        return Ok(());
    }
    bail!("{} offences in tracked files:\n  {}", offences.len(), offences.join("\n  "))
}

/// What is wrong with one file; `exists` answers for paths relative to the root.
fn offences_in(path: &str, bytes: &[u8], exists: impl Fn(&str) -> bool) -> Vec<String> {
    let mut offences = Vec::new();
    if bytes.len() > LARGEST_BYTES && !path.starts_with(SCREENS) {
        offences.push(format!("{path}: {} bytes, more than {LARGEST_BYTES}", bytes.len()));
    }
    // What is not UTF-8 is a picture, a font or a test vector.
    let Ok(text) = std::str::from_utf8(bytes) else {
        return offences;
    };
    offences.extend(texts::machine_paths(path, text));
    offences.extend(texts::forbidden_words(path, text));
    if path.ends_with("package-lock.json") {
        offences.extend(texts::download_addresses(path, text));
    }
    if path.ends_with(".md") {
        offences.extend(links::dead_links(path, text, exists));
    }
    if path == "Cargo.toml" {
        offences.extend(manifest::dependencies_without_reason(path, text));
    }
    offences
}

fn tracked_paths(root: &Path) -> Result<Vec<String>> {
    // In a container the checkout may belong to another user; reading file names is safe all the same.
    let listing = Invocation::new(root, "git")
        .args(["-c", "safe.directory=*", "ls-files", "-z"])
        .output()
        .context("the tracked files are listed by git; is this a git checkout?")?;
    let paths: Vec<String> = listing.split_terminator('\0').map(str::to_owned).collect();
    if paths.is_empty() {
        bail!("git tracks no file here, so nothing would be checked");
    }
    Ok(paths)
}

/// An offence at a line, counted from 1 as editors do.
fn at(path: &str, line_index: usize, what: &str) -> String {
    format!("{path}:{}: {what}", line_index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_screenshots_may_be_large() {
        let large = vec![0xff; LARGEST_BYTES + 1];
        assert_eq!(offences_in("ui/film.webm", &large, |_| true).len(), 1);
        assert!(offences_in("docs/screens/film.webm", &large, |_| true).is_empty());
        assert!(offences_in("ui/film.webm", &large[1..], |_| true).is_empty());
    }

    #[test]
    fn each_kind_of_file_gets_its_checks() {
        let found = |path: &str, text: &str| offences_in(path, text.as_bytes(), |_| false).len();
        assert_eq!(found("docs/a.md", "see [the other](b.md)"), 1);
        assert_eq!(found("Cargo.toml", "[workspace.dependencies]\nserde = \"1\"\n"), 1);
        assert_eq!(found("ui/package-lock.json", r#""resolved": "https://registry.npmjs.org/x.tgz""#), 1);
        assert_eq!(found("crates/a/src/lib.rs", concat!("// FIX", "ME later")), 1);
        assert_eq!(found("crates/a/src/lib.rs", concat!("const A: &str = \"/ho", "me/someone/a\";")), 1);
    }
}
