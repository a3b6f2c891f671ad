//! The main job, step by step: from the first answer to two destroyed copies, for every test household.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::audit::demand_whole;
use crate::clear_text;
use crate::households::{Form, HOUSEHOLDS, Household, Person};
use crate::office::Office;
use crate::seat::{PASSPHRASE, Seat};

/// The number that household B's newborn gets after the handover.
const NEWBORN: &str = "123A456790";

/// What was shown on the way, one line each.
pub type Say<'a> = &'a mut dyn FnMut(&str);

/// Runs steps 1 to 5 below `folder`.
///
/// # Errors
/// At the first thing that is not as it must be.
pub fn run(folder: &std::path::Path, say: Say<'_>) -> Result<Office> {
    say("1. An office is founded.");
    let mut office = Office::found(folder)?;
    say(&format!("   Endpoint {}, root key on {} sheets of paper, any two of which restore it.", office.mailbox.url(), office.root_shares.len()));
    say("   Administrator, counsellor, team leader and two clerks joined with one-time tickets; the first clerk made the team key.");

    say("2. The counsellor fills in the forms, without any network (the endpoint is switched off).");
    office.mailbox.kill()?;
    for household in HOUSEHOLDS {
        office.counsellor = fill_in(office.counsellor, household, say)?;
    }
    search(&office, say)?;

    say("3. She checks and finalises the units.");
    let sealed = finalise_all(&mut office.counsellor, say)?;
    search(&office, say)?;

    say("4. The outbox is delivered; nobody's passphrase is needed.");
    office.counsellor.call("lock", Value::Null)?;
    office.mailbox.kill_and_restart()?;
    deliver(&mut office, sealed, say)?;
    tick_off(&mut office.counsellor, say)?;

    say("5. The clerks enter the forms; the endpoint destroys them.");
    enter_all(&mut office, say)?;
    let places = search(&office, say)?;
    say(&format!("Answers, names or customer numbers found in clear text on any disk: {places}"));
    Ok(office)
}

/// A household's way from the new unit to the check. The app is killed in the middle of the first form and comes back at the same question.
fn fill_in(mut seat: Seat, household: &Household, say: Say<'_>) -> Result<Seat> {
    let typed = |number: Option<&str>| json!({ "first": number.unwrap_or_default(), "again": number.unwrap_or_default() });
    let unit = seat.call("unit_create", json!({ "number": typed(household.unit), "label": format!("Haushalt {}", household.name) }))?;
    let unit = unit["unit"].as_str().context("a unit")?.to_owned();
    for person in household.members {
        let collected = matches!(person.form, Form::AlreadyCollected);
        seat.call(
            "member_add",
            json!({ "unit": unit, "label": person.label, "number": typed(person.number), "asking": person.asking, "already_collected": collected }),
        )?;
    }
    let view = seat.call("unit_open", json!({ "unit": unit }))?;
    for (at, person) in household.members.iter().enumerate() {
        let member = view["members"][at]["member"].as_str().context("a member")?.to_owned();
        seat = fill_in_person(seat, &unit, &member, person, at == 0)?;
    }
    let view = seat.call("unit_open", json!({ "unit": unit }))?;
    say(&format!("   Household {}: {} of {} members done.", household.name, view["done"], view["total"]));
    Ok(seat)
}

fn fill_in_person(mut seat: Seat, unit: &str, member: &str, person: &Person, interrupt: bool) -> Result<Seat> {
    let me = json!({ "unit": unit, "member": member });
    if !matches!(person.form, Form::AlreadyCollected | Form::Absent) {
        seat.call("unit_informed", me.clone())?;
    }
    match person.form {
        Form::AlreadyCollected | Form::Absent => return Ok(seat),
        Form::Refuses => {
            seat.call("form_refuse", me.clone())?;
        }
        Form::Answers(given, _) => {
            for (at, letter) in given.chars().enumerate() {
                let form = seat.call("form_open", me.clone())?;
                let question = form["current"].as_str().context("a question is open")?.to_owned();
                if interrupt && at == 2 {
                    seat = seat.kill_and_retake()?;
                    seat.unlock()?;
                    // A new sitting: whoever has not begun yet is informed anew.
                    seat.call("unit_informed", me.clone())?;
                    let resumed = seat.call("form_open", me.clone())?;
                    ensure!(resumed["current"] == form["current"], "after a kill the form resumes at the same question");
                }
                seat.call("form_answer", json!({ "unit": unit, "member": member, "question": question, "answer": answer(letter)? }))?;
            }
        }
    }
    let form = seat.call("form_open", me.clone())?;
    ensure!(form["current"].is_null(), "all questions of {} are answered", person.label);
    let warned = form["warnings"].as_array().is_some_and(|warnings| !warnings.is_empty());
    ensure!(warned == (person.label == "Herr E."), "only household E's contradiction warns");
    seat.call("form_check", me)?;
    Ok(seat)
}

