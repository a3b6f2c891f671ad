//! A second decoder, in Python on OpenSSL, reads what the first one sealed: the format is what the document says, not what one program does.
//!
//! Its virtual environment lies under the target directory and is made here when it is missing (from PyPI, pinned). Where that cannot be done the
//! test fails: a decoder that was not asked has not agreed.

mod support;
#[path = "support/vector.rs"]
mod vector;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use protocol::envelope::Envelope;
use sealing::{ReplySecret, TeamSecretKey};
use serde_json::{Value, json};
use support::{author_key, body, fields, read, sealed, try_seal};

const REQUIREMENTS: &str = include_str!("requirements.txt");

/// The Python of the second decoder's environment, made at need; one process at a time, and made anew when the pinned versions change.
fn python() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("invariant: cargo's tmp lies in the target directory");
    let environment = target.join("second-decoder");
    let stamp = environment.join("installed.txt");
    let lock = File::create(target.join("second-decoder.lock")).expect("lock file");
    lock.lock().expect("locked");
    let python = environment.join("bin").join("python");
    if fs::read_to_string(&stamp).ok().as_deref() != Some(REQUIREMENTS) {
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment));
        let requirements = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/requirements.txt");
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--only-binary", ":all:", "--no-deps", "-r", requirements]));
        fs::write(&stamp, REQUIREMENTS).expect("stamp");
    }
    python
}

fn run(command: &mut Command) {
    let output = command.output().expect("python3 must be installed");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn decode(file: &Path) -> Output {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/second_decoder.py");
    Command::new(python()).arg(script).arg(file).output().expect("second decoder runs")
}

/// What the second decoder says about these vectors, and whether it is content.
fn verdict(name: &str, vectors: &Value) -> (String, bool) {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, vectors.to_string()).expect("written");
    let output = decode(&file);
    assert!(output.stderr.is_empty(), "second decoder failed: {}", String::from_utf8_lossy(&output.stderr));
    (String::from_utf8(output.stdout).expect("text"), output.status.success())
}

#[test]
fn the_second_decoder_agrees_on_every_frozen_vector() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/envelope-v1.json");
    let output = decode(Path::new(file));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "opened 8 of 8\nrefused 7 of 7\nshares 1 of 1\n");
    assert!(output.status.success());
}

#[test]
fn the_second_decoder_agrees_on_what_was_sealed_anew() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/rewrap-v1.json");
    let output = decode(Path::new(file));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "opened 1 of 1\nrefused 4 of 4\n");
    assert!(output.status.success());
}

#[test]
fn the_second_decoder_reads_a_note() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/note-v1.json");
    let output = decode(Path::new(file));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "notes 1 of 1\n");
    assert!(output.status.success());
}

#[test]
fn the_second_decoder_opens_what_is_sealed_today() {
    let vectors: Vec<Value> = (0..3).map(|_| fresh()).collect();
    let (said, content) = verdict("fresh.json", &json!({ "envelopes": vectors }));
    assert_eq!(said, "opened 3 of 3\n");
    assert!(content);
}

fn fresh() -> Value {
    let (team, public) = TeamSecretKey::make();
    let mut body = body();
    body.reply_key = Some(ReplySecret::from_bytes([9; 32]).key_for(fields().record));
    let bytes = try_seal(&fields(), &body, &public).expect("sealed").bytes;
    let opened = read(&bytes, &team).expect("opened");
    vector::describe("fresh", team.expose_seed(), &author_key(), &bytes, &opened)
}

#[test]
fn the_second_decoder_refuses_what_was_altered() {
    let (team, public) = TeamSecretKey::make();
    let bytes = sealed(&public).bytes;
    let opened = read(&bytes, &team).expect("opened");
    let envelope = Envelope::decode(&bytes).expect("envelope");
    let parts = [envelope.header_bytes(), &envelope.encapsulated, &envelope.sealed_key, &envelope.commitment.0, &envelope.body];
    let mut altered = Vec::new();
    for part in parts {
        let at = bytes.windows(part.len()).position(|window| window == part).expect("part lies in the envelope") + part.len() - 1;
        let mut bytes = bytes.clone();
        bytes[at] ^= 1;
        altered.push(vector::describe("altered", team.expose_seed(), &author_key(), &bytes, &opened));
    }
    let (said, content) = verdict("altered.json", &json!({ "envelopes": altered }));
    assert_eq!(said, "opened 0 of 5\n");
    assert!(!content);

    let (said, content) = verdict("refused.json", &json!({ "refused": [fresh()] }));
    assert_eq!(said, "refused 0 of 1\n", "it does not call everything refused");
    assert!(!content);
}
