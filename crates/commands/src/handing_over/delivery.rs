//! Delivering the outbox. Needs nobody's passphrase: the outbox belongs to the device.

use std::sync::{Mutex, MutexGuard, PoisonError};

use protocol::RecordId;
use receipts::LogMemory;
use sync::{Delivery, Destroyable, End, LogWatch, Outbox, OutboxRecord, Report, Signer, StoredReceipt, deliver};

use crate::App;
use crate::api::{CommandError, ErrorCode, Event, Nothing, RefusedRecord, SyncEnd, SyncReport};
use crate::desk::Who;

/// Records in one request. Each batch costs one key rotation here and one durable commit there; a larger one gains little and repeats more after a cut.
const BATCH: usize = 125;
/// Waits before a run that somebody asked for gives up until the next contact.
const TRIES: u32 = 4;
/// The same for a run that nobody asked for: it comes again by itself.
const TRIES_BY_ITSELF: u32 = 1;

/// Deliveries are made one at a time.
#[derive(Default)]
pub struct Deliveries {
    /// Held by the one that runs.
    pub gate: tokio::sync::Mutex<()>,
    /// How many have ended, and what the last one said.
    ended: Mutex<(u64, Option<Result<SyncReport, CommandError>>)>,
}

impl Deliveries {
    fn ended(&self) -> MutexGuard<'_, (u64, Option<Result<SyncReport, CommandError>>)> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a delivery said that ended after `before`, if it left nothing to be done or found out why not.
    fn since(&self, before: u64, left: bool) -> Option<Result<SyncReport, CommandError>> {
        let ended = self.ended();
        let report = ended.1.clone().filter(|_| ended.0 > before)?;
        let done = matches!(&report, Ok(report) if matches!(report.end, SyncEnd::Done | SyncEnd::Nothing));
        // What was sealed while it ran is still to be delivered.
        if done && left { None } else { Some(report) }
    }
}

impl App {
    /// Delivers until the outbox is empty or a reason to stop comes up. Joins a delivery that runs: its end is the answer.
    pub(crate) async fn sync(&self, _: Nothing) -> Result<SyncReport, CommandError> {
        self.one_delivery(TRIES).await
    }

    /// The same without being asked.
    pub(super) async fn sync_by_itself(&self) -> Result<SyncReport, CommandError> {
        self.one_delivery(TRIES_BY_ITSELF).await
    }

    /// What a contact that is no delivery ends with: this device's statement; and if the administration asks for it, a delivery at once, whatever wait the
    /// last failure brought.
    pub(crate) async fn end_contact(&self) {
        self.state_at_contact().await;
        let asked = self.desk().asked_to_deliver(self.now()).is_some();
        let sealed = self.desk().outbox_counts().is_ok_and(|(sealed, _)| sealed > 0);
        if asked && sealed {
            // Its failure is no failure of the contact, and the courier comes again.
            drop(self.one_delivery(TRIES_BY_ITSELF).await);
        }
    }

    async fn one_delivery(&self, tries: u32) -> Result<SyncReport, CommandError> {
        let before = self.delivery.ended().0;
        let _one_at_a_time = self.delivery.gate.lock().await;
        let (sealed, _) = self.desk().outbox_counts()?;
        if let Some(joined) = self.delivery.since(before, sealed > 0) {
            return joined;
        }
        let mut report = self.deliver_all(tries).await;
        if let Ok(report) = &mut report
            && matches!(report.end, SyncEnd::Done | SyncEnd::Nothing | SyncEnd::Partly | SyncEnd::Refused)
        {
            // What cannot be asked now is asked at the next contact: the copies wait. A log that contradicts itself has been noted.
            report.destroyed += self.destroy_accepted().await.unwrap_or(0);
        }
        if report.as_ref().is_ok_and(|report| matches!(report.end, SyncEnd::Done | SyncEnd::Nothing | SyncEnd::Partly | SyncEnd::Refused)) {
            self.state_at_contact().await;
        }
        let mut ended = self.delivery.ended();
        *ended = (ended.0 + 1, Some(report.clone()));
        report
    }

