//! `cargo xtask test`: every check in order, up to the first that fails.

mod report;
mod rust;
mod selection;

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::packages::{self, Purpose};
use crate::{graph, repository, ui};
use report::{Entry, Outcome};
pub use selection::Selection;

/// What the steps need to know.
struct Suite<'a> {
    root: &'a Path,
    long: bool,
}

/// One check with a name to select it by.
struct Step {
    name: &'static str,
    purpose: &'static str,
    only_long: bool,
    run: fn(&Suite) -> Result<()>,
}

/// All checks, in their order: what fails quickly comes first, and `ui/dist` exists before the window is compiled.
const STEPS: &[Step] = &[
    Step {
        name: "packages",
        purpose: "Debian packages are installed",
        only_long: false,
        run: |suite| packages::install_missing(suite.root, Purpose::Tests),
    },
    Step { name: "format", purpose: "Rust code is formatted", only_long: false, run: rust::format },
    Step { name: "graph", purpose: "crates depend on each other in one direction", only_long: false, run: |suite| graph::check(suite.root) },
    Step {
        name: "repository",
        purpose: "tracked files: no machine paths, dead links, leftovers, large files",
        only_long: false,
        run: |suite| repository::check(suite.root),
    },
    Step { name: "ui", purpose: "user interface: types, lints, unit tests, build", only_long: false, run: |suite| ui::check_and_build(suite.root) },
    Step { name: "clippy", purpose: "Rust lints", only_long: false, run: rust::clippy },
    Step { name: "tests", purpose: "Rust tests, among them those of the whole system and the real window", only_long: false, run: rust::tests },
    Step { name: "browser", purpose: "every view in a real browser", only_long: false, run: |suite| ui::browser_tests(suite.root) },
    Step { name: "deny", purpose: "licences, banned crates and known vulnerabilities (only with --long)", only_long: true, run: rust::deny },
];

/// Names and purposes of the steps, for `--help`.
pub fn describe_steps() -> String {
    let lines = STEPS.iter().map(|step| format!("  {:<12}{}\n", step.name, step.purpose));
    lines.collect()
}

/// Runs the selected steps; true when all of them passed.
pub fn run(root: &Path, selection: &Selection) -> bool {
    let suite = Suite { root, long: selection.long };
    let steps: Vec<&Step> = selection.steps().collect();
    let mut entries: Vec<Entry> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let failed_before = entries.iter().any(|entry| entry.outcome == Outcome::Failed);
        if failed_before {
            entries.push(Entry::not_run(step.name));
            continue;
        }
        println!("\n=== {}/{} {}: {}", index + 1, steps.len(), step.name, step.purpose);
        entries.push(run_step(&suite, step));
    }
    print!("{}", report::table(&entries));
    entries.iter().all(|entry| entry.outcome == Outcome::Passed)
}

fn run_step(suite: &Suite, step: &Step) -> Entry {
    let start = Instant::now();
    let result = (step.run)(suite);
    let duration = start.elapsed();
    let outcome = match result {
        Ok(()) => Outcome::Passed,
        Err(error) => {
            println!("\nFAILED {}: {error:#}", step.name);
            Outcome::Failed
        }
    };
    println!("--- {} {} after {}", step.name, outcome.word(), report::human(duration));
    Entry { name: step.name, outcome, duration }
}
