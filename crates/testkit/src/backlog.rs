//! Many forms quickly: a paper backlog, checked and sealed.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::caller::Caller;

/// The text of a backlog of `units` benefit units of `members` each. Numbers count from `first`, so that two backlogs need not meet.
#[must_use]
pub fn text(first: u32, units: u32, members: u32) -> String {
    let unit = |at: u32| {
        let member = |place: u32| {
            json!({
                "customer_number": format!("123A{:06}", first + at * members + place),
                "label": format!("Person {place}"),
                "answers": "declined",
            })
        };
        json!({ "unit": format!("12345BG{:07}", first + at), "members": (0..members).map(member).collect::<Vec<_>>() })
    };
    Value::Array((0..units).map(unit).collect()).to_string()
}

/// Imports a backlog, checks every form and leaves the units ready for finalising.
///
/// # Errors
/// The commands'.
pub fn import_and_check(caller: &mut dyn Caller, first: u32, units: u32, members: u32) -> Result<Vec<String>> {
    let report = caller.call("import", json!({ "text": text(first, units, members) }))?;
    ensure!(report["members"] == units * members, "the backlog is imported: {report}");
    let mut ready = Vec::new();
    for unit in units_of(caller)? {
        let view = caller.call("unit_open", json!({ "unit": unit }))?;
        for member in view["members"].as_array().context("members")? {
            caller.call("form_check", json!({ "unit": unit, "member": member["member"] }))?;
        }
        ready.push(unit);
    }
    Ok(ready)
}

/// The same, sealed; returns the record ids.
///
/// # Errors
/// The commands'.
pub fn seal(caller: &mut dyn Caller, first: u32, units: u32, members: u32) -> Result<Vec<String>> {
    let mut records = Vec::new();
    for unit in import_and_check(caller, first, units, members)? {
        let finalised = caller.call("unit_finalise", json!({ "unit": unit, "left_out": [] }))?;
        records.extend(finalised["records"].as_array().context("records")?.iter().filter_map(|record| record.as_str().map(str::to_owned)));
    }
    Ok(records)
}

/// Ids of all units.
///
/// # Errors
/// The command's.
pub fn units_of(caller: &mut dyn Caller) -> Result<Vec<String>> {
    let page = caller.call("unit_list", json!({ "search": "", "state": null, "oldest_first": false, "offset": 0, "limit": 200 }))?;
    let rows = page["rows"].as_array().context("units")?;
    Ok(rows.iter().filter_map(|row| row["unit"].as_str().map(str::to_owned)).collect())
}
