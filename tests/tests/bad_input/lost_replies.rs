//! The endpoint acted and its answer never came: asking again brings everything to the same end.

use commands::KdfCost;
use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::mailbox::Mailbox;
use testkit::seat::PASSPHRASE;
use whole_system::wire::Wire;

use crate::Bench;

/// The endpoint moves to another address, and the wire takes its place.
pub fn behind_a_wire(bench: &mut Bench) -> Wire {
    let address = |mailbox: &Mailbox| mailbox.url().trim_start_matches("https://").to_owned();
    let before = address(&bench.office.mailbox);
    let folder = bench.office.mailbox.data().to_path_buf();
    bench.office.mailbox.kill().expect("kills it");
    bench.office.mailbox = Mailbox::start(&folder, "127.0.0.1:0").expect("starts elsewhere");
    let wire = Wire::start(&before, &address(&bench.office.mailbox), &folder);
    // The restarted endpoint knows no earlier nonce: its refusal must not be the answer that gets lost.
    bench.office.admin.call("contact", Value::Null).expect("through the wire");
    wire
}

fn enrol(desk: &mut Desk, ticket: &str, passphrase: &str) -> Result<Value, String> {
    let args = json!({ "ticket": ticket, "name": "Neu", "passphrase": passphrase });
    desk.call("enrol", args).map_err(|error| error.to_string().split(' ').nth(1).unwrap_or_default().to_owned())
}

fn device(bench: &Bench, place: &str) -> Desk {
    let clock = std::sync::Arc::new(clock::SystemClock);
    Desk::open_with(&bench.office.place(place), clock, KdfCost::new(64 * 1024, 1, 1).ok()).expect("opens")
}

#[test]
fn a_ticket_whose_reply_was_lost_is_redeemed_by_the_same_device_again_also_after_a_restart() {
    let mut bench = Bench::new();
    let ticket = bench.office.ticket("counsellor", &[]).expect("a ticket");
    let wire = behind_a_wire(&mut bench);
    let mut desk = device(&bench, "newcomer");
    wire.lose("POST /v1/enrolments");
    assert_eq!(enrol(&mut desk, &ticket, PASSPHRASE).expect_err("no answer"), "unreachable");
    assert!(wire.has_lost());
    let status = desk.call("status", Value::Null).expect("status");
    assert_eq!((&status["users"], &status["enrolment"]), (&json!([]), &json!("none")), "nobody is here before the answer");

    let mut other = device(&bench, "other");
    assert_eq!(enrol(&mut other, &ticket, PASSPHRASE).expect_err("other keys"), "ticket_invalid");

    drop(desk);
    let mut desk = device(&bench, "newcomer");
    assert_eq!(enrol(&mut desk, &ticket, "Ein ganz anderer Kennsatz").expect_err("not hers"), "enrolment_begun");
    let status = enrol(&mut desk, &ticket, PASSPHRASE).expect("the same keys");
    assert_eq!((&status["enrolment"], status["users"].as_array().map(Vec::len)), (&json!("waiting"), Some(1)));
    bench.office.approve().expect("one waits, with these keys");
    assert_eq!(desk.call("contact", Value::Null).expect("a contact")["enrolment"], "active");
    desk.call("lock", Value::Null).expect("locks");
    drop(desk);
    let mut desk = device(&bench, "newcomer");
    assert_eq!(desk.sign_in().expect("unlocks")["session"]["enrolment"], "active", "and what she is was stored");
}

#[test]
fn a_device_that_began_with_one_ticket_may_go_on_with_another() {
    let mut bench = Bench::new();
    let (lost, other) = (bench.office.ticket("counsellor", &[]).expect("a ticket"), bench.office.ticket("counsellor", &[]).expect("another"));
    let wire = behind_a_wire(&mut bench);
    let mut desk = device(&bench, "newcomer");
    wire.lose("POST /v1/enrolments");
    enrol(&mut desk, &lost, PASSPHRASE).expect_err("no answer");
    let status = enrol(&mut desk, &other, "Ein ganz anderer Kennsatz").expect("begins anew");
    assert_eq!(status["users"].as_array().map(Vec::len), Some(1), "nothing is left of the first");
    let view = bench.office.admin.call("office", Value::Null).expect("the office");
    assert_eq!(view["waiting"].as_array().map(Vec::len), Some(1), "{view}");
}

