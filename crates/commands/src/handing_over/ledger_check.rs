//! The ledger checked again, line by line and receipt by receipt. In stretches, so that nobody at the table waits for ten thousand lines.

use protocol::limits::MAX_RESPONSE_BYTES;
use protocol::log::{Leaf, LeafKind};
use protocol::{DeviceId, from_cbor};
use receipts::ledger::{Head, LedgerKind, LedgerLine, ReceiptReference};
use receipts::{Expected, LogIdentity, decode_receipt, verify_receipt};
use vault::{LedgerRow, Vault};

use crate::api::{CommandError, LedgerVerdict};

/// Lines read at a time: the vault is free in between.
const STRETCH: usize = 250;

/// What is found on the way through the ledger.
pub struct Walk<'a> {
    /// The line before, and where the chain has come to.
    pub head: Head,
    /// Whether each line followed the one before, and the stored head is that of the last.
    pub chain_ok: bool,
    each: &'a mut dyn FnMut(&LedgerRow),
}

/// Goes from the first line to the stored head. Lines that come meanwhile are walked too.
pub fn walk(vault: &Vault, each: &mut dyn FnMut(&LedgerRow)) -> Result<(Head, bool), CommandError> {
    let mut walk = Walk { head: Head::START, chain_ok: true, each };
    loop {
        let before = walk.head;
        if walk.stretch(vault).is_none() {
            walk.chain_ok = false;
        }
        let stored = vault.ledger_head().ok();
        if !walk.chain_ok || stored == Some(walk.head) {
            break;
        }
        // Either there are more lines to come, or lines are missing at the end.
        if walk.head == before {
            walk.chain_ok = false;
            break;
        }
    }
    Ok((walk.head, walk.chain_ok))
}

impl Walk<'_> {
    /// None: a line does not open, or does not follow.
    fn stretch(&mut self, vault: &Vault) -> Option<()> {
        let page = vault.ledger_page(self.head.lines, STRETCH).ok()?;
        for row in &page.rows {
            self.head = self.head.follow(&row.line).ok()?;
            (self.each)(row);
        }
        Some(())
    }
}

/// Checks everything in the ledger again.
pub fn check(vault: &Vault, identity: Option<&LogIdentity>, device: DeviceId) -> Result<LedgerVerdict, CommandError> {
    let (mut receipts, mut receipts_ok) = (0, 0);
    let mut count = |row: &LedgerRow| {
        if row.line.kind.needs_receipt() || row.line.receipt.is_some() {
            receipts += 1;
            receipts_ok += u32::from(identity.is_some_and(|identity| attests(row, identity, device)));
        }
    };
    let (head, chain_ok) = walk(vault, &mut count)?;
    let lines = u32::try_from(head.lines).unwrap_or(u32::MAX);
    let head = if chain_ok { head.digest.to_string() } else { String::new() };
    Ok(LedgerVerdict { lines, chain_ok, receipts, receipts_ok, head })
}

/// Whether the stored receipt is the one that the line names, and attests what the line says, under the log's key.
///
/// The bytes are gone: for their length and their team key's epoch there is no other word than the leaf's own. The digest is the line's.
fn attests(row: &LedgerRow, identity: &LogIdentity, device: DeviceId) -> bool {
    let verified = || {
        let receipt = decode_receipt(row.receipt.as_deref()?).ok()?;
        let leaf: Leaf = from_cbor(&receipt.leaf, MAX_RESPONSE_BYTES).ok()?;
        let expected = expected(&row.line, &leaf, device)?;
        verify_receipt(&receipt, identity, &expected).ok()
    };
    verified().is_some_and(|verified| row.line.receipt == Some(ReceiptReference::from(&verified)))
}

fn expected(line: &LedgerLine, leaf: &Leaf, device: DeviceId) -> Option<Expected> {
    let (kind, device) = match line.kind {
        LedgerKind::Destroyed => (LeafKind::Stored, Some(device)),
        LedgerKind::Witnessed => (LeafKind::Destroyed, None),
        LedgerKind::Forwarded => (LeafKind::Rewrapped, None),
        LedgerKind::Discarded(_) | LedgerKind::Paper | LedgerKind::Recovered | LedgerKind::Released(_) | LedgerKind::Drilled => return None,
    };
    let (length, team_key_epoch) = (leaf.length, leaf.team_key_epoch);
    Some(Expected { kind, record: line.record, digest: line.digest, length, device, team_key_epoch, min_copies: 1 })
}
