//! Whatever is changed on the way, the envelope does not open.

mod support;

use protocol::envelope::Envelope;
use protocol::to_cbor;
use sealing::{OpenError, TeamSecretKey, open};
use support::{body, fields, read, sealed, try_seal};

/// Flips bits `of` the bytes `range` one at a time and expects a refusal each time.
fn every_flip_is_refused(bytes: &[u8], team: &TeamSecretKey, range: std::ops::Range<usize>, bits: &[u8]) {
    for at in range {
        for bit in bits {
            let mut altered = bytes.to_vec();
            altered[at] ^= 1 << bit;
            assert!(read(&altered, team).is_err(), "accepted with bit {bit} of byte {at} flipped");
        }
    }
}

fn one_flip_in_every_byte_is_refused(bytes: &[u8], team: &TeamSecretKey, range: std::ops::Range<usize>) {
    for at in range {
        let bit = u8::try_from(at % 8).expect("below 8");
        every_flip_is_refused(bytes, team, at..at + 1, &[bit]);
    }
}

/// Where a part lies inside the encoded envelope.
fn place(bytes: &[u8], part: &[u8]) -> std::ops::Range<usize> {
    let at = bytes.windows(part.len()).position(|window| window == part).expect("part lies in the envelope");
    at..at + part.len()
}

const ALL_BITS: [u8; 8] = [0, 1, 2, 3, 4, 5, 6, 7];

#[test]
fn every_bit_of_header_sealed_key_and_commitment_counts() {
    let (team, public) = TeamSecretKey::make();
    let bytes = sealed(&public).bytes;
    let envelope = Envelope::decode(&bytes).expect("envelope");
    let header = place(&bytes, envelope.header_bytes());
    every_flip_is_refused(&bytes, &team, 0..header.end, &ALL_BITS);
    every_flip_is_refused(&bytes, &team, place(&bytes, &envelope.sealed_key), &ALL_BITS);
    every_flip_is_refused(&bytes, &team, place(&bytes, &envelope.commitment.0), &ALL_BITS);
}

#[test]
fn every_byte_of_the_encapsulated_key_counts() {
    let (team, public) = TeamSecretKey::make();
    let bytes = sealed(&public).bytes;
    let envelope = Envelope::decode(&bytes).expect("envelope");
    one_flip_in_every_byte_is_refused(&bytes, &team, place(&bytes, &envelope.encapsulated));
}

#[test]
fn every_byte_of_the_body_and_of_all_that_frames_the_parts_counts() {
    let (team, public) = TeamSecretKey::make();
    let bytes = sealed(&public).bytes;
    let envelope = Envelope::decode(&bytes).expect("envelope");
    let encapsulated = place(&bytes, &envelope.encapsulated);
    one_flip_in_every_byte_is_refused(&bytes, &team, 0..encapsulated.start);
    one_flip_in_every_byte_is_refused(&bytes, &team, encapsulated.end..bytes.len());
}

#[test]
fn a_cut_or_lengthened_envelope_is_none() {
    let (team, public) = TeamSecretKey::make();
    let bytes = sealed(&public).bytes;
    for end in 0..bytes.len() {
        assert_eq!(open(&bytes[..end], &team).expect_err("opened"), OpenError::NotAnEnvelope);
    }
    assert_eq!(open(&[&bytes[..], &[0]].concat(), &team).expect_err("opened"), OpenError::NotAnEnvelope);
    assert_eq!(open(&vec![0; 1_000_000], &team).expect_err("opened"), OpenError::NotAnEnvelope);
}

/// Puts an envelope together again, with the parts as an attacker likes.
fn with_header(envelope: &Envelope, change: impl FnOnce(&mut protocol::envelope::EnvelopeHeader)) -> Vec<u8> {
    let mut header = envelope.header().expect("header");
    change(&mut header);
    let (encapsulated, sealed_key, body) = (envelope.encapsulated.to_vec(), envelope.sealed_key.to_vec(), envelope.body.to_vec());
    Envelope::assemble(&header, encapsulated, sealed_key, envelope.commitment, body).encode()
}

