//! Who may give which command: every command, by everybody and by nobody, in a real office with a real endpoint. What comes out is the table of
//! `docs/roles.md`, line by line.

use anyhow::{Context, Result, ensure};
use commands::Command;
use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::small_office::SmallOffice;

const DOCUMENT: &str = include_str!("../../docs/roles.md");

/// In the order of the columns; before them stands "locked".
const ROLES: [&str; 5] = ["counsellor", "case_manager", "team_leader", "clerk", "admin"];

/// An id that nothing has. A refusal for lack of a role comes before the search; who may search is told that there is nothing.
const NOTHING: &str = "00000000000000000000000000000000";

/// Arguments that are well formed and change nothing but what can be done again.
fn arguments(command: &str, team: &str) -> Value {
    let member = json!({ "unit": NOTHING, "member": NOTHING });
    let number = |text: &str| json!({ "first": text, "again": text });
    let secret = "falsch falsch falsch falsch";
    match command {
        "wording_in" => json!({ "language": "xx" }),
        "found_office" => {
            json!({ "url": "https://127.0.0.1:1", "code": "x", "office_name": "x", "admin_name": "x", "passphrase": secret, "demo": true })
        }
        "enrol" => json!({ "ticket": "x", "name": "x", "passphrase": secret }),
        "unlock" => json!({ "user": NOTHING, "passphrase": secret }),
        "unlock_pin" => json!({ "user": NOTHING, "pin": "2580" }),
        "pin_set" => json!({ "pin": null }),
        "lock_after_set" => json!({ "minutes": 10, "turned_minutes": 30 }),
        "turn" => json!({ "unit": NOTHING, "member": NOTHING, "code": "8642" }),
        "turn_back" => json!({ "code": "8642" }),
        "change_passphrase" => json!({ "old": secret, "new": secret }),
        "recover_passphrase" => json!({ "user": NOTHING, "shares": ["x", "y"], "new": secret }),
        "recovery_drill" => json!({ "shares": ["x", "y"] }),
        "take_over" => json!({ "from": NOTHING, "shares": ["x", "y"] }),
        "unit_list" => json!({ "search": "", "state": null, "oldest_first": false, "offset": 0, "limit": 10 }),
        "unit_create" => json!({ "number": number(""), "label": "" }),
        "unit_open" => json!({ "unit": NOTHING }),
        "unit_discard" => json!({ "unit": NOTHING, "reason": "duplicate" }),
        "unit_finalise" => json!({ "unit": NOTHING, "left_out": [] }),
        "unit_informed" | "form_open" | "paper_open" | "form_refuse" | "form_undo_refusal" | "unit_refuse" | "form_check" => member,
        "member_add" => json!({ "unit": NOTHING, "label": "x", "number": number(""), "asking": "to_person", "already_collected": false }),
        "member_change" => {
            json!({ "unit": NOTHING, "member": NOTHING, "label": "x", "number": number(""), "asking": "to_person", "already_collected": false })
        }
        "member_remove" => json!({ "unit": NOTHING, "member": NOTHING, "reason": "duplicate" }),
        "form_answer" => json!({ "unit": NOTHING, "member": NOTHING, "question": "born_outside", "answer": "no" }),
        "form_go_to" => json!({ "unit": NOTHING, "member": NOTHING, "question": null }),
        "form_take_parent" => json!({ "unit": NOTHING, "member": NOTHING, "parent": NOTHING, "as_parent": "mother" }),
        "paper_shredded" | "record_open" | "record_forward" | "record_undo" | "record_copy" | "record_discard" => json!({ "record": NOTHING }),
        "record_confirm" => json!({ "record": NOTHING, "at_once": false }),
        "mig_tick" | "mig_untick" => json!({ "entry": NOTHING }),
        "number_bring" => json!({ "entry": NOTHING, "number": number("999Z999999") }),
        "change_lookup" => json!({ "number": number("999Z999999") }),
        "change_begin" => json!({ "number": number("999Z999999"), "label": "", "asking": "to_person", "withdraw": false }),
        "ledger" => json!({ "offset": 0, "limit": 10 }),
        "reconcile" => json!({ "text": "" }),
        "import" => json!({ "text": "x" }),
        "team_create" => json!({ "name": "" }),
        "customers_set" => json!({ "languages": ["xx"], "information": null }),
        "invite" => json!({ "name": "Neu", "roles": ["counsellor"], "teams": [] }),
        "record_problem" => json!({ "record": NOTHING, "reason": "unreadable" }),
        "note_answer" => json!({ "record": NOTHING, "note": "", "reply": "read", "number": null }),
        "mask_check" | "mask_set" => json!({ "text": "format = 2" }),
        "policy_set" => json!({ "accepted": false }),
        "work_set" => json!({ "rules": [], "deadlines": [3, 9, 14, 21] }),
        "certify" => json!({ "shares": ["x", "y"], "instead_of": null }),
        "staff_change" => json!({ "member": NOTHING, "roles": ["clerk"], "teams": [] }),
        "approve" | "revoke" => json!({ "member": NOTHING }),
        "team_counts" | "team_key_renew" | "distribution" | "distribution_undo" => json!({ "team": team }),
        "team_key_destroy" => json!({ "team": team, "epoch": 7, "without_devices": false }),
        "distribution_set" => json!({ "team": team, "by_hand": null, "clerks": [] }),
        "distribution_move" => json!({ "team": team, "from": null, "to": null, "units": 1 }),
        "team_report" => json!({ "team": team, "weeks": 12 }),
        "sync_ask" => json!({ "device": NOTHING, "ask": true }),
        _ => Value::Null,
    }
}

