//! One family: a parent hands on their own answers, one adult declines for the children; nobody's answers reach another.

use serde_json::{Value, json};
use testkit::caller::Caller;

use super::Table;

fn take(table: &mut Table, child: &str, parent: &str, as_parent: &str) -> anyhow::Result<Value> {
    let args = json!({ "unit": table.unit, "member": child, "parent": parent, "as_parent": as_parent });
    table.desk.call("form_take_parent", args)
}

fn names(form: &Value) -> Vec<&str> {
    form["takeable"].as_array().expect("a list").iter().map(|row| row["label"].as_str().expect("a label")).collect()
}

#[test]
fn a_parent_is_chosen_by_name_and_hands_on_two_answers() {
    let mut table = Table::new();
    let (mother, partner, child) = (table.add("Mutter", "to_person"), table.add("Partner", "to_person"), table.add("Kind", "to_parent"));
    table.answer(&mother, "born_outside", "yes");
    table.answer(&mother, "immigrated_after_1949", "yes");
    table.answer(&child, "german_nationality", "no");
    let form = table.answer(&child, "born_outside", "no");
    assert_eq!(form["current"], "mother_born_outside");
    assert_eq!(names(&form), ["Mutter"], "the partner has said nothing about himself yet");

    let form = take(&mut table, &child, &mother, "mother").expect("the mother is at the table");
    assert_eq!(form["current"], "father_born_outside");
    assert_eq!(table.given(&child, "mother_born_outside"), "yes");
    assert_eq!(table.given(&child, "mother_immigrated_after_1949"), "yes");
    assert_eq!(table.given(&child, "father_born_outside"), Value::Null, "a partner is not a father");
    assert!(take(&mut table, &child, &partner, "father").is_err(), "nothing to take");
}

#[test]
fn from_fifteen_on_nobody_hands_anything_on() {
    let mut table = Table::new();
    let (mother, young) = (table.add("Mutter", "to_person"), table.add("Tochter, 16", "to_young_person"));
    table.answer(&mother, "born_outside", "no");
    for (question, answer) in [("german_nationality", "no"), ("born_outside", "no")] {
        table.answer(&young, question, answer);
    }
    let form = table.form(&young);
    assert_eq!(form["current"], "mother_born_outside");
    assert!(names(&form).is_empty());
    assert!(take(&mut table, &young, &mother, "mother").expect_err("refused").to_string().contains("cannot_take"));
    assert_eq!(table.given(&young, "mother_born_outside"), Value::Null);
}

/// Whether somebody declined shows nowhere outside their form: not on the cards, and not by who is offered.
#[test]
fn who_declined_is_offered_like_everybody_and_hands_on_no_statement() {
    let mut table = Table::new();
    let (mother, child) = (table.add("Mutter", "to_person"), table.add("Kind", "to_parent"));
    let whose = table.whose(&mother);
    table.desk.call("form_refuse", whose).expect("declined");
    for (question, answer) in [("german_nationality", "no"), ("born_outside", "no")] {
        table.answer(&child, question, answer);
    }
    let form = table.form(&child);
    assert_eq!(names(&form), ["Mutter"]);
    take(&mut table, &child, &mother, "mother").expect("taken");
    assert_eq!(table.given(&child, "mother_born_outside"), "declined");
}

/// § 36 SGB I: from 15 a young person decides alone; a partner decides for themself.
#[test]
fn one_adult_declines_for_themself_and_the_children_and_for_nobody_else() {
    let mut table = Table::new();
    let people =
        [("Mutter", "to_person"), ("Partner", "to_person"), ("Kind 1", "to_parent"), ("Kind 2", "to_parent"), ("Tochter, 16", "to_young_person")];
    let ids: Vec<String> = people.iter().map(|(label, asking)| table.add(label, asking)).collect();
    table.answer(&ids[2], "german_nationality", "yes");
    let whose = table.whose(&ids[0]);
    let view = table.desk.call("unit_refuse", whose).expect("declined");
    let states: Vec<&str> = view["members"].as_array().expect("cards").iter().map(|card| card["state"].as_str().expect("a state")).collect();
    assert_eq!(states, ["checked", "open", "checked", "checked", "open"]);
    for (id, refused) in ids.iter().zip([true, false, true, true, false]) {
        assert_eq!(table.form(id)["refused"], refused);
    }
    // A later change of mind is as easy, and what was answered before comes back.
    let whose = table.whose(&ids[2]);
    table.desk.call("form_undo_refusal", whose).expect("undone");
    assert_eq!(table.given(&ids[2], "german_nationality"), "yes");
    let young = table.whose(&ids[4]);
    assert_eq!(table.desk.code_of("unit_refuse", young).expect("refused"), "not_found", "a young person declines for themself alone");
}
