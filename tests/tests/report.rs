//! The report on a team's weeks, from a leader's app to a real endpoint: for teams that are large enough, and without what is not finished.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::small_office::SmallOffice;

#[test]
fn a_team_of_five_clerks_has_a_report_and_a_smaller_one_has_none() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut office = SmallOffice::found(folder.path())?;
    let team = office.team.clone();
    let mut leader = Desk::open(&office.place("leader"))?;
    leader = office.enrol(leader, "team_leader", &[&team])?;
    let ask = json!({ "team": team, "weeks": 4 });
    let mut counsellor = office.counsellor("counsellor")?;
    for clerk in 2..=5 {
        leader.call("contact", Value::Null)?;
        assert_eq!(leader.code_of("team_report", ask.clone())?, "team_too_small", "{} clerks", clerk - 1);
        let desk = Desk::open(&office.place(&format!("clerk {clerk}")))?;
        office.enrol(desk, "clerk", &[&team])?;
    }
    counsellor.call("contact", Value::Null)?;
    deliver_one(&mut counsellor)?;

    let report = leader.call("team_report", ask.clone())?;
    assert_eq!((&report["name"], report["weeks"].as_array().map(Vec::len)), (&json!("Leistung 1"), Some(4)));
    assert!(report["weeks"].as_array().context("weeks")?.iter().all(|week| week["handed_over"] == 0), "the running week is not in it: {report}");
    assert_eq!((&report["complete"], &report["incomplete"]), (&json!(0), &json!(0)));
    assert_eq!(report["waiting"].as_array().map(Vec::len), Some(5), "up to each deadline, and beyond the last");
    let csv = report["csv"].as_str().context("a file")?;
    assert!(csv.starts_with("\u{feff}Datenqualität;Leistung 1\r\n"), "{csv}");
    assert_eq!(report["file"], format!("Bogen-Bericht-{}.csv", report["until"].as_str().context("a day")?));

    assert_eq!(office.admin.call("team_report", ask.clone())?["weeks"], report["weeks"]);
    for desk in [&mut counsellor, &mut office.clerk] {
        assert_eq!(desk.code_of("team_report", ask.clone())?, "not_your_role");
    }
    for weeks in [0, 54] {
        assert_eq!(leader.code_of("team_report", json!({ "team": team, "weeks": weeks }))?, "bad_arguments");
    }
    Ok(())
}

/// Somebody without a number who declines everything.
fn deliver_one(counsellor: &mut Desk) -> Result<()> {
    let none = json!({ "first": "", "again": "" });
    let unit = counsellor.call("unit_create", json!({ "number": none, "label": "Herr A." }))?["unit"].clone();
    let member = json!({ "unit": unit, "label": "", "number": none, "asking": "to_person", "already_collected": false });
    let member = counsellor.call("member_add", member)?["members"][0]["member"].clone();
    for command in ["form_refuse", "form_check"] {
        counsellor.call(command, json!({ "unit": unit, "member": member }))?;
    }
    counsellor.call("unit_finalise", json!({ "unit": unit, "left_out": [] }))?;
    counsellor.call("sync", Value::Null)?;
    Ok(())
}
