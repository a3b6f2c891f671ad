//! Measures what people and offices wait for, each beside the bare limit of the same machine in the same run, and says whether the target is met.
//!
//! Ends with a failure when one is missed. Data lies in the folder of the build, on the disk: a folder in memory would measure nothing.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::path::Path;
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

/// Takes some figures; the folder is on the disk that they are about.
type Measure = fn(&Path) -> Result<Vec<Figure>>;

fn measure() -> Result<bool> {
    let program = std::env::current_exe()?;
    let folder = tempfile::tempdir_in(program.parent().context("a program lies in a folder")?)?;
    println!("{}", Figure::head());
    let mut met = true;
    let mut measures: Vec<Measure> = vec![bench::answers, bench::finalising, bench::delivery, bench::unlocking];
    if std::env::args().any(|arg| arg == "--window") {
        measures.push(bench::first_paint);
    }
    for measured in measures {
        for figure in measured(folder.path())? {
            met &= figure.is_met();
            println!("{}", figure.line());
        }
    }
    Ok(met)
}
