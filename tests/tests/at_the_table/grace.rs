//! "Gespeichert" with a grace: what a clerk can take back, and what happens without her.

use std::time::{Duration, Instant};

use clock::{Clock as _, SystemClock};
use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;

use super::Table;
use super::later::{NUMBER, hand_over, mig, open, queue, reopened, typed, witnessed};

fn confirm(clerk: &mut Desk, record: &str) -> Value {
    clerk.call("record_confirm", json!({ "record": record, "at_once": false })).expect("entered")
}

fn undo(clerk: &mut Desk, record: &str) {
    clerk.call("record_undo", json!({ "record": record })).expect("taken back");
}

fn rows(clerk: &mut Desk) -> Vec<Value> {
    clerk.call("queue", Value::Null).expect("the queue")["rows"].as_array().expect("rows").clone()
}

/// Asks the endpoint, and no app: whether anything of the record is kept.
fn wait_until_destroyed(table: &Table) {
    let database = table.office.mailbox.data().join("mailbox.sqlite");
    let began = Instant::now();
    loop {
        let sql = rusqlite::Connection::open(&database).expect("the mailbox");
        let left: u32 = sql.query_row("SELECT count(*) FROM envelope", [], |row| row.get(0)).expect("counted");
        if left == 0 {
            return;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "nobody destroys it");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn a_confirmation_is_taken_back_in_time_and_the_next_one_destroys_without_the_app() {
    let mut table = Table::new();
    let record = hand_over(&mut table, "A", NUMBER);
    let clerk = &mut table.office.clerk;
    open(clerk, &record);
    let entered = confirm(clerk, &record);
    assert_eq!(entered["receipt_index"], Value::Null);
    let due = entered["due"].as_u64().expect("a time");
    let now = SystemClock.now().0;
    assert!((now + 880..=now + 900).contains(&due));
    assert_eq!(confirm(clerk, &record), entered, "asked again, the same");
    assert_eq!(clerk.code_of("record_confirm", json!({ "record": record, "at_once": true })).expect("not open"), "in_grace");
    let row = &rows(clerk)[0];
    assert_eq!((&row["state"], &row["due"]), (&json!("entered"), &json!(due)));
    assert_eq!(clerk.code_of("record_open", json!({ "record": record })).expect("closed"), "in_grace");
    assert!(witnessed(clerk).is_empty());

    for _ in 0..2 {
        undo(clerk, &record);
    }
    let row = &rows(clerk)[0];
    assert_eq!((&row["state"], &row["due"]), (&json!("opened"), &Value::Null));
    assert_eq!(clerk.code_of("record_confirm", json!({ "record": record, "at_once": false })).expect("not open"), "not_found");
    assert_eq!(open(clerk, &record)["customer_number"], NUMBER);

    table.office.mailbox.restart_with_grace(1).expect("restarted");
    let clerk = &mut table.office.clerk;
    open(clerk, &record);
    confirm(clerk, &record);
    clerk.call("lock", Value::Null).expect("her laptop is closed");
    wait_until_destroyed(&table);
    let folder = table.office.place("clerk");
    table.office.clerk = reopened(table.office.clerk, &folder);
    let clerk = &mut table.office.clerk;
    assert!(witnessed(clerk).is_empty(), "nobody has looked yet");
    for _ in 0..2 {
        assert!(queue(clerk).is_empty());
        assert_eq!(witnessed(clerk), [record.as_str()], "the receipt is kept, once");
    }
    assert_eq!(clerk.code_of("record_undo", json!({ "record": record })).expect("too late"), "already_entered");
    assert!(confirm(clerk, &record)["receipt_index"].is_u64());
}

#[test]
fn a_number_that_followed_is_taken_back_and_destroyed_with_its_form() {
    let mut table = Table::new();
    let record = hand_over(&mut table, "B", "");
    let entry = mig(&mut table.desk)[0]["entry"].clone();
    table.desk.call("number_bring", json!({ "entry": entry, "number": typed(NUMBER) })).expect("brought");
    super::later::deliver(&mut table.desk);
    let clerk = &mut table.office.clerk;
    open(clerk, &record);
    confirm(clerk, &record);
    assert_eq!(rows(clerk).len(), 1, "one row for both");
    undo(clerk, &record);
    assert_eq!(open(clerk, &record)["customer_number"], NUMBER, "both are there again");

    table.office.mailbox.restart_with_grace(1).expect("restarted");
    let clerk = &mut table.office.clerk;
    open(clerk, &record);
    confirm(clerk, &record);
    wait_until_destroyed(&table);
    let clerk = &mut table.office.clerk;
    assert!(queue(clerk).is_empty());
    assert_eq!(witnessed(clerk).len(), 2, "form and number, each with its receipt");
}

#[test]
fn a_change_of_mind_in_the_grace_goes_the_way_of_every_replacement() {
    let mut table = Table::new();
    let old = hand_over(&mut table, "C", NUMBER);
    let clerk = &mut table.office.clerk;
    open(clerk, &old);
    confirm(clerk, &old);
    assert_eq!(super::later::state(&mut table.desk, NUMBER), "opened");
    let whose = super::later::begin(&mut table.desk, NUMBER, false);
    let later = super::later::answer_and_seal(&mut table.desk, &whose);
    super::later::deliver(&mut table.desk);
    let clerk = &mut table.office.clerk;
    assert_eq!(queue(clerk), [later.as_str()]);
    assert_eq!(clerk.code_of("record_open", json!({ "record": old })).expect("replaced"), "superseded");
    let view = open(clerk, &later);
    assert_eq!(view["replaces"], "perhaps_entered");
    confirm(clerk, &later);
    assert_eq!(witnessed(clerk), [old.as_str()], "the old one at once, the new one after its grace");
}
