//! What came of the steps.

use std::fmt::Write;
use std::time::Duration;

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It found nothing wrong.
    Passed,
    /// It found something wrong, or could not be carried out.
    Failed,
    /// An earlier step failed.
    NotRun,
}

impl Outcome {
    /// The outcome in the words of the summary.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::NotRun => "not run",
        }
    }
}

/// One step in the summary.
pub struct Entry {
    /// The name of the step.
    pub name: &'static str,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took.
    pub duration: Duration,
}

impl Entry {
    /// A step that was left out because of an earlier failure.
    pub fn not_run(name: &'static str) -> Self {
        Self { name, outcome: Outcome::NotRun, duration: Duration::ZERO }
    }
}

/// The summary: one line per step, and a last line for whoever reads only that.
pub fn table(entries: &[Entry]) -> String {
    let mut text = String::from("\nSteps\n");
    for entry in entries {
        let (name, word) = (entry.name, entry.outcome.word());
        let duration = if entry.outcome == Outcome::NotRun { String::new() } else { human(entry.duration) };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {name:<12}{word:<9}{duration:>8}");
    }
    let count = |outcome| entries.iter().filter(|entry| entry.outcome == outcome).count();
    let _ = writeln!(text, "{} passed, {} failed", count(Outcome::Passed), count(Outcome::Failed));
    text
}

/// A duration in minutes and seconds.
pub fn human(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..60 => format!("{:.1} s", duration.as_secs_f64()),
        _ => format!("{}:{:02} m", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_counts_what_passed_and_failed() {
        let entry = |name, outcome| Entry { name, outcome, duration: Duration::from_secs(61) };
        let entries = [entry("format", Outcome::Passed), entry("graph", Outcome::Failed), Entry::not_run("ui")];
        let table = table(&entries);
        assert_eq!(table.lines().last(), Some("1 passed, 1 failed"));
        assert!(table.contains("graph       failed     1:01 m"), "{table}");
        assert!(table.contains("not run"));
    }
}
