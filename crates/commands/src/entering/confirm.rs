//! "Gespeichert": the clerk typed the form in; the envelope is destroyed centrally, after a grace or at once, and the receipt of it is kept here.

use protocol::api::{DestroyRequest, Done, ReceiptReply};
use protocol::limits::MAX_RESPONSE_BYTES;
use protocol::log::{Leaf, LeafKind, Receipt};
use protocol::{Context, RecordId, from_cbor};
use receipts::Expected;
use reqwest::Method;

use crate::App;
use crate::api::{CommandError, Entered, ErrorCode, RecordConfirm};
use crate::desk::Who;
use crate::entering::fetch::Opened;
use crate::entering::grace::due_of;
use crate::entering::open::changed;

impl App {
    /// Confirms an opened record; the endpoint is shown the token from inside. At once it answers with a DESTROYED receipt, which goes into the
    /// ledger of this device: an endpoint put back to an older state can be shown what it destroyed. With a grace it says when that ends, and the receipt
    /// comes with the queue afterwards. What this clerk confirmed before is a success again, also in another process: the first reply may have been lost.
    pub(crate) async fn record_confirm(&self, args: RecordConfirm) -> Result<Entered, CommandError> {
        let record = RecordId::parse(&args.record).ok_or(ErrorCode::NotFound)?;
        let told = self.to_be_told(&args)?;
        // Taken out while the call runs, so that a second confirmation cannot run beside it; put back if it fails.
        let sitting = self.sitting_without_log_fault()?;
        let opened = self.desk().opened.remove(&record);
        let Some(opened) = opened else {
            let entered = self.confirmed_before(record).await?;
            // Without the token from inside, which only opening brings, nothing is destroyed before its time.
            return if args.at_once && entered.due.is_some() { Err(CommandError::new(ErrorCode::InGrace)) } else { Ok(entered) };
        };
        if let Some(told) = told
            && let Err(error) = self.tell_author(record, &opened, told).await
        {
            self.put_back(sitting, record, opened);
            return Err(changed(error));
        }
        let result = if args.at_once { self.destroy_with_numbers(record, &opened).await } else { self.enter_with_numbers(record, &opened).await };
        if result.is_err() {
            self.put_back(sitting, record, opened);
        }
        result.map_err(changed)
    }

    /// What was taken out for a call that failed, unless the app locked meanwhile.
    pub(super) fn put_back(&self, sitting: u64, record: RecordId, opened: Opened) {
        let mut desk = self.desk();
        if desk.demand_sitting(sitting).is_ok() {
            desk.opened.insert(record, opened);
        }
    }

    /// What this clerk confirmed before: in its grace, or destroyed.
    pub(super) async fn confirmed_before(&self, record: RecordId) -> Result<Entered, CommandError> {
        let queue = self.assignments().await?;
        if let Some(due) = due_of(record, &queue) {
            return Ok(Entered { record: record.to_string(), receipt_index: None, due: Some(due.0) });
        }
        let entered = self.entered_before(record).await?;
        self.finish_numbers_of(record, &queue).await?;
        Ok(entered)
    }

    /// The form first: a number without its form can be finished later, a form without its number could not be entered any more.
    async fn destroy_with_numbers(&self, record: RecordId, opened: &Opened) -> Result<Entered, CommandError> {
        if !opened.is_numbered {
            return Err(CommandError::new(ErrorCode::NumberFollows));
        }
        let entered = self.destroy_entered(record, opened).await?;
        for (number, opened) in &opened.numbers {
            self.destroy_entered(*number, opened).await?;
        }
        Ok(entered)
    }

    /// Has one envelope destroyed on the clerk's word that it was entered, and keeps the receipt.
    pub(super) async fn destroy_entered(&self, record: RecordId, opened: &Opened) -> Result<Entered, CommandError> {
        self.destroy_on_word(Context::EnteredV1, "destruction", record, opened).await
    }

    pub(super) async fn destroy_on_word(&self, context: Context, place: &str, record: RecordId, opened: &Opened) -> Result<Entered, CommandError> {
        let statement = self.record_statement(context, record, opened)?;
        let path = format!("/v1/records/{record}/{place}");
        let request = DestroyRequest { statement, token: opened.token };
        let reply: ReceiptReply = self.exchange(Who::Member, Method::POST, &path, Some(&request)).await?;
        self.keep_receipt(&reply.receipt, &opened.expected(LeafKind::Destroyed, record)).await
    }

    /// Asks for the receipt of a destruction that this clerk confirmed before. The endpoint shows it to nobody else, and it changes nothing there.
    pub(super) async fn entered_before(&self, record: RecordId) -> Result<Entered, CommandError> {
        self.receipt_again(&format!("/v1/records/{record}/destruction"), record).await
    }

    /// Asks for a DESTROYED receipt whose reply was lost, and keeps it.
    pub(super) async fn receipt_again(&self, path: &str, record: RecordId) -> Result<Entered, CommandError> {
        let reply: ReceiptReply = self.exchange::<Done, _>(Who::Member, Method::GET, path, None).await?;
        // The bytes are gone here and there: for their digest and length there is no other word than the log's own.
        let leaf: Leaf = from_cbor(&reply.receipt.leaf, MAX_RESPONSE_BYTES).map_err(|_| CommandError::new(ErrorCode::NotOurEndpoint))?;
        let Leaf { digest, length, team_key_epoch, .. } = leaf;
        let expected = Expected { kind: LeafKind::Destroyed, record, digest, length, device: None, team_key_epoch, min_copies: 1 };
        self.keep_receipt(&reply.receipt, &expected).await
    }

    pub(super) async fn keep_receipt(&self, receipt: &Receipt, expected: &Expected) -> Result<Entered, CommandError> {
        let verified = self.demand_receipt(receipt, expected).await?;
        // If this fails, confirming again brings the same receipt.
        self.desk().keep_destruction(expected.record, expected.digest, &verified, receipt, self.now())?;
        Ok(Entered { record: expected.record.to_string(), receipt_index: Some(receipt.index), due: None })
    }
}
