//! The clerk reads a form in the words and the order of her benefits system: what the office says in its entry mask, and nothing beside it.

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;

use super::Table;
use super::later::{answer_and_seal, deliver, open, queue, witnessed};

const EIGHT: [&str; 8] = [
    "father_immigrated_after_1949",
    "father_born_outside",
    "mother_immigrated_after_1949",
    "mother_born_outside",
    "resettler",
    "immigrated_after_1949",
    "born_outside",
    "german_nationality",
];

/// All eight questions, last one first, with codes that tell each field from every other.
fn file() -> String {
    let field = |source: &str| {
        let follows = source.contains("immigrated") || source == "resettler";
        let none = if follows { "does_not_apply = \"entf\"\n" } else { "" };
        format!("[[field]]\nsource = \"{source}\"\nlabel = \"Feld {source}\"\nyes = \"1 {source}\"\nno = \"2\"\ndeclined = \"9\"\n{none}")
    };
    format!("format = 1\nname = \"Fachverfahren\"\nmig = true\n{}", EIGHT.map(field).concat())
}

fn column(rows: &Value, name: &str) -> Vec<String> {
    rows.as_array().expect("rows").iter().map(|row| row[name].as_str().expect("a text").to_owned()).collect()
}

/// Born abroad, no German nationality; the parents immigrated; delivered.
fn deliver_one(table: &mut Table) -> String {
    let member = table.add("A", "to_person");
    let unit = table.unit.clone();
    let number = json!({ "first": "123A456789", "again": "123A456789" });
    let change = json!({ "unit": unit, "member": member, "label": "A", "number": number, "asking": "to_person", "already_collected": false });
    table.desk.call("member_change", change).expect("with a number");
    let record = answer_and_seal(&mut table.desk, &json!({ "unit": unit, "member": member }));
    deliver(&mut table.desk);
    record
}

#[test]
fn a_form_is_shown_in_the_words_and_the_order_of_the_offices_mask_and_in_no_other() {
    let mut table = Table::new();
    let record = deliver_one(&mut table);

    let before = open(&mut table.office.clerk, &record);
    assert_eq!(column(&before["rows"], "code"), ["Nein", "Ja", "Nein", "Ja"], "without a mask: the four characteristics of the law");
    assert_eq!((before["answers"].as_array().expect("eight").len(), &before["asks_mig"]), (8, &json!(false)));

    let set = table.office.admin.call("mask_set", json!({ "text": file() })).expect("published");
    assert_eq!((&set["own"], &set["name"]), (&json!(true), &json!("Fachverfahren")));
    let clerk = &mut table.office.clerk;
    clerk.call("contact", Value::Null).expect("the newest directory");
    let view = open(clerk, &record);
    let rows = &view["rows"];
    assert_eq!(column(rows, "source"), EIGHT);
    assert_eq!(column(rows, "label")[7], "Feld german_nationality");
    let yes = |source: &str| format!("1 {source}");
    let codes = [yes(EIGHT[0]), yes(EIGHT[1]), yes(EIGHT[2]), yes(EIGHT[3]), "entf".to_owned(), yes(EIGHT[5]), yes(EIGHT[6]), "2".to_owned()];
    assert_eq!(column(rows, "code"), codes);
    assert_eq!(rows[4]["applies"], false, "who is no German cannot be one as a resettler");
    assert_eq!(view["answers"], json!([]), "nothing that the office does not record");
}

#[test]
fn where_the_mask_asks_for_it_nothing_is_confirmed_before_somebody_said_that_the_code_is_set() {
    let mut table = Table::new();
    let record = deliver_one(&mut table);
    table.office.admin.call("mask_set", json!({ "text": file() })).expect("published");
    let clerk: &mut Desk = &mut table.office.clerk;
    clerk.call("contact", Value::Null).expect("the newest directory");
    assert_eq!(open(clerk, &record)["asks_mig"], true);
    let unsaid = json!({ "record": record, "at_once": true });
    assert_eq!(clerk.code_of("record_confirm", unsaid).expect("refused"), "mig_open");
    assert_eq!(queue(clerk), std::slice::from_ref(&record));
    assert!(witnessed(clerk).is_empty());
    clerk.call("record_confirm", json!({ "record": record, "at_once": true, "mig": "set" })).expect("still open in memory");
    assert_eq!(witnessed(clerk), [record]);
}

#[test]
fn a_file_is_tried_without_changing_anything_and_the_apps_own_mask_comes_back() {
    let mut table = Table::new();
    let admin = &mut table.office.admin;
    let number = admin.call("office", Value::Null).expect("the office")["number"].clone();
    let shown = admin.call("mask_show", Value::Null).expect("the app's");
    assert_eq!(shown["own"], false);
    let tried = admin.call("mask_check", json!({ "text": file() })).expect("sound");
    let example = column(&tried["example"], "code");
    for kind in ["2", "9", "entf"] {
        assert!(example.iter().any(|code| code == kind), "the example shows every kind of value");
    }
    let broken = admin.code_of("mask_set", json!({ "text": file().replace("declined = \"9\"", "declined = \"2\"") })).expect("refused");
    assert_eq!(broken, "mask_invalid", "a refusal would be put in as a no");
    assert_eq!(admin.call("office", Value::Null).expect("the office")["number"], number);

    let set = admin.call("mask_set", json!({ "text": file() })).expect("published");
    let again = admin.call("mask_check", json!({ "text": set["text"] })).expect("what is shown can be set again");
    assert_eq!((&again["fields"], &again["example"]), (&tried["fields"], &tried["example"]));
    let reset = admin.call("mask_set", json!({ "text": null })).expect("taken away");
    assert_eq!((&reset["own"], &reset["text"]), (&json!(false), &shown["text"]));
}