/// What became of a command: `locked`, `no` (another role), or `yes`, whatever it answered.
fn outcome(desk: &mut Desk, command: &str, team: &str) -> Result<&'static str> {
    let Err(error) = desk.call(command, arguments(command, team)) else { return Ok("yes") };
    let text = error.to_string();
    let code = text.split(' ').nth(1).unwrap_or_default();
    ensure!(!["bad_arguments", "internal"].contains(&code), "{text}");
    ensure!(text.starts_with(&format!("{command}: ")), "no command was built: {text}");
    Ok(match code {
        "locked" => "locked",
        "not_your_role" => "no",
        _ => "yes",
    })
}

/// Somebody with one role, enrolled on a device of their own.
fn enrol(office: &mut SmallOffice, role: &str) -> Result<Desk> {
    let (desk, team) = (Desk::open(&office.place(role))?, office.team.clone());
    let teams: &[&str] = if role == "team_leader" { &[&team] } else { &[] };
    office.enrol(desk, role, teams)
}

#[test]
fn everybody_may_do_what_the_table_says_and_nothing_else() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut office = SmallOffice::found(folder.path())?;
    let (mut counsellor, mut case_manager) = (enrol(&mut office, "counsellor")?, enrol(&mut office, "case_manager")?);
    let mut team_leader = enrol(&mut office, "team_leader")?;
    let SmallOffice { admin, clerk, team, .. } = &mut office;
    let mut seats = [&mut counsellor, &mut case_manager, &mut team_leader, clerk, admin];
    let mut found = Vec::new();
    for command in Command::NAMES {
        let mut cells = Vec::new();
        seats[0].call("lock", Value::Null)?;
        cells.push(outcome(seats[0], command, team)?);
        seats[0].sign_in()?;
        for seat in &mut seats {
            cells.push(outcome(seat, command, team)?);
            if *command == "lock" {
                seat.sign_in()?;
            }
        }
        found.push(format!("| `{command}` | {} |", cells.join(" | ")));
    }
    let documented: Vec<&str> = DOCUMENT.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(found.join("\n"), documented.join("\n"), "left: what the app does; right: docs/roles.md, columns: locked, {ROLES:?}");
    let head = DOCUMENT.lines().find(|line| line.starts_with("| Command")).context("a table")?;
    assert_eq!(head, "| Command | locked | counsellor | case manager | team leader | clerk | administrator |");
    Ok(())
}
