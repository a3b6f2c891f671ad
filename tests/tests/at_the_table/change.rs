//! A change of mind after the handover, before the entry: withdraw, correct, or answer after a refusal; and what is said after it.

use std::path::Path;

use serde_json::{Value, json};
use testkit::audit::demand_whole;
use testkit::caller::Caller;
use testkit::desk::Desk;

use super::Table;
use super::later::{
    NUMBER, answer_and_seal, begin, confirm, deliver, finalise, hand_over, mig, open, queue, reopened, seal, state, typed, witnessed,
};

fn values(view: &Value) -> Vec<&str> {
    view["answers"].as_array().expect("eight").iter().map(|line| line["value"].as_str().expect("a value")).collect()
}

/// The colleague at another device, from the number alone; the clerk sees one form, and the old one goes unread.
#[test]
fn any_colleague_takes_answers_after_a_refusal_and_only_the_new_form_is_entered() {
    let mut table = Table::new();
    let old = hand_over(&mut table, "Frau X", NUMBER);
    let mut colleague = table.office.counsellor("colleague").expect("another counsellor");
    assert_eq!(state(&mut colleague, NUMBER), "waiting");
    assert_eq!(state(&mut colleague, "987Z654321"), "unknown");
    let whose = begin(&mut colleague, NUMBER, false);
    assert_eq!(state(&mut colleague, NUMBER), "draft");
    let again = json!({ "number": typed(NUMBER), "label": "", "asking": "to_person", "withdraw": false });
    assert_eq!(colleague.code_of("change_begin", again).expect("one draft"), "draft_here");
    let view = colleague.call("unit_open", json!({ "unit": whose["unit"] })).expect("a unit");
    assert_eq!((&view["replaces"], &view["team"], &view["members"][0]["number"]), (&json!(true), &json!("Leistung 1"), &json!(NUMBER)));
    let answer = json!({ "unit": whose["unit"], "member": whose["member"], "question": "german_nationality", "answer": "no" });
    assert_eq!(colleague.code_of("form_answer", answer).expect("refused"), "not_informed", "as for every form");
    let new = answer_and_seal(&mut colleague, &whose);
    deliver(&mut colleague);

    let clerk = &mut table.office.clerk;
    assert_eq!(queue(clerk), [new.as_str()], "one form to enter");
    assert_eq!(clerk.code_of("record_open", json!({ "record": old })).expect("frozen"), "superseded");
    let view = open(clerk, &new);
    assert_eq!((&view["replaces"], &view["hold"], &view["customer_number"]), (&json!("unopened"), &Value::Null, &json!(NUMBER)));
    assert!(values(&view).contains(&"yes"));
    assert_eq!(witnessed(clerk), [old.as_str()], "destroyed, with a receipt, before the new one is entered");
    assert_eq!(clerk.code_of("record_confirm", json!({ "record": old, "at_once": true })).expect("never entered"), "superseded");
    confirm(clerk, &new);
    assert_eq!(witnessed(clerk).len(), 2);
    assert!(queue(clerk).is_empty());
    assert_eq!(state(&mut colleague, NUMBER), "entered");
    let audit = demand_whole(&table.office.mailbox, &mut [&mut table.office.clerk, &mut table.desk, &mut colleague]).expect("fits");
    assert_eq!((audit.stored, audit.destroyed, audit.lines), (2, 2, 4));
}

