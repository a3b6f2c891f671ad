//! The list of units is kept in memory while somebody is unlocked. It must never tell anything but what is stored.

use serde_json::{Value, json};
use testkit::backlog;
use testkit::caller::Caller;

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

fn whole_list() -> Value {
    json!({ "search": "", "state": null, "offset": 0, "limit": 200 })
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

#[test]
fn after_the_lock_nothing_is_told_from_memory() {
    let mut table = Table::new();
    table.desk.call("lock", Value::Null).expect("locked");
    assert_eq!(table.desk.code_of("unit_list", whole_list()).expect("refused"), "locked");
    let counts = table.desk.call("status", Value::Null).expect("status")["counts"].clone();
    assert_eq!(counts["drafts"], 0);
}
