//! Enrolments and foundings that were begun. The same keys go out again until the endpoint has answered: it takes one set of keys per ticket or code.

use minicbor::{Decode, Encode};
use protocol::enrolment::{Enrolment, FoundRequest};
use protocol::{Digest, MemberId, OfficeId, TicketId, from_cbor};
use vault::UserId;

use super::MAX_ITEM_BYTES;

/// What became of something that was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum BegunState {
    /// Nobody knows yet whether the endpoint has it. The user is not shown.
    #[n(0)]
    UnderWay,
    /// Its user is being removed: a kill in between leaves keys that open nothing.
    #[n(1)]
    GivenUp,
    /// The endpoint took it, and the user is one of this device.
    #[n(2)]
    Done,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BegunNote {
    /// The ticket's id, or the founding code's. The secrets themselves are not kept.
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub id: [u8; 16],
    /// The user who is being made.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub user: [u8; 16],
    /// What became of it.
    #[n(2)]
    pub state: BegunState,
    /// Who that is in the office, once it is done.
    #[n(3)]
    pub member: Option<MemberId>,
}

impl BegunNote {
    /// Nothing but the intention.
    #[must_use]
    pub fn new(id: [u8; 16], user: UserId) -> Self {
        Self { id, user: user.0, state: BegunState::UnderWay, member: None }
    }

    /// The user.
    #[must_use]
    pub fn user(&self) -> UserId {
        UserId(self.user)
    }
}

/// The device's notes of them. Lie under the device's key, and are written before there is anything else.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BegunNotes {
    /// Format version, 2.
    #[n(0)]
    pub version: u8,
    /// One per ticket or code, in the order they were begun.
    #[n(1)]
    pub notes: Vec<BegunNote>,
}

/// Version 1 knew one ticket.
#[derive(Encode, Decode)]
struct Earlier {
    #[n(0)]
    version: u8,
    #[n(1)]
    ticket: TicketId,
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    user: [u8; 16],
}

impl Default for BegunNotes {
    fn default() -> Self {
        Self { version: 2, notes: Vec::new() }
    }
}

impl BegunNotes {
    /// Reads either version; none for anything else.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        if let Ok(notes) = from_cbor::<Self>(bytes, MAX_ITEM_BYTES) {
            return (notes.version == 2).then_some(notes);
        }
        let earlier: Earlier = from_cbor(bytes, MAX_ITEM_BYTES).ok().filter(|earlier: &Earlier| earlier.version == 1)?;
        Some(Self { notes: vec![BegunNote::new(earlier.ticket.0, UserId(earlier.user))], ..Self::default() })
    }

    /// The note of a ticket or code.
    #[must_use]
    pub fn of(&self, id: &[u8; 16]) -> Option<&BegunNote> {
        self.notes.iter().find(|note| note.id == *id)
    }
}

/// What an enrolment sends, and the seed behind it. Lies under the user's key.
#[derive(Clone, Encode, Decode, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
pub struct EnrolmentItem {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The seed of the member's signing key.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub seed: [u8; 32],
    /// The same value gives the same bytes: the endpoint compares them.
    #[n(2)]
    #[zeroize(skip)]
    pub enrolment: Enrolment,
}

/// What a founding sends, and what it will show. Lies under the founder's key, from before it is sent until the shares were surely handed out.
#[derive(Clone, Encode, Decode, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
pub struct FoundingItem {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The office.
    #[n(1)]
    #[zeroize(skip)]
    pub office: OfficeId,
    /// The first administrator.
    #[n(2)]
    #[zeroize(skip)]
    pub member: MemberId,
    /// The name, as typed then.
    #[n(3)]
    pub name: String,
    /// The seed of the administrator's signing key.
    #[n(4)]
    #[cbor(with = "minicbor::bytes")]
    pub seed: [u8; 32],
    /// The office's tag key.
    #[n(5)]
    #[cbor(with = "minicbor::bytes")]
    pub tag_key: [u8; 32],
    /// The endpoint's TLS key, as its founding code vouched for it.
    #[n(6)]
    #[zeroize(skip)]
    pub tls_pin: Option<Digest>,
    /// The three texts of the root key. The key itself is not kept.
    #[n(7)]
    pub shares: Vec<String>,
    /// The same value gives the same bytes: the endpoint compares them.
    #[n(8)]
    #[zeroize(skip)]
    pub request: FoundRequest,
}

#[cfg(test)]
mod tests {
    use protocol::to_cbor;

    use super::*;

    #[test]
    fn the_notes_are_frozen_and_the_first_version_is_read() {
        let (id, user) = ([1; 16], UserId([2; 16]));
        let notes = BegunNotes { notes: vec![BegunNote::new(id, user)], ..BegunNotes::default() };
        let ids = format!("50{}50{}", "01".repeat(16), "02".repeat(16));
        assert_eq!(hex::encode(to_cbor(&notes)), format!("82028183{ids}00"));
        assert_eq!(BegunNotes::decode(&to_cbor(&notes)), Some(notes.clone()));
        let earlier = hex::decode(format!("8301{ids}")).unwrap();
        assert_eq!(BegunNotes::decode(&earlier), Some(notes));
        assert_eq!(BegunNotes::decode(&hex::decode("820380").unwrap()), None, "a later version");
        assert_eq!(BegunNotes::decode(b"?"), None);
    }
}
