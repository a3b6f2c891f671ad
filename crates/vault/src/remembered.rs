//! A short PIN within the working day: the root key of a user who unlocked, locked once more under the PIN. In memory only; no format, nothing on the disk.
//!
//! The root key and not the epoch's: finalising and shredding make new epochs under the same root, and a changed passphrase makes another root, which no PIN
//! of before opens. A PIN has so few values that whoever reads this process's memory can try them all: it protects the screen, not the memory.

use std::fmt;

use crate::error::UnlockError;
use crate::ids::UserId;
use crate::secret::Key;
use crate::slot::Lock;

/// What a PIN is to lock: a copy of an unlocked user's root key. Overwritten when dropped.
pub struct ToRemember {
    pub(crate) user: UserId,
    /// Tells the cost, which is that of the passphrase.
    pub(crate) lock: Lock,
    pub(crate) root: Key,
}

/// A user's root key under a PIN. Overwritten when dropped, which is how it is forgotten.
pub struct Remembered {
    pub(crate) user: UserId,
    pub(crate) lock: Lock,
}

impl ToRemember {
    /// `Argon2id(NFC(pin), new salt)` as for a passphrase, at the same cost: takes about half a second.
    ///
    /// # Errors
    /// [`UnlockError::OutOfMemory`]; nothing is remembered then.
    pub fn under(self, pin: &str) -> Result<Remembered, UnlockError> {
        let lock = self.lock.again(&self.root, pin).map_err(|_| UnlockError::OutOfMemory)?;
        Ok(Remembered { user: self.user, lock })
    }
}

impl Remembered {
    /// Whom it unlocks.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.user
    }
}

impl fmt::Debug for ToRemember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ToRemember(…)")
    }
}

impl fmt::Debug for Remembered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Remembered(…)")
    }
}
