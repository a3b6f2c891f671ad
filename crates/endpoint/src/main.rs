//! The endpoint as a program.

mod arguments;
mod program;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    program::run(arguments::Arguments::parse())
}
