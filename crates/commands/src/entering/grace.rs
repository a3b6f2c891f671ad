//! "Gespeichert", with a grace: the endpoint destroys what the clerk entered a quarter of an hour later, whether her app is there or not, and until then she
//! can take her word back. The receipt comes when she looks at her queue afterwards.

use protocol::api::{Assignment, AssignmentsReply, DestroyRequest, Done, EntryReply};
use protocol::{Context, RecordId, UnixTime};
use reqwest::Method;

use crate::App;
use crate::api::{CommandError, Entered, ErrorCode, Nothing, RecordRef};
use crate::desk::Who;
use crate::entering::fetch::Opened;
use crate::entering::number::numbers_for;

impl App {
    /// Takes back what this clerk confirmed, as long as the endpoint has not destroyed it: the form can be opened again. Asks nothing of the log: here
    /// nothing is opened and nothing destroyed.
    pub(crate) async fn record_undo(&self, args: RecordRef) -> Result<Nothing, CommandError> {
        let record = RecordId::parse(&args.record).ok_or(ErrorCode::NotFound)?;
        let queue = self.assignments().await?;
        // Numbers first: a form that stays without its number could not be entered any more.
        for number in numbers_for(record, &queue).into_iter().filter(|number| due_of(*number, &queue).is_some()) {
            self.take_back(number).await?;
        }
        let taken_back = self.take_back(record).await;
        if taken_back.as_ref().is_err_and(|error| error.code == ErrorCode::AlreadyEntered) {
            // Her own confirmation: its receipt is kept before she is told.
            self.entered_before(record).await?;
        }
        taken_back.map(|()| Nothing {})
    }

    async fn take_back(&self, record: RecordId) -> Result<(), CommandError> {
        let path = format!("/v1/records/{record}/entry");
        let _: Done = self.exchange::<Done, _>(Who::Member, Method::DELETE, &path, None).await?;
        self.desk().forget_entry(record)
    }

    /// The form first, as when both are destroyed at once: a number without its form can be finished later.
    pub(super) async fn enter_with_numbers(&self, record: RecordId, opened: &Opened) -> Result<Entered, CommandError> {
        if !opened.is_numbered {
            return Err(CommandError::new(ErrorCode::NumberFollows));
        }
        let due = match self.enter(record, opened).await {
            // The reply was lost, and the grace is over.
            Err(error) if error.code == ErrorCode::AlreadyEntered => return self.confirmed_before(record).await,
            other => other?,
        };
        for (number, opened) in &opened.numbers {
            self.enter(*number, opened).await?;
        }
        Ok(Entered { record: record.to_string(), receipt_index: None, due: Some(due.0) })
    }

    /// Gives the endpoint the clerk's word for one envelope. Reminded of first: the reply may be lost, and with it the way to the receipt.
    async fn enter(&self, record: RecordId, opened: &Opened) -> Result<UnixTime, CommandError> {
        let statement = self.record_statement(Context::EnteredV1, record, opened)?;
        self.desk().remember_entry(record)?;
        let path = format!("/v1/records/{record}/entry");
        let request = DestroyRequest { statement, token: opened.token };
        let reply: EntryReply = self.exchange(Who::Member, Method::POST, &path, Some(&request)).await?;
        Ok(reply.due)
    }

    /// Keeps the receipts of what was destroyed after its grace. Whatever goes wrong, the queue is shown, and the next look tries again.
    pub(super) async fn keep_due_receipts(&self, queue: &AssignmentsReply) {
        let remembered = self.remembered_with(queue).unwrap_or_default();
        for record in remembered {
            let row = queue.assignments.iter().find(|row| row.record == record);
            let settled = match row {
                Some(Assignment { due: Some(_), .. }) => continue,
                // Taken back, or replaced meanwhile.
                Some(_) => Ok(()),
                None => self.entered_before(record).await.map(|_| ()),
            };
            match settled {
                // Gone as replaced, or a colleague's now: there is no receipt for her.
                Err(error) if !matches!(error.code, ErrorCode::NotFound | ErrorCode::Superseded) => return,
                // If this fails, the same receipt comes again, and is kept once.
                _ => drop(self.desk().forget_entry(record)),
            }
        }
    }

    /// All reminders, with one for each record in its grace: the app may have been killed, or she confirmed it at another device.
    fn remembered_with(&self, queue: &AssignmentsReply) -> Result<Vec<RecordId>, CommandError> {
        let desk = self.desk();
        for row in queue.assignments.iter().filter(|row| row.due.is_some()) {
            desk.remember_entry(row.record)?;
        }
        desk.entries()
    }
}

/// When a record of the queue is destroyed, if its entry is confirmed.
pub(super) fn due_of(record: RecordId, queue: &AssignmentsReply) -> Option<UnixTime> {
    queue.assignments.iter().find(|row| row.record == record)?.due
}