#[test]
fn a_withdrawal_needs_no_information_and_the_customer_is_to_be_marked_once() {
    let mut table = Table::new();
    let old = hand_over(&mut table, "Frau X", NUMBER);
    assert_eq!(mig(&mut table.desk)[0]["state"], "due");
    let whose = begin(&mut table.desk, NUMBER, true);
    let unit = whose["unit"].as_str().expect("an id").to_owned();
    let add = json!({ "unit": unit, "label": "", "number": typed("987Z654321"), "asking": "to_person", "already_collected": false });
    assert_eq!(table.desk.code_of("member_add", add).expect("one person"), "bad_arguments");
    let mut change = json!({ "unit": unit, "member": whose["member"], "label": "Y", "number": typed("987Z654321"), "asking": "to_person" });
    change["already_collected"] = json!(false);
    assert_eq!(table.desk.code_of("member_change", change).expect("the same customer"), "bad_arguments");
    let new = finalise(&mut table.desk, &unit);
    let entries = mig(&mut table.desk);
    assert_eq!((entries.len(), &entries[0]["state"]), (1, &json!("sealed")));
    deliver(&mut table.desk);
    let view = open(&mut table.office.clerk, &new);
    assert_eq!(view["replaces"], "unopened");
    assert!(values(&view).iter().all(|value| *value == "declined"));
    assert_eq!(witnessed(&mut table.office.clerk), [old]);
}

#[test]
fn a_correction_of_what_a_clerk_has_open_says_that_it_may_be_entered() {
    let mut table = Table::new();
    let old = hand_over(&mut table, "Frau X", NUMBER);
    open(&mut table.office.clerk, &old);
    assert_eq!(state(&mut table.desk, NUMBER), "opened");
    let whose = begin(&mut table.desk, NUMBER, false);
    let new = answer_and_seal(&mut table.desk, &whose);
    deliver(&mut table.desk);
    let clerk = &mut table.office.clerk;
    assert_eq!(clerk.code_of("record_confirm", json!({ "record": old, "at_once": true })).expect("out of date"), "superseded");
    assert!(witnessed(clerk).is_empty(), "nothing is destroyed by that");
    assert_eq!(open(clerk, &new)["replaces"], "perhaps_entered");
    let folder = table.office.place("clerk");
    table.office.clerk = reopened(table.office.clerk, &folder);
    let clerk = &mut table.office.clerk;
    assert_eq!(open(clerk, &new)["replaces"], "perhaps_entered", "also after a restart, when the old one is gone");
    confirm(clerk, &new);
}

#[test]
fn after_the_entry_the_app_says_what_is_still_possible() {
    let mut table = Table::new();
    let old = hand_over(&mut table, "Frau X", NUMBER);
    let whose = begin(&mut table.desk, NUMBER, false);
    open(&mut table.office.clerk, &old);
    confirm(&mut table.office.clerk, &old);
    // Begun before, sealed after: it still reaches the clerk, who corrects what stands in the benefits system.
    let new = answer_and_seal(&mut table.desk, &whose);
    deliver(&mut table.desk);
    assert_eq!(open(&mut table.office.clerk, &new)["replaces"], "entered");
    confirm(&mut table.office.clerk, &new);
    assert_eq!(state(&mut table.desk, NUMBER), "entered");
    let begin = |number| json!({ "number": typed(number), "label": "", "asking": "to_person", "withdraw": true });
    assert_eq!(table.desk.code_of("change_begin", begin(NUMBER)).expect("too late"), "past_change");
    assert_eq!(table.desk.code_of("change_begin", begin("987Z654321")).expect("nobody"), "nothing_to_change");
}

#[test]
fn offline_the_own_sealed_form_is_found_and_of_three_one_is_left_to_enter() {
    let mut table = Table::new();
    seal(&mut table, "Frau X", NUMBER);
    table.office.mailbox.kill().expect("no network");
    assert_eq!(state(&mut table.desk, NUMBER), "waiting");
    let begin_other = json!({ "number": typed("987Z654321") });
    assert_eq!(table.desk.code_of("change_lookup", begin_other).expect("told as such"), "unreachable");
    let whose = begin(&mut table.desk, NUMBER, true);
    finalise(&mut table.desk, whose["unit"].as_str().expect("an id"));
    let whose = begin(&mut table.desk, NUMBER, false);
    let last = answer_and_seal(&mut table.desk, &whose);
    table.office.mailbox.kill_and_restart().expect("the network is back");
    assert_eq!(deliver(&mut table.desk)["delivered"], 3);
    let clerk = &mut table.office.clerk;
    assert_eq!(queue(clerk), [last.as_str()]);
    assert_eq!(open(clerk, &last)["replaces"], "unopened");
    confirm(clerk, &last);
    assert_eq!(witnessed(clerk).len(), 3, "two unread, one entered");
    assert!(queue(clerk).is_empty());
}

