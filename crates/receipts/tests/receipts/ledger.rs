//! Nothing in the ledger can be changed afterwards without being noticed.

use proptest::prelude::*;
use protocol::{CodecError, Digest, RecordId, UnixTime, to_cbor};
use receipts::ledger::{
    DiscardReason, Head, LedgerEntry, LedgerFault, LedgerKind, LedgerLine, ReceiptReference, chain, verify_chain, verify_chain_since,
};
use receipts::verify_receipt;

use crate::small_log::{AT, GENERATION, SmallLog, expected};

fn entry(record: u8) -> LedgerEntry {
    let receipt = ReceiptReference { index: record.into(), size: 9, generation: GENERATION };
    LedgerEntry { kind: LedgerKind::Destroyed, record: RecordId([record; 16]), digest: Digest([record; 32]), receipt: Some(receipt), at: AT }
}

fn ledger(count: u8) -> Vec<LedgerLine> {
    let mut head = Head::START;
    (0..count).map(|record| write(&mut head, &entry(record))).collect()
}

fn write(head: &mut Head, entry: &LedgerEntry) -> LedgerLine {
    let line = head.next_line(entry);
    *head = head.follow(&line).unwrap();
    line
}

#[test]
fn a_whole_ledger_verifies_to_its_head() {
    assert_eq!(verify_chain::<LedgerLine>([]), Ok(Head::START));
    let lines = ledger(4);
    assert_eq!(verify_chain(&lines), Ok(Head { lines: 4, digest: chain(&lines[3]) }));
    assert_eq!(verify_chain(lines.clone()), verify_chain(&lines), "owned or borrowed");
    assert_eq!((lines[0].seq, lines[0].previous), (0, Digest([0; 32])));
}

#[test]
fn a_removed_line_is_noticed() {
    for place in 0..4 {
        let mut lines = ledger(5);
        lines.remove(place);
        let seq = place as u64;
        assert_eq!(verify_chain(&lines), Err(LedgerFault::OutOfPlace { seq, found: seq + 1 }));
    }
}

#[test]
fn a_removed_line_is_noticed_even_if_the_rest_is_numbered_anew() {
    let mut lines = ledger(5);
    lines.remove(2);
    lines.iter_mut().enumerate().for_each(|(seq, line)| line.seq = seq as u64);
    assert_eq!(verify_chain(&lines), Err(LedgerFault::ChainBroken { seq: 2 }));
}

#[test]
fn a_repeated_or_inserted_line_is_noticed() {
    let mut lines = ledger(5);
    lines.insert(2, lines[1].clone());
    assert_eq!(verify_chain(&lines), Err(LedgerFault::OutOfPlace { seq: 2, found: 1 }));
}

#[test]
fn lines_in_another_order_are_noticed() {
    for (a, b) in (0..5).flat_map(|a| (a + 1..5).map(move |b| (a, b))) {
        let mut lines = ledger(5);
        lines.swap(a, b);
        assert_eq!(verify_chain(&lines), Err(LedgerFault::OutOfPlace { seq: a as u64, found: b as u64 }));
        lines.iter_mut().enumerate().for_each(|(seq, line)| line.seq = seq as u64);
        assert_eq!(verify_chain(&lines), Err(LedgerFault::ChainBroken { seq: a as u64 }));
    }
}

#[test]
fn every_edited_field_is_noticed_at_the_next_line() {
    let edits: [fn(&mut LedgerLine); 7] = [
        |line| line.kind = LedgerKind::Discarded(DiscardReason::Duplicate),
        |line| line.record.0[0] ^= 1,
        |line| line.digest.0[31] ^= 1,
        |line| line.receipt.as_mut().unwrap().index += 1,
        |line| line.receipt.as_mut().unwrap().size += 1,
        |line| line.receipt.as_mut().unwrap().generation += 1,
        |line| line.at = UnixTime(line.at.0 + 1),
    ];
    for edit in edits {
        for place in 0..4 {
            let mut lines = ledger(5);
            edit(&mut lines[place]);
            assert_eq!(verify_chain(&lines), Err(LedgerFault::ChainBroken { seq: place as u64 + 1 }));
        }
    }
}

#[test]
fn an_edited_last_line_is_noticed_by_whoever_remembers_the_head() {
    let mut lines = ledger(3);
    let remembered = verify_chain(&lines).unwrap();
    lines[2].at = UnixTime(0);
    assert!(verify_chain(&lines).is_ok(), "the chain alone cannot know");
    assert_eq!(verify_chain_since(&lines, &remembered), Err(LedgerFault::OtherLedger { remembered: 3 }));
}

#[test]
fn a_ledger_cut_off_at_its_end_is_noticed_only_against_a_remembered_head() {
    let lines = ledger(5);
    let remembered = verify_chain(&lines).unwrap();
    for kept in 0..5 {
        assert!(verify_chain(&lines[..kept]).is_ok(), "the chain alone cannot know");
        let fault = LedgerFault::Truncated { remembered: 5, found: kept as u64 };
        assert_eq!(verify_chain_since(&lines[..kept], &remembered), Err(fault));
    }
    assert_eq!(verify_chain_since(&lines, &remembered), Ok(remembered));
}

