//! Somebody gets another task: from the next contact on they may do that, and nothing of before.

use serde_json::{Value, json};
use testkit::caller::Caller;

use super::Table;
use super::later::{NUMBER, hand_over, queue};

fn member_called(office: &Value, name: &str) -> String {
    let staff = office["staff"].as_array().expect("staff");
    staff.iter().find(|row| row["name"] == name).expect("in the directory")["member"].as_str().expect("an id").to_owned()
}

#[test]
fn who_stops_being_a_clerk_reads_no_queue_and_the_team_asks_for_another_key() {
    let mut table = Table::new();
    hand_over(&mut table, "A", NUMBER);
    let team = table.office.team.clone();
    let (admin, clerk) = (&mut table.office.admin, &mut table.office.clerk);
    let office = admin.call("office", Value::Null).expect("the office");
    let (member, own) = (member_called(&office, "Clara Clerk"), office["own"].clone());
    assert_eq!(queue(clerk).len(), 1);

    let both = json!({ "member": member, "roles": ["counsellor", "clerk"], "teams": [team] });
    let office = admin.call("staff_change", both.clone()).expect("published");
    assert_eq!(office["teams"][0]["next_key_wanted"], false, "she is a clerk of the team as before");
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
