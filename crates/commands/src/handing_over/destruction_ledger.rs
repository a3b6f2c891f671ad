//! The destruction ledger, for the eye: what was destroyed, when, and on which receipt. It names no person.

use std::sync::Arc;

use receipts::ledger::{LedgerKind, LedgerLine};
use vault::Vault;

use super::ledger_check::{check, walk};
use crate::App;
use crate::api::{CommandError, LedgerArgs, LedgerPage, LedgerRow, LedgerVerdict, Nothing};
use crate::app::off_the_desk;

/// Rows on one page, at the most.
const MAX_PAGE: u32 = 500;

impl App {
    /// A page of the ledger, newest first, and whether its chain holds.
    pub(crate) async fn ledger(&self, args: LedgerArgs) -> Result<LedgerPage, CommandError> {
        let vault = Arc::clone(&self.desk().vault);
        off_the_desk(move || page(&vault, &args)).await?
    }

    /// Checks the whole ledger again, with each stored receipt. Needs nobody's passphrase; the desk is free meanwhile.
    pub(crate) async fn ledger_verify(&self, _: Nothing) -> Result<LedgerVerdict, CommandError> {
        let (vault, identity) = {
            let desk = self.desk();
            // Before there is an office, nothing was handed over.
            (Arc::clone(&desk.vault), desk.log_identity().ok())
        };
        off_the_desk(move || check(&vault, identity.as_ref(), vault.device_id())).await?
    }
}

/// A broken chain is shown as far as its lines can be read.
fn page(vault: &Vault, args: &LedgerArgs) -> Result<LedgerPage, CommandError> {
    let (head, chain_ok) = walk(vault, &mut |_| ())?;
    let all = if chain_ok { head.lines } else { vault.ledger_head().map_or(head.lines, |stored| stored.lines.max(head.lines)) };
    let end = all.saturating_sub(args.offset.into());
    let from = end.saturating_sub(args.limit.min(MAX_PAGE).into());
    let lines = vault.ledger_page(from, usize::try_from(end - from).unwrap_or(usize::MAX))?.rows;
    let rows = lines.iter().rev().map(|read| row(&read.line)).collect();
    let head = if chain_ok { head.digest.to_string() } else { String::new() };
    Ok(LedgerPage { rows, all: u32::try_from(all).unwrap_or(u32::MAX), chain_ok, head })
}

fn row(line: &LedgerLine) -> LedgerRow {
    LedgerRow {
        seq: line.seq,
        record: line.record.to_string(),
        digest: line.digest.to_string(),
        kind: match line.kind {
            LedgerKind::Destroyed => "destroyed".to_owned(),
            LedgerKind::Witnessed => "witnessed".to_owned(),
            LedgerKind::Paper => "paper".to_owned(),
            LedgerKind::Forwarded => "forwarded".to_owned(),
            LedgerKind::Recovered => "recovered".to_owned(),
            LedgerKind::Released(_) => "released".to_owned(),
            LedgerKind::Drilled => "drilled".to_owned(),
            LedgerKind::Discarded(reason) => format!("discarded:{}", reason.code()),
        },
        receipt_index: line.receipt.map(|receipt| receipt.index),
        at: line.at.0,
    }
}
