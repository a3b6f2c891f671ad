//! An office with two teams: each unit's forms go to the team that the rules name, and each leader sees what waits in the own one.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use testkit::backlog;
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::small_office::SmallOffice;

const DEADLINES: [u16; 4] = [3, 9, 14, 21];

fn set(desk: &mut Desk, rules: &[(&str, &str)], deadlines: &[u16]) -> Result<Value> {
    let rules: Vec<Value> = rules.iter().map(|(prefix, team)| json!({ "prefix": prefix, "team": team })).collect();
    desk.call("work_set", json!({ "rules": rules, "deadlines": deadlines }))
}

fn team_called(view: &Value, name: &str) -> Result<String> {
    let team = view["teams"].as_array().context("teams")?.iter().find(|team| team["name"] == name).context("the team")?;
    Ok(team["team"].as_str().context("an id")?.to_owned())
}

/// A clerk of the team that has none yet, who makes its key.
fn first_clerk(office: &mut SmallOffice, team: &str) -> Result<Desk> {
    let mut clerk = office.enrol(Desk::open(&office.place("south"))?, "clerk", &[team])?;
    clerk.call("contact", Value::Null)?;
    office.admin.call("contact", Value::Null)?;
    clerk.call("contact", Value::Null)?;
    Ok(clerk)
}

fn seal_all(desk: &mut Desk) -> Result<()> {
    let page = desk.call("unit_list", json!({ "search": "", "state": null, "oldest_first": false, "offset": 0, "limit": 200 }))?;
    for row in page["rows"].as_array().context("rows")? {
        desk.call("unit_finalise", json!({ "unit": row["unit"], "left_out": [] }))?;
    }
    desk.call("sync", Value::Null)?;
    Ok(())
}

#[test]
fn forms_go_to_the_team_that_the_longest_rule_names_and_a_leader_sees_the_own_team_only() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut office = SmallOffice::found(folder.path())?;
    let view = office.admin.call("team_create", json!({ "name": "Leistung Süd" }))?;
    assert_eq!(view["rules"], json!([{ "prefix": "", "team": office.team }]), "the first team has all forms until somebody says otherwise");
    let (north, south) = (office.team.clone(), team_called(&view, "Leistung Süd")?);
    let mut clerk = first_clerk(&mut office, &south)?;
    let mut leader = office.enrol(Desk::open(&office.place("leader"))?, "team_leader", &[&south])?;

    // As typed: any order, any case.
    let view = set(&mut office.admin, &[("", &north), ("12345bg", &south), ("12345BG0000002", &north)], &DEADLINES)?;
    let prefixes: Vec<_> = view["rules"].as_array().context("rules")?.iter().map(|rule| rule["prefix"].clone()).collect();
    assert_eq!(prefixes, ["12345BG0000002", "12345BG", ""]);
    let number = view["number"].clone();
    let again = set(&mut office.admin, &[("12345BG0000002", &north), ("12345BG", &south), ("", &north)], &DEADLINES)?;
    assert_eq!(again["number"], number, "nothing changed, so nothing is published");

    let mut counsellor = office.counsellor("counsellor")?;
    backlog::import_and_check(&mut counsellor, 1, 3, 1)?;
    let none = json!({ "first": "", "again": "" });
    let alone = counsellor.call("unit_create", json!({ "number": none, "label": "Herr A." }))?["unit"].clone();
    let member = json!({ "unit": alone, "label": "", "number": none, "asking": "to_person", "already_collected": false });
    let member = counsellor.call("member_add", member)?["members"][0]["member"].clone();
    for command in ["form_refuse", "form_check"] {
        counsellor.call(command, json!({ "unit": alone, "member": member }))?;
    }
    seal_all(&mut counsellor)?;
    let rows = |desk: &mut Desk| -> Result<Vec<Value>> { Ok(desk.call("queue", Value::Null)?["rows"].as_array().context("rows")?.clone()) };
    let (here, there) = (rows(&mut office.clerk)?, rows(&mut clerk)?);
    assert_eq!((here.len(), there.len()), (2, 2), "number 2 and who has no unit; numbers 1 and 3");
    assert!(there.iter().all(|row| row["team"] == "Leistung Süd"), "a team is told by its name");
    clerk.call("record_open", json!({ "record": there[0]["record"] }))?;

    let counts = leader.call("team_counts", json!({ "team": south }))?;
    assert_eq!((&counts["opened"], &counts["assigned"], &counts["overdue"]), (&json!(1), &json!(1), &json!([0, 0, 0, 0])));
    assert_eq!(counts["deadlines"], json!(DEADLINES));
    assert_eq!(leader.code_of("team_counts", json!({ "team": north }))?, "not_your_role");
    Ok(())
}

#[test]
fn rules_and_deadlines_that_cannot_be_are_refused_with_their_place() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut office = SmallOffice::found(folder.path())?;
    let team: &str = &office.team.clone();
    let before = office.admin.call("office", Value::Null)?;
    let admin = &mut office.admin;
    let mut refused = |rules: &[(&str, &str)], deadlines: &[u16]| set(admin, rules, deadlines).expect_err("refused").to_string();
    for (rules, params) in [
        (&[("", team), ("12X", team)] as &[_], r#"rule_invalid {"position":"2","reason":"prefix"}"#),
        (&[("12345BG00000001", team), ("", team)], r#"rule_invalid {"position":"1","reason":"prefix"}"#),
        (&[("", team), ("123", team), ("1 2 3", team)], r#"rule_invalid {"position":"3","reason":"twice"}"#),
        (&[("123", team)], r#"rule_invalid {"reason":"no_default"}"#),
        (&[("", "00000000000000000000000000000000")], "not_found {}"),
    ] {
        assert_eq!(refused(rules, &DEADLINES), format!("work_set: {params}"));
    }
    let deadlines: [(&[u16], u8); 5] =
        [(&[3, 9, 14], 4), (&[0, 9, 14, 21], 1), (&[3, 3, 14, 21], 2), (&[3, 9, 14, 366], 4), (&[3, 9, 14, 21, 30], 5)];
    for (days, position) in deadlines {
        assert_eq!(refused(&[("", team)], days), format!(r#"work_set: deadlines_invalid {{"position":"{position}"}}"#));
    }
    assert_eq!(office.admin.call("office", Value::Null)?, before);
    Ok(())
}
