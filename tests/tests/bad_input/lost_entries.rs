//! A clerk's app is cut off between two destructions that belong together: the next look at the queue, or the next opening, brings both to their end.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use whole_system::wire::Wire;

use crate::Bench;
use crate::lost_replies::behind_a_wire;

pub const NUMBER: &str = "123A456789";

fn typed(number: &str) -> Value {
    json!({ "first": number, "again": number })
}

/// One person's declined form, sealed and delivered.
pub fn hand_over(bench: &mut Bench, number: &str) -> String {
    let desk = bench.desk();
    let view = desk.call("unit_create", json!({ "number": typed(""), "label": "B" })).expect("a unit");
    let add = json!({ "unit": view["unit"], "label": "B", "number": typed(number), "asking": "to_person", "already_collected": false });
    let view = desk.call("member_add", add).expect("a member");
    desk.call("form_refuse", json!({ "unit": view["unit"], "member": view["members"][0]["member"] })).expect("declined");
    finalise(bench, &view["unit"])
}

fn finalise(bench: &mut Bench, unit: &Value) -> String {
    let sealed = bench.desk().call("unit_finalise", json!({ "unit": unit, "left_out": [] })).expect("sealed");
    assert_eq!(bench.sync()["left"], 0);
    sealed["records"][0].as_str().expect("a record").to_owned()
}

/// A newborn's form, delivered, and its number after it.
fn newborn(bench: &mut Bench) -> String {
    let record = hand_over(bench, "");
    let entry = bench.desk().call("mig_list", Value::Null).expect("a list")["entries"][0]["entry"].clone();
    bench.desk().call("number_bring", json!({ "entry": entry, "number": typed(NUMBER) })).expect("brought");
    assert_eq!(bench.sync()["left"], 0);
    record
}

fn witnessed(clerk: &mut Desk) -> usize {
    let page = clerk.call("ledger", json!({ "offset": 0, "limit": 9 })).expect("a ledger");
    page["rows"].as_array().expect("rows").iter().filter(|row| row["kind"] == "witnessed").count()
}

pub fn rows(clerk: &mut Desk) -> Vec<Value> {
    clerk.call("queue", Value::Null).expect("a queue")["rows"].as_array().expect("rows").clone()
}

/// The app ends and is opened again: what it had open is forgotten.
fn killed(bench: &mut Bench) {
    let place = bench.office.place("clerk");
    let elsewhere = bench.office.place("nobody");
    drop(std::mem::replace(&mut bench.office.clerk, Desk::open(&elsewhere).expect("opens")));
    bench.office.clerk = Desk::open(&place).expect("opens again");
    bench.office.clerk.sign_in().expect("unlocks");
}

