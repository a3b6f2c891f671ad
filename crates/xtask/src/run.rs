//! `cargo xtask run`: the demo office, with or without the window.

use std::path::Path;

use anyhow::Result;

use crate::packages::{self, Purpose};
use crate::programs::{Profile, build, program};
use crate::ui;

/// What is built in any case, by package.
const HEADLESS_PACKAGES: &[&str] = &["cli", "endpoint", "testkit"];

/// Builds what the demo needs and becomes it, with the arguments that are not ours.
///
/// # Errors
/// When something cannot be installed or built, or the demo cannot be started.
pub fn demo(root: &Path, headless_wanted: bool, demo_args: &[String]) -> Result<()> {
    let headless = headless_wanted || !has_display();
    if headless && !headless_wanted {
        println!("There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so this runs as with --headless.");
    }
    let folder = if headless {
        packages::install_missing(root, Purpose::Headless)?;
        build(root, Profile::Dev, HEADLESS_PACKAGES, &["--bins"])?
    } else {
        packages::install_missing(root, Purpose::Window)?;
        ui::build(root)?;
        build(root, Profile::Dev, &[HEADLESS_PACKAGES, &["bogen-desktop"]].concat(), &["--bins"])?
    };
    let call = program(root, &folder, "bogen-demo").args(headless.then_some("--headless")).args(demo_args.iter().cloned());
    // Whoever ends `cargo xtask run` ends the demo itself, which takes its endpoint along.
    call.hand_over()
}

fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
