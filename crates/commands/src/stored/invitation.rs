//! An open invitation in the inviting administrator's vault: the ticket's secret, and what it promises. The endpoint has neither.

use minicbor::{Decode, Encode};
use protocol::directory::Role;
use protocol::{TeamId, UnixTime};

/// One invitation.
#[derive(Clone, Encode, Decode)]
pub struct InvitationItem {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The ticket's secret.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub secret: [u8; 16],
    /// Whom the administrator meant.
    #[n(2)]
    pub name: String,
    /// The roles the newcomer gets.
    #[n(3)]
    pub roles: Vec<Role>,
    /// The teams the newcomer works for.
    #[n(4)]
    pub teams: Vec<TeamId>,
    /// After this the endpoint refuses the ticket.
    #[n(5)]
    pub expires_at: UnixTime,
}
