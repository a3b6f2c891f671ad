//! Development only: the two commands of the README, and what keeps the repository in order.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this program talks to a developer at a terminal and never sees an answer")]

mod arguments;
mod graph;
mod invocation;
mod packages;
mod repository;
mod run;
mod suite;
mod ui;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};

use arguments::Task;
use invocation::Invocation;
use packages::Purpose;

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
        Task::Run { headless, demo_args } => run::run(&root, headless, &demo_args)?,
        Task::Test(selection) => return Ok(suite::run(&root, &selection)),
        Task::Bench(args) => bench(&root, &args)?,
        Task::Bindings => bindings(&root)?,
    }
    Ok(true)
}

/// Measures the endpoint and the vault as they are shipped: optimised.
fn bench(root: &Path, args: &[String]) -> Result<()> {
    packages::install_missing(root, Purpose::Headless)?;
    Invocation::cargo(root)
        .args(["run", "--locked", "--release", "--package", "testkit", "--bin", "bogen-bench", "--"])
        .args(args.iter().cloned())
        .run()
}

/// Writes the generated files anew. The tests that compare them with the code write them when this variable is set.
fn bindings(root: &Path) -> Result<()> {
    Invocation::cargo(root)
        .args(["test", "--locked", "--package", "commands", "--package", "endpoint", "generated"])
        .env("BOGEN_WRITE_GENERATED", "1")
        .run()
}

/// The folder of the workspace: not that of the caller, who may stand in a crate.
fn workspace_root() -> Result<PathBuf> {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").context("start this program as `cargo xtask`")?;
    let root = Path::new(&here).ancestors().nth(2);
    Ok(root.context("crates/xtask lies two folders below the root")?.to_owned())
}
