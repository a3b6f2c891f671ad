//! A device's ledger against the log, and the log against all ledgers.

use std::collections::{BTreeMap, BTreeSet};

use office::keys;
use protocol::log::{Leaf, LeafKind};
use protocol::{Context, DeviceId, RecordId, from_cbor};
use receipts::ledger::{Head, LedgerKind, LedgerLine, ReceiptReference};
use receipts::merkle::leaf_hash;
use receipts::receipt::MAX_LEAF_BYTES;
use receipts::{Expected, ReceiptError, VerifiedReceipt, decode_receipt, verify_receipt};

use crate::directories::Directories;
use crate::file::{DeviceLedger, EndpointLog, ExportedLine, MAX_FILE_BYTES, SignedDeviceLedger};
use crate::gap::{Gap, Named, ReceiptFault};
use crate::life::Lives;
use crate::log::Log;

/// A ledger that its device signed.
pub(crate) struct Checked {
    device: DeviceId,
    lines: usize,
    /// What its lines tell, whether or not their receipts count: that is a gap of its own.
    told: BTreeSet<(Told, RecordId)>,
    held: BTreeSet<RecordId>,
}

/// What of a line is compared with the log.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Destroyed,
    Witnessed,
    Forwarded,
}

impl Checked {
    pub fn lines(&self) -> usize {
        self.lines
    }
}

/// What the endpoint's file shows.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    pub directories: &'a Directories,
    pub log: &'a Log,
    pub lives: &'a Lives,
}

/// Checks one file; none if no device of the office signed it, or another file of the device was there before.
pub(crate) fn check(
    signed: &SignedDeviceLedger,
    EndpointLog { office, root_key, .. }: &EndpointLog,
    found: &Found<'_>,
    before: &[Checked],
    gaps: &mut Vec<Gap>,
) -> Option<Checked> {
    let Found { directories, log, lives } = *found;
    let Ok(ledger) = from_cbor::<DeviceLedger>(&signed.body, MAX_FILE_BYTES) else {
        gaps.push(Gap::LedgerRefused { device: Named(DeviceId([0; 16])), why: "it is unreadable" });
        return None;
    };
    let device = Named(ledger.device);
    let signs = |key| keys::verify(key, Context::LedgerExportV1, &signed.body, &signed.signature).is_ok();
    let why = if ledger.office != *office {
        Some("it is another office's")
    } else if !directories.device_key(&ledger.device).is_some_and(signs) {
        Some("that device did not sign it, or no directory names it")
    } else if ledger.root_key != *root_key {
        Some("that device believes another root key: it was enrolled in somebody else's office")
    } else if before.iter().any(|checked| checked.device == ledger.device) {
        Some("the same device's was handed in twice")
    } else {
        None
    };
    if let Some(why) = why {
        gaps.push(Gap::LedgerRefused { device, why });
        return None;
    }
    let mut checked = Checked { device: ledger.device, lines: 0, told: BTreeSet::new(), held: ledger.held.iter().copied().collect() };
    checked.walk(&ledger.lines, log, gaps);
    demand_seen(&ledger, log, gaps);
    checked.demand_copies(lives, gaps);
    Some(checked)
}

/// The log has to contain what the device was shown.
fn demand_seen(ledger: &DeviceLedger, log: &Log, gaps: &mut Vec<Gap>) {
    let Some(seen) = &ledger.seen else { return };
    let contained = log.verify(seen).map(|shown| (shown.size, log.root(shown.size) == Some(shown.root)));
    match contained {
        Ok((_, true)) => {}
        Ok((size, false)) => gaps.push(Gap::SawOtherLog { device: Named(ledger.device), size }),
        Err(_) => gaps.push(Gap::SawOtherLog { device: Named(ledger.device), size: 0 }),
    }
}

impl Checked {
    fn walk(&mut self, lines: &[ExportedLine], log: &Log, gaps: &mut Vec<Gap>) {
        let device = Named(self.device);
        let mut head = Head::START;
        for (seq, exported) in lines.iter().enumerate() {
            let Ok(line) = LedgerLine::decode(&exported.line) else {
                gaps.push(Gap::LineUnreadable { device, seq });
                return;
            };
            match head.follow(&line) {
                Ok(next) => head = next,
                Err(fault) => {
                    gaps.push(Gap::ChainBroken { device, fault });
                    return;
                }
            }
            self.lines += 1;
            if let Some(told) = told(line.kind) {
                self.told.insert((told, line.record));
                self.demand_receipt(seq, &line, exported, log, gaps);
            }
        }
    }

