//! Another task or another team for somebody who stays: the same person, key and device; only what they may do changes, from their next contact on.

use office::directory::{DirectoryEdit, VerifiedDirectory};
use protocol::api::{Done, EpochsReply};
use protocol::directory::{Member, Role};
use protocol::{MemberId, TeamId};
use reqwest::Method;

use super::key_change::wanting_for;
use super::staff::roles_of;
use crate::App;
use crate::api::{CommandError, ErrorCode, Nothing, OfficeView, RoleCode, StaffChange, StaffTasks};
use crate::desk::{Desk, Who};

impl App {
    /// Gives a member these roles and teams instead of the ones they have. Whoever stops being a team's clerk knows its key: another one is asked for.
    pub(crate) async fn staff_change(&self, args: StaffChange) -> Result<OfficeView, CommandError> {
        let member = MemberId::parse(&args.member).ok_or(ErrorCode::NotFound)?;
        self.desk().demand_role(Role::Admin)?;
        self.refresh_directory().await?;
        let left = {
            let desk = self.desk();
            let before = desk.directory()?.active_member(&member).ok_or(ErrorCode::NotFound)?;
            teams_left(before, &desk.changed(before, &args.roles, &args.teams)?)
        };
        self.demand_other_holders(member, &left).await?;
        self.publish(|desk| {
            desk.demand_role(Role::Admin)?;
            let directory = desk.directory()?;
            let before = directory.active_member(&member).ok_or(ErrorCode::NotFound)?;
            let after = desk.changed(before, &args.roles, &args.teams)?;
            // Also the answer to a change whose reply was lost.
            if after == *before {
                return Ok(None);
            }
            let is_as_seen = |was: &StaffTasks| {
                desk.changed(before, &was.roles, &was.teams).is_ok_and(|was| was.roles == before.roles && was.teams == before.teams)
            };
            if !args.was.as_ref().is_none_or(is_as_seen) {
                return Err(ErrorCode::StaffChanged.into());
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

impl App {
    /// Somebody who stays a clerk of each of these teams was given its key: else what is sealed to it could be opened by nobody.
    pub(super) async fn demand_other_holders(&self, leaving: MemberId, teams: &[TeamId]) -> Result<(), CommandError> {
        for team in teams {
            let counts: EpochsReply = self.exchange::<Done, _>(Who::Member, Method::GET, &format!("/v1/teams/{team}/epochs"), None).await?;
            let desk = self.desk();
            let directory = desk.directory()?;
            let Some(key) = directory.open_key(team) else { continue };
            let given: Vec<MemberId> =
                counts.epochs.iter().filter(|count| count.epoch == key.epoch).flat_map(|count| count.holders.clone()).collect();
            let holds = |member: MemberId| key.made_by == member || given.contains(&member);
            if holds(leaving) && !directory.clerks_of(*team).any(|clerk| clerk.member != leaving && holds(clerk.member)) {
                let name = directory.team(team).map(|team| team.name.clone()).unwrap_or_default();
                return Err(CommandError::new(ErrorCode::LastHolder).with("team", name));
            }
        }
        Ok(())
    }
}

impl Desk {
    /// The member with these roles and teams.
    fn changed(&self, before: &Member, roles: &[RoleCode], teams: &[String]) -> Result<Member, CommandError> {
        let mut after = Member { roles: roles_of(roles)?, teams: self.known_teams(teams)?, ..before.clone() };
        after.teams.sort_unstable();
        after.teams.dedup();
        // What they sealed still counts, and what belongs to it is theirs to finish.
        after.collected_before = (!after.collects() && before.is_author()).then_some(true);
        Ok(after)
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
