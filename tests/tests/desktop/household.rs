//! One household's whole way in the real window: from the unlocked app to the clerk's word that the forms are entered.

use std::path::Path;

use serde_json::json;
use testkit::office::Office;
use whole_system::window::{Window, open_window, private_folder, within};

use crate::audit;
use crate::steps::{PRIMARY, UNIT, add_member, answer_by_keys, begin_next, confirm, create_unit, found, seal, unlock};
use crate::traces::files_with;

const NUMBERS: [&str; 4] = ["123A000001", "123A000002", "123A000003", "123A000004"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_household_of_four_goes_the_whole_way_in_the_window() {
    let folder = private_folder();
    let Office { mailbox, counsellor, clerks, .. } = found(folder.path()).await;
    let data = counsellor.data().to_owned();
    let clerk_folders = clerks.each_ref().map(|clerk| clerk.data().to_owned());
    drop((counsellor, clerks));

    let window = open_window(&data, &[]).await;
    window.wait_for("#passphrase").await;
    station(&window, "unlock").await;
    unlock(&window).await;
    station(&window, "units-empty").await;
    create_unit(&window).await;
    station(&window, "member-new").await;
    add_member(&window, "Frau A.", NUMBERS[0], "to_person").await;
    add_member(&window, "Partner", NUMBERS[1], "to_person").await;
    add_member(&window, "Kind", NUMBERS[2], "to_parent").await;
    add_member(&window, "Tochter", NUMBERS[3], "to_young_person").await;
    window.wait_for("li.next").await;
    station(&window, "unit").await;

    begin_next(&window).await;
    window.wait_for(PRIMARY).await;
    station(&window, "introduction").await;
    window.click("main button.kern-btn--primary").await;
    answer_by_keys(&window, "1221111").await;
    confirm(&window).await;
    // The partner declines as a whole: one action on the first question, then the check like everybody.
    begin_next(&window).await;
    window.click("main .flush > button:last-child").await;
    window.wait_for(".refused").await;
    confirm(&window).await;
    begin_next(&window).await;
    window.wait_for("#question").await;
    station(&window, "question").await;
    answer_by_keys(&window, "12223").await;
    window.wait_for("dl").await;
    station(&window, "check").await;
    confirm(&window).await;
    // Who is asked alone from 15 on is told anew what it is about.
    begin_next(&window).await;
    window.click("main button.kern-btn--primary").await;
    answer_by_keys(&window, "12222").await;
    confirm(&window).await;
    station(&window, "unit-ready").await;

    seal(&window).await;
    // Nobody has to hand over: what is sealed goes by itself. By hand it can be done all the same, and joins.
    window.click("main button.kern-btn--primary").await;
    window.wait_for("[role='status'] p").await;
    expect_delivered(&window).await;
    station(&window, "handover").await;
    let counts = window.run("status", json!({})).await["counts"].clone();
    let expected = json!({ "drafts": 0, "sealed": 0, "delivered": 0, "mig_due": 4, "numbers_due": 0, "papers_due": 0, "destroyed": 4 });
    assert_eq!(counts, expected);

    window.click("a[href='#/mig'].kern-btn").await;
    for place in 1..=4 {
        window.click("main ul li:not(.done) input[type='checkbox']").await;
        // What is ticked stays where it is: nothing moves under the finger.
        window.wait_for(&format!("main ul li:nth-child({place}).done")).await;
    }
    station(&window, "mig").await;
    let home = window.close().await;
    for text in [NUMBERS[0], "Frau A.", "german_nationality", UNIT] {
        assert!(files_with(&data, text).is_empty(), "the vault shows nothing in clear");
        assert!(files_with(home.path(), text).is_empty(), "the web view kept nothing");
        assert!(files_with(mailbox.data(), text).is_empty(), "the endpoint shows nothing in clear");
    }

    let mut entered = Vec::new();
    for clerk in &clerk_folders {
        entered.extend(enter_all(clerk).await);
    }
    entered.sort();
    assert_eq!(entered, NUMBERS, "each form was entered once");
}

/// Where somebody looks: a picture, and the accessibility audit.
async fn station(window: &Window, name: &str) {
    window.screenshot(name).await;
    audit::expect_no_violations(window).await;
}

/// A clerk's queue, entered to the end: numbers are shown first, one key confirms.
async fn enter_all(data: &Path) -> Vec<String> {
    let window = open_window(data, &[]).await;
    unlock(&window).await;
    let mut entered = Vec::new();
    loop {
        let rows = to_enter(&window).await;
        if rows == 0 {
            break;
        }
        window.open("#/erfassen").await;
        window.click("a[href^='#/erfassen/'].kern-btn--primary").await;
        entered.push(window.text("dl.numbers > div:first-child dd").await.chars().take(10).collect());
        if entered.len() == 1 {
            station(&window, "entry").await;
        }
        window.click(PRIMARY).await;
        window.wait_for("main [aria-current=step]").await;
        if entered.len() == 1 {
            station(&window, "entry-values").await;
            narrow_and_back(&window).await;
        }
        window.click(PRIMARY).await;
        expect_rows(&window, rows - 1).await;
    }
    let rows = window.run("queue", json!({})).await["rows"].as_array().cloned().unwrap_or_default();
    assert_eq!(rows.len(), entered.len());
    assert!(rows.iter().all(|row| row["state"] == "entered" && row["due"].is_u64()), "each is destroyed a grace later");
    window.close().await;
    entered
}

/// Beside the benefits system's window there is little room; afterwards the window has its width again.
async fn narrow_and_back(window: &Window) {
    window.click_words("Als schmaler Streifen").await;
    expect_width(window, |width| width <= 420).await;
    station(window, "entry-strip").await;
    window.click_words("Wieder in voller Breite").await;
    expect_width(window, |width| width > 1000).await;
}

async fn expect_width(window: &Window, is_right: impl Fn(u64) -> bool) {
    let resized = async {
        while !is_right(window.script("arguments[0](innerWidth)", vec![]).await.as_u64().expect("a width")) {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    within("the window is resized", resized).await;
}

/// Waits until nothing is left to be delivered or destroyed here.
async fn expect_delivered(window: &Window) {
    let delivered = async {
        loop {
            let counts = window.run("status", json!({})).await["counts"].clone();
            if counts["sealed"] == 0 && counts["delivered"] == 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    within("what is sealed is delivered", delivered).await;
}

/// How many forms are left to enter; what is confirmed waits for the end of its grace.
async fn to_enter(window: &Window) -> usize {
    let queue = window.run("queue", json!({})).await;
    queue["rows"].as_array().map_or(0, |rows| rows.iter().filter(|row| row["state"] != "entered").count())
}

async fn expect_rows(window: &Window, rows: usize) {
    let fewer = async {
        while to_enter(window).await != rows {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    within("the entered form leaves the queue", fewer).await;
}
