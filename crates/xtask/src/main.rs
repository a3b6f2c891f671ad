//! Development only: the two commands of the README, and what keeps the repository in order.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this program talks to a developer at a terminal and never sees an answer")]

mod arguments;
mod bench;
mod bindings;
mod bundle;
mod graph;
mod invocation;
mod packages;
mod programs;
mod repository;
mod run;
mod suite;
mod ui;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};

use arguments::Task;

fn main() -> ExitCode {
    let outcome = arguments::parse(std::env::args().skip(1)).and_then(carry_out);
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Does what was asked for; false when a check failed and said so.
fn carry_out(task: Task) -> Result<bool> {
    let root = workspace_root()?;
    match task {
        Task::Help => print!("{}", arguments::help()),
        Task::Run { headless, demo_args } => run::demo(&root, headless, &demo_args)?,
        Task::Test(selection) => return Ok(suite::run(&root, &selection)),
        Task::Bench(args) => bench::run(&root, &args)?,
        Task::Bundle => bundle::debian(&root)?,
        Task::Bindings => bindings::write(&root)?,
    }
    Ok(true)
}

/// The folder of the workspace: not that of the caller, who may stand in a crate.
fn workspace_root() -> Result<PathBuf> {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").context("start this program as `cargo xtask`")?;
    let root = Path::new(&here).ancestors().nth(2);
    Ok(root.context("crates/xtask lies two folders below the root")?.to_owned())
}
