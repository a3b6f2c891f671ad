//! How long a change of view takes in the real window over a full vault: from the click to the painted frame that shows heading and content.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use testkit::backlog;
use testkit::bench::{Figure, Spread, Target};
use testkit::caller::Caller;
use testkit::seat::PASSPHRASE;
use testkit::small_office::SmallOffice;

use crate::window::{Window, open_window};

/// Units in the vault: more than a counsellor ever has.
const UNITS: u32 = 10_000;
/// Marks on the MIG list: a long day's.
const MARKS: u32 = 100;
/// Measured changes to each view.
const ROUNDS: u32 = 15;

/// Shows `selector` with `words` in it after doing `act`, and tells how long that took. Done is when the frame after the one that had it begins.
const MEASURE: &str = "
    const [act, target, value, selector, words, done] = arguments;
    const element = target ? document.querySelector(target) : null;
    const start = performance.now();
    if (act === 'click') element.click();
    if (act === 'go') location.hash = value;
    if (act === 'type') {
        element.value = value;
        element.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
    const look = () => {
        const shown = [...document.querySelectorAll(selector)].some((node) => node.textContent.includes(words));
        if (shown) requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
";

/// What is done, and what has to be seen afterwards.
struct Change {
    what: &'static str,
    act: &'static str,
    target: &'static str,
    value: String,
    selector: &'static str,
    words: String,
}

/// Fills a vault, opens the window on it and measures.
///
/// # Errors
/// If the vault cannot be filled.
pub fn measure(folder: &Path) -> Result<Vec<Figure>> {
    let mut office = SmallOffice::found(folder)?;
    let member = fill(&mut office)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(in_the_window(&folder.join("device"), &member))
}

/// The first unit of the list that has a form to ask, as an address.
fn fill(office: &mut SmallOffice) -> Result<String> {
    let mut desk = office.counsellor("device")?;
    backlog::seal(&mut desk, 1, MARKS / 4, 4)?;
    desk.call("sync", Value::Null)?;
    let report = desk.call("import", json!({ "text": backlog::text(10_000, UNITS, 1) }))?;
    ensure!(report["units"] == UNITS, "the vault is full: {report}");
    let typed = |number: &str| json!({ "first": number, "again": number });
    let unit = desk.call("unit_create", json!({ "number": typed("12345BG0000001"), "label": "" }))?["unit"].clone();
    let add = json!({ "unit": unit, "label": "Frau A.", "number": typed("123A900001"), "asking": "to_person", "already_collected": false });
    let view = desk.call("member_add", add)?;
    desk.call("unit_informed", json!({ "unit": unit, "member": view["members"][0]["member"] }))?;
    let id = |value: &Value| value.as_str().map(str::to_owned).context("an id");
    Ok(format!("#/bg/{}/bogen/{}", id(&unit)?, id(&view["members"][0]["member"])?))
}

fn changes(form: &str) -> Vec<Change> {
    let unit = form.split("/bogen/").next().unwrap_or_default();
    let change =
        |what, act, target, value: &str, selector, words: &str| Change { what, act, target, value: value.into(), selector, words: words.into() };
    vec![
        change("Bare: one word changed and painted", "bare", "", "", "body", ""),
        change("List of 10,000 units", "click", "nav a[href='#/erheben']", "", "main ul li a", "12345BG"),
        change("Search in 10,000 units", "type", "#search", "12345BG0019999", "main ul li:first-child:last-child a", "12345BG0019999"),
        change("A unit", "go", "", unit, "main ul.cards li", "Frau A."),
        change("A form", "go", "", form, "#question", ""),
        change("MIG list with 100 marks", "go", "", "#/mig", "main ul li:nth-child(100)", "123A"),
        change("Feierabend", "go", "", "#/feierabend", "main ul.items li", ""),
    ]
}

async fn in_the_window(data: &Path, form: &str) -> Result<Vec<Figure>> {
    let window = open_window(data, &[]).await;
    window.fill("#passphrase", PASSPHRASE).await;
    window.click("form .kern-btn--primary").await;
    window.wait_for("footer").await;
    let mut places = form.split('/').skip(2);
    let (unit, member) = (places.next().context("the address names the unit")?, places.nth(1).context("and the member")?);
    window.run("unit_informed", json!({ "unit": unit, "member": member })).await;
    let changes = changes(form);
    let mut spreads: Vec<Spread> = changes.iter().map(|_| Spread::default()).collect();
    for _ in 0..ROUNDS {
        for (change, spread) in changes.iter().zip(&mut spreads) {
            spread.add(taken(&window, change).await?);
        }
        // Away from the last view, so that the list is a change again.
        window.open("#/hilfe").await;
        window.wait_for("nav a[href='#/erheben']").await;
    }
    window.close().await;
    let bare = &spreads[0];
    let figure = |(change, spread): (&Change, &Spread)| Figure {
        what: change.what,
        value: spread.median(),
        unit: "ms",
        target: Target::AtMost(100.0),
        limit: Some(bare.median()),
        range: Some((spread.range(), None)),
    };
    Ok(changes.iter().zip(&spreads).map(figure).collect())
}

async fn taken(window: &Window, change: &Change) -> Result<Duration> {
    if !change.target.is_empty() {
        window.wait_for(change.target).await;
    }
    let args = [change.act, change.target, &change.value, change.selector, &change.words].map(|text| json!(text)).to_vec();
    let milliseconds = window.script(MEASURE, args).await.as_f64().with_context(|| format!("{} is measured", change.what))?;
    Ok(Duration::from_secs_f64(milliseconds / 1000.0))
}
