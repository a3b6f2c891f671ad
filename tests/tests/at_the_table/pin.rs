//! The PIN of a working day: convenient at the table, and worth nothing to whoever takes the device away.

use std::sync::Arc;

use clock::{Clock, MockClock, SystemClock};
use commands::KdfCost;
use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::seat::PASSPHRASE;
use testkit::small_office::SmallOffice;

use super::Table;

const PIN: &str = "4711";
const HOUR: u64 = 3600;

fn user(desk: &mut Desk) -> Value {
    desk.call("status", Value::Null).expect("status")["users"][0]["user"].clone()
}

fn set(desk: &mut Desk) -> Value {
    desk.call("pin_set", json!({ "pin": PIN })).expect("a PIN")
}

fn lock(desk: &mut Desk) -> Value {
    desk.call("lock", Value::Null).expect("locked")
}

fn with_pin(desk: &mut Desk, pin: &str) -> anyhow::Result<Value> {
    let args = json!({ "user": user(desk), "pin": pin });
    desk.call("unlock_pin", args)
}

fn code(result: anyhow::Result<Value>) -> String {
    result.expect_err("refused").to_string().split(' ').nth(1).unwrap_or_default().to_owned()
}

#[test]
fn after_a_lock_the_pin_leads_back_to_the_same_question_also_after_a_handover() {
    let mut table = Table::new();
    let (first, second) = (table.add("Mutter", "to_person"), table.add("Partner", "to_person"));
    table.answer(&second, "german_nationality", "no");
    assert_eq!(table.desk.call("status", Value::Null).expect("status")["pin"], Value::Null);
    let status = set(&mut table.desk);
    assert_eq!(status["pin"]["user"], user(&mut table.desk));
    // Finalising destroys the draft under a new key of the user: the PIN has to outlive that.
    for command in ["form_refuse", "form_check"] {
        let whose = table.whose(&first);
        table.desk.call(command, whose).expect("checked");
    }
    let sealing = json!({ "unit": table.unit, "left_out": [second] });
    table.desk.call("unit_finalise", sealing).expect("sealed");
    let status = lock(&mut table.desk);
    assert_eq!((&status["session"], &status["pin"]["user"]), (&Value::Null, &user(&mut table.desk)));
    let status = with_pin(&mut table.desk, PIN).expect("unlocked");
    assert_eq!(status["session"]["user"], user(&mut table.desk));
    assert_eq!(table.form(&second)["current"], "born_outside");
}

#[test]
fn the_third_wrong_pin_ends_it_and_the_passphrase_begins_anew() {
    let mut table = Table::new();
    set(&mut table.desk);
    lock(&mut table.desk);
    for left in ["2", "1"] {
        let error = with_pin(&mut table.desk, "9999").expect_err("wrong").to_string();
        assert!(error.contains("wrong_pin") && error.contains(&format!("\"left\":\"{left}\"")), "{error}");
    }
    assert_eq!(code(with_pin(&mut table.desk, "9999")), "pin_gone");
    assert_eq!(code(with_pin(&mut table.desk, PIN)), "pin_gone", "the right one is too late");
    assert_eq!(table.desk.call("status", Value::Null).expect("status")["pin"], Value::Null);
    table.desk.sign_in().expect("the passphrase still counts");
    assert_eq!(table.desk.call("status", Value::Null).expect("status")["pin"], Value::Null, "and brings no PIN back");
}

#[test]
fn a_right_pin_gives_three_tries_again() {
    let mut table = Table::new();
    set(&mut table.desk);
    for _ in 0..3 {
        lock(&mut table.desk);
        for _ in 0..2 {
            assert_eq!(code(with_pin(&mut table.desk, "9999")), "wrong_pin");
        }
        with_pin(&mut table.desk, PIN).expect("the third is right");
    }
}

#[test]
fn a_restart_another_passphrase_and_three_wrong_codes_end_it() {
    let mut table = Table::new();
    let member = table.add("Mutter", "to_person");
    set(&mut table.desk);
    let turning = json!({ "unit": table.unit, "member": member, "code": "2468" });
    let whose = user(&mut table.desk);
    table.desk.call("turn", turning).expect("turned");
    assert_eq!(code(table.desk.call("unlock_pin", json!({ "user": whose, "pin": PIN }))), "turned", "no way round the code");
    for _ in 0..3 {
        assert!(table.desk.call("turn_back", json!({ "code": "0000" })).is_err());
    }
    assert_eq!(code(with_pin(&mut table.desk, PIN)), "pin_gone");

    table.desk.sign_in().expect("the passphrase");
    set(&mut table.desk);
    table.desk.call("change_passphrase", json!({ "old": PASSPHRASE, "new": "ganz andere Worte hier" })).expect("changed");
    lock(&mut table.desk);
    assert_eq!(code(with_pin(&mut table.desk, PIN)), "pin_gone");

    let who = user(&mut table.desk);
    table.desk.call("unlock", json!({ "user": who, "passphrase": "ganz andere Worte hier" })).expect("unlocked");
    set(&mut table.desk);
    table.desk.call("pin_set", json!({ "pin": null })).expect("forgotten");
    lock(&mut table.desk);
    assert_eq!(code(with_pin(&mut table.desk, PIN)), "pin_gone", "given up by hand");

    table.desk.call("unlock", json!({ "user": who, "passphrase": "ganz andere Worte hier" })).expect("unlocked");
    set(&mut table.desk);
    let Table { office: _office, desk, folder, .. } = table;
    drop(desk);
    let mut desk = Desk::open(&folder.path().join("device")).expect("the app opens");
    assert_eq!(code(with_pin(&mut desk, PIN)), "pin_gone", "nothing of it was on the disk");
}

#[test]
fn after_ten_hours_and_with_a_clock_put_back_the_passphrase_is_needed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut office = SmallOffice::found(folder.path()).expect("an office");
    let morning = SystemClock.now();
    let clock = Arc::new(MockClock::at(morning));
    let cost = KdfCost::new(64 * 1024, 1, 1).expect("a cost");
    let desk = Desk::open_with(&office.place("device"), clock.clone(), Some(cost)).expect("the app opens");
    let mut desk = office.enrol_counsellor(desk).expect("a counsellor");
    set(&mut desk);
    clock.advance(10 * HOUR - 1);
    lock(&mut desk);
    let status = with_pin(&mut desk, PIN).expect("still the same day");
    assert_eq!(status["pin"]["until"], morning.0 + 10 * HOUR, "the PIN does not prolong its own day");
    assert_eq!(desk.call("pin_set", json!({ "pin": "2580" })).expect("another PIN")["pin"]["until"], morning.0 + 10 * HOUR);
    clock.advance(1);
    assert_eq!(desk.code_of("pin_set", json!({ "pin": PIN })).expect("refused"), "pin_gone");
    lock(&mut desk);
    assert_eq!(code(with_pin(&mut desk, "2580")), "pin_gone");
    desk.sign_in().expect("the passphrase");
    set(&mut desk);
    lock(&mut desk);
    clock.set(morning);
    assert_eq!(code(with_pin(&mut desk, PIN)), "pin_gone", "a clock that was put back");
}

#[test]
fn an_easy_pin_and_a_locked_app_are_refused() {
    let mut table = Table::new();
    for weak in ["123", "1234", "8765", "0000", "123456789", "12a4", ""] {
        assert_eq!(table.desk.code_of("pin_set", json!({ "pin": weak })).expect("refused"), "pin_weak", "{weak}");
    }
    lock(&mut table.desk);
    assert_eq!(table.desk.code_of("pin_set", json!({ "pin": PIN })).expect("refused"), "locked");
}