    fn demand_receipt(&self, seq: usize, line: &LedgerLine, exported: &ExportedLine, log: &Log, gaps: &mut Vec<Gap>) {
        let device = Named(self.device);
        match attested(line, exported, self.device, log) {
            Err(why) => gaps.push(Gap::ReceiptRefused { device, seq, why }),
            Ok((verified, hash)) if log.hash(verified.index()) != Some(&hash) => gaps.push(Gap::OtherLog { device, seq, index: verified.index() }),
            Ok(_) => {}
        }
    }

    /// What this device delivered, it holds or has destroyed, and not both.
    fn demand_copies(&self, lives: &Lives, gaps: &mut Vec<Gap>) {
        let device = Named(self.device);
        for (record, life) in &lives.all {
            let destroyed = self.told.contains(&(Told::Destroyed, *record));
            match (destroyed, self.held.contains(record)) {
                (true, true) => gaps.push(Gap::DestroyedAndHeld { device, record: *record }),
                (false, false) if life.device == self.device => gaps.push(Gap::CopyUnaccounted { device, record: *record }),
                _ => {}
            }
        }
    }
}

/// What of a line has to stand in the log.
fn told(kind: LedgerKind) -> Option<Told> {
    match kind {
        LedgerKind::Destroyed => Some(Told::Destroyed),
        LedgerKind::Witnessed => Some(Told::Witnessed),
        LedgerKind::Forwarded => Some(Told::Forwarded),
        LedgerKind::Discarded(_) | LedgerKind::Paper | LedgerKind::Recovered | LedgerKind::Released(_) | LedgerKind::Drilled => None,
    }
}

/// The line's receipt, if it is genuine and says what the line needs; with its leaf's hash.
fn attested(line: &LedgerLine, exported: &ExportedLine, device: DeviceId, log: &Log) -> Result<(VerifiedReceipt, protocol::Digest), ReceiptFault> {
    let bytes = exported.receipt.as_ref().ok_or(ReceiptFault::Missing)?;
    let receipt = decode_receipt(bytes).map_err(|_| ReceiptFault::Unreadable)?;
    let leaf: Leaf = from_cbor(&receipt.leaf, MAX_LEAF_BYTES).map_err(|_| ReceiptFault::Unreadable)?;
    let (kind, device) = match line.kind {
        LedgerKind::Destroyed => (LeafKind::Stored, Some(device)),
        LedgerKind::Witnessed => (LeafKind::Destroyed, None),
        _ => (LeafKind::Rewrapped, None),
    };
    // The bytes are gone: for their length and their team key's epoch there is no other word than the leaf's own. The digest is the line's.
    let (length, team_key_epoch) = (leaf.length, leaf.team_key_epoch);
    let expected = Expected { kind, record: line.record, digest: line.digest, length, device, team_key_epoch, min_copies: 1 };
    let mut refused = ReceiptError::Checkpoint(receipts::CheckpointError::BadSignature);
    for identity in &log.identities {
        match verify_receipt(&receipt, identity, &expected) {
            Ok(verified) if line.receipt == Some(ReceiptReference::from(&verified)) => return Ok((verified, leaf_hash(&receipt.leaf))),
            Ok(_) => return Err(ReceiptFault::NotTheNamed),
            Err(ReceiptError::Checkpoint(receipts::CheckpointError::BadSignature)) => {}
            Err(why) => refused = why,
        }
    }
    Err(ReceiptFault::Refused(refused))
}

/// Every device that the log names handed in its ledger, and every destruction in the name of one is in its ledger.
pub(crate) fn demand_complete(log: &Log, lives: &Lives, checked: &[Checked], gaps: &mut Vec<Gap>) {
    for (record, life) in &lives.all {
        let Some(device) = life.destroyed else { continue };
        let handed_in = checked.iter().any(|ledger| ledger.device == device);
        // A clerk with two devices may have learned of it at the other one.
        if handed_in && !checked.iter().any(|ledger| ledger.told.contains(&(Told::Witnessed, *record))) {
            gaps.push(Gap::NotInLedger { device: Named(device), record: *record, kind: LeafKind::Destroyed });
        }
    }
    let mut missing: BTreeMap<DeviceId, BTreeSet<RecordId>> = BTreeMap::new();
    for (_, leaf) in log.leaves.iter().filter(|(_, leaf)| matches!(leaf.kind, LeafKind::Stored | LeafKind::Destroyed)) {
        if !checked.iter().any(|ledger| ledger.device == leaf.device) {
            missing.entry(leaf.device).or_default().insert(leaf.record);
        }
    }
    gaps.extend(missing.into_iter().map(|(device, records)| Gap::LedgerMissing { device: Named(device), records: records.len() }));
}
