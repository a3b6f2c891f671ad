//! What devices still hold, each in its own signed words: who is overdue, what is left before a laptop is handed in, and whether a closed team key may be
//! destroyed.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::ids::{DeviceId, OfficeId, SignatureBytes, TeamId};
use crate::time::UnixTime;

/// One key of one team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct TeamEpoch {
    /// The team.
    #[n(0)]
    pub team: TeamId,
    /// Which of its keys.
    #[n(1)]
    pub epoch: u32,
}

/// What a device holds that the office has not confirmed as stored, signed with its request key under `Context::DeviceStateV1`. No person and no record is
/// in it.
///
/// What rotation relies on: a device seals only to the key that is open in the directory it follows, and follows an older one never again. So once it
/// follows directory N or a later one, and holds nothing sealed to an epoch that N has closed, that stays true for ever
/// ([`Self::holds_nothing_under`]).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DeviceStatement {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// The device.
    #[n(2)]
    pub device: DeviceId,
    /// Number of the newest directory that it follows.
    #[n(3)]
    pub directory: u64,
    /// Sealed envelopes for which it has no receipt of their storing.
    #[n(4)]
    pub unsent: u32,
    /// When the oldest of them was sealed, by the device's clock; none if there is none, or nobody noted it.
    #[n(5)]
    pub oldest: Option<UnixTime>,
    /// Keys to which they are sealed; ascending, each once.
    #[n(6)]
    pub unsent_epochs: Vec<TeamEpoch>,
    /// How many of them the device cannot read any more: their keys are unknown.
    #[n(7)]
    pub unreadable: u32,
    /// Nothing else is left on it either, of any of its users: no draft, no mark to set, no paper to shred, no entry under way. Somebody asked for that once, and
    /// it has been so at every contact since.
    #[n(8)]
    pub empty: bool,
    /// When, by the device's clock; never before its earlier statements.
    #[n(9)]
    pub at: UnixTime,
}

impl DeviceStatement {
    /// Whether this proves that the device holds nothing sealed to a key of the team up to `epoch`, and never will again; `closed_in` is the number of the
    /// first directory in which that key is not open.
    #[must_use]
    pub fn holds_nothing_under(&self, team: TeamId, epoch: u32, closed_in: u64) -> bool {
        let under = |held: &TeamEpoch| held.team == team && held.epoch <= epoch;
        self.directory >= closed_in && self.unreadable == 0 && !self.unsent_epochs.iter().any(under)
    }

    /// Whether its parts fit each other: nothing unsent has no age and no keys, and "empty" is not said of a device that holds something.
    #[must_use]
    pub fn is_consistent(&self) -> bool {
        let ascending = self.unsent_epochs.windows(2).all(|pair| pair[0] < pair[1]);
        let unsent = self.unsent as usize;
        let fits = self.unsent_epochs.len() <= unsent && self.unreadable <= self.unsent;
        ascending && fits && (self.unsent > 0 || self.oldest.is_none()) && !(self.empty && self.unsent > 0)
    }
}

/// `POST /v1/device-states`, and as handed out. Unverified: the device's key in the directory decides, not who passes it on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SignedDeviceStatement {
    /// The encoded [`DeviceStatement`].
    #[n(0)]
    pub body: ByteVec,
    /// Over `frame(DeviceStateV1, body)`.
    #[n(1)]
    pub signature: SignatureBytes,
}

/// Answer to a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct DeviceStateReply {
    /// Since when the administration asked this device to deliver, as it stood when the statement came. A statement with nothing unsent ends the request.
    #[n(0)]
    pub sync_requested: Option<UnixTime>,
}

/// `GET /v1/device-states`: one device.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DeviceState {
    /// The device.
    #[n(0)]
    pub device: DeviceId,
    /// Its newest statement; none if it never made one.
    #[n(1)]
    pub statement: Option<SignedDeviceStatement>,
    /// When that came, by the endpoint's clock.
    #[n(2)]
    pub received_at: Option<UnixTime>,
    /// Since when it is asked to deliver.
    #[n(3)]
    pub sync_requested: Option<UnixTime>,
}

