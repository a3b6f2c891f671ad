//! Tickets and enrolments pass through the endpoint: it cannot use one, nor put somebody else in the place of who did.

use rusqlite::params;
use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::seat::PASSPHRASE;

use crate::{Hostile, turned};

fn waiting(hostile: &mut Hostile) -> Vec<Value> {
    hostile.office.admin.call("office", Value::Null).expect("the office")["waiting"].as_array().expect("a list").clone()
}

#[test]
fn nobody_waits_whose_enrolment_the_endpoint_wrote_or_changed() {
    let mut hostile = Hostile::new();
    let ticket = hostile.office.ticket("clerk", &[&hostile.office.team.clone()]).expect("a ticket");
    let mut newcomer = Desk::open(&hostile.office.place("newcomer")).expect("a vault");
    newcomer.call("enrol", json!({ "ticket": ticket, "name": "Nina Neu", "passphrase": PASSPHRASE })).expect("redeemed");
    let who = waiting(&mut hostile);
    assert_eq!(who.len(), 1);
    let member = protocol::MemberId::parse(who[0]["member"].as_str().expect("text")).expect("an id").0;

    let read = "SELECT enrolment, member_key, device_key FROM ticket WHERE member = ?1";
    let sql = rusqlite::Connection::open(hostile.database()).expect("its own database");
    let (enrolment, member_key, device_key): (Vec<u8>, Vec<u8>, Vec<u8>) =
        sql.query_row(read, [member], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("an enrolment");
    drop(sql);
    let replace = |hostile: &mut Hostile, bytes: &[u8]| {
        hostile.rewrite(|sql| {
            let update = "UPDATE ticket SET enrolment = ?2 WHERE member_key = ?1";
            assert_eq!(sql.execute(update, params![member_key, bytes]).expect("its own database"), 1);
        });
    };
    for (what, key) in [("the member's key", &member_key), ("the device's key", &device_key)] {
        let at = enrolment.windows(key.len()).position(|bytes| bytes == key.as_slice()).expect("it is inside");
        let mut other = enrolment.clone();
        other[at..at + key.len()].copy_from_slice(&turned(key));
        replace(&mut hostile, &other);
        assert_eq!(waiting(&mut hostile), Vec::<Value>::new(), "{what} was exchanged");
    }
    replace(&mut hostile, &enrolment);
    assert_eq!(waiting(&mut hostile).len(), 1, "the true one waits again");
}

/// What opens with a ticket's secret lies at the endpoint: whoever changes it leads nobody to another office.
#[test]
fn a_ticket_whose_grant_was_changed_opens_nothing() {
    let mut hostile = Hostile::new();
    let ticket = hostile.office.ticket("counsellor", &[]).expect("a ticket");
    let sql = rusqlite::Connection::open(hostile.database()).expect("its own database");
    let read = "SELECT ticket, grant_sealed FROM ticket WHERE enrolment IS NULL";
    let (id, grant): (Vec<u8>, Vec<u8>) = sql.query_row(read, [], |row| Ok((row.get(0)?, row.get(1)?))).expect("one that waits");
    drop(sql);
    let write = |hostile: &mut Hostile, grant: &[u8]| {
        hostile.rewrite(|sql| {
            let update = "UPDATE ticket SET grant_sealed = ?2 WHERE ticket = ?1";
            assert_eq!(sql.execute(update, params![id, grant]).expect("its own database"), 1);
        });
    };
    write(&mut hostile, &turned(&grant));
    let mut newcomer = Desk::open(&hostile.office.place("newcomer")).expect("a vault");
    let args = json!({ "ticket": ticket, "name": "Nina Neu", "passphrase": PASSPHRASE });
    let code = newcomer.code_of("enrol", args.clone()).expect("refused");
    assert!(["not_our_endpoint", "ticket_invalid"].contains(&code.as_str()), "{code}");
    assert_eq!(newcomer.call("status", Value::Null).expect("the state")["session"], Value::Null, "nobody is anywhere");
    write(&mut hostile, &grant);
    newcomer.call("enrol", args).expect("the same ticket leads to the office");
    assert_eq!(waiting(&mut hostile).len(), 1);
}
