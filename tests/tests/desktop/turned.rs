//! The turned device in the real window: the customer has one form in their own language and nothing else, until the code is given.

use serde_json::{Value, json};
use testkit::office::Office;
use whole_system::window::{Window, open_window, private_folder};

use crate::audit;
use crate::steps::{add_member, begin_next, create_unit, found, unlock};

const CODE: &str = "8642";
const ENTER: &str = "\u{E007}";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_customer_answers_in_arabic_reaches_nothing_else_and_the_code_leads_back() {
    let folder = private_folder();
    let Office { mailbox: _mailbox, counsellor, .. } = found(folder.path()).await;
    let data = counsellor.data().to_owned();
    drop(counsellor);
    let window = open_window(&data, &[]).await;
    unlock(&window).await;
    create_unit(&window).await;
    add_member(&window, "Frau A.", "123A000001", "to_person").await;
    add_member(&window, "Partner", "123A000002", "to_person").await;
    begin_next(&window).await;
    window.click("main button.kern-btn--primary").await;
    window.wait_for("#question").await;

    turn(&window).await;
    station(&window, "turned-languages").await;
    expect_nothing_else(&window).await;
    window.click("button[lang='ar']").await;
    window.wait_for("main[lang='ar'] .dock button").await;
    station(&window, "turned-introduction").await;
    expect_nothing_else(&window).await;
    window.click(".dock button").await;
    expect_arabic_above_german(&window).await;
    station(&window, "turned-question").await;
    expect_nothing_else(&window).await;

    let question = window.text("#question").await;
    window.click("[role='group'] button:first-child").await;
    window.wait_until_gone("#question", &question).await;
    // Loading the page anew is no way out: the app knows whose turn it is, the page only shows it.
    window.reload().await;
    window.wait_for("button[lang='ar']").await;
    expect_nothing_else(&window).await;

    give_code(&window, "1111").await;
    window.wait_for("dialog[open] #code-error").await;
    station(&window, "turned-wrong-code").await;
    expect_nothing_else(&window).await;
    window.fill("#code", CODE).await;
    window.press(ENTER).await;
    window.wait_for("header.bar").await;
    window.wait_for("#question").await;
    station(&window, "turned-back").await;
    assert_eq!(window.run("status", json!({})).await["turned"], Value::Null);
    let form = window.run("form_open", one_person(&window).await).await;
    assert_eq!(form["questions"][0]["answer"], "yes", "what the customer answered is there");
    window.close().await;
}

/// A picture, and the accessibility audit: it also checks that the languages are declared.
async fn station(window: &Window, name: &str) {
    window.screenshot(name).await;
    audit::expect_no_violations(window).await;
}

async fn turn(window: &Window) {
    window.click_words("Gerät umdrehen").await;
    window.fill("#turn-code", CODE).await;
    station(window, "turned-code").await;
    window.press(ENTER).await;
    window.wait_for("button[lang='ar']").await;
}

async fn give_code(window: &Window, code: &str) {
    window.click_words("Personal").await;
    window.fill("#code", code).await;
    window.press(ENTER).await;
}

async fn expect_arabic_above_german(window: &Window) {
    window.wait_for("#question").await;
    let german = window.text("#question [lang='de']").await;
    assert_eq!(german, "Besitzen Sie die deutsche Staatsangehörigkeit?");
    let whole = window.text("#question").await;
    assert!(whole.chars().any(|letter| ('\u{0600}'..='\u{06FF}').contains(&letter)), "Arabic letters: {whole}");
    let directions = "
        const direction = (selector) => getComputedStyle(document.querySelector(selector)).direction;
        arguments[0]([direction('main'), direction(\"#question [lang='de']\")]);
    ";
    assert_eq!(window.script(directions, vec![]).await, json!(["rtl", "ltr"]));
}

/// Neither an address nor history nor a command leads from the customer's side to anything of the office.
async fn expect_nothing_else(window: &Window) {
    for place in ["#/mig", "#/erheben", "#/einstellungen", "#/verwalten"] {
        window.open(place).await;
    }
    // Going back happens later, and there may be nowhere to go: waited for, so that it does not come in between what follows.
    let back = "
        const arrived = () => requestAnimationFrame(() => requestAnimationFrame(arguments[0]));
        const nowhere = setTimeout(arrived, 1000);
        addEventListener('popstate', () => { clearTimeout(nowhere); arrived(); }, { once: true });
        history.go(-3);
    ";
    window.script(back, vec![]).await;
    let staff = "arguments[0](document.querySelectorAll(\"nav, footer, header.bar, a[href^='#/']\").length)";
    assert_eq!(window.script(staff, vec![]).await, 0, "nothing of the staff's side is in the page");
    let page = window.text("body").await;
    for foreign in ["Partner", "123A000002", "12345BG0000001", "Ina Integration"] {
        assert!(!page.contains(foreign), "the page shows nothing of others");
    }
    for (command, args) in [
        ("unit_list", json!({ "search": "", "state": null, "oldest_first": false, "offset": 0, "limit": 10 })),
        ("mig_list", json!({})),
        ("office", json!({})),
        ("ledger", json!({ "offset": 0, "limit": 10, "after": null })),
    ] {
        assert_eq!(window.run(command, args).await["code"], "turned", "{command}");
    }
}

async fn one_person(window: &Window) -> Value {
    let list = window.run("unit_list", json!({ "search": "", "state": null, "oldest_first": false, "offset": 0, "limit": 10 })).await;
    let unit = list["rows"][0]["unit"].clone();
    let view = window.run("unit_open", json!({ "unit": unit })).await;
    json!({ "unit": unit, "member": view["members"][0]["member"] })
}
