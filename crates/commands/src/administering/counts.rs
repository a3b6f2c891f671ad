//! Process counts of a team, for its leader. Never an answer, never a person.

use protocol::TeamId;
use protocol::api::{Done, TeamCounts};
use reqwest::Method;

use crate::App;
use crate::api::{CommandError, ErrorCode, TeamCountsView, TeamRef};
use crate::desk::Who;

impl App {
    /// How many records of a team are where.
    pub(crate) async fn team_counts(&self, args: TeamRef) -> Result<TeamCountsView, CommandError> {
        let team = TeamId::parse(&args.team).ok_or(ErrorCode::NotFound)?;
        let counts: TeamCounts = self.exchange::<Done, _>(Who::Member, Method::GET, &format!("/v1/teams/{team}/counts"), None).await?;
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(TeamCountsView {
            waiting: small(counts.waiting),
            assigned: small(counts.assigned),
            opened: small(counts.opened),
            held: small(counts.held),
            awaits_number: small(counts.awaits_number),
            asked: small(counts.asked.unwrap_or(0)),
            destroyed: small(counts.destroyed),
            oldest: counts.oldest.map(|at| at.0),
            overdue: counts.overdue.unwrap_or_default().into_iter().map(small).collect(),
            deadlines: self.desk().deadlines(),
        })
    }
}
