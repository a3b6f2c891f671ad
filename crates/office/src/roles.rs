//! Which role may do what at the endpoint: the one table that the endpoint asks, for every request.

use protocol::directory::{Member, Role, Standing};
use protocol::{MemberId, TeamId};

use crate::directory::VerifiedDirectory;
use crate::requests::KeyId;

/// What somebody may want of the endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Publish a new directory.
    PublishDirectory,
    /// Leave a ticket.
    MakeTicket,
    /// Read enrolments that wait.
    ReadEnrolments,
    /// Read announced team keys that no directory contains yet.
    ReadTeamKeys,
    /// Announce a team's new key.
    AnnounceTeamKey,
    /// Announce the own prekey, and read what is there for the team.
    AnnouncePrekey,
    /// Leave a share of the team's key for a colleague.
    PutShare,
    /// Read the own queue.
    ReadAssignments,
    /// Fetch an assigned envelope.
    OpenRecord,
    /// State that an envelope is readable.
    AcceptRecord,
    /// State that a form was entered, and have the envelope destroyed.
    DestroyRecord,
    /// Fetch envelopes under a closed key of the team, and give them back under the open one.
    RewrapRecord,
    /// Read a team's counts.
    /// Read a team's counts, and the report on its weeks.
    ReadTeamCounts,
    /// See how a team's work lies with each clerk, and distribute it.
    Distribute,
    /// Deliver envelopes.
    Deliver,
    /// Ask where the forms of one customer are.
    LookUp,
    /// Read and answer clerks' notes about forms that the own devices delivered.
    AnswerNotes,
    /// Read what devices stated about themselves, and ask them to deliver.
    LookAfterDevices,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The device or member was revoked.
    #[error("revoked")]
    Revoked,
    /// It needs another role, another team, or the other kind of key.
    #[error("not allowed")]
    NotAllowed,
    /// The directory has no such device or member.
    #[error("unknown")]
    Unknown,
}

/// Who has a permission.
enum Holder {
    /// Any device, also a revoked one: what it holds must not be lost. (What a revoked one delivers waits for release; the endpoint sees to that.)
    Device,
    /// An active administrator whom the root certified.
    CertifiedAdmin,
    /// An active member with the role.
    Anywhere(Role),
    /// An active member with the role who works for the team in question.
    InTheTeam(Role),
    /// An active counsellor or case manager: whoever takes forms.
    Collector,
    /// The same, or somebody active who took forms before.
    Author,
    /// A team leader for the own teams, an administrator for all.
    LeaderOrAdmin,
}

/// The table. An administrator's role opens no record and holds no team key; somebody who is a clerk too does so as a clerk.
fn holder(permission: Permission) -> Holder {
    match permission {
        Permission::Deliver => Holder::Device,
        Permission::PublishDirectory => Holder::CertifiedAdmin,
        Permission::MakeTicket | Permission::ReadEnrolments | Permission::ReadTeamKeys | Permission::LookAfterDevices => {
            Holder::Anywhere(Role::Admin)
        }
        Permission::ReadAssignments => Holder::Anywhere(Role::Clerk),
        Permission::AnnounceTeamKey | Permission::AnnouncePrekey | Permission::PutShare => Holder::InTheTeam(Role::Clerk),
        Permission::OpenRecord | Permission::AcceptRecord | Permission::DestroyRecord | Permission::RewrapRecord => Holder::InTheTeam(Role::Clerk),
        Permission::ReadTeamCounts => Holder::LeaderOrAdmin,
        Permission::Distribute => Holder::InTheTeam(Role::TeamLeader),
        Permission::LookUp => Holder::Collector,
        Permission::AnswerNotes => Holder::Author,
    }
}

/// Whether the owner of a key may do something; `team` is the team concerned, as the stored record or the path names it.
///
/// # Errors
/// [`Denied`].
pub fn may(directory: &VerifiedDirectory, key_id: &KeyId, permission: Permission, team: Option<TeamId>) -> Result<(), Denied> {
    match key_id {
        KeyId::Device(device) => {
            let row = directory.device(device).ok_or(Denied::Unknown)?;
            match (holder(permission), row.standing) {
                (Holder::Device, _) => Ok(()),
                (_, Standing::Revoked) => Err(Denied::Revoked),
                (_, Standing::Active) => Err(Denied::NotAllowed),
            }
        }
        KeyId::Member(member) => {
            let row = directory.member(member).ok_or(Denied::Unknown)?;
            match row.standing {
                Standing::Revoked => Err(Denied::Revoked),
                Standing::Active if member_has(directory, row, &holder(permission), team) => Ok(()),
                Standing::Active => Err(Denied::NotAllowed),
            }
        }
    }
}

