//! The sealed envelope as the endpoint sees it: a header in clear and sealed bytes.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::cbor::{CodecError, from_cbor, to_cbor};
use crate::directory::Signed;
use crate::ids::{Digest, MemberId, OfficeId, RecordId, Tag, TeamId};
use crate::limits::MAX_ENVELOPE_BYTES;
use crate::time::UnixTime;

/// Envelope format 1.
pub const ENVELOPE_VERSION: u8 = 1;
/// HPKE base mode, MLKEM1024-P384 (KEM 0x0051), HKDF-SHA384, AES-256-GCM; body under AES-256-GCM with a key commitment.
pub const SUITE_MLKEM1024_P384: u16 = 1;

/// What the endpoint may know of a form, and what the opener's key is bound to (HPKE `info`).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct EnvelopeHeader {
    /// [`ENVELOPE_VERSION`].
    #[n(0)]
    pub version: u8,
    /// [`SUITE_MLKEM1024_P384`].
    #[n(1)]
    pub suite: u16,
    /// The collecting body.
    #[n(2)]
    pub office: OfficeId,
    /// The receiving team.
    #[n(3)]
    pub team: TeamId,
    /// Which key of the team.
    #[n(4)]
    pub team_key_epoch: u32,
    /// This form.
    #[n(5)]
    pub record: RecordId,
    /// How many forms the benefit unit yields altogether (completeness): its members but those who were asked before; 1 for a person without one.
    #[n(6)]
    pub unit_members: u8,
    /// SHA-256 of the token inside, framed by `Context::TokenV1`: who shows the token has opened the envelope.
    #[n(7)]
    pub token_hash: Digest,
    /// Pseudonym of the customer number ("asked once"). Random when the number is not known yet.
    #[n(8)]
    pub customer_tag: Tag,
    /// Pseudonym of the benefit unit ("BG complete"); the same for all its members. Random for a person without one.
    #[n(9)]
    pub unit_tag: Tag,
    /// "Nummer folgt": entry waits for a second envelope with the number.
    #[n(10)]
    pub awaits_number: bool,
    /// The record that this one replaces (change of mind before entry).
    #[n(11)]
    pub supersedes: Option<RecordId>,
    /// The record whose missing number this one brings.
    #[n(12)]
    pub follows: Option<RecordId>,
}

/// A sealed form. Made and opened by the crate `sealing`; everybody else carries it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Envelope {
    /// The encoded [`EnvelopeHeader`], as the exact bytes that were bound.
    #[n(0)]
    header: ByteVec,
    /// HPKE encapsulated key.
    #[n(1)]
    pub encapsulated: ByteVec,
    /// HPKE ciphertext of the 32-byte content key.
    #[n(2)]
    pub sealed_key: ByteVec,
    /// Commitment to the content key: this body opens under no other.
    #[n(3)]
    pub commitment: Digest,
    /// AES-256-GCM ciphertext of the padded body.
    #[n(4)]
    pub body: ByteVec,
    /// A [`Rewrap`], signed by the clerk who made it: then `encapsulated` and `sealed_key` are for the key that it names, and not for the header's.
    #[n(5)]
    pub rewrap: Option<Signed>,
}

/// The content key was sealed anew to another key (key wrapping). Header, body and the author's signature stayed as they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Rewrap {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The team that can open it now.
    #[n(1)]
    pub team: TeamId,
    /// With which key of it.
    #[n(2)]
    pub team_key_epoch: u32,
    /// The clerk whose app did it.
    #[n(3)]
    pub by: MemberId,
    /// When, by that app's clock.
    #[n(4)]
    pub at: UnixTime,
}

impl Envelope {
    /// Puts a header in front of sealed parts.
    #[must_use]
    pub fn assemble(header: &EnvelopeHeader, encapsulated: Vec<u8>, sealed_key: Vec<u8>, commitment: Digest, body: Vec<u8>) -> Self {
        Self {
            header: to_cbor(header).into(),
            encapsulated: encapsulated.into(),
            sealed_key: sealed_key.into(),
            commitment,
            body: body.into(),
            rewrap: None,
        }
    }

    /// The same sealed body with its content key sealed anew; `rewrap` says to which key.
    #[must_use]
    pub fn rewrapped(self, encapsulated: Vec<u8>, sealed_key: Vec<u8>, rewrap: Signed) -> Self {
        Self { encapsulated: encapsulated.into(), sealed_key: sealed_key.into(), rewrap: Some(rewrap), ..self }
    }

    /// The header's exact bytes.
    #[must_use]
    pub fn header_bytes(&self) -> &[u8] {
        &self.header
    }

    /// The header, decoded. Bound to the sealed part, which only the opener can check.
    ///
    /// # Errors
    /// [`CodecError`] if it is no header of version 1; another version or suite is malformed, never guessed at.
    pub fn header(&self) -> Result<EnvelopeHeader, CodecError> {
        let header: EnvelopeHeader = from_cbor(&self.header, 1024)?;
        let known = header.version == ENVELOPE_VERSION && header.suite == SUITE_MLKEM1024_P384;
        if known { Ok(header) } else { Err(CodecError::Malformed) }
    }

    /// Under which key it lies now: the header's, or the one it was re-wrapped to. Bound to the sealed part, which only the opener can check.
    ///
    /// # Errors
    /// [`CodecError`] if header or rewrap are none of version 1.
    pub fn key(&self) -> Result<(TeamId, u32), CodecError> {
        let header = self.header()?;
        let rewrap = self.rewrap.as_ref().map(rewrap_of).transpose()?;
        Ok(rewrap.map_or((header.team, header.team_key_epoch), |rewrap| (rewrap.team, rewrap.team_key_epoch)))
    }

    /// From bytes as sent and stored.
    ///
    /// # Errors
    /// [`CodecError`] if they are no envelope.
    pub fn decode(bytes: &[u8]) -> Result<Self, CodecError> {
        from_cbor(bytes, MAX_ENVELOPE_BYTES)
    }

    /// The bytes as sent and stored; their SHA-256 is what a receipt names.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        to_cbor(self)
    }
}

/// What a signed rewrap says. Unverified.
///
/// # Errors
/// [`CodecError`] if it is none of version 1.
pub fn rewrap_of(signed: &Signed) -> Result<Rewrap, CodecError> {
    let rewrap: Rewrap = from_cbor(&signed.body, 128)?;
    if rewrap.version == 1 { Ok(rewrap) } else { Err(CodecError::Malformed) }
}
