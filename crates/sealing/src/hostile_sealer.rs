//! Envelopes that this crate never makes, but an attacker who knows the team's public key (it is in the directory) can.

use aes_gcm::aes::Aes256;
use aes_gcm::aes::cipher::{BlockCipherEncrypt, KeyInit};
use ed25519_dalek::{Signer, SigningKey};
use minicbor::Encoder;
use protocol::envelope::{ENVELOPE_VERSION, Envelope, EnvelopeHeader, SUITE_MLKEM1024_P384};
use protocol::{Context, Digest, MemberId, OfficeId, PublicKey, RecordId, SignatureBytes, Tag, TeamId, Token, UnixTime, to_cbor};
use zeroize::Zeroizing;

use crate::body::{FormBody, PADDED_LEN, Purpose, TokenedBody, author_message, pad};
use crate::keys::TeamSecretKey;
use crate::open::{OpenError, OpenedForm, open};
use crate::parts::{Parts, assemble, token_hash};
use crate::primitives::{Key, Refused, decrypt_body, derive_body_key, make_random, sha256, verify};

const TOKEN: Token = Token([7; 16]);

fn header() -> EnvelopeHeader {
    EnvelopeHeader {
        version: ENVELOPE_VERSION,
        suite: SUITE_MLKEM1024_P384,
        office: OfficeId([1; 16]),
        team: TeamId([2; 16]),
        team_key_epoch: 1,
        record: RecordId([3; 16]),
        unit_members: 1,
        token_hash: token_hash(&TOKEN),
        customer_tag: Tag([4; 32]),
        unit_tag: Tag([5; 32]),
        awaits_number: false,
        supersedes: None,
        follows: None,
    }
}

fn body() -> FormBody {
    FormBody {
        purpose: Purpose::Form,
        form: vec![1, 2, 3],
        customer_number: Some("123A456789".into()),
        unit_number: None,
        author: MemberId([6; 16]),
        made_at: UnixTime(1),
        checkpoint: None,
        reply_key: None,
    }
}

fn body_with(change: impl FnOnce(&mut FormBody)) -> FormBody {
    let mut body = body();
    change(&mut body);
    body
}

fn author() -> SigningKey {
    SigningKey::from_bytes(&[9; 32])
}

fn sign(header: &EnvelopeHeader, body: &[u8]) -> SignatureBytes {
    let message = author_message(&sha256(&to_cbor(header)), body);
    SignatureBytes(author().sign(&Context::AuthorV1.frame(&message)).to_bytes())
}

/// Seals any padded bytes under any header and opens them again.
fn through_envelope(header: &EnvelopeHeader, padded: Vec<u8>) -> Result<OpenedForm, OpenError> {
    let (team, public) = TeamSecretKey::make();
    let bytes = assemble(header, Zeroizing::new(padded), &make_random(), &public).expect("sealed").encode();
    open(&bytes, &team)?.verify_and_unwrap(|_| Some(PublicKey(author().verifying_key().to_bytes())), |_| None)
}

/// The padded plaintext of any signed bytes.
fn padded(header: &EnvelopeHeader, signed: &[u8]) -> Vec<u8> {
    pad(signed, &sign(header, signed)).expect("fits").to_vec()
}

fn refused(header: &EnvelopeHeader, padded: Vec<u8>) -> OpenError {
    through_envelope(header, padded).expect_err("accepted")
}

#[test]
fn the_attack_bench_itself_makes_openable_envelopes() {
    let opened = through_envelope(&header(), padded(&header(), &TokenedBody::new(TOKEN, body()).encode())).expect("opens");
    assert!(opened.body == body() && opened.token == TOKEN);
}

#[test]
fn padding_that_is_not_zero_is_refused() {
    let good = padded(&header(), &TokenedBody::new(TOKEN, body()).encode());
    let used = 2 + usize::from(u16::from_be_bytes([good[0], good[1]]));
    for at in [used, used + 1, PADDED_LEN - 1] {
        let mut bytes = good.clone();
        bytes[at] = 1;
        assert_eq!(refused(&header(), bytes), OpenError::Damaged, "byte {at}");
    }
}

#[test]
fn a_false_length_is_refused() {
    let good = padded(&header(), &TokenedBody::new(TOKEN, body()).encode());
    let used = u16::from_be_bytes([good[0], good[1]]);
    for length in [0, used - 1, used + 1, 2046, 2047, u16::MAX] {
        let mut bytes = good.clone();
        bytes[..2].copy_from_slice(&length.to_be_bytes());
        assert_eq!(refused(&header(), bytes), OpenError::Damaged, "length {length} instead of {used}");
    }
    assert_eq!(refused(&header(), good[..PADDED_LEN - 1].to_vec()), OpenError::NotAnEnvelope);
    assert_eq!(refused(&header(), [good, vec![0]].concat()), OpenError::NotAnEnvelope);
}

