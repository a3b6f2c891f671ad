//! What comes after the handover, from the table to the clerk: the number that follows, and the change of mind.

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;

use super::Table;

pub const NUMBER: &str = "123A456789";

pub fn typed(number: &str) -> Value {
    json!({ "first": number, "again": number })
}

/// Declines, seals and delivers the form of one new member; returns the record.
pub fn hand_over(table: &mut Table, label: &str, number: &str) -> String {
    let record = seal(table, label, number);
    deliver(&mut table.desk);
    record
}

/// Declines and seals the form of one new member of a new unit; returns the record.
pub fn seal(table: &mut Table, label: &str, number: &str) -> String {
    let none = json!({ "first": "", "again": "" });
    let view = table.desk.call("unit_create", json!({ "number": none, "label": label })).expect("a unit");
    table.unit = view["unit"].as_str().expect("an id").to_owned();
    let args = json!({ "unit": table.unit, "label": label, "number": typed(number), "asking": "to_person", "already_collected": false });
    let view = table.desk.call("member_add", args).expect("a member");
    let member = view["members"][0]["member"].as_str().expect("an id").to_owned();
    let whose = table.whose(&member);
    table.desk.call("form_refuse", whose).expect("declined");
    finalise(&mut table.desk, &table.unit)
}

pub fn finalise(desk: &mut Desk, unit: &str) -> String {
    let sealed = desk.call("unit_finalise", json!({ "unit": unit, "left_out": [] })).expect("sealed");
    sealed["records"][0].as_str().expect("a record").to_owned()
}

pub fn deliver(desk: &mut Desk) -> Value {
    let report = desk.call("sync", Value::Null).expect("delivered");
    assert_eq!((&report["end"], &report["left"]), (&json!("done"), &json!(0)));
    report
}

/// Begins a change of mind for `number`.
pub fn begin(desk: &mut Desk, number: &str, withdraw: bool) -> Value {
    let args = json!({ "number": typed(number), "label": "anders", "asking": "to_person", "withdraw": withdraw });
    desk.call("change_begin", args).expect("begun")
}

pub fn state(desk: &mut Desk, number: &str) -> String {
    let found = desk.call("change_lookup", json!({ "number": typed(number) })).expect("looked up");
    found["state"].as_str().expect("a state").to_owned()
}

/// Answers the whole form with "Ja" where it is born abroad, checks, seals.
pub fn answer_and_seal(desk: &mut Desk, whose: &Value) -> String {
    desk.call("unit_informed", whose.clone()).expect("informed");
    loop {
        let form = desk.call("form_open", whose.clone()).expect("a form");
        let Some(question) = form["current"].as_str().map(str::to_owned) else { break };
        let answer = if question == "german_nationality" { "no" } else { "yes" };
        desk.call("form_answer", json!({ "unit": whose["unit"], "member": whose["member"], "question": question, "answer": answer })).expect("asked");
    }
    desk.call("form_check", whose.clone()).expect("checked");
    finalise(desk, whose["unit"].as_str().expect("an id"))
}

pub fn mig(desk: &mut Desk) -> Vec<Value> {
    desk.call("mig_list", Value::Null).expect("the list")["entries"].as_array().expect("entries").clone()
}

/// Records of the clerk's queue.
pub fn queue(clerk: &mut Desk) -> Vec<String> {
    let rows = clerk.call("queue", Value::Null).expect("the queue")["rows"].as_array().expect("rows").clone();
    rows.iter().map(|row| row["record"].as_str().expect("a record").to_owned()).collect()
}

pub fn open(clerk: &mut Desk, record: &str) -> Value {
    clerk.call("record_open", json!({ "record": record })).expect("opened")
}

pub fn confirm(clerk: &mut Desk, record: &str) {
    clerk.call("record_confirm", json!({ "record": record, "at_once": true })).expect("entered");
}

/// Records that this clerk's device witnessed the destruction of.
pub fn witnessed(clerk: &mut Desk) -> Vec<String> {
    let page = clerk.call("ledger", json!({ "offset": 0, "limit": 100 })).expect("the ledger");
    assert_eq!(page["chain_ok"], true);
    let rows = page["rows"].as_array().expect("rows").clone();
    rows.iter().filter(|row| row["kind"] == "witnessed").map(|row| row["record"].as_str().expect("a record").to_owned()).collect()
}

/// Closes an app and opens it again: whatever it knew in memory only is gone.
pub fn reopened(desk: Desk, folder: &std::path::Path) -> Desk {
    drop(desk);
    let mut desk = Desk::open(folder).expect("the app opens");
    desk.sign_in().expect("unlocked");
    desk
}
