//! An endpoint that lost or changed what it attested is noticed at the next contact.

use proptest::prelude::*;
use protocol::log::{Checkpoint, LogView};
use protocol::{CodecError, Digest, OfficeId, to_cbor};
use receipts::merkle::{ProofError, empty_root};
use receipts::{CheckpointSigner, LogFault, LogIdentity, LogMemory};

use crate::small_log::{SmallLog, stored};

/// A client that has seen `size` leaves of `log`.
fn knowing(log: &SmallLog, size: u64) -> LogMemory {
    LogMemory::new().observe(&log.view(0, size), &log.identity()).unwrap()
}

/// A log whose forms differ from `with_forms` from leaf `from` on, under the same key.
fn forked(from: u8, count: u8) -> SmallLog {
    let mut log = SmallLog::with_forms(1, from);
    (from..count).for_each(|form| log.push(&stored(form + 100)));
    log
}

#[test]
fn a_new_memory_knows_nothing_and_believes_the_first_signed_view() {
    let log = SmallLog::with_forms(1, 5);
    assert_eq!((LogMemory::new().known_size(), LogMemory::new().newest()), (0, None));
    let memory = knowing(&log, 5);
    assert_eq!((memory.known_size(), memory.newest()), (5, Some(&log.signed(5))));
}

#[test]
fn growth_is_accepted_with_its_proof_only() {
    let log = SmallLog::with_forms(1, 12);
    for (from, to) in (1..12).flat_map(|from| (from + 1..=12).map(move |to| (from, to))) {
        let memory = knowing(&log, from);
        let grown = memory.observe(&log.view(from, to), &log.identity()).unwrap();
        assert_eq!((grown.known_size(), grown.newest()), (to, Some(&log.signed(to))));
        let unproved = LogView { checkpoint: log.signed(to), consistency: vec![] };
        assert_eq!(memory.observe(&unproved, &log.identity()), Err(LogFault::Inconsistent(ProofError::WrongLength)));
    }
}

#[test]
fn the_same_tree_again_is_accepted_without_a_path_and_refused_with_one() {
    let log = SmallLog::with_forms(1, 5);
    let memory = knowing(&log, 5);
    let later = log.signer.sign(&Checkpoint { at: protocol::UnixTime(0), ..log.checkpoint(5) });
    let again = memory.observe(&LogView { checkpoint: later.clone(), consistency: vec![] }, &log.identity()).unwrap();
    assert_eq!(again.newest(), Some(&later), "signed again, perhaps with the new key");
    let odd = LogView { checkpoint: log.signed(5), consistency: vec![log.nodes.root(5)] };
    assert_eq!(memory.observe(&odd, &log.identity()), Err(LogFault::Inconsistent(ProofError::WrongLength)));
}

#[test]
fn a_smaller_tree_is_a_rollback_whatever_it_brings() {
    let log = SmallLog::with_forms(1, 8);
    let memory = knowing(&log, 8);
    for shown in 0..8 {
        let fault = LogFault::Rollback { known: 8, shown };
        assert_eq!(memory.observe(&log.view(0, shown), &log.identity()), Err(fault));
        let with_path = LogView { checkpoint: log.signed(shown), consistency: log.nodes.consistency(shown, 8) };
        assert_eq!(memory.observe(&with_path, &log.identity()), Err(fault));
    }
    assert_eq!(memory.known_size(), 8);
}

#[test]
fn the_same_size_with_another_root_is_a_split_view() {
    let memory = knowing(&SmallLog::with_forms(1, 5), 5);
    let other_face = forked(4, 5);
    assert_eq!(memory.observe(&other_face.view(0, 5), &other_face.identity()), Err(LogFault::SplitView { size: 5 }));
}

