//! Sealing the content key anew to another key: when a team's key changes, or a form belongs to another team. The body is opened to be sure of it, and shown
//! to nobody; its bytes, the header and the author's signature stay as they were. The lock that the old key fits is gone with the old bytes.

use protocol::directory::Signed;
use protocol::envelope::Rewrap;
use protocol::{Context, Digest, MemberId, PublicKey, SignatureBytes, TeamId, Token, UnixTime, to_cbor};

use crate::keys::TeamSecretKey;
use crate::open::{OpenError, open_parts};
use crate::parts::{Parts, rewrap_info};
use crate::primitives::{hpke_seal, sha256, verify};

/// To which key, and who does it.
#[derive(Clone, Copy, Debug)]
pub struct RewrapTo<'k> {
    /// The team that shall open it.
    pub team: TeamId,
    /// Which key of the team `public` is.
    pub team_key_epoch: u32,
    /// The team's public key, from the verified directory.
    pub public: &'k [u8],
    /// The clerk whose app does it.
    pub by: MemberId,
    /// That clerk's key; the signature is checked here.
    pub by_key: &'k PublicKey,
    /// When.
    pub at: UnixTime,
}

/// An envelope with another lock.
#[derive(Debug)]
pub struct Rewrapped {
    /// The encoded envelope.
    pub bytes: Vec<u8>,
    /// SHA-256 of `bytes`.
    pub digest: Digest,
    /// Proves to the endpoint that the envelope was opened: permits it to change the bytes.
    pub token: Token,
}

/// Why an envelope was not sealed anew. It is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RewrapError {
    /// It does not open, or says what it must not: it stays as it is, to be looked at.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The other public key is none.
    #[error("team key is not a public key")]
    TeamKey,
    /// The clerk's signature does not fit the clerk's key: every opener would refuse the form.
    #[error("clerk's signature does not fit the clerk's key")]
    Signature,
}

/// Opens an envelope with the key that it lies under, and seals its content key to another one. One that was sealed anew before loses the earlier word
/// about that: there is never one inside another. `sign` signs `Context::RewrappedByV1.frame(message)`; the message holds no answers.
///
/// Whether the author's signature holds is for whoever opens it to be entered: an unknown author must not keep a key from being changed.
///
/// # Errors
/// [`RewrapError`].
///
/// # Panics
/// When the operating system has no randomness.
pub fn rewrap(bytes: &[u8], old: &TeamSecretKey, to: &RewrapTo<'_>, sign: impl FnOnce(&[u8]) -> SignatureBytes) -> Result<Rewrapped, RewrapError> {
    let parts = Parts::take(bytes).map_err(OpenError::from)?;
    let (header_digest, envelope) = (parts.header_digest, parts.envelope.clone());
    let (form, content_key) = open_parts(parts, &old.0, sha256(bytes))?;
    let body = to_cbor(&Rewrap { version: 1, team: to.team, team_key_epoch: to.team_key_epoch, by: to.by, at: to.at });
    let (encapsulated, sealed_key) = hpke_seal(to.public, &rewrap_info(&header_digest, &body), &content_key).map_err(|_| RewrapError::TeamKey)?;
    let message = message(&header_digest, &encapsulated, &sealed_key, &body);
    let signature = sign(&message);
    verify(to.by_key, Context::RewrappedByV1, &message, &signature).map_err(|_| RewrapError::Signature)?;
    let signed = Signed { body: body.into(), signature };
    let bytes = envelope.rewrapped(encapsulated, sealed_key, signed).encode();
    Ok(Rewrapped { digest: sha256(&bytes), bytes, token: form.token() })
}

/// What `Context::RewrappedByV1` frames: `SHA-256(header) || SHA-256(encapsulated || sealed key) || rewrap`.
fn message(header: &Digest, encapsulated: &[u8], sealed_key: &[u8], rewrap: &[u8]) -> Vec<u8> {
    [&header.0, &sha256(&[encapsulated, sealed_key].concat()).0, rewrap].concat()
}

/// Who says to have sealed an envelope anew, with the signature under it.
pub(crate) struct WrappedBy {
    by: MemberId,
    message: Vec<u8>,
    signature: SignatureBytes,
}

impl WrappedBy {
    /// None for an envelope as its author made it.
    pub(crate) fn of(parts: &Parts) -> Option<Self> {
        let (rewrap, signed, envelope) = (parts.rewrap?, parts.envelope.rewrap.as_ref()?, &parts.envelope);
        let message = message(&parts.header_digest, &envelope.encapsulated, &envelope.sealed_key, &signed.body);
        Some(Self { by: rewrap.by, message, signature: signed.signature })
    }

    pub(crate) fn verify(&self, key_of: impl FnOnce(MemberId) -> Option<PublicKey>) -> Result<(), OpenError> {
        let key = key_of(self.by).ok_or(OpenError::RewrapSignature)?;
        verify(&key, Context::RewrappedByV1, &self.message, &self.signature).map_err(|_| OpenError::RewrapSignature)
    }
}
