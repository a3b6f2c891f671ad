//! A form that belongs to another team, because a rule changed since it was sealed, or named the wrong one: it is sealed anew to that team. What is inside is
//! opened in memory for that, and shown to nobody.

use protocol::api::{Assignment, AssignmentsReply, ReceiptReply, RecordState};
use protocol::directory::{Team, TeamKeyEpoch};
use protocol::{RecordId, TeamId};
use reqwest::Method;
use sealing::Purpose;

use crate::App;
use crate::api::{CommandError, ErrorCode, Forwarded, RecordRef};
use crate::desk::{Desk, Who};
use crate::entering::fetch::Fetched;
use crate::entering::open::elsewhere;

/// A team that a form can go to.
pub(super) struct OtherTeam {
    team: TeamId,
    pub(super) name: String,
    key: TeamKeyEpoch,
}

impl App {
    /// Forwards a form to the team that the rules name for it, and what else of its unit nobody has begun with: the unit number is the same, so they belong there
    /// too. Only this one must go; another that cannot stays.
    pub(crate) async fn record_forward(&self, args: RecordRef) -> Result<Forwarded, CommandError> {
        let record = RecordId::parse(&args.record).ok_or(ErrorCode::NotFound)?;
        self.sitting_without_log_fault()?;
        let queue = self.assignments().await?;
        let row = queue.assignments.iter().find(|row| row.record == record).ok_or(ErrorCode::Elsewhere)?;
        let team = self.forward_one(row, &queue).await?;
        let mut forms = 1;
        for other in queue.assignments.iter().filter(|other| other.unit == row.unit && other.record != record && is_untouched(other)) {
            match self.forward_one(other, &queue).await {
                Ok(_) => forms += 1,
                Err(error) if stays(error.code) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Forwarded { record: args.record, team, forms })
    }

    /// Returns the team's name.
    async fn forward_one(&self, row: &Assignment, queue: &AssignmentsReply) -> Result<String, CommandError> {
        if !is_alone(row, queue) || row.due.is_some() || row.state == RecordState::AwaitsNumber {
            return Err(CommandError::new(ErrorCode::CannotForward));
        }
        let fetched = self.fetch(row.record).await.map_err(elsewhere)?;
        let other = self.desk().other_team(&fetched, queue).ok_or(ErrorCode::CannotForward)?;
        let prepared = self.desk().sealed_to(other.team, &other.key, row.record, &fetched.reply.envelope, self.now())?;
        let prepared = prepared.ok_or(ErrorCode::SealingFailed)?;
        let path = format!("/v1/records/{}/forwarding", row.record);
        let reply: ReceiptReply = self.exchange(Who::Member, Method::POST, &path, Some(&prepared.request)).await.map_err(refused)?;
        let verified = self.demand_receipt(&reply.receipt, &prepared.expected).await?;
        self.desk().keep_forwarding(row.record, prepared.expected.digest, &verified, &reply.receipt, self.now())?;
        Ok(other.name)
    }
}

impl Desk {
    /// The team that the rules name for a form, if that is another one which can open it, and nothing holds the form here: nobody was shown it, nobody has to
    /// decide about it, and no other record belongs to it.
    pub(super) fn other_team(&self, fetched: &Fetched, queue: &AssignmentsReply) -> Option<OtherTeam> {
        let form = &fetched.form;
        let Team { team, name, .. } = self.team_for(form.body.unit_number.as_deref())?;
        let is_misaddressed = *team != form.team && form.body.purpose == Purpose::Form;
        let row = queue.assignments.iter().find(|row| row.record == form.header.record)?;
        // Nobody there could open it.
        let nobody_there = self.directory().is_ok_and(|directory| directory.clerks_of(*team).next().is_none());
        if !is_misaddressed || nobody_there || fetched.reply.shown == Some(true) || !is_alone(row, queue) {
            return None;
        }
        Some(OtherTeam { team: *team, name: name.clone(), key: self.open_key(*team)?.clone() })
    }
}

/// What belongs together is read by one clerk: a form with its number, a change of mind with what it replaces. What is held is for the clerk who has it.
fn is_alone(row: &Assignment, queue: &AssignmentsReply) -> bool {
    let names_it = |other: &Assignment| other.follows == Some(row.record) || other.supersedes == Some(row.record);
    row.hold.is_none() && row.follows.is_none() && row.supersedes.is_none() && !queue.assignments.iter().any(names_it)
}

fn is_untouched(row: &Assignment) -> bool {
    row.state == RecordState::Assigned && !row.opened_before
}

/// The endpoint knows more than this clerk's queue says, such as what came meanwhile.
fn refused(error: CommandError) -> CommandError {
    if error.is_conflict() { CommandError::new(ErrorCode::CannotForward) } else { elsewhere(error) }
}

/// About one of the unit's other forms only.
fn stays(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::CannotForward
            | ErrorCode::Elsewhere
            | ErrorCode::CannotOpen
            | ErrorCode::AuthorInvalid
            | ErrorCode::KeyShareMissing
            | ErrorCode::SealingFailed
    )
}
