//! `cargo xtask bench`: what people and offices wait for, in the programs as they are shipped.

use std::path::Path;

use anyhow::Result;

use crate::invocation::Invocation;
use crate::packages::{self, Purpose};
use crate::programs::{Profile, WITH_THE_WINDOW, build, program};
use crate::ui;

/// The window refuses to be driven in a build that is shipped. To measure inside it, this one package is compiled with its
/// development checks, which permit it; everything else is as shipped.
const DRIVEN: &[&str] = &["--bins", "--config", "profile.release.package.bogen-desktop.debug-assertions=true"];

/// What the first picture of the window is compared with.
const BARE_WINDOW: &[&str] = &["--bins", "--example", "bare_window"];

/// Measures, and fails when a target is missed. `--no-window` leaves out what needs Node, a browser engine and a display.
///
/// # Errors
/// When something cannot be installed or built, or a benchmark ends with a failure.
pub fn run(root: &Path, args: &[String]) -> Result<()> {
    if args.iter().any(|arg| arg == "--no-window") {
        packages::install_missing(root, Purpose::Headless)?;
        let folder = build(root, Profile::Release, &["cli", "endpoint", "testkit"], &["--bins"])?;
        return program(root, &folder, "bogen-bench").run();
    }
    packages::install_missing(root, Purpose::Tests)?;
    ui::build(root)?;
    let folder = build(root, Profile::Release, WITH_THE_WINDOW, DRIVEN)?;
    let inside = on_a_display(program(root, &folder, "bogen-bench-views")).run();
    // The window that is shipped takes its place again before anything else is asked, whatever came of it.
    let folder = build(root, Profile::Release, WITH_THE_WINDOW, BARE_WINDOW)?;
    program(root, &folder, "bogen-bench").args(["--window"]).wrapped_in("dbus-run-session", &["--"]).run()?;
    inside
}

fn on_a_display(call: Invocation) -> Invocation {
    call.wrapped_in("xvfb-run", &["--auto-servernum", "--server-args=-screen 0 1280x1024x24", "dbus-run-session", "--"])
}
