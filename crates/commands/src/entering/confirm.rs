//! "Gespeichert": the clerk typed the form in; the envelope is destroyed centrally, and the receipt of it is kept here.

use protocol::api::{DestroyRequest, ReceiptReply};
use protocol::log::LeafKind;
use protocol::{Context, RecordId};
use reqwest::Method;

use crate::App;
use crate::api::{CommandError, Entered, ErrorCode, RecordRef};
use crate::desk::Who;

impl App {
    /// Confirms an opened record; the endpoint is shown the token from inside and answers with a DESTROYED receipt, which goes into the
    /// ledger of this device: an endpoint put back to an older state can be shown what it destroyed.
    pub(crate) async fn record_confirm(&self, args: RecordRef) -> Result<Entered, CommandError> {
        let record = RecordId::parse(&args.record).ok_or(ErrorCode::NotFound)?;
        // Taken out while the call runs, so that a second confirmation cannot run beside it; put back if it fails.
        let sitting = self.sitting_without_log_fault()?;
        let opened = self.desk().opened.remove(&record).ok_or(ErrorCode::NotFound)?;
        let result = self.destroy_centrally(record, &opened).await;
        if result.is_err() {
            let mut desk = self.desk();
            if desk.demand_sitting(sitting).is_ok() {
                desk.opened.insert(record, opened);
            }
        }
        result
    }

    async fn destroy_centrally(&self, record: RecordId, opened: &super::Opened) -> Result<Entered, CommandError> {
        let statement = self.record_statement(Context::EnteredV1, record, opened)?;
        let path = format!("/v1/records/{record}/destruction");
        let request = DestroyRequest { statement, token: opened.token };
        let reply: ReceiptReply = self.exchange(Who::Member, Method::POST, &path, Some(&request)).await?;
        let verified = self.demand_receipt(&reply.receipt, LeafKind::Destroyed, record, opened).await?;
        // If this fails, the record stays opened: confirming again brings the same receipt.
        self.desk().keep_destruction(record, opened.digest, &verified, &reply.receipt, self.now())?;
        Ok(Entered { record: record.to_string(), receipt_index: reply.receipt.index })
    }
}
