//! The user interface: its npm packages, checks and build.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::invocation::{Invocation, is_on_path};

/// Where the user interface lives, below the root.
fn folder(root: &Path) -> PathBuf {
    root.join("ui")
}

/// One script of `ui/package.json`.
fn script(root: &Path, name: &str) -> Invocation {
    Invocation::new(&folder(root), "npm").args(["run", "--silent", name])
}

/// Installs packages, checks types and style, runs the unit tests and builds `ui/dist`.
///
/// # Errors
/// When npm is missing or one of its scripts fails.
pub fn check_and_build(root: &Path) -> Result<()> {
    install(root)?;
    ["check", "lint", "test", "build"].iter().try_for_each(|name| script(root, name).run())
}

/// Installs packages and builds `ui/dist`, which the window is built from.
///
/// # Errors
/// When npm is missing or the build fails.
pub fn build(root: &Path) -> Result<()> {
    install(root)?;
    script(root, "build").run()
}

/// The bundler, a prebuilt program among the npm packages; call [`build`] before.
pub fn tauri(root: &Path, args: &[&str]) -> Invocation {
    let program = folder(root).join("node_modules/.bin/tauri");
    Invocation::new(&root.join("src-tauri"), &program.to_string_lossy()).args(args.iter().copied())
}

/// Drives every view in a real browser.
///
/// # Errors
/// When npm is missing or a test fails.
pub fn browser_tests(root: &Path) -> Result<()> {
    install(root)?;
    script(root, "test:browser").run()
}

/// `npm ci`, unless the installed packages come from this very lock file.
fn install(root: &Path) -> Result<()> {
    if !is_on_path("npm") {
        bail!("npm is not on the PATH: the user interface is built with Node 20 or newer, https://nodejs.org");
    }
    let ui = folder(root);
    let lock = std::fs::read(ui.join("package-lock.json")).context("cannot read ui/package-lock.json")?;
    // npm keeps a lock file of its own in node_modules, but reformats it: a plain copy can be compared byte for byte.
    let stamp = ui.join("node_modules/.installed-from-package-lock.json");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        println!("The npm packages are those of ui/package-lock.json.");
        return Ok(());
    }
    Invocation::new(&ui, "npm").args(["ci", "--no-audit", "--no-fund"]).run()?;
    std::fs::write(&stamp, lock).with_context(|| format!("cannot write {}", stamp.display()))
}
