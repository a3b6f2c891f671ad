//! Who leaves a unit leaves a trace, and who left it does not come back.

use serde_json::{Value, json};
use testkit::caller::Caller;

use super::Table;

fn collected(table: &mut Table, member: &str) -> Value {
    let none = json!({ "first": "", "again": "" });
    let args = json!({ "unit": table.unit, "member": member, "label": "", "number": none, "asking": "to_person", "already_collected": true });
    table.desk.call("member_change", args).expect("changed")
}

fn refuse(table: &mut Table, member: &str) {
    let whose = table.whose(member);
    table.desk.call("form_refuse", whose).expect("declined");
}

fn ledger(table: &mut Table) -> Value {
    table.desk.call("ledger", json!({ "offset": 0, "limit": 9, "after": null })).expect("the ledger")
}

#[test]
fn why_somebody_is_removed_is_said_and_nothing_begun_leaves_no_line() {
    let mut table = Table::new();
    let (first, second) = (table.add("Mutter", "to_person"), table.add("Partner", "to_person"));
    table.answer(&first, "german_nationality", "yes");
    let bad = json!({ "unit": table.unit, "member": first, "reason": "because" });
    assert_eq!(table.desk.code_of("member_remove", bad).expect("refused"), "bad_arguments");
    let removing = json!({ "unit": table.unit, "member": first, "reason": "moved_away" });
    table.desk.call("member_remove", removing).expect("removed");
    let written = ledger(&mut table);
    assert_eq!(written["all"], 1);
    assert!(written["rows"][0].to_string().contains("moved_away"), "the reason given");
    collected(&mut table, &second);
    table.desk.call("unit_discard", json!({ "unit": table.unit, "reason": "duplicate" })).expect("closed");
    assert_eq!(ledger(&mut table)["all"], 1);
}

/// Who was handed over and is not marked in the case system yet would be asked twice.

#[test]
fn a_paper_backlog_does_not_bring_back_who_waits_for_the_mark() {
    let mut table = Table::new();
    let member = table.add("Mutter", "to_person");
    let number = json!({ "first": "123A456789", "again": "123A456789" });
    let args = json!({
        "unit": table.unit, "member": member, "label": "", "number": number, "asking": "to_person", "already_collected": false
    });
    table.desk.call("member_change", args).expect("numbered");
    refuse(&mut table, &member);
    table.desk.call("unit_finalise", json!({ "unit": table.unit, "left_out": [] })).expect("sealed");
    let text = json!([{ "members": [{ "customer_number": "123A456789", "answers": "declined" }] }]).to_string();
    let report = table.desk.call("import", json!({ "text": text })).expect("read");
    assert_eq!((&report["units"], &report["issues"][0]["code"]), (&json!(0), &json!("customer_number_twice")));
}
