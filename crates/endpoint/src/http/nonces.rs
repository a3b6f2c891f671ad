//! Server nonces: what makes a signed request fresh without trusting anybody else's clock.
//!
//! A nonce is random bits, the endpoint's time and a MAC over both under a key that lives as long as the process. So handing one out costs no memory, and
//! a flood of unsigned requests cannot push others' nonces out; only nonces under a valid signature are remembered, as used, until they are too old.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

use hmac::{Hmac, KeyInit, Mac};
use protocol::UnixTime;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Seconds for which a nonce may be used.
pub(crate) const NONCE_SECONDS: u64 = 300;
/// Used nonces remembered; 16 MB. More signed requests than this within [`NONCE_SECONDS`] are turned away.
const REMEMBERED: usize = 400_000;
/// Random bytes and bytes of time, before the MAC.
const FRONT: usize = 16 + 8;
const MAC: usize = 16;

/// Why a nonce does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NonceError {
    /// Not ours, not of this process, used, or too old.
    Stale,
    /// No more can be remembered at present.
    TooMany,
}

pub(crate) struct Nonces {
    key: Zeroizing<[u8; 32]>,
    used: Mutex<Used>,
    capacity: usize,
}

#[derive(Default)]
struct Used {
    random: HashSet<[u8; 16]>,
    oldest_first: VecDeque<(UnixTime, [u8; 16])>,
}

impl Nonces {
    pub(crate) fn make() -> Self {
        Self { key: Zeroizing::new(random()), used: Mutex::default(), capacity: REMEMBERED }
    }

    /// A fresh nonce: 80 hex digits.
    pub(crate) fn hand_out(&self, now: UnixTime) -> String {
        let mut nonce = Vec::with_capacity(FRONT + MAC);
        nonce.extend_from_slice(&random::<16>());
        nonce.extend_from_slice(&now.0.to_be_bytes());
        let tag = self.mac(&nonce).finalize().into_bytes();
        nonce.extend_from_slice(&tag[..MAC]);
        hex::encode(nonce)
    }

    /// Uses a nonce up. To be called only after the signature over it was verified.
    pub(crate) fn use_up(&self, nonce: &str, now: UnixTime) -> Result<(), NonceError> {
        let mut bytes = [0; FRONT + MAC];
        hex::decode_to_slice(nonce, &mut bytes).map_err(|_| NonceError::Stale)?;
        let (front, tag) = bytes.split_at(FRONT);
        self.mac(front).verify_truncated_left(tag).map_err(|_| NonceError::Stale)?;
        let random: [u8; 16] = front[..16].try_into().expect("the front begins with 16 random bytes");
        let issued = UnixTime(u64::from_be_bytes(front[16..].try_into().expect("and ends with 8 bytes of time")));
        if issued > now || now.since(issued) > NONCE_SECONDS {
            return Err(NonceError::Stale);
        }
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.forget_before(now);
        if used.random.len() >= self.capacity {
            return Err(NonceError::TooMany);
        }
        if !used.random.insert(random) {
            return Err(NonceError::Stale);
        }
        // Kept by the time of use, which grows with the queue; a nonce is too old by then in any case.
        used.oldest_first.push_back((now, random));
        Ok(())
    }

    fn mac(&self, front: &[u8]) -> Hmac<Sha256> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(self.key.as_slice()).expect("HMAC takes keys of any length");
        mac.update(front);
        mac
    }
}

impl Used {
    /// A nonce used more than its lifetime ago cannot pass the check of its age. After the clock went back, entries simply stay longer.
    fn forget_before(&mut self, now: UnixTime) {
        while let Some((_, random)) = self.oldest_first.front().filter(|(at, _)| now.since(*at) > NONCE_SECONDS).copied() {
            self.random.remove(&random);
            self.oldest_first.pop_front();
        }
    }
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system's random source works once the system has started");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixTime = UnixTime(1_000_000);

    #[test]
    fn a_nonce_counts_once_and_for_five_minutes() {
        let nonces = Nonces::make();
        let nonce = nonces.hand_out(NOW);
        assert_eq!(nonces.use_up(&nonce, NOW.plus(NONCE_SECONDS)), Ok(()));
        assert_eq!(nonces.use_up(&nonce, NOW.plus(NONCE_SECONDS)), Err(NonceError::Stale));
        assert_eq!(nonces.use_up(&nonces.hand_out(NOW), NOW.plus(NONCE_SECONDS + 1)), Err(NonceError::Stale));
    }

    #[test]
    fn only_our_own_count() {
        let (nonces, other) = (Nonces::make(), Nonces::make());
        let mut nonce = nonces.hand_out(NOW);
        assert_eq!(other.use_up(&nonce, NOW), Err(NonceError::Stale), "another process");
        let flipped = if nonce.starts_with('0') { "1" } else { "0" };
        nonce.replace_range(..1, flipped);
        assert_eq!(nonces.use_up(&nonce, NOW), Err(NonceError::Stale), "changed");
        for garbage in ["", "00", "zz", &"0".repeat(80), &"0".repeat(81)] {
            assert_eq!(nonces.use_up(garbage, NOW), Err(NonceError::Stale));
        }
    }

    #[test]
    fn a_clock_that_jumps_lets_nothing_in_twice() {
        let nonces = Nonces::make();
        let nonce = nonces.hand_out(NOW);
        assert_eq!(nonces.use_up(&nonce, NOW), Ok(()));
        assert_eq!(nonces.use_up(&nonces.hand_out(NOW.plus(100_000)), NOW.plus(100_000)), Ok(()), "forwards: the first is forgotten");
        assert_eq!(nonces.use_up(&nonce, NOW.plus(100_000)), Err(NonceError::Stale));
        assert_eq!(nonces.use_up(&nonces.hand_out(NOW.plus(5)), NOW), Err(NonceError::Stale), "backwards: from the future");
    }

    #[test]
    fn memory_is_bounded() {
        let nonces = Nonces { capacity: 3, ..Nonces::make() };
        for _ in 0..3 {
            assert_eq!(nonces.use_up(&nonces.hand_out(NOW), NOW), Ok(()));
        }
        assert_eq!(nonces.use_up(&nonces.hand_out(NOW), NOW), Err(NonceError::TooMany));
        let later = NOW.plus(NONCE_SECONDS + 1);
        assert_eq!(nonces.use_up(&nonces.hand_out(later), later), Ok(()));
    }
}
