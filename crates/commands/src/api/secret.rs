//! Secrets on their way in.

use serde::Deserialize;

#[cfg(test)]
use ts_rs::TS;

/// A passphrase on its way from the shell to the vault. Not printable, zeroised when dropped.
#[derive(Clone, Deserialize, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
#[cfg_attr(test, derive(TS))]
#[serde(transparent)]
pub struct Passphrase(String);

impl Passphrase {
    /// Takes over a typed passphrase.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for the key derivation only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}
