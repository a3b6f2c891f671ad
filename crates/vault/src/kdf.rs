//! What one guess of a passphrase costs.

use std::time::{Duration, Instant};

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::platform;
use crate::primitives::{OutOfMemory, argon2id};
use crate::secret::Key;

/// Cost of Argon2id (RFC 9106): memory in KiB, passes, lanes. Stored in each key file and authenticated there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KdfCost {
    memory_kib: u32,
    iterations: u32,
    lanes: u32,
}

/// The cost lies outside what the vault accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("key derivation cost outside its limits")]
pub struct KdfCostError;

const MIB: u32 = 1024;
/// Below 64 MiB a stolen file is guessed too cheaply; nothing built for use goes below, whatever a file claims.
const FLOOR_KIB: u32 = 64 * MIB;
/// What is used where the machine has it.
const USUAL_KIB: u32 = 256 * MIB;
/// What calibration raises the cost to at the most.
const CALIBRATED_AT_MOST_KIB: u32 = 1024 * MIB;
/// A file that asks for more is refused before anything is derived.
const CAP_KIB: u32 = 4 * 1024 * MIB;
const CAP_ITERATIONS: u32 = 16;
const CAP_LANES: u32 = 16;
const TARGET: Duration = Duration::from_millis(500);

impl KdfCost {
    /// A cost within the limits: 64 MiB to 4 GiB, 1 to 16 passes, 1 to 16 lanes.
    ///
    /// # Errors
    /// [`KdfCostError`] outside of them.
    pub fn new(memory_kib: u32, iterations: u32, lanes: u32) -> Result<Self, KdfCostError> {
        Self::within(FLOOR_KIB, memory_kib, iterations, lanes)
    }

    /// The usual cost, 256 MiB, 3 passes, 4 lanes, without measuring.
    #[must_use]
    pub fn usual() -> Self {
        Self { memory_kib: USUAL_KIB, iterations: 3, lanes: 4 }
    }

    /// Measured on this machine: about half a second, at least 256 MiB where the machine has them, never below 64 MiB.
    /// Takes about half a second itself; call it once, when a vault or a passphrase is made.
    #[must_use]
    pub fn calibrated() -> Self {
        let available = platform::available_memory_kib().unwrap_or(u64::from(4 * USUAL_KIB));
        let spare = u32::try_from(available / 4).unwrap_or(u32::MAX);
        let cost = Self { memory_kib: USUAL_KIB.min(spare).max(FLOOR_KIB), ..Self::usual() };
        let start = Instant::now();
        if cost.derive("calibration", &[0; 32]).is_err() {
            return Self { memory_kib: FLOOR_KIB, ..cost };
        }
        let took = start.elapsed().max(Duration::from_millis(1));
        let scaled = u128::from(cost.memory_kib) * TARGET.as_millis() / took.as_millis();
        let limit = CALIBRATED_AT_MOST_KIB.min(spare).max(cost.memory_kib);
        let memory = u32::try_from(scaled).unwrap_or(u32::MAX).clamp(cost.memory_kib, limit);
        Self { memory_kib: memory / MIB * MIB, ..cost }
    }

    /// The cheapest cost there is, for tests that unlock thousands of times. Not part of anything shipped.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn testing() -> Self {
        Self { memory_kib: 8, iterations: 1, lanes: 1 }
    }

    /// Memory in KiB.
    #[must_use]
    pub fn memory_kib(&self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory.
    #[must_use]
    pub fn iterations(&self) -> u32 {
        self.iterations
    }

    /// Lanes computed in parallel.
    #[must_use]
    pub fn lanes(&self) -> u32 {
        self.lanes
    }

    /// The cost that a key file claims; checked before a single block is allocated for it.
    pub(crate) fn from_file(memory_kib: u32, iterations: u32, lanes: u32) -> Result<Self, KdfCostError> {
        Self::within(if cfg!(feature = "testing") { 8 } else { FLOOR_KIB }, memory_kib, iterations, lanes)
    }

    fn within(floor: u32, memory_kib: u32, iterations: u32, lanes: u32) -> Result<Self, KdfCostError> {
        let fits = (floor..=CAP_KIB).contains(&memory_kib) && (1..=CAP_ITERATIONS).contains(&iterations) && (1..=CAP_LANES).contains(&lanes);
        // RFC 9106, section 3.1: at least 8 blocks per lane.
        if fits && memory_kib >= 8 * lanes { Ok(Self { memory_kib, iterations, lanes }) } else { Err(KdfCostError) }
    }

    /// `Argon2id(NFC(passphrase) as UTF-8, salt)`. The one place where a passphrase becomes bytes, set or tried.
    pub(crate) fn derive(&self, passphrase: &str, salt: &[u8; 32]) -> Result<Key, OutOfMemory> {
        argon2id(composed(passphrase).as_bytes(), salt, self.memory_kib, self.iterations, self.lanes)
    }
}

/// Length of a passphrase in characters as it is derived from: in NFC.
#[must_use]
pub fn passphrase_length(passphrase: &str) -> usize {
    passphrase.nfc().count()
}

/// NFC (Unicode Standard Annex 15): "ü" is one character or "u" and a diaeresis, as the keyboard has it, and both are the same passphrase.
fn composed(passphrase: &str) -> Zeroizing<String> {
    // NFC is at most three times as long in UTF-8 (Annex 15, section 9): no reallocation leaves a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(3 * passphrase.len()));
    text.extend(passphrase.nfc());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_below_the_floor_or_above_the_cap_are_refused() {
        assert!(KdfCost::new(64 * 1024, 3, 4).is_ok());
        assert_eq!(KdfCost::new(64 * 1024 - 1, 3, 4), Err(KdfCostError));
        assert_eq!(KdfCost::new(8, 1, 1), Err(KdfCostError), "the header of a key file edited to m = 8 KiB");
        assert_eq!(KdfCost::new(4 * 1024 * 1024 + 1, 3, 4), Err(KdfCostError));
        assert_eq!(KdfCost::new(64 * 1024, 17, 4), Err(KdfCostError));
        assert_eq!(KdfCost::new(64 * 1024, 0, 4), Err(KdfCostError));
        assert_eq!(KdfCost::new(64 * 1024, 3, 17), Err(KdfCostError));
        assert_eq!(KdfCost::within(8, 8, 1, 2), Err(KdfCostError), "fewer than 8 blocks per lane");
    }

    #[test]
    fn a_passphrase_is_the_same_composed_and_decomposed() {
        let key = |passphrase| KdfCost { memory_kib: 64, iterations: 1, lanes: 1 }.derive(passphrase, &[7; 32]).unwrap().expose().to_owned();
        assert_eq!(key("gr\u{fc}n und s\u{fc}\u{df}"), key("gru\u{308}n und su\u{308}\u{df}"));
        assert_ne!(key("gr\u{fc}n"), key("grun"), "an accent counts");
        assert_ne!(key("\u{b2}"), key("2"), "what only looks alike is not the same (no NFKC)");
        assert_eq!(composed("Only ASCII, 1 2 3.").as_str(), "Only ASCII, 1 2 3.");
    }

    #[test]
    fn the_calibrated_cost_lies_within_the_limits() {
        let cost = KdfCost::calibrated();
        assert!(KdfCost::new(cost.memory_kib, cost.iterations, cost.lanes).is_ok());
        assert_eq!((cost.iterations, cost.lanes), (3, 4));
    }
}
