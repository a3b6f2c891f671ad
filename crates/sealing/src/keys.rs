//! Private keys of teams and of clerks' prekeys: 32-byte seeds of the hybrid KEM, from which both halves are derived.

use std::fmt;

use crate::primitives::{Key, derive_public_key, make_random};

macro_rules! kem_secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// Secret: not serialisable, shown by no `Debug`, overwritten when dropped.
        pub struct $name(pub(crate) Key);

        impl $name {
            /// A new random key and its public half (1665 bytes, as the directory and statements carry it).
            #[must_use]
            pub fn make() -> (Self, Vec<u8>) {
                let secret = Self(make_random());
                let public = secret.public_key();
                (secret, public)
            }

            /// From the seed that [`Self::expose_seed`] gave.
            #[must_use]
            pub fn from_seed(seed: [u8; 32]) -> Self {
                Self(Key::new(seed))
            }

            /// The seed, for the vault and nobody else: whoever has it has the key.
            #[must_use]
            pub fn expose_seed(&self) -> &[u8; 32] {
                &self.0
            }

            /// The public half: ML-KEM-1024 encapsulation key and uncompressed P-384 point, 1665 bytes. Derived, which costs a millisecond or two.
            #[must_use]
            pub fn public_key(&self) -> Vec<u8> {
                derive_public_key(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

kem_secret!(
    /// The private half of one epoch of a team key. Held by the team's clerks, never by administrators or team leaders.
    TeamSecretKey
);
kem_secret!(
    /// The private half of a clerk's prekey for one team and epoch. Lies in the clerk's erasable key file: destroyed, it makes the shares and the
    /// envelopes of its epoch unreadable, in backups too.
    PrekeySecret
);
kem_secret!(
    /// The private half of the office's recovery key. Follows from the root's seed, and is in memory only while two holders of shares are there.
    RecoverySecret
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_seed_is_the_same_key() {
        let (secret, public) = TeamSecretKey::make();
        let again = TeamSecretKey::from_seed(*secret.expose_seed());
        assert_eq!(again.public_key(), public);
        assert_eq!(public.len(), 1568 + 97);
        assert_ne!(TeamSecretKey::make().1, public, "every key is new");
    }

    #[test]
    fn debug_shows_nothing_of_a_key() {
        let secret = PrekeySecret::from_seed([0xab; 32]);
        assert_eq!(format!("{secret:?}"), "PrekeySecret(…)");
    }
}
