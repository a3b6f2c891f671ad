//! Opening one record: the form, the number that followed it, and what it replaces.

use protocol::RecordId;
use protocol::api::{AssignmentsReply, Done, HoldReason, RecordState};
use questionnaire::{FinalAnswers, Question};
use reqwest::Method;
use sealing::Purpose;

use crate::App;
use crate::api::{CommandError, EntryAnswer, EntryView, ErrorCode, HoldCode, QuestionStanding, RecordOpen};
use crate::desk::Who;
use crate::entering::fetch::Fetched;
use crate::entering::mask::{self, applies, value};
use crate::entering::problem::{corrected_by_author, standing_of};
use crate::entering::queue::hold_code;
use crate::entering::replaced::Replaced;

impl App {
    /// Fetches, verifies and opens a record with its number, tells the endpoint that it is readable (ACCEPTED), and has destroyed what it replaces.
    ///
    /// What belongs to another team by the rules is refused before that, with the team's name and nothing else of it: whoever forwards it has not read it.
    pub(crate) async fn record_open(&self, args: RecordOpen) -> Result<EntryView, CommandError> {
        let record = RecordId::parse(&args.record).ok_or(ErrorCode::NotFound)?;
        let sitting = self.sitting_without_log_fault()?;
        let queue = self.assignments().await?;
        let row = queue.assignments.iter().find(|row| row.record == record);
        if row.is_some_and(|row| row.state == RecordState::AwaitsNumber) {
            return Err(CommandError::new(ErrorCode::NumberFollows));
        }
        if row.is_some_and(|row| row.due.is_some()) {
            return Err(CommandError::new(ErrorCode::InGrace));
        }
        let mut fetched = match self.fetch(record).await {
            Err(error) if error.code == ErrorCode::AlreadyEntered => {
                // Her own confirmation, whose reply was lost: its receipt is kept before she is told.
                self.entered_before(record).await?;
                self.finish_numbers_of(record, &queue).await?;
                return Err(error);
            }
            other => other.map_err(elsewhere)?,
        };
        if fetched.form.body.purpose != Purpose::Form {
            return Err(CommandError::new(ErrorCode::CannotOpen));
        }
        let answers = FinalAnswers::decode(&fetched.form.body.form).map_err(|_| CommandError::new(ErrorCode::CannotOpen))?;
        if fetched.reply.replaced_by.is_some() && self.is_rightly_frozen(&fetched, &queue).await? {
            return Err(CommandError::new(ErrorCode::Superseded));
        }
        if !args.here
            && let Some(other) = self.desk().other_team(&fetched, &queue)
        {
            return Err(CommandError::new(ErrorCode::OtherTeam).with("team", other.name));
        }
        self.accept(record, &fetched.opened).await?;
        let followed = self.take_number(&mut fetched, &queue).await?;
        let answered = corrected_by_author(&fetched);
        let number_corrected = answered.is_some();
        fetched.opened.is_numbered |= number_corrected;
        let number = answered.or(followed);
        fetched.opened.number.clone_from(&number);
        let replaced = self.retire_replaced(&fetched).await?;
        let view = self.entry_view(&fetched, number, &answers, &replaced);
        let mut desk = self.desk();
        desk.demand_sitting(sitting)?;
        fetched.opened.may_discard = view.may_discard;
        desk.opened.insert(record, fetched.opened);
        Ok(EntryView { number_corrected, ..view })
    }

    /// The unlocked clerk's queue as the endpoint has it.
    pub(super) async fn assignments(&self) -> Result<AssignmentsReply, CommandError> {
        self.exchange::<Done, _>(Who::Member, Method::GET, "/v1/assignments", None).await
    }

    fn entry_view(&self, fetched: &Fetched, customer_number: Option<String>, answers: &FinalAnswers, replaced: &Replaced) -> EntryView {
        let line = |question: Question| EntryAnswer { question, value: value(answers.answer(question)), applies: applies(answers, question) };
        let desk = self.desk();
        let (entry_mask, own) = desk.entry_mask();
        let body = &fetched.form.body;
        let (replaces, unclear) = match replaced {
            Replaced::Nothing => (None, None),
            Replaced::Gone(code) => (Some(*code), None),
            // Nothing was destroyed: somebody has to find out whose forms these are.
            Replaced::NotTheirs => (None, Some(HoldCode::KnownCustomer)),
        };
        EntryView {
            record: fetched.record().to_string(),
            customer_number,
            unit_number: body.unit_number.clone(),
            rows: mask::rows(&entry_mask, answers),
            asks_mig: fetched.opened.asks_mig,
            // An office that says what its benefits system records needs to see nothing else.
            answers: if own { Vec::new() } else { Question::ALL.into_iter().map(line).collect() },
            opened_before: fetched.reply.opened_before,
            hold: fetched.reply.hold.map(hold_code).or(unclear),
            question: standing_of(fetched),
            number_corrected: false,
            may_discard: standing_of(fetched) == Some(QuestionStanding::Withdrawn)
                || matches!(fetched.reply.hold, Some(HoldReason::KnownCustomer | HoldReason::RevokedDevice))
                    && fetched.form.header.supersedes.is_none(),
            replaces,
            made_at: body.made_at.0,
            author: desk.member_name(body.author),
            author_left: desk.directory().is_ok_and(|directory| directory.active_member(&body.author).is_none()),
        }
    }
}

/// What she has on her screen is not as it stands at the endpoint any more.
pub(super) fn changed(error: CommandError) -> CommandError {
    if error.is_conflict() { CommandError::new(ErrorCode::ChangedMeanwhile) } else { elsewhere(error) }
}

/// The endpoint tells nobody whose a record is: what it does not find for her may be a colleague's by now.
pub(super) fn elsewhere(error: CommandError) -> CommandError {
    if error.code == ErrorCode::NotFound { CommandError::new(ErrorCode::Elsewhere) } else { error }
}
