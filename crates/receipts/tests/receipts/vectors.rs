//! Frozen encodings: what is stored and signed today must be readable and verifiable as long as a ledger is kept. They stand in `docs/formats/log.md` too.

use protocol::to_cbor;
use receipts::ledger::{DiscardReason, Head, LedgerEntry, LedgerKind, LedgerLine, ReceiptReference, chain};
use receipts::merkle::leaf_hash;
use receipts::{LogMemory, decode_receipt, verify_receipt};

use crate::small_log::{AT, GENERATION, SmallLog, expected, hex, stored};

const DOCUMENT: &str = include_str!("../../../../docs/formats/log.md");

/// Asserts the value and that the document prints it.
fn frozen(name: &str, bytes: &[u8]) {
    let value = hex(bytes);
    let line = DOCUMENT.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or("none");
    assert_eq!(line, value, "{name}");
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn lines() -> [LedgerLine; 4] {
    let receipt = ReceiptReference { index: 1, size: 3, generation: GENERATION };
    let destroyed = LedgerEntry { kind: LedgerKind::Destroyed, record: stored(1).record, digest: stored(1).digest, receipt: Some(receipt), at: AT };
    let first = Head::START.next_line(&destroyed);
    let discarded =
        LedgerEntry { kind: LedgerKind::Discarded(DiscardReason::Duplicate), record: stored(2).record, receipt: None, ..destroyed.clone() };
    let head = Head::START.follow(&first).unwrap();
    let second = head.next_line(&discarded);
    let witnessed = LedgerEntry { kind: LedgerKind::Witnessed, ..destroyed.clone() };
    let head = head.follow(&second).unwrap();
    let third = head.next_line(&witnessed);
    let paper = LedgerEntry { kind: LedgerKind::Paper, receipt: None, ..destroyed };
    let fourth = head.follow(&third).unwrap().next_line(&paper);
    [first, second, third, fourth]
}

#[test]
fn leaf() {
    frozen("leaf", &to_cbor(&stored(1)));
    frozen("leaf hash", leaf_hash(&to_cbor(&stored(1))).as_bytes());
}

#[test]
fn checkpoint() {
    let log = SmallLog::with_forms(1, 3);
    frozen("log key", log.signer.public_key().as_bytes());
    frozen("checkpoint", &to_cbor(&log.checkpoint(3)));
    frozen("checkpoint signature", log.signed(3).signature.as_bytes());
}

#[test]
fn receipt() {
    let log = SmallLog::with_forms(1, 3);
    frozen("receipt", &to_cbor(&log.receipt(1)));
}

#[test]
fn the_printed_receipt_verifies() {
    let log = SmallLog::with_forms(1, 3);
    let printed = DOCUMENT.lines().find_map(|line| line.strip_prefix("receipt: ")).expect("printed");
    assert!(verify_receipt(&decode_receipt(&unhex(printed)).unwrap(), &log.identity(), &expected(1)).is_ok());
}

#[test]
fn memory() {
    let log = SmallLog::with_forms(1, 3);
    frozen("memory", &LogMemory::new().observe(&log.view(0, 3), &log.identity()).unwrap().encode());
}

#[test]
fn ledger_lines() {
    let [first, second, third, fourth] = lines();
    frozen("ledger line 0", &first.encode());
    frozen("ledger chain 0", chain(&first).as_bytes());
    frozen("ledger line 1", &second.encode());
    frozen("ledger chain 1", chain(&second).as_bytes());
    frozen("ledger line 2", &third.encode());
    frozen("ledger chain 2", chain(&third).as_bytes());
    frozen("ledger line 3", &fourth.encode());
    frozen("ledger chain 3", chain(&fourth).as_bytes());
}

#[test]
fn the_longest_of_each_fits_its_limit() {
    let mut leaf = stored(1);
    (leaf.generation, leaf.length, leaf.team_key_epoch, leaf.copies, leaf.at.0) = (u32::MAX, u64::MAX, u32::MAX, u8::MAX, u64::MAX);
    leaf.statement = Some(leaf.digest);
    assert_eq!(to_cbor(&leaf).len(), 152);
    let mut checkpoint = SmallLog::new(1).checkpoint(0);
    (checkpoint.generation, checkpoint.size, checkpoint.at.0) = (u32::MAX, u64::MAX, u64::MAX);
    assert_eq!(to_cbor(&checkpoint).len(), 76);
    let [mut line, ..] = lines();
    (line.seq, line.at.0) = (u64::MAX, u64::MAX);
    line.receipt = Some(ReceiptReference { index: u64::MAX, size: u64::MAX, generation: u32::MAX });
    line.kind = LedgerKind::Discarded(DiscardReason::Duplicate);
    assert_eq!(line.encode().len(), 133);
    let log = SmallLog::with_forms(1, 1);
    let mut receipt = log.receipt(0);
    receipt.leaf = to_cbor(&leaf).into();
    receipt.checkpoint.body = to_cbor(&checkpoint).into();
    (receipt.index, receipt.path) = (u64::MAX, vec![leaf.digest; protocol::limits::MAX_PROOF_NODES]);
    assert!(decode_receipt(&to_cbor(&receipt)).is_ok());
}
