//! A PIN within the working day: what it opens, what ends it, and that nothing of it reaches the disk.

use vault::{ItemId, ItemKind, Remembered, UnlockError};

use crate::bench::{Bench, PASSPHRASE, files};

const PIN: &str = "4711";

fn remembered(bench: &Bench) -> Remembered {
    bench.session().to_remember().under(PIN).unwrap()
}

#[test]
fn a_pin_opens_what_its_user_saved_also_after_new_epochs() {
    let mut bench = Bench::new();
    let kept = ItemId::make();
    bench.session().put(ItemKind::Unit, kept, b"unit").unwrap();
    let remembered = remembered(&bench);
    for number in 0..3 {
        let form = bench.draft_and_sealed(number);
        bench.finalise(&[form]);
    }
    drop(bench.take_session());
    let session = bench.vault().unlock_remembered(&remembered, PIN).unwrap();
    assert_eq!(session.user(), bench.user());
    assert_eq!(session.get(ItemKind::Unit, kept).unwrap().unwrap().as_slice(), b"unit");
}

#[test]
fn a_wrong_pin_opens_nothing_and_counts_like_a_wrong_passphrase() {
    let bench = Bench::new();
    let remembered = remembered(&bench);
    let mut delays = Vec::new();
    for wrong in ["0000", "471", "47110", ""] {
        match bench.vault().unlock_remembered(&remembered, wrong) {
            Err(UnlockError::WrongPassphrase { retry_after_seconds }) => delays.push(retry_after_seconds),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(delays, [0, 0, 0, 5]);
    assert!(matches!(bench.vault().unlock_remembered(&remembered, PIN), Err(UnlockError::TooSoon { .. })), "the right one waits too");
    assert!(matches!(bench.vault().unlock(bench.user(), PASSPHRASE), Err(UnlockError::TooSoon { .. })), "one counter for both");
    bench.clock.advance(5);
    assert!(bench.vault().unlock_remembered(&remembered, PIN).is_ok());
    assert!(matches!(bench.vault().unlock(bench.user(), "wrong"), Err(UnlockError::WrongPassphrase { retry_after_seconds: 0 })));
}

#[test]
fn another_passphrase_ends_the_pin() {
    let mut bench = Bench::new();
    let remembered = remembered(&bench);
    bench.session_mut().change_passphrase(PASSPHRASE, "another passphrase").unwrap();
    for _ in 0..5 {
        assert!(matches!(bench.vault().unlock_remembered(&remembered, PIN), Err(UnlockError::SessionOutdated)), "and is no wrong attempt");
    }
    assert!(bench.vault().unlock(bench.user(), "another passphrase").is_ok());
}

#[test]
fn a_pin_of_one_user_opens_nothing_of_another() {
    let bench = Bench::new();
    let colleague = bench.vault().create_user("Kollegin", "another passphrase").unwrap();
    let theirs = ItemId::make();
    colleague.put(ItemKind::Unit, theirs, b"theirs").unwrap();
    let session = bench.vault().unlock_remembered(&remembered(&bench), PIN).unwrap();
    assert_ne!(session.user(), colleague.user());
    assert!(session.get(ItemKind::Unit, theirs).unwrap().is_none());
    assert!(session.list(ItemKind::Unit).unwrap().items.is_empty());
}

#[test]
fn setting_a_pin_writes_nothing() {
    let bench = Bench::new();
    let mut before = files(&bench.dir());
    let remembered = remembered(&bench);
    let mut after = files(&bench.dir());
    before.sort();
    after.sort();
    assert!(before == after, "nothing on the disk changed");
    assert_eq!(format!("{remembered:?}"), "Remembered(…)");
}
