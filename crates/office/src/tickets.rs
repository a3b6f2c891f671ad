//! Tickets: how a newcomer's keys reach the administrator through an endpoint that must not be able to put its own in their place.
//!
//! The ticket's 16-byte secret goes from administrator to newcomer by hand. The endpoint learns an id derived from it, one way.

mod enrolment;
mod grant;
mod ticket;

pub use enrolment::EnrolmentError;
pub use grant::{Grant, GrantError};
pub use ticket::{Ticket, TicketError};

use std::fmt;

use protocol::TicketId;
use zeroize::Zeroizing;

use crate::primitives;

/// HKDF `info` of what is derived from a ticket's secret.
const ID_INFO: &str = "bogen ticket id v1";
const MAC_INFO: &str = "bogen ticket mac v1";
const GRANT_INFO: &str = "bogen ticket grant v1";

/// The secret of a ticket, 128 random bits. Not serialisable, not printable, zeroized when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct TicketSecret {
    secret: Zeroizing<[u8; 16]>,
}

impl TicketSecret {
    /// A new random secret.
    #[must_use]
    pub fn make() -> Self {
        Self { secret: primitives::random() }
    }

    /// From the vault of the inviting administrator.
    #[must_use]
    pub fn from_bytes(secret: [u8; 16]) -> Self {
        Self { secret: Zeroizing::new(secret) }
    }

    /// The secret, for that vault, which encrypts it. Otherwise it stands in a [`Ticket`] only.
    #[must_use]
    pub fn expose_bytes(&self) -> &[u8; 16] {
        &self.secret
    }

    /// What the endpoint knows of the ticket.
    #[must_use]
    pub fn ticket_id(&self) -> TicketId {
        TicketId(*primitives::hkdf_sha256(&*self.secret, ID_INFO))
    }

    fn mac_key(&self) -> Zeroizing<[u8; 32]> {
        primitives::hkdf_sha256(&*self.secret, MAC_INFO)
    }

    fn grant_key(&self) -> Zeroizing<[u8; 32]> {
        primitives::hkdf_sha256(&*self.secret, GRANT_INFO)
    }
}

impl fmt::Debug for TicketSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_derived_from_a_secret_is_frozen() {
        let secret = TicketSecret::from_bytes([5; 16]);
        assert_eq!(hex::encode(secret.ticket_id().as_bytes()), "6daae917961179820786542b7c35354c");
        assert_eq!(hex::encode(*secret.mac_key()), "6d7ce4944ea4a6fb20b3dd750c49b575ff6055fea2e8e12907efe2277e2999dd");
        assert_eq!(hex::encode(*secret.grant_key()), "d9fec4cafe2f42101c19c2a872edf9cdca68b6bc72295106941e52d0ef563fcc");
    }
}