#[test]
fn a_ledger_continued_from_a_remembered_head_is_accepted_and_a_rewritten_one_is_not() {
    let lines = ledger(5);
    let whole = verify_chain(&lines);
    for seen in 0..=5 {
        let remembered = verify_chain(&lines[..seen]).unwrap();
        assert_eq!(verify_chain_since(&lines, &remembered), whole);
    }
    let mut head = Head::START;
    let rewritten: Vec<_> = (50..55).map(|record| write(&mut head, &entry(record))).collect();
    let remembered = verify_chain(&lines[..3]).unwrap();
    assert_eq!(verify_chain_since(&rewritten, &remembered), Err(LedgerFault::OtherLedger { remembered: 3 }));
    let no_start = Head { lines: 0, digest: Digest([1; 32]) };
    assert_eq!(verify_chain_since(&lines, &no_start), Err(LedgerFault::OtherLedger { remembered: 0 }));
}

#[test]
fn another_version_is_refused() {
    for version in [0, 2] {
        let mut lines = ledger(3);
        lines[1].version = version;
        assert_eq!(verify_chain(&lines), Err(LedgerFault::UnknownVersion { seq: 1 }));
    }
}

#[test]
fn nothing_counts_as_destroyed_without_a_receipt() {
    let line = Head::START.next_line(&LedgerEntry { receipt: None, ..entry(1) });
    assert_eq!(verify_chain([line]), Err(LedgerFault::WithoutReceipt { seq: 0 }));
    let witnessed = Head::START.next_line(&LedgerEntry { kind: LedgerKind::Witnessed, receipt: None, ..entry(1) });
    assert_eq!(verify_chain([witnessed]), Err(LedgerFault::WithoutReceipt { seq: 0 }));
    let discarded = Head::START.next_line(&LedgerEntry { kind: LedgerKind::Discarded(DiscardReason::MovedAway), receipt: None, ..entry(1) });
    assert!(verify_chain([discarded]).is_ok(), "a draft was never handed over");
}

#[test]
fn a_line_names_the_receipt_that_permitted_it() {
    let log = SmallLog::with_forms(1, 6);
    let verified = verify_receipt(&log.receipt(2), &log.identity(), &expected(2)).unwrap();
    assert_eq!(ReceiptReference::from(&verified), ReceiptReference { index: 2, size: 6, generation: GENERATION });
}

#[test]
fn reasons_keep_their_codes() {
    let codes: Vec<_> = DiscardReason::ALL.iter().map(|reason| reason.code()).collect();
    assert_eq!(codes, ["created_by_mistake", "moved_away", "duplicate", "customer_withdrew"]);
    assert!(DiscardReason::ALL.iter().all(|reason| DiscardReason::from_code(reason.code()) == Some(*reason)));
    assert_eq!(DiscardReason::from_code("because"), None);
}

#[test]
fn lines_about_a_recovery_keep_their_numbers_and_name_no_receipt() {
    let deputy = protocol::MemberId([9; 16]);
    assert_eq!(to_cbor(&LedgerKind::Recovered), [0x82, 0x06, 0x80]);
    assert_eq!(to_cbor(&LedgerKind::Released(deputy)), [&[0x82, 0x07, 0x81, 0x50][..], &[9; 16]].concat());
    assert_eq!(to_cbor(&LedgerKind::Drilled), [0x82, 0x08, 0x80]);
    for kind in [LedgerKind::Recovered, LedgerKind::Released(deputy), LedgerKind::Drilled] {
        let line = Head::START.next_line(&LedgerEntry { kind, receipt: None, ..entry(1) });
        assert_eq!(LedgerLine::decode(&line.encode()).unwrap(), line);
        assert!(!kind.needs_receipt());
    }
}

#[test]
fn a_forwarded_line_keeps_its_number_and_names_its_receipt() {
    assert_eq!(to_cbor(&LedgerKind::Forwarded), [0x82, 0x05, 0x80]);
    let line = Head::START.next_line(&LedgerEntry { kind: LedgerKind::Forwarded, ..entry(1) });
    assert_eq!(LedgerLine::decode(&line.encode()), Ok(line));
    let without = Head::START.next_line(&LedgerEntry { kind: LedgerKind::Forwarded, receipt: None, ..entry(1) });
    assert!(Head::START.follow(&without).is_err());
}

#[test]
fn lines_survive_storage_and_decode_strictly() {
    for reason in DiscardReason::ALL {
        let line = Head::START.next_line(&LedgerEntry { kind: LedgerKind::Discarded(reason), receipt: None, ..entry(1) });
        assert_eq!(LedgerLine::decode(&line.encode()), Ok(line));
    }
    let mut bytes = ledger(1)[0].encode();
    bytes.push(0);
    assert_eq!(LedgerLine::decode(&bytes), Err(CodecError::Malformed));
    let head = verify_chain(ledger(3)).unwrap();
    assert_eq!(protocol::from_cbor(&to_cbor(&head), 64), Ok(head));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_flipped_bit_of_a_stored_line_is_noticed_against_the_head(count in 1_u8..6, line in any::<prop::sample::Index>(), bit in any::<prop::sample::Index>()) {
        let lines = ledger(count);
        let remembered = verify_chain(&lines).unwrap();
        let place = line.index(lines.len());
        let mut bytes = lines[place].encode();
        let bit = bit.index(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        let unnoticed = LedgerLine::decode(&bytes).is_ok_and(|edited| {
            let mut lines = lines.clone();
            lines[place] = edited;
            verify_chain_since(&lines, &remembered).is_ok()
        });
        prop_assert!(!unnoticed);
    }
}
