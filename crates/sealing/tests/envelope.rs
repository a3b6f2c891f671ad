//! What goes into an envelope comes out of it, for the team and nobody else, and nothing outside tells the answers.

mod support;

use protocol::envelope::Envelope;
use protocol::limits::MAX_ENVELOPE_BYTES;
use protocol::log::SignedCheckpoint;
use protocol::{Digest, PublicKey, RecordId, SignatureBytes};
use sealing::{HeaderFields, OpenError, Purpose, ReopenMismatch, SealError, TeamSecretKey, open, seal};
use support::{AUTHOR, author_key, body, fields, read, sealed, sign, try_seal};

#[test]
fn a_form_comes_out_as_it_went_in() {
    let (team, public) = TeamSecretKey::make();
    let mut body = body();
    body.checkpoint = Some(SignedCheckpoint { body: vec![1; 70].into(), signature: SignatureBytes([2; 64]) });
    let fields = HeaderFields { supersedes: Some(RecordId([8; 16])), ..fields() };

    let sealed = try_seal(&fields, &body, &public).expect("sealed");
    let opened = read(&sealed.bytes, &team).expect("opened");

    assert!(opened.body == body, "the body differs");
    assert_eq!(opened.digest, sealed.digest);
    assert_eq!(opened.header.record, fields.record);
    assert_eq!(opened.header.supersedes, fields.supersedes);
    assert_eq!(Envelope::decode(&sealed.bytes).expect("envelope").header().expect("header"), opened.header);
}

#[test]
fn a_number_follows_its_form() {
    let (team, public) = TeamSecretKey::make();
    let mut number = body();
    number.purpose = Purpose::Number;
    number.form.clear();
    let fields = HeaderFields { follows: Some(RecordId([7; 16])), ..fields() };
    let opened = read(&try_seal(&fields, &number, &public).expect("sealed").bytes, &team).expect("opened");
    assert!(opened.body == number);
    assert_eq!(opened.header.follows, Some(RecordId([7; 16])));
}

#[test]
fn the_token_of_every_envelope_is_new_and_its_hash_stands_in_the_header() {
    let (team, public) = TeamSecretKey::make();
    let first = read(&sealed(&public).bytes, &team).expect("opened");
    let second = read(&sealed(&public).bytes, &team).expect("opened");
    assert_ne!(first.token.0, second.token.0);
    assert_ne!(first.header.token_hash, second.header.token_hash);
}

#[test]
fn another_team_cannot_open_it() {
    let (_, public) = TeamSecretKey::make();
    let (other, _) = TeamSecretKey::make();
    assert_eq!(open(&sealed(&public).bytes, &other).expect_err("opened"), OpenError::WrongKey);
}

#[test]
fn every_form_has_the_same_size() {
    let (_, public) = TeamSecretKey::make();
    let size = sealed(&public).bytes.len();
    assert!(size < MAX_ENVELOPE_BYTES);
    for form in [1, 2, 23, 24, 255, 256, 900] {
        for number in ["1", "123A456789", "a customer number far longer than any that is in use"] {
            for unit in [None, Some("12345BG0123456".to_owned())] {
                let mut body = body();
                body.form = vec![0xff; form];
                body.customer_number = Some(number.to_owned());
                body.unit_number = unit;
                assert_eq!(try_seal(&fields(), &body, &public).expect("sealed").bytes.len(), size);
            }
        }
    }
}

#[test]
fn a_form_that_does_not_fit_is_an_error_and_not_a_bigger_envelope() {
    let (team, public) = TeamSecretKey::make();
    let seal_of = |length| {
        let mut body = body();
        body.form = vec![1; length];
        try_seal(&fields(), &body, &public)
    };
    let longest = (1..2048).rev().find(|length| seal_of(*length).is_ok()).expect("something fits");
    assert!(longest > 1500, "a form has room: {longest}");
    assert_eq!(read(&seal_of(longest).expect("fits").bytes, &team).expect("opened").body.form.len(), longest);
    assert_eq!(seal_of(longest + 1).expect_err("sealed"), SealError::TooLong);
    assert_eq!(seal_of(1_000_000).expect_err("sealed"), SealError::TooLong);
}

