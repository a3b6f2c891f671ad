//! `cargo xtask run`: the demo office, with or without the window.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::invocation::Invocation;
use crate::packages::{self, Purpose};
use crate::ui;

/// What is built for every demo, by package.
const HEADLESS_PACKAGES: &[&str] = &["cli", "endpoint", "testkit"];

/// Builds what the demo needs and hands over to it, with the arguments that are not ours.
///
/// # Errors
/// When something cannot be installed or built, or the demo ends with a failure.
pub fn run(root: &Path, headless_wanted: bool, demo_args: &[String]) -> Result<()> {
    let headless = headless_wanted || !has_display();
    if headless && !headless_wanted {
        println!("There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so this runs as with --headless.");
    }
    let purpose = if headless { Purpose::Headless } else { Purpose::Window };
    packages::install_missing(root, purpose)?;
    if !headless {
        ui::build(root)?;
    }
    build(root, headless)?;
    let program = target_folder(root)?.join("debug/bogen-demo");
    let flag = headless.then(|| "--headless".to_owned());
    Invocation::new(root, &program.to_string_lossy()).args(flag).args(demo_args.iter().cloned()).run()
}

/// The programs in one call, because the demo starts its neighbours: `cargo run` would build them apart from each other,
/// with other features and therefore twice.
fn build(root: &Path, headless: bool) -> Result<()> {
    let window = (!headless).then_some("bogen-desktop");
    let packages = HEADLESS_PACKAGES.iter().copied().chain(window);
    Invocation::cargo(root).args(["build", "--locked", "--bins"]).args(packages.flat_map(|package| ["--package", package])).run()
}

fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Where cargo puts what it builds; people move it.
fn target_folder(root: &Path) -> Result<PathBuf> {
    let json = Invocation::cargo(root).args(["metadata", "--locked", "--no-deps", "--format-version", "1"]).output()?;
    let metadata: serde_json::Value = serde_json::from_str(&json).context("`cargo metadata` printed no JSON")?;
    let folder = metadata["target_directory"].as_str();
    Ok(folder.context("`cargo metadata` names no target directory")?.into())
}