#[test]
fn an_administrator_who_missed_that_a_directory_was_published_goes_on_from_it() {
    let mut bench = Bench::new();
    let wire = behind_a_wire(&mut bench);
    wire.lose("POST /v1/directory");
    let refused = bench.office.admin.code_of("team_create", json!({ "name": "Leistung 2" })).expect("no answer");
    assert_eq!((refused.as_str(), wire.has_lost()), ("unreachable", true));
    let view = bench.office.admin.call("team_create", json!({ "name": "Leistung 3" })).expect("made on the newest directory");
    let names: Vec<&str> = view["teams"].as_array().expect("teams").iter().filter_map(|team| team["name"].as_str()).collect();
    assert!(names.contains(&"Leistung 2") && names.contains(&"Leistung 3"), "{names:?}");
}

#[test]
fn an_approval_whose_reply_was_lost_counts_once_and_its_invitation_is_gone() {
    let mut bench = Bench::new();
    let ticket = bench.office.ticket("counsellor", &[]).expect("a ticket");
    let mut desk = device(&bench, "newcomer");
    enrol(&mut desk, &ticket, PASSPHRASE).expect("redeems it");
    let view = bench.office.admin.call("office", Value::Null).expect("the office");
    let member = view["waiting"][0]["member"].clone();
    let wire = behind_a_wire(&mut bench);
    wire.lose("POST /v1/directory");
    let approve = json!({ "member": member });
    assert_eq!(bench.office.admin.code_of("approve", approve.clone()).expect("no answer"), "unreachable");
    assert_eq!(desk.call("contact", Value::Null).expect("a contact")["enrolment"], "active", "the endpoint acted");
    let view = bench.office.admin.call("approve", approve).expect("is approved already");
    let listed = view["staff"].as_array().expect("staff").iter().filter(|row| row["member"] == member).count();
    assert_eq!((listed, &view["waiting"], &view["invitations"]), (1, &json!([]), &json!([])), "{view}");
}

/// What a wrong second ticket must not cost: the endpoint has the keys begun with the first.
#[test]
fn a_refused_second_ticket_leaves_what_was_begun_with_the_first() {
    let mut bench = Bench::new();
    let (ticket, spent) = (bench.office.ticket("counsellor", &[]).expect("a ticket"), bench.office.ticket("counsellor", &[]).expect("another"));
    enrol(&mut device(&bench, "somebody"), &spent, PASSPHRASE).expect("spends it");
    bench.office.approve().expect("approved");
    let wire = behind_a_wire(&mut bench);
    let mut desk = device(&bench, "newcomer");
    wire.lose("POST /v1/enrolments");
    enrol(&mut desk, &ticket, PASSPHRASE).expect_err("no answer");
    assert_eq!(enrol(&mut desk, &spent, PASSPHRASE).expect_err("spent"), "ticket_invalid");
    drop(desk);
    let mut desk = device(&bench, "newcomer");
    let status = enrol(&mut desk, &ticket, PASSPHRASE).expect("the keys that the endpoint has");
    assert_eq!((&status["enrolment"], status["users"].as_array().map(Vec::len)), (&json!("waiting"), Some(1)));
    bench.office.approve().expect("one waits, with these keys");
    assert_eq!(desk.call("contact", Value::Null).expect("a contact")["enrolment"], "active");
}

#[test]
fn a_ticket_redeemed_already_says_how_things_are_and_nobody_takes_the_place_of_who_waits() {
    let mut bench = Bench::new();
    let (ticket, second) = (bench.office.ticket("counsellor", &[]).expect("a ticket"), bench.office.ticket("counsellor", &[]).expect("another"));
    let mut desk = device(&bench, "newcomer");
    enrol(&mut desk, &ticket, PASSPHRASE).expect("redeems it");
    drop(desk);
    let mut desk = device(&bench, "newcomer");
    assert_eq!(enrol(&mut desk, &ticket, PASSPHRASE).expect("again")["enrolment"], "waiting");
    assert_eq!(enrol(&mut desk, &second, "Ein ganz anderer Kennsatz").expect_err("somebody waits"), "enrolment_waiting");
    bench.office.approve().expect("the first still waits");
    assert_eq!(desk.call("contact", Value::Null).expect("a contact")["enrolment"], "active");
    assert_eq!(enrol(&mut desk, &ticket, PASSPHRASE).expect("and again")["enrolment"], "active");
}
