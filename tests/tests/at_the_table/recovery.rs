//! Two shares of the root: for a passphrase that was forgotten, for a deputy, and to see that it would work.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use testkit::audit::demand_whole;
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::seat::PASSPHRASE;

use super::Table;
use super::later::{NUMBER, confirm, deliver, finalise, hand_over, mig, open, queue, seal, typed};
use super::list::whole_list;
use super::shared::{SECOND, second};

const NEW: &str = "ein anderes langes Kennwort";
const FIRST: &str = "Ina Integration";

fn two(table: &Table) -> Value {
    json!([table.office.root_shares[0], table.office.root_shares[2]])
}

fn user(desk: &mut Desk, name: &str) -> Value {
    let status = desk.call("status", Value::Null).expect("the state");
    status["users"].as_array().expect("users").iter().find(|user| user["name"] == name).expect("known here")["user"].clone()
}

fn units(desk: &mut Desk) -> usize {
    desk.call("unit_list", whole_list()).expect("units")["rows"].as_array().expect("rows").len()
}

fn kinds(desk: &mut Desk) -> Vec<Value> {
    let page = desk.call("ledger", json!({ "offset": 0, "limit": 100 })).expect("the ledger");
    assert_eq!(page["chain_ok"], true);
    page["rows"].as_array().expect("rows").iter().map(|row| row["kind"].clone()).collect()
}

/// What the key files contain.
fn key_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder).expect("the vault").map(|entry| entry.expect("a file").path());
    let keys = files.filter(|path| path.extension().is_some_and(|ending| ending == "key"));
    keys.map(|path| (path.display().to_string(), std::fs::read(&path).expect("readable"))).collect()
}

#[test]
fn a_forgotten_passphrase_costs_no_answer() {
    let mut table = Table::new();
    let member = table.add("Frau A", "to_person");
    table.answer(&member, "german_nationality", "no");
    let shares = two(&table);
    let whose = user(&mut table.desk, FIRST);
    table.desk.call("lock", Value::Null).expect("locked");
    for _ in 0..3 {
        drop(table.desk.call("unlock", json!({ "user": whose, "passphrase": "nicht mehr gewusst" })));
    }
    let mixed = json!({ "user": whose, "shares": [shares[0], shares[0]], "new": NEW });
    assert_eq!(table.desk.code_of("recover_passphrase", mixed).expect("one share twice"), "root_shares");
    let short = json!({ "user": whose, "shares": shares, "new": "kurz" });
    assert_eq!(table.desk.code_of("recover_passphrase", short).expect("too short"), "passphrase_too_short");
    let recovered = table.desk.call("recover_passphrase", json!({ "user": whose, "shares": shares, "new": NEW })).expect("recovered");
    assert_eq!(recovered["session"]["name"], FIRST, "and unlocked");
    assert_eq!(table.given(&member, "german_nationality"), "no");
    assert!(!recovered["warnings"].as_array().expect("codes").contains(&json!("no_recovery")), "left anew for the new one");

    table.desk.call("lock", Value::Null).expect("locked");
    assert_eq!(table.desk.code_of("unlock", json!({ "user": whose, "passphrase": PASSPHRASE })).expect("the old one"), "wrong_passphrase");
    std::thread::sleep(std::time::Duration::from_millis(1_200));
    table.desk.call("unlock", json!({ "user": whose, "passphrase": NEW })).expect("the new one, at once: no wait is left");
    table.desk.call("recover_passphrase", json!({ "user": whose, "shares": shares, "new": PASSPHRASE })).expect("once more, for the next time");
    assert_eq!(table.given(&member, "german_nationality"), "no");
    assert_eq!(kinds(&mut table.desk), ["recovered", "recovered"]);
}

