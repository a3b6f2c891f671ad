//! The frozen vectors of envelope v1: what was sealed once must open for ever, and always say the same.

#[path = "support/vector.rs"]
mod vector;

use protocol::enrolment::KeyShare;
use protocol::{MemberId, OfficeId, PublicKey, from_cbor};
use sealing::{OpenError, OpenedForm, PrekeySecret, TeamSecretKey, open, open_share};
use serde_json::Value;

const VECTORS: &str = include_str!("vectors/envelope-v1.json");

fn vectors(kind: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(VECTORS).expect("vectors are JSON");
    all[kind].as_array().expect("a list").clone()
}

fn text<'v>(vector: &'v Value, field: &str) -> &'v str {
    vector[field].as_str().expect("text")
}

fn bytes(vector: &Value, field: &str) -> Vec<u8> {
    hex::decode(text(vector, field)).expect("hexadecimal")
}

fn array<const N: usize>(vector: &Value, field: &str) -> [u8; N] {
    bytes(vector, field).try_into().expect("length")
}

fn open_vector(vector: &Value) -> Result<OpenedForm, OpenError> {
    let team = TeamSecretKey::from_seed(array(vector, "team_seed"));
    open(&bytes(vector, "envelope"), &team)?.verify_and_unwrap(|_| Some(PublicKey(array(vector, "author_key"))), |_| None)
}

#[test]
fn every_frozen_envelope_still_says_the_same() {
    let frozen = vectors("envelopes");
    assert_eq!(frozen.len(), 8);
    for frozen in frozen {
        let name = text(&frozen, "name");
        let opened = open_vector(&frozen).unwrap_or_else(|error| panic!("{name}: {error}"));
        let key = PublicKey(array(&frozen, "author_key"));
        let now = vector::describe(name, &array(&frozen, "team_seed"), &key, &bytes(&frozen, "envelope"), &opened);
        assert!(now == frozen, "{name}: reads differently now");
    }
}

#[test]
fn every_frozen_forgery_is_still_refused_for_its_own_reason() {
    let reasons: Vec<_> = vectors("refused").iter().map(|forged| open_vector(forged).expect_err(text(forged, "name"))).collect();
    let author = MemberId([0xa1; 16]);
    assert_eq!(
        reasons,
        [
            OpenError::WrongKey,
            OpenError::UnknownFormat,
            OpenError::Damaged,
            OpenError::Damaged,
            OpenError::WrongKey,
            OpenError::NotAnEnvelope,
            OpenError::AuthorSignature { author },
        ]
    );
}

#[test]
fn every_frozen_share_still_gives_the_team_key() {
    let frozen = vectors("shares");
    assert_eq!(frozen.len(), 1);
    for frozen in frozen {
        let share: KeyShare = from_cbor(&bytes(&frozen, "share"), 4096).expect("share");
        let prekey = PrekeySecret::from_seed(array(&frozen, "prekey_seed"));
        let team = open_share(&share, OfficeId(array(&frozen, "office")), &prekey, &bytes(&frozen, "team_public")).expect("opened");
        assert!(*team.expose_seed() == array(&frozen, "team_seed"), "another team key");
    }
}

#[test]
fn a_seed_is_the_same_key_for_ever() {
    let frozen = &vectors("shares")[0];
    assert!(TeamSecretKey::from_seed(array(frozen, "team_seed")).public_key() == bytes(frozen, "team_public"));
}