fn answer(letter: char) -> Result<&'static str> {
    match letter {
        'J' => Ok("yes"),
        'N' => Ok("no"),
        'K' => Ok("declined"),
        other => anyhow::bail!("no answer: {other}"),
    }
}

fn finalise_all(seat: &mut Seat, say: Say<'_>) -> Result<usize> {
    let page = seat.call("unit_list", json!({ "search": "", "state": null, "oldest_first": false, "offset": 0, "limit": 200 }))?;
    let mut sealed = 0;
    for row in page["rows"].as_array().context("units")? {
        let unit = row["unit"].as_str().context("a unit")?;
        let view = seat.call("unit_open", json!({ "unit": unit }))?;
        let absent: Vec<&Value> = view["members"].as_array().context("members")?.iter().filter(|member| member["state"] == "open").collect();
        if !absent.is_empty() {
            let code = seat.refused("unit_finalise", json!({ "unit": unit, "left_out": [] }))?;
            ensure!(code == "not_checked", "who is absent is not forgotten silently: {code}");
        }
        let left_out: Vec<&Value> = absent.iter().map(|member| &member["member"]).collect();
        let finalised = seat.call("unit_finalise", json!({ "unit": unit, "left_out": left_out }))?;
        let records = finalised["records"].as_array().context("records")?.len();
        sealed += records;
        if finalised["reminder"] == true {
            say("   One person was absent: left out by name, kept as a reminder.");
        }
    }
    let status = seat.call("status", Value::Null)?;
    ensure!(status["counts"]["sealed"] == sealed, "all finalised forms lie sealed: {} of {sealed}", status["counts"]["sealed"]);
    say(&format!("   {sealed} forms are sealed to the team's key; nothing on the device can read them any more."));
    Ok(sealed)
}

fn deliver(office: &mut Office, sealed: usize, say: Say<'_>) -> Result<()> {
    let report = office.counsellor.call("sync", Value::Null)?;
    ensure!(report["end"] == "done", "the delivery ends well: {report}");
    ensure!(report["delivered"] == sealed && report["destroyed"] == sealed, "each receipt verified, each copy destroyed: {report}");
    let ledger = office.counsellor.call("ledger", json!({ "offset": 0, "limit": 500 }))?;
    ensure!(ledger["chain_ok"] == true, "the ledger's chain holds");
    let destroyed = ledger["rows"].as_array().context("rows")?.iter().filter(|row| row["kind"] == "destroyed").count();
    ensure!(destroyed == sealed, "a ledger line for each destroyed copy");
    say(&format!("   {sealed} receipts verified against the pinned key, {sealed} local copies destroyed, {destroyed} ledger lines, chain whole."));
    let again = office.counsellor.call("sync", Value::Null)?;
    ensure!(again["end"] == "nothing", "a second delivery has nothing to do: {again}");
    Ok(())
}

fn tick_off(seat: &mut Seat, say: Say<'_>) -> Result<()> {
    seat.unlock()?;
    let list = seat.call("mig_list", Value::Null)?;
    let entries = list["entries"].as_array().context("entries")?.clone();
    let (due, numberless): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry["state"] == "due");
    ensure!(numberless.iter().all(|entry| entry["state"] == "awaits_number"), "all are handed over: due, or waiting for a number");
    let [newborn] = numberless[..] else { anyhow::bail!("one form was handed over without a number") };
    let number = json!({ "first": NEWBORN, "again": NEWBORN });
    seat.call("number_bring", json!({ "entry": newborn["entry"], "number": number }))?;
    let report = seat.call("sync", Value::Null)?;
    ensure!(report["end"] == "done" && report["destroyed"] == 1, "the number that follows is handed over: {report}");
    say(&format!("   {} customers are due on the MIG list; the newborn's number follows in an envelope of its own.", due.len()));
    for entry in &entries {
        seat.call("mig_tick", json!({ "entry": entry["entry"] }))?;
    }
    seat.call("lock", Value::Null)?;
    seat.unlock()?;
    let list = seat.call("mig_list", Value::Null)?;
    ensure!(list["entries"].as_array().is_some_and(Vec::is_empty), "ticked entries are gone after the lock");
    say(&format!("   {} customers ticked off on the MIG list and gone from the device.", entries.len()));
    Ok(())
}

