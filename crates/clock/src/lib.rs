//! Time as a thing one can hand in: the system's clock and a mock.
//!
//! Pure code takes a [`UnixTime`] as an argument; shells hold a [`Clock`]. Nothing else in the workspace may ask the system for the time (a lint says so).

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use protocol::UnixTime;

/// A source of the current time.
pub trait Clock: Send + Sync {
    /// Seconds since 1970-01-01T00:00:00Z. May jump, in both directions: nothing that matters may trust it to grow.
    fn now(&self) -> UnixTime;
}

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that asks the system")]
    fn now(&self) -> UnixTime {
        // A clock before 1970 reads as 0 instead of stopping the app: a wrong clock is reported where it matters, by comparison with the endpoint's.
        UnixTime(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs()))
    }
}

/// A clock that stands still until told otherwise.
#[derive(Debug)]
pub struct MockClock(AtomicU64);

impl MockClock {
    /// Stands at `at`.
    #[must_use]
    pub fn at(at: UnixTime) -> Self {
        Self(AtomicU64::new(at.0))
    }

    /// Moves to `at`, forwards or backwards.
    pub fn set(&self, at: UnixTime) {
        self.0.store(at.0, Ordering::SeqCst);
    }

    /// Moves forward.
    pub fn advance(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for MockClock {
    fn now(&self) -> UnixTime {
        UnixTime(self.0.load(Ordering::SeqCst))
    }
}

impl<T: Clock + ?Sized> Clock for std::sync::Arc<T> {
    fn now(&self) -> UnixTime {
        (**self).now()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mock_stands_until_told() {
        let clock = MockClock::at(UnixTime(100));
        assert_eq!(clock.now(), UnixTime(100));
        clock.advance(5);
        assert_eq!(clock.now(), UnixTime(105));
        clock.set(UnixTime(3));
        assert_eq!(clock.now().since(UnixTime(105)), 0, "backwards saturates");
    }

    #[test]
    fn the_system_is_past_2025() {
        assert!(SystemClock.now() > UnixTime(1_735_689_600));
    }
}