#[test]
fn a_restored_log_that_grew_past_the_known_size_is_noticed() {
    // Restored to 4 leaves, then 4 others: larger than what the client knew, but not its continuation.
    for known in 5..=7 {
        let memory = knowing(&SmallLog::with_forms(1, 8), known);
        let restored = forked(4, 8);
        assert!(matches!(memory.observe(&restored.view(known, 8), &restored.identity()), Err(LogFault::Inconsistent(_))), "{known}");
    }
}

#[test]
fn a_forged_proof_is_refused_bit_by_bit() {
    let log = SmallLog::with_forms(1, 7);
    let memory = knowing(&log, 3);
    let view = log.view(3, 7);
    for bit in 0..view.consistency.len() * 256 {
        let mut forged = view.clone();
        forged.consistency[bit / 256].0[bit % 256 / 8] ^= 1 << (bit % 8);
        assert!(matches!(memory.observe(&forged, &log.identity()), Err(LogFault::Inconsistent(_))), "bit {bit}");
    }
    let from_other_size = LogView { consistency: log.nodes.consistency(2, 7), ..view };
    assert!(matches!(memory.observe(&from_other_size, &log.identity()), Err(LogFault::Inconsistent(_))));
}

#[test]
fn an_empty_log_is_the_same_for_everybody() {
    let log = SmallLog::new(1);
    let memory = knowing(&log, 0);
    assert_eq!((memory.known_size(), memory.newest()), (0, Some(&log.signed(0))));
    let grown = SmallLog::with_forms(1, 3);
    assert_eq!(memory.observe(&grown.view(0, 3), &grown.identity()).unwrap().known_size(), 3);
    let odd = Checkpoint { root: Digest([1; 32]), ..log.checkpoint(0) };
    let view = LogView { checkpoint: log.signer.sign(&odd), consistency: vec![] };
    assert_eq!(LogMemory::new().observe(&view, &log.identity()), Err(LogFault::SplitView { size: 0 }));
    assert_eq!(log.checkpoint(0).root, empty_root());
}

#[test]
fn an_unsigned_unreadable_or_foreign_tree_head_is_no_view() {
    let log = SmallLog::with_forms(1, 5);
    let memory = knowing(&log, 5);
    let shown = |signer: &CheckpointSigner, checkpoint: Checkpoint| {
        memory.observe(&LogView { checkpoint: signer.sign(&checkpoint), consistency: vec![] }, &log.identity())
    };
    assert_eq!(shown(&CheckpointSigner::new([2; 32]), log.checkpoint(5)), Err(LogFault::BadSignature));
    assert_eq!(shown(&log.signer, Checkpoint { version: 2, ..log.checkpoint(5) }), Err(LogFault::Malformed));
    assert_eq!(shown(&log.signer, Checkpoint { office: OfficeId([1; 16]), ..log.checkpoint(5) }), Err(LogFault::OtherLog));
    assert_eq!(shown(&log.signer, Checkpoint { generation: 4, ..log.checkpoint(5) }), Err(LogFault::OtherLog));
}

#[test]
fn a_memory_of_another_office_or_generation_is_not_continued() {
    let log = SmallLog::with_forms(1, 5);
    let memory = knowing(&log, 5);
    let identities = [LogIdentity { office: OfficeId([1; 16]), ..log.identity() }, LogIdentity { generation: 4, ..log.identity() }];
    for identity in identities {
        let same_tree = Checkpoint { office: identity.office, generation: identity.generation, ..log.checkpoint(5) };
        let view = LogView { checkpoint: log.signer.sign(&same_tree), consistency: vec![] };
        assert_eq!(memory.observe(&view, &identity), Err(LogFault::OtherLog));
        assert_eq!(memory.demand_contains(&view.checkpoint, &[], &identity), Err(LogFault::OtherLog));
        assert!(!memory.is_of(&identity) && memory.is_of(&log.identity()) && LogMemory::new().is_of(&identity));
        assert!(LogMemory::new().observe(&view, &identity).is_ok(), "a new memory begins with it");
    }
}