#[test]
fn the_drill_proves_it_and_changes_nothing() {
    let mut table = Table::new();
    second(&mut table);
    let shares = two(&table);
    let folder = table.folder.path().join("device");
    let before = key_files(&folder);
    assert_eq!(before.len(), 3);
    let report = table.desk.call("recovery_drill", json!({ "shares": shares })).expect("tried");
    assert_eq!(report["rows"], json!([{ "name": FIRST, "state": "opens" }, { "name": SECOND, "state": "opens" }]));
    assert_eq!(key_files(&folder), before);
    assert_eq!(kinds(&mut table.desk), ["drilled", "drilled"]);
    let other = table.office.clerk.call("recovery_drill", json!({ "shares": [table.office.root_shares[0], "bogen-r1-2 x"] }));
    assert!(other.expect_err("no share").to_string().contains("root_shares"));
    table.desk.sit_down(FIRST).expect("as before");
    assert_eq!(units(&mut table.desk), 1);
}

/// The deputy sits at the colleague's laptop; what is theirs from then on, is the colleague's no more.
#[test]
fn a_deputy_goes_on_where_a_colleague_is_missed() {
    let mut table = Table::new();
    let sealed = seal(&mut table, "Herr A", NUMBER);
    deliver(&mut table.desk);
    let member = {
        let view = table.desk.call("unit_create", json!({ "number": typed("12345BG0000077"), "label": "" })).expect("a unit");
        table.unit = view["unit"].as_str().expect("an id").to_owned();
        let args = json!({ "unit": table.unit, "label": "Frau B", "number": typed("987Z654321"), "asking": "to_person", "already_collected": false });
        let view = table.desk.call("member_add", args).expect("a member");
        view["members"][0]["member"].as_str().expect("an id").to_owned()
    };
    let whose = table.whose(&member);
    table.desk.call("unit_informed", whose).expect("informed");
    table.answer(&member, "german_nationality", "no");
    let missed = user(&mut table.desk, FIRST);
    second(&mut table);
    let shares = two(&table);
    let own = user(&mut table.desk, SECOND);
    assert_eq!(table.desk.code_of("take_over", json!({ "from": own, "shares": shares })).expect("from oneself"), "not_found");
    let released = table.desk.call("take_over", json!({ "from": missed, "shares": shares })).expect("released");
    // The table begins with an empty unit.
    assert_eq!(released, json!({ "name": FIRST, "units": 2, "marks": 1, "papers": 0, "damaged": 0 }));
    assert_eq!(mig(&mut table.desk)[0]["customer_number"], NUMBER);
    assert_eq!(table.given(&member, "german_nationality"), "no");
    let again = table.desk.call("take_over", json!({ "from": missed, "shares": shares })).expect("nothing is left");
    assert_eq!((&again["units"], &again["marks"]), (&json!(0), &json!(0)));

    let whose = table.whose(&member);
    table.desk.call("form_refuse", whose).expect("she declines to the deputy");
    let record = finalise(&mut table.desk, &table.unit);
    deliver(&mut table.desk);
    assert_eq!(open(&mut table.office.clerk, &record)["author"], SECOND);
    assert!(queue(&mut table.office.clerk).contains(&sealed));
    table.desk.sit_down(FIRST).expect("back from the holiday, with the same passphrase");
    assert_eq!((units(&mut table.desk), mig(&mut table.desk).len()), (0, 0));
    assert_eq!(kinds(&mut table.desk).iter().filter(|kind| *kind == "released").count(), 2);
    demand_whole(&table.office.mailbox, &mut [&mut table.office.clerk, &mut table.desk]).expect("fits");
}

/// "Nummer folgt" goes to the deputy too: the number that they bring is the form's, although another one filled it in.
#[test]
fn a_deputy_brings_the_number_that_a_colleague_was_to_bring() {
    let mut table = Table::new();
    let record = hand_over(&mut table, "B", "");
    let missed = user(&mut table.desk, FIRST);
    second(&mut table);
    let shares = two(&table);
    table.desk.call("take_over", json!({ "from": missed, "shares": shares })).expect("released");
    let entry = mig(&mut table.desk)[0]["entry"].clone();
    table.desk.call("number_bring", json!({ "entry": entry, "number": typed(NUMBER) })).expect("brought");
    deliver(&mut table.desk);
    let clerk = &mut table.office.clerk;
    // A colleague who has joined since the clerk's last contact.
    clerk.call("contact", Value::Null).expect("the newest directory");
    assert_eq!(open(clerk, &record)["customer_number"], NUMBER);
    confirm(clerk, &record);
    assert!(queue(clerk).is_empty());
}
