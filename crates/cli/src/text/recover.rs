//! What two shares of the root key opened.

use commands::api::{DrillReport, DrillRow, DrillState, Released};

use super::Readable;
use super::layout::table;

impl Readable for DrillReport {
    fn text(&self) -> String {
        let row = |row: &DrillRow| {
            let state = match row.state {
                DrillState::Opens => "opens",
                DrillState::Nothing => "nothing is left yet: unlock once, after a contact",
                DrillState::Fails => "DOES NOT OPEN: change the passphrase, and try again",
            };
            vec![row.name.clone(), state.to_owned()]
        };
        table(&["User", "With two shares"], &self.rows.iter().map(row).collect::<Vec<_>>(), "Nobody has data on this device.")
    }
}

impl Readable for Released {
    fn text(&self) -> String {
        let Released { name, units, marks, papers, damaged } = self;
        let stayed = if *damaged == 0 { String::new() } else { format!(" {damaged} that cannot be read stayed.") };
        format!("{name} has it no more: {units} units, {marks} entries of the MIG list and {papers} reminders of paper are yours now.{stayed}")
    }
}
