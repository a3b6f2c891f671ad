//! Klärung: a held form that is not to be entered, because the customer's other form was, or because it never was theirs. It is destroyed without entry.

use protocol::problem::ProblemCode;
use protocol::{Context, RecordId};

use crate::App;
use crate::api::{CommandError, Entered, ErrorCode, RecordRef};
use crate::entering::fetch::Opened;
use crate::entering::open::changed;

impl App {
    /// Destroys an opened, held form without entry. What is neither held nor withdrawn by its author is to be entered: the app refuses, and the endpoint too.
    /// What this clerk discarded before is a success again: the first reply may have been lost.
    pub(crate) async fn record_discard(&self, args: RecordRef) -> Result<Entered, CommandError> {
        let record = RecordId::parse(&args.record).ok_or(ErrorCode::NotFound)?;
        // Taken out while the call runs, as when an entry is confirmed.
        let sitting = self.sitting_without_log_fault()?;
        let opened = self.desk().opened.remove(&record);
        let Some(opened) = opened else { return self.entered_before(record).await };
        let result = if opened.may_discard {
            self.discard_with_numbers(record, &opened).await.map_err(changed)
        } else {
            Err(CommandError::new(ErrorCode::EndpointRefused).with("problem", ProblemCode::Conflict.code()))
        };
        if result.is_err() {
            self.put_back(sitting, record, opened);
        }
        result
    }

    /// The form first: without it nobody needs the number, and what is left of that goes with the next look at the queue.
    async fn discard_with_numbers(&self, record: RecordId, opened: &Opened) -> Result<Entered, CommandError> {
        let discarded = self.destroy_on_word(Context::DiscardedV1, "discarding", record, opened).await?;
        for (number, opened) in &opened.numbers {
            self.destroy_on_word(Context::DiscardedV1, "discarding", *number, opened).await?;
        }
        Ok(discarded)
    }
}
