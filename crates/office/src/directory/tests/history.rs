//! Old directories, two faces, and what must not be taken back.

use protocol::directory::{EndpointKeys, EpochState, SignedDirectory, Standing};
use protocol::{Digest, UnixTime};

use crate::directory::{DirectoryError, Previous, VerifiedDirectory, verify};
use crate::example::{ADMIN, Office, SECOND_ADMIN, TEAM, endpoint};

fn after(signed: &SignedDirectory, office: &Office, previous: &VerifiedDirectory) -> Result<VerifiedDirectory, DirectoryError> {
    verify(signed, &office.pin, Previous::Directory(previous))
}

#[test]
fn an_old_directory_is_refused_and_the_same_one_again_is_not() {
    let office = Office::new();
    let (first, second) = (office.first(), office.second());
    let outdated = DirectoryError::Outdated { known: 2, shown: 1 };
    assert_eq!(after(first.signed(), &office, &second).unwrap_err(), outdated);
    assert_eq!(verify(first.signed(), &office.pin, Previous::Seen(second.seen())).unwrap_err(), outdated);
    assert!(after(second.signed(), &office, &second).is_ok());
    assert!(verify(second.signed(), &office.pin, Previous::Seen(second.seen())).is_ok());
}

#[test]
fn two_directories_with_one_number_are_noticed() {
    let office = Office::new();
    let first = office.first();
    let one = office.next(&first, |edit| edit.with_name("Jobcenter Musterstadt"));
    let other = office.next(&first, |edit| edit.with_name("Jobcenter Neustadt"));
    assert_eq!(after(other.signed(), &office, &one).unwrap_err(), DirectoryError::Forked { number: 2 });
    let third = office.next(&other, |edit| edit);
    assert_eq!(after(third.signed(), &office, &one).unwrap_err(), DirectoryError::BrokenChain { number: 3 });
    let seen = Previous::Seen(one.seen());
    assert_eq!(verify(third.signed(), &office.pin, seen).unwrap_err(), DirectoryError::BrokenChain { number: 3 });
}

#[test]
fn versions_may_be_missed() {
    let office = Office::new();
    let second = office.second();
    let fourth = office.next(&office.next(&second, |edit| edit), |edit| edit);
    assert_eq!(after(fourth.signed(), &office, &second).unwrap().number(), 4);
}

#[test]
fn a_revocation_does_not_disappear() {
    let office = Office::new();
    let revocation = office.root.revoke(office.pin.office, 2, UnixTime(9));
    let revoked = office.next(&office.with_second_admin(), |edit| edit.with_revocation(revocation).unwrap());
    let reinstated = office.forge(&revoked.edit(UnixTime(10)), |directory| directory.revocations.clear());
    assert_eq!(after(&reinstated, &office, &revoked).unwrap_err(), DirectoryError::RevocationGone { serial: 2 });
}

#[test]
fn whom_a_colleague_sent_away_does_not_reinstate_himself() {
    let office = Office::new();
    let current = office.with_second_admin();
    let without = office.next_by(&current, SECOND_ADMIN, |edit| edit.with_member_standing(ADMIN, Standing::Revoked).unwrap());
    let edit = without.edit(UnixTime(9)).with_member_standing(ADMIN, Standing::Active).unwrap();
    let by_himself = office.forge(&edit, |_| {});
    assert_eq!(after(&by_himself, &office, &without).unwrap_err(), DirectoryError::SignerRevoked);
    let by_the_colleague = office.next_by(&without, SECOND_ADMIN, |edit| edit.with_member_standing(ADMIN, Standing::Active).unwrap());
    let later = office.next(&by_the_colleague, |edit| edit);
    assert!(after(later.signed(), &office, &without).is_ok(), "reinstated by a colleague in a version that was missed");
}

/// Not even an administrator exchanges the key of an epoch that counsellors and clerks know.
#[test]
fn a_published_team_key_stays_what_it_is() {
    let office = Office::new();
    let second = office.second();
    let changed = DirectoryError::TeamKeyChanged { team: TEAM, epoch: 1 };
    let keys = |change: fn(&mut Vec<protocol::directory::TeamKeyEpoch>)| {
        office.forge(&second.edit(UnixTime(3)), |directory| change(&mut directory.teams.iter_mut().find(|team| team.team == TEAM).unwrap().keys))
    };
    assert_eq!(after(&keys(|keys| keys[0].public_key[0] ^= 1), &office, &second).unwrap_err(), changed);
    assert_eq!(after(&keys(|keys| keys[0].made_by = ADMIN), &office, &second).unwrap_err(), changed);
    assert_eq!(after(&keys(Vec::clear), &office, &second).unwrap_err(), changed);

    let destroyed = office.next(&second, |edit| edit.with_epoch_state(TEAM, 1, EpochState::Destroyed).unwrap());
    let revived = office.forge(&destroyed.edit(UnixTime(4)), |directory| {
        directory.teams.iter_mut().find(|team| team.team == TEAM).unwrap().keys[0].state = EpochState::Closed;
    });
    assert_eq!(after(&revived, &office, &destroyed).unwrap_err(), changed);
}

#[test]
fn an_earlier_life_of_the_endpoint_does_not_come_back() {
    let office = Office::new();
    let restored = office.next(&office.second(), |edit| edit.with_endpoint(EndpointKeys { generation: 2, ..endpoint() }));
    let back = office.forge(&restored.edit(UnixTime(4)), |directory| directory.endpoint.generation = 1);
    assert_eq!(after(&back, &office, &restored).unwrap_err(), DirectoryError::GenerationFell);
}

#[test]
fn what_is_remembered_round_trips() {
    let seen = Office::new().second().seen();
    assert_eq!(protocol::from_cbor(&protocol::to_cbor(&seen), 64), Ok(seen));
    assert_ne!(seen.digest, Digest([0; 32]));
    let pin = Office::new().pin;
    assert_eq!(protocol::from_cbor(&protocol::to_cbor(&pin), 64), Ok(pin));
}
