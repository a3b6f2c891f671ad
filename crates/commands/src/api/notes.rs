//! Notes between the clerk who opened a form and its author: numbers and a reason, never an answer.

use serde::{Deserialize, Serialize};

use super::TypedNumber;

#[cfg(test)]
use ts_rs::TS;

code! {
    /// Why a form cannot be entered as it is.
    ProblemReason {
        /// Nobody has this number, or somebody else.
        NumberUnknown,
        /// What it says contradicts itself or the benefits system.
        Contradictory,
        /// It shows nothing that could be entered.
        Unreadable,
    }
    /// Where a clerk's question to the author stands.
    QuestionStanding {
        /// Not answered.
        Asked,
        /// The author says: enter it.
        ToEnter,
        /// The author says: do not enter it.
        Withdrawn,
    }
    /// What a note to the author is about.
    NoteCode {
        /// A question: nobody has this number, or somebody else.
        NumberUnknown,
        /// A question: what the form says contradicts itself or the benefits system.
        Contradictory,
        /// A question: the form shows nothing that could be entered.
        Unreadable,
        /// The number had a slip; the form was entered under the corrected one.
        NumberCorrected,
        /// The form is entered, and the mark "MIG" is missing.
        MigMissing,
        /// It does not open here: it was sealed for another vault of this person.
        Closed,
    }
    /// What the author says to a note.
    NoteReply {
        /// The form is right: enter it.
        Enter,
        /// The form is not to be entered; another one comes, or none.
        Withdraw,
        /// The number was wrong; this is the right one.
        Number,
        /// Read: there was nothing to answer.
        Read,
    }
    /// What the clerk says about the internal code "MIG".
    MigSaid {
        /// It is set.
        Set,
        /// It is missing: the author is told.
        Missing,
    }
}

dto! {
    /// A form that goes back to its author as a question.
    ProblemReport { record: String, reason: ProblemReason }
    /// One note that waits for the author.
    NoteRow {
        record: String,
        /// SHA-256 of the note as it is sealed, in hex.
        note: String,
        kind: NoteCode,
        /// The customer number as the form says it.
        number: Option<String>,
        /// The right one.
        corrected: Option<String>,
        /// The clerk's name.
        by: String,
        #[cfg_attr(test, ts(type = "number"))]
        at: u64,
        /// Whether the clerk waits for an answer.
        asks: bool,
    }
    /// What waits for the unlocked author, oldest first.
    NoteList { rows: Vec<NoteRow> }
    /// The author's answer to the `note` that they read; `number` with the reply of that name only.
    NoteAnswer { record: String, note: String, reply: NoteReply, number: Option<TypedNumber> }
}