#[test]
fn a_log_key_may_change_without_forgetting() {
    let log = SmallLog::with_forms(1, 7);
    let memory = knowing(&log, 3);
    let next = CheckpointSigner::new([2; 32]);
    let identity = LogIdentity { key: next.public_key(), ..log.identity() };
    let view = LogView { checkpoint: next.sign(&log.checkpoint(7)), consistency: log.nodes.consistency(3, 7) };
    assert_eq!(memory.observe(&view, &identity).unwrap().known_size(), 7);
}

#[test]
fn an_authors_tree_head_must_be_a_part_of_what_the_clerk_was_shown() {
    let log = SmallLog::with_forms(1, 8);
    let clerk = knowing(&log, 8);
    for seen in 0..=8 {
        assert_eq!(clerk.demand_contains(&log.signed(seen), &log.nodes.consistency(seen, 8), &log.identity()), Ok(()), "{seen}");
    }
    let longer = SmallLog::with_forms(1, 9);
    assert_eq!(clerk.demand_contains(&longer.signed(9), &[], &log.identity()), Err(LogFault::Rollback { known: 9, shown: 8 }));
    let other_face = forked(4, 8);
    assert_eq!(clerk.demand_contains(&other_face.signed(8), &[], &log.identity()), Err(LogFault::SplitView { size: 8 }));
    let path = log.nodes.consistency(6, 8);
    assert!(matches!(clerk.demand_contains(&other_face.signed(6), &path, &log.identity()), Err(LogFault::Inconsistent(_))));
    let unsigned = CheckpointSigner::new([2; 32]).sign(&log.checkpoint(8));
    assert_eq!(clerk.demand_contains(&unsigned, &[], &log.identity()), Err(LogFault::BadSignature));
}

#[test]
fn a_memory_survives_storage() {
    let log = SmallLog::with_forms(1, 5);
    for memory in [LogMemory::new(), knowing(&log, 0), knowing(&log, 5)] {
        assert_eq!(LogMemory::decode(&memory.encode()), Ok(memory));
    }
    assert_eq!(LogMemory::decode(&[]), Err(CodecError::Malformed));
    assert_eq!(LogMemory::decode(&[0x81, 1, 0]), Err(CodecError::Malformed), "trailing byte");
    assert_eq!(LogMemory::decode(&[0x82, 1, 0xf6]), Err(CodecError::NotDeterministic), "an absent last field is left out");
    assert_eq!(LogMemory::decode(&[0x81, 2]), Err(CodecError::Malformed), "another version");
    let unreadable = log.signer.sign(&Checkpoint { version: 2, ..log.checkpoint(5) });
    let bytes = [&[0x82, 1][..], &to_cbor(&unreadable)].concat();
    assert_eq!(LogMemory::decode(&bytes), Err(CodecError::Malformed), "a tree head of another version");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever the endpoint appends between contacts, an honest client follows it; and once it is put back, or replaced, never.
    #[test]
    fn clients_follow_growth_and_nothing_else(steps in prop::collection::vec(0_u8..9, 1..8), lost in 1_u8..20) {
        let mut log = SmallLog::new(1);
        let mut memory = LogMemory::new();
        let mut form = 0;
        for step in steps {
            for _ in 0..step {
                log.push(&stored(form));
                form += 1;
            }
            memory = memory.observe(&log.view(memory.known_size(), log.nodes.size), &log.identity()).unwrap();
            memory = LogMemory::decode(&memory.encode()).unwrap();
            prop_assert_eq!(memory.known_size(), log.nodes.size);
        }
        let kept = form.saturating_sub(lost);
        let restored = SmallLog::with_forms(1, kept);
        prop_assert_eq!(memory.observe(&restored.view(0, kept.into()), &log.identity()).is_ok(), kept == form);
        let regrown = forked(kept, form + 3);
        let regrown_view = regrown.view(memory.known_size(), regrown.nodes.size);
        prop_assert_eq!(memory.observe(&regrown_view, &log.identity()).is_ok(), kept == form);
    }
}
