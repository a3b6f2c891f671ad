//! The list of units is kept in memory while somebody is unlocked. It must never tell anything but what is stored.

use std::sync::Arc;

use clock::{Clock, MockClock, SystemClock};
use serde_json::{Value, json};
use testkit::backlog;
use testkit::caller::Caller;
use testkit::desk::Desk;

use super::Table;

/// The list and the count as shown, and as shown once everything in memory was forgotten.
fn expect_memory_tells_what_is_stored(table: &mut Table, after: &str) {
    let shown = look(table);
    table.desk.call("lock", Value::Null).expect("locked");
    table.desk.sign_in().expect("unlocked");
    assert_eq!(shown, look(table), "after {after}");
}

fn look(table: &mut Table) -> (Value, Value) {
    let list = table.desk.call("unit_list", whole_list()).expect("the list");
    let status = table.desk.call("status", Value::Null).expect("status");
    (list, status["counts"]["drafts"].clone())
}

pub fn whole_list() -> Value {
    json!({ "search": "", "state": null, "oldest_first": false, "offset": 0, "limit": 200 })
}

#[test]
fn whatever_is_done_to_units_the_list_in_memory_is_the_stored_one() {
    let mut table = Table::new();
    expect_memory_tells_what_is_stored(&mut table, "creating a unit");
    let mother = table.add("Mutter", "to_person");
    let child = table.add("Kind", "to_parent");
    expect_memory_tells_what_is_stored(&mut table, "adding members");
    let none = json!({ "first": "", "again": "" });
    let renamed =
        json!({ "unit": table.unit, "member": child, "label": "Kind, 5", "number": none, "asking": "to_parent", "already_collected": false });
    table.desk.call("member_change", renamed).expect("renamed");
    expect_memory_tells_what_is_stored(&mut table, "renaming somebody");
    table.desk.call("unit_informed", json!({ "unit": table.unit, "member": mother })).expect("informed");
    table.answer(&mother, "german_nationality", "yes");
    expect_memory_tells_what_is_stored(&mut table, "the first answer");
    for command in ["form_refuse", "form_check"] {
        let whose = table.whose(&mother);
        table.desk.call(command, whose).expect("done");
        expect_memory_tells_what_is_stored(&mut table, command);
    }
    table.desk.call("import", json!({ "text": backlog::text(500, 3, 2) })).expect("imported");
    expect_memory_tells_what_is_stored(&mut table, "an import");
    let again = json!({ "number": { "first": "12345BG0000001", "again": "12345BG0000001" }, "label": "" });
    assert_eq!(table.desk.code_of("unit_create", again).expect("refused"), "number_twice");
    expect_memory_tells_what_is_stored(&mut table, "a command that was refused");
    table.desk.call("unit_finalise", json!({ "unit": table.unit, "left_out": [child] })).expect("sealed");
    expect_memory_tells_what_is_stored(&mut table, "sealing all but one");
    table.desk.call("unit_discard", json!({ "unit": table.unit, "reason": "duplicate" })).expect("discarded");
    expect_memory_tells_what_is_stored(&mut table, "discarding");
}

/// How long answers lie on a device is told by the answers: not by who looks at them, and not by who else of the unit was handed over.
#[test]
fn no_answer_gets_younger_by_being_looked_at_or_left_out() {
    let mut table = Table::new();
    let (mother, father) = (table.add("Mutter", "to_person"), table.add("Partner", "to_person"));
    table.answer(&mother, "german_nationality", "yes");
    for command in ["form_refuse", "form_check"] {
        let whose = table.whose(&father);
        table.desk.call(command, whose).expect("checked");
    }
    let begun = since(&mut table.desk);
    let Table { office: _office, desk, folder, unit } = table;
    drop(desk);
    let clock = Arc::new(MockClock::at(SystemClock.now()));
    let mut desk = Desk::open_with(&folder.path().join("device"), clock.clone(), None).expect("the app opens");
    desk.sign_in().expect("unlocked");
    clock.advance(25 * 3600);
    let whose = json!({ "unit": unit, "member": mother });
    desk.call("form_open", whose.clone()).expect("looked at");
    let back = json!({ "unit": unit, "member": mother, "question": "german_nationality" });
    desk.call("form_go_to", back).expect("leafed back");
    desk.call("unit_finalise", json!({ "unit": unit, "left_out": [mother] })).expect("the partner's is sealed");
    assert_eq!(since(&mut desk), begun);
    let warnings = desk.call("status", Value::Null).expect("status")["warnings"].clone();
    assert!(warnings.as_array().expect("codes").contains(&json!("old_drafts")));

    let anew = json!({ "unit": unit, "member": mother, "question": "german_nationality", "answer": "no" });
    desk.call("unit_informed", whose).expect("informed");
    desk.call("form_answer", anew).expect("answered anew");
    assert!(since(&mut desk) >= begun + 25 * 3600);
}

fn since(desk: &mut Desk) -> u64 {
    desk.call("unit_list", whole_list()).expect("the list")["rows"][0]["since"].as_u64().expect("seconds")
}

#[test]
fn after_the_lock_nothing_is_told_from_memory() {
    let mut table = Table::new();
    table.desk.call("lock", Value::Null).expect("locked");
    assert_eq!(table.desk.code_of("unit_list", whole_list()).expect("refused"), "locked");
    let counts = table.desk.call("status", Value::Null).expect("status")["counts"].clone();
    assert_eq!(counts["drafts"], 0);
}
