//! What is sealed is delivered without anybody's doing: at once, and again and again while the endpoint is not reachable.

use std::sync::Arc;

use clock::{Clock, MockClock, SystemClock};
use commands::api::Nothing;
use commands::{Command, Courier, KdfCost};
use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::small_office::SmallOffice;

fn seal_one(desk: &mut Desk, number: &str) {
    let typed = |number: &str| json!({ "first": number, "again": number });
    let unit = desk.call("unit_create", json!({ "number": typed(number), "label": "" })).expect("a unit")["unit"].clone();
    let add = json!({ "unit": unit, "label": "Mutter", "number": typed(""), "asking": "to_person", "already_collected": false });
    let member = desk.call("member_add", add).expect("a member")["members"][0]["member"].clone();
    for command in ["form_refuse", "form_check"] {
        desk.call(command, json!({ "unit": unit, "member": member })).expect("checked");
    }
    desk.call("unit_finalise", json!({ "unit": unit, "left_out": [] })).expect("sealed");
}

fn sealed(desk: &mut Desk) -> u64 {
    desk.call("status", Value::Null).expect("status")["counts"]["sealed"].as_u64().expect("a count")
}

#[test]
fn it_goes_at_once_and_without_a_passphrase_and_again_when_the_endpoint_is_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut office = SmallOffice::found(folder.path()).expect("an office");
    let clock = Arc::new(MockClock::at(SystemClock.now()));
    let cost = KdfCost::new(64 * 1024, 1, 1).expect("a cost");
    let desk = Desk::open_with(&office.place("device"), clock.clone(), Some(cost)).expect("the app opens");
    let mut desk = office.enrol_counsellor(desk).expect("a counsellor");
    let mut courier = Courier::new(7);
    assert_eq!(desk.deliver_by_itself(&mut courier), None, "nothing to deliver: it waits for news");

    seal_one(&mut desk, "12345BG0000001");
    desk.call("lock", Value::Null).expect("locked");
    assert_eq!(desk.deliver_by_itself(&mut courier), None);
    assert_eq!(sealed(&mut desk), 0, "delivered while nobody was unlocked");

    office.mailbox.kill().expect("the endpoint is gone");
    desk.sign_in().expect("unlocked");
    seal_one(&mut desk, "12345BG0000002");
    let mut longest = 0;
    for _ in 0..8 {
        let wait = desk.deliver_by_itself(&mut courier).expect("it comes back by itself");
        assert_eq!(desk.deliver_by_itself(&mut courier), Some(wait), "and does not try before");
        longest = longest.max(wait.as_secs());
        clock.advance(wait.as_secs());
    }
    assert!((150..=300).contains(&longest), "every few minutes: {longest} s");
    assert_eq!(sealed(&mut desk), 1, "nothing was lost");

    office.mailbox.kill_and_restart().expect("the endpoint is back");
    assert_eq!(desk.deliver_by_itself(&mut courier), None);
    assert_eq!(sealed(&mut desk), 0);
    let ledger = desk.call("ledger_verify", Value::Null).expect("a verdict");
    assert_eq!((&ledger["lines"], &ledger["receipts_ok"], &ledger["chain_ok"]), (&json!(2), &json!(2), &json!(true)));
}

#[test]
fn a_delivery_by_hand_joins_one_that_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut office = SmallOffice::found(folder.path()).expect("an office");
    let mut desk = office.counsellor("device").expect("a counsellor");
    seal_one(&mut desk, "12345BG0000001");
    let reports = desk.twice(|| Command::Sync(Nothing {})).map(|report| report.expect("a report"));
    assert_eq!(reports[0]["delivered"], 1);
    assert_eq!(reports[0], reports[1], "one delivery, told to both");
    assert_eq!(desk.call("sync", Value::Null).expect("a report")["end"], "nothing", "a later one is its own");
}
