//! Attempts, counted per minute and whoever makes them: wrong tickets per address, lookups per member. A ticket has 128 bits, so there this keeps noise
//! down rather than secrets in; a customer number has far fewer, so nobody runs through them.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use protocol::UnixTime;

/// Keys counted at the same time; beyond that, all others share one count.
const KEYS: usize = 10_000;

type Counts<K> = HashMap<Option<K>, u32>;

pub(crate) struct Guesses<K> {
    allowed: u32,
    counts: Mutex<(u64, Counts<K>)>,
}

impl<K: Copy + Eq + Hash> Guesses<K> {
    pub(crate) fn new(allowed: u32) -> Self {
        Self { allowed, counts: Mutex::new((0, HashMap::new())) }
    }

    /// Seconds to wait, if there were too many from here in this minute.
    pub(crate) fn wait(&self, from: Option<K>, now: UnixTime) -> Option<u64> {
        let mut guard = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = of_this_minute(&mut guard, now);
        let key = if counts.contains_key(&from) || counts.len() < KEYS { from } else { None };
        (counts.get(&key).copied().unwrap_or(0) >= self.allowed).then(|| 60 - now.0 % 60)
    }

    /// Counts one.
    pub(crate) fn count(&self, from: Option<K>, now: UnixTime) {
        let mut guard = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = of_this_minute(&mut guard, now);
        let key = if counts.contains_key(&from) || counts.len() < KEYS { from } else { None };
        let count = counts.entry(key).or_default();
        *count = count.saturating_add(1);
    }
}

fn of_this_minute<K>(counts: &mut (u64, Counts<K>), now: UnixTime) -> &mut Counts<K> {
    if counts.0 != now.0 / 60 {
        *counts = (now.0 / 60, HashMap::new());
    }
    &mut counts.1
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    #[test]
    fn an_address_waits_for_the_next_minute_and_others_do_not() {
        let guesses = Guesses::new(2);
        let (one, other) = (Some(IpAddr::from([192, 0, 2, 1])), Some(IpAddr::from([192, 0, 2, 2])));
        for _ in 0..2 {
            assert_eq!(guesses.wait(one, UnixTime(70)), None);
            guesses.count(one, UnixTime(70));
        }
        assert_eq!(guesses.wait(one, UnixTime(70)), Some(50));
        assert_eq!(guesses.wait(other, UnixTime(70)), None);
        assert_eq!(guesses.wait(one, UnixTime(120)), None);
    }
}