#[test]
fn another_token_than_the_header_promises_is_refused() {
    let signed = TokenedBody::new(Token([8; 16]), body()).encode();
    assert_eq!(refused(&header(), padded(&header(), &signed)), OpenError::TokenMismatch);
}

#[test]
fn an_unknown_body_version_or_encoding_is_refused() {
    let good = TokenedBody::new(TOKEN, body()).encode().to_vec();
    assert_eq!(good[..2], [0x83, 1], "array of three, version 1");
    let newer = [&[0x83, 2], &good[2..]].concat();
    assert_eq!(refused(&header(), padded(&header(), &newer)), OpenError::Damaged);
    let longer = [&[0x83, 0x18, 1], &good[2..]].concat();
    assert_eq!(refused(&header(), padded(&header(), &longer)), OpenError::Damaged);
    let mut unknown_purpose = good.clone();
    assert_eq!(unknown_purpose[19..21], [0x86, 1], "array of six (the absent checkpoint ends it), purpose 1");
    unknown_purpose[20] = 4;
    assert_eq!(refused(&header(), padded(&header(), &unknown_purpose)), OpenError::Damaged);
}

#[test]
fn body_and_header_that_contradict_each_other_are_refused() {
    let record = header().record;
    let number = body_with(|body| {
        body.purpose = Purpose::Number;
        body.form.clear();
    });
    let cases = [
        ("form without a number that awaits none", header(), body_with(|body| body.customer_number = None)),
        ("empty form", header(), body_with(|body| body.form.clear())),
        ("number that follows nothing", header(), number.clone()),
        ("number that awaits a number", EnvelopeHeader { follows: Some(RecordId([9; 16])), awaits_number: true, ..header() }, number),
        ("form that follows", EnvelopeHeader { follows: Some(RecordId([9; 16])), ..header() }, body()),
        ("form that replaces itself", EnvelopeHeader { supersedes: Some(record), ..header() }, body()),
        ("unit of nobody", EnvelopeHeader { unit_members: 0, ..header() }, body()),
    ];
    for (what, header, body) in cases {
        let signed = TokenedBody::new(TOKEN, body).encode();
        assert_eq!(refused(&header, padded(&header, &signed)), OpenError::Contradiction, "{what}");
    }
}

#[test]
fn a_signature_made_for_another_purpose_or_by_another_key_is_refused() {
    let signed = TokenedBody::new(TOKEN, body()).encode();
    let message = author_message(&sha256(&to_cbor(&header())), &signed);
    let unframed = author().sign(&message);
    let other_purpose = author().sign(&Context::EnteredV1.frame(&message));
    let other_key = SigningKey::from_bytes(&[10; 32]).sign(&Context::AuthorV1.frame(&message));
    for signature in [unframed, other_purpose, other_key] {
        let padded = pad(&signed, &SignatureBytes(signature.to_bytes())).expect("fits");
        assert_eq!(refused(&header(), padded.to_vec()), OpenError::AuthorSignature { author: MemberId([6; 16]) });
    }
}

#[test]
fn a_body_signed_under_another_header_is_refused() {
    let mut other = header();
    other.record = RecordId([30; 16]);
    let signed = TokenedBody::new(TOKEN, body()).encode();
    assert_eq!(refused(&other, padded(&header(), &signed)), OpenError::AuthorSignature { author: MemberId([6; 16]) });
}

