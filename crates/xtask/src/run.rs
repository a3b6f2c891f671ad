//! `cargo xtask run`: the demo office, with or without the window; `cargo xtask bench`: its measurement.

use std::path::Path;

use anyhow::Result;

use crate::packages::{self, Purpose};
use crate::programs::{Profile, build_and_start};
use crate::ui;

/// What is built in any case, by package.
const HEADLESS_PACKAGES: &[&str] = &["cli", "endpoint", "testkit"];

/// Builds what the demo needs and hands over to it, with the arguments that are not ours.
///
/// # Errors
/// When something cannot be installed or built, or the demo ends with a failure.
pub fn demo(root: &Path, headless_wanted: bool, demo_args: &[String]) -> Result<()> {
    let headless = headless_wanted || !has_display();
    if headless && !headless_wanted {
        println!("There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so this runs as with --headless.");
    }
    if headless {
        packages::install_missing(root, Purpose::Headless)?;
        let args = [&["--headless".to_owned()], demo_args].concat();
        return build_and_start(root, Profile::Dev, HEADLESS_PACKAGES, "bogen-demo", &args);
    }
    packages::install_missing(root, Purpose::Window)?;
    ui::build(root)?;
    let packages = [HEADLESS_PACKAGES, &["bogen-desktop"]].concat();
    build_and_start(root, Profile::Dev, &packages, "bogen-demo", demo_args)
}

/// Measures the programs as they are shipped.
///
/// # Errors
/// When something cannot be installed or built, or the benchmark ends with a failure.
pub fn bench(root: &Path, args: &[String]) -> Result<()> {
    packages::install_missing(root, Purpose::Headless)?;
    build_and_start(root, Profile::Release, HEADLESS_PACKAGES, "bogen-bench", args)
}

fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
