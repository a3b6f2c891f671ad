//! Every cryptographic primitive of this crate, in the notation of its specification.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use protocol::{Digest, PublicKey, SignatureBytes};
use sha2::{Digest as _, Sha256};

/// ``SHA-256(parts[0] || parts[1] || …)``
///
/// FIPS 180-4, section 6.2.
pub fn sha256(parts: &[&[u8]]) -> Digest {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    Digest(hash.finalize().into())
}

/// ``Ed25519.Sign(k, M)``
///
/// RFC 8032, section 5.1.6. Deterministic: the same message has the same signature.
pub fn ed25519_sign(secret: &SigningKey, message: &[u8]) -> SignatureBytes {
    SignatureBytes(secret.sign(message).to_bytes())
}

/// ``Ed25519.Verify(A, M, R || S)``
///
/// RFC 8032, section 5.1.7, and stricter: no small-order `A` or `R`, no non-canonical encoding, so one message has one acceptable signature per key
/// holder and nobody else can vary it. False too if `public` is not a point.
pub fn ed25519_verify(public: &PublicKey, message: &[u8], signature: &SignatureBytes) -> bool {
    VerifyingKey::from_bytes(public.as_bytes()).is_ok_and(|key| key.verify_strict(message, &Signature::from_bytes(signature.as_bytes())).is_ok())
}
