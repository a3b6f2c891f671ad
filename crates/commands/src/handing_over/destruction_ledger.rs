//! The destruction ledger, for the eye: what was destroyed, when, and on which receipt. It names no person.

use receipts::ledger::LedgerKind;

use crate::App;
use crate::api::{CommandError, LedgerArgs, LedgerPage, LedgerRow};

/// Rows on one page, at the most.
const MAX_PAGE: u32 = 500;

impl App {
    /// A page of the ledger, newest first, and whether its chain holds.
    pub(crate) async fn ledger(&self, args: LedgerArgs) -> Result<LedgerPage, CommandError> {
        let (lines, chain) = self.desk().ledger_lines()?;
        let row = |line: &receipts::ledger::LedgerLine| LedgerRow {
            seq: line.seq,
            record: line.record.to_string(),
            digest: line.digest.to_string(),
            kind: match line.kind {
                LedgerKind::Destroyed => "destroyed".to_owned(),
                LedgerKind::Witnessed => "witnessed".to_owned(),
                LedgerKind::Discarded(reason) => format!("discarded:{}", reason.code()),
            },
            receipt_index: line.receipt.map(|receipt| receipt.index),
            at: line.at.0,
        };
        let rows = lines.iter().rev().skip(args.offset as usize).take(args.limit.min(MAX_PAGE) as usize).map(row).collect();
        Ok(LedgerPage { rows, all: lines.len() as u32, chain_ok: chain.is_some(), head: chain.map_or_else(String::new, |head| head.to_string()) })
    }
}
