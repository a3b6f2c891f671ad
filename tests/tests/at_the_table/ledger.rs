//! The ledger is checked again in whole: its chain, and each receipt that it names, under the log's key and for the very record.

use std::path::Path;
use std::sync::Arc;

use clock::SystemClock;
use protocol::{Digest, RecordId, UnixTime};
use serde_json::{Value, json};
use testkit::backlog;
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::small_office::SmallOffice;
use vault::{LedgerEntry, LedgerKind, Vault, VaultOptions};

fn verdict(place: &Path) -> Value {
    // Nobody is unlocked.
    Desk::open(place).expect("the app opens").call("ledger_verify", Value::Null).expect("a verdict")
}

fn numbers(verdict: &Value) -> [&Value; 4] {
    ["lines", "chain_ok", "receipts", "receipts_ok"].map(|name| &verdict[name])
}

fn vault(place: &Path) -> Vault {
    Vault::open_or_create(place, &VaultOptions { kdf: None }, Arc::new(SystemClock)).expect("the vault opens")
}

#[test]
fn a_receipt_of_another_record_or_of_nobody_is_found_in_a_whole_chain() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut office = SmallOffice::found(folder.path()).expect("an office");
    let mut counsellor = office.counsellor("device").expect("a counsellor");
    backlog::seal(&mut counsellor, 1, 1, 3).expect("three forms");
    counsellor.call("sync", Value::Null).expect("delivers");
    let queue = office.clerk.call("queue", Value::Null).expect("a queue");
    let record = queue["rows"][0]["record"].clone();
    office.clerk.call("record_open", json!({ "record": record })).expect("opened");
    office.clerk.call("record_confirm", json!({ "record": record, "at_once": true })).expect("entered");
    let (device, clerk) = (office.place("device"), office.place("clerk"));
    drop((counsellor, office));
    assert_eq!(numbers(&verdict(&device)), [&json!(3), &json!(true), &json!(3), &json!(3)], "destroyed here after STORED");
    assert_eq!(numbers(&verdict(&clerk)), [&json!(1), &json!(true), &json!(1), &json!(1)], "witnessed as DESTROYED");

    let opened = vault(&device);
    let row = opened.ledger_page(0, 1).expect("a page").rows.remove(0);
    let receipt = row.receipt.expect("a receipt");
    let forged = |record: u8, bytes: &[u8]| {
        let entry = LedgerEntry {
            kind: LedgerKind::Witnessed,
            record: RecordId([record; 16]),
            digest: Digest([record; 32]),
            receipt: row.line.receipt,
            at: UnixTime(1),
        };
        assert!(opened.keep_witness(&entry, bytes).expect("a line"));
    };
    forged(1, &receipt);
    forged(2, b"no receipt");
    drop(opened);
    let found = verdict(&device);
    assert_eq!(numbers(&found), [&json!(5), &json!(true), &json!(5), &json!(3)]);
    assert_eq!(found["head"].as_str().expect("a head").len(), 64);
}

#[test]
fn a_line_cut_off_at_the_end_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut office = SmallOffice::found(folder.path()).expect("an office");
    let mut counsellor = office.counsellor("device").expect("a counsellor");
    backlog::seal(&mut counsellor, 1, 1, 2).expect("two forms");
    counsellor.call("sync", Value::Null).expect("delivers");
    let device = office.place("device");
    drop(counsellor);
    let database = rusqlite::Connection::open(device.join("vault.db")).expect("the file");
    database.execute("DELETE FROM ledger WHERE seq = 1", []).expect("a line goes");
    drop(database);
    let found = verdict(&device);
    assert_eq!((numbers(&found), &found["head"]), ([&json!(1), &json!(false), &json!(1), &json!(1)], &json!("")));
    let page = Desk::open(&device).expect("the app opens").call("ledger", json!({ "offset": 0, "limit": 9 })).expect("a page");
    assert_eq!((&page["chain_ok"], page["rows"].as_array().map(Vec::len)), (&json!(false), Some(1)));
}
