//! Two colleagues, one laptop: each sees what is theirs, and the laptop delivers for both.

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::seat::PASSPHRASE;

use super::Table;
use super::later::{NUMBER, deliver, finalise, mig, open, queue, seal, typed};
use super::list::whole_list;

pub const SECOND: &str = "Ingo Zweit";
const SECONDS_NUMBER: &str = "987Z654321";

/// A second counsellor, at the first one's device.
pub fn second(table: &mut Table) {
    let ticket = table.office.ticket("counsellor", &[]).expect("a ticket");
    table.desk.call("enrol", json!({ "ticket": ticket, "name": SECOND, "passphrase": PASSPHRASE })).expect("redeemed");
    table.office.approve().expect("approved");
    table.desk.call("contact", Value::Null).expect("the newest directory");
}

fn labels(desk: &mut Desk) -> Vec<Value> {
    let page = desk.call("unit_list", whole_list()).expect("units");
    page["rows"].as_array().expect("rows").iter().map(|row| row["label"].clone()).collect()
}

fn devices_revoked(table: &mut Table) -> bool {
    table.desk.call("contact", Value::Null).expect("a device may always read");
    table.desk.call("status", Value::Null).expect("the state")["enrolment"] == "revoked"
}

#[test]
fn each_sees_what_is_theirs_and_the_device_delivers_for_both() {
    let mut table = Table::new();
    let first = seal(&mut table, "Frau Eins", NUMBER);
    second(&mut table);
    assert_eq!(labels(&mut table.desk), Vec::<Value>::new(), "the colleague's units are not there");
    let theirs = seal(&mut table, "Herr Zwei", SECONDS_NUMBER);
    assert_eq!(mig(&mut table.desk).len(), 1);
    deliver(&mut table.desk);
    assert_eq!(queue(&mut table.office.clerk).len(), 2, "one delivery, both forms");
    assert_eq!(mig(&mut table.desk)[0]["customer_number"], SECONDS_NUMBER);

    let clerk = &mut table.office.clerk;
    for (record, author) in [(&first, "Ina Integration"), (&theirs, SECOND)] {
        assert_eq!(open(clerk, record)["author"], author);
        clerk.call("record_problem", json!({ "record": record, "reason": "contradictory" })).expect("asked");
    }
    for (name, record) in [(SECOND, &theirs), ("Ina Integration", &first)] {
        table.desk.sit_down(name).expect("unlocked");
        let waiting = table.desk.call("notes", Value::Null).expect("notes")["rows"].clone();
        assert_eq!((waiting.as_array().expect("rows").len(), &waiting[0]["record"]), (1, &json!(record)), "{name}");
        let reply = json!({ "record": record, "note": waiting[0]["note"], "reply": "enter", "number": null });
        table.desk.call("note_answer", reply).expect("answered");
        assert_eq!(open(&mut table.office.clerk, record)["question"], "to_enter");
    }
    assert_eq!(mig(&mut table.desk)[0]["customer_number"], NUMBER);
}

/// Somebody leaves: the laptop goes on working for the colleague. It is out only when nobody is left who works with it.
#[test]
fn a_shared_device_counts_as_long_as_somebody_works_with_it() {
    let mut table = Table::new();
    second(&mut table);
    let office = table.office.admin.call("office", Value::Null).expect("the office");
    let member = |name: &str| {
        let staff = office["staff"].as_array().expect("staff").clone();
        staff.into_iter().find(|row| row["name"] == name).expect("a member")["member"].clone()
    };
    table.office.admin.call("revoke", json!({ "member": member("Ina Integration"), "even_so": false })).expect("revoked");
    assert!(!devices_revoked(&mut table));
    let none = json!({ "first": "", "again": "" });
    let unit = table.desk.call("unit_create", json!({ "number": none, "label": "" })).expect("a unit")["unit"].clone();
    let args = json!({ "unit": unit, "label": "", "number": typed(NUMBER), "asking": "to_person", "already_collected": false });
    let whose = table.desk.call("member_add", args).expect("a member")["members"][0]["member"].clone();
    table.desk.call("form_refuse", json!({ "unit": unit, "member": whose })).expect("declined");
    finalise(&mut table.desk, unit.as_str().expect("an id"));
    deliver(&mut table.desk);
    let rows = table.office.clerk.call("queue", Value::Null).expect("the queue")["rows"].clone();
    assert_eq!(rows[0]["hold"], Value::Null, "delivered as ever");
    table.office.admin.call("revoke", json!({ "member": member(SECOND), "even_so": false })).expect("revoked");
    assert!(devices_revoked(&mut table));
}
