//! An opened form and its confirmation, the clerk's queue, the wording.

use commands::api::{Entered, EntryAnswer, EntryView, Forwarded, HoldCode, Queue, QueueRow, ReplacesCode, Value, WordingIn, WordingReply};

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
                if row.opened_before { "yes" } else { "no" }.to_owned(),
                time(row.stored_at),
                row.team.clone(),
            ]
        };
        let rows: Vec<_> = self.rows.iter().map(row).collect();
        table(&["Record", "Unit", "Members", "State", "Held because", "Opened before", "Stored", "Team"], &rows, "The queue is empty.")
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

/// What a change of mind means for what may stand in the benefits system already.
fn replaced(code: ReplacesCode) -> &'static str {
    match code {
        ReplacesCode::Unopened => "an earlier form that nobody opened",
        ReplacesCode::PerhapsEntered => "an earlier form that somebody opened: correct it if it is entered already",
        ReplacesCode::Entered => "an earlier form that is entered: correct what stands there",
    }
}

impl Readable for EntryView {
    fn text(&self) -> String {
        let head = pairs(&[
            ("Record", self.record.clone()),
            ("Customer", self.customer_number.clone().unwrap_or_else(|| "follows".to_owned())),
            ("Unit", or_dash(self.unit_number.as_deref())),
            ("Made", format!("{} by {}", time(self.made_at), self.author)),
            ("Held because", self.hold.map_or("-", reason).to_owned()),
            ("Replaces", self.replaces.map_or("-", replaced).to_owned()),
            ("Opened before", if self.opened_before { "yes: look first whether it is entered already" } else { "no" }.to_owned()),
        ]);
        let characteristic = |(at, value): (usize, &Value)| vec![(at + 1).to_string(), words(value)];
        let four: Vec<_> = self.characteristics.iter().enumerate().map(characteristic).collect();
        let answer = |line: &EntryAnswer| {
            let note = if line.applies { "" } else { " (does not apply)" };
            vec![words(&line.question).replace(' ', "_"), format!("{}{note}", words(&line.value))]
        };
        let answers: Vec<_> = self.answers.iter().map(answer).collect();
        [head, table(&["Characteristic", "Value"], &four, ""), table(&["Question", "Answer"], &answers, "")].join("\n\n")
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
