//! The turned device: the customer has one form and nothing else, until the code is given.

use commands::Command;
use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::seat::PASSPHRASE;

use super::Table;

const CODE: &str = "4711";

fn turn(table: &mut Table, member: &str, code: Option<&str>) -> anyhow::Result<Value> {
    let args = json!({ "unit": table.unit, "member": member, "code": code });
    table.desk.call("turn", args)
}

/// Arguments that would be right for each command, were it allowed.
fn arguments(command: &str, unit: &str, member: &str) -> Value {
    let number = json!({ "first": "", "again": "" });
    match command {
        "turn" => json!({ "unit": unit, "member": member, "code": null }),
        "turn_back" => json!({ "code": "0000" }),
        "unlock" => json!({ "user": "00", "passphrase": PASSPHRASE }),
        "pin_set" => json!({ "pin": null }),
        "unlock_pin" => json!({ "user": "00", "pin": CODE }),
        "lock_after_set" => json!({ "minutes": 5, "turned_minutes": 5 }),
        "found_office" => json!({ "url": "", "code": "", "office_name": "", "admin_name": "", "passphrase": PASSPHRASE, "demo": true }),
        "enrol" => json!({ "ticket": "", "name": "", "passphrase": PASSPHRASE }),
        "change_passphrase" => json!({ "old": PASSPHRASE, "new": PASSPHRASE }),
        "recover_passphrase" => json!({ "user": "00", "shares": ["x", "y"], "new": PASSPHRASE }),
        "recovery_drill" => json!({ "shares": ["x", "y"] }),
        "take_over" => json!({ "from": "00", "shares": ["x", "y"] }),
        "wording_in" => json!({ "language": "ar" }),
        "unit_list" => json!({ "search": "", "state": null, "oldest_first": false, "offset": 0, "limit": 10 }),
        "unit_create" => json!({ "number": number, "label": "" }),
        "unit_discard" => json!({ "unit": unit, "reason": "duplicate" }),
        "unit_finalise" => json!({ "unit": unit, "left_out": [] }),
        "member_add" | "member_change" => {
            json!({ "unit": unit, "member": member, "label": "", "number": number, "asking": "to_person", "already_collected": false })
        }
        "form_answer" => json!({ "unit": unit, "member": member, "question": "german_nationality", "answer": "yes" }),
        "form_go_to" => json!({ "unit": unit, "member": member, "question": null }),
        "form_take_parent" => json!({ "unit": unit, "member": member, "parent": member, "as_parent": "mother" }),
        "member_remove" => json!({ "unit": unit, "member": member, "reason": "duplicate" }),
        "mig_tick" | "mig_untick" => json!({ "entry": "00" }),
        "number_bring" => json!({ "entry": "00", "number": number }),
        "change_lookup" => json!({ "number": number }),
        "change_begin" => json!({ "number": number, "label": "", "asking": "to_person", "withdraw": true }),
        "ledger" => json!({ "offset": 0, "limit": 10, "after": null }),
        "reconcile" => json!({ "text": "" }),
        "import" => json!({ "text": "[]" }),
        "record_open" | "record_forward" | "record_undo" | "record_copy" | "record_discard" | "paper_shredded" => json!({ "record": "00" }),
        "record_confirm" => json!({ "record": "00", "at_once": false }),
        "invite" => json!({ "name": "", "roles": [], "teams": [] }),
        "customers_set" => json!({ "languages": [], "information": null }),
        "team_create" => json!({ "name": "" }),
        "certify" => json!({ "shares": ["x", "y"], "instead_of": null }),
        "record_problem" => json!({ "record": "00", "reason": "unreadable" }),
        "note_answer" => json!({ "record": "00", "note": "", "reply": "read", "number": null }),
        "staff_change" => json!({ "member": "00", "roles": ["clerk"], "teams": [] }),
        "mask_check" | "mask_set" => json!({ "text": "" }),
        "policy_set" => json!({ "accepted": true }),
        "work_set" => json!({ "rules": [], "deadlines": [] }),
        "team_counts" | "team_key_renew" | "distribution" | "distribution_undo" => json!({ "team": "00" }),
        "team_key_destroy" => json!({ "team": "00", "epoch": 1, "without_devices": false }),
        "distribution_set" => json!({ "team": "00", "by_hand": null, "clerks": [] }),
        "distribution_move" => json!({ "team": "00", "from": null, "to": null, "units": 1 }),
        "team_report" => json!({ "team": "00", "weeks": 12 }),
        "sync_ask" => json!({ "device": "00", "ask": true }),
        _ => json!({ "unit": unit, "member": member }),
    }
}

/// Every command there is, also those that come later: what is not on the customer's list is refused.
#[test]
fn every_command_but_the_customers_is_refused_while_turned() {
    let mut table = Table::new();
    let (member, other) = (table.add("Mutter", "to_person"), table.add("Partner", "to_person"));
    turn(&mut table, &member, Some(CODE)).expect("turned");
    let own = ["form_open", "form_answer", "form_go_to", "form_refuse", "form_undo_refusal", "unit_informed"];
    let free = ["status", "wording", "wording_in", "lock", "turn_back"];
    for command in Command::NAMES.iter().filter(|command| !free.contains(command)) {
        let theirs = table.desk.call(command, arguments(command, &table.unit, &member));
        let others = table.desk.call(command, arguments(command, &table.unit, &other));
        let is_refused = |result: anyhow::Result<Value>| result.is_err_and(|error| error.to_string().contains(" turned"));
        assert!(is_refused(others), "{command}: another person's");
        assert_eq!(is_refused(theirs), !own.contains(command), "{command}: the customer's own");
    }
}

