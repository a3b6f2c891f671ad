//! An open invitation in the inviting administrator's vault: the ticket's secret, and what it promises. The endpoint has neither.

use minicbor::{Decode, Encode};
use protocol::directory::Role;
use protocol::{MemberId, TeamId, UnixTime};

/// The endpoint's clock decides when a ticket expires; this one may be ahead of it by so much, in seconds.
const CLOCKS_APART: u64 = 24 * 3600;

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
    /// Who redeemed it and is being approved: once a directory has this member, the invitation is used.
    #[n(6)]
    pub redeemed_by: Option<MemberId>,
}

impl InvitationItem {
    /// Whether nobody can come in by it any more. `waits`: somebody redeemed it and waits.
    #[must_use]
    pub fn is_spent(&self, waits: bool, is_listed: impl Fn(&MemberId) -> bool, now: UnixTime) -> bool {
        self.redeemed_by.as_ref().is_some_and(is_listed) || (!waits && now.since(self.expires_at) > CLOCKS_APART)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invitation(redeemed_by: Option<MemberId>) -> InvitationItem {
        InvitationItem {
            version: 1,
            secret: [0; 16],
            name: "Neu".to_owned(),
            roles: Vec::new(),
            teams: Vec::new(),
            expires_at: UnixTime(1_000_000),
            redeemed_by,
        }
    }

    #[test]
    fn an_invitation_is_kept_as_long_as_somebody_can_come_in_by_it() {
        let (early, late) = (UnixTime(1_000_000), UnixTime(1_000_000).plus(CLOCKS_APART + 1));
        let open = invitation(None);
        assert!(!open.is_spent(false, |_| true, early), "not expired by the endpoint's clock, perhaps");
        assert!(open.is_spent(false, |_| true, late), "expired");
        assert!(!open.is_spent(true, |_| true, late), "redeemed in time, and waits");
        let redeemed = invitation(Some(MemberId([1; 16])));
        assert!(redeemed.is_spent(false, |member| *member == MemberId([1; 16]), early), "used");
        assert!(!redeemed.is_spent(true, |_| false, early), "not published yet");
    }
}
