//! Makes the frozen test vectors of envelope v1, once: `cargo run -p sealing --example make_vectors -- <new file>`.
//!
//! It never overwrites: vectors that change are a format that broke. A new format gets a new file.

#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/support/vector.rs"]
mod vector;

use std::io::Write;

use ed25519_dalek::SigningKey;
use protocol::envelope::Envelope;
use protocol::log::{Checkpoint, SignedCheckpoint};
use protocol::{Digest, MemberId, OfficeId, PrekeyId, PublicKey, RecordId, SignatureBytes, TeamId, UnixTime, to_cbor};
use sealing::{FormBody, HeaderFields, PrekeySecret, Purpose, TeamSecretKey, seal_share};
use serde_json::{Value, json};
use support::{author_key, body, fields, read, sealed, try_seal};

const TEAM_SEED: [u8; 32] = [0x51; 32];
const PREKEY_SEED: [u8; 32] = [0x61; 32];

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).expect("usage: make_vectors <new file>");
    let vectors = json!({ "envelopes": envelopes(), "refused": refused(), "shares": [share()] });
    let mut file = std::fs::File::create_new(path)?;
    serde_json::to_writer_pretty(&mut file, &vectors)?;
    file.write_all(b"\n")
}

fn sealed_bytes(fields: &HeaderFields, body: &FormBody) -> Vec<u8> {
    try_seal(fields, body, &team_public()).expect("sealed").bytes
}

fn vector_of(name: &str, fields: &HeaderFields, body: &FormBody) -> Value {
    let bytes = sealed_bytes(fields, body);
    let opened = read(&bytes, &TeamSecretKey::from_seed(TEAM_SEED)).expect("opened");
    vector::describe(name, &TEAM_SEED, &author_key(), &bytes, &opened)
}

fn body_with(change: impl FnOnce(&mut FormBody)) -> FormBody {
    let mut body = body();
    change(&mut body);
    body
}

fn envelopes() -> Vec<Value> {
    let awaiting = HeaderFields { awaits_number: true, unit_members: 24, team_key_epoch: 70_000, ..fields() };
    let following = HeaderFields { follows: Some(RecordId([7; 16])), ..fields() };
    let replacing = HeaderFields { supersedes: Some(RecordId([8; 16])), team_key_epoch: 0, ..fields() };
    let longest = (1..2048).rev().find(|length| try_seal(&fields(), &body_of(*length), &team_public()).is_ok()).expect("something fits");
    let checkpoint = body_with(|body| body.checkpoint = Some(checkpoint()));
    let no_number = body_with(|body| (body.customer_number, body.unit_number) = (None, None));
    let number = body_with(|body| {
        body.purpose = Purpose::Number;
        body.form.clear();
    });
    let not_ascii = body_with(|body| body.customer_number = Some("Ä-Ω-数".into()));
    vec![
        vector_of("form", &fields(), &body()),
        vector_of("form with the author's checkpoint", &fields(), &checkpoint),
        vector_of("form without numbers that awaits one", &awaiting, &no_number),
        vector_of("number that follows", &following, &number),
        vector_of("form that replaces another", &replacing, &body()),
        vector_of("shortest form", &fields(), &body_of(1)),
        vector_of("longest form", &fields(), &body_of(longest)),
        vector_of("number that is not ASCII", &fields(), &not_ascii),
    ]
}

fn body_of(length: usize) -> FormBody {
    body_with(|body| body.form = vec![0x5a; length])
}

fn team_public() -> Vec<u8> {
    TeamSecretKey::from_seed(TEAM_SEED).public_key()
}

fn checkpoint() -> SignedCheckpoint {
    let office = OfficeId([1; 16]);
    let checkpoint = Checkpoint { version: 1, office, generation: 1, size: 12_345, root: Digest([0xcc; 32]), at: UnixTime(1_790_000_000) };
    SignedCheckpoint { body: to_cbor(&checkpoint).into(), signature: SignatureBytes([0xdd; 64]) }
}

/// What no decoder may open.
fn refused() -> Vec<Value> {
    let good = Envelope::decode(&sealed(&team_public()).bytes).expect("envelope");
    let other = Envelope::decode(&sealed(&team_public()).bytes).expect("envelope");
    let with = |change: &dyn Fn(&mut Envelope)| {
        let mut envelope = good.clone();
        change(&mut envelope);
        envelope
    };
    let mut header = good.header().expect("header");
    header.record = RecordId([0x33; 16]);
    let (encapsulated, sealed_key, sealed_body) = (good.encapsulated.to_vec(), good.sealed_key.to_vec(), good.body.to_vec());
    let moved = Envelope::assemble(&header, encapsulated.clone(), sealed_key.clone(), good.commitment, sealed_body.clone());
    header = good.header().expect("header");
    header.version = 2;
    let newer = Envelope::assemble(&header, encapsulated, sealed_key, good.commitment, sealed_body);
    let another_author = PublicKey(SigningKey::from_bytes(&[0x12; 32]).verifying_key().to_bytes());
    let refusal = |name: &str, author: &PublicKey, envelope: &Envelope| json!({ "name": name, "team_seed": hex::encode(TEAM_SEED), "author_key": hex::encode(author.0), "envelope": hex::encode(envelope.encode()) });
    vec![
        refusal("body under another header", &author_key(), &moved),
        refusal("version 2", &author_key(), &newer),
        refusal("commitment to another key", &author_key(), &with(&|e| e.commitment = other.commitment)),
        refusal("body of another envelope", &author_key(), &with(&|e| e.body = other.body.clone())),
        refusal(
            "key of another envelope",
            &author_key(),
            &with(&|e| (e.encapsulated, e.sealed_key) = (other.encapsulated.clone(), other.sealed_key.clone())),
        ),
        refusal("body one byte shorter", &author_key(), &with(&|e| _ = e.body.pop())),
        refusal("not signed by its author", &another_author, &good),
    ]
}

fn share() -> Value {
    let (team, prekey) = (TeamSecretKey::from_seed(TEAM_SEED), PrekeySecret::from_seed(PREKEY_SEED));
    let office = OfficeId([1; 16]);
    let share = seal_share(&team, office, TeamId([2; 16]), 4, MemberId([0xb2; 16]), PrekeyId([0xb3; 16]), &prekey.public_key()).expect("shared");
    json!({
        "name": "team key for one clerk",
        "office": hex::encode(office.0),
        "prekey_seed": hex::encode(PREKEY_SEED),
        "share": hex::encode(to_cbor(&share)),
        "team_public": hex::encode(team.public_key()),
        "team_seed": hex::encode(TEAM_SEED),
    })
}
