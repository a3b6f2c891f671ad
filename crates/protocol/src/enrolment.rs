//! How somebody joins: founding, tickets, enrolment, team keys and their shares.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::directory::SignedDirectory;
use crate::ids::{DeviceId, Digest, MemberId, OfficeId, PrekeyId, PublicKey, Tag, TeamId, TicketId};
use crate::time::UnixTime;

/// What an endpoint says of itself, to anybody.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct EndpointIdentity {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The office, once founded.
    #[n(1)]
    pub office: Option<OfficeId>,
    /// Which life of the endpoint.
    #[n(2)]
    pub generation: u32,
    /// Its log key.
    #[n(3)]
    pub receipt_key: PublicKey,
    /// SHA-256 of its TLS certificate's SubjectPublicKeyInfo; none without TLS (loopback only).
    #[n(4)]
    pub tls_pin: Option<Digest>,
    /// On how many independent media a record is durable before it is acknowledged.
    #[n(5)]
    pub copies: u8,
    /// The endpoint's clock, so that a client can tell when its own is wrong.
    #[n(6)]
    pub now: UnixTime,
}

/// Answer to `GET /v1/identity?challenge=<32 hex digits>`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct IdentityReply {
    /// The encoded [`EndpointIdentity`].
    #[n(0)]
    pub identity: ByteVec,
    /// HMAC-SHA-256 under the founding key over `frame(EndpointIdentityV1, challenge || identity)`; none once founded.
    #[n(1)]
    pub founding_mac: Option<Tag>,
}

/// `POST /v1/office`: the first administrator founds the office.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct FoundRequest {
    /// The office root's Ed25519 key, which the endpoint pins.
    #[n(0)]
    pub root_key: PublicKey,
    /// Directory number 1.
    #[n(1)]
    pub directory: SignedDirectory,
    /// HMAC-SHA-256 under the founding key over `frame(FoundingV1, root_key || cbor(directory))`.
    #[n(2)]
    pub mac: Tag,
}

/// `POST /v1/tickets`: an administrator leaves a ticket. The endpoint learns neither its secret nor what is inside `grant`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TicketRequest {
    /// Derived from the secret, one way.
    #[n(0)]
    pub ticket: TicketId,
    /// After this the endpoint refuses it.
    #[n(1)]
    pub expires_at: UnixTime,
    /// AES-256-GCM ciphertext under a key derived from the secret: what the newcomer must know (the office's tag key).
    #[n(2)]
    pub grant: ByteVec,
}

/// What a newcomer's app says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Enrolment {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// The ticket.
    #[n(2)]
    pub ticket: TicketId,
    /// The member id the app made.
    #[n(3)]
    pub member: MemberId,
    /// The name the newcomer typed.
    #[n(4)]
    pub name: String,
    /// The member's key.
    #[n(5)]
    pub member_key: PublicKey,
    /// The device id the app made.
    #[n(6)]
    pub device: DeviceId,
    /// The device's request key.
    #[n(7)]
    pub device_key: PublicKey,
}

/// `POST /v1/enrolments` and what the administrator fetches: an [`Enrolment`] under the ticket's MAC key.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MacedEnrolment {
    /// The encoded [`Enrolment`].
    #[n(0)]
    pub body: ByteVec,
    /// HMAC-SHA-256 over `frame(EnrolmentV1, body)`. The endpoint cannot make it; the inviting administrator's app checks it.
    #[n(1)]
    pub mac: Tag,
}

/// Answer to an enrolment: what the ticket grants.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct EnrolmentReply {
    /// The ticket's `grant`, still sealed.
    #[n(0)]
    pub grant: ByteVec,
}

/// A clerk's announcement of a team key, signed under `Context::TeamKeyV1`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TeamKeyStatement {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// The team.
    #[n(2)]
    pub team: TeamId,
    /// Which epoch it shall be.
    #[n(3)]
    pub epoch: u32,
    /// The HPKE public key.
    #[n(4)]
    pub public_key: ByteVec,
    /// The clerk who made it.
    #[n(5)]
    pub made_by: MemberId,
    /// When.
    #[n(6)]
    pub at: UnixTime,
}

/// A clerk's announcement of a prekey, signed under `Context::PrekeyV1`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PrekeyStatement {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// The clerk.
    #[n(2)]
    pub member: MemberId,
    /// The prekey.
    #[n(3)]
    pub prekey: PrekeyId,
    /// For which team.
    #[n(4)]
    pub team: TeamId,
    /// For which epoch of its key.
    #[n(5)]
    pub epoch: u32,
    /// The HPKE public key.
    #[n(6)]
    pub public_key: ByteVec,
    /// When.
    #[n(7)]
    pub at: UnixTime,
}

/// A statement and who signed it, as stored and handed out by the endpoint. Unverified.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SignedStatement {
    /// The encoded statement.
    #[n(0)]
    pub body: ByteVec,
    /// Whose key signed.
    #[n(1)]
    pub signer: MemberId,
    /// The signature over `frame(context, body)`.
    #[n(2)]
    pub signature: crate::ids::SignatureBytes,
}

/// A team key's private half, sealed to one clerk's prekey.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct KeyShare {
    /// The team.
    #[n(0)]
    pub team: TeamId,
    /// Which key of the team.
    #[n(1)]
    pub epoch: u32,
    /// For whom.
    #[n(2)]
    pub to: MemberId,
    /// Under which prekey.
    #[n(3)]
    pub prekey: PrekeyId,
    /// HPKE encapsulated key.
    #[n(4)]
    pub encapsulated: ByteVec,
    /// HPKE ciphertext. The receiver checks that the key inside belongs to the public key in the directory.
    #[n(5)]
    pub sealed: ByteVec,
}
