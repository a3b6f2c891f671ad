//! Signing keys of members, devices and the root: Ed25519, each signature bound to its [`Context`].

use std::fmt;

use protocol::{Context, PublicKey, SignatureBytes};
use zeroize::Zeroizing;

use crate::primitives;

/// A signature does not count for this key, context and message. Says no more on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("signature does not verify")]
pub struct BadSignature;

/// Bytes that are no Ed25519 key to trust: not a point, not its canonical encoding, or of small order (such a key verifies messages nobody signed).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a sound Ed25519 key")]
pub struct UnsoundKey;

/// The private half of an Ed25519 key (RFC 8032): its 32-byte seed. Not serialisable, not printable, zeroized when dropped.
#[derive(Clone)]
pub struct SigningSecret {
    seed: Zeroizing<[u8; 32]>,
}

impl SigningSecret {
    /// A new random key.
    #[must_use]
    pub fn make() -> Self {
        Self { seed: primitives::random() }
    }

    /// From a stored seed.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self { seed: Zeroizing::new(seed) }
    }

    /// The seed, for the vault, which encrypts it. It belongs nowhere else.
    #[must_use]
    pub fn expose_seed(&self) -> &[u8; 32] {
        &self.seed
    }

    /// The public half.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        primitives::ed25519_public(&self.seed)
    }

    /// Signs `frame(context, message)`.
    #[must_use]
    pub fn sign(&self, context: Context, message: &[u8]) -> SignatureBytes {
        primitives::ed25519_sign(&self.seed, &context.frame(message))
    }

    /// Signs an RFC 9421 signature base, whose own `tag` parameter separates it: no label of a [`Context`] begins with a quotation mark.
    pub(crate) fn sign_signature_base(&self, base: &str) -> SignatureBytes {
        primitives::ed25519_sign(&self.seed, base.as_bytes())
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret(…)")
    }
}

/// Verifies a signature over `frame(context, message)`, strictly (RFC 8032, section 5.1.7, without cofactor; no key of small order).
///
/// # Errors
/// [`BadSignature`] if it does not count.
pub fn verify(key: &PublicKey, context: Context, message: &[u8], signature: &SignatureBytes) -> Result<(), BadSignature> {
    if primitives::ed25519_verify_strict(key, &context.frame(message), signature) { Ok(()) } else { Err(BadSignature) }
}

/// Whether a key may enter a directory or be pinned.
///
/// # Errors
/// [`UnsoundKey`] if not.
pub fn check_public_key(key: &PublicKey) -> Result<(), UnsoundKey> {
    if primitives::ed25519_key_is_sound(key) { Ok(()) } else { Err(UnsoundKey) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_counts_for_its_key_context_and_message_only() {
        let secret = SigningSecret::make();
        let signature = secret.sign(Context::AcceptedV1, b"record");
        assert_eq!(verify(&secret.public_key(), Context::AcceptedV1, b"record", &signature), Ok(()));
        assert_eq!(verify(&secret.public_key(), Context::EnteredV1, b"record", &signature), Err(BadSignature));
        assert_eq!(verify(&secret.public_key(), Context::AcceptedV1, b"records", &signature), Err(BadSignature));
        assert_eq!(verify(&SigningSecret::make().public_key(), Context::AcceptedV1, b"record", &signature), Err(BadSignature));
    }

    #[test]
    fn a_secret_comes_back_from_its_seed_and_prints_nothing() {
        let secret = SigningSecret::make();
        assert_eq!(SigningSecret::from_seed(*secret.expose_seed()).public_key(), secret.public_key());
        assert_eq!(format!("{secret:?}"), "SigningSecret(…)");
    }
}