#[test]
fn another_version_or_suite_is_refused_as_such_and_not_tried() {
    let (team, public) = TeamSecretKey::make();
    let envelope = Envelope::decode(&sealed(&public).bytes).expect("envelope");
    for version in [0, 2, 255] {
        let bytes = with_header(&envelope, |header| header.version = version);
        assert_eq!(open(&bytes, &team).expect_err("opened"), OpenError::UnknownFormat);
    }
    for suite in [0, 2, u16::MAX] {
        let bytes = with_header(&envelope, |header| header.suite = suite);
        assert_eq!(open(&bytes, &team).expect_err("opened"), OpenError::UnknownFormat);
    }
}

#[test]
fn parts_of_wrong_length_are_refused_before_decryption() {
    let (team, public) = TeamSecretKey::make();
    let envelope = Envelope::decode(&sealed(&public).bytes).expect("envelope");
    let changes: [fn(&mut Envelope); 6] = [
        |e| e.encapsulated = e.encapsulated[1..].to_vec().into(),
        |e| e.encapsulated = [&e.encapsulated[..], &[0]].concat().into(),
        |e| e.sealed_key = e.sealed_key[1..].to_vec().into(),
        |e| e.sealed_key = Vec::new().into(),
        |e| e.body = e.body[1..].to_vec().into(),
        |e| e.body = [&e.body[..], &[0; 16]].concat().into(),
    ];
    for change in changes {
        let mut altered = envelope.clone();
        change(&mut altered);
        assert_eq!(open(&altered.encode(), &team).expect_err("opened"), OpenError::NotAnEnvelope);
    }
}

#[test]
fn a_body_cannot_be_moved_under_another_header() {
    let (team, public) = TeamSecretKey::make();
    let mine = Envelope::decode(&sealed(&public).bytes).expect("envelope");
    let mut other_fields = fields();
    other_fields.record = protocol::RecordId([0x33; 16]);
    let other = Envelope::decode(&try_seal(&other_fields, &body(), &public).expect("sealed").bytes).expect("envelope");

    let relabelled = with_header(&mine, |header| header.record = other_fields.record);
    assert_eq!(open(&relabelled, &team).expect_err("opened"), OpenError::WrongKey);

    let mut body_only = other.clone();
    body_only.body = mine.body.clone();
    assert_eq!(open(&body_only.encode(), &team).expect_err("opened"), OpenError::Damaged);

    let mut body_and_commitment = body_only;
    body_and_commitment.commitment = mine.commitment;
    assert_eq!(open(&body_and_commitment.encode(), &team).expect_err("opened"), OpenError::Damaged);

    assert_ne!(to_cbor(&mine), to_cbor(&other));
}

#[test]
fn a_clerk_cannot_put_an_opened_key_under_another_body() {
    // Same record, same team, same author: only the content key differs.
    let (team, public) = TeamSecretKey::make();
    let first = Envelope::decode(&sealed(&public).bytes).expect("envelope");
    let second = Envelope::decode(&sealed(&public).bytes).expect("envelope");
    let mut mixed = first;
    mixed.encapsulated = second.encapsulated;
    mixed.sealed_key = second.sealed_key;
    assert_eq!(open(&mixed.encode(), &team).expect_err("opened"), OpenError::WrongKey, "token hash makes the headers differ");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..4200)) {
        proptest::prop_assert!(open(&bytes, &TeamSecretKey::from_seed([1; 32])).is_err());
    }

    #[test]
    fn no_well_formed_garbage_panics(
        encapsulated in proptest::collection::vec(proptest::num::u8::ANY, 1665),
        sealed_key in proptest::collection::vec(proptest::num::u8::ANY, 48),
        body in proptest::collection::vec(proptest::num::u8::ANY, 2064),
    ) {
        let header = Envelope::decode(&sealed(&TeamSecretKey::from_seed([1; 32]).public_key()).bytes).expect("envelope").header().expect("header");
        let bytes = Envelope::assemble(&header, encapsulated, sealed_key, protocol::Digest([0; 32]), body).encode();
        proptest::prop_assert_eq!(open(&bytes, &TeamSecretKey::from_seed([1; 32])).expect_err("opened"), OpenError::WrongKey);
    }
}