/// Under a key of small order one signature fits every message: an author with such a key in the directory could deny everything.
#[test]
fn a_key_under_which_every_signature_fits_is_refused() {
    let mut identity_point = [0; 32];
    identity_point[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    for message in [&b"a form"[..], b"another form"] {
        let fits = verify(&PublicKey(identity_point), Context::AuthorV1, message, &SignatureBytes(signature));
        assert_eq!(fits, Err(Refused));
    }
}

#[test]
fn a_signature_for_another_body_is_refused() {
    let mine = TokenedBody::new(TOKEN, body()).encode();
    let other = TokenedBody::new(TOKEN, body_with(|body| body.form = vec![3, 2, 1])).encode();
    let padded = pad(&mine, &sign(&header(), &other)).expect("fits");
    assert_eq!(refused(&header(), padded.to_vec()), OpenError::AuthorSignature { author: MemberId([6; 16]) });
}

#[test]
fn a_further_field_beside_the_signature_is_refused() {
    let signed = TokenedBody::new(TOKEN, body()).encode();
    let mut content = Vec::new();
    let mut encoder = Encoder::new(&mut content);
    encoder.array(3).and_then(|e| e.bytes(&signed)).and_then(|e| e.encode(sign(&header(), &signed))).and_then(Encoder::null).expect("written");
    let mut bytes = vec![0; PADDED_LEN];
    bytes[..2].copy_from_slice(&u16::try_from(content.len()).expect("short").to_be_bytes());
    bytes[2..2 + content.len()].copy_from_slice(&content);
    assert_eq!(refused(&header(), bytes), OpenError::Damaged);
}

/// AES-GCM lets an attacker make one ciphertext that decrypts under two keys. With two team keys, two clerks would read different forms under one
/// receipt. The commitment forbids it.
#[test]
fn a_body_that_decrypts_under_two_keys_opens_under_one_only() {
    let (first, second): (Key, Key) = (make_random(), make_random());
    let (team, public) = TeamSecretKey::make();
    let mut envelope = assemble(&header(), Zeroizing::new(vec![0; PADDED_LEN]), &first, &public).expect("sealed");
    let aad = Context::EnvelopeV1.frame(&sha256(&to_cbor(&header())).0);
    envelope.body = ciphertext_for_two(&derive_body_key(&first).0, &derive_body_key(&second).0, &aad).into();

    for key in [&first, &second] {
        assert!(decrypt_body(&derive_body_key(key).0, &aad, &envelope.body).is_ok(), "the attack on AES-GCM alone works");
    }
    let parts = Parts::take(&envelope.encode()).expect("well formed");
    assert!(parts.decrypt(&first).is_ok());
    assert!(parts.decrypt(&second).is_err(), "the commitment refuses the second key");

    let (other_team, other_public) = TeamSecretKey::make();
    let for_second = assemble(&header(), Zeroizing::new(vec![0; PADDED_LEN]), &second, &other_public).expect("sealed");
    let both = with_key_of(&envelope, for_second);
    assert_eq!(open(&both.encode(), &other_team).expect_err("opened"), OpenError::Damaged);
    assert_eq!(open(&envelope.encode(), &team).expect_err("opened garbage"), OpenError::Damaged, "and what is inside is no form anyway");
}

fn with_key_of(envelope: &Envelope, other: Envelope) -> Envelope {
    let mut both = envelope.clone();
    both.encapsulated = other.encapsulated;
    both.sealed_key = other.sealed_key;
    both
}

/// Solves for one block of an otherwise arbitrary ciphertext so that its GCM tag is right under both keys (nonce 0).
fn ciphertext_for_two(first: &Key, second: &Key, aad: &[u8]) -> Vec<u8> {
    let mut blocks = vec![0x5a5a_u128; PADDED_LEN / 16];
    let mut padded_aad = aad.to_vec();
    padded_aad.resize(aad.len().next_multiple_of(16), 0);
    let aad_blocks: Vec<u128> = padded_aad.chunks(16).map(|c| u128::from_be_bytes(c.try_into().expect("16"))).collect();
    let lengths = (aad.len() as u128 * 8) << 64 | (PADDED_LEN as u128 * 8);
    let hash = |h: u128, blocks: &[u128]| aad_blocks.iter().chain(blocks).chain([&lengths]).fold(0, |sum, block| multiply(sum ^ block, h));
    let (h1, h2) = (block(first, 0), block(second, 0));
    let (mask1, mask2) = (block(first, 1), block(second, 1));

    // The last ciphertext block is multiplied by H twice: once for itself, once for the lengths that follow.
    *blocks.last_mut().expect("blocks") = 0;
    let difference = mask1 ^ mask2 ^ hash(h1, &blocks) ^ hash(h2, &blocks);
    *blocks.last_mut().expect("blocks") = multiply(difference, inverse(multiply(h1, h1) ^ multiply(h2, h2)));
    assert_eq!(mask1 ^ hash(h1, &blocks), mask2 ^ hash(h2, &blocks), "one tag for both");
    let tag = mask1 ^ hash(h1, &blocks);
    blocks.iter().chain([&tag]).flat_map(|b| b.to_be_bytes()).collect()
}

fn block(key: &Key, input: u128) -> u128 {
    let mut block = input.to_be_bytes().into();
    Aes256::new((&**key).into()).encrypt_block(&mut block);
    u128::from_be_bytes(block.into())
}

/// Multiplication in GF(2^128) as GCM orders bits (NIST SP 800-38D, section 6.3).
fn multiply(x: u128, y: u128) -> u128 {
    let (mut product, mut v) = (0, y);
    for bit in (0..128).rev() {
        if x >> bit & 1 == 1 {
            product ^= v;
        }
        v = if v & 1 == 1 { v >> 1 ^ 0xe1 << 120 } else { v >> 1 };
    }
    product
}

/// x^(2^128 - 2).
fn inverse(x: u128) -> u128 {
    let (mut result, mut square) = (1 << 127, x);
    for _ in 1..128 {
        square = multiply(square, square);
        result = multiply(result, square);
    }
    result
}

#[test]
fn what_the_header_shows_of_the_token_is_not_the_token() {
    assert_ne!(token_hash(&TOKEN), Digest([0; 32]));
    assert_eq!(token_hash(&TOKEN), sha256(b"bogen token v1\0\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07"));
}
