//! The endpoint, its disk and its operator cannot open a form; neither can the device that sealed it. And nowhere on a disk is anything in clear text.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use testkit::backlog::units_of;
use testkit::caller::Caller;
use testkit::clear_text;
use testkit::desk::Desk;
use testkit::evidence::Mailbox;
use testkit::seat::PASSPHRASE;
use testkit::small_office::SmallOffice;

use whole_system::search::{assert_opens_nothing, open_vault, opens, seeds_at_endpoint, seeds_on_device};

const MARKER: &str = "Zzyzx-Kennzeichen";
const NUMBERS: [&str; 2] = ["987Q654321", "987Q654322"];
const UNIT: &str = "98765BG4321098";

#[test]
fn neither_the_endpoint_nor_the_device_can_open_what_is_sealed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut office = SmallOffice::found(folder.path()).expect("an office");
    let mut desk = office.counsellor("device").expect("a counsellor");
    let unit = import(&mut desk);
    assert_no_clear_text(folder.path(), "while the drafts are there");
    desk.call("unit_finalise", json!({ "unit": unit, "left_out": [] })).expect("finalises");
    drop(desk);
    assert_no_clear_text(folder.path(), "after finalising");
    let on_device = outbox(&office.place("device"));
    assert_eq!(on_device.len(), NUMBERS.len());
    assert_opens_nothing(&on_device, &seeds_on_device(&office.place("device")), "what the device has");

    let mut desk = Desk::open(&office.place("device")).expect("opens");
    let report = desk.call("sync", Value::Null).expect("delivers");
    assert_eq!(report["destroyed"], NUMBERS.len(), "{report}");
    drop(desk);
    assert_no_clear_text(folder.path(), "after the delivery");
    office.mailbox.kill().expect("kills the endpoint");
    let stored = Mailbox::read(office.mailbox.data()).expect("the mailbox is whole").envelopes;
    assert_eq!(sorted(&stored), sorted(&on_device), "the endpoint has the same bytes and nothing else");
    let seeds = seeds_at_endpoint(office.mailbox.data());
    assert!(seeds.len() > 100, "key files were read: {} candidates", seeds.len());
    assert_opens_nothing(&stored, &seeds, "what the endpoint has");

    office.mailbox.kill_and_restart().expect("starts again");
    assert_the_clerk_can(&mut office.clerk);
    assert_no_clear_text(folder.path(), "after the clerk opened and confirmed");
    let clerk = office.place("clerk");
    drop(office);
    assert!(opens(&stored, &seeds_on_device(&clerk)), "the same search finds the key where it is: with the clerk");
}

fn import(desk: &mut Desk) -> String {
    let member = |number: &str| json!({ "customer_number": number, "label": MARKER, "answers": { "german_nationality": "yes" } });
    let text = json!([{ "unit": UNIT, "members": NUMBERS.map(member) }]).to_string();
    let report = desk.call("import", json!({ "text": text })).expect("a report");
    assert_eq!(report["members"], NUMBERS.len(), "{report}");
    let unit = units_of(desk).expect("units").remove(0);
    let view = desk.call("unit_open", json!({ "unit": unit })).expect("the unit");
    for member in view["members"].as_array().expect("members") {
        answer_and_check(desk, &unit, member["member"].as_str().expect("an id"));
    }
    unit
}

fn answer_and_check(desk: &mut Desk, unit: &str, member: &str) {
    let me = json!({ "unit": unit, "member": member });
    loop {
        let form = desk.call("form_open", me.clone()).expect("the form");
        let Some(question) = form["current"].as_str() else { break };
        desk.call("form_answer", json!({ "unit": unit, "member": member, "question": question, "answer": "yes" })).expect("answers");
    }
    desk.call("form_check", me).expect("checks");
}

fn assert_no_clear_text(folder: &Path, when: &str) {
    let mut markers: Vec<String> = NUMBERS.iter().chain([&MARKER, &UNIT, &PASSPHRASE]).map(|text| (*text).to_owned()).collect();
    // Keys of questions and answers as text: what a form would look like.
    markers.extend(["german_nationality", "\"declined\""].map(str::to_owned));
    let found = clear_text::search(folder, &markers).expect("all files are readable");
    assert!(found.is_empty(), "{when}: {found:?}");
}

fn outbox(vault: &Path) -> Vec<Vec<u8>> {
    let page = open_vault(vault).outbox_page(None, 100).expect("a page");
    page.entries.into_iter().map(|entry| entry.bytes).collect()
}

/// So that the refusals above mean something: with the team's key these very bytes open.
fn assert_the_clerk_can(clerk: &mut Desk) {
    clerk.call("contact", Value::Null).expect("learns who the author is");
    let queue = clerk.call("queue", Value::Null).expect("a queue");
    let rows = queue["rows"].as_array().expect("rows");
    let mut numbers = BTreeSet::new();
    for row in rows {
        let record = json!({ "record": row["record"] });
        let view = clerk.call("record_open", record).expect("opens");
        numbers.insert(view["customer_number"].as_str().expect("a number").to_owned());
        clerk.call("record_confirm", json!({ "record": row["record"], "at_once": true })).expect("confirms");
    }
    assert!(numbers.iter().map(String::as_str).eq(NUMBERS), "the clerk read both forms");
}

fn sorted(envelopes: &[Vec<u8>]) -> BTreeSet<&Vec<u8>> {
    envelopes.iter().collect()
}
