//! `cargo xtask bundle`: the Debian package, made from the tree and looked into.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::invocation::Invocation;
use crate::packages::{self, Purpose};
use crate::programs::{Profile, WITH_THE_WINDOW, build};
use crate::ui;

/// Most the package may weigh, in bytes: what an office sends over a slow line to a thousand laptops.
const HEAVIEST: u64 = 10 * 1000 * 1000;

/// Makes the package with the window, unpacks it beside itself and checks that what is inside starts and is the shipped build.
///
/// # Errors
/// When something cannot be installed or built, or the package is too heavy or not what it should be.
pub fn debian(root: &Path) -> Result<()> {
    packages::install_missing(root, Purpose::Window)?;
    ui::build(root)?;
    let programs = build(root, Profile::Release, WITH_THE_WINDOW, &["--bin", "bogen-desktop"])?;
    let folder = programs.join("bundle/deb");
    // What an earlier version left must not be taken for this one.
    let _ = std::fs::remove_dir_all(&folder);
    ui::tauri(root, &["bundle", "--ci", "--bundles", "deb"]).run()?;
    let package = the_one_package(&folder)?;
    let weight = package.metadata()?.len();
    println!("{} weighs {:.2} MB; it may weigh {} MB.", package.display(), weight as f64 / 1e6, HEAVIEST / 1_000_000);
    ensure!(weight <= HEAVIEST, "the package is too heavy");
    look_into(root, &package, &folder.join("unpacked"))
}

fn the_one_package(folder: &Path) -> Result<PathBuf> {
    let files = std::fs::read_dir(folder).with_context(|| format!("no package in {}", folder.display()))?;
    let mut packages = files.filter_map(|file| Some(file.ok()?.path())).filter(|path| path.extension().is_some_and(|end| end == "deb"));
    packages.next().context("the bundler made no package")
}

/// Unpacks it as `dpkg` would and asks the program inside for what needs no display.
fn look_into(root: &Path, package: &Path, place: &Path) -> Result<()> {
    let package = package.to_string_lossy();
    Invocation::new(root, "dpkg-deb").args(["--info", &*package]).run()?;
    Invocation::new(root, "dpkg-deb").args(["--extract", &*package, &*place.to_string_lossy()]).run()?;
    let window = || Invocation::new(root, &place.join("usr/bin/bogen-desktop").to_string_lossy());
    window().args(["--help"]).run()?;
    // Tests drive a window of another build. The one that is shipped refuses to be driven.
    let driven = window().env("TAURI_WEBVIEW_AUTOMATION", "true").run();
    ensure!(driven.is_err(), "the window in the package lets other programs drive it: it is a build for tests");
    println!("Refused, as it has to be.");
    Ok(())
}
