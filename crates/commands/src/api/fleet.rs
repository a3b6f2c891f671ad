//! Geräte: what devices still hold, for the administration; and "nothing left here", before one is handed in.

use serde::{Deserialize, Serialize};

#[cfg(test)]
use ts_rs::TS;

code! {
    /// Why a device needs a look.
    DeviceTrouble {
        /// Sealed forms have lain on it for longer than the first deadline.
        Unsent,
        /// It has not been heard of for longer than the second deadline.
        Silent,
        /// It has not stated anything yet.
        Never,
        /// What the endpoint gives out as its statement is not signed by it.
        Unverifiable,
    }
}

dto! {
    /// A device that needs a look.
    FleetRow {
        device: String,
        /// The member it was enrolled with, as the directory names them.
        name: String,
        /// Its access was taken: it can still deliver.
        revoked: bool,
        trouble: DeviceTrouble,
        /// Sealed forms that it has not delivered, as it stated last.
        unsent: u32,
        /// Unix seconds when the oldest of them was sealed; none if that is not known.
        #[cfg_attr(test, ts(type = "number | null"))]
        oldest: Option<u64>,
        /// Unix seconds of its last statement; none if there is none, or none that counts.
        #[cfg_attr(test, ts(type = "number | null"))]
        last_stated: Option<u64>,
        /// Unix seconds since when it is asked to deliver.
        #[cfg_attr(test, ts(type = "number | null"))]
        sync_requested: Option<u64>,
    }
    /// A device that stated that nothing is left on it.
    EmptyDevice {
        device: String,
        /// The member it was enrolled with.
        member: String,
        #[cfg_attr(test, ts(type = "number"))]
        at: u64,
    }
    /// Devices that need a look, and no others: nobody's contacts are listed for their own sake.
    FleetView {
        overdue: Vec<FleetRow>,
        /// How many active devices need none.
        others: u32,
        /// Devices on which nothing is left, as they stated when somebody asked them.
        empty: Vec<EmptyDevice>,
    }
    /// Asks a device to deliver at its next contact, or takes that back.
    SyncAsk { device: String, ask: bool }
    /// What is left on this device, of all its users together; and if that is nothing, the sheet that says so.
    Attestation {
        /// Units or forms being filled in.
        drafts: u32,
        /// Forms sealed here, not handed over.
        sealed: u32,
        /// Forms handed over whose copy waits for its destruction.
        delivered: u32,
        /// Customers to mark in the benefits system, and numbers that follow.
        marks: u32,
        /// Paper forms to be shredded.
        papers: u32,
        /// Entries that are open, or whose destruction is not confirmed.
        entries: u32,
        sheet: Option<AttestationSheet>,
    }
    /// What a device stated, and the endpoint has: to be printed and handed in with it.
    AttestationSheet {
        office: String,
        device: String,
        /// Who asked.
        name: String,
        #[cfg_attr(test, ts(type = "number"))]
        at: u64,
        ledger_lines: u32,
        ledger_head: String,
        /// SHA-256 of the signed statement.
        statement: String,
    }
}
