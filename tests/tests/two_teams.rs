//! An office with two teams: each unit's forms go to the team that the rules name, and each leader sees what waits in the own one.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use testkit::audit::demand_whole;
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

fn rows(desk: &mut Desk) -> Result<Vec<Value>> {
    Ok(desk.call("queue", Value::Null)?["rows"].as_array().context("rows")?.clone())
}

fn refusal(desk: &mut Desk, command: &str, args: Value) -> Result<String> {
    Ok(desk.call(command, args).err().context("refused")?.to_string())
}

/// Three units of two, all sealed to the first team; then a rule says that they belong to the second.
fn misaddressed(office: &mut SmallOffice) -> Result<(Desk, Desk)> {
    let view = office.admin.call("team_create", json!({ "name": "Leistung Süd" }))?;
    let (north, south) = (office.team.clone(), team_called(&view, "Leistung Süd")?);
    let there = first_clerk(office, &south)?;
    let mut counsellor = office.counsellor("counsellor")?;
    backlog::import_and_check(&mut counsellor, 1, 3, 2)?;
    seal_all(&mut counsellor)?;
    set(&mut office.admin, &[("", &north), ("12345BG", &south)], &DEADLINES)?;
    office.clerk.call("contact", Value::Null)?;
    Ok((there, counsellor))
}

#[test]
fn a_form_of_another_team_goes_there_unread_with_its_unit_and_is_entered_there() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut office = SmallOffice::found(folder.path())?;
    let (mut there, mut counsellor) = misaddressed(&mut office)?;
    let here = &mut office.clerk;
    let queue = rows(here)?;
    assert_eq!(queue.len(), 6);
    let named = json!({ "record": queue[0]["record"] });
    for _ in 0..2 {
        // A view would be a success: with the refusal nothing but the team's name crosses the seam.
        assert_eq!(refusal(here, "record_open", named.clone())?, r#"record_open: other_team {"team":"Leistung Süd"}"#);
    }
    let at_once = json!({ "record": queue[0]["record"], "at_once": true });
    assert!(here.call("record_confirm", at_once.clone()).is_err(), "what nobody read is not entered");
    let forwarded = here.call("record_forward", named.clone())?;
    assert_eq!((&forwarded["team"], &forwarded["forms"]), (&json!("Leistung Süd"), &json!(2)), "both of the unit");
    assert_eq!(rows(here)?.len(), 4);
    let ledger = here.call("ledger", json!({ "offset": 0, "limit": 9 }))?;
    let lines: Vec<_> = ledger["rows"].as_array().context("lines")?.iter().map(|row| (row["kind"].clone(), row["receipt_index"].is_u64())).collect();
    assert_eq!(lines, [(json!("forwarded"), true), (json!("forwarded"), true)]);
    let verdict = here.call("ledger_verify", Value::Null)?;
    assert_eq!((&verdict["receipts"], &verdict["receipts_ok"], &verdict["chain_ok"]), (&json!(2), &json!(2), &json!(true)));
    for command in ["record_open", "record_forward"] {
        assert_eq!(here.code_of(command, named.clone())?, "elsewhere");
    }

    let came = rows(&mut there)?;
    assert_eq!(came.len(), 2);
    assert!(came.iter().all(|row| row["opened_before"] == false && row["state"] == "assigned" && row["group"] == came[0]["group"]));
    assert!(came.iter().all(|row| queue.iter().any(|old| old["record"] == row["record"] && old["stored_at"] == row["stored_at"])));
    let view = there.call("record_open", named.clone())?;
    assert_eq!((&view["author"], &view["hold"]), (&json!("Ina Integration"), &Value::Null), "the author's signature holds");
    there.call("record_confirm", at_once)?;
    assert_eq!(rows(&mut there)?.len(), 1);

    // The author takes a change of mind to wherever the form is now.
    let left = came.iter().find(|row| row["record"] != named["record"]).context("the other one")?;
    let entered = view["customer_number"].as_str().context("a number")?;
    // Two members of a unit have numbers that follow each other, the first an odd one.
    let pairs: [(&str, &str); 3] = [("123A000001", "123A000002"), ("123A000003", "123A000004"), ("123A000005", "123A000006")];
    let (one, other) = pairs.into_iter().find(|(one, other)| *one == entered || *other == entered).context("one of six")?;
    let number = if one == entered { other } else { one };
    let begin = json!({ "number": { "first": number, "again": number }, "label": "", "asking": "to_person", "withdraw": true });
    let whose = counsellor.call("change_begin", begin)?;
    let sealed = counsellor.call("unit_finalise", json!({ "unit": whose["unit"], "left_out": [] }))?;
    assert_eq!(counsellor.call("sync", Value::Null)?["held"], 0);
    assert_eq!(rows(&mut there)?.len(), 1, "one row: what it replaces goes with it");
    assert_eq!(there.call("record_open", json!({ "record": sealed["records"][0] }))?["replaces"], "unopened");
    assert_eq!(there.code_of("record_open", json!({ "record": left["record"] }))?, "superseded");
    let verdict = there.call("ledger_verify", Value::Null)?;
    assert_eq!(verdict["receipts"], verdict["receipts_ok"]);
    let audit = demand_whole(&office.mailbox, &mut [&mut office.clerk, &mut there, &mut counsellor])?;
    assert_eq!((audit.stored, audit.destroyed), (7, 2), "entered there, and replaced unread");
    Ok(())
}

