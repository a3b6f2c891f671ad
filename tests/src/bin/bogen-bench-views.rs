//! Measures changes of view in the real window over a full vault. Started by `cargo xtask bench`, with a window that can be driven.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::process::ExitCode;

use anyhow::{Context, Result};
use testkit::bench::Figure;

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
    println!("{}", Figure::head());
    let figures = whole_system::views::measure(folder.path())?;
    figures.iter().for_each(|figure| println!("{}", figure.line()));
    Ok(figures.iter().all(Figure::is_met))
}