fn leaked(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

#[test]
fn a_form_destroyed_without_its_number_is_finished_by_the_next_look_at_the_queue() {
    let mut bench = Bench::new();
    let record = newborn(&mut bench);
    let wire = behind_a_wire(&mut bench);
    let named = json!({ "record": record });
    let at_once = json!({ "record": record, "at_once": true });
    bench.office.clerk.call("record_open", named).expect("opens");
    wire.lose(leaked(format!("POST /v1/records/{record}/destruction")));
    assert_eq!(bench.office.clerk.code_of("record_confirm", at_once.clone()).expect("no answer"), "unreachable");
    assert!(wire.has_lost());
    killed(&mut bench);
    assert!(rows(&mut bench.office.clerk).is_empty());
    assert_eq!(witnessed(&mut bench.office.clerk), 2, "the form, whose reply was lost, and its number");
    bench.office.clerk.call("record_confirm", at_once).expect("she did");
    assert_eq!(witnessed(&mut bench.office.clerk), 2);
}

#[test]
fn the_same_is_finished_by_confirming_again() {
    let mut bench = Bench::new();
    let record = newborn(&mut bench);
    let wire = behind_a_wire(&mut bench);
    for restart in [false, true] {
        let record = if restart { hand_over(&mut bench, "987Z654321") } else { record.clone() };
        let named = json!({ "record": record });
        let at_once = json!({ "record": record, "at_once": true });
        bench.office.clerk.call("record_open", named).expect("opens");
        wire.lose(leaked(format!("POST /v1/records/{record}/destruction")));
        assert_eq!(bench.office.clerk.code_of("record_confirm", at_once.clone()).expect("no answer"), "unreachable");
        if restart {
            killed(&mut bench);
        }
        bench.office.clerk.call("record_confirm", at_once).expect("again");
    }
    assert_eq!(witnessed(&mut bench.office.clerk), 3);
    assert!(rows(&mut bench.office.clerk).is_empty());
}

#[test]
fn an_old_form_destroyed_before_the_app_heard_of_it_was_still_opened_by_nobody() {
    let mut bench = Bench::new();
    let old = hand_over(&mut bench, NUMBER);
    let begin = json!({ "number": typed(NUMBER), "label": "", "asking": "to_person", "withdraw": true });
    let whose = bench.desk().call("change_begin", begin).expect("begun");
    let new = finalise(&mut bench, &whose["unit"]);
    let wire = behind_a_wire(&mut bench);
    for step in ["opening", "replacement"] {
        wire.lose(leaked(format!("POST /v1/records/{old}/{step}")));
        assert_eq!(bench.office.clerk.code_of("record_open", json!({ "record": new })).expect("no answer"), "unreachable");
        assert!(wire.has_lost());
        killed(&mut bench);
        assert_eq!(rows(&mut bench.office.clerk).len(), 1, "one form to enter");
    }
    let view = bench.office.clerk.call("record_open", json!({ "record": new })).expect("opens");
    assert_eq!(view["replaces"], "unopened");
    assert_eq!(witnessed(&mut bench.office.clerk), 1, "the receipt that was lost");
    bench.office.clerk.call("record_confirm", json!({ "record": new, "at_once": true })).expect("entered");
    assert_eq!(witnessed(&mut bench.office.clerk), 2);
}

/// The clerk left the team before she looked again: whoever has the unit now finishes it unseen.
#[test]
fn a_number_without_its_form_is_finished_by_whoever_gets_the_unit() {
    let mut bench = Bench::new();
    let record = newborn(&mut bench);
    let (place, team) = (bench.office.place("colleague"), bench.office.team.clone());
    let mut colleague = bench.office.enrol(Desk::open(&place).expect("opens"), "clerk", &[&team]).expect("a colleague");
    bench.office.clerk.call("contact", Value::Null).expect("shares the key");
    colleague.call("contact", Value::Null).expect("has the key");
    let wire = behind_a_wire(&mut bench);
    bench.office.clerk.call("record_open", json!({ "record": record })).expect("opens");
    wire.lose(leaked(format!("POST /v1/records/{record}/destruction")));
    let at_once = json!({ "record": record, "at_once": true });
    assert_eq!(bench.office.clerk.code_of("record_confirm", at_once).expect("no answer"), "unreachable");
    let view = bench.office.admin.call("office", Value::Null).expect("the office");
    let clerk = view["staff"].as_array().expect("staff").iter().find(|row| row["name"] == "Clara Clerk").expect("the clerk")["member"].clone();
    bench.office.admin.call("revoke", json!({ "member": clerk })).expect("revoked");
    assert!(rows(&mut colleague).is_empty());
    assert_eq!(witnessed(&mut colleague), 1, "the number");
    assert!(rows(&mut colleague).is_empty());
    assert_eq!(witnessed(&mut colleague), 1, "once");
}

/// With a grace, the word and the receipt are asked for in different requests: either answer may be lost.
#[test]
fn a_lost_word_and_a_lost_receipt_are_asked_for_again_and_the_queue_is_shown_meanwhile() {
    let mut bench = Bench::new();
    let record = hand_over(&mut bench, NUMBER);
    bench.office.mailbox.restart_with_grace(1).expect("restarted");
    let wire = behind_a_wire(&mut bench);
    confirm_unheard(&mut bench, &wire, &record);
    wire.lose(leaked(format!("GET /v1/records/{record}/destruction")));
    let clerk = &mut bench.office.clerk;
    assert!(rows(clerk).is_empty());
    assert!(wire.has_lost());
    assert_eq!(witnessed(clerk), 0);
    assert!(rows(clerk).is_empty());
    assert_eq!(witnessed(clerk), 1);
}

#[test]
fn a_number_whose_word_was_never_sent_is_finished_after_its_form() {
    let mut bench = Bench::new();
    let record = newborn(&mut bench);
    bench.office.mailbox.restart_with_grace(1).expect("restarted");
    let wire = behind_a_wire(&mut bench);
    confirm_unheard(&mut bench, &wire, &record);
    assert!(rows(&mut bench.office.clerk).is_empty());
    assert_eq!(witnessed(&mut bench.office.clerk), 2);
}

/// The endpoint hears the word and the app no answer; then the app is killed, and the grace ends.
fn confirm_unheard(bench: &mut Bench, wire: &Wire, record: &str) {
    bench.office.clerk.call("record_open", json!({ "record": record })).expect("opens");
    wire.lose(leaked(format!("POST /v1/records/{record}/entry")));
    let later = json!({ "record": record, "at_once": false });
    assert_eq!(bench.office.clerk.code_of("record_confirm", later).expect("no answer"), "unreachable");
    assert!(wire.has_lost());
    killed(bench);
    std::thread::sleep(Duration::from_secs(6));
}
