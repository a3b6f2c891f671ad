//! `cargo xtask bindings`: the generated files, written anew.
//!
//! They are compared with the code by tests whose names contain `generated`. Where this variable is set, such a test
//! writes its file instead of comparing it, so that one piece of code decides what belongs into the file.

use std::path::Path;

use anyhow::{Result, bail};

use crate::invocation::Invocation;

/// Tells the tests to write.
const WRITE: &str = "BOGEN_WRITE_GENERATED";

/// Packages with generated files: TypeScript types, OpenAPI.
const PACKAGES: &[&str] = &["commands", "endpoint"];

/// Lets the tests write their files and shows what changed.
///
/// # Errors
/// When the code does not compile, a test fails, or no test of that name exists.
pub fn write(root: &Path) -> Result<()> {
    let output = Invocation::cargo(root)
        .args(["test", "--locked"])
        .args(PACKAGES.iter().flat_map(|package| ["--package", package]))
        .args(["generated"])
        .env(WRITE, "1")
        .output()?;
    let written: Vec<&str> = output.lines().filter(|line| line.starts_with("test ") && line.ends_with(" ok")).collect();
    if written.is_empty() {
        bail!("no test with `generated` in its name in {}", PACKAGES.join(", "));
    }
    println!("{}", written.join("\n"));
    Invocation::new(root, "git").args(["-c", "safe.directory=*", "status", "--short"]).run()
}
