//! Wrong tickets, counted per address and minute. A ticket has 128 bits, so this keeps noise down rather than secrets in.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use protocol::UnixTime;

/// Addresses counted at the same time; beyond that, all others share one count.
const ADDRESSES: usize = 10_000;

pub(crate) struct Guesses {
    allowed: u32,
    counts: Mutex<(u64, HashMap<Option<IpAddr>, u32>)>,
}

impl Guesses {
    pub(crate) fn new(allowed: u32) -> Self {
        Self { allowed, counts: Mutex::default() }
    }

    /// Seconds to wait, if this address showed too many wrong tickets in this minute.
    pub(crate) fn wait(&self, from: Option<IpAddr>, now: UnixTime) -> Option<u64> {
        let mut guard = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = of_this_minute(&mut guard, now);
        let key = if counts.contains_key(&from) || counts.len() < ADDRESSES { from } else { None };
        (counts.get(&key).copied().unwrap_or(0) >= self.allowed).then(|| 60 - now.0 % 60)
    }

    /// Counts a wrong ticket.
    pub(crate) fn count(&self, from: Option<IpAddr>, now: UnixTime) {
        let mut guard = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = of_this_minute(&mut guard, now);
        let key = if counts.contains_key(&from) || counts.len() < ADDRESSES { from } else { None };
        let count = counts.entry(key).or_default();
        *count = count.saturating_add(1);
    }
}

fn of_this_minute(counts: &mut (u64, HashMap<Option<IpAddr>, u32>), now: UnixTime) -> &mut HashMap<Option<IpAddr>, u32> {
    if counts.0 != now.0 / 60 {
        *counts = (now.0 / 60, HashMap::new());
    }
    &mut counts.1
}

#[cfg(test)]
mod tests {
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
