//! What is measured, and against which target.

mod bare;
mod measures;
mod spread;

pub use measures::{answers, delivery, finalising, unlocking};

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
}

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

    fn worded(&self, value: f64) -> String {
        let decimals = if value >= 100.0 { 0 } else { 2 };
        format!("{value:.decimals$} {}", self.unit)
    }
}
