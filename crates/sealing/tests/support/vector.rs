//! An opened envelope as a test vector: what every decoder must read.

use protocol::{PublicKey, RecordId, to_cbor};
use sealing::OpenedForm;
use serde_json::{Value, json};

/// Key, envelope and content, as `tests/vectors/envelope-v1.json` holds them: bytes in hexadecimal, text as text.
pub fn describe(name: &str, team_seed: &[u8; 32], author_key: &PublicKey, envelope: &[u8], opened: &OpenedForm) -> Value {
    json!({
        "name": name,
        "team_seed": hex::encode(team_seed),
        "author_key": hex::encode(author_key.0),
        "envelope": hex::encode(envelope),
        "expect": content(opened),
    })
}

fn content(opened: &OpenedForm) -> Value {
    let (header, body) = (&opened.header, &opened.body);
    let record = |id: &Option<RecordId>| id.map(|id| hex::encode(id.0));
    let mut shown = json!({
        "digest": hex::encode(opened.digest.0),
        "token": hex::encode(opened.token.0),
        "office": hex::encode(header.office.0),
        "team": hex::encode(header.team.0),
        "team_key_epoch": header.team_key_epoch,
        "record": hex::encode(header.record.0),
        "unit_members": header.unit_members,
        "customer_tag": hex::encode(header.customer_tag.0),
        "unit_tag": hex::encode(header.unit_tag.0),
        "awaits_number": header.awaits_number,
        "supersedes": record(&header.supersedes),
        "follows": record(&header.follows),
        "purpose": to_cbor(&body.purpose)[0],
        "form": hex::encode(&body.form),
        "customer_number": body.customer_number,
        "unit_number": body.unit_number,
        "author": hex::encode(body.author.0),
        "made_at": body.made_at.0,
        "checkpoint": body.checkpoint.as_ref().map(|checkpoint| hex::encode(to_cbor(checkpoint))),
    });
    if let Some(key) = &body.reply_key {
        // A CBOR byte string of 32 bytes has a head of two.
        shown["reply_key"] = json!(hex::encode(&to_cbor(key)[2..]));
    }
    shown
}
