//! Devices that need a look, and what is left on this one.

use commands::api::{Attestation, FleetRow, FleetView};

use super::layout::{or_dash, pairs, table, time};
use super::{Readable, words};
use crate::exit::Exit;

impl Readable for FleetView {
    fn text(&self) -> String {
        let rows: Vec<_> = self.overdue.iter().map(row).collect();
        let overdue =
            table(&["Device", "Enrolled with", "Why", "Unsent", "Since", "Last stated", "Asked to deliver"], &rows, "No device needs a look.");
        format!("{overdue}\n\n{} active devices need none.", self.others)
    }
}

fn row(row: &FleetRow) -> Vec<String> {
    let at = |at: Option<u64>| or_dash(at.map(time).as_deref());
    let name = if row.revoked { format!("{} (revoked)", row.name) } else { row.name.clone() };
    vec![row.device.clone(), name, words(&row.trouble), row.unsent.to_string(), at(row.oldest), at(row.last_stated), at(row.sync_requested)]
}

impl Readable for Attestation {
    fn text(&self) -> String {
        match &self.sheet {
            Some(sheet) => pairs(&[
                ("Stated", "nothing is left on this device".to_owned()),
                ("Office", sheet.office.clone()),
                ("Device", sheet.device.clone()),
                ("Asked by", sheet.name.clone()),
                ("At", time(sheet.at)),
                ("Ledger", format!("{} lines, head {}", sheet.ledger_lines, sheet.ledger_head)),
                ("Statement", sheet.statement.clone()),
            ]),
            None => format!(
                "Something is left on this device. Nothing was stated.\n\n{}",
                pairs(&[
                    ("Drafts: finalise or discard", self.drafts.to_string()),
                    ("Sealed: `bogen sync`", self.sealed.to_string()),
                    ("Delivered, copy not destroyed: `bogen sync`", self.delivered.to_string()),
                    ("To mark: `bogen mig list`", self.marks.to_string()),
                    ("Sheets to shred: `bogen paper list`", self.papers.to_string()),
                    ("Entries: `bogen queue`", self.entries.to_string()),
                ])
            ),
        }
    }

    fn exit(&self) -> Exit {
        if self.sheet.is_some() { Exit::Done } else { Exit::Refused }
    }
}
