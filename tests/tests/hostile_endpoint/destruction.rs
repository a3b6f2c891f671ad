//! A destruction that no clerk confirmed, or that did not happen: what an app can see it refuses, the rest an auditor finds.

use rusqlite::params;
use serde_json::{Value, json};
use testkit::audit::demand_whole;
use testkit::backlog;
use testkit::caller::Caller;

use crate::Hostile;

fn one_in_the_queue(hostile: &mut Hostile) -> Value {
    backlog::seal(&mut hostile.desk, 1, 1, 2).expect("sealed");
    hostile.desk.call("sync", Value::Null).expect("delivered");
    hostile.office.clerk.call("queue", Value::Null).expect("a queue")["rows"][0]["record"].clone()
}

/// The clerk confirms; the answer says that another record was destroyed. Her ledger takes no line, and the true receipt counts when it comes.
#[test]
fn a_forged_receipt_of_a_destruction_enters_no_ledger() {
    let mut hostile = Hostile::new();
    let record = one_in_the_queue(&mut hostile);
    hostile.office.clerk.call("record_open", json!({ "record": record })).expect("opened");
    let bytes = protocol::RecordId::parse(record.as_str().expect("text")).expect("an id").0;
    let mut other = bytes;
    other[0] ^= 1;
    hostile.wire.alter("POST /v1/records/", &bytes, &other);
    let at_once = json!({ "record": record, "at_once": true });
    let code = hostile.office.clerk.code_of("record_confirm", at_once.clone()).expect("refused");
    assert!(hostile.wire.end_altering() > 0);
    assert!(["not_our_endpoint", "log_fault"].contains(&code.as_str()), "{code}");
    let lines = |hostile: &mut Hostile| hostile.office.clerk.call("ledger", json!({ "offset": 0, "limit": 9 })).expect("a ledger")["all"].clone();
    assert_eq!(lines(&mut hostile), 0);
    // A receipt that does not verify speaks against the log: nothing more is destroyed until it is proved whole.
    assert_eq!(hostile.office.clerk.code_of("record_confirm", at_once.clone()).expect("stopped"), "log_fault");
    hostile.office.clerk.call("log_recheck", Value::Null).expect("it is whole");
    hostile.office.clerk.call("record_confirm", at_once).expect("the true one");
    assert_eq!(lines(&mut hostile), 1);
}

/// Deleting what was acknowledged is within its power. It cannot be undone, and it cannot be hidden: the log has no destruction, and to forge one it needs a clerk whose
/// ledger knows of it (`an_auditor_finds_that_everything_fits_or_what_does_not`).
#[test]
fn an_envelope_that_the_endpoint_deletes_is_named_by_the_audit() {
    let mut hostile = Hostile::new();
    let record = one_in_the_queue(&mut hostile);
    let bytes = protocol::RecordId::parse(record.as_str().expect("text")).expect("an id").0;
    let everybody = |hostile: &mut Hostile| demand_whole(&hostile.office.mailbox, &mut [&mut hostile.desk, &mut hostile.office.clerk]);
    everybody(&mut hostile).expect("fits");
    hostile.rewrite(|sql| {
        let delete = "DELETE FROM envelope WHERE record = (SELECT id FROM record WHERE record = ?1)";
        assert_eq!(sql.execute(delete, params![bytes]).expect("its own database"), 1);
    });
    let gaps = everybody(&mut hostile).expect_err("a gap").to_string();
    assert!(gaps.contains(&format!("record {} is gone from the endpoint", record.as_str().expect("text"))), "{gaps}");
}

/// The clerk asked; the endpoint says that the author wants the form gone, or that it is right as it is. Only the author has the key to say that.
#[test]
fn an_answer_that_the_author_never_gave_is_none() {
    let mut hostile = Hostile::new();
    let record = one_in_the_queue(&mut hostile);
    let named = json!({ "record": record });
    hostile.office.clerk.call("record_open", named.clone()).expect("opened");
    hostile.office.clerk.call("record_problem", json!({ "record": record, "reason": "contradictory" })).expect("asked");
    for answer in [1, 2] {
        hostile.rewrite(|sql| {
            // With the clerk's own words in the place of the author's: they are under the same key.
            let update = "UPDATE note SET answer = ?1, answer_bytes = CASE WHEN length(bytes) > 0 THEN bytes ELSE answer_bytes END";
            assert_eq!(sql.execute(update, [answer]).expect("its own database"), 1);
        });
        let view = hostile.office.clerk.call("record_open", named.clone()).expect("opened");
        assert_eq!((&view["question"], &view["may_discard"]), (&json!("asked"), &json!(false)), "{answer}");
        assert_eq!(hostile.office.clerk.code_of("record_discard", named.clone()).expect("nobody said so"), "endpoint_refused");
    }
}

/// The office waits for a clerk's word before a copy is destroyed. The endpoint has such a word about another form, and shows it for this one.
#[test]
fn an_acceptance_that_no_clerk_gave_destroys_no_copy() {
    let mut hostile = Hostile::new();
    hostile.office.admin.call("policy_set", json!({ "accepted": true })).expect("published");
    backlog::seal(&mut hostile.desk, 1, 1, 2).expect("sealed");
    hostile.desk.call("sync", Value::Null).expect("delivered");
    let copies = |hostile: &mut Hostile| hostile.desk.call("status", Value::Null).expect("the state")["counts"]["delivered"].clone();
    assert_eq!(copies(&mut hostile), 2);
    let queue = hostile.office.clerk.call("queue", Value::Null).expect("a queue");
    let opened = queue["rows"][0]["record"].clone();
    hostile.office.clerk.call("record_open", json!({ "record": opened })).expect("opened");
    hostile.rewrite(|sql| {
        let statement = "INSERT INTO acceptance SELECT record.id, statement FROM record, acceptance WHERE record.id != acceptance.record";
        assert_eq!(sql.execute(statement, []).expect("its own database"), 1);
        let receipt = "UPDATE record SET accepted_position = (SELECT max(accepted_position) FROM record)";
        assert_eq!(sql.execute(receipt, []).expect("its own database"), 2);
    });
    for _ in 0..2 {
        hostile.desk.call("sync", Value::Null).expect("asked");
        // What was asked together with a lie waits for the truth.
        assert_eq!(copies(&mut hostile), 2);
    }
    hostile.rewrite(|sql| {
        let first =
            "DELETE FROM acceptance WHERE statement = (SELECT statement FROM acceptance LIMIT 1) AND rowid = (SELECT max(rowid) FROM acceptance)";
        assert_eq!(sql.execute(first, []).expect("its own database"), 1);
    });
    hostile.desk.call("sync", Value::Null).expect("asked");
    assert_eq!(copies(&mut hostile), 1, "the true one counts");
}
