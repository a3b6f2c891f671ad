//! One family: a parent hands on their own answers, one adult declines for the children; nobody's answers reach another.

use serde_json::{Value, json};
use testkit::caller::Caller;

use super::Table;

/// A child's complete form.
const QUESTIONS: [(&str, &str); 4] =
    [("german_nationality", "no"), ("born_outside", "no"), ("mother_born_outside", "no"), ("father_born_outside", "no")];

fn take(table: &mut Table, child: &str, parent: &str, as_parent: &str) -> anyhow::Result<Value> {
    let args = json!({ "unit": table.unit, "member": child, "parent": parent, "as_parent": as_parent });
    table.desk.call("form_take_parent", args)
}

fn state_of(form: &Value, question: &str) -> Value {
    form["questions"].as_array().expect("eight").iter().find(|state| state["question"] == question).expect("one of the eight").clone()
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
    assert_eq!(form["last"], "mother_born_outside", "changed where it begins");
    // § 35 SGB I: whoever looks at the child's form does not learn what she said of herself, not even by which questions were put.
    for question in ["mother_born_outside", "mother_immigrated_after_1949"] {
        let state = state_of(&form, question);
        assert_eq!((&state["taken"], &state["asked"], &state["answer"]), (&json!(true), &json!(true), &Value::Null), "{question}");
    }
    assert_eq!(table.given(&child, "father_born_outside"), Value::Null, "a partner is not a father");
    assert!(take(&mut table, &child, &partner, "father").is_err(), "nothing to take");

    assert!(names(&form).is_empty(), "nobody is both parents: {form}");
    assert!(take(&mut table, &child, &mother, "father").expect_err("refused").to_string().contains("cannot_take"));

    // Who answers for the child anew begins with both questions, and is shown nothing of hers.
    let form = table.answer(&child, "mother_born_outside", "yes");
    assert_eq!(state_of(&form, "mother_born_outside")["taken"], false);
    assert_eq!(state_of(&form, "mother_immigrated_after_1949")["answer"], Value::Null);
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
    let form = table.form(&child);
    assert_eq!(state_of(&form, "mother_born_outside")["answer"], Value::Null, "taken answers look alike");
}

/// A form that says "as I said of myself" must not be sealed with what was not said any more.
#[test]
fn what_a_parent_takes_back_is_asked_again_for_the_child() {
    let mut table = Table::new();
    let (mother, child) = (table.add("Mutter", "to_person"), table.add("Kind", "to_parent"));
    let (of_mother, of_child) = (table.whose(&mother), table.whose(&child));
    let ready = |table: &mut Table| {
        table.answer(&mother, "born_outside", "no");
        for (question, answer) in QUESTIONS.into_iter().filter(|(question, _)| *question != "mother_born_outside") {
            table.answer(&child, question, answer);
        }
        take(table, &child, &mother, "mother").expect("taken");
        table.desk.call("form_check", of_child.clone()).expect("checked");
        assert_eq!(table.form(&child)["state"], "checked");
    };
    let asked_again = |table: &mut Table, why: &str| {
        let form = table.form(&child);
        let state = state_of(&form, "mother_born_outside");
        assert_eq!((&state["taken"], &state["asked"], &state["answer"]), (&json!(false), &json!(true), &Value::Null), "{why}");
        assert_eq!(form["state"], "started", "{why}");
        assert!(table.desk.call("form_check", of_child.clone()).is_err(), "{why}");
    };

    ready(&mut table);
    table.answer(&mother, "german_nationality", "yes");
    assert_eq!(table.form(&child)["state"], "checked", "another answer of hers changes nothing for the child");

    table.answer(&mother, "born_outside", "yes");
    asked_again(&mut table, "corrected");

    ready(&mut table);
    table.desk.call("form_refuse", of_mother.clone()).expect("declined");
    asked_again(&mut table, "declined");
    table.desk.call("form_undo_refusal", of_mother.clone()).expect("undone");

    ready(&mut table);
    table.desk.call("unit_refuse", of_mother.clone()).expect("declined for both");
    asked_again(&mut table, "what was checked for a child stays, but not what it took from her");
}

