//! What cannot be entered goes back to whoever filled it in, sealed; and what they have to mend afterwards they are told.

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::clear_text;
use testkit::desk::Desk;

use super::Table;
use super::later::{NUMBER, answer_and_seal, begin, deliver, hand_over, open, queue, typed, witnessed};

const RIGHT: &str = "123A456798";

fn notes(desk: &mut Desk) -> Vec<Value> {
    desk.call("notes", Value::Null).expect("what waits")["rows"].as_array().expect("rows").clone()
}

fn ask(clerk: &mut Desk, record: &str, reason: &str) {
    clerk.call("record_problem", json!({ "record": record, "reason": reason })).expect("asked");
}

fn answer(desk: &mut Desk, record: &str, reply: &str, number: Option<&str>) -> Vec<Value> {
    let waiting = notes(desk).into_iter().find(|row| row["record"] == record && row["asks"] == (reply != "read")).expect("it waits");
    let args = json!({ "record": record, "note": waiting["note"], "reply": reply, "number": number.map(typed) });
    desk.call("note_answer", args).expect("answered")["rows"].as_array().expect("rows").clone()
}

fn question(clerk: &mut Desk) -> Value {
    clerk.call("queue", Value::Null).expect("the queue")["rows"][0]["question"].clone()
}

#[test]
fn a_wrong_number_goes_back_to_its_author_and_the_right_one_comes_to_the_clerk() {
    let mut table = Table::new();
    let record = hand_over(&mut table, "A", NUMBER);
    let (clerk, desk) = (&mut table.office.clerk, &mut table.desk);
    let unopened = json!({ "record": record, "reason": "number_unknown" });
    assert_eq!(clerk.code_of("record_problem", unopened).expect("nobody read it"), "not_found");
    let view = open(clerk, &record);
    assert_eq!((&view["question"], &view["number_corrected"]), (&Value::Null, &json!(false)));
    ask(clerk, &record, "number_unknown");
    assert_eq!(question(clerk), "asked");
    assert_eq!(clerk.code_of("record_confirm", json!({ "record": record, "at_once": true })).expect("not open any more"), "not_found");

    let waiting = notes(desk);
    let row = &waiting[0];
    assert_eq!((waiting.len(), &row["kind"], &row["asks"]), (1, &json!("number_unknown"), &json!(true)));
    assert_eq!((&row["number"], &row["by"], &row["record"]), (&json!(NUMBER), &json!("Clara Clerk"), &json!(record)));
    let warnings = desk.call("status", Value::Null).expect("the state")["warnings"].clone();
    assert!(warnings.as_array().expect("codes").contains(&json!("notes_waiting")), "said where people work");
    assert!(answer(desk, &record, "number", Some(RIGHT)).is_empty());

    assert_eq!(question(clerk), "to_enter");
    let view = open(clerk, &record);
    assert_eq!((&view["customer_number"], &view["number_corrected"], &view["may_discard"]), (&json!(RIGHT), &json!(true), &json!(false)));
    clerk.call("record_confirm", json!({ "record": record, "at_once": true })).expect("entered");
    assert_eq!(witnessed(clerk), [record]);
}

#[test]
fn on_its_authors_word_a_form_is_destroyed_without_entry_and_not_before() {
    let mut table = Table::new();
    let record = hand_over(&mut table, "A", NUMBER);
    let (clerk, desk) = (&mut table.office.clerk, &mut table.desk);
    open(clerk, &record);
    ask(clerk, &record, "contradictory");
    assert_eq!(open(clerk, &record)["may_discard"], false);
    assert_eq!(clerk.code_of("record_discard", json!({ "record": record })).expect("it is to be entered"), "endpoint_refused");
    assert!(answer(desk, &record, "withdraw", None).is_empty());
    let view = open(clerk, &record);
    assert_eq!((&view["question"], &view["may_discard"]), (&json!("withdrawn"), &json!(true)));
    clerk.call("record_discard", json!({ "record": record })).expect("destroyed");
    assert!(queue(clerk).is_empty());
}

