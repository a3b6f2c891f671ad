//! What devices still hold: stated by themselves, seen by the administrator, whatever the endpoint says; and "nothing left here".

use std::path::Path;
use std::sync::Arc;

use clock::{Clock, MockClock, SystemClock};
use commands::{Courier, KdfCost};
use protocol::fleet::{DeviceStatement, SignedDeviceStatement, TeamEpoch};
use protocol::{TeamId, UnixTime, from_cbor};
use rusqlite::Connection;
use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::small_office::SmallOffice;

const DAY: u64 = 24 * 3600;

/// An office, and a counsellor's device with a clock of its own.
fn office_with_device(folder: &Path) -> (SmallOffice, Desk, Arc<MockClock>) {
    let mut office = SmallOffice::found(folder).expect("an office");
    let clock = Arc::new(MockClock::at(SystemClock.now()));
    let cost = KdfCost::new(64 * 1024, 1, 1).expect("a cost");
    let desk = Desk::open_with(&office.place("device"), clock.clone(), Some(cost)).expect("the app opens");
    let desk = office.enrol_counsellor(desk).expect("a counsellor");
    (office, desk, clock)
}

fn begin(desk: &mut Desk, number: &str) -> (Value, Value) {
    let typed = |number: &str| json!({ "first": number, "again": number });
    let unit = desk.call("unit_create", json!({ "number": typed(number), "label": "" })).expect("a unit")["unit"].clone();
    let add = json!({ "unit": unit, "label": "Mutter", "number": typed(""), "asking": "to_person", "already_collected": false });
    let member = desk.call("member_add", add).expect("a member")["members"][0]["member"].clone();
    (unit, member)
}

fn seal_one(desk: &mut Desk, number: &str) {
    let (unit, member) = begin(desk, number);
    for command in ["form_refuse", "form_check"] {
        desk.call(command, json!({ "unit": unit, "member": member })).expect("checked");
    }
    desk.call("unit_finalise", json!({ "unit": unit, "left_out": [] })).expect("sealed");
}

fn sealed(desk: &mut Desk) -> u64 {
    desk.call("status", Value::Null).expect("status")["counts"]["sealed"].as_u64().expect("a count")
}

fn troubles(view: &Value) -> Vec<String> {
    view["overdue"].as_array().expect("rows").iter().map(|row| row["trouble"].as_str().expect("a code").to_owned()).collect()
}

/// The row of the device that was enrolled with this member.
fn device_of(view: &Value, name: &str) -> Option<Value> {
    view["overdue"].as_array()?.iter().find(|row| row["name"] == name).cloned()
}

fn mailbox_file(office: &SmallOffice) -> Connection {
    Connection::open(office.mailbox.data().join("mailbox.sqlite")).expect("the endpoint's file")
}

#[test]
fn only_devices_in_arrears_are_shown_and_a_request_to_deliver_acts_at_the_next_contact() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut office, mut desk, clock) = office_with_device(folder.path());
    for app in [&mut office.admin, &mut office.clerk, &mut desk] {
        app.call("contact", Value::Null).expect("contact");
    }
    let view = office.admin.call("fleet", Value::Null).expect("the fleet");
    assert_eq!((troubles(&view), &view["others"]), (vec![], &json!(3)), "everybody stated something, and nobody is listed for it");
    assert_eq!(desk.code_of("fleet", Value::Null).expect("refused"), "not_your_role");

    // Sealed four days ago; the endpoint was away ever since, and is back while the device waits for its next try.
    let now = clock.now();
    clock.set(UnixTime(now.0 - 4 * DAY));
    office.mailbox.kill().expect("the endpoint is gone");
    seal_one(&mut desk, "12345BG0000001");
    clock.set(now);
    let mut courier = Courier::new(7);
    let wait = desk.deliver_by_itself(&mut courier).expect("it comes back by itself");
    office.mailbox.kill_and_restart().expect("the endpoint is back");
    desk.call("contact", Value::Null).expect("contact");
    assert_eq!((sealed(&mut desk), desk.deliver_by_itself(&mut courier)), (1, Some(wait)), "a contact alone delivers nothing");
    let view = office.admin.call("fleet", Value::Null).expect("the fleet");
    let row = device_of(&view, "Ina Integration").expect("in arrears");
    assert_eq!((troubles(&view).len(), &row["trouble"], &row["unsent"]), (1, &json!("unsent"), &json!(1)));
    assert_eq!(row["oldest"], now.0 - 4 * DAY, "since when, as the device noted it at the sealing");

    let said = newest_words(&office).into_iter().find(|said| said.unsent == 1).expect("its statement");
    let team = TeamId::parse(&office.team).expect("an id");
    assert_eq!(said.unsent_epochs, [TeamEpoch { team, epoch: 1 }], "the very key that its form is sealed to");
    assert!(!said.holds_nothing_under(team, 1, said.directory));

    let asked = office.admin.call("sync_ask", json!({ "device": row["device"], "ask": true })).expect("asked");
    assert!(device_of(&asked, "Ina Integration").expect("still there")["sync_requested"].is_u64());
    begin(&mut desk, "12345BG0000009");
    let status = desk.call("contact", Value::Null).expect("contact");
    assert_eq!(status["counts"]["sealed"], 0, "delivered at this contact, whatever wait there was");
    assert!(status["sync_requested"].is_u64(), "a draft waits, and the people at the device are asked to finish it");
    let view = office.admin.call("fleet", Value::Null).expect("the fleet");
    assert!(device_of(&view, "Ina Integration").is_none(), "no arrears any more, and the request is over: {view}");
    let requests: u32 = mailbox_file(&office).query_row("SELECT count(*) FROM sync_request", [], |row| row.get(0)).expect("a count");
    assert_eq!(requests, 0);
    assert!(newest_words(&office).iter().all(|said| said.holds_nothing_under(team, 1, said.directory)), "nothing is sealed to it any more");
}

