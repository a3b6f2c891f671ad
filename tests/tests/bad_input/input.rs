//! Wrong tickets, wrong passphrases, wrong imports, numbers known already, clocks that are wrong.

use std::sync::Arc;

use clock::MockClock;
use commands::KdfCost;
use protocol::UnixTime;
use serde_json::{Value, json};
use testkit::backlog;
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::seat::PASSPHRASE;

use crate::Bench;

fn enrol(desk: &mut Desk, ticket: &str) -> Result<Value, String> {
    let args = json!({ "ticket": ticket, "name": "Neu", "passphrase": PASSPHRASE });
    desk.call("enrol", args).map_err(|error| error.to_string().split(' ').nth(1).unwrap_or_default().to_owned())
}

#[test]
fn a_ticket_opens_once_and_only_if_it_is_one() {
    let mut bench = Bench::new();
    let ticket = bench.office.ticket("counsellor", &[]).expect("a ticket");
    let fresh = |bench: &Bench, name: &str| Desk::open(&bench.office.place(name)).expect("opens");
    for unreadable in ["", "kein Ticket", &ticket[..ticket.len() / 2]] {
        assert_eq!(enrol(&mut fresh(&bench, "no-ticket"), unreadable).expect_err("refused"), "ticket_unreadable");
    }
    enrol(&mut fresh(&bench, "first"), &ticket).expect("the ticket opens");
    let mut second = fresh(&bench, "second");
    assert_eq!(enrol(&mut second, &ticket).expect_err("used"), "ticket_invalid");
    let other = bench.office.ticket("counsellor", &[]).expect("another ticket");
    enrol(&mut second, &other).expect("a refused ticket leaves the device as it was");
}

#[test]
fn wrong_passphrases_cost_time_and_lose_nothing() {
    let mut bench = Bench::new();
    let clock = Arc::new(MockClock::at(UnixTime(1_900_000_000)));
    let place = bench.office.place("patient");
    let open = || Desk::open_with(&place, clock.clone(), KdfCost::new(64 * 1024, 1, 1).ok()).expect("opens");
    let mut desk = bench.office.enrol_counsellor(open()).expect("a counsellor");
    let units = backlog::import_and_check(&mut desk, 1, 2, 2).expect("drafts");
    desk.call("lock", Value::Null).expect("locks");
    let user = desk.call("status", Value::Null).expect("status")["users"][0]["user"].clone();
    let wrong = json!({ "user": user, "passphrase": "nicht das richtige Wort" });
    let mut codes = Vec::new();
    for _ in 0..5 {
        codes.push(desk.code_of("unlock", wrong.clone()).expect("refused"));
        // Ending the app does not shorten the wait.
        drop(desk);
        desk = open();
    }
    assert_eq!(codes, ["wrong_passphrase", "wrong_passphrase", "wrong_passphrase", "wrong_passphrase", "too_soon"]);
    let right = json!({ "user": user, "passphrase": PASSPHRASE });
    assert_eq!(desk.code_of("unlock", right.clone()).expect("refused"), "too_soon", "the right one has to wait too");
    clock.advance(5);
    desk.call("unlock", right).expect("unlocks after the wait");
    assert_eq!(sorted(backlog::units_of(&mut desk).expect("units")), sorted(units), "every draft is there");
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    texts
}

#[test]
fn a_wrong_import_names_unit_and_member_and_takes_nothing() {
    let mut bench = Bench::new();
    let good = json!({ "customer_number": "123A000001", "answers": "declined" });
    let bad = json!({ "customer_number": "123", "answers": { "german_nationality": "perhaps" } });
    let twice = json!({ "customer_number": "123A000001", "answers": "declined" });
    let text = json!([{ "unit": "12345BG0000001", "members": [good, bad] }, { "unit": "12345BG0000002", "members": [twice] }]).to_string();
    let report = bench.desk().call("import", json!({ "text": text })).expect("a report");
    let expected = [(1, 2, "customer_number_invalid"), (1, 2, "answer_unknown"), (2, 1, "customer_number_twice")];
    let issues: Vec<Value> = expected.iter().map(|(unit, member, code)| json!({ "unit": unit, "member": member, "code": code })).collect();
    assert_eq!((&report["units"], &report["issues"]), (&json!(0), &json!(issues)));
    assert_eq!(bench.desk().code_of("import", json!({ "text": "[{\n\"unit\": }]" })).expect("refused"), "import_unreadable");
    assert!(backlog::units_of(bench.desk()).expect("units").is_empty(), "nothing of it was taken");
}

#[test]
fn a_customer_collected_on_another_device_is_held_for_a_decision() {
    let mut bench = Bench::new();
    bench.seal(1, 2);
    let report = bench.sync();
    assert_eq!((&report["destroyed"], &report["held"]), (&json!(2), &json!(0)));
    let mut other = bench.office.counsellor("other").expect("another counsellor");
    backlog::seal(&mut other, 2, 1, 2).expect("one of the two again");
    let report = other.call("sync", Value::Null).expect("a report");
    assert_eq!((&report["end"], &report["destroyed"], &report["held"]), (&json!("done"), &json!(2), &json!(1)), "{report}");
    let queue = bench.office.clerk.call("queue", Value::Null).expect("a queue");
    let held = queue["rows"].as_array().expect("rows").iter().filter(|row| row["state"] == "held" && row["hold"] == "known_customer").count();
    assert_eq!(held, 1, "the clerk is warned: {queue}");
}

#[test]
fn a_clock_that_is_ten_years_wrong_delivers_all_the_same() {
    let mut bench = Bench::new();
    for (place, years) in [("past", -10_i64), ("future", 10)] {
        let now = clock::Clock::now(&clock::SystemClock).0.saturating_add_signed(years * 365 * 86_400);
        let clock = Arc::new(MockClock::at(UnixTime(now)));
        let desk = Desk::open_with(&bench.office.place(place), clock, KdfCost::new(64 * 1024, 1, 1).ok()).expect("opens");
        let mut desk = bench.office.enrol_counsellor(desk).expect("a counsellor");
        backlog::seal(&mut desk, if years > 0 { 100 } else { 200 }, 1, 2).expect("seals");
        let report = desk.call("sync", Value::Null).expect("a report");
        assert_eq!((&report["end"], &report["destroyed"]), (&json!("done"), &json!(2)), "{place}: {report}");
        let ledger = desk.call("ledger", json!({ "offset": 0, "limit": 10 })).expect("the ledger");
        assert_eq!(ledger["chain_ok"], true, "{place}");
    }
}
