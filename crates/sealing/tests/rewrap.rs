//! A form whose lock is changed is the same form: for the new key, for nobody else, and with two names under it.

#[path = "support/clerk.rs"]
mod clerk;
mod support;
#[path = "support/vector.rs"]
mod vector;

use clerk::sign_as_clerk;
use protocol::envelope::Envelope;
use protocol::{PublicKey, TeamId, UnixTime, from_cbor, to_cbor};
use sealing::{OpenError, OpenedForm, RewrapError, RewrapTo, Rewrapped, TeamSecretKey, open, rewrap};
use serde_json::Value;
use support::{AUTHOR, CLERK, author_key, clerk_key, fields, read, sealed};

const OTHER_TEAM: TeamId = TeamId([9; 16]);

fn try_rewrap(bytes: &[u8], old: &TeamSecretKey, team: TeamId, epoch: u32, public: &[u8]) -> Result<Rewrapped, RewrapError> {
    let to = RewrapTo { team, team_key_epoch: epoch, public, by: CLERK, by_key: &clerk_key(), at: UnixTime(1_800_000_000) };
    rewrap(bytes, old, &to, sign_as_clerk)
}

struct Rig {
    old: TeamSecretKey,
    new: TeamSecretKey,
    before: Vec<u8>,
    after: Rewrapped,
}

fn rig() -> Rig {
    let ((old, old_public), (new, new_public)) = (TeamSecretKey::make(), TeamSecretKey::make());
    let before = sealed(&old_public).bytes;
    let after = try_rewrap(&before, &old, fields().team, 5, &new_public).expect("sealed anew");
    Rig { old, new, before, after }
}

fn same_form(first: &OpenedForm, second: &OpenedForm) -> bool {
    (&first.header, &first.body, first.token) == (&second.header, &second.body, second.token)
}

#[test]
fn the_new_key_opens_the_same_form_and_the_old_one_no_more() {
    let Rig { old, new, before, after } = rig();
    let (first, second) = (read(&before, &old).expect("before"), read(&after.bytes, &new).expect("after"));
    assert!(same_form(&first, &second), "the form is another one");
    assert_eq!((second.team, second.team_key_epoch), (fields().team, 5));
    assert_eq!((first.team, first.team_key_epoch), (fields().team, fields().team_key_epoch));
    assert_eq!((after.token, after.digest), (first.token, second.digest));
    assert_eq!(read(&after.bytes, &old).expect_err("opened with the old key"), OpenError::WrongKey);
    assert_eq!(Envelope::decode(&after.bytes).unwrap().key().unwrap(), (fields().team, 5));
}

#[test]
fn nothing_of_the_old_lock_is_left_in_it() {
    let Rig { before, after, .. } = rig();
    let (before, after) = (Envelope::decode(&before).unwrap(), after.bytes);
    let contains = |part: &[u8]| after.windows(part.len()).any(|window| window == part);
    assert!(!contains(&before.encapsulated[..32]) && !contains(&before.sealed_key[..]), "the old key would still open it");
    assert!(contains(&before.body[..]) && contains(before.header_bytes()), "the form itself is as it was");
}

#[test]
fn it_can_be_done_again_and_goes_to_another_team() {
    let Rig { new, after, .. } = rig();
    let (third, third_public) = TeamSecretKey::make();
    let moved = try_rewrap(&after.bytes, &new, OTHER_TEAM, 1, &third_public).expect("sealed anew once more");
    let opened = read(&moved.bytes, &third).expect("opened");
    assert_eq!((opened.team, opened.team_key_epoch, opened.header.team), (OTHER_TEAM, 1, fields().team));
    assert_eq!(moved.bytes.len(), after.bytes.len(), "one word about it, not two");
}

#[test]
fn every_bit_of_what_was_added_counts() {
    let Rig { new, after, .. } = rig();
    let mut envelope = Envelope::decode(&after.bytes).expect("envelope");
    let part = to_cbor(envelope.rewrap.as_ref().expect("sealed anew"));
    let at = after.bytes.windows(part.len()).position(|window| window == part).expect("it lies in the envelope");
    for place in at..after.bytes.len() {
        for bit in 0..8 {
            let mut altered = after.bytes.clone();
            altered[place] ^= 1 << bit;
            assert!(read(&altered, &new).is_err(), "accepted with bit {bit} of byte {place} flipped");
        }
    }
    envelope.rewrap = None;
    assert_eq!(read(&envelope.encode(), &new).expect_err("opened without the word"), OpenError::WrongKey);
}

#[test]
fn a_clerk_whom_nobody_knows_cannot_have_done_it() {
    let Rig { new, after, .. } = rig();
    let opened = || open(&after.bytes, &new).expect("opened");
    let author = |member| (member == AUTHOR).then(author_key);
    assert_eq!(opened().verify_and_unwrap(author, |_| None).expect_err("given out"), OpenError::RewrapSignature);
    assert_eq!(opened().verify_and_unwrap(author, |_| Some(author_key())).expect_err("given out"), OpenError::RewrapSignature);
}

#[test]
fn what_does_not_open_is_not_sealed_anew() {
    let Rig { old, new, before, after } = rig();
    let public = new.public_key();
    let refused = |bytes: &[u8], key| try_rewrap(bytes, key, OTHER_TEAM, 1, &public).expect_err("sealed anew");
    assert_eq!(refused(&before, &new), RewrapError::Open(OpenError::WrongKey));
    assert_eq!(refused(&after.bytes, &old), RewrapError::Open(OpenError::WrongKey));
    let mut damaged = Envelope::decode(&before).unwrap();
    damaged.body[7] ^= 1;
    assert_eq!(refused(&damaged.encode(), &old), RewrapError::Open(OpenError::Damaged));
    assert_eq!(try_rewrap(&before, &old, OTHER_TEAM, 1, b"no key").expect_err("sealed to nothing"), RewrapError::TeamKey);
    let to = RewrapTo { team: OTHER_TEAM, team_key_epoch: 1, public: &public, by: CLERK, by_key: &author_key(), at: UnixTime(1) };
    assert_eq!(rewrap(&before, &old, &to, sign_as_clerk).expect_err("signed by another"), RewrapError::Signature);
}

const VECTORS: &str = include_str!("vectors/rewrap-v1.json");

#[test]
fn a_frozen_envelope_that_was_sealed_anew_still_says_the_same() {
    let all: Value = serde_json::from_str(VECTORS).expect("vectors are JSON");
    let frozen = &all["rewrapped"][0];
    let bytes = |field: &str| hex::decode(frozen[field].as_str().expect("text")).expect("hexadecimal");
    let key = |field: &str| PublicKey(bytes(field).try_into().expect("length"));
    let seed: [u8; 32] = bytes("team_seed").try_into().expect("length");
    let form = open(&bytes("envelope"), &TeamSecretKey::from_seed(seed)).expect("opened");
    let opened = form.verify_and_unwrap(|_| Some(key("author_key")), |_| Some(key("clerk_key"))).expect("verified");
    let now = vector::describe("sealed anew", &seed, &key("author_key"), &bytes("envelope"), &opened);
    assert!(now["expect"] == frozen["expect"], "reads differently now");
    let envelope = Envelope::decode(&bytes("envelope")).unwrap();
    let rewrap: protocol::envelope::Rewrap = from_cbor(&envelope.rewrap.unwrap().body, 128).unwrap();
    assert_eq!((rewrap.team, rewrap.team_key_epoch, rewrap.by), (TeamId([2; 16]), 5, CLERK));
}