    async fn deliver_all(&self, tries: u32) -> Result<SyncReport, CommandError> {
        // What a full or failing disk left undone after an earlier shred is tried again first.
        if !self.desk().vault.settle() {
            return Err(CommandError::new(ErrorCode::DiskFault));
        }
        let (sealed, unshredded) = self.desk().outbox_counts()?;
        if sealed == 0 && unshredded == 0 {
            return self.nothing_to_deliver().await;
        }
        // The newest directory may name a new certificate or a stricter policy; without it, the known one counts.
        if let Err(error) = self.refresh_directory().await
            && matches!(error.code, ErrorCode::LogFault | ErrorCode::DirectoryInvalid)
        {
            return self.report(SyncEnd::LogFault, None);
        }
        let _in_order = self.exchange_gate.lock().await;
        let line = self.desk().line(Who::Device)?;
        if self.desk().has_log_fault() {
            return self.report(SyncEnd::LogFault, None);
        }
        let policy = self.desk().policy(BATCH)?;
        let machine = Delivery::new(policy, line.identity.clone(), line.device, tries, u64::from(std::process::id()) ^ self.now().0);
        let mut outbox = VaultOutbox { app: self, total: sealed, damaged: Vec::new() };
        let mut watch = LogWatch { identity: line.identity.clone(), memory: line.memory.clone() };
        let signer = Signer { key_id: line.key_id, secret: &line.secret };
        let result = deliver(machine, &mut outbox, &line.client, &signer, &mut watch).await;
        let report = match result {
            Ok(report) => report,
            Err(failed) => return Err(failed.cause),
        };
        self.desk().after_delivery(&watch.memory, &report, self.now())?;
        self.changed();
        let damaged = outbox.damaged;
        let mut shown = self.report(sync_end(&report), Some(&report))?;
        if !damaged.is_empty() && shown.end == SyncEnd::Done {
            shown.end = SyncEnd::Partly;
        }
        shown.refused.extend(damaged.iter().map(|record| RefusedRecord { record: record.to_string(), problem: "damaged".to_owned() }));
        Ok(shown)
    }

    /// An empty outbox is still a contact: was the log put back, is there a new directory?
    async fn nothing_to_deliver(&self) -> Result<SyncReport, CommandError> {
        let end = match self.refresh_directory().await {
            Ok(()) if self.desk().has_log_fault() => SyncEnd::LogFault,
            Ok(()) => SyncEnd::Nothing,
            Err(error) => match error.code {
                ErrorCode::Unreachable => SyncEnd::Unreachable,
                ErrorCode::NotOurEndpoint => SyncEnd::NotOurEndpoint,
                ErrorCode::LogFault | ErrorCode::DirectoryInvalid => SyncEnd::LogFault,
                ErrorCode::EndpointBusy => SyncEnd::Busy,
                _ => return Err(error),
            },
        };
        self.report(end, None)
    }

    fn report(&self, end: SyncEnd, report: Option<&Report>) -> Result<SyncReport, CommandError> {
        let (left, _) = self.desk().outbox_counts()?;
        Ok(SyncReport {
            end,
            delivered: report.map_or(0, |report| report.delivered),
            destroyed: report.map_or(0, |report| report.destroyed),
            left,
            held: report.map_or(0, |report| report.held),
            refused: report.map_or_else(Vec::new, |report| {
                let refusal =
                    |refusal: &sync::Refusal| RefusedRecord { record: refusal.record.to_string(), problem: refusal.problem.code().to_owned() };
                report.refused.iter().map(refusal).collect()
            }),
        })
    }
}

fn sync_end(report: &Report) -> SyncEnd {
    match report.end {
        End::Done if report.refused.is_empty() => SyncEnd::Done,
        End::Done => SyncEnd::Partly,
        End::Unreachable => SyncEnd::Unreachable,
        End::Busy => SyncEnd::Busy,
        End::NotOurEndpoint => SyncEnd::NotOurEndpoint,
        End::Refused(_) | End::StoreFailed => SyncEnd::Refused,
        End::LogFault => SyncEnd::LogFault,
    }
}

/// The vault's outbox as the delivery machine sees it. The desk is locked for each step only, so that the counsellor goes on working.
struct VaultOutbox<'a> {
    app: &'a App,
    total: u32,
    damaged: Vec<RecordId>,
}

impl Outbox for VaultOutbox<'_> {
    type Error = CommandError;

    fn unshredded(&mut self) -> Result<Vec<Destroyable>, CommandError> {
        self.app.desk().delivered_not_destroyed()
    }

    fn page(&mut self, after: Option<RecordId>, limit: usize) -> Result<Vec<OutboxRecord>, CommandError> {
        self.app.desk().outbox_page(after, limit, &mut self.damaged)
    }

    fn store(&mut self, receipts: &[StoredReceipt], log: &LogMemory) -> Result<(), CommandError> {
        self.app.desk().store_receipts(receipts, log, self.app.now())
    }

    fn destroy(&mut self, records: &[Destroyable]) -> Result<(), CommandError> {
        self.app.desk().destroy_delivered(records, self.app.now())
    }

    fn progress(&mut self, delivered: u32) {
        self.app.emit(Event::SyncProgress { done: delivered.min(self.total), total: self.total });
    }
}
