//! An opened form and its confirmation, the clerk's queue, the wording.

use commands::api::{
    CopyView, Entered, EntryAnswer, EntryRow, EntryView, Forwarded, HoldCode, NoteCode, NoteList, NoteRow, QuestionStanding, Queue, QueueRow,
    ReplacesCode, WordingIn, WordingReply,
};

use crate::tasks::SHORT_NOTE;

use super::layout::{or_dash, pairs, table, time};
use super::{Readable, words};

impl Readable for Queue {
    fn text(&self) -> String {
        let row = |row: &QueueRow| {
            let due = row.due.map_or_else(String::new, |due| format!(", destroyed {}", time(due)));
            vec![
                row.record.clone(),
                row.group.to_string(),
                row.unit_members.to_string(),
                format!("{}{due}", words(&row.state)),
                row.hold.map_or("-", reason).to_owned(),
                row.question.map_or("-", standing).to_owned(),
                if row.opened_before { "yes" } else { "no" }.to_owned(),
                time(row.stored_at),
                row.team.clone(),
            ]
        };
        let rows: Vec<_> = self.rows.iter().map(row).collect();
        table(&["Record", "Unit", "Members", "State", "Held because", "Question", "Opened before", "Stored", "Team"], &rows, "The queue is empty.")
    }
}

impl Readable for CopyView {
    fn text(&self) -> String {
        let head = pairs(&[
            ("Record", self.record.clone()),
            ("Customer number", or_dash(self.customer_number.as_deref())),
            ("Unit number", or_dash(self.unit_number.as_deref())),
            ("Filled in", time(self.made_at)),
        ]);
        let row = |line: &EntryAnswer| vec![words(&line.question), if line.applies { words(&line.value) } else { "not asked".to_owned() }];
        [head, table(&["Question", "Answer"], &self.answers.iter().map(row).collect::<Vec<_>>(), "")].join("\n\n")
    }
}

/// Why a clerk has to decide.
fn reason(code: HoldCode) -> &'static str {
    match code {
        HoldCode::KnownCustomer => "a form of this customer was handed in before",
        HoldCode::RevokedDevice => "a revoked device handed it in",
        HoldCode::Superseded => "a later form replaces it",
    }
}

/// Where a question to the author stands.
fn standing(standing: QuestionStanding) -> &'static str {
    match standing {
        QuestionStanding::Asked => "not answered yet",
        QuestionStanding::ToEnter => "answered: enter it",
        QuestionStanding::Withdrawn => "answered: not to be entered; discard it",
    }
}

/// What a note is about, and what to do.
fn about(kind: NoteCode) -> &'static str {
    match kind {
        NoteCode::NumberUnknown => "question: nobody has this number, or somebody else",
        NoteCode::Contradictory => "question: what the form says contradicts itself or the benefits system",
        NoteCode::Unreadable => "question: the form shows nothing that could be entered",
        NoteCode::NumberCorrected => "entered under the corrected number: take \"MIG\" back from the wrong one, set it at the right one",
        NoteCode::MigMissing => "entered, and the code \"MIG\" is missing: set it",
        NoteCode::Closed => "it does not open here; ask the team",
    }
}

impl Readable for NoteList {
    fn text(&self) -> String {
        let row = |row: &NoteRow| {
            let NoteRow { record, note, kind, number, corrected, by, at, asks: _ } = row;
            vec![
                record.clone(),
                note.chars().take(SHORT_NOTE).collect(),
                about(*kind).to_owned(),
                or_dash(number.as_deref()),
                or_dash(corrected.as_deref()),
                by.clone(),
                time(*at),
            ]
        };
        let rows: Vec<_> = self.rows.iter().map(row).collect();
        table(&["Record", "Note", "About", "Number", "Corrected", "From", "When"], &rows, "Nothing waits for you.")
    }
}

/// What a change of mind means for what may stand in the benefits system already.
fn replaced(code: ReplacesCode) -> &'static str {
    match code {
        ReplacesCode::Unopened => "an earlier form that nobody opened",
        ReplacesCode::PerhapsEntered => "an earlier form that somebody opened: correct it if it is entered already",
        ReplacesCode::Entered => "an earlier form that is entered: correct what stands there",
    }
}

/// The fields of the benefits system in its order: what stands there, and what is put in.
pub fn entry_rows(rows: &[EntryRow]) -> String {
    let row = |row: &EntryRow| {
        let note = if row.applies { "" } else { " (does not apply)" };
        vec![row.label.clone(), row.code.clone(), format!("{}{note}", words(&row.value))]
    };
    table(&["Field", "Put in", "Value"], &rows.iter().map(row).collect::<Vec<_>>(), "")
}

impl Readable for EntryView {
    fn text(&self) -> String {
        let head = pairs(&[
            ("Record", self.record.clone()),
            ("Customer", self.customer_number.clone().unwrap_or_else(|| "follows".to_owned())),
            ("Unit", or_dash(self.unit_number.as_deref())),
            ("Made", format!("{} by {}{}", time(self.made_at), self.author, if self.author_left { ", who has no access any more" } else { "" })),
            ("Held because", self.hold.map_or("-", reason).to_owned()),
            ("Question", self.question.map_or("-", standing).to_owned()),
            ("Replaces", self.replaces.map_or("-", replaced).to_owned()),
            ("Opened before", if self.opened_before { "yes: look first whether it is entered already" } else { "no" }.to_owned()),
        ]);
        let rows = entry_rows(&self.rows);
        let answer = |line: &EntryAnswer| {
            let note = if line.applies { "" } else { " (does not apply)" };
            vec![words(&line.question).replace(' ', "_"), format!("{}{note}", words(&line.value))]
        };
        let answers: Vec<_> = self.answers.iter().map(answer).collect();
        let mig = if self.asks_mig { "\n\nIs the internal code \"MIG\" set? Confirm with --mig-set." } else { "" };
        let answers = if answers.is_empty() { String::new() } else { format!("\n\n{}", table(&["Question", "Answer"], &answers, "")) };
        format!("{head}\n\n{rows}{answers}{mig}")
    }
}

impl Readable for Forwarded {
    fn text(&self) -> String {
        let forms = if self.forms == 1 { "this form".to_owned() } else { format!("{} forms of its unit", self.forms) };
        format!("{}: {forms} went to {}, unread.", self.record, self.team)
    }
}

impl Readable for Entered {
    fn text(&self) -> String {
        let record = &self.record;
        match (self.receipt_index, self.due) {
            (Some(index), _) => format!("{record}: its envelope is destroyed. Receipt {index} is kept in this device's ledger."),
            (None, due) => format!(
                "{record}: entered, its envelope is destroyed {}. Until then `bogen enter undo {record}` takes that back.",
                or_dash(due.map(time).as_deref())
            ),
        }
    }
}

impl Readable for WordingReply {
    fn text(&self) -> String {
        serde_json::to_string_pretty(&self.german).expect("invariant: a JSON value can be written")
    }
}

impl Readable for WordingIn {
    fn text(&self) -> String {
        serde_json::to_string_pretty(&self.wording).expect("invariant: a JSON value can be written")
    }
}
