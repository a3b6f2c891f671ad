//! Paper: the sheet is remembered until somebody says that it was shredded, whatever becomes of what was typed in.

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::seat::PASSPHRASE;

use super::Table;

fn open(table: &mut Table, member: &str) -> Value {
    let whose = table.whose(member);
    table.desk.call("paper_open", whose).expect("a form")
}

fn papers(desk: &mut Desk) -> Vec<Value> {
    desk.call("papers", Value::Null).expect("a list")["rows"].as_array().expect("rows").clone()
}

fn due(desk: &mut Desk) -> u64 {
    desk.call("status", Value::Null).expect("status")["counts"]["papers_due"].as_u64().expect("a count")
}

fn labels(desk: &mut Desk) -> Vec<String> {
    papers(desk).iter().map(|row| row["label"].as_str().expect("a label").to_owned()).collect()
}

#[test]
fn the_sheet_outlives_handover_lock_and_restart_and_is_shredded_once() {
    let mut table = Table::new();
    let member = table.add("Mutter", "to_person");
    let view = open(&mut table, &member);
    assert_eq!(view["current"], "german_nationality", "the form as form_open shows it");
    open(&mut table, &member);
    assert_eq!(due(&mut table.desk), 1, "one sheet, however often it is opened");
    for command in ["form_refuse", "form_check"] {
        let whose = table.whose(&member);
        table.desk.call(command, whose).expect("checked");
    }
    let sealing = json!({ "unit": table.unit, "left_out": [] });
    let sealed = table.desk.call("unit_finalise", sealing).expect("sealed");
    table.desk.call("sync", Value::Null).expect("delivered");
    table.desk.call("lock", Value::Null).expect("locked");
    assert_eq!(due(&mut table.desk), 0, "nothing is told while locked");
    assert_eq!(table.desk.code_of("papers", Value::Null).expect("refused"), "locked");
    let Table { office: _office, desk, folder, .. } = table;
    drop(desk);
    let mut desk = Desk::open(&folder.path().join("device")).expect("the app opens");
    desk.sign_in().expect("unlocked");
    let rows = papers(&mut desk);
    assert_eq!(
        (rows[0]["record"].clone(), rows[0]["label"].clone(), rows[0]["unit_number"].clone()),
        (sealed["records"][0].clone(), json!("Mutter"), json!("12345BG0000001"))
    );

    let shredded = json!({ "record": rows[0]["record"] });
    assert_eq!(desk.call("paper_shredded", shredded.clone()).expect("shredded")["rows"], json!([]));
    assert_eq!(due(&mut desk), 0);
    assert_eq!(desk.code_of("paper_shredded", shredded).expect("refused"), "not_found", "once");
    let ledger = desk.call("ledger", json!({ "offset": 0, "limit": 9 })).expect("the ledger");
    assert_eq!((&ledger["all"], &ledger["chain_ok"]), (&json!(2), &json!(true)));
    assert_eq!(
        (&ledger["rows"][0]["kind"], &ledger["rows"][0]["record"], &ledger["rows"][0]["receipt_index"]),
        (&json!("paper"), &rows[0]["record"], &Value::Null)
    );
    assert_eq!(desk.call("status", Value::Null).expect("status")["counts"]["destroyed"], 1, "a sheet is no form");
}

/// A sheet that is the only place with all the answers must not go.
#[test]
fn a_sheet_that_is_not_typed_in_and_checked_is_not_shredded() {
    let mut table = Table::new();
    let member = table.add("Mutter", "to_person");
    open(&mut table, &member);
    table.answer(&member, "german_nationality", "yes");
    let row = papers(&mut table.desk)[0].clone();
    assert_eq!(row["needed"], true);
    let shredded = json!({ "record": row["record"] });
    assert_eq!(table.desk.code_of("paper_shredded", shredded.clone()).expect("refused"), "not_checked");
    assert_eq!(due(&mut table.desk), 1, "the reminder stays");
    for command in ["form_refuse", "form_check"] {
        let whose = table.whose(&member);
        table.desk.call(command, whose).expect("checked");
    }
    assert_eq!(papers(&mut table.desk)[0]["needed"], false);
    table.desk.call("paper_shredded", shredded).expect("shredded");
}

/// Two newborns have neither a number nor a name that tells them apart.
#[test]
fn each_twin_has_a_sheet_of_their_own() {
    let mut table = Table::new();
    let (one, other) = (table.add("Zwilling", "to_parent"), table.add("Zwilling", "to_parent"));
    for member in [&one, &other] {
        open(&mut table, member);
    }
    for command in ["form_refuse", "form_check"] {
        let whose = table.whose(&other);
        table.desk.call(command, whose).expect("checked");
    }
    let rows = papers(&mut table.desk);
    let row = |member: &str| rows.iter().find(|row| row["member"] == member).expect("a sheet").clone();
    assert_eq!((&row(&one)["needed"], &row(&other)["needed"]), (&json!(true), &json!(false)));
    let left = table.desk.call("paper_shredded", json!({ "record": row(&other)["record"] })).expect("shredded")["rows"].clone();
    assert_eq!((left.as_array().map(Vec::len), &left[0]["member"]), (Some(1), &json!(one)));
}

#[test]
fn who_discards_the_form_still_has_the_sheet() {
    let mut table = Table::new();
    let (first, second) = (table.add("Mutter", "to_person"), table.add("Partner", "to_person"));
    open(&mut table, &first);
    open(&mut table, &second);
    let removing = json!({ "unit": table.unit, "member": first, "reason": "customer_withdrew" });
    table.desk.call("member_remove", removing).expect("removed");
    let discarding = json!({ "unit": table.unit, "reason": "duplicate" });
    table.desk.call("unit_discard", discarding).expect("discarded");
    let mut left = labels(&mut table.desk);
    left.sort();
    assert_eq!(left, ["Mutter", "Partner"]);
}

#[test]
fn a_colleague_at_the_same_table_and_the_customer_see_no_sheets() {
    let mut table = Table::new();
    let member = table.add("Mutter", "to_person");
    open(&mut table, &member);
    let turning = json!({ "unit": table.unit, "member": member, "code": "4711" });
    table.desk.call("turn", turning).expect("turned");
    for command in ["paper_open", "papers"] {
        let whose = table.whose(&member);
        assert_eq!(table.desk.code_of(command, whose).expect("refused"), "turned");
    }
    table.desk.call("lock", Value::Null).expect("locked");
    let who = table.desk.call("status", Value::Null).expect("status")["users"][0]["user"].clone();
    table.desk.call("unlock", json!({ "user": who, "passphrase": PASSPHRASE })).expect("unlocked");
    assert_eq!(due(&mut table.desk), 1);
}
