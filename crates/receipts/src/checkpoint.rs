//! Tree heads: signed by the endpoint, verified against the log that the office's directory names.

use std::fmt;

use ed25519_dalek::SigningKey;
use protocol::log::{Checkpoint, SignedCheckpoint};
use protocol::{CodecError, Context, OfficeId, PublicKey, from_cbor, to_cbor};
use zeroize::Zeroize;

use crate::primitives::{ed25519_sign, ed25519_verify};

/// Checkpoint format 1.
pub const CHECKPOINT_VERSION: u8 = 1;
/// Length in bytes of an encoded [`Checkpoint`], at the most: 76 in version 1, with room for a later one to be recognised as such.
pub const MAX_CHECKPOINT_BYTES: usize = 128;

/// The one log that counts for an office, as pinned from its verified directory. Nothing else may tell a client which key to believe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogIdentity {
    /// The office whose log it is.
    pub office: OfficeId,
    /// Which life of the endpoint counts.
    pub generation: u32,
    /// The log key.
    pub key: PublicKey,
    /// The key that it will change to, if announced: accepted too, so that a change interrupts nobody.
    pub next_key: Option<PublicKey>,
}

impl LogIdentity {
    fn keys(&self) -> impl Iterator<Item = &PublicKey> {
        [Some(&self.key), self.next_key.as_ref()].into_iter().flatten()
    }
}

/// Why a signed checkpoint does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Neither the log's key nor its successor made this signature.
    #[error("checkpoint not signed by the log's key")]
    BadSignature,
    /// Signed, but not an encoded checkpoint.
    #[error("checkpoint unreadable: {0}")]
    Malformed(#[from] CodecError),
    /// Of a format version that this program does not know.
    #[error("checkpoint of unknown version {0}")]
    UnknownVersion(u8),
    /// Of another office's log.
    #[error("checkpoint of another office")]
    OtherOffice,
    /// Of another life of the endpoint.
    #[error("checkpoint of endpoint generation {0}")]
    OtherGeneration(u32),
}

/// Verifies a tree head: first the signature over the exact bytes, then what they say.
///
/// # Errors
/// [`CheckpointError`], in the order of its variants.
pub fn verify_checkpoint(signed: &SignedCheckpoint, identity: &LogIdentity) -> Result<Checkpoint, CheckpointError> {
    let framed = Context::CheckpointV1.frame(&signed.body);
    if !identity.keys().any(|key| ed25519_verify(key, &framed, &signed.signature)) {
        return Err(CheckpointError::BadSignature);
    }
    let checkpoint = decode_checkpoint(signed)?;
    if checkpoint.office != identity.office {
        return Err(CheckpointError::OtherOffice);
    }
    if checkpoint.generation != identity.generation {
        return Err(CheckpointError::OtherGeneration(checkpoint.generation));
    }
    Ok(checkpoint)
}

/// Reads a tree head whose signature the caller has verified, now or when it was stored.
pub(crate) fn decode_checkpoint(signed: &SignedCheckpoint) -> Result<Checkpoint, CheckpointError> {
    let checkpoint: Checkpoint = from_cbor(&signed.body, MAX_CHECKPOINT_BYTES)?;
    if checkpoint.version != CHECKPOINT_VERSION {
        return Err(CheckpointError::UnknownVersion(checkpoint.version));
    }
    Ok(checkpoint)
}

/// The endpoint's log key. Whoever holds it can attest receipts, so it is erased when dropped, never shown and never encoded.
pub struct CheckpointSigner {
    key: SigningKey,
}

impl CheckpointSigner {
    /// From the 32-byte Ed25519 seed (RFC 8032, section 5.1.5). Erases its own copy of the seed; the caller's is the caller's.
    #[must_use]
    pub fn new(mut seed: [u8; 32]) -> Self {
        let key = SigningKey::from_bytes(&seed);
        seed.zeroize();
        Self { key }
    }

    /// The key that the office's directory names.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        PublicKey(self.key.verifying_key().to_bytes())
    }

    /// Signs a tree head. To be called only when all its leaves are durable: the signature is the endpoint's word for that.
    #[must_use]
    pub fn sign(&self, checkpoint: &Checkpoint) -> SignedCheckpoint {
        let body = to_cbor(checkpoint);
        let signature = ed25519_sign(&self.key, &Context::CheckpointV1.frame(&body));
        SignedCheckpoint { body: body.into(), signature }
    }
}

impl fmt::Debug for CheckpointSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CheckpointSigner({})", self.public_key())
    }
}