/// The form of a newborn is found by the number that followed, and both its envelopes go with it.
#[test]
fn a_newborns_form_can_be_withdrawn_once_its_number_came() {
    let mut table = Table::new();
    hand_over(&mut table, "B", "");
    assert_eq!(state(&mut table.desk, NUMBER), "unknown");
    let entry = mig(&mut table.desk)[0]["entry"].clone();
    table.desk.call("number_bring", json!({ "entry": entry, "number": typed(NUMBER) })).expect("brought");
    deliver(&mut table.desk);
    let mut colleague = table.office.counsellor("colleague").expect("another counsellor");
    let whose = begin(&mut colleague, NUMBER, true);
    let new = finalise(&mut colleague, whose["unit"].as_str().expect("an id"));
    deliver(&mut colleague);
    let clerk = &mut table.office.clerk;
    assert_eq!(queue(clerk), [new.as_str()]);
    assert_eq!(open(clerk, &new)["replaces"], "unopened");
    assert_eq!(witnessed(clerk).len(), 2, "form and number");
    confirm(clerk, &new);
    assert!(queue(clerk).is_empty());
    demand_whole(&table.office.mailbox, &mut [&mut table.office.clerk, &mut table.desk, &mut colleague]).expect("fits");
}

/// A device that was offline brings the old form when its replacement is entered long since.
#[test]
fn an_old_form_that_arrives_last_is_destroyed_unread() {
    let mut table = Table::new();
    let old = seal(&mut table, "Frau X", NUMBER);
    let whose = begin_offline(&mut table);
    let new = answer_and_seal(&mut table.desk, &whose);
    let Table { mut office, desk, folder: _folder, .. } = table;
    drop(desk);
    copy(&office.place("device"), &office.place("late"));
    let vault = rusqlite::Connection::open(office.place("device").join("vault.db")).expect("the database");
    let bytes = protocol::RecordId::parse(&old).expect("an id").0;
    assert_eq!(vault.execute("DELETE FROM outbox WHERE record = ?1", [bytes]).expect("one of two is not on its way yet"), 1);
    drop(vault);

    let mut desk = reopened_locked(&office.place("device"));
    assert_eq!(deliver(&mut desk)["delivered"], 1);
    let view = open(&mut office.clerk, &new);
    assert_eq!((&view["replaces"], &view["hold"]), (&Value::Null, &json!("known_customer")), "nobody says that the old one is destroyed");
    confirm(&mut office.clerk, &new);
    let mut late = reopened_locked(&office.place("late"));
    assert_eq!(deliver(&mut late)["held"], 0, "nobody has anything to decide");
    assert!(queue(&mut office.clerk).is_empty());
    let gone = witnessed(&mut office.clerk);
    assert!(gone.contains(&old) && gone.contains(&new) && gone.len() == 2);
    assert_eq!(office.clerk.code_of("record_open", json!({ "record": old })).expect("gone"), "superseded");
}

fn begin_offline(table: &mut Table) -> Value {
    table.office.mailbox.kill().expect("no network");
    let whose = begin(&mut table.desk, NUMBER, false);
    table.office.mailbox.kill_and_restart().expect("the network is back");
    whose
}

fn reopened_locked(folder: &Path) -> Desk {
    Desk::open(folder).expect("the app opens")
}

/// Copies a folder's files with their modes.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).expect("a new folder");
    std::fs::set_permissions(to, std::fs::metadata(from).expect("is there").permissions()).expect("same mode");
    for entry in std::fs::read_dir(from).expect("is there") {
        let entry = entry.expect("an entry");
        if entry.file_type().expect("a type").is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copies");
        }
    }
}
