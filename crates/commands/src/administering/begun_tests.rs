use std::sync::Arc;

use clock::SystemClock;
use vault::{KdfCost, VaultOptions};

use super::*;
use crate::desk::BEGUN_ENROLMENT;

const WORDS: &str = "vier worte genügen";

/// A vault in a folder of its own, with the cheapest cost that it accepts.
struct Bench {
    vault: Vault,
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = VaultOptions { kdf: Some(KdfCost::new(64 * 1024, 1, 1).unwrap()) };
        let vault = Vault::open_or_create(&folder.path().join("vault"), &options, Arc::new(SystemClock)).unwrap();
        Self { vault, folder }
    }

    fn take_up(&self, ticket: u8, passphrase: &str) -> Result<Option<Begun<u64>>, CommandError> {
        let passphrase = Passphrase::new(passphrase.to_owned());
        take_up(&self.vault, &Beginning { id: [ticket; 16], kind: BEGUN_ENROLMENT, name: "Nina Neu", passphrase: &passphrase })
    }

    fn begin(&self, ticket: u8, keys: u64) -> UserId {
        let passphrase = Passphrase::new(WORDS.to_owned());
        let beginning = Beginning { id: [ticket; 16], kind: BEGUN_ENROLMENT, name: "Nina Neu", passphrase: &passphrase };
        begin_anew(&self.vault, &beginning, keys).unwrap().session.user()
    }

    fn keys(&self, ticket: u8) -> Option<u64> {
        self.take_up(ticket, WORDS).unwrap().map(|begun| begun.item)
    }

    fn users(&self) -> Vec<UserId> {
        self.vault.users().unwrap().into_iter().map(|summary| summary.user).collect()
    }

    fn noted(&self, note: BegunNote) {
        save(&self.vault, &BegunNotes { notes: vec![note], ..BegunNotes::default() }).unwrap();
    }
}

#[test]
fn the_same_ticket_goes_on_with_the_same_keys_under_the_same_passphrase() {
    let bench = Bench::new();
    assert_eq!(bench.keys(1), None);
    bench.begin(1, 11);
    assert_eq!(bench.keys(1), Some(11));
    assert_eq!(bench.take_up(1, "fünf andere worte hier").err().map(|error| error.code), Some(ErrorCode::EnrolmentBegun));
    assert_eq!(bench.keys(1), Some(11), "a wrong passphrase loses nothing");
}

#[test]
fn another_ticket_leaves_the_first_until_it_counts_and_nothing_of_it_then() {
    let bench = Bench::new();
    bench.begin(1, 11);
    let second = bench.begin(2, 22);
    give_up(&bench.vault, |note| note.id == [2; 16]).unwrap();
    assert_eq!((bench.keys(2), bench.keys(1)), (None, Some(11)), "the second was refused");
    let second_again = bench.begin(2, 23);
    assert_ne!(second, second_again);
    give_up(&bench.vault, |note| note.id != [2; 16]).unwrap();
    assert_eq!(bench.users(), [second_again]);
    assert_eq!((bench.keys(1), bench.keys(2)), (None, Some(23)));
}

/// What a kill may leave: the note alone, with a user who has no keys yet, or with one whose removal was begun. Nothing of it is needed.
#[test]
fn what_was_begun_by_half_begins_anew() {
    let bench = Bench::new();
    let user = UserId::make();
    bench.noted(BegunNote::new([1; 16], user));
    assert_eq!(bench.keys(1), None);

    bench.noted(BegunNote::new([1; 16], user));
    drop(bench.vault.create_user_as(user, "Nina Neu", WORDS).unwrap());
    assert_eq!(bench.keys(1), None);
    assert!(bench.users().is_empty(), "the half is gone");

    let user = bench.begin(1, 11);
    bench.noted(BegunNote { state: BegunState::GivenUp, ..BegunNote::new([1; 16], user) });
    assert_eq!(bench.keys(1), None);
    assert!(bench.users().is_empty());
}

#[test]
fn who_is_done_is_never_given_up() {
    let bench = Bench::new();
    let user = bench.begin(1, 11);
    let notes = done(&bench.vault, &[1; 16], MemberId([3; 16])).unwrap();
    bench.vault.put_setting(Setting::Enrolment, &notes).unwrap();
    give_up(&bench.vault, |_| true).unwrap();
    assert_eq!(bench.users(), [user]);
    assert_eq!(known(&bench.vault).unwrap().of(&[1; 16]).and_then(|note| note.member), Some(MemberId([3; 16])));
}

#[test]
fn notes_that_cannot_be_read_keep_nobody_out_and_stay_for_a_beginning_to_see() {
    let bench = Bench::new();
    bench.vault.put_setting(Setting::Enrolment, b"of another time").unwrap();
    assert_eq!(known(&bench.vault).unwrap(), BegunNotes::default());
    assert_eq!(bench.take_up(1, WORDS).err().map(|error| error.code), Some(ErrorCode::VaultDamaged));
}

#[cfg(unix)]
#[test]
fn a_key_file_that_cannot_be_opened_now_costs_no_keys() {
    use std::os::unix::fs::PermissionsExt;

    let bench = Bench::new();
    bench.begin(1, 11);
    let mut entries = std::fs::read_dir(bench.folder.path().join("vault")).unwrap().map(|entry| entry.unwrap().path());
    let file = entries.find(|path| path.file_name().unwrap().to_string_lossy().starts_with("user-")).unwrap();
    let mode = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(0o644);
    assert_eq!(bench.take_up(1, WORDS).err().map(|error| error.code), Some(ErrorCode::DiskFault));
    assert!(give_up(&bench.vault, |_| true).is_err(), "what cannot be zeroed is not removed");
    assert_eq!(bench.users().len(), 1);
    mode(0o600);
    give_up(&bench.vault, |_| true).unwrap();
    assert!(bench.users().is_empty() && !file.exists());
}
