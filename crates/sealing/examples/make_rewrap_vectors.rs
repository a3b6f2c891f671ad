//! Makes the frozen vectors of an envelope whose content key was sealed anew, once: `cargo run -p sealing --example make_rewrap_vectors -- <new file>`.
//! Like `make_vectors`, it never overwrites.

#[path = "../tests/support/clerk.rs"]
mod clerk;
#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/support/vector.rs"]
mod vector;

use std::io::Write;

use clerk::sign_as_clerk;
use protocol::envelope::Envelope;
use protocol::{TeamId, UnixTime};
use sealing::{RewrapTo, TeamSecretKey, rewrap};
use serde_json::{Value, json};
use support::{CLERK, author_key, clerk_key, read, sealed};

const OLD_SEED: [u8; 32] = [0x51; 32];
const NEW_SEED: [u8; 32] = [0x52; 32];

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).expect("usage: make_rewrap_vectors <new file>");
    let (old, new) = (TeamSecretKey::from_seed(OLD_SEED), TeamSecretKey::from_seed(NEW_SEED));
    let public = new.public_key();
    let to = RewrapTo { team: TeamId([2; 16]), team_key_epoch: 5, public: &public, by: CLERK, by_key: &clerk_key(), at: UnixTime(1_800_000_000) };
    let bytes = rewrap(&sealed(&old.public_key()).bytes, &old, &to, sign_as_clerk).expect("sealed anew").bytes;
    let mut good = vector::describe("sealed anew", &NEW_SEED, &author_key(), &bytes, &read(&bytes, &new).expect("opened"));
    good["clerk_key"] = json!(hex::encode(clerk_key().0));
    let with = |name: &str, seed: &[u8; 32], change: &dyn Fn(&mut Envelope)| {
        let mut envelope = Envelope::decode(&bytes).expect("envelope");
        change(&mut envelope);
        let clerk = hex::encode(clerk_key().0);
        json!({ "name": name, "team_seed": hex::encode(seed), "author_key": hex::encode(author_key().0), "clerk_key": clerk, "envelope": hex::encode(envelope.encode()) })
    };
    let refused: Vec<Value> = vec![
        with("old key", &OLD_SEED, &|_| ()),
        with("without the word about it", &NEW_SEED, &|envelope| envelope.rewrap = None),
        with("another epoch", &NEW_SEED, &|envelope| envelope.rewrap.as_mut().expect("word").body[19] ^= 1),
        with("not signed by the clerk", &NEW_SEED, &|envelope| envelope.rewrap.as_mut().expect("word").signature.0[5] ^= 1),
    ];
    let mut file = std::fs::File::create_new(path)?;
    serde_json::to_writer_pretty(&mut file, &json!({ "rewrapped": [good], "refused": refused }))?;
    file.write_all(b"\n")
}