fn member_has(directory: &VerifiedDirectory, member: &Member, holder: &Holder, team: Option<TeamId>) -> bool {
    let in_the_team = |role| team.is_some_and(|team| member.roles.contains(&role) && member.teams.contains(&team));
    match holder {
        Holder::Device => false,
        Holder::CertifiedAdmin => is_certified(directory, member.member),
        Holder::Anywhere(role) => member.roles.contains(role),
        Holder::InTheTeam(role) => in_the_team(*role),
        Holder::Collector => member.collects(),
        Holder::Author => member.is_author(),
        Holder::LeaderOrAdmin => in_the_team(Role::TeamLeader) || member.roles.contains(&Role::Admin),
    }
}

fn is_certified(directory: &VerifiedDirectory, member: MemberId) -> bool {
    directory.admin_serial(&member).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{ADMIN, CLERK, COUNSELLOR, DEVICE, LEADER, OTHER_TEAM, Office, SECOND_ADMIN, TEAM};

    const ALL: [Permission; 18] = [
        Permission::PublishDirectory,
        Permission::MakeTicket,
        Permission::ReadEnrolments,
        Permission::ReadTeamKeys,
        Permission::AnnounceTeamKey,
        Permission::AnnouncePrekey,
        Permission::PutShare,
        Permission::ReadAssignments,
        Permission::OpenRecord,
        Permission::AcceptRecord,
        Permission::DestroyRecord,
        Permission::RewrapRecord,
        Permission::ReadTeamCounts,
        Permission::Deliver,
        Permission::LookUp,
        Permission::Distribute,
        Permission::LookAfterDevices,
        Permission::AnswerNotes,
    ];

    /// Everything that a key may do for the team, one letter each in the order of [`ALL`].
    fn row(directory: &VerifiedDirectory, key_id: KeyId, team: Option<TeamId>) -> String {
        let letter = |permission| match may(directory, &key_id, permission, team) {
            Ok(()) => 'y',
            Err(Denied::NotAllowed) => '-',
            Err(Denied::Revoked) => 'r',
            Err(Denied::Unknown) => '?',
        };
        ALL.into_iter().map(letter).collect()
    }

    #[test]
    fn the_table_is_as_the_office_expects_it() {
        let directory = Office::new().second();
        let member = |member| row(&directory, KeyId::Member(member), Some(TEAM));
        assert_eq!(member(ADMIN), "yyyy--------y---y-");
        assert_eq!(member(SECOND_ADMIN), "-yyy--------y---y-", "not certified by the root");
        assert_eq!(member(CLERK), "----yyyyyyyy------");
        assert_eq!(member(LEADER), "------------y--y--");
        assert_eq!(member(COUNSELLOR), "--------------y--y");
        assert_eq!(member(MemberId([0xee; 16])), "??????????????????");
        assert_eq!(row(&directory, KeyId::Device(DEVICE), Some(TEAM)), "-------------y----");
        assert_eq!(row(&directory, KeyId::Device(protocol::DeviceId([0xee; 16])), Some(TEAM)), "??????????????????");
    }

    #[test]
    fn clerks_and_leaders_act_for_their_teams_only() {
        let directory = Office::new().second();
        for team in [Some(OTHER_TEAM), None] {
            assert_eq!(row(&directory, KeyId::Member(CLERK), team), "-------y----------", "the own queue is no team's");
            assert_eq!(row(&directory, KeyId::Member(LEADER), team), "------------------");
        }
    }

    #[test]
    fn a_revoked_device_delivers_and_nothing_else_and_a_revoked_member_does_nothing() {
        let office = Office::new();
        let directory = office.next(&office.second(), |edit| {
            let edit = edit.with_device_standing(DEVICE, Standing::Revoked).unwrap();
            edit.with_member_standing(CLERK, Standing::Revoked).unwrap()
        });
        assert_eq!(row(&directory, KeyId::Device(DEVICE), Some(TEAM)), "rrrrrrrrrrrrryrrrr");
        assert_eq!(row(&directory, KeyId::Member(CLERK), Some(TEAM)), "rrrrrrrrrrrrrrrrrr");
    }

    #[test]
    fn an_administrator_whose_certificate_the_root_revoked_publishes_nothing() {
        let office = Office::new();
        let revocation = office.root.revoke(office.pin.office, 1, protocol::UnixTime(9));
        let by_the_other = office.with_second_admin();
        let directory = office.next_by(&by_the_other, SECOND_ADMIN, |edit| edit.with_revocation(revocation).unwrap());
        assert_eq!(may(&directory, &KeyId::Member(ADMIN), Permission::PublishDirectory, None), Err(Denied::NotAllowed));
        assert_eq!(may(&directory, &KeyId::Member(SECOND_ADMIN), Permission::PublishDirectory, None), Ok(()));
    }
}
