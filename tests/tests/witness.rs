//! A clerk's app keeps what the endpoint attested when it destroyed a record: proof that it is gone, if the endpoint is ever put back.

use std::collections::BTreeSet;

use protocol::RecordId;
use serde_json::{Value, json};
use testkit::backlog;
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::evidence::Mailbox;
use testkit::small_office::SmallOffice;

#[test]
fn each_destruction_that_a_clerk_confirmed_is_proved_on_her_device() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut office = SmallOffice::found(folder.path()).expect("an office");
    let mut counsellor = office.counsellor("device").expect("a counsellor");
    backlog::seal(&mut counsellor, 1, 1, 3).expect("three forms");
    counsellor.call("sync", Value::Null).expect("delivers");
    let queue = office.clerk.call("queue", Value::Null).expect("a queue");
    let records: Vec<String> = queue["rows"].as_array().expect("rows").iter().filter_map(|row| row["record"].as_str().map(str::to_owned)).collect();
    assert_eq!(records.len(), 3);
    let confirm = |desk: &mut Desk, record: &String| {
        desk.call("record_open", json!({ "record": record })).expect("opens");
        desk.call("record_confirm", json!({ "record": record, "at_once": true })).expect("confirms")["receipt_index"].clone()
    };
    let receipts: Vec<Value> = records[..2].iter().map(|record| confirm(&mut office.clerk, record)).collect();
    // Asked again, the same; what was not opened is not confirmed by that.
    let again = office.clerk.call("record_confirm", json!({ "record": records[0], "at_once": true })).expect("she did");
    assert_eq!(again["receipt_index"], receipts[0]);
    assert_eq!(office.clerk.code_of("record_confirm", json!({ "record": records[2], "at_once": true })).expect("refused"), "not_found");

    let place = office.place("clerk");
    let SmallOffice { mut mailbox, clerk, .. } = office;
    drop(clerk);
    // Nobody is unlocked.
    let mut clerk = Desk::open(&place).expect("opens again");
    let ledger = clerk.call("ledger", json!({ "offset": 0, "limit": 9 })).expect("a ledger");
    let told: Vec<Value> =
        ledger["rows"].as_array().expect("rows").iter().map(|row| json!([row["kind"], row["record"], row["receipt_index"]])).collect();
    let newest_first = [1, 0].map(|at| json!(["witnessed", records[at], receipts[at]]));
    assert_eq!((told.as_slice(), &ledger["chain_ok"]), (newest_first.as_slice(), &json!(true)));
    assert_eq!(clerk.call("status", Value::Null).expect("status")["counts"]["destroyed"], 0, "no copy was here");
    drop(clerk);

    mailbox.kill().expect("kills the endpoint");
    let evidence = Mailbox::read(mailbox.data()).expect("the mailbox is whole");
    let confirmed: BTreeSet<RecordId> = records[..2].iter().map(|record| RecordId::parse(record).expect("an id")).collect();
    assert_eq!(evidence.demand_witnessed(&place).expect("each line is proved"), confirmed);
}

/// The endpoint destroyed the form, and the app was killed before it could keep the receipt: as if it had never asked, all that is left is at the endpoint.
#[test]
fn a_confirmation_whose_reply_was_lost_is_proved_all_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut office = SmallOffice::found(folder.path()).expect("an office");
    let mut counsellor = office.counsellor("device").expect("a counsellor");
    backlog::seal(&mut counsellor, 1, 1, 1).expect("a form");
    counsellor.call("sync", Value::Null).expect("delivers");
    let record = office.clerk.call("queue", Value::Null).expect("a queue")["rows"][0]["record"].as_str().expect("a record").to_owned();
    let place = office.place("clerk");
    let before = folder.path().join("the clerk's vault before");
    let SmallOffice { mut mailbox, mut clerk, .. } = office;
    clerk.call("record_open", json!({ "record": record })).expect("opens");
    drop(clerk);
    copy(&place, &before);
    let mut clerk = Desk::open(&place).expect("opens again");
    clerk.sign_in().expect("unlocks");
    clerk.call("record_open", json!({ "record": record })).expect("opens");
    let entered = clerk.call("record_confirm", json!({ "record": record, "at_once": true })).expect("confirms");
    drop(clerk);

    let mut clerk = Desk::open(&before).expect("the vault that knows nothing of it");
    clerk.sign_in().expect("unlocks");
    assert_eq!(clerk.call("ledger", json!({ "offset": 0, "limit": 9 })).expect("a ledger")["rows"], json!([]));
    assert_eq!(clerk.call("record_confirm", json!({ "record": record, "at_once": true })).expect("already entered is entered"), entered);
    assert_eq!(clerk.code_of("record_open", json!({ "record": record })).expect("refused"), "already_entered");
    assert_eq!(clerk.call("ledger", json!({ "offset": 0, "limit": 9 })).expect("a ledger")["all"], 1, "one line for one destruction");
    drop(clerk);

    mailbox.kill().expect("kills the endpoint");
    let evidence = Mailbox::read(mailbox.data()).expect("the mailbox is whole");
    let confirmed = BTreeSet::from([RecordId::parse(&record).expect("an id")]);
    assert_eq!(evidence.demand_witnessed(&before).expect("the line is proved"), confirmed);
}

/// Copies a vault's files with their modes.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir(to).expect("a new folder");
    std::fs::set_permissions(to, std::fs::metadata(from).expect("is there").permissions()).expect("same mode");
    for entry in std::fs::read_dir(from).expect("is there") {
        let entry = entry.expect("an entry");
        if entry.file_type().expect("a type").is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copies");
        }
    }
}
