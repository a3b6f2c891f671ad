//! What the device knows of its office, and what a user is in it.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use office::directory::RootPin;
use protocol::fleet::DeviceStatement;
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
    /// The endpoint's log contradicted itself; destruction stays stopped until the endpoint proves that it does not.
    #[n(8)]
    pub log_fault: bool,
    /// When it did, the last time. Kept after it was cleared up.
    #[n(9)]
    pub log_fault_at: Option<UnixTime>,
    /// When that was cleared up.
    #[n(10)]
    pub log_fault_cleared_at: Option<UnixTime>,
    /// The first tree head under the log's key that the endpoint did not prove to be of the log known here. To clear the fault it has to.
    #[n(11)]
    pub log_witness: Option<ByteVec>,
    /// More of them, in the order in which they were met.
    #[n(12)]
    pub more_log_witnesses: Option<Vec<ByteVec>>,
    /// What this device stated last about what it holds.
    #[n(13)]
    pub stated: Option<Stated>,
}

/// What this device stated last, and what was answered.
#[derive(Clone, Encode, Decode)]
pub struct Stated {
    /// The statement.
    #[n(0)]
    pub statement: DeviceStatement,
    /// The administration's request to deliver.
    #[n(1)]
    pub asked: Option<Asked>,
}

/// A request to deliver, as this device heard of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Asked {
    /// Since when it stands, by the endpoint's clock.
    #[n(0)]
    pub since: UnixTime,
    /// When this device heard of it last.
    #[n(1)]
    pub heard_at: UnixTime,
    /// Whether it stood at the last answer. Afterwards its people are reminded for a while: drafts may wait.
    #[n(2)]
    pub stands: bool,
}

impl OfficeState {
    /// An office that this device just came into; no directory and no log is known yet.
    #[must_use]
    pub fn new(pin: &RootPin, url: String, tls_pin: Option<Digest>, now: UnixTime) -> Self {
        Self {
            version: 1,
            office: pin.office,
            root_key: pin.root_key,
            url,
            tls_pin,
            directory: None,
            log: None,
            last_contact: Some(now),
            log_fault: false,
            log_fault_at: None,
            log_fault_cleared_at: None,
            log_witness: None,
            more_log_witnesses: None,
            stated: None,
        }
    }
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

#[cfg(test)]
mod tests {
    use protocol::{from_cbor, to_cbor};

    use super::*;

    /// The state as 0.1.0 wrote it at first: nine fields.
    #[derive(Encode)]
    struct Earlier {
        #[n(0)]
        version: u8,
        #[n(1)]
        office: OfficeId,
        #[n(2)]
        root_key: PublicKey,
        #[n(3)]
        url: String,
        #[n(4)]
        tls_pin: Option<Digest>,
        #[n(5)]
        directory: Option<ByteVec>,
        #[n(6)]
        log: Option<ByteVec>,
        #[n(7)]
        last_contact: Option<UnixTime>,
        #[n(8)]
        log_fault: bool,
    }

    #[test]
    fn a_state_written_before_faults_had_times_is_read() {
        let (office, root_key) = (OfficeId([1; 16]), PublicKey([2; 32]));
        let url = "https://bogen.example".to_owned();
        let earlier = Earlier { version: 1, office, root_key, url, tls_pin: None, directory: None, log: None, last_contact: None, log_fault: true };
        let state: OfficeState = from_cbor(&to_cbor(&earlier), 4096).unwrap();
        assert!(
            state.log_fault
                && state.log_fault_at.is_none()
                && state.log_fault_cleared_at.is_none()
                && state.log_witness.is_none()
                && state.more_log_witnesses.is_none()
                && state.stated.is_none()
        );
    }
}
