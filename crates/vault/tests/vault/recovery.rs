//! The root key of a user's part, left for somebody else: opens it without the passphrase, and opens nothing that was shredded.

use vault::{DiscardReason, ItemId, ItemKind, LedgerEntry, LedgerKind, SaveError, ShredError, UnlockError};

use crate::bench::{Bench, PASSPHRASE};

/// Stands for the recovery key: what is sealed to it is the root key in clear.
const KEY: &[u8] = b"some recovery key";

fn left(bench: &Bench, for_key: &[u8]) -> [u8; 32] {
    bench.session().leave_recovery(for_key, |root| Some(root.to_vec())).unwrap();
    bench.vault().recovery_of(bench.session().user()).unwrap().unwrap().try_into().unwrap()
}

fn entry(kind: LedgerKind) -> LedgerEntry {
    LedgerEntry { kind, record: protocol::RecordId([5; 16]), digest: protocol::Digest([6; 32]), receipt: None, at: protocol::UnixTime(1_000_000) }
}

#[test]
fn it_is_left_once_for_each_passphrase_and_recovery_key() {
    let mut bench = Bench::new();
    let leave = |bench: &Bench, key: &[u8]| bench.session().leave_recovery(key, |root| Some(root.to_vec())).unwrap();
    assert!(leave(&bench, KEY));
    assert!(!leave(&bench, KEY));
    assert!(leave(&bench, b"another") && leave(&bench, KEY));
    bench.session_mut().change_passphrase(PASSPHRASE, "anderes langes kennwort").unwrap();
    assert!(bench.vault().recovery_of(bench.session().user()).unwrap().is_none(), "what was there opened nothing any more");
    assert!(leave(&bench, KEY) && bench.session().has_recovery(KEY).unwrap() && !bench.session().has_recovery(b"another").unwrap());
    let mut new = bench.vault().derive_passphrase(bench.session().user(), "drittes langes kennwort").unwrap();
    new.leave_recovery(KEY, |root| Some(root.to_vec()));
    bench.session_mut().set_passphrase(new).unwrap();
    assert!(!leave(&bench, KEY), "left in the same step");
    let root: [u8; 32] = bench.vault().recovery_of(bench.session().user()).unwrap().unwrap().try_into().unwrap();
    drop(bench.vault().recover(bench.session().user(), &root).expect("for the new one"));
    assert!(matches!(bench.session().leave_recovery(b"third", |_| None), Err(SaveError::TooLong)));
    assert!(!leave(&bench, KEY), "what was there stays");
}

#[test]
fn it_opens_the_part_and_an_earlier_one_does_not() {
    let mut bench = Bench::new();
    let (user, item) = (bench.session().user(), ItemId::make());
    bench.session().put(ItemKind::Form, item, b"answers").unwrap();
    let early = left(&bench, KEY);
    bench.session_mut().change_passphrase(PASSPHRASE, "anderes langes kennwort").unwrap();
    assert!(matches!(bench.vault().recover(user, &early), Err(UnlockError::Damaged { .. })), "of the passphrase before");
    let root = left(&bench, KEY);
    let mut recovered = bench.vault().recover(user, &root).unwrap();
    assert_eq!(recovered.get(ItemKind::Form, item).unwrap().unwrap().as_slice(), b"answers");
    let new = bench.vault().derive_passphrase(user, "drittes langes kennwort").unwrap();
    recovered.set_passphrase(new).unwrap();
    drop(bench.vault().unlock(user, "drittes langes kennwort").unwrap());
    assert!(matches!(bench.vault().unlock(user, "anderes langes kennwort"), Err(UnlockError::WrongPassphrase { .. })));
}

/// Who copied the files before, and gets the root key afterwards, still does not have what was shredded in between.
#[test]
fn what_was_shredded_stays_shredded() {
    let mut bench = Bench::new();
    let item = ItemId::make();
    bench.session().put(ItemKind::Form, item, b"answers").unwrap();
    let root = left(&bench, KEY);
    let user = bench.session().user();
    bench.session_mut().shred(&[item], &[]).unwrap();
    let session = bench.vault().recover(user, &root).expect("the same root key over all epochs");
    assert!(session.get(ItemKind::Form, item).unwrap().is_none());
}

#[test]
fn what_is_taken_over_is_the_others_no_more() {
    let mut bench = Bench::new();
    let (form, unit, key) = (ItemId::make(), ItemId::make(), ItemId::make());
    bench.session().put(ItemKind::Form, form, b"answers").unwrap();
    bench.session().put(ItemKind::Unit, unit, b"unit").unwrap();
    bench.session().put(ItemKind::TeamKey, key, b"a key").unwrap();
    let deputy = bench.vault().create_user("Vertretung", "langes kennwort der vertretung").unwrap();
    deputy.put(ItemKind::Unit, ItemId::make(), b"own").unwrap();
    let line = entry(LedgerKind::Released(protocol::MemberId([9; 16])));
    let moved = deputy.take_over(bench.session_mut(), &[ItemKind::Unit, ItemKind::Form, ItemKind::Paper], std::slice::from_ref(&line)).unwrap();
    assert_eq!(moved, (vec![1, 1, 0], 0));
    assert_eq!(deputy.get(ItemKind::Form, form).unwrap().unwrap().as_slice(), b"answers");
    assert_eq!(deputy.list(ItemKind::Unit).unwrap().items.len(), 2);
    assert!(bench.session().get(ItemKind::Form, form).unwrap().is_none() && bench.session().get(ItemKind::Unit, unit).unwrap().is_none());
    assert_eq!(bench.session().get(ItemKind::TeamKey, key).unwrap().unwrap().as_slice(), b"a key", "nobody takes over keys");
    let page = bench.vault().ledger_page(0, 10).unwrap();
    assert_eq!(page.rows.iter().map(|row| row.line.kind).collect::<Vec<_>>(), [line.kind]);
}

#[test]
fn a_note_in_the_ledger_is_about_nothing_destroyed() {
    let bench = Bench::new();
    for kind in [LedgerKind::Recovered, LedgerKind::Drilled] {
        bench.vault().keep_note(&entry(kind)).unwrap();
    }
    for kind in [LedgerKind::Discarded(DiscardReason::Duplicate), LedgerKind::Destroyed, LedgerKind::Released(protocol::MemberId([9; 16]))] {
        assert!(matches!(bench.vault().keep_note(&entry(kind)), Err(ShredError::EntryRefused)));
    }
    assert_eq!(bench.vault().destroyed_count().unwrap(), 0);
    bench.vault().verify_ledger().unwrap();
}
