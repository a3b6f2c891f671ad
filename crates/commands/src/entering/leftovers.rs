//! What a kill or a late delivery left behind: numbers of forms that are gone, and forms that were replaced before they arrived. Whoever looks at the queue
//! finishes it; nobody has to know of it.

use protocol::api::{Assignment, AssignmentsReply, FormEnd, HoldReason, RecordState};
use protocol::{Context, RecordId};
use sealing::Purpose;

use crate::App;
use crate::api::{CommandError, ErrorCode};
use crate::entering::fetch::Fetched;
use crate::entering::number::numbers_for;

impl App {
    /// Finishes what can be finished. True: something was, and the queue is another now.
    pub(super) async fn finish_leftovers(&self, queue: &AssignmentsReply) -> Result<bool, CommandError> {
        let mut finished = false;
        for row in &queue.assignments {
            let done = if is_orphaned_number(row) {
                self.finish_number(row).await
            } else if is_frozen_without_replacement(row, queue) {
                self.finish_frozen(row.record, queue).await
            } else {
                continue;
            };
            match done {
                Ok(done) => finished |= done,
                // It stays as it is and is shown; the rest of the queue goes on.
                Err(error) if is_about_one_record(error.code) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(finished)
    }

    /// After a form was entered: destroys the envelopes that brought its number, which a kill may have left.
    pub(super) async fn finish_numbers_of(&self, form: RecordId, queue: &AssignmentsReply) -> Result<(), CommandError> {
        for row in queue.assignments.iter().filter(|row| row.follows == Some(form) && row.state == RecordState::Opened && row.due.is_none()) {
            self.finish_number(row).await?;
        }
        Ok(())
    }

    /// A number whose form is gone. If this clerk opened it with the form and entered that, it was entered too; anything else she says of it would be untrue
    /// but that it is destroyed without entry.
    async fn finish_number(&self, row: &Assignment) -> Result<bool, CommandError> {
        let Some(form) = row.follows else { return Ok(false) };
        let may_be_entered = row.state == RecordState::Opened && row.form_end != Some(FormEnd::Unentered);
        let was_entered = may_be_entered && self.did_enter(form).await?;
        let number = self.fetch(row.record).await?;
        if number.form.body.purpose != Purpose::Number || number.form.header.follows != Some(form) {
            return Ok(false);
        }
        if was_entered {
            self.destroy_entered(row.record, &number.opened).await?;
        } else {
            self.destroy_on_word(Context::DiscardedV1, "discarding", row.record, &number.opened).await?;
        }
        Ok(true)
    }

    /// Whether it was this clerk's word that destroyed the form as entered: nobody else is told. Keeps the receipt.
    async fn did_enter(&self, form: RecordId) -> Result<bool, CommandError> {
        match self.entered_before(form).await {
            Err(error) if matches!(error.code, ErrorCode::NotFound | ErrorCode::Superseded) => Ok(false),
            other => other.map(|_| true),
        }
    }

    /// A form that arrived after its replacement was entered, or its number.
    async fn finish_frozen(&self, record: RecordId, queue: &AssignmentsReply) -> Result<bool, CommandError> {
        let frozen = self.fetch(record).await?;
        let Some(by) = frozen.reply.replaced_by else { return Ok(false) };
        if !self.is_rightly_frozen(&frozen, queue).await? || self.is_open_to_her(by).await? {
            return Ok(false);
        }
        let numbers = self.numbers_with(&frozen, queue).await?;
        self.destroy_replaced(record, &frozen.opened, by).await?;
        for number in numbers {
            self.destroy_replaced(number.record(), &number.opened, by).await?;
        }
        Ok(true)
    }

    /// Whether a replacement is still to be entered: then opening it destroys what it replaces.
    async fn is_open_to_her(&self, by: RecordId) -> Result<bool, CommandError> {
        match self.fetch(by).await {
            Err(error) if matches!(error.code, ErrorCode::AlreadyEntered | ErrorCode::Superseded) => Ok(false),
            Err(error) if error.code == ErrorCode::NotFound => Ok(true),
            other => other.map(|_| true),
        }
    }

    async fn numbers_with(&self, form: &Fetched, queue: &AssignmentsReply) -> Result<Vec<Fetched>, CommandError> {
        let mut found = Vec::new();
        for record in numbers_for(form.record(), queue) {
            let number = self.fetch(record).await?;
            if self.desk().number_for(&form.form, &number.form)?.is_some() {
                found.push(number);
            }
        }
        Ok(found)
    }
}

/// A number whose form is destroyed, whoever had it, so that nobody opens the two together any more.
fn is_orphaned_number(row: &Assignment) -> bool {
    // In its grace it goes by itself, and what is replaced goes with that.
    row.form_end.is_some() && row.due.is_none() && row.hold != Some(HoldReason::Superseded)
}

/// A frozen form whose replacement is not in the queue any more; a frozen number only if its form is not there either.
fn is_frozen_without_replacement(row: &Assignment, queue: &AssignmentsReply) -> bool {
    let is_named = |record: RecordId| queue.assignments.iter().any(|other| other.supersedes == Some(record));
    let is_here = |record: RecordId| queue.assignments.iter().any(|other| other.record == record);
    let is_alone = !is_named(row.record) && row.follows.is_none_or(|form| !is_named(form) && !is_here(form));
    row.hold == Some(HoldReason::Superseded) && is_alone
}

/// Whether the error says something about one record, and nothing about the line or the log.
fn is_about_one_record(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::NotFound
            | ErrorCode::Superseded
            | ErrorCode::AlreadyEntered
            | ErrorCode::CannotOpen
            | ErrorCode::AuthorInvalid
            | ErrorCode::KeyShareMissing
            | ErrorCode::EndpointRefused
    )
}
