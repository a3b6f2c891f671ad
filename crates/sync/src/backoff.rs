//! How long to wait before trying again: exponential with full jitter, so that a hundred devices do not return in the same second.

/// Waits of 0.5 s, 1 s, 2 s … at most 30 s, each drawn between half and the whole of it; then it gives up.
#[derive(Clone, Debug)]
pub struct Backoff {
    tries: u32,
    limit: u32,
    state: u64,
}

impl Backoff {
    /// Gives up after `limit` waits. `seed` draws the jitter; any value will do, it is no secret.
    #[must_use]
    pub fn new(limit: u32, seed: u64) -> Self {
        Self { tries: 0, limit, state: seed | 1 }
    }

    /// The next wait in milliseconds; none when it is time to give up until the next contact.
    pub fn next_wait(&mut self) -> Option<u64> {
        if self.tries == self.limit {
            return None;
        }
        let whole = (500_u64 << self.tries.min(6)).min(30_000);
        self.tries += 1;
        Some(whole / 2 + self.draw() % (whole / 2 + 1))
    }

    /// Something worked: begin anew at the shortest wait.
    pub fn reset(&mut self) {
        self.tries = 0;
    }

    /// xorshift64 (Marsaglia 2003): jitter needs spread, not secrecy.
    fn draw(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_within_their_bounds_and_end() {
        let mut backoff = Backoff::new(8, 42);
        for whole in [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000] {
            let wait = backoff.next_wait().expect("not given up yet");
            assert!((whole / 2..=whole).contains(&wait), "{wait} outside {whole}");
        }
        assert_eq!(backoff.next_wait(), None);
        backoff.reset();
        assert!(backoff.next_wait().is_some_and(|wait| wait <= 500));
    }

    #[test]
    fn two_devices_do_not_wait_alike() {
        let waits = |seed| (0..6).map_while(|_| Some(seed)).scan(Backoff::new(6, seed), |b, _| b.next_wait()).collect::<Vec<_>>();
        assert_ne!(waits(1), waits(99));
    }
}