/// `GET /v1/device-states`: devices that stated something or are asked to deliver.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct DeviceStatesReply {
    /// By id.
    #[n(0)]
    pub devices: Vec<DeviceState>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor::{from_cbor, to_cbor};

    const TEAM: TeamId = TeamId([3; 16]);

    fn statement() -> DeviceStatement {
        DeviceStatement {
            version: 1,
            office: OfficeId([1; 16]),
            device: DeviceId([2; 16]),
            directory: 7,
            unsent: 2,
            oldest: Some(UnixTime(5)),
            unsent_epochs: vec![TeamEpoch { team: TEAM, epoch: 4 }],
            unreadable: 0,
            empty: false,
            at: UnixTime(9),
        }
    }

    fn hex(text: &str) -> Vec<u8> {
        let text: String = text.split_whitespace().collect();
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    }

    #[test]
    fn what_devices_state_is_frozen() {
        let bytes = |byte: &str| byte.repeat(16);
        let full = hex(&format!("8a 01 50{} 50{} 07 02 05 81 82 50{} 04 00 f4 09", bytes("01"), bytes("02"), bytes("03")));
        assert_eq!(to_cbor(&statement()), full);
        assert_eq!(from_cbor::<DeviceStatement>(&full, 256).unwrap(), statement());
        let empty = DeviceStatement { unsent: 0, oldest: None, unsent_epochs: vec![], empty: true, ..statement() };
        assert_eq!(to_cbor(&empty), hex(&format!("8a 01 50{} 50{} 07 00 f6 80 00 f5 09", bytes("01"), bytes("02"))));
        assert_eq!(to_cbor(&DeviceStateReply { sync_requested: None }), hex("80"));
        assert_eq!(to_cbor(&DeviceStateReply { sync_requested: Some(UnixTime(6)) }), hex("81 06"));
        let row = DeviceState { device: DeviceId([2; 16]), statement: None, received_at: None, sync_requested: Some(UnixTime(6)) };
        assert_eq!(to_cbor(&DeviceStatesReply { devices: vec![row] }), hex(&format!("81 81 84 50{} f6 f6 06", bytes("02"))));
    }

    /// A team key is destroyed on the strength of this: one form that is sealed to it and not delivered could never be read.
    #[test]
    fn a_key_is_proved_unused_only_from_its_closing_on_and_with_nothing_left() {
        let states = |change: &dyn Fn(&mut DeviceStatement)| {
            let mut changed = statement();
            change(&mut changed);
            changed
        };
        assert!(!statement().holds_nothing_under(TEAM, 4, 7), "it holds something");
        assert!(!statement().holds_nothing_under(TEAM, 5, 7), "an older key goes with the newer");
        assert!(statement().holds_nothing_under(TEAM, 3, 7));
        assert!(statement().holds_nothing_under(TeamId([9; 16]), 4, 7), "another team's");
        assert!(!statement().holds_nothing_under(TEAM, 3, 8), "it may still seal to it");
        assert!(!states(&|state| state.unreadable = 1).holds_nothing_under(TEAM, 3, 7), "who knows what that is sealed to");
    }

    #[test]
    fn a_statement_that_contradicts_itself_is_seen() {
        let with = |change: &dyn Fn(&mut DeviceStatement)| {
            let mut changed = statement();
            change(&mut changed);
            changed.is_consistent()
        };
        assert!(with(&|_| ()));
        assert!(!with(&|state| state.empty = true), "empty, and unsent");
        assert!(!with(&|state| state.unsent = 0), "nothing of that age, sealed to nothing");
        assert!(!with(&|state| state.unreadable = 3));
        assert!(!with(&|state| state.unsent_epochs = vec![TeamEpoch { team: TEAM, epoch: 4 }; 2]), "twice");
    }
}
