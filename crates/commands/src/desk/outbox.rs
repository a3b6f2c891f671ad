//! The outbox and the ledger on the desk: both belong to the device, nobody need be unlocked.

use std::collections::HashSet;

use protocol::limits::MAX_RESPONSE_BYTES;
use protocol::log::{LeafKind, Receipt};
use protocol::{DeviceId, Digest, RecordId, UnixTime, from_cbor, to_cbor};
use receipts::{Expected, LogIdentity, LogMemory, VerifiedReceipt, verify_receipt};
use sync::{Destroyable, End, OutboxRecord, Report, StoredReceipt};
use vault::{Delivered, LedgerEntry, LedgerKind, OutboxState, ReceiptReference};

use super::Desk;
use crate::api::CommandError;

impl Desk {
    /// Sealed records, and delivered ones whose copy waits for its destruction.
    pub fn outbox_counts(&self) -> Result<(u32, u32), CommandError> {
        let counts = self.vault.outbox_counts()?;
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        Ok((small(counts.sealed), small(counts.delivered)))
    }

    /// Which records lie sealed on this device, not handed over.
    pub fn sealed_here(&self) -> Result<HashSet<RecordId>, CommandError> {
        Ok(self.vault.sealed_records()?.into_iter().collect())
    }

    /// The next sealed records; what cannot be read is named in `damaged` and stays.
    pub fn outbox_page(&self, mut after: Option<RecordId>, limit: usize, damaged: &mut Vec<RecordId>) -> Result<Vec<OutboxRecord>, CommandError> {
        loop {
            let page = self.vault.outbox_page(after, limit)?;
            damaged.extend(page.damaged);
            let sealed: Vec<OutboxRecord> = page
                .entries
                .into_iter()
                .filter(|entry| entry.state == OutboxState::Sealed)
                .map(|entry| OutboxRecord { record: entry.record, digest: entry.digest, team_key_epoch: entry.team_key_epoch, bytes: entry.bytes })
                .collect();
            match page.next {
                Some(next) if sealed.is_empty() => after = Some(next),
                _ => return Ok(sealed),
            }
        }
    }

    /// Delivered earlier, not destroyed, with the stored receipt verified once more.
    pub fn delivered_not_destroyed(&self) -> Result<Vec<Destroyable>, CommandError> {
        let identity = self.log_identity()?;
        let device = self.vault.device_id();
        let min_copies = self.policy(1)?.min_copies;
        // One whose receipt does not verify any more is kept and not destroyed; it must not stop the others.
        let delivered = self.vault.delivered_unshredded()?.into_iter();
        Ok(delivered.filter_map(|delivered| destroyable(delivered, &identity, device, min_copies)).collect())
    }

    /// Stores verified receipts, then what is known of the log.
    pub fn store_receipts(&mut self, receipts: &[StoredReceipt], log: &LogMemory, now: UnixTime) -> Result<(), CommandError> {
        let rows: Vec<(RecordId, Vec<u8>)> = receipts.iter().map(|receipt| (receipt.record, receipt.receipt.clone())).collect();
        // First, so that a kill in between cannot leave receipts that permit destruction beside a memory of an older log: put back later, the endpoint's
        // log must not look like the one known here.
        self.observe(log, now)?;
        self.vault.record_delivery(&rows)?;
        Ok(())
    }

    /// Destroys local copies whose receipts are stored; one key rotation and one ledger line each.
    pub fn destroy_delivered(&mut self, records: &[Destroyable], now: UnixTime) -> Result<(), CommandError> {
        let entry = |record: &Destroyable| LedgerEntry {
            kind: LedgerKind::Destroyed,
            record: record.record,
            digest: record.digest,
            receipt: Some(ReceiptReference { index: record.index, size: record.tree_size, generation: record.generation }),
            at: now,
        };
        let rows: Vec<(RecordId, LedgerEntry)> = records.iter().map(|record| (record.record, entry(record))).collect();
        self.vault.shred_delivered(&rows)?;
        Ok(())
    }

    /// Keeps a verified DESTROYED receipt of a record that was entered at this device, with a line in the ledger; once, however often it comes.
    pub fn keep_destruction(
        &self,
        record: RecordId,
        digest: Digest,
        verified: &VerifiedReceipt,
        receipt: &Receipt,
        now: UnixTime,
    ) -> Result<(), CommandError> {
        let entry = LedgerEntry { kind: LedgerKind::Witnessed, record, digest, receipt: Some(ReceiptReference::from(verified)), at: now };
        self.vault.keep_witness(&entry, &to_cbor(receipt))?;
        Ok(())
    }

    /// Keeps the verified REWRAPPED receipt of a form that was forwarded at this device, with a line in the ledger.
    pub fn keep_forwarding(
        &self,
        record: RecordId,
        digest: Digest,
        verified: &VerifiedReceipt,
        receipt: &Receipt,
        now: UnixTime,
    ) -> Result<(), CommandError> {
        let entry = LedgerEntry { kind: LedgerKind::Forwarded, record, digest, receipt: Some(ReceiptReference::from(verified)), at: now };
        self.vault.keep_forwarding(&entry, &to_cbor(receipt))?;
        Ok(())
    }

    /// Keeps what the log showed during a delivery, also what contradicts it.
    pub fn after_delivery(&mut self, log: &LogMemory, report: &Report, now: UnixTime) -> Result<(), CommandError> {
        if report.end == End::LogFault {
            self.mark_log_fault(&report.contradicting, now)?;
        }
        self.observe(log, now)
    }

    /// Records destroyed after a receipt, on this device, so far.
    pub fn destroyed_count(&self) -> Result<u32, CommandError> {
        Ok(u32::try_from(self.vault.destroyed_count()?).unwrap_or(u32::MAX))
    }
}

/// Verifies a stored receipt again before anything is destroyed on it: what lies on the disk is no more trusted than what comes over the network.
fn destroyable(delivered: Delivered, identity: &LogIdentity, device: DeviceId, min_copies: u8) -> Option<Destroyable> {
    let receipt: Receipt = from_cbor(&delivered.receipt, MAX_RESPONSE_BYTES).ok()?;
    let expected = Expected {
        kind: LeafKind::Stored,
        record: delivered.record,
        digest: delivered.digest,
        length: delivered.length,
        device: Some(device),
        team_key_epoch: delivered.team_key_epoch,
        min_copies,
    };
    let verified = verify_receipt(&receipt, identity, &expected).ok()?;
    Some(StoredReceipt {
        record: delivered.record,
        digest: delivered.digest,
        receipt: delivered.receipt,
        index: verified.index(),
        tree_size: verified.checkpoint().size,
        generation: verified.checkpoint().generation,
    })
}
