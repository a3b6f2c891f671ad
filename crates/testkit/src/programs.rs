//! Where the programs lie: beside the one that runs now, as cargo puts them.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// The path of a program that was built with this one.
///
/// # Errors
/// A sentence saying what to build if it is not there.
pub fn path_of(name: &str) -> Result<PathBuf> {
    let me = std::env::current_exe().context("this program has a path")?;
    let mut folder = me.parent().context("a program lies in a folder")?.to_path_buf();
    if folder.ends_with("deps") {
        folder.pop();
    }
    let path = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !path.exists() {
        bail!("{name} is not built: run `cargo build --workspace --bins` first");
    }
    Ok(path)
}