/// The change was sealed to the team that the form has left: neither team can destroy the other's, so both are told to find out.
#[test]
fn a_change_of_mind_that_crosses_a_forwarding_destroys_nothing_and_both_teams_ask() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut office = SmallOffice::found(folder.path())?;
    let (mut there, mut counsellor) = misaddressed(&mut office)?;
    let here = &mut office.clerk;
    let before = rows(here)?;
    let begin = json!({ "number": { "first": "123A000001", "again": "123A000001" }, "label": "", "asking": "to_person", "withdraw": true });
    let whose = counsellor.call("change_begin", begin)?;
    let sealed = counsellor.call("unit_finalise", json!({ "unit": whose["unit"], "left_out": [] }))?["records"][0].clone();
    for row in before.iter().filter(|row| row["group"] == before[0]["group"]) {
        let _ = here.call("record_forward", json!({ "record": row["record"] }));
    }
    for row in rows(here)? {
        let _ = here.call("record_forward", json!({ "record": row["record"] }));
    }
    assert_eq!((rows(here)?.len(), rows(&mut there)?.len()), (0, 6));
    counsellor.call("sync", Value::Null)?;

    let came = rows(here)?;
    assert_eq!((came.len(), &came[0]["state"]), (1, &json!("held")));
    let view = here.call("record_open", json!({ "record": sealed, "here": true }))?;
    assert_eq!((&view["replaces"], &view["hold"]), (&Value::Null, &json!("known_customer")), "nothing was destroyed, and nobody says so");
    let held: Vec<Value> = rows(&mut there)?.into_iter().filter(|row| row["state"] == "held").collect();
    assert_eq!(held.len(), 1, "what it wants to replace");
    let view = there.call("record_open", json!({ "record": held[0]["record"] }))?;
    assert_eq!((&view["customer_number"], &view["hold"]), (&json!("123A000001"), &json!("known_customer")));
    Ok(())
}

#[test]
fn whoever_says_so_enters_it_here_and_then_it_stays_here() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut office = SmallOffice::found(folder.path())?;
    let (mut there, _) = misaddressed(&mut office)?;
    let record = rows(&mut office.clerk)?[0]["record"].clone();
    let here = &mut office.clerk;
    assert_eq!(here.code_of("record_open", json!({ "record": record }))?, "other_team");
    here.call("record_open", json!({ "record": record, "here": true }))?;
    assert_eq!(here.code_of("record_forward", json!({ "record": record }))?, "cannot_forward");
    here.call("record_open", json!({ "record": record })).context("not asked again")?;
    here.call("record_confirm", json!({ "record": record, "at_once": true }))?;

    // The rule was wrong: what went is sent back, also under the key that its author chose.
    let other = rows(here)?[2]["record"].clone();
    assert_eq!(here.call("record_forward", json!({ "record": other }))?["forms"], 2);
    set(&mut office.admin, &[("", &office.team)], &DEADLINES)?;
    there.call("contact", Value::Null)?;
    assert_eq!(there.call("record_forward", json!({ "record": other }))?["forms"], 2);
    office.clerk.call("contact", Value::Null)?;
    office.clerk.call("record_open", json!({ "record": other }))?;
    let next = rows(&mut office.clerk)?[0]["record"].clone();
    assert_eq!(office.clerk.code_of("record_forward", json!({ "record": next }))?, "cannot_forward", "no rule names another team");
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
