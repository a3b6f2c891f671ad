//! Übergeben: delivery, MIG list, ledger, paper backlog.

use serde::{Deserialize, Serialize};

#[cfg(test)]
use ts_rs::TS;

use super::TypedNumber;

code! {
    /// Where an entry of the MIG list stands.
    MigState {
        /// The form, or the number that was brought for it, is sealed but not handed over: do not mark yet.
        Sealed,
        /// Handed over without customer number ("Nummer folgt"): bring the number (`number_bring`), then mark.
        AwaitsNumber,
        /// Handed over: set the collection flag "MIG" in the benefits system.
        Due,
        /// Ticked off; gone at the next lock, until then undoable.
        Ticked,
    }
    /// How a delivery ended.
    SyncEnd {
        /// Everything that was to deliver is delivered and destroyed here.
        Done,
        /// Nothing was to deliver.
        Nothing,
        /// The endpoint could not be reached; everything left is safe here.
        Unreachable,
        /// The endpoint answered, but not as ours would (other certificate, foreign answer). Nothing was destroyed.
        NotOurEndpoint,
        /// The endpoint refused this device or its state; nothing was destroyed.
        Refused,
        /// The endpoint's log contradicts what it said before. Destruction stopped; tell the administrator.
        LogFault,
        /// The endpoint is there but cannot store at the moment.
        Busy,
        /// Some records were refused one by one; the others are done.
        Partly,
    }
}

dto! {
    /// What a delivery did.
    SyncReport {
        end: SyncEnd,
        /// Receipts verified and stored in this run.
        delivered: u32,
        /// Local copies destroyed in this run.
        destroyed: u32,
        /// Still sealed here.
        left: u32,
        /// Held at the endpoint for a clerk's decision.
        held: u32,
        /// Refused records and why (problem codes).
        refused: Vec<RefusedRecord>,
    }
    /// One record that the endpoint refused; it stays here.
    RefusedRecord { record: String, problem: String }
    /// One customer to mark in the benefits system.
    MigEntry {
        entry: String,
        /// None while the number follows.
        customer_number: Option<String>,
        unit_number: Option<String>,
        label: String,
        state: MigState,
        #[cfg_attr(test, ts(type = "number"))]
        since: u64,
    }
    /// The MIG list, due entries first, oldest first.
    MigList { entries: Vec<MigEntry> }
    /// Brings the customer number of a form that was handed over without one; `entry` is the one of the MIG list.
    NumberBring { entry: String, number: TypedNumber }
    /// Names an entry of the MIG list.
    MigRef { entry: String }
    /// A page of the destruction ledger, newest first.
    LedgerArgs { offset: u32, limit: u32 }
    /// One destroyed record. No person in it.
    LedgerRow {
        #[cfg_attr(test, ts(type = "number"))]
        seq: u64,
        record: String,
        digest: String,
        /// `destroyed` after a verified receipt, `witnessed` (destroyed at the endpoint after this device's clerk confirmed the entry), or
        /// `discarded:<reason>`; `paper` for a sheet that was shredded after it was typed in; `forwarded` for a form that went to another team, unread.
        kind: String,
        /// Leaf index in the endpoint's log.
        #[cfg_attr(test, ts(type = "number | null"))]
        receipt_index: Option<u64>,
        #[cfg_attr(test, ts(type = "number"))]
        at: u64,
    }
    /// A page of the ledger and whether its chain holds.
    LedgerPage { rows: Vec<LedgerRow>, all: u32, chain_ok: bool, head: String }
    /// What the ledger says of itself after everything in it was checked again.
    LedgerVerdict {
        lines: u32,
        /// The chain holds, and nothing was cut off at its end.
        chain_ok: bool,
        /// Receipts that lines name.
        receipts: u32,
        /// Those of them that the endpoint's log key signed for this very record.
        receipts_ok: u32,
        head: String,
    }
    /// The ledger as a file for an audit, signed by this device.
    LedgerExport {
        /// The file's bytes, base64 (RFC 4648, section 4).
        file: String,
        lines: u32,
        /// Sealed forms that are still here.
        held: u32,
        device: String,
        /// The office's public root key as this device believes it, in hex: an auditor compares it with other devices'.
        root_key: String,
    }
    /// A paper form that was typed in here and is not shredded yet (DIN 66399, P-5).
    PaperRow {
        /// The record that it was typed into.
        record: String,
        /// Whose form it is, as long as that is a draft here.
        member: Option<String>,
        /// Whether it is not typed in and checked yet: then it must not be shredded.
        needed: bool,
        label: String,
        customer_number: Option<String>,
        unit_number: Option<String>,
        #[cfg_attr(test, ts(type = "number"))]
        since: u64,
    }
    /// Sheets to shred, oldest first.
    PaperList { rows: Vec<PaperRow> }
    /// Customers with the mark "MIG" as the benefits system lists them: one a line, the number in the first field.
    Reconcile { text: String }
    /// What is known of them: how many are entered, and the numbers of those that wait at the endpoint, lie on this device, or are unknown. `unreadable`: lines without a
    /// number, counted from 1.
    ReconcileView { asked: u32, entered: u32, waiting: Vec<String>, here: Vec<String>, unknown: Vec<String>, unreadable: Vec<u32> }
    /// Text of a paper backlog (JSON, see `bogen import --help`).
    ImportArgs { text: String }
    /// One error of an import, named by unit and member, both counted from 1.
    ImportIssue { unit: u32, member: Option<u32>, code: String }
    /// What an import did: all or nothing.
    ImportReport { units: u32, members: u32, issues: Vec<ImportIssue> }
}