#[test]
fn a_slip_that_the_clerk_corrects_is_told_to_the_author_with_both_numbers_and_to_nobody_else() {
    let mut table = Table::new();
    let record = hand_over(&mut table, "A", NUMBER);
    let clerk = &mut table.office.clerk;
    open(clerk, &record);
    let differ = json!({ "record": record, "at_once": true, "corrected": { "first": RIGHT, "again": NUMBER } });
    assert_eq!(clerk.code_of("record_confirm", differ).expect("typed twice"), "numbers_differ");
    let confirm = json!({ "record": record, "at_once": true, "corrected": typed(RIGHT) });
    clerk.call("record_confirm", confirm).expect("still open in memory, and entered");
    assert_eq!(witnessed(clerk), std::slice::from_ref(&record));

    let found = clear_text::search(table.office.mailbox.data(), &[NUMBER.to_owned(), RIGHT.to_owned()]).expect("searched");
    assert!(found.is_empty(), "the endpoint knows that something is told, and not what");
    let waiting = notes(&mut table.desk);
    assert_eq!((&waiting[0]["kind"], &waiting[0]["asks"]), (&json!("number_corrected"), &json!(false)));
    assert_eq!((&waiting[0]["number"], &waiting[0]["corrected"]), (&json!(NUMBER), &json!(RIGHT)));
    assert!(answer(&mut table.desk, &record, "read", None).is_empty());
}

#[test]
fn that_the_code_mig_is_missing_reaches_whoever_filled_in_the_form() {
    let mut table = Table::new();
    let shown = table.office.admin.call("mask_show", Value::Null).expect("the app's")["text"].as_str().expect("a text").to_owned();
    table.office.admin.call("mask_set", json!({ "text": shown.replace("mig = false", "mig = true") })).expect("published");
    let record = hand_over(&mut table, "A", NUMBER);
    let clerk = &mut table.office.clerk;
    clerk.call("contact", Value::Null).expect("the newest directory");
    assert_eq!(open(clerk, &record)["asks_mig"], true);
    clerk.call("record_confirm", json!({ "record": record, "at_once": true, "mig": "missing" })).expect("entered");
    table.desk.call("contact", Value::Null).expect("looks for notes");
    let status = table.desk.call("status", Value::Null).expect("the state");
    assert!(status["warnings"].as_array().expect("codes").contains(&json!("notes_waiting")));
    let waiting = notes(&mut table.desk);
    assert_eq!((&waiting[0]["kind"], &waiting[0]["number"]), (&json!("mig_missing"), &json!(NUMBER)));
}

#[test]
fn what_was_asked_or_answered_meanwhile_is_said_before_anything_happens() {
    let mut table = Table::new();
    let record = hand_over(&mut table, "A", NUMBER);
    let (clerk, desk) = (&mut table.office.clerk, &mut table.desk);
    open(clerk, &record);
    ask(clerk, &record, "number_unknown");
    let first = notes(desk)[0]["note"].clone();
    open(clerk, &record);
    ask(clerk, &record, "contradictory");
    let late = json!({ "record": record, "note": first, "reply": "enter", "number": null });
    assert_eq!(desk.code_of("note_answer", late).expect("to a question that is gone"), "note_gone");
    open(clerk, &record);
    assert!(answer(desk, &record, "withdraw", None).is_empty());
    let confirm = json!({ "record": record, "at_once": true });
    assert_eq!(clerk.code_of("record_confirm", confirm.clone()).expect("she has not seen the answer"), "changed_meanwhile");
    assert_eq!(open(clerk, &record)["question"], "withdrawn");
    assert_eq!(clerk.code_of("record_confirm", confirm).expect("against its author's word"), "changed_meanwhile");
}

/// A change of mind is never a duplicate; that it is not to be entered, its author alone can say.
#[test]
fn a_change_of_mind_is_destroyed_without_entry_on_its_authors_word() {
    let mut table = Table::new();
    hand_over(&mut table, "A", NUMBER);
    let whose = begin(&mut table.desk, NUMBER, false);
    let new = answer_and_seal(&mut table.desk, &whose);
    deliver(&mut table.desk);
    let (clerk, desk) = (&mut table.office.clerk, &mut table.desk);
    assert_eq!(open(clerk, &new)["may_discard"], false);
    ask(clerk, &new, "contradictory");
    answer(desk, &new, "withdraw", None);
    assert_eq!(open(clerk, &new)["may_discard"], true);
    clerk.call("record_discard", json!({ "record": new })).expect("destroyed");
    assert!(queue(clerk).is_empty());
}
