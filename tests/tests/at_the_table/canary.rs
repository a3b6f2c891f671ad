//! A form of nobody goes the way of all others once a day: whether it can be opened is known before somebody's answers depend on it.

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;

use super::Table;
use super::later::queue;

fn contact(desk: &mut Desk) -> Vec<Value> {
    let status = desk.call("contact", Value::Null).expect("a contact");
    status["warnings"]
        .as_array()
        .expect("codes")
        .iter()
        .filter(|code| code.as_str().is_some_and(|code| code.starts_with("canary")))
        .cloned()
        .collect()
}

fn sql(table: &Table) -> rusqlite::Connection {
    rusqlite::Connection::open(table.office.mailbox.data().join("mailbox.sqlite")).expect("the endpoint's database")
}

/// Left at, opened at, failed at.
fn state(table: &Table) -> (Option<i64>, Option<i64>, Option<i64>) {
    let row = "SELECT left_at, opened_at, failed_at FROM canary";
    sql(table).query_row(row, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap_or_default()
}

#[test]
fn a_canary_is_left_and_opened_without_anybodys_doing() {
    let mut table = Table::new();
    assert!(contact(&mut table.desk).is_empty());
    assert!(matches!(state(&table), (Some(_), None, None)), "it waits");
    assert!(queue(&mut table.office.clerk).is_empty(), "and is in nobody's queue");
    assert!(contact(&mut table.office.clerk).is_empty());
    let (left, opened, failed) = state(&table);
    assert!(opened >= left && failed.is_none());
    contact(&mut table.desk);
    assert_eq!(state(&table).0, left, "one a day");
}

#[test]
fn one_that_does_not_open_is_an_alarm_until_one_does() {
    let mut table = Table::new();
    contact(&mut table.desk);
    let whole: Vec<u8> = sql(&table).query_row("SELECT bytes FROM canary", [], |row| row.get(0)).expect("left");
    let mut flipped = whole.clone();
    *flipped.last_mut().expect("bytes") ^= 1;
    let store = |table: &Table, bytes: &[u8]| assert_eq!(sql(table).execute("UPDATE canary SET bytes = ?1", [bytes]).expect("written"), 1);
    store(&table, &flipped);
    assert_eq!(contact(&mut table.office.clerk), [json!("canary_failed")]);
    assert_eq!(contact(&mut table.office.admin), [json!("canary_failed")], "everybody is told");
    assert_eq!(contact(&mut table.desk), [json!("canary_failed")], "and it is not covered by the next one");
    store(&table, &whole);
    assert!(contact(&mut table.office.clerk).is_empty());
    assert!(contact(&mut table.office.admin).is_empty());
}

#[test]
fn one_that_nobody_opens_for_nine_days_is_an_alarm_too() {
    let mut table = Table::new();
    contact(&mut table.desk);
    assert_eq!(sql(&table).execute("UPDATE canary SET left_at = left_at - 9 * 24 * 3600 - 60", []).expect("written"), 1);
    assert_eq!(contact(&mut table.desk), [json!("canary_silent")]);
    contact(&mut table.office.clerk);
    assert!(contact(&mut table.desk).is_empty());
}
