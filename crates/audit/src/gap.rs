//! What does not fit, each as one sentence for somebody who does not know the formats.

use office::directory::DirectoryError;
use protocol::log::LeafKind;
use protocol::{DeviceId, RecordId};
use receipts::ledger::LedgerFault;
use receipts::{CheckpointError, ReceiptError};

/// A device with a name for people: the beginning of its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named(pub DeviceId);

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "device {}", self.0)
    }
}

/// One thing that does not fit. `index` is a leaf's place in the log, `seq` a line's in a device's ledger, both from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Gap {
    /// A directory that the office's administrators did not sign, or that does not follow the one before. Those after it cannot be verified either.
    #[error("directory {number} does not count: {why}")]
    DirectoryRefused {
        /// Its place, from 1.
        number: usize,
        /// Why.
        why: DirectoryError,
    },
    /// A directory was published and the log does not say so: somebody may have been shown another one.
    #[error("directory {number} is not in the log")]
    DirectoryNotInLog {
        /// Its number.
        number: u64,
    },
    /// The log says that a directory was published that is not among those in the file: two faces.
    #[error("leaf {index} tells of a directory {number} that is not in the file")]
    DirectoryUnknown {
        /// The leaf.
        index: usize,
        /// The directory's number, as the leaf says.
        number: u64,
    },
    /// The head of the log is not the endpoint's word.
    #[error("the head of the log does not count: {0}")]
    HeadRefused(CheckpointError),
    /// Leaves are missing or too many.
    #[error("the signed head is over {signed} leaves, the file has {found}")]
    LogOtherLength {
        /// Leaves that the head is signed over.
        signed: u64,
        /// Leaves in the file.
        found: usize,
    },
    /// Leaves were changed, exchanged or moved.
    #[error("the leaves in the file are not the ones that the head is signed over")]
    LogAltered,
    /// A leaf that cannot be read.
    #[error("leaf {index} is unreadable")]
    LeafUnreadable {
        /// The leaf.
        index: usize,
    },
    /// A leaf of another office or another life of the endpoint, or without the clerk's statement that it needs.
    #[error("leaf {index} does not belong into this log: {why}")]
    LeafRefused {
        /// The leaf.
        index: usize,
        /// Why.
        why: &'static str,
    },
    /// A leaf in the name of a device that no directory names.
    #[error("leaf {index} is in the name of {device}, which no directory names")]
    LeafOfUnknownDevice {
        /// The leaf.
        index: usize,
        /// The device.
        device: Named,
    },
    /// A form was stored twice: it may be entered twice.
    #[error("record {record} was stored twice (leaf {index})")]
    StoredTwice {
        /// The record.
        record: RecordId,
        /// The second leaf.
        index: usize,
    },
    /// Something happened to a record that was never stored.
    #[error("leaf {index} says {kind:?} of record {record}, which was never stored")]
    NeverStored {
        /// The record.
        record: RecordId,
        /// The leaf.
        index: usize,
        /// What it says.
        kind: LeafKind,
    },
    /// Something happened to other bytes than those that were stored.
    #[error("leaf {index} says {kind:?} of other bytes than those that stood for record {record}")]
    OtherBytes {
        /// The record.
        record: RecordId,
        /// The leaf.
        index: usize,
        /// What it says.
        kind: LeafKind,
    },
    /// Something happened to a record after its destruction.
    #[error("leaf {index} says {kind:?} of record {record} after its destruction")]
    AfterDestruction {
        /// The record.
        record: RecordId,
        /// The leaf.
        index: usize,
        /// What it says.
        kind: LeafKind,
    },
    /// An envelope is there although its destruction was attested.
    #[error("record {record} was attested as destroyed, and its envelope is still at the endpoint")]
    HeldAfterDestruction {
        /// The record.
        record: RecordId,
    },
    /// An envelope is gone, and nobody's statement says why.
    #[error("record {record} is gone from the endpoint, and no destruction of it was attested")]
    VanishedAtEndpoint {
        /// The record.
        record: RecordId,
    },
    /// An envelope that was never attested as stored.
    #[error("record {record} is at the endpoint, and the log does not know it")]
    HeldUnattested {
        /// The record.
        record: RecordId,
    },
    /// A ledger that no device of this office signed.
    #[error("a ledger that says it is of {device} does not count: {why}")]
    LedgerRefused {
        /// The device, as the file says.
        device: Named,
        /// Why.
        why: &'static str,
    },
    /// Lines were changed, removed, inserted or moved. Lines before the fault were compared, those after it were not.
    #[error("{device}: {fault}")]
    ChainBroken {
        /// The device.
        device: Named,
        /// What is wrong.
        fault: LedgerFault,
    },
    /// A line that cannot be read.
    #[error("{device}: ledger line {seq} is unreadable")]
    LineUnreadable {
        /// The device.
        device: Named,
        /// The line.
        seq: usize,
    },
    /// A line's receipt is not there, or does not say what the line needs.
    #[error("{device}: the receipt of ledger line {seq} does not count: {why}")]
    ReceiptRefused {
        /// The device.
        device: Named,
        /// The line.
        seq: usize,
        /// Why.
        why: ReceiptFault,
    },
    /// The endpoint signed a receipt for this device that is not in the log it exported: it shows two faces, or lost what it had attested.
    #[error("{device}: the receipt of ledger line {seq} is genuine, and leaf {index} of the log is another one")]
    OtherLog {
        /// The device.
        device: Named,
        /// The line.
        seq: usize,
        /// The leaf's place, as the receipt says.
        index: u64,
    },
    /// The endpoint showed this device a log that the exported one does not continue.
    #[error("{device} was shown a log of {size} leaves that the exported one does not contain")]
    SawOtherLog {
        /// The device.
        device: Named,
        /// Leaves of the log that it was shown.
        size: u64,
    },
    /// The device delivered a form, and neither holds it nor has destroyed it: a copy may be somewhere.
    #[error("{device} delivered record {record}, and its ledger does not know what became of the copy")]
    CopyUnaccounted {
        /// The device.
        device: Named,
        /// The record.
        record: RecordId,
    },
    /// The device says that it destroyed its copy and that it holds it.
    #[error("{device} destroyed its copy of record {record} and still holds one")]
    DestroyedAndHeld {
        /// The device.
        device: Named,
        /// The record.
        record: RecordId,
    },
    /// Something was done in the name of a device whose ledger does not know it: the statement may be forged. At the office, a reply that was lost on the way
    /// makes the same picture until the device's next contact.
    #[error("{device}: the log has {kind:?} of record {record} in its name, and its ledger does not know that")]
    NotInLedger {
        /// The device.
        device: Named,
        /// The record.
        record: RecordId,
        /// What the log says.
        kind: LeafKind,
    },
    /// A device delivered forms, and its ledger was not handed in.
    #[error("the ledger of {device}, which delivered or entered {records} records, was not handed in")]
    LedgerMissing {
        /// The device.
        device: Named,
        /// Records in whose life the log names it.
        records: usize,
    },
}

/// Why a line's receipt is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptFault {
    /// It is not in the file.
    #[error("it is missing")]
    Missing,
    /// It cannot be read.
    #[error("it is unreadable")]
    Unreadable,
    /// It does not verify against the office's log.
    #[error("{0}")]
    Refused(ReceiptError),
    /// It is another one than the line names.
    #[error("it is another one than the line names")]
    NotTheNamed,
}
