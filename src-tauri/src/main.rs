//! The window as a program: arguments in, exit code out.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    bogen_desktop::start(std::env::args_os().skip(1))
}
