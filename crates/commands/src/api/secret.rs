//! Secrets on their way in.

use serde::Deserialize;

#[cfg(test)]
use ts_rs::TS;

/// A text that is typed and never shown. Not printable, zeroised when dropped.
macro_rules! typed_secret {
    ($(#[$about:meta])* $name:ident, $for_what:literal) => {
        $(#[$about])*
        #[derive(Clone, Deserialize, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
        #[cfg_attr(test, derive(TS))]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes over what was typed.
            #[must_use]
            pub fn new(text: String) -> Self {
                Self(text)
            }

            #[doc = $for_what]
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

typed_secret!(
    /// A passphrase on its way from the shell to the vault.
    Passphrase,
    "The text, for the key derivation only."
);
typed_secret!(
    /// A share of the office's root key, as it stands on paper.
    RootShare,
    "The text, for restoring the root only."
);
