//! Measures what people and offices wait for, each beside the bare limit of the same machine in the same run, and says whether the target is met.
//!
//! Ends with a failure when one is missed. Data lies in the folder of the build, on the disk: a folder in memory would measure nothing.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::process::ExitCode;

use anyhow::{Context, Result};
use testkit::bench::{self, Figure};

fn main() -> ExitCode {
    match measure() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("At least one target was missed.");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("The benchmark stopped: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<bool> {
    let program = std::env::current_exe()?;
    let folder = tempfile::tempdir_in(program.parent().context("a program lies in a folder")?)?;
    println!("{:<52} {:>15} {:>17} {:>15}  Verdict", "Figure", "Measured", "Target", "Bare limit");
    let mut met = true;
    for measured in [bench::answers, bench::finalising, bench::delivery, bench::unlocking] {
        for figure in measured(folder.path())? {
            met &= figure.is_met();
            show(&figure);
        }
    }
    Ok(met)
}

fn show(figure: &Figure) {
    let verdict = if figure.is_met() { "met" } else { "MISSED" };
    println!("{:<52} {:>15} {:>17} {:>15}  {verdict}", figure.what, figure.measured(), figure.target(), figure.limit());
}
