//! "Nummer folgt": a newborn B from the handover without a number to the entry with it.

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;

use super::Table;
use super::later::{NUMBER, confirm, deliver, hand_over, mig, open, queue, reopened, seal, typed, witnessed};

#[test]
fn a_newborn_is_handed_over_marked_and_entered_once_the_number_came() {
    let mut table = Table::new();
    let record = hand_over(&mut table, "B", "");
    let entry = mig(&mut table.desk)[0].clone();
    assert_eq!((&entry["state"], &entry["label"], &entry["customer_number"]), (&json!("awaits_number"), &json!("B"), &Value::Null));
    let counts = table.desk.call("status", Value::Null).expect("status")["counts"].clone();
    assert_eq!((&counts["numbers_due"], &counts["mig_due"]), (&json!(1), &json!(0)));
    let id = json!({ "entry": entry["entry"] });
    assert_eq!(table.desk.code_of("mig_tick", id.clone()).expect("refused"), "number_follows");
    assert_eq!(table.office.clerk.code_of("record_open", json!({ "record": record })).expect("refused"), "number_follows");

    // The to-do outlives lock and restart.
    table.desk.call("lock", Value::Null).expect("locked");
    let folder = table.office.place("device");
    table.desk = reopened(table.desk, &folder);
    assert_eq!(mig(&mut table.desk)[0]["state"], "awaits_number");

    let bring = |first: &str, again: &str| json!({ "entry": entry["entry"], "number": { "first": first, "again": again } });
    for (first, again, code) in [("", "", "number_follows"), ("123A456789", "123A456780", "numbers_differ"), ("12", "12", "number_invalid")] {
        assert_eq!(table.desk.code_of("number_bring", bring(first, again)).expect("refused"), code);
    }
    let list = table.desk.call("number_bring", bring(NUMBER, NUMBER)).expect("brought");
    assert_eq!((&list["entries"][0]["state"], &list["entries"][0]["customer_number"]), (&json!("sealed"), &json!(NUMBER)));
    assert_eq!(table.desk.code_of("number_bring", bring(NUMBER, NUMBER)).expect("once"), "not_found");
    assert_eq!(table.desk.call("status", Value::Null).expect("status")["counts"]["sealed"], 1, "the number is on its way like any form");
    // Ticked off and destroyed at the next lock, nothing here would know this customer while the endpoint cannot find them by their number yet.
    assert_eq!(table.desk.code_of("mig_tick", id.clone()).expect("refused"), "not_found");
    let found = table.desk.call("change_lookup", json!({ "number": typed(NUMBER) })).expect("found");
    assert_eq!(found["state"], "waiting");
    deliver(&mut table.desk);
    assert_eq!(mig(&mut table.desk)[0]["state"], "due");
    table.desk.call("mig_tick", id).expect("marked");

    let clerk = &mut table.office.clerk;
    assert_eq!(queue(clerk), [record.as_str()], "one row for the form, none for its number");
    let view = open(clerk, &record);
    assert_eq!((&view["customer_number"], &view["hold"]), (&json!(NUMBER), &Value::Null));
    assert_eq!(view["answers"].as_array().expect("eight").len(), 8);
    confirm(clerk, &record);
    assert!(queue(clerk).is_empty());
    assert_eq!(witnessed(clerk).len(), 2, "form and number are both destroyed, each with its receipt");
    confirm(clerk, &record);
    assert_eq!(witnessed(clerk).len(), 2, "and once");
}

/// The device was put back to a copy, so the number is brought twice; the form is entered already when the second one arrives.
#[test]
fn a_second_number_for_a_form_that_was_entered_bothers_nobody() {
    let mut table = Table::new();
    let record = hand_over(&mut table, "B", "");
    let (folder, copy) = (table.office.place("device"), table.office.place("copy"));
    let elsewhere = Desk::open(&table.office.place("nobody")).expect("opens");
    drop(std::mem::replace(&mut table.desk, elsewhere));
    super::change::copy(&folder, &copy);
    let bring = |desk: &mut Desk, number: &str| {
        let entry = mig(desk)[0]["entry"].clone();
        desk.call("number_bring", json!({ "entry": entry, "number": typed(number) })).expect("brought");
        deliver(desk)
    };
    let mut first = Desk::open(&folder).expect("opens again");
    first.sign_in().expect("unlocked");
    bring(&mut first, NUMBER);
    drop(first);
    let clerk = &mut table.office.clerk;
    open(clerk, &record);
    confirm(clerk, &record);
    let mut second = Desk::open(&copy).expect("opens");
    second.sign_in().expect("unlocked");
    assert_eq!(bring(&mut second, "987Z654321")["held"], 1);
    assert!(queue(clerk).is_empty(), "there is nothing to decide");
    assert_eq!(witnessed(clerk).len(), 3, "and nothing is left");
}

#[test]
fn a_number_can_be_brought_while_the_form_is_still_here_and_nobody_has_it_twice() {
    let mut table = Table::new();
    seal(&mut table, "B", "");
    let entry = mig(&mut table.desk)[0]["entry"].clone();
    let none = json!({ "first": "", "again": "" });
    let view = table.desk.call("unit_create", json!({ "number": none, "label": "A" })).expect("a unit");
    let args = json!({ "unit": view["unit"], "label": "A", "number": typed(NUMBER), "asking": "to_person", "already_collected": false });
    table.desk.call("member_add", args).expect("somebody else with this number");
    let bring = json!({ "entry": entry, "number": typed(NUMBER) });
    assert_eq!(table.desk.code_of("number_bring", bring).expect("refused"), "number_twice");
    let list = table.desk.call("number_bring", json!({ "entry": entry, "number": typed("987Z654321") })).expect("brought");
    assert_eq!(list["entries"][0]["state"], "sealed", "not before the form is handed over");
    assert_eq!(deliver(&mut table.desk)["delivered"], 2);
    let record = queue(&mut table.office.clerk).remove(0);
    assert_eq!(open(&mut table.office.clerk, &record)["customer_number"], "987Z654321");
}