#[test]
fn the_code_leads_back_and_three_wrong_ones_lock() {
    let mut table = Table::new();
    let member = table.add("Mutter", "to_person");
    assert!(turn(&mut table, &member, None).expect_err("no code yet").to_string().contains("code_needed"));
    for bad in ["123", "123456789", "12a4", ""] {
        assert!(turn(&mut table, &member, Some(bad)).is_err(), "{bad} is no code");
    }
    let status = turn(&mut table, &member, Some(CODE)).expect("turned");
    assert_eq!(status["turned"]["member"], member);
    assert_eq!(table.desk.code_of("turn_back", json!({ "code": "0000" })).expect("wrong"), "wrong_code");
    let status = table.desk.call("turn_back", json!({ "code": CODE })).expect("back");
    assert_eq!((&status["turned"], &status["turn_code"]), (&Value::Null, &json!(true)));
    table.desk.call("unit_list", arguments("unit_list", "", "")).expect("the counsellor's side is back");

    turn(&mut table, &member, None).expect("the code of the sitting still counts");
    for wrong in ["0000", "1111"] {
        assert_eq!(table.desk.code_of("turn_back", json!({ "code": wrong })).expect("wrong"), "wrong_code");
    }
    assert_eq!(table.desk.code_of("turn_back", json!({ "code": "2222" })).expect("wrong"), "locked");
    assert_eq!(table.desk.call("status", Value::Null).expect("status")["session"], Value::Null);
    assert_eq!(table.desk.code_of("turn_back", json!({ "code": CODE })).expect("locked"), "locked", "only the passphrase helps now");
}

#[test]
fn what_the_customer_answered_is_there_after_a_kill_and_the_device_is_locked() {
    let mut table = Table::new();
    let (member, other) = (table.add("Mutter", "to_person"), table.add("Kind", "to_parent"));
    turn(&mut table, &member, Some(CODE)).expect("turned");
    table.answer(&member, "german_nationality", "no");
    let form = table.form(&member);
    assert!(form["takeable"].as_array().expect("a list").is_empty());
    let Table { office: _office, desk, unit, folder } = table;
    drop(desk);
    let mut desk = Desk::open(&folder.path().join("device")).expect("the app opens");
    let status = desk.call("status", Value::Null).expect("status");
    assert_eq!((&status["session"], &status["turned"]), (&Value::Null, &Value::Null));
    desk.call("unlock", json!({ "user": status["users"][0]["user"], "passphrase": PASSPHRASE })).expect("unlocked");
    let form = desk.call("form_open", json!({ "unit": unit, "member": member })).expect("a form");
    assert_eq!(form["questions"][0]["answer"], "no");
    desk.call("form_open", json!({ "unit": unit, "member": other })).expect("everything is the counsellor's again");
}

/// Only the approved languages of a real office; all of them in the demo, which this is.
#[test]
fn the_customers_languages_are_served_with_their_direction() {
    let mut table = Table::new();
    let reply = table.desk.call("wording", Value::Null).expect("the wording");
    let languages = reply["languages"].as_array().expect("a list");
    assert_eq!(languages.len(), 10);
    assert!(reply["information"]["controller"].as_str().expect("the demo names somebody").contains("Demo"));
    let arabic = table.desk.call("wording_in", json!({ "language": "ar" })).expect("Arabic");
    assert_eq!(arabic["wording"]["about"]["direction"], "rtl");
    assert_eq!(table.desk.code_of("wording_in", json!({ "language": "xx" })).expect("refused"), "language_unknown");
}

/// Whoever holds the device reads what the page is told, too: nobody else's name or number, no counts, no staff.
#[test]
fn while_turned_no_reply_tells_of_anybody_else() {
    let mut table = Table::new();
    let (member, _) = (table.add("Mutter", "to_person"), table.add("Nachbarin Yildiz", "to_person"));
    let before = table.desk.call("status", Value::Null).expect("status");
    let staff = before["session"]["name"].as_str().expect("a name").to_owned();
    turn(&mut table, &member, Some(CODE)).expect("turned");
    let mine = table.whose(&member);
    for (command, args) in
        [("status", Value::Null), ("wording", Value::Null), ("unit_informed", mine.clone()), ("form_open", mine.clone()), ("form_refuse", mine)]
    {
        let reply = table.desk.call(command, args).expect("the customer's own").to_string();
        for told in ["Yildiz", "12345BG0000001", &staff] {
            assert!(!reply.contains(told), "{command} tells of somebody else");
        }
    }
    let status = table.desk.call("status", Value::Null).expect("status");
    assert!(status["counts"].as_object().expect("counts").values().all(|count| *count == 0), "no counts");
}
