//! Klärung: a second form of the same customer waits for a clerk, who enters it or has it destroyed without entry.

use serde_json::{Value, json};
use testkit::caller::Caller;

use super::Table;
use super::later::{NUMBER, confirm, deliver, hand_over, mig, open, queue, typed, witnessed};

/// Two colleagues collected the same customer, and neither device knew of the other.
fn asked_twice(table: &mut Table, number: &str) -> (String, String) {
    let first = hand_over(table, "A", NUMBER);
    let mut colleague = table.office.counsellor("colleague").expect("another counsellor");
    std::mem::swap(&mut table.desk, &mut colleague);
    let second = super::later::seal(table, "A", number);
    if number.is_empty() {
        let entry = mig(&mut table.desk)[0]["entry"].clone();
        table.desk.call("number_bring", json!({ "entry": entry, "number": typed(NUMBER) })).expect("brought");
    }
    deliver(&mut table.desk);
    (first, second)
}

fn discard(table: &mut Table, record: &str) -> anyhow::Result<Value> {
    table.office.clerk.call("record_discard", json!({ "record": record }))
}

#[test]
fn a_duplicate_is_destroyed_without_entry_and_the_first_form_is_not() {
    let mut table = Table::new();
    let (first, second) = asked_twice(&mut table, NUMBER);
    assert!(discard(&mut table, &second).is_err(), "nobody has looked into it");
    let clerk = &mut table.office.clerk;
    assert_eq!(open(clerk, &second)["hold"], "known_customer");
    assert_eq!(open(clerk, &first)["hold"], Value::Null);
    let refused = discard(&mut table, &first).expect_err("it is to be entered").to_string();
    assert!(refused.contains("conflict"), "{refused}");

    let receipt = discard(&mut table, &second).expect("discarded")["receipt_index"].clone();
    assert!(receipt.is_u64());
    assert_eq!(discard(&mut table, &second).expect("once more")["receipt_index"], receipt, "the first reply may be lost");
    let clerk = &mut table.office.clerk;
    assert_eq!(queue(clerk), [first.as_str()]);
    assert_eq!(witnessed(clerk), [second.as_str()], "the ledger has its line, once");
    confirm(clerk, &first);
    assert!(queue(clerk).is_empty());
}

#[test]
fn the_number_that_made_a_form_a_duplicate_goes_with_it() {
    let mut table = Table::new();
    let (first, second) = asked_twice(&mut table, "");
    let clerk = &mut table.office.clerk;
    let view = open(clerk, &second);
    assert_eq!((&view["hold"], &view["customer_number"]), (&json!("known_customer"), &json!(NUMBER)));
    discard(&mut table, &second).expect("discarded");
    let clerk = &mut table.office.clerk;
    assert_eq!(queue(clerk), [first.as_str()]);
    assert_eq!(witnessed(clerk).len(), 2, "form and number");
}

#[test]
fn what_a_revoked_device_brought_is_destroyed_unless_somebody_enters_it() {
    let mut table = Table::new();
    let record = super::later::seal(&mut table, "A", NUMBER);
    let view = table.office.admin.call("office", Value::Null).expect("the office");
    let staff = view["staff"].as_array().expect("staff");
    let counsellor = staff.iter().find(|row| row["roles"] == json!(["counsellor"])).expect("the counsellor")["member"].clone();
    table.office.admin.call("revoke", json!({ "member": counsellor })).expect("revoked");
    assert_eq!(table.desk.call("sync", Value::Null).expect("delivered")["held"], 1);
    assert_eq!(open(&mut table.office.clerk, &record)["hold"], "revoked_device");
    discard(&mut table, &record).expect("discarded");
    assert!(queue(&mut table.office.clerk).is_empty());
}
