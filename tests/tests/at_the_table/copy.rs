//! A copy for the customer, as long as the form is not entered: all that it says, whatever the office's mask asks for.

use serde_json::{Value, json};
use testkit::caller::Caller;

use super::Table;
use super::later::{NUMBER, answer_and_seal, begin, confirm, deliver, hand_over, open};

#[test]
fn the_assigned_clerk_prints_all_of_it_until_it_is_entered() {
    let mut table = Table::new();
    // An own mask shows the clerk four characteristics and nothing else.
    let shown = table.office.admin.call("mask_show", Value::Null).expect("the app's")["text"].as_str().expect("a text").to_owned();
    table.office.admin.call("mask_set", json!({ "text": shown })).expect("published");
    hand_over(&mut table, "A", NUMBER);
    let whose = begin(&mut table.desk, NUMBER, false);
    let record = answer_and_seal(&mut table.desk, &whose);
    deliver(&mut table.desk);
    let clerk = &mut table.office.clerk;
    clerk.call("contact", Value::Null).expect("the newest directory");
    let named = json!({ "record": record });
    assert_eq!(clerk.code_of("record_copy", named.clone()).expect("she has not opened it"), "not_found");
    assert_eq!(open(clerk, &record)["answers"], json!([]));
    let copy = clerk.call("record_copy", named.clone()).expect("a copy");
    let answers: Vec<_> = copy["answers"].as_array().expect("answers").iter().map(|line| (line["question"].clone(), line["value"].clone())).collect();
    assert_eq!(answers.len(), 8);
    assert_eq!(answers[0], (json!("german_nationality"), json!("no")));
    assert!(answers[1..].iter().any(|(_, value)| value == "yes"));
    assert_eq!(copy["customer_number"], NUMBER);

    confirm(clerk, &record);
    assert_eq!(clerk.code_of("record_copy", named.clone()).expect("entered and destroyed"), "not_found");
    assert_eq!(table.office.admin.code_of("record_copy", named).expect("no clerk"), "not_your_role");
}
