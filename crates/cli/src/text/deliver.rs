//! State, delivery, ledger.

use commands::api::{LedgerExport, LedgerPage, LedgerVerdict, Status, SyncEnd, SyncReport};

use super::layout::{or_dash, pairs, table, time};
use super::{Readable, words};
use crate::exit::Exit;
use crate::outcome::Outcome;

/// Said in the place of names that the app which holds the vault leaves out.
const NOT_TOLD: &str = "not told while another instance holds the vault";

/// A state that the app which holds the vault told: without its users, and without who is unlocked.
pub fn handed_over(status: &Status) -> Outcome {
    Outcome {
        text: lines(status, NOT_TOLD.to_owned(), NOT_TOLD.to_owned()),
        json: serde_json::to_value(status).expect("invariant: replies are plain data"),
        exit: status.exit(),
    }
}

impl Readable for Status {
    fn text(&self) -> String {
        let users: Vec<_> = self.users.iter().map(|user| format!("{} ({})", user.name, user.user)).collect();
        lines(self, or_dash(Some(&users.join(", "))), or_dash(self.session.as_ref().map(|session| session.name.as_str())))
    }
}

fn lines(status: &Status, users: String, unlocked: String) -> String {
    let demo = if status.demo { " (demo: invented people only)" } else { "" };
    let counts = &status.counts;
    let mut lines = vec![
        ("Version", status.version.clone()),
        ("Office", format!("{}{demo}", or_dash(status.office.as_deref()))),
        ("Enrolment", words(&status.enrolment)),
        ("Users", users),
        ("Unlocked", unlocked),
        ("Sealed here", counts.sealed.to_string()),
        ("Handed over", format!("{}, local copies to destroy", counts.delivered)),
        ("Destroyed here", counts.destroyed.to_string()),
        ("Locks after", format!("{} min, {} min turned", status.lock_after.minutes, status.lock_after.turned_minutes)),
        ("Last contact", status.last_contact.map_or_else(|| "-".to_owned(), time)),
    ];
    if status.session.is_some() {
        lines.push(("Drafts", counts.drafts.to_string()));
        lines.push(("Marks to set", counts.mig_due.to_string()));
        lines.push(("Numbers to bring", counts.numbers_due.to_string()));
        lines.push(("Paper to shred", counts.papers_due.to_string()));
    }
    if let Some(at) = status.log_fault_at {
        let end = status.log_fault_cleared_at.map_or_else(|| "not cleared up".to_owned(), |at| format!("cleared up {}", time(at)));
        lines.push(("Log fault", format!("{}, {end}", time(at))));
    }
    lines.extend(status.warnings.iter().map(|code| ("Warning", code.replace('_', " "))));
    pairs(&lines)
}

impl Readable for SyncReport {
    fn text(&self) -> String {
        let end = match self.end {
            SyncEnd::Done => "Everything is delivered, and destroyed here.",
            SyncEnd::Nothing => "There was nothing to deliver.",
            SyncEnd::Unreachable => "The endpoint cannot be reached. Everything left is safe here; try again later.",
            SyncEnd::NotOurEndpoint => "Somebody answered who is not the office's endpoint. Nothing was destroyed; tell the administrator.",
            SyncEnd::Refused => "The endpoint refused this device. Nothing was destroyed; tell the administrator.",
            SyncEnd::LogFault => "The endpoint's log contradicts what it said before. Destruction stopped; tell the administrator at once.",
            SyncEnd::Busy => "The endpoint cannot store at the moment. Everything left is safe here; try again later.",
            SyncEnd::Partly => "Some records were refused and stay here; the others are done.",
        };
        let numbers = pairs(&[
            ("Delivered", self.delivered.to_string()),
            ("Destroyed here", self.destroyed.to_string()),
            ("Left here", self.left.to_string()),
            ("Held for a clerk", self.held.to_string()),
        ]);
        let refused: String = self.refused.iter().map(|one| format!("\nRefused: {} ({})", one.record, one.problem)).collect();
        format!("{end}\n{numbers}{refused}")
    }

    fn exit(&self) -> Exit {
        self.end.into()
    }
}

impl Readable for LedgerPage {
    fn text(&self) -> String {
        let row = |row: &commands::api::LedgerRow| {
            let index = row.receipt_index.map_or_else(|| "-".to_owned(), |index| index.to_string());
            vec![row.seq.to_string(), row.record.clone(), row.kind.clone(), index, time(row.at), row.digest.clone()]
        };
        let rows: Vec<_> = self.rows.iter().map(row).collect();
        let list = table(&["No", "Record", "Kind", "Receipt", "At", "Digest"], &rows, "No lines.");
        format!("{list}\n{}", verdict(self.chain_ok, self.all, &self.head))
    }

    fn exit(&self) -> Exit {
        if self.chain_ok { Exit::Done } else { Exit::NotTrusted }
    }
}

impl Readable for LedgerVerdict {
    fn text(&self) -> String {
        let chain = verdict(self.chain_ok, self.lines, &self.head);
        if self.receipts == self.receipts_ok {
            format!("{chain}\nReceipts named: {}; each is the endpoint's, for this very record.", self.receipts)
        } else {
            let bad = self.receipts - self.receipts_ok;
            format!("{chain}\nReceipts named: {}; {bad} of them do NOT verify. Copy the data folder away and tell the administrator.", self.receipts)
        }
    }

    fn exit(&self) -> Exit {
        if self.chain_ok && self.receipts == self.receipts_ok { Exit::Done } else { Exit::NotTrusted }
    }
}

impl Readable for LedgerExport {
    fn text(&self) -> String {
        let held = if self.held == 0 { String::new() } else { format!(" Sealed forms still here: {}.", self.held) };
        format!(
            "{}: {} lines of device {}.{held}\nThe office's root key, as this device believes it: {}",
            self.file, self.lines, self.device, self.root_key
        )
    }
}

/// Whether the ledger's chain holds, as a sentence.
fn verdict(chain_ok: bool, lines: u32, head: &str) -> String {
    if chain_ok {
        format!("The chain of {lines} lines holds. Head: {head}")
    } else {
        format!("The chain is BROKEN after {lines} lines. Copy the data folder away and tell the administrator.")
    }
}
