//! Another task or another team for somebody who stays: the same person, key and device; only what they may do changes, from their next contact on.

use office::directory::{DirectoryEdit, VerifiedDirectory};
use protocol::directory::{Member, Role, Standing};
use protocol::{MemberId, TeamId};

use super::key_change::wanting_for;
use super::staff::roles_of;
use crate::App;
use crate::api::{CommandError, ErrorCode, Nothing, OfficeView, StaffChange};

impl App {
    /// Gives a member these roles and teams instead of the ones they have. Whoever stops being a team's clerk knows its key: another one is asked for.
    pub(crate) async fn staff_change(&self, args: StaffChange) -> Result<OfficeView, CommandError> {
        let member = MemberId::parse(&args.member).ok_or(ErrorCode::NotFound)?;
        self.publish(|desk| {
            desk.demand_role(Role::Admin)?;
            let directory = desk.directory()?;
            let before = directory.member(&member).filter(|row| row.standing == Standing::Active).ok_or(ErrorCode::NotFound)?;
            let mut after = Member { roles: roles_of(&args.roles)?, teams: desk.known_teams(&args.teams)?, ..before.clone() };
            after.teams.sort_unstable();
            after.teams.dedup();
            if after == *before {
                return Ok(None);
            }
            if before.roles.contains(&Role::Admin) && !after.roles.contains(&Role::Admin) {
                demand_may_stop(directory, member, desk.unlocked()?.state()?.member)?;
            }
            let left = teams_left(before, &after);
            let edit = DirectoryEdit::next_version(directory, self.now()).with_member(after);
            Ok(Some(wanting_for(edit, directory, &left)?))
        })
        .await?;
        self.office(Nothing {}).await
    }
}

/// Nobody takes the administration from themself, and who can sign directories loses that by the root's word alone.
fn demand_may_stop(directory: &VerifiedDirectory, member: MemberId, own: MemberId) -> Result<(), CommandError> {
    if member == own {
        return Err(ErrorCode::CannotRevokeSelf.into());
    }
    if directory.valid_serials(&member).is_empty() { Ok(()) } else { Err(ErrorCode::AdminCertified.into()) }
}

/// Teams that the member is no clerk of any more.
fn teams_left(before: &Member, after: &Member) -> Vec<TeamId> {
    let is_clerk_of = |member: &Member, team: &TeamId| member.roles.contains(&Role::Clerk) && member.teams.contains(team);
    before.teams.iter().copied().filter(|team| is_clerk_of(before, team) && !is_clerk_of(after, team)).collect()
}
