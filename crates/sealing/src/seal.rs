//! Sealing a finished form, and the check that what lies on the disk is what was sealed.

use std::fmt;

use protocol::envelope::{ENVELOPE_VERSION, EnvelopeHeader, SUITE_MLKEM1024_P384};
use protocol::{Context, Digest, OfficeId, PublicKey, RecordId, SignatureBytes, Tag, TeamId, Token, to_cbor};
use subtle::ConstantTimeEq;

use crate::body::{FormBody, TokenedBody, author_message, pad};
use crate::parts::{Parts, assemble, token_hash};
use crate::primitives::{Key, make_random, sha256, verify};

/// What the endpoint may know of this form; version, suite and token hash are added by [`seal`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderFields {
    /// The collecting body.
    pub office: OfficeId,
    /// The receiving team.
    pub team: TeamId,
    /// Which key of the team `team_public` is.
    pub team_key_epoch: u32,
    /// This form.
    pub record: RecordId,
    /// Members of the benefit unit that need a form or had one; at least 1.
    pub unit_members: u8,
    /// Pseudonym of the customer number; random when it is not known yet.
    pub customer_tag: Tag,
    /// Pseudonym of the benefit unit; random for a person without one.
    pub unit_tag: Tag,
    /// "Nummer folgt".
    pub awaits_number: bool,
    /// The record that this one replaces.
    pub supersedes: Option<RecordId>,
    /// The record whose missing number this one brings.
    pub follows: Option<RecordId>,
}

impl HeaderFields {
    fn header(&self, token: &Token) -> EnvelopeHeader {
        EnvelopeHeader {
            version: ENVELOPE_VERSION,
            suite: SUITE_MLKEM1024_P384,
            office: self.office,
            team: self.team,
            team_key_epoch: self.team_key_epoch,
            record: self.record,
            unit_members: self.unit_members,
            token_hash: token_hash(token),
            customer_tag: self.customer_tag,
            unit_tag: self.unit_tag,
            awaits_number: self.awaits_number,
            supersedes: self.supersedes,
            follows: self.follows,
        }
    }
}

/// Why a form was not sealed. Nothing was made, and the draft is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Longer than the one size that all forms have.
    #[error("form too long for an envelope")]
    TooLong,
    /// Header and body contradict each other, for example a form without number that does not await one.
    #[error("header and body contradict each other")]
    Contradiction,
    /// The author's signature does not fit the author's key: every opener would refuse the form.
    #[error("author's signature does not fit the author's key")]
    AuthorSignature,
    /// The team's public key is none.
    #[error("team key is not a public key")]
    TeamKey,
}

/// A sealed form.
#[derive(Debug)]
pub struct Sealed {
    /// The encoded envelope, to be stored and delivered as it is.
    pub bytes: Vec<u8>,
    /// SHA-256 of `bytes`: what receipts name.
    pub digest: Digest,
    /// Checks what was written, once.
    pub check: ReopenCheck,
}

/// Seals a form to a team. From then on the author's device cannot read it, once `check` is used up.
///
/// `sign_as_author` is given a message that holds no answers, and returns the Ed25519 signature over `Context::AuthorV1.frame(message)` by the key
/// whose public half is `author_key`. The signature is checked here: a form that every opener would refuse is not sealed.
///
/// # Errors
/// [`SealError`].
///
/// # Panics
/// When the operating system has no randomness.
pub fn seal(
    fields: &HeaderFields,
    body: &FormBody,
    author_key: &PublicKey,
    sign_as_author: impl FnOnce(&[u8]) -> SignatureBytes,
    team_public: &[u8],
) -> Result<Sealed, SealError> {
    let token = Token(*make_random());
    let header = fields.header(&token);
    if !body.agrees_with(&header) {
        return Err(SealError::Contradiction);
    }
    let signed = TokenedBody::new(token, body.clone()).encode();
    let message = author_message(&sha256(&to_cbor(&header)), &signed);
    let signature = sign_as_author(&message);
    verify(author_key, Context::AuthorV1, &message, &signature).map_err(|_| SealError::AuthorSignature)?;

    let padded = pad(&signed, &signature).ok_or(SealError::TooLong)?;
    let body_digest = sha256(&padded);
    let content_key = make_random();
    let bytes = assemble(&header, padded, &content_key, team_public).map_err(|_| SealError::TeamKey)?.encode();
    let digest = sha256(&bytes);
    Ok(Sealed { bytes, digest, check: ReopenCheck { content_key, body_digest, digest } })
}

/// Knows for a moment how to open what was sealed. Verifying consumes it, and the content key is overwritten.
pub struct ReopenCheck {
    content_key: Key,
    body_digest: Digest,
    digest: Digest,
}

/// What was read back is not what was sealed: the draft must be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("envelope read back is not the one that was sealed")]
pub struct ReopenMismatch;

impl ReopenCheck {
    /// Opens the bytes as read back from the disk and compares them with what was sealed.
    ///
    /// The digest alone would show a bad disk; opening shows that the content key and this envelope belong together.
    ///
    /// # Errors
    /// [`ReopenMismatch`] if a single bit differs.
    pub fn verify(self, bytes_read_back: &[u8]) -> Result<(), ReopenMismatch> {
        let parts = Parts::take(bytes_read_back).map_err(|_| ReopenMismatch)?;
        let body = parts.decrypt(&self.content_key).map_err(|_| ReopenMismatch)?;
        let same = sha256(bytes_read_back).0.ct_eq(&self.digest.0) & sha256(&body).0.ct_eq(&self.body_digest.0);
        if bool::from(same) { Ok(()) } else { Err(ReopenMismatch) }
    }
}

impl fmt::Debug for ReopenCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReopenCheck(…)")
    }
}
