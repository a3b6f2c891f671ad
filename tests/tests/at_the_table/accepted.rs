//! An office that destroys nothing on a device before a clerk found the form readable.

use serde_json::{Value, json};
use testkit::audit::demand_whole;
use testkit::caller::Caller;
use testkit::desk::Desk;

use super::Table;
use super::later::{NUMBER, confirm, open, seal};

fn wait_for_clerks(table: &mut Table, accepted: bool) -> Value {
    table.office.admin.call("policy_set", json!({ "accepted": accepted })).expect("published")
}

/// Copies that lie here delivered, and lines of the ledger.
fn here(desk: &mut Desk) -> (Value, usize) {
    let copies = desk.call("status", Value::Null).expect("the state")["counts"]["delivered"].clone();
    let page = desk.call("ledger", json!({ "offset": 0, "limit": 100 })).expect("the ledger");
    (copies, page["rows"].as_array().expect("rows").len())
}

fn sync(desk: &mut Desk) -> Value {
    let report = desk.call("sync", Value::Null).expect("a report");
    assert_eq!(report["left"], 0);
    json!([report["end"], report["delivered"], report["destroyed"]])
}

#[test]
fn a_copy_waits_until_a_clerk_found_the_form_readable() {
    let mut table = Table::new();
    let view = wait_for_clerks(&mut table, true);
    assert_eq!(view["waits_for_acceptance"], true);
    let record = seal(&mut table, "A", NUMBER);
    assert_eq!(sync(&mut table.desk), json!(["done", 1, 0]));
    assert_eq!(here(&mut table.desk), (json!(1), 0), "delivered, and still here");
    let warnings = table.desk.call("status", Value::Null).expect("the state")["warnings"].clone();
    assert!(!warnings.as_array().expect("codes").contains(&json!("one_copy")), "there are two");
    assert_eq!(sync(&mut table.desk), json!(["done", 0, 0]), "nobody opened it");
    let attested = table.desk.call("device_attest", Value::Null).expect("looked");
    assert_eq!((&attested["delivered"], &attested["sheet"]), (&json!(1), &Value::Null), "something is left here");

    open(&mut table.office.clerk, &record);
    assert_eq!(sync(&mut table.desk), json!(["done", 0, 1]));
    assert_eq!(here(&mut table.desk), (json!(0), 1));
    confirm(&mut table.office.clerk, &record);
    demand_whole(&table.office.mailbox, &mut [&mut table.office.clerk, &mut table.desk]).expect("fits");
}

/// She may be gone when the device asks, and the form entered and destroyed: her word stays.
#[test]
fn the_word_of_a_clerk_who_left_still_counts() {
    let mut table = Table::new();
    wait_for_clerks(&mut table, true);
    let record = seal(&mut table, "A", NUMBER);
    sync(&mut table.desk);
    open(&mut table.office.clerk, &record);
    confirm(&mut table.office.clerk, &record);
    let office = table.office.admin.call("office", Value::Null).expect("the office");
    let clerk = office["staff"].as_array().expect("staff").iter().find(|row| row["name"] == "Clara Clerk").expect("there")["member"].clone();
    table.office.admin.call("revoke", json!({ "member": clerk, "even_so": true })).expect("revoked");
    assert_eq!(sync(&mut table.desk), json!(["done", 0, 1]));
}

#[test]
fn what_waited_goes_when_the_office_waits_no_more() {
    let mut table = Table::new();
    wait_for_clerks(&mut table, true);
    seal(&mut table, "A", NUMBER);
    sync(&mut table.desk);
    wait_for_clerks(&mut table, false);
    sync(&mut table.desk);
    assert_eq!(here(&mut table.desk), (json!(0), 1));
}
