//! What the device knows of its office, and what a user is in it.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use protocol::{Digest, MemberId, OfficeId, PublicKey, UnixTime};

/// The office as this device pinned it. Lies under the device's key: delivery needs it while nobody is unlocked.
#[derive(Clone, Encode, Decode)]
pub struct OfficeState {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// Its root, from the ticket or the founding. Nothing on the network can change it.
    #[n(2)]
    pub root_key: PublicKey,
    /// Where the endpoint is.
    #[n(3)]
    pub url: String,
    /// The TLS key from the ticket, until a directory lists its own.
    #[n(4)]
    pub tls_pin: Option<Digest>,
    /// The newest verified directory, as the signed bytes: verified again at each start.
    #[n(5)]
    pub directory: Option<ByteVec>,
    /// What is known of the endpoint's log.
    #[n(6)]
    pub log: Option<ByteVec>,
    /// Last contact with the endpoint.
    #[n(7)]
    pub last_contact: Option<UnixTime>,
    /// The endpoint's log contradicted itself; destruction stays stopped until an administrator resolves it.
    #[n(8)]
    pub log_fault: bool,
}

/// What a user is and has. Lies under the user's key.
#[derive(Clone, Encode, Decode, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
pub struct UserState {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// Who in the office.
    #[n(1)]
    #[zeroize(skip)]
    pub member: MemberId,
    /// The seed of the member's signing key.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub seed: [u8; 32],
    /// The office's tag key.
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub tag_key: [u8; 32],
    /// Serial of the administrator's certificate, for an administrator.
    #[n(4)]
    pub admin_serial: Option<u32>,
}

impl UserState {
    /// The member's signing key.
    #[must_use]
    pub fn secret(&self) -> office::keys::SigningSecret {
        office::keys::SigningSecret::from_seed(self.seed)
    }
}
