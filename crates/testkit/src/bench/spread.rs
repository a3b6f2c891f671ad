//! Many measurements of one thing.

use std::time::{Duration, Instant};

/// In the order of their length once asked.
#[derive(Default)]
pub struct Spread(Vec<Duration>);

impl Spread {
    /// Measures once.
    pub fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.0.push(start.elapsed());
        done
    }

    /// Adds what was measured elsewhere.
    pub fn add(&mut self, taken: Duration) {
        self.0.push(taken);
    }

    /// The shortest and the longest, in milliseconds.
    pub fn range(&self) -> (f64, f64) {
        (self.quantile(0.0), self.quantile(1.0))
    }

    /// The measurement that `share` of all do not exceed, in milliseconds.
    pub fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort();
        let place = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len());
        sorted[place - 1].as_secs_f64() * 1000.0
    }

    /// Half of them are shorter.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_measurements_that_were_made() {
        let spread = Spread((1..=100).rev().map(Duration::from_millis).collect());
        assert_eq!((spread.median(), spread.quantile(0.99), spread.quantile(1.0)), (50.0, 99.0, 100.0));
        assert_eq!(Spread(vec![Duration::from_millis(7)]).quantile(0.99), 7.0);
    }
}