/// Both clerks open, compare, type in and confirm what is assigned to them.
fn enter_all(office: &mut Office, say: Say<'_>) -> Result<()> {
    let mut expected = expected_characteristics();
    let mut shares = Vec::new();
    let mut units: BTreeMap<u64, usize> = BTreeMap::new();
    for (at, clerk) in office.clerks.iter_mut().enumerate() {
        let queue = clerk.call("queue", Value::Null)?;
        let rows = queue["rows"].as_array().context("rows")?.clone();
        let (mut entered, mut numbers) = (0, 0);
        for row in rows.iter().filter(|row| row["state"] == "assigned") {
            let group = row["group"].as_u64().context("a group")?;
            ensure!(*units.entry(group).or_insert(at) == at, "a unit's forms go to one clerk");
            let record = json!({ "record": row["record"] });
            let view = clerk.call("record_open", record.clone())?;
            let number = view["customer_number"].as_str().context("a number")?;
            let wanted = expected.remove(number).with_context(|| "this form was not expected, or came twice".to_owned())?;
            ensure!(characteristics(&view)? == wanted, "the four characteristics follow from the eight answers");
            clerk.call("record_confirm", json!({ "record": row["record"], "at_once": true }))?;
            let code = clerk.refused("record_open", record)?;
            ensure!(code == "already_entered", "what is destroyed cannot be opened again: {code}");
            entered += 1;
            // The envelope that brought the number is destroyed with the form.
            numbers += usize::from(number == NEWBORN);
        }
        let ledger = clerk.call("ledger", json!({ "offset": 0, "limit": 500 }))?;
        ensure!(
            ledger["chain_ok"] == true && ledger["all"] == entered + numbers,
            "the clerk's app keeps a receipt of each destruction: {}",
            ledger["all"]
        );
        shares.push(entered);
    }
    ensure!(expected.is_empty(), "every form with a number was entered; missing: {}", expected.len());
    let counts = office.leader.call("team_counts", json!({ "team": office.team }))?;
    ensure!(counts["awaits_number"] == 0, "no form waits for a number any more: {counts}");
    say(&format!("   Clerk 1 entered {}, clerk 2 entered {}; each was destroyed against the token from inside.", shares[0], shares[1]));
    let Office { mailbox, counsellor, clerks: [first, second], .. } = office;
    let audit = demand_whole(mailbox, &mut [counsellor, first, second])?;
    say(&format!(
        "   An auditor holds {} ledgers with {} lines against {} leaves of the log: everything fits.",
        audit.ledgers, audit.lines, audit.leaves
    ));
    say(&format!(
        "   Team leader sees: {} destroyed, {} waiting for a number, {} open.",
        counts["destroyed"], counts["awaits_number"], counts["assigned"]
    ));
    Ok(())
}

fn expected_characteristics() -> BTreeMap<&'static str, String> {
    let people = HOUSEHOLDS.iter().flat_map(|household| household.members);
    people
        .filter_map(|person| match person.form {
            Form::Answers(_, four) => Some((person.number.unwrap_or(NEWBORN), four.to_owned())),
            Form::Refuses => Some((person.number?, "KKKK".to_owned())),
            Form::AlreadyCollected | Form::Absent => None,
        })
        .collect()
}

fn characteristics(view: &Value) -> Result<String> {
    let mut letters = String::new();
    for row in view["rows"].as_array().context("four characteristics")? {
        let letter = match row["value"].as_str() {
            Some("yes") => 'J',
            Some("no") => 'N',
            _ => 'K',
        };
        write!(letters, "{letter}")?;
    }
    Ok(letters)
}

/// Names, numbers and the passphrase, in every file of every device and of the endpoint.
fn search(office: &Office, say: Say<'_>) -> Result<usize> {
    let people = HOUSEHOLDS.iter().flat_map(|household| household.members);
    let mut markers: Vec<String> = people.flat_map(|person| [Some(person.label), person.number]).flatten().map(str::to_owned).collect();
    markers.extend(HOUSEHOLDS.iter().filter_map(|household| household.unit.map(str::to_owned)));
    markers.extend(["german_nationality", "Haushalt A", PASSPHRASE].map(str::to_owned));
    let found = clear_text::search(office.folder(), &markers)?;
    ensure!(found.is_empty(), "clear text on a disk: {:?}", found.iter().map(|found| (&found.file, &found.marker)).collect::<Vec<_>>());
    say("   Searched every file of all devices and of the endpoint for names, numbers and answers: found 0 times.");
    Ok(found.len())
}
