//! One household's whole way in the real window: from the unlocked app to the form destroyed by the clerk.

use std::path::Path;

use serde_json::json;
use testkit::office::Office;
use testkit::seat::PASSPHRASE;

use crate::audit;
use crate::traces::files_with;
use crate::window::{Window, open_window, private_folder};

const PRIMARY: &str = "main .kern-btn--primary";
const UNIT: &str = "12345BG0000001";

/// Founding goes through blocking pipes: not on the runtime's threads.
async fn found(folder: &Path) -> Office {
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || Office::found(&folder)).await.expect("no panic").expect("the office is founded")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn household_a_goes_the_whole_way_in_the_window() {
    let folder = private_folder();
    let Office { mailbox, counsellor, clerks, .. } = found(folder.path()).await;
    let data = counsellor.data().to_owned();
    let clerk_folders = clerks.each_ref().map(|clerk| clerk.data().to_owned());
    drop((counsellor, clerks));

    let window = open_window(&data, &[]).await;
    unlock(&window).await;
    create_unit(&window).await;
    add_member(&window, "Frau A.", "123A000001", "to_person").await;
    add_member(&window, "Partner", "123A000002", "to_person").await;
    add_member(&window, "Kind", "123A000003", "to_parent").await;
    window.wait_for("li.next").await;
    window.screenshot("unit").await;
    audit::expect_no_violations(&window).await;

    window.click("li.next .kern-btn--primary").await;
    window.screenshot("introduction").await;
    window.click("main button.kern-btn--primary").await;
    answer_by_keys(&window, "1221111").await;
    confirm(&window).await;
    // The partner declines as a whole: one action on the first question, then the check like everybody.
    window.click("li.next .kern-btn--primary").await;
    window.click("main .flush > button:last-child").await;
    window.wait_for(".refused").await;
    confirm(&window).await;
    window.click("li.next .kern-btn--primary").await;
    window.wait_for("#question").await;
    window.screenshot("question").await;
    answer_by_keys(&window, "12223").await;
    window.wait_for("dl").await;
    window.screenshot("check").await;
    confirm(&window).await;

    window.click("a[href$='/uebergeben'].kern-btn--primary").await;
    window.wait_for("section ul li").await;
    window.click("main button.kern-btn--primary").await;
    window.click("a[href='#/uebergeben'].kern-btn--primary").await;
    // Nobody has to hand over: what is sealed goes by itself. By hand it can be done all the same, and joins.
    window.click("main button.kern-btn--primary").await;
    window.wait_for("[role='status'] p").await;
    expect_delivered(&window).await;
    window.screenshot("handover").await;
    let counts = window.run("status", json!({})).await["counts"].clone();
    let expected = json!({ "drafts": 0, "sealed": 0, "delivered": 0, "mig_due": 3, "numbers_due": 0, "papers_due": 0, "destroyed": 3 });
    assert_eq!(counts, expected);

    window.click("a[href='#/mig'].kern-btn").await;
    for place in [1, 2, 3] {
        window.click("main ul li:not(.done) input[type='checkbox']").await;
        // What is ticked stays where it is: nothing moves under the finger.
        window.wait_for(&format!("main ul li:nth-child({place}).done")).await;
    }
    window.screenshot("mig").await;
    let home = window.close().await;
    for text in ["123A000001", "Frau A.", "german_nationality", UNIT] {
        assert!(files_with(&data, text).is_empty(), "the vault shows nothing in clear");
        assert!(files_with(home.path(), text).is_empty(), "the web view kept nothing");
        assert!(files_with(mailbox.data(), text).is_empty(), "the endpoint shows nothing in clear");
    }

    let mut entered = Vec::new();
    for clerk in &clerk_folders {
        entered.extend(enter_all(clerk).await);
    }
    entered.sort();
    assert_eq!(entered, ["123A000001", "123A000002", "123A000003"], "each form was entered once");
}

/// Unlocks the one user with the passphrase.
pub async fn unlock(window: &Window) {
    window.fill("#passphrase", PASSPHRASE).await;
    window.screenshot("unlock").await;
    window.click("form .kern-btn--primary").await;
    window.wait_for("footer").await;
}

async fn create_unit(window: &Window) {
    window.click("a[href='#/erheben/neu']").await;
    window.fill("#number-first", "12345//0000001").await;
    window.fill("#number-again", UNIT).await;
    window.click("form .kern-btn--primary").await;
    // A new unit leads to its first member.
    window.wait_for("#asking-to_person").await;
}

async fn add_member(window: &Window, label: &str, number: &str, asking: &str) {
    if !window.is_there("#asking-to_person").await {
        window.click("a[href$='/person'].kern-btn").await;
    }
    window.fill("#label", label).await;
    window.fill("#number-first", number).await;
    window.fill("#number-again", number).await;
    window.click(&format!("label[for='asking-{asking}']")).await;
    window.click("form .kern-btn--primary").await;
    window.wait_for("main ul.cards").await;
}

/// Answers with the keys 1, 2, 3 and waits after each until the next question, or the check, is there.
async fn answer_by_keys(window: &Window, keys: &str) {
    for key in keys.chars() {
        let question = window.text("#question").await;
        window.press(&key.to_string()).await;
        window.wait_until_gone("#question", &question).await;
    }
}

/// Confirms the check, which leads back to the unit, where the next person is offered.
async fn confirm(window: &Window) {
    window.wait_for("main .kern-btn--primary").await;
    window.click(PRIMARY).await;
    window.wait_for("main ul.cards").await;
}

/// A clerk's queue, entered to the end: numbers are shown first, one key confirms.
async fn enter_all(data: &Path) -> Vec<String> {
    let window = open_window(data, &[]).await;
    unlock(&window).await;
    let mut entered = Vec::new();
    loop {
        let queue = window.run("queue", json!({})).await;
        let rows = queue["rows"].as_array().map(Vec::len).unwrap_or_default();
        if rows == 0 {
            break;
        }
        window.open("#/erfassen").await;
        window.click("a[href^='#/erfassen/'].kern-btn--primary").await;
        entered.push(window.text("dl.numbers > div:first-child dd").await.chars().take(10).collect());
        if entered.len() == 1 {
            window.screenshot("entry").await;
            audit::expect_no_violations(&window).await;
        }
        window.click(PRIMARY).await;
        expect_rows(&window, rows - 1).await;
    }
    window.close().await;
    entered
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
    crate::window::within("what is sealed is delivered", delivered).await;
}

async fn expect_rows(window: &Window, rows: usize) {
    let fewer = async {
        while window.run("queue", json!({})).await["rows"].as_array().map(Vec::len) != Some(rows) {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    crate::window::within("the entered form leaves the queue", fewer).await;
}