#[test]
fn what_no_opener_would_accept_is_not_sealed() {
    let (_, public) = TeamSecretKey::make();
    let mut numberless = body();
    numberless.customer_number = None;
    assert_eq!(try_seal(&fields(), &numberless, &public).expect_err("sealed"), SealError::Contradiction);
    assert!(try_seal(&HeaderFields { awaits_number: true, ..fields() }, &numberless, &public).is_ok());

    let unsigned = seal(&fields(), &body(), &author_key(), |_| SignatureBytes([0; 64]), &public);
    assert_eq!(unsigned.expect_err("sealed"), SealError::AuthorSignature);
    let by_another = seal(&fields(), &body(), &PublicKey([3; 32]), sign, &public);
    assert_eq!(by_another.expect_err("sealed"), SealError::AuthorSignature);
}

#[test]
fn a_team_key_that_is_none_is_an_error() {
    let (_, public) = TeamSecretKey::make();
    let mut off_the_curve = public.clone();
    *off_the_curve.last_mut().expect("bytes") ^= 1;
    for key in [&[][..], &public[1..], &[0; 1665], &[0xff; 1665], &off_the_curve] {
        assert_eq!(try_seal(&fields(), &body(), key).expect_err("sealed"), SealError::TeamKey);
    }
}

#[test]
fn the_author_is_verified_before_anything_is_shown() {
    let (team, public) = TeamSecretKey::make();
    let sealed = sealed(&public);
    let opened = || open(&sealed.bytes, &team).expect("opened");
    assert_eq!(opened().author(), AUTHOR);
    assert_eq!(format!("{:?}", opened()), "UnverifiedForm(…)");
    assert_eq!(opened().verify_and_unwrap(|_| None, |_| None).expect_err("shown"), OpenError::UnknownAuthor { author: AUTHOR });
    let other_key = PublicKey(ed25519_dalek::SigningKey::from_bytes(&[0x12; 32]).verifying_key().to_bytes());
    for key in [other_key, PublicKey([0; 32]), PublicKey([0xff; 32])] {
        assert_eq!(opened().verify_and_unwrap(|_| Some(key), |_| None).expect_err("shown"), OpenError::AuthorSignature { author: AUTHOR });
    }
}

#[test]
fn what_was_written_is_checked_against_what_was_sealed() {
    let (_, public) = TeamSecretKey::make();
    let good = sealed(&public);
    assert_eq!(Digest::from_slice(good.digest.as_bytes()), Some(good.digest));
    assert_eq!(good.check.verify(&good.bytes), Ok(()));

    let length = good.bytes.len();
    for at in (0..length).step_by(97).chain([0, 1, length - 1]) {
        let sealed = sealed(&public);
        let mut torn = sealed.bytes.clone();
        torn[at] ^= 0x40;
        assert_eq!(sealed.check.verify(&torn), Err(ReopenMismatch), "byte {at}");
    }
    let first = sealed(&public);
    let second = sealed(&public);
    assert_eq!(first.check.verify(&second.bytes), Err(ReopenMismatch), "another record's envelope");
    assert_eq!(second.check.verify(&first.bytes[..100]), Err(ReopenMismatch), "torn write");
}

#[test]
fn nothing_about_a_form_is_shown_by_debug_or_errors() {
    let (team, public) = TeamSecretKey::make();
    let sealed = sealed(&public);
    let opened = read(&sealed.bytes, &team).expect("opened");
    assert_eq!(format!("{:?}", opened.body), "FormBody(…)");
    assert_eq!(format!("{opened:?}"), format!("OpenedForm(record {}, …)", opened.header.record));
    assert_eq!(format!("{:?}", sealed.check), "ReopenCheck(…)");
}
