//! Secret bytes in memory: not printed, not swapped where the system permits, overwritten when dropped.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::platform;
use crate::primitives::random;

/// Content that came out of the vault: overwritten when dropped. Copy it as rarely as possible.
pub type Bytes = Zeroizing<Vec<u8>>;

/// 32 secret bytes on the heap, so that moving the value leaves no copy behind.
pub(crate) struct Key(Box<[u8; 32]>);

impl Key {
    /// A random key.
    pub(crate) fn make() -> Self {
        Self::from_bytes(&Zeroizing::new(random()))
    }

    pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(Box::new(*bytes))
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::from_bytes)
    }

    /// For keys that live as long as a session: keeps their page out of the swap file, where the system permits.
    pub(crate) fn pinned(self) -> Self {
        platform::pin_in_memory(self.0.as_slice());
        self
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn copy(&self) -> Self {
        Self::from_bytes(&self.0)
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for Key {}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}
