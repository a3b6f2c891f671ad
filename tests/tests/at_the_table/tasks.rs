//! Somebody gets another task: from the next contact on they may do that, and nothing of before.

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;

use super::Table;
use super::later::{NUMBER, hand_over, mig, open, queue, typed};

fn member_called(office: &Value, name: &str) -> String {
    let staff = office["staff"].as_array().expect("staff");
    staff.iter().find(|row| row["name"] == name).expect("in the directory")["member"].as_str().expect("an id").to_owned()
}

#[test]
fn who_stops_being_a_clerk_reads_no_queue_and_the_team_asks_for_another_key() {
    let mut table = Table::new();
    hand_over(&mut table, "A", NUMBER);
    let team = table.office.team.clone();
    let refused = {
        let office = table.office.admin.call("office", Value::Null).expect("the office");
        let change = json!({ "member": member_called(&office, "Clara Clerk"), "roles": ["counsellor"], "teams": [] });
        table.office.admin.call("staff_change", change).expect_err("nobody else has the key").to_string()
    };
    assert_eq!(refused, r#"staff_change: last_holder {"team":"Leistung 1"}"#);
    let mut colleague = table.office.enrol(Desk::open(&table.office.place("colleague")).expect("opens"), "clerk", &[&team]).expect("a colleague");
    table.office.clerk.call("contact", Value::Null).expect("shares the key");
    colleague.call("contact", Value::Null).expect("has it");
    let (admin, clerk) = (&mut table.office.admin, &mut table.office.clerk);
    let office = admin.call("office", Value::Null).expect("the office");
    let (member, own) = (member_called(&office, "Clara Clerk"), office["own"].clone());
    assert_eq!(queue(clerk).len(), 1);

    let both = json!({ "member": member, "roles": ["counsellor", "clerk"], "teams": [team], "was": { "roles": ["clerk"], "teams": [team] } });
    let office = admin.call("staff_change", both.clone()).expect("published");
    assert_eq!(office["teams"][0]["next_key_wanted"], false, "she is a clerk of the team as before");
    let stale = json!({ "member": member, "roles": ["clerk"], "teams": [team], "was": { "roles": ["clerk", "admin"], "teams": [team] } });
    assert_eq!(admin.code_of("staff_change", stale).expect("a colleague was quicker"), "staff_changed");
    let number = office["number"].clone();
    assert_eq!(admin.call("staff_change", both).expect("as it is")["number"], number, "nothing to publish");
    clerk.call("contact", Value::Null).expect("the newest directory");
    assert_eq!(clerk.call("status", Value::Null).expect("the state")["session"]["roles"], json!(["counsellor", "clerk"]));
    assert_eq!(queue(clerk).len(), 1);

    let office = admin.call("staff_change", json!({ "member": member, "roles": ["counsellor"], "teams": [] })).expect("published");
    assert_eq!(office["teams"][0]["next_key_wanted"], true, "she knows the old one");
    clerk.call("contact", Value::Null).expect("the newest directory");
    assert_eq!(clerk.code_of("queue", Value::Null).expect("a clerk's"), "not_your_role");

    let mut refused =
        |member: &Value, roles: &[&str]| admin.code_of("staff_change", json!({ "member": member, "roles": roles, "teams": [] })).expect("refused");
    assert_eq!(refused(&own, &["clerk"]), "cannot_revoke_self");
    assert_eq!(refused(&json!(member), &[]), "bad_arguments", "somebody without a task is to be revoked");
    assert_eq!(refused(&json!("00000000-0000-4000-8000-000000000000"), &["clerk"]), "not_found");
}

/// What somebody sealed while it was their task stays a form, and what belongs to it stays theirs to finish.
#[test]
fn who_collects_no_more_has_collected_all_the_same() {
    let mut table = Table::new();
    let record = hand_over(&mut table, "A", NUMBER);
    let follows = hand_over(&mut table, "B", "");
    let team = table.office.team.clone();
    let office = table.office.admin.call("office", Value::Null).expect("the office");
    let staff = office["staff"].as_array().expect("staff");
    let author = staff.iter().find(|row| row["roles"] == json!(["counsellor"])).expect("the counsellor")["member"].clone();
    table.office.admin.call("staff_change", json!({ "member": author, "roles": ["clerk"], "teams": [team] })).expect("another task");
    let (clerk, desk) = (&mut table.office.clerk, &mut table.desk);
    desk.call("contact", Value::Null).expect("the newest directory");
    let session = desk.call("status", Value::Null).expect("the state")["session"].clone();
    assert_eq!((&session["roles"], &session["collected_before"]), (&json!(["clerk"]), &json!(true)));
    let other = json!({ "number": typed("987Z654321") });
    assert_eq!(desk.code_of("change_lookup", other).expect("a collector's"), "not_your_role");

    assert_eq!(open(clerk, &record)["customer_number"], NUMBER);
    clerk.call("record_problem", json!({ "record": record, "reason": "contradictory" })).expect("asked");
    let asked = desk.call("notes", Value::Null).expect("theirs")["rows"][0].clone();
    assert_eq!(asked["record"], json!(record));
    desk.call("note_answer", json!({ "record": record, "note": asked["note"], "reply": "enter", "number": null })).expect("answered");
    open(clerk, &record);
    clerk.call("record_confirm", json!({ "record": record, "at_once": true })).expect("entered");
    let entry = mig(desk).iter().find(|entry| entry["state"] == "awaits_number").expect("the newborn")["entry"].clone();
    desk.call("number_bring", json!({ "entry": entry, "number": typed("123A456798") })).expect("brought");
    desk.call("sync", Value::Null).expect("delivered");
    assert_eq!(open(clerk, &follows)["customer_number"], "123A456798");
}
