//! Domain separation: what a signature, MAC or derived key is for.

/// The purpose of a signature, MAC or key derivation. Its label is put in front of what is signed (with a zero byte between) or used as HKDF `info`,
/// so that bytes made for one purpose are worth nothing for another. A new message version takes a new value; none is ever reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// The office root certifies an administrator.
    AdminCertificateV1,
    /// The office root revokes an administrator.
    AdminRevocationV1,
    /// An administrator signs a directory.
    DirectoryV1,
    /// A newcomer's keys under the ticket secret (MAC).
    EnrolmentV1,
    /// The founding code authenticates both sides of the founding (MAC).
    FoundingV1,
    /// The endpoint's identity under the founding code (MAC).
    EndpointIdentityV1,
    /// A clerk announces a team key.
    TeamKeyV1,
    /// A clerk announces a prekey.
    PrekeyV1,
    /// The author of a form signs it, inside the envelope.
    AuthorV1,
    /// A request to the endpoint (RFC 9421).
    RequestV1,
    /// The endpoint signs a checkpoint of its log.
    CheckpointV1,
    /// A leaf of the log.
    LeafV1,
    /// A clerk states that an envelope was opened and is readable.
    AcceptedV1,
    /// A clerk states that a form was entered and may be destroyed.
    EnteredV1,
    /// A clerk states that a held record is to be destroyed without entry: a duplicate, say. It never claims an entry.
    DiscardedV1,
    /// A clerk states that a form was destroyed unread because a later one of the same customer replaces it. It never claims an entry.
    ReplacedV1,
    /// The hash of the token in the envelope header.
    TokenV1,
    /// The tag of a customer number.
    CustomerTagV1,
    /// The tag of a benefit-unit number.
    UnitTagV1,
    /// HPKE `info` of an envelope.
    EnvelopeV1,
    /// HPKE `info` of an envelope whose content key was sealed anew to another key.
    RewrapV1,
    /// The clerk whose app sealed a content key anew signs that.
    RewrappedByV1,
    /// A note about a form between its clerk and its author: keys and associated data.
    NoteV1,
    /// HPKE `info` of a team key share.
    TeamKeyShareV1,
    /// One line of the destruction ledger.
    LedgerV1,
    /// A device states what it still holds.
    DeviceStateV1,
    /// A device exports its destruction ledger for an audit.
    LedgerExportV1,
    /// The office root signs the office's recovery key.
    RecoveryKeyV1,
    /// The seed of the recovery key, from that of the root (HKDF `info`).
    RecoverySeedV1,
    /// HPKE `info` of what a user leaves for the recovery key.
    RecoveryV1,
}

impl Context {
    /// The label, ASCII, unique.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::AdminCertificateV1 => "bogen admin certificate v1",
            Self::AdminRevocationV1 => "bogen admin revocation v1",
            Self::DirectoryV1 => "bogen directory v1",
            Self::EnrolmentV1 => "bogen enrolment v1",
            Self::FoundingV1 => "bogen founding v1",
            Self::EndpointIdentityV1 => "bogen endpoint identity v1",
            Self::TeamKeyV1 => "bogen team key v1",
            Self::PrekeyV1 => "bogen prekey v1",
            Self::AuthorV1 => "bogen author v1",
            Self::RequestV1 => "bogen request v1",
            Self::CheckpointV1 => "bogen checkpoint v1",
            Self::LeafV1 => "bogen leaf v1",
            Self::AcceptedV1 => "bogen accepted v1",
            Self::EnteredV1 => "bogen entered v1",
            Self::DiscardedV1 => "bogen discarded v1",
            Self::ReplacedV1 => "bogen replaced v1",
            Self::TokenV1 => "bogen token v1",
            Self::CustomerTagV1 => "bogen customer tag v1",
            Self::UnitTagV1 => "bogen unit tag v1",
            Self::EnvelopeV1 => "bogen envelope v1",
            Self::RewrapV1 => "bogen rewrap v1",
            Self::RewrappedByV1 => "bogen rewrapped by v1",
            Self::NoteV1 => "bogen note v1",
            Self::TeamKeyShareV1 => "bogen team key share v1",
            Self::LedgerV1 => "bogen ledger v1",
            Self::DeviceStateV1 => "bogen device state v1",
            Self::LedgerExportV1 => "bogen ledger export v1",
            Self::RecoveryKeyV1 => "bogen recovery key v1",
            Self::RecoverySeedV1 => "bogen recovery seed v1",
            Self::RecoveryV1 => "bogen recovery v1",
        }
    }

    /// `label || 0x00 || message`: the bytes that are signed or MACed. The label holds no zero byte, so no two contexts can meet.
    #[must_use]
    pub fn frame(self, message: &[u8]) -> Vec<u8> {
        let mut framed = Vec::with_capacity(self.label().len() + 1 + message.len());
        framed.extend_from_slice(self.label().as_bytes());
        framed.push(0);
        framed.extend_from_slice(message);
        framed
    }
}
