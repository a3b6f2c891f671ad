//! How a team's leader distributes its work. The settings lie at the endpoint: a leader signs no directory, and they concern nobody's keys.

use protocol::api::{ChangedBy, ClerkSetting, ClerkShare, DistributionReply, DistributionRequest, Done, MoveReply, MoveRequest, Pile, Undoable};
use protocol::{MemberId, TeamId, UnixTime};
use reqwest::Method;

use crate::App;
use crate::api::{
    CommandError, DistributionMove, DistributionMoved, DistributionSet, DistributionView, ErrorCode, PileRow, ShareRow, ShareSet, TeamRef,
};
use crate::desk::{Desk, Who};

/// The highest weight.
const FULL: u8 = 100;
/// Seconds: a year, and a day for whoever counts generously.
const LONGEST_ABSENCE: u64 = 366 * 24 * 3600;

impl App {
    /// How the team's work lies.
    pub(crate) async fn distribution(&self, args: TeamRef) -> Result<DistributionView, CommandError> {
        let team = TeamId::parse(&args.team).ok_or(ErrorCode::NotFound)?;
        let reply: DistributionReply = self.exchange::<Done, _>(Who::Member, Method::GET, &path(team, "distribution"), None).await?;
        Ok(self.desk().distribution_view(team, &reply))
    }

    /// Sets quotas, absences, and whether new units wait for the leader's hand.
    pub(crate) async fn distribution_set(&self, args: DistributionSet) -> Result<DistributionView, CommandError> {
        let team = TeamId::parse(&args.team).ok_or(ErrorCode::NotFound)?;
        let clerks = args.clerks.iter().map(|clerk| self.setting(clerk)).collect::<Result<_, _>>()?;
        let request = DistributionRequest { by_hand: args.by_hand, clerks };
        let reply: DistributionReply = self.exchange(Who::Member, Method::POST, &path(team, "distribution"), Some(&request)).await?;
        Ok(self.desk().distribution_view(team, &reply))
    }

    /// Moves units by hand.
    pub(crate) async fn distribution_move(&self, args: DistributionMove) -> Result<DistributionMoved, CommandError> {
        let team = TeamId::parse(&args.team).ok_or(ErrorCode::NotFound)?;
        let (from, to) = (member(args.from.as_deref())?, member(args.to.as_deref())?);
        if args.units == 0 || (from.is_some() && from == to) {
            return Err(CommandError::new(ErrorCode::BadArguments));
        }
        let request = MoveRequest { from, to, units: args.units };
        let moved: Result<MoveReply, _> = self.exchange(Who::Member, Method::POST, &path(team, "moves"), Some(&request)).await;
        let MoveReply { units } = moved.map_err(|error| conflict_is(error, ErrorCode::NobodyThere))?;
        Ok(DistributionMoved { units, distribution: self.distribution(TeamRef { team: args.team }).await? })
    }

    /// Puts the last move back, as far as nobody began with it.
    pub(crate) async fn distribution_undo(&self, args: TeamRef) -> Result<DistributionMoved, CommandError> {
        let team = TeamId::parse(&args.team).ok_or(ErrorCode::NotFound)?;
        let undone: Result<MoveReply, _> = self.exchange::<Done, _>(Who::Member, Method::DELETE, &path(team, "moves"), None).await;
        let MoveReply { units } = undone.map_err(|error| conflict_is(error, ErrorCode::UndoTooLate))?;
        Ok(DistributionMoved { units, distribution: self.distribution(args).await? })
    }

    fn setting(&self, clerk: &ShareSet) -> Result<ClerkSetting, CommandError> {
        if clerk.weight > FULL {
            return Err(CommandError::new(ErrorCode::BadArguments));
        }
        let now = self.now();
        let is_absence = |until: u64| until > now.0 && until <= now.0.saturating_add(LONGEST_ABSENCE);
        if clerk.absent_until.is_some_and(|until| !is_absence(until)) {
            return Err(CommandError::new(ErrorCode::AbsenceInvalid));
        }
        let id = MemberId::parse(&clerk.member).ok_or(ErrorCode::NotFound)?;
        Ok(ClerkSetting { clerk: id, weight: clerk.weight, absent_until: clerk.absent_until.map(UnixTime) })
    }
}

impl Desk {
    fn distribution_view(&self, team: TeamId, reply: &DistributionReply) -> DistributionView {
        let share = |share: &ClerkShare| ShareRow {
            member: share.clerk.to_string(),
            name: self.member_name(share.clerk),
            weight: share.weight,
            absent_until: share.absent_until.map(|until| until.0),
            lapsed: share.lapsed,
            pile: pile(&share.pile),
        };
        let undo: Option<Undoable> = reply.undo.filter(|undo| undo.units > 0);
        DistributionView {
            team: team.to_string(),
            by_hand: reply.by_hand,
            clerks: reply.clerks.iter().map(share).collect(),
            unassigned: pile(&reply.unassigned),
            undo_units: undo.map_or(0, |undo| undo.units),
            undo_until: undo.map(|undo| undo.until.0),
            changed_by: reply.changed.map(|ChangedBy { by, .. }| self.member_name(by)),
            changed_at: reply.changed.map(|ChangedBy { at, .. }| at.0),
        }
    }
}

fn pile(pile: &Pile) -> PileRow {
    let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    PileRow {
        units: small(pile.units),
        waiting: small(pile.waiting),
        opened: small(pile.opened),
        held: small(pile.held),
        awaits_number: small(pile.awaits_number),
        oldest: pile.oldest.map(|at| at.0),
    }
}

fn path(team: TeamId, what: &str) -> String {
    format!("/v1/teams/{team}/{what}")
}

fn member(id: Option<&str>) -> Result<Option<MemberId>, CommandError> {
    id.map(|id| MemberId::parse(id).ok_or_else(|| CommandError::new(ErrorCode::NotFound))).transpose()
}

/// What the endpoint's "conflict" means here.
fn conflict_is(error: CommandError, code: ErrorCode) -> CommandError {
    let is_conflict = error.code == ErrorCode::EndpointRefused && error.params.get("problem").is_some_and(|problem| problem == "conflict");
    if is_conflict { CommandError::new(code) } else { error }
}
