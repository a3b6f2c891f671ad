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

/// Builds the programs of these packages in one call and starts `program` from among them.
///
/// One call, because the demo and the benchmark start their neighbours: `cargo run` would build them apart from each
/// other, with other features and therefore twice.
///
/// # Errors
/// When something does not build, or the program ends with a failure.
pub fn build_and_start(root: &Path, profile: Profile, packages: &[&str], program: &str, args: &[String]) -> Result<()> {
    Invocation::cargo(root)
        .args(["build", "--locked", "--bins"])
        .args((profile == Profile::Release).then_some("--release"))
        .args(packages.iter().flat_map(|package| ["--package", package]))
        .run()?;
    let path = target_folder(root)?.join(profile.folder()).join(program);
    Invocation::new(root, &path.to_string_lossy()).args(args.iter().cloned()).run()
}

/// Where cargo puts what it builds; people move it.
fn target_folder(root: &Path) -> Result<PathBuf> {
    let json = Invocation::cargo(root).args(["metadata", "--locked", "--no-deps", "--format-version", "1"]).output()?;
    let metadata: serde_json::Value = serde_json::from_str(&json).context("`cargo metadata` printed no JSON")?;
    let folder = metadata["target_directory"].as_str();
    Ok(folder.context("`cargo metadata` names no target directory")?.into())
}