/// What the endpoint has of all devices.
fn newest_words(office: &SmallOffice) -> Vec<DeviceStatement> {
    let file = mailbox_file(office);
    let mut select = file.prepare("SELECT bytes FROM device_state").expect("the table");
    let rows = select.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("rows");
    let word = |bytes: Vec<u8>| {
        let signed: SignedDeviceStatement = from_cbor(&bytes, 8192).expect("signed");
        from_cbor(&signed.body, 8192).expect("a statement")
    };
    rows.map(|bytes| word(bytes.expect("bytes"))).collect()
}

#[test]
fn nothing_left_here_is_stated_only_when_nothing_is_left_and_the_administrator_sees_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut office, mut desk, _) = office_with_device(folder.path());
    let left = |desk: &mut Desk| desk.call("device_attest", Value::Null).expect("an answer");
    let (unit, member) = begin(&mut desk, "12345BG0000001");
    let answer = left(&mut desk);
    assert_eq!((&answer["drafts"], &answer["sheet"]), (&json!(1), &Value::Null), "a draft");
    for command in ["form_refuse", "form_check"] {
        desk.call(command, json!({ "unit": unit, "member": member })).expect("checked");
    }
    desk.call("unit_finalise", json!({ "unit": unit, "left_out": [] })).expect("sealed");
    let answer = left(&mut desk);
    assert_eq!((&answer["sealed"], &answer["marks"], &answer["sheet"]), (&json!(1), &json!(1), &Value::Null), "a sealed form, and its mark");
    desk.call("sync", Value::Null).expect("delivered");
    let answer = left(&mut desk);
    assert_eq!((&answer["sealed"], &answer["marks"], &answer["sheet"]), (&json!(0), &json!(1), &Value::Null), "the number that follows");
    let empty = |office: &mut SmallOffice| office.admin.call("fleet", Value::Null).expect("the fleet")["empty"].as_array().expect("rows").len();
    assert_eq!(empty(&mut office), 0, "nothing was stated so far");

    let entry = desk.call("mig_list", Value::Null).expect("the list")["entries"][0]["entry"].clone();
    let number = json!({ "first": "123A456789", "again": "123A456789" });
    desk.call("number_bring", json!({ "entry": entry, "number": number })).expect("brought");
    desk.call("sync", Value::Null).expect("delivered");
    let entry = desk.call("mig_list", Value::Null).expect("the list")["entries"][0]["entry"].clone();
    desk.call("mig_tick", json!({ "entry": entry })).expect("ticked");
    let sheet = left(&mut desk)["sheet"].clone();
    assert_eq!((sheet["office"].as_str(), sheet["name"].as_str()), (Some("Jobcenter Klein"), Some("Ina Integration")));
    assert_eq!((sheet["ledger_lines"].as_u64(), sheet["statement"].as_str().map(str::len)), (Some(2), Some(64)));
    assert_eq!(empty(&mut office), 1);

    begin(&mut desk, "12345BG0000002");
    desk.call("contact", Value::Null).expect("contact");
    assert_eq!(empty(&mut office), 0, "work began on it again, and it says so by itself");
    desk.call("lock", Value::Null).expect("locked");
    assert_eq!(desk.code_of("device_attest", Value::Null).expect("refused"), "locked");
}

/// The endpoint is not believed: what it alters is shown as not verifiable, what it keeps back as a device that was not heard of, and a time that it makes
/// up does not make an old statement fresh.
#[test]
fn an_endpoint_that_alters_or_keeps_back_statements_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut office, mut desk, _) = office_with_device(folder.path());
    for app in [&mut office.admin, &mut office.clerk, &mut desk] {
        app.call("contact", Value::Null).expect("contact");
    }
    let file = mailbox_file(&office);
    let before: Vec<(Vec<u8>, Vec<u8>)> = {
        let mut select = file.prepare("SELECT device, bytes FROM device_state").expect("the table");
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
        rows.collect::<Result<_, _>>().expect("rows")
    };
    assert_eq!(before.len(), 3);
    for (device, bytes) in &before {
        let mut altered = bytes.clone();
        // The last byte of the body: the time.
        let at = altered.len() - 67;
        altered[at] ^= 1;
        file.execute("UPDATE device_state SET bytes = ?2 WHERE device = ?1", (device, &altered)).expect("altered");
    }
    let view = office.admin.call("fleet", Value::Null).expect("the fleet");
    assert_eq!(troubles(&view), vec!["unverifiable"; 3]);
    // One device's words in another's name.
    file.execute("UPDATE device_state SET bytes = ?1", [&before[0].1]).expect("exchanged");
    let view = office.admin.call("fleet", Value::Null).expect("the fleet");
    assert_eq!(troubles(&view), vec!["unverifiable"; 2]);
    file.execute("DELETE FROM device_state", []).expect("kept back");
    let view = office.admin.call("fleet", Value::Null).expect("the fleet");
    assert_eq!(troubles(&view), vec!["never"; 3]);
}
