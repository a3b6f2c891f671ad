//! What an author put into an envelope speaks against that form, never against the endpoint.

use serde_json::{Value, json};
use testkit::caller::Caller;
use vault::{Setting, Vault, VaultOptions};

use crate::Bench;

/// Length in bytes of an Ed25519 signature.
const SIGNATURE: usize = 64;

/// Spoils the signature of the tree head that the device remembers: its next forms carry one that the log's key never signed. The app must be closed.
fn spoil_remembered_tree_head(bench: &Bench) {
    let vault =
        Vault::open_or_create(&bench.office.place("device"), &VaultOptions { kdf: None }, std::sync::Arc::new(clock::SystemClock)).expect("opens");
    let mut office = vault.get_setting(Setting::RootPin).expect("reads").expect("an office").to_vec();
    // A memory of the log, version 1, with its tree head: array of 2, 1, array of 2, byte string with one byte of length.
    let start = [0x82, 0x01, 0x82, 0x58];
    let at = office.windows(start.len()).position(|bytes| bytes == start).expect("a remembered tree head") + start.len();
    let signature = at + 1 + usize::from(office[at]);
    assert_eq!(office[signature..signature + 2], [0x58, SIGNATURE as u8]);
    office[signature + 1 + SIGNATURE] ^= 1;
    vault.put_setting(Setting::RootPin, &office).expect("writes");
}

#[test]
fn an_unsigned_tree_head_in_one_envelope_stops_that_form_and_nothing_else() {
    let mut bench = Bench::new();
    bench.close();
    spoil_remembered_tree_head(&bench);
    bench.reopen().sign_in().expect("unlocks");
    bench.seal(1, 1);
    assert_eq!(bench.sync()["end"], "done");
    let queue = |bench: &mut Bench| -> Vec<String> {
        let queue = bench.office.clerk.call("queue", Value::Null).expect("a queue");
        queue["rows"].as_array().expect("rows").iter().filter_map(|row| row["record"].as_str().map(str::to_owned)).collect()
    };
    let spoilt = queue(&mut bench).pop().expect("one form");
    bench.seal(10, 1);
    assert_eq!(bench.sync()["end"], "done");

    assert_eq!(bench.office.clerk.code_of("record_open", json!({ "record": spoilt })).expect("refused"), "cannot_open");
    assert_eq!(bench.office.clerk.code_of("record_confirm", json!({ "record": spoilt, "at_once": true })).expect("refused"), "not_found");
    let honest = queue(&mut bench).into_iter().find(|record| *record != spoilt).expect("another form");
    bench.office.clerk.call("record_open", json!({ "record": honest })).expect("the log is whole");
    let status = bench.office.clerk.call("status", Value::Null).expect("status");
    assert!(status["warnings"].as_array().is_some_and(|warnings| !warnings.contains(&json!("log_fault"))), "{status}");
}