/// § 36 SGB I: from 15 a young person decides alone; a partner decides for themself.
#[test]
fn one_adult_declines_for_themself_and_the_children_and_for_nobody_else() {
    let mut table = Table::new();
    let people =
        [("Mutter", "to_person"), ("Partner", "to_person"), ("Kind 1", "to_parent"), ("Kind 2", "to_parent"), ("Tochter, 16", "to_young_person")];
    let ids: Vec<String> = people.iter().map(|(label, asking)| table.add(label, asking)).collect();
    table.answer(&ids[2], "german_nationality", "yes");
    let settled = table.add("Kind 3", "to_parent");
    let with_the_other_parent = table.whose(&settled);
    for (question, answer) in QUESTIONS {
        table.answer(&settled, question, answer);
    }
    table.desk.call("form_check", with_the_other_parent).expect("checked");
    let whose = table.whose(&ids[0]);
    let view = table.desk.call("unit_refuse", whose).expect("declined");
    let states: Vec<&str> = view["members"].as_array().expect("cards").iter().map(|card| card["state"].as_str().expect("a state")).collect();
    assert_eq!(states, ["checked", "open", "checked", "checked", "open", "checked"]);
    for (id, refused) in ids.iter().zip([true, false, true, true, false]) {
        assert_eq!(table.form(id)["refused"], refused);
    }
    assert_eq!(table.form(&settled)["refused"], false, "what was checked with the other parent stays");
    // A later change of mind is as easy, and what was answered before comes back.
    let whose = table.whose(&ids[2]);
    table.desk.call("form_undo_refusal", whose).expect("undone");
    assert_eq!(table.given(&ids[2], "german_nationality"), "yes");
    let young = table.whose(&ids[4]);
    assert_eq!(table.desk.code_of("unit_refuse", young).expect("refused"), "not_found", "a young person declines for themself alone");
}

/// Art. 13 GDPR: everybody is informed before their first answer, a young person alone (§ 36 SGB I), and a sheet of paper informs only who filled it in.
#[test]
fn who_was_not_informed_does_not_answer() {
    let mut table = Table::new();
    let mut add = |label: &str, asking: &str| {
        let args =
            json!({ "unit": table.unit, "label": label, "number": { "first": "", "again": "" }, "asking": asking, "already_collected": false });
        let view = table.desk.call("member_add", args).expect("a member");
        let members = view["members"].as_array().expect("members").clone();
        members.iter().find(|card| card["label"] == label).expect("the new one")["member"].as_str().expect("an id").to_owned()
    };
    let (absent, mother, young) = (add("Partner", "to_person"), add("Mutter", "to_person"), add("Tochter, 16", "to_young_person"));
    let first = |table: &Table, member: &str| json!({ "unit": table.unit, "member": member, "question": "german_nationality", "answer": "no" });
    let refused = |table: &mut Table, member: &str| {
        let args = first(table, member);
        table.desk.code_of("form_answer", args).expect("refused")
    };
    let sheet = table.whose(&absent);
    table.desk.call("paper_open", sheet).expect("the sheet is typed in");
    let args = first(&table, &absent);
    table.desk.call("form_answer", args).expect("the sheet informed him");
    assert_eq!(refused(&mut table, &mother), "not_informed", "his sheet told her nothing");
    let told = table.whose(&mother);
    table.desk.call("unit_informed", told).expect("read out");
    assert_eq!(refused(&mut table, &young), "not_informed", "what her mother heard is not hers");
    let told = table.whose(&young);
    table.desk.call("unit_informed", told).expect("read out");
    table.answer(&young, "german_nationality", "no");
    table.answer(&mother, "german_nationality", "no");
}

/// The ledger is evidence: it says the reason that was given, for one person as for a unit.
#[test]
fn who_is_removed_leaves_the_reason_in_the_ledger() {
    let mut table = Table::new();
    let member = table.add("Mutter", "to_person");
    table.answer(&member, "german_nationality", "no");
    let remove = |reason: &str| json!({ "unit": table.unit, "member": member, "reason": reason });
    let (unknown, withdrew) = (remove("because"), remove("customer_withdrew"));
    assert_eq!(table.desk.code_of("member_remove", unknown).expect("refused"), "bad_arguments");
    table.desk.call("member_remove", withdrew).expect("removed");
    let ledger = table.desk.call("ledger", json!({ "offset": 0, "limit": 10 })).expect("the ledger");
    assert_eq!(ledger["rows"][0]["kind"], "discarded:customer_withdrew");
}

/// Each adult answers for themself: what a parent said does not become theirs by another tick.
#[test]
fn a_parents_answers_do_not_become_an_adults_own() {
    let mut table = Table::new();
    let member = table.add("Kind", "to_parent");
    table.answer(&member, "german_nationality", "no");
    let none = json!({ "first": "", "again": "" });
    let change = json!({ "unit": table.unit, "member": member, "label": "Kind", "number": none, "asking": "to_person", "already_collected": false });
    assert_eq!(table.desk.code_of("member_change", change).expect("refused"), "asking_fixed");
}
