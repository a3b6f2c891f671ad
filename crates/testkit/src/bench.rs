//! What is measured, and against which target.

mod bare;
mod first_paint;
mod measures;
mod screen;
mod spread;

pub use first_paint::first_paint;
pub use measures::{answers, delivery, finalising, unlocking};
pub use spread::Spread;

/// One line of the table.
pub struct Figure {
    /// What was measured.
    pub what: &'static str,
    /// How much it was.
    pub value: f64,
    /// `ms`, `× bare` or `records/s`.
    pub unit: &'static str,
    /// What it has to be.
    pub target: Target,
    /// The bare limit of the same run, in the same unit.
    pub limit: Option<f64>,
    /// The shortest and the longest run behind the value, and behind the bare limit; none where a quantile says enough.
    pub range: Option<(Range, Option<Range>)>,
}

/// From the shortest to the longest.
pub type Range = (f64, f64);

/// What a figure has to be.
#[derive(Clone, Copy)]
pub enum Target {
    /// Not more than this.
    AtMost(f64),
    /// Not less than this.
    AtLeast(f64),
}

impl Figure {
    /// Whether it is what it has to be.
    #[must_use]
    pub fn is_met(&self) -> bool {
        match self.target {
            Target::AtMost(most) => self.value <= most,
            Target::AtLeast(least) => self.value >= least,
        }
    }

    /// With its unit.
    #[must_use]
    pub fn measured(&self) -> String {
        self.worded(self.value)
    }

    /// With a sign.
    #[must_use]
    pub fn target(&self) -> String {
        match self.target {
            Target::AtMost(most) => format!("≤ {}", self.worded(most)),
            Target::AtLeast(least) => format!("≥ {}", self.worded(least)),
        }
    }

    /// With its unit; a dash if there is none.
    #[must_use]
    pub fn limit(&self) -> String {
        self.limit.map_or_else(|| "–".to_owned(), |limit| self.worded(limit))
    }

    /// The head of the table that [`Self::line`] belongs to.
    #[must_use]
    pub fn head() -> String {
        format!("{:<56} {:>15} {:>17} {:>15}  Verdict", "Figure", "Measured", "Target", "Bare limit")
    }

    /// One line of the table, and a second one with the ranges.
    #[must_use]
    pub fn line(&self) -> String {
        let verdict = if self.is_met() { "met" } else { "MISSED" };
        let line = format!("{:<56} {:>15} {:>17} {:>15}  {verdict}", self.what, self.measured(), self.target(), self.limit());
        let Some((range, of_limit)) = self.range else { return line };
        let from_to = |(least, most)| format!("{} to {}", self.worded(least), self.worded(most));
        let bare = of_limit.map(|range| format!("; bare {}", from_to(range))).unwrap_or_default();
        format!("{line}\n    runs: {}{bare}", from_to(range))
    }

    fn worded(&self, value: f64) -> String {
        let decimals = if value >= 100.0 { 0 } else { 2 };
        format!("{value:.decimals$} {}", self.unit)
    }
}
