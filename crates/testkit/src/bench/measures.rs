//! The measurements themselves. Each makes an office of its own, with a real endpoint process.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clock::SystemClock;
use serde_json::{Value, json};
use vault::KdfCost;

use super::bare::{BareStore, derive};
use super::spread::Spread;
use super::{Figure, Target};
use crate::backlog;
use crate::caller::Caller;
use crate::desk::{Desk, built};
use crate::seat::PASSPHRASE;
use crate::small_office::SmallOffice;

/// Saving one answer, alternately with a bare durable write.
///
/// # Errors
/// The commands'.
pub fn answers(folder: &Path) -> Result<Vec<Figure>> {
    const ROUNDS: u32 = 500;
    let place = folder.join("answers");
    let mut office = SmallOffice::found(&place)?;
    let mut desk = office.counsellor("device")?;
    let (unit, member) = one_person(&mut desk)?;
    desk.call("unit_informed", json!({ "unit": unit, "member": member }))?;
    let store = BareStore::make(&place)?;
    let (mut saved, mut bare) = (Spread::default(), Spread::default());
    for round in 0..ROUNDS {
        let answer = if round % 2 == 0 { "yes" } else { "no" };
        let command = built("form_answer", json!({ "unit": unit, "member": member, "question": "german_nationality", "answer": answer }))?;
        saved.time(|| desk.run(command))?;
        bare.time(|| store.write(round))?;
    }
    Ok(vec![
        Figure {
            what: "Saving one answer, 99th percentile of 500",
            value: saved.quantile(0.99),
            unit: "ms",
            target: Target::AtMost(50.0),
            limit: Some(bare.quantile(0.99)),
            range: None,
        },
        Figure {
            what: "Saving one answer, median",
            value: saved.median(),
            unit: "ms",
            target: Target::AtMost(2.0 * bare.median()),
            limit: Some(bare.median()),
            range: None,
        },
    ])
}

fn one_person(desk: &mut Desk) -> Result<(String, String)> {
    let typed = |number: &str| json!({ "first": number, "again": number });
    let view = desk.call("unit_create", json!({ "number": typed("12345BG0000001"), "label": "" }))?;
    let unit = view["unit"].as_str().context("a unit")?.to_owned();
    let add = json!({ "unit": unit, "label": "", "number": typed("123A000001"), "asking": "to_person", "already_collected": false });
    let view = desk.call("member_add", add)?;
    Ok((unit, view["members"][0]["member"].as_str().context("a member")?.to_owned()))
}

/// Finalising a household of four, alternately with four bare durable writes.
///
/// # Errors
/// The commands'.
pub fn finalising(folder: &Path) -> Result<Vec<Figure>> {
    let place = folder.join("finalising");
    let mut office = SmallOffice::found(&place)?;
    let mut desk = office.counsellor("device")?;
    let store = BareStore::make(&place)?;
    let (mut finalised, mut bare) = (Spread::default(), Spread::default());
    for unit in backlog::import_and_check(&mut desk, 1, 40, 4)? {
        let command = built("unit_finalise", json!({ "unit": unit, "left_out": [] }))?;
        finalised.time(|| desk.run(command))?;
        bare.time(|| (0..4).try_for_each(|row| store.write(row)))?;
    }
    Ok(vec![Figure {
        what: "Finalising four members, median of 40",
        value: finalised.median(),
        unit: "ms",
        target: Target::AtMost(150.0),
        limit: Some(bare.median()),
        range: None,
    }])
}

/// Delivering 1,000 forms: verified, receipted, destroyed on the device. Beside it, the two disks' share alone: the same bytes written and deleted.
///
/// # Errors
/// The commands', or if not all arrive.
pub fn delivery(folder: &Path) -> Result<Vec<Figure>> {
    const ROUNDS: u32 = 3;
    const FORMS: u32 = 1000;
    const BATCH: u32 = 125;
    let place = folder.join("delivery");
    let mut office = SmallOffice::found(&place)?;
    let store = BareStore::make(&place)?;
    let rate = |start: Instant| f64::from(FORMS) / start.elapsed().as_secs_f64();
    let (mut best, mut bare): (f64, f64) = (0.0, 0.0);
    for round in 0..ROUNDS {
        let mut desk = office.counsellor(&format!("device-{round}"))?;
        let sealed = backlog::seal(&mut desk, round * FORMS, 25, FORMS / 25)?;
        ensure!(sealed.len() == FORMS as usize, "{} forms are sealed", sealed.len());
        let command = built("sync", Value::Null)?;
        let start = Instant::now();
        let report = desk.run(command)?;
        best = best.max(rate(start));
        ensure!(report["destroyed"] == FORMS, "all are delivered and destroyed: {report}");
        let start = Instant::now();
        store.take_in(FORMS, BATCH)?;
        store.give_away(BATCH)?;
        bare = bare.max(rate(start));
    }
    Ok(vec![Figure {
        what: "Delivering 1,000 forms over TLS, best of 3 runs",
        value: best,
        unit: "records/s",
        target: Target::AtLeast(1500.0),
        limit: Some(bare),
        range: None,
    }])
}

/// Unlocking with the passphrase cost as shipped, calibrated on this machine, alternately with the derivation alone.
///
/// # Errors
/// The commands'.
pub fn unlocking(folder: &Path) -> Result<Vec<Figure>> {
    let place = folder.join("unlocking");
    let mut office = SmallOffice::found(&place)?;
    let cost = KdfCost::calibrated();
    let desk = Desk::open_with(&place.join("device"), Arc::new(SystemClock), Some(cost))?;
    let mut desk = office.enrol_counsellor(desk)?;
    let user = desk.call("status", Value::Null)?["users"][0]["user"].clone();
    let (mut unlocked, mut bare) = (Spread::default(), Spread::default());
    for _ in 0..9 {
        desk.call("lock", Value::Null)?;
        let command = built("unlock", json!({ "user": user, "passphrase": PASSPHRASE }))?;
        unlocked.time(|| desk.run(command))?;
        bare.time(|| derive(cost))?;
    }
    Ok(vec![Figure {
        what: "Unlocking, median of 9",
        value: unlocked.median(),
        unit: "ms",
        target: Target::AtMost(800.0),
        limit: Some(bare.median()),
        range: None,
    }])
}
