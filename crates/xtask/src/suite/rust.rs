//! The steps that call cargo.

use anyhow::Result;

use super::Suite;
use crate::invocation::{Invocation, is_on_path};

/// Set for the tests with `--long`: those that repeat something do it much oftener.
const LONG: &str = "BOGEN_LONG";

/// A checkout of the RustSec database, for machines that reach package registries only.
const ADVISORY_DATABASE: &str = "BOGEN_ADVISORY_DB";

/// Formatting, as rustfmt has it.
pub fn format(suite: &Suite) -> Result<()> {
    cargo(suite, &["fmt", "--all", "--check"]).run()
}

/// Lints of all crates and their tests; a warning fails.
pub fn clippy(suite: &Suite) -> Result<()> {
    let warnings = ["--", "-D", "warnings"];
    let scope = ["clippy", "--workspace", "--all-targets", "--locked"];
    cargo(suite, &[&scope[..], &warnings].concat()).run()
}

/// All Rust tests, on a display of their own.
///
/// The programs are built first and together with the tests: the whole-system tests start them, and building them alone
/// would compile the same dependencies a second time with fewer features.
pub fn tests(suite: &Suite) -> Result<()> {
    cargo(suite, &["build", "--workspace", "--bins", "--tests", "--locked"]).run()?;
    if is_on_path("cargo-nextest") {
        on_a_display(suite, &["nextest", "run", "--workspace", "--locked"]).run()?;
        return cargo(suite, &["test", "--workspace", "--doc", "--locked"]).run();
    }
    on_a_display(suite, &["test", "--workspace", "--locked"]).run()
}

/// Licences, banned crates, known vulnerabilities.
pub fn deny(suite: &Suite) -> Result<()> {
    install_if_missing(suite, "cargo-deny")?;
    let Ok(database) = std::env::var(ADVISORY_DATABASE) else {
        return cargo(suite, &["deny", "--locked", "check"]).run();
    };
    cargo(suite, &["deny", "--locked", "check", "bans", "licenses", "sources"]).run()?;
    install_if_missing(suite, "cargo-audit")?;
    cargo(suite, &["audit", "--no-fetch", "--stale", "--db", &database]).run()
}

fn install_if_missing(suite: &Suite, program: &str) -> Result<()> {
    if is_on_path(program) {
        return Ok(());
    }
    cargo(suite, &["install", program, "--locked"]).run()
}

fn cargo(suite: &Suite, args: &[&str]) -> Invocation {
    Invocation::cargo(suite.root).args(args.iter().copied())
}

/// Cargo with a screen nobody sees and a message bus of its own, so that a window opens the same way everywhere.
fn on_a_display(suite: &Suite, args: &[&str]) -> Invocation {
    let screen = "--server-args=-screen 0 1280x1024x24";
    let call = cargo(suite, args).wrapped_in("xvfb-run", &["--auto-servernum", screen, "dbus-run-session", "--"]);
    if suite.long { call.env(LONG, "1") } else { call }
}
