//! Units, forms, the MIG list, imports.

use commands::api::{
    ChangeFound, ChangeState, Finalised, FormView, ImportReport, MemberCard, MemberRef, MigList, PaperList, ReconcileView, UnitPage, UnitView,
};

use super::layout::{or_dash, pairs, table, time};
use super::{Readable, words};
use crate::exit::Exit;

impl Readable for UnitPage {
    fn text(&self) -> String {
        let row = |row: &commands::api::UnitRow| {
            let unchecked = if row.unchecked_import { ", unchecked import" } else { "" };
            let name = or_dash(row.number.as_deref().or(Some(&row.label)));
            vec![row.unit.clone(), name, format!("{}{unchecked}", words(&row.state)), format!("{}/{}", row.done, row.total), time(row.since)]
        };
        let rows: Vec<_> = self.rows.iter().map(row).collect();
        let list = table(&["Id", "Unit", "State", "Done", "Changed"], &rows, "No units.");
        format!("{list}\n{} shown, {} match, {} in all.", self.rows.len(), self.matching, self.all)
    }
}

impl Readable for UnitView {
    fn text(&self) -> String {
        let head = pairs(&[
            ("Id", self.unit.clone()),
            ("Number", or_dash(self.number.as_deref())),
            ("Label", or_dash(Some(&self.label))),
            ("State", words(&self.state)),
            ("Done", format!("{} of {}, {} handed over", self.done, self.total, self.handed_over)),
            ("Seals to", or_dash(self.team.as_deref())),
        ]);
        let card = |card: &MemberCard| {
            let unchecked = if card.unchecked_import { ", unchecked import" } else { "" };
            let number = card.number.clone().unwrap_or_else(|| "follows".to_owned());
            vec![card.member.clone(), number, or_dash(Some(&card.label)), words(&card.asking), format!("{}{unchecked}", words(&card.state))]
        };
        let cards: Vec<_> = self.members.iter().map(card).collect();
        format!("{head}\n\n{}", table(&["Member", "Number", "Label", "Asked", "State"], &cards, "No members."))
    }
}

impl Readable for PaperList {
    fn text(&self) -> String {
        let row = |row: &commands::api::PaperRow| {
            let number = row.customer_number.clone().unwrap_or_else(|| "follows".to_owned());
            vec![
                row.record.clone(),
                number,
                or_dash(row.unit_number.as_deref()),
                or_dash(Some(&row.label)),
                time(row.since),
                if row.needed { "type it in first" } else { "shred" }.to_owned(),
            ]
        };
        let rows: Vec<_> = self.rows.iter().map(row).collect();
        table(&["Record", "Number", "Unit", "Label", "Since", "Next"], &rows, "No paper to shred.")
    }
}

impl Readable for FormView {
    fn text(&self) -> String {
        let head = pairs(&[
            ("Member", self.member.clone()),
            ("Label", or_dash(Some(&self.label))),
            ("State", words(&self.state)),
            ("Place", format!("{} of {}", self.place, self.of)),
            ("Next", self.current.as_ref().map_or_else(|| "check".to_owned(), key)),
        ]);
        let row = |state: &commands::api::QuestionState| {
            let answer = match (&state.answer, state.asked) {
                (Some(answer), _) => words(answer),
                (None, true) => "open".to_owned(),
                (None, false) => "not asked".to_owned(),
            };
            vec![key(&state.question), answer]
        };
        let rows: Vec<_> = self.questions.iter().map(row).collect();
        let answers = if self.refused { "The person declined everything.".to_owned() } else { table(&["Question", "Answer"], &rows, "") };
        let warnings: String = self.warnings.iter().map(|warning| format!("\nLook again: {}", words(warning))).collect();
        format!("{head}\n\n{answers}{warnings}")
    }
}

/// The key of a question, as it is typed.
fn key<T: serde::Serialize>(question: &T) -> String {
    words(question).replace(' ', "_")
}

impl Readable for Finalised {
    fn text(&self) -> String {
        let reminder = if self.reminder { " The unit stays as a reminder of those left out." } else { "" };
        let records: String = self.records.iter().map(|record| format!("\n{record}")).collect();
        format!("{} forms sealed. They cannot be read here any more; `bogen sync` delivers them.{reminder}{records}", self.records.len())
    }
}

impl Readable for ReconcileView {
    fn text(&self) -> String {
        let count = |numbers: &[String]| numbers.len().to_string();
        let head = pairs(&[
            ("Compared", self.asked.to_string()),
            ("Entered", self.entered.to_string()),
            ("Waiting", count(&self.waiting)),
            ("On this device", count(&self.here)),
            ("Unknown", count(&self.unknown)),
            ("Lines without a number", self.unreadable.len().to_string()),
        ]);
        let rows = |state: &str, numbers: &[String]| numbers.iter().map(|number| vec![number.clone(), state.to_owned()]).collect::<Vec<_>>();
        let open = [rows("unknown", &self.unknown), rows("on this device", &self.here), rows("waiting", &self.waiting)].concat();
        [head, table(&["Number", "Form"], &open, "All of them are entered.")].join("\n\n")
    }
}

impl Readable for MigList {
    fn text(&self) -> String {
        let row = |entry: &commands::api::MigEntry| {
            let number = entry.customer_number.clone().unwrap_or_else(|| "follows".to_owned());
            vec![
                entry.entry.clone(),
                number,
                or_dash(entry.unit_number.as_deref()),
                or_dash(Some(&entry.label)),
                words(&entry.state),
                time(entry.since),
            ]
        };
        let rows: Vec<_> = self.entries.iter().map(row).collect();
        table(&["Entry", "Customer", "Unit", "Label", "State", "Since"], &rows, "Nobody to mark.")
    }
}

impl Readable for ChangeFound {
    fn text(&self) -> String {
        let found = match self.state {
            ChangeState::Unknown => "No form of this customer is known here or at the endpoint. It may be sealed on a colleague's device.",
            ChangeState::Draft => "A draft on this device. Change it there.",
            ChangeState::Waiting => "Sealed and not entered. A new form replaces it: `bogen change begin`.",
            ChangeState::Opened => "A clerk opened it and may be entering it. A new form replaces it, and the clerk is told: `bogen change begin`.",
            ChangeState::Entered => "Entered and destroyed. What stands in the benefits system can be changed by letter (Art. 15 to 17 GDPR).",
        };
        let at = self.unit.iter().map(|unit| format!("\nUnit {unit}, member {}", or_dash(self.member.as_deref())));
        format!("{found}{}", at.collect::<String>())
    }
}

impl Readable for MemberRef {
    fn text(&self) -> String {
        format!("Begun: unit {}, member {}. It replaces the earlier form once it is sealed and handed over.", self.unit, self.member)
    }
}

impl Readable for ImportReport {
    fn text(&self) -> String {
        if self.issues.is_empty() {
            return format!("{} units with {} forms taken over, unchecked.", self.units, self.members);
        }
        let place = |issue: &commands::api::ImportIssue| {
            let member = issue.member.map(|member| format!(", member {member}")).unwrap_or_default();
            format!("unit {}{member}: {}", issue.unit, issue.code.replace('_', " "))
        };
        let issues: Vec<_> = self.issues.iter().map(place).collect();
        format!("Nothing was taken over. To correct:\n{}", issues.join("\n"))
    }

    fn exit(&self) -> Exit {
        if self.issues.is_empty() { Exit::Done } else { Exit::Refused }
    }
}
