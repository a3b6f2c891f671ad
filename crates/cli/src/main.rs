//! `bogen`: the app without a window. An adapter over `commands`: reads arguments, runs commands, prints replies. No rule lives here.

mod arguments;
mod exit;
mod failure;
mod input;
mod outcome;
mod printer;
mod reach;
mod sentences;
mod session;
mod shell;
mod tasks;
mod text;

use std::path::Path;
use std::process::ExitCode;

use arguments::{Arguments, Options, Task};
use exit::Exit;
use failure::Failure;
use input::Input;
use outcome::Outcome;
use printer::{Events, Printer};
use shell::Shell;

fn main() -> ExitCode {
    printer::hide_panic_texts();
    let hardened = vault::harden_process().is_ok();
    let arguments = arguments::read();
    if arguments.options.verbose {
        log_to_stderr();
    }
    let printer = Printer::start(events(&arguments));
    if !hardened {
        printer.err("bogen: the system does not let this process forbid memory dumps.".to_owned());
    }
    let json = arguments.options.json;
    // A panic was reported by its hook; whoever waits for the exit code gets "another error".
    let run = std::panic::AssertUnwindSafe(|| in_runtime(arguments, &printer));
    let result = std::panic::catch_unwind(run).unwrap_or(Ok(Exit::Refused));
    let exit = result.unwrap_or_else(|failure| {
        printer.err(if json { failure.json().to_string() } else { failure.sentence() });
        failure.exit()
    });
    // A reply that nobody received (closed pipe) must not look like success.
    if printer.finish().is_err() && exit == Exit::Done { Exit::Refused.into() } else { exit.into() }
}

fn events(arguments: &Arguments) -> Events {
    match arguments.task {
        Task::Session => Events::JsonLines,
        _ if arguments.options.json => Events::Hidden,
        _ => Events::Progress,
    }
}

/// Only our own crates, and they log states and record ids; never answers or numbers.
fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::new("bogen=debug,commands=debug,sync=debug,vault=debug");
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(filter).with_target(false).init();
}

fn in_runtime(arguments: Arguments, printer: &Printer) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|_| Failure::usage("the system gives no threads"))?;
    let exit = runtime.block_on(run(arguments.task, arguments.options, printer));
    // The thread that reads stdin may wait for ever; nothing else is left to wait for.
    runtime.shutdown_background();
    exit
}

async fn run(task: Task, options: Options, printer: &Printer) -> Result<Exit, Failure> {
    if let Some(outcome) = tasks::without_vault(&task) {
        return print(outcome?, options.json, printer);
    }
    let folder = options.data.clone().map_or_else(reach::default_folder, Ok)?;
    let named = options.user.is_some() || options.passphrase_stdin;
    if let (Some(errand), false) = (tasks::errand(&task), named) {
        let reply = reach::run_errand(&folder, &printer.host(), options.wait(), errand).await?;
        return print(tasks::errand_outcome(errand, reply)?, options.json, printer);
    }
    in_vault(task, &folder, options, printer).await
}

async fn in_vault(task: Task, folder: &Path, options: Options, printer: &Printer) -> Result<Exit, Failure> {
    let app = reach::open(folder, &printer.host(), options.wait()).await?;
    let input = Input::new(options.passphrase_stdin)?;
    let mut shell = Shell::new(app, options.user, input, tasks::unlocks_first(&task)).await?;
    if matches!(task, Task::Session) {
        let (app, input) = shell.into_parts();
        return Ok(session::run(app, folder, input, printer).await);
    }
    let outcome = tasks::run(task, &mut shell).await?;
    print(outcome, options.json, printer)
}

fn print(outcome: Outcome, json: bool, printer: &Printer) -> Result<Exit, Failure> {
    if json {
        printer.json(&outcome.json)
    } else {
        printer.out(outcome.text)
    };
    Ok(outcome.exit)
}
