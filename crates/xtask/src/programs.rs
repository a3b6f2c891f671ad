//! The project's own programs: built together, started from where cargo puts them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::invocation::Invocation;

/// How well the compiler works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Quickly.
    Dev,
    /// As shipped.
    Release,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// Everything that is measured, measures or is shipped with the window. Built as one selection: cargo unites the features of what it builds together, so what
/// is measured and what is shipped is one and the same.
pub const WITH_THE_WINDOW: &[&str] = &["cli", "endpoint", "testkit", "bogen-desktop", "whole-system"];

/// Builds from these packages what `targets` tells cargo (`--bins`, `--bin NAME`, with further options). Returns the folder the programs lie in.
///
/// One call, because the demo and the benchmark start their neighbours: `cargo run` would build them apart from each
/// other, with other features and therefore twice.
///
/// # Errors
/// When something does not build.
pub fn build(root: &Path, profile: Profile, packages: &[&str], targets: &[&str]) -> Result<PathBuf> {
    Invocation::cargo(root)
        .args(["build", "--locked"])
        .args((profile == Profile::Release).then_some("--release"))
        .args(packages.iter().flat_map(|package| ["--package", package]))
        .args(targets.iter().copied())
        .run()?;
    Ok(target_folder(root)?.join(profile.folder()))
}

/// The call of a program in the folder that [`build`] returned.
pub fn program(root: &Path, folder: &Path, name: &str) -> Invocation {
    Invocation::new(root, &folder.join(name).to_string_lossy())
}

/// Where cargo puts what it builds; people move it.
fn target_folder(root: &Path) -> Result<PathBuf> {
    let json = Invocation::cargo(root).args(["metadata", "--locked", "--no-deps", "--format-version", "1"]).output()?;
    let metadata: serde_json::Value = serde_json::from_str(&json).context("`cargo metadata` printed no JSON")?;
    let folder = metadata["target_directory"].as_str();
    Ok(folder.context("`cargo metadata` names no target directory")?.into())
}
