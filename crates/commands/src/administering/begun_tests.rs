use std::sync::Arc;

use clock::SystemClock;
use vault::{KdfCost, VaultOptions};

use super::*;

/// A vault in a folder of its own, with the cheapest cost that it accepts.
struct Bench {
    vault: Vault,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = VaultOptions { kdf: Some(KdfCost::new(64 * 1024, 1, 1).unwrap()) };
        let vault = Vault::open_or_create(&folder.path().join("vault"), &options, Arc::new(SystemClock)).unwrap();
        Self { vault, _folder: folder }
    }

    fn begin(&self, ticket: u8, passphrase: &str) -> Result<Begun, CommandError> {
        begin(&self.vault, &newcomer(ticket, passphrase))
    }
}

fn newcomer(ticket: u8, passphrase: &str) -> Newcomer {
    Newcomer {
        office: OfficeId([1; 16]),
        ticket: TicketId([ticket; 16]),
        name: "Nina Neu".to_owned(),
        passphrase: Passphrase::new(passphrase.to_owned()),
        device: DeviceId([2; 16]),
        device_key: PublicKey([3; 32]),
    }
}

#[test]
fn the_same_ticket_goes_on_with_the_same_keys_under_the_same_passphrase() {
    let bench = Bench::new();
    let first = bench.begin(1, "vier worte genügen").unwrap().item.enrolment.clone();
    let again = bench.begin(1, "vier worte genügen").unwrap();
    assert_eq!(to_cbor(&again.item.enrolment), to_cbor(&first));
    assert_eq!(SigningSecret::from_seed(again.item.seed).public_key(), first.member_key);
    assert_eq!(bench.begin(1, "fünf andere worte hier").err().map(|error| error.code), Some(ErrorCode::EnrolmentBegun));
    assert_eq!(bench.begin(1, "vier worte genügen").unwrap().item.enrolment, first, "a wrong passphrase loses nothing");
}

#[test]
fn another_ticket_begins_anew_and_leaves_nothing_of_the_one_before() {
    let bench = Bench::new();
    let first = bench.begin(1, "vier worte genügen").unwrap();
    let second = bench.begin(2, "fünf andere worte hier").unwrap();
    assert_ne!(second.item.enrolment.member_key, first.item.enrolment.member_key);
    let users: Vec<UserId> = bench.vault.users().unwrap().into_iter().map(|summary| summary.user).collect();
    assert_eq!(users, [second.session.user()]);
    give_up(&bench.vault).unwrap();
    assert!(bench.vault.users().unwrap().is_empty() && note(&bench.vault).unwrap().is_none());
}

/// What a kill may leave: the note alone, or with a user who has no keys yet. Nothing was sent.
#[test]
fn what_was_begun_by_half_begins_anew() {
    let bench = Bench::new();
    let user = UserId::make();
    let half = EnrolmentNote::new(TicketId([1; 16]), user);
    bench.vault.put_setting(Setting::Enrolment, &to_cbor(&half)).unwrap();
    let begun = bench.begin(1, "vier worte genügen").unwrap();
    assert_ne!(begun.session.user(), user);
    give_up(&bench.vault).unwrap();

    bench.vault.put_setting(Setting::Enrolment, &to_cbor(&half)).unwrap();
    drop(bench.vault.create_user_as(user, "Nina Neu", "vier worte genügen").unwrap());
    let begun = bench.begin(1, "vier worte genügen").unwrap();
    assert_ne!(begun.session.user(), user);
    assert_eq!(bench.vault.users().unwrap().len(), 1);
}
