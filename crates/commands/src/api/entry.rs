//! Erfassen: the clerk's queue and the opened form.

use questionnaire::Question;
use serde::{Deserialize, Serialize};

use crate::api::mask::FieldKey;
use crate::api::{MigSaid, QuestionStanding, TypedNumber};

#[cfg(test)]
use ts_rs::TS;

code! {
    /// State of a record in a clerk's queue.
    QueueState {
        /// Assigned, not opened.
        Assigned,
        /// Opened, not confirmed.
        Opened,
        /// Held: decide; `hold` says why.
        Held,
        /// Waits for a customer number, held or not; it cannot be opened before.
        AwaitsNumber,
        /// Confirmed as entered; destroyed at `due`, until then undoable.
        Entered,
    }
    /// Why a record is held for a clerk's decision.
    HoldCode {
        /// A form of this customer was handed in before.
        KnownCustomer,
        /// A revoked device handed it in.
        RevokedDevice,
        /// A later form says that it replaces this one.
        Superseded,
    }
    /// What became of the form that this one replaces.
    ReplacesCode {
        /// Nobody opened it; it is destroyed now.
        Unopened,
        /// Somebody opened it: it may be in the benefits system already. It is destroyed now.
        PerhapsEntered,
        /// It was entered: correct what stands in the benefits system.
        Entered,
    }
    /// Yes, no or declined as a value shown to the clerk.
    Value {
        /// Ja.
        Yes,
        /// Nein.
        No,
        /// Keine Angabe.
        Declined,
    }
}

dto! {
    /// One form in the clerk's queue. No number, no name, no answer.
    QueueRow {
        record: String,
        /// Forms of one benefit unit share this.
        #[cfg_attr(test, ts(type = "number"))]
        group: u64,
        unit_members: u32,
        #[cfg_attr(test, ts(type = "number"))]
        stored_at: u64,
        state: QueueState,
        /// Why it is held; none if it is not.
        hold: Option<HoldCode>,
        /// Whether somebody opened it before, this clerk or another: it may be entered already.
        opened_before: bool,
        /// When the endpoint destroys it; none if its entry is not confirmed.
        #[cfg_attr(test, ts(type = "number | null"))]
        due: Option<u64>,
        team: String,
        /// Where a question to the author stands; none if there is none.
        question: Option<QuestionStanding>,
    }
    /// The clerk's queue, a unit's forms together.
    Queue {
        rows: Vec<QueueRow>,
        /// The deadlines of the office, in days.
        deadlines: Vec<u16>,
    }
    /// Names a record.
    RecordRef { record: String }
    /// Opens a record.
    RecordOpen {
        record: String,
        /// To be entered here, whatever team the rules name for it.
        #[serde(default)]
        here: bool,
    }
    /// What went to another team, unseen.
    Forwarded {
        record: String,
        /// The team's name.
        team: String,
        /// Forms of the unit that went, this one included.
        forms: u32,
    }
    /// Confirms a record.
    RecordConfirm {
        record: String,
        /// Without grace: nothing can be taken back.
        at_once: bool,
        /// Whether the internal code "MIG" is set in the benefits system; demanded where the office's mask asks for it.
        #[serde(default)]
        mig: Option<MigSaid>,
        /// The right customer number, where the form's had a slip and the clerk is certain: its author is told.
        #[serde(default)]
        corrected: Option<TypedNumber>,
    }
    /// One field of the benefits system, in the order of the office's mask.
    EntryRow {
        source: FieldKey,
        /// What stands beside the field there.
        label: String,
        value: Value,
        /// False for a follow-up that does not apply; its value is then "Nein".
        applies: bool,
        /// What is put in.
        code: String,
    }
    /// One answer of the form.
    EntryAnswer {
        #[cfg_attr(test, ts(type = "QuestionKey"))]
        question: Question,
        value: Value,
        /// False for a follow-up that does not apply; its value is then "Nein".
        applies: bool,
    }
    /// An opened form, in memory only: numbers first, then the fields in the order of the office's mask.
    EntryView {
        record: String,
        customer_number: Option<String>,
        unit_number: Option<String>,
        /// What is put into the benefits system.
        rows: Vec<EntryRow>,
        /// Whether the clerk says, too, that the internal code "MIG" is set.
        asks_mig: bool,
        /// The eight answers by themselves, to look something up; empty if the office's mask asks for them anyway, or for the characteristics alone.
        answers: Vec<EntryAnswer>,
        /// Whether somebody opened it before, this clerk or another: it may be entered already.
        opened_before: bool,
        /// Why it is held; none if it is not.
        hold: Option<HoldCode>,
        /// Where a question to the author stands; none if there is none.
        question: Option<QuestionStanding>,
        /// Whether the number is the author's answer, and not what the form says.
        number_corrected: bool,
        /// Whether it may be destroyed without entry: it is held and replaces nothing, or its author withdrew it.
        may_discard: bool,
        /// The customer changed their mind after an earlier form; none if this is the first.
        replaces: Option<ReplacesCode>,
        #[cfg_attr(test, ts(type = "number"))]
        made_at: u64,
        author: String,
        /// Whether that person has no access any more: on a shared device, what they sealed after that is not held.
        author_left: bool,
    }
    /// All that a form says, for a copy to whom it is about (Art. 15 (3) GDPR).
    CopyView {
        record: String,
        customer_number: Option<String>,
        unit_number: Option<String>,
        answers: Vec<EntryAnswer>,
        #[cfg_attr(test, ts(type = "number"))]
        made_at: u64,
    }
    /// The form was entered, its envelope destroyed now or at `due`.
    Entered {
        record: String,
        /// Leaf index of the DESTROYED receipt in the endpoint's log; none before the destruction.
        #[cfg_attr(test, ts(type = "number | null"))]
        receipt_index: Option<u64>,
        /// Until when it can be taken back, by the endpoint's clock; none if it is destroyed.
        #[cfg_attr(test, ts(type = "number | null"))]
        due: Option<u64>,
    }
}
