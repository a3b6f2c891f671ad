//! What was typed behind `cargo xtask`.

use anyhow::{Result, bail};

use crate::suite::{self, Selection};

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    /// Say what can be done.
    Help,
    /// Start the demo office.
    Run {
        /// Without the window, although there may be a display.
        headless: bool,
        /// For the demo itself.
        demo_args: Vec<String>,
    },
    /// Run the checks.
    Test(Selection),
    /// Measure, all or without the window.
    Bench(Vec<String>),
    /// Make the Debian package.
    Bundle,
    /// Write generated files anew.
    Bindings,
}

/// Everything that can be typed.
pub fn help() -> String {
    format!(
        "\
cargo xtask run [--headless] [ARGUMENTS OF THE DEMO]
    Builds everything and starts a demo office: an endpoint, its members and the window.
    With --headless, or without a display, neither a window nor Node is needed.

cargo xtask test [--long] [--from STEP] [--only STEP]...
    Runs all checks in order and stops at the first that fails.
    --long        also the checks that take long; BOGEN_LONG=1 for the tests
    --from STEP   leave out the steps before this one
    --only STEP   run this step only; may be repeated

    Steps:
{}
    `deny` reads the RustSec database from the folder BOGEN_ADVISORY_DB, when set, instead of fetching it.

cargo xtask bench [--no-window]
    Measures an optimised build. With --no-window, only what needs neither Node nor a display.

cargo xtask bundle
    Makes the Debian package with the window from this tree, and looks into it.

cargo xtask bindings
    Writes the generated files anew: TypeScript types, OpenAPI.

Missing Debian packages are installed with apt-get, through sudo where needed.
",
        indented(&suite::describe_steps())
    )
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

/// Reads the arguments behind the program's name.
///
/// # Errors
/// A sentence about what was not understood.
pub fn parse(args: impl IntoIterator<Item = String>) -> Result<Task> {
    let mut args = args.into_iter();
    let Some(task) = args.next() else {
        return Ok(Task::Help);
    };
    let rest: Vec<String> = args.collect();
    if rest.iter().take_while(|arg| *arg != "--").any(|arg| is_help(arg)) {
        return Ok(Task::Help);
    }
    match task.as_str() {
        "run" => Ok(parse_run(rest)),
        "test" => parse_test(rest).map(Task::Test),
        "bench" if rest.iter().all(|arg| arg == "--no-window") => Ok(Task::Bench(rest)),
        "bench" => bail!("`bench` knows --no-window only"),
        "bundle" if rest.is_empty() => Ok(Task::Bundle),
        "bundle" => bail!("`bundle` takes no arguments"),
        "bindings" if rest.is_empty() => Ok(Task::Bindings),
        "bindings" => bail!("`bindings` takes no arguments"),
        help if is_help(help) => Ok(Task::Help),
        unknown => bail!("there is no task `{unknown}`; see `cargo xtask --help`"),
    }
}

fn is_help(arg: &str) -> bool {
    matches!(arg, "help" | "--help" | "-h")
}

/// `--headless` is ours wherever it stands before `--`; everything else is the demo's.
fn parse_run(args: Vec<String>) -> Task {
    let (mut ours, mut demo_args) = match args.iter().position(|arg| arg == "--") {
        Some(end) => (args[..end].to_vec(), args[end + 1..].to_vec()),
        None => (args, Vec::new()),
    };
    let count = ours.len();
    ours.retain(|arg| arg != "--headless");
    let headless = ours.len() < count;
    ours.append(&mut demo_args);
    Task::Run { headless, demo_args: ours }
}

fn parse_test(args: Vec<String>) -> Result<Selection> {
    let mut selection = Selection::default();
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        let mut step = || match args.next() {
            Some(name) => Ok(name),
            None => bail!("`{arg}` needs the name of a step"),
        };
        match arg.as_str() {
            "--long" => selection.long = true,
            "--only" => selection.add_only(&step()?)?,
            "--from" => selection.set_from(&step()?)?,
            unknown => bail!("`test` does not know `{unknown}`; see `cargo xtask --help`"),
        }
    }
    Ok(selection)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Task> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    fn run(headless: bool, demo_args: &[&str]) -> Task {
        Task::Run { headless, demo_args: demo_args.iter().map(|arg| (*arg).to_owned()).collect() }
    }

    #[test]
    fn the_two_commands_of_the_readme() {
        assert_eq!(parsed("run").expect("understood"), run(false, &[]));
        assert_eq!(parsed("run --headless").expect("understood"), run(true, &[]));
        assert_eq!(parsed("test").expect("understood"), Task::Test(Selection::default()));
    }

    #[test]
    fn what_is_not_ours_goes_to_the_demo() {
        assert_eq!(parsed("run --forms 3 --headless").expect("understood"), run(true, &["--forms", "3"]));
        assert_eq!(parsed("run -- --headless").expect("understood"), run(false, &["--headless"]));
    }

    #[test]
    fn a_mistyped_flag_never_runs_something_else() {
        for line in ["tset", "test --lnog", "test --only", "test --only nothing", "test --from", "bindings all", "bundle rpm", "bench --fast"] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }

    #[test]
    fn help_names_every_step() {
        assert_eq!(parsed("").expect("understood"), Task::Help);
        assert_eq!(parsed("test --help").expect("understood"), Task::Help);
        assert!(help().contains("clippy") && help().contains("repository"));
    }
}
