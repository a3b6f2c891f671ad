//! An enrolment that was begun and is not known to have arrived. The same keys go out again: the endpoint takes one set of keys per ticket.

use minicbor::{Decode, Encode};
use protocol::TicketId;
use protocol::enrolment::Enrolment;
use vault::UserId;

/// The device's note of it. Lies under the device's key, and is written before there is anything else.
#[derive(Clone, Encode, Decode)]
pub struct EnrolmentNote {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The ticket; its secret is not kept.
    #[n(1)]
    pub ticket: TicketId,
    /// The user who is being made.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    user: [u8; 16],
}

impl EnrolmentNote {
    /// For a ticket and a user.
    #[must_use]
    pub fn new(ticket: TicketId, user: UserId) -> Self {
        Self { version: 1, ticket, user: user.0 }
    }

    /// The user.
    #[must_use]
    pub fn user(&self) -> UserId {
        UserId(self.user)
    }
}

/// What is sent, and the seed behind it. Lies under the user's key.
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
