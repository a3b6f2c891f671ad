//! What a person does in the window, step by step: shared by the ways that are tested.

use std::path::Path;

use testkit::office::Office;
use testkit::seat::PASSPHRASE;
use whole_system::window::Window;

/// The one primary button of a view.
pub const PRIMARY: &str = "main .kern-btn--primary";
/// The benefit unit of these tests.
pub const UNIT: &str = "12345BG0000001";

/// Founding goes through blocking pipes: not on the runtime's threads.
pub async fn found(folder: &Path) -> Office {
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || Office::found(&folder)).await.expect("no panic").expect("the office is founded")
}

/// Unlocks with the passphrase of the demo office.
pub async fn unlock(window: &Window) {
    window.fill("#passphrase", PASSPHRASE).await;
    window.click("form .kern-btn--primary").await;
    window.wait_for("footer").await;
}

/// Creates the unit and stops at its first member.
pub async fn create_unit(window: &Window) {
    window.click("a[href='#/erheben/neu']").await;
    window.fill("#number-first", "12345//0000001").await;
    window.fill("#number-again", UNIT).await;
    window.click("form .kern-btn--primary").await;
    // A new unit leads to its first member.
    window.wait_for("#asking-to_person").await;
}

/// Adds somebody and comes back to the unit.
pub async fn add_member(window: &Window, label: &str, number: &str, asking: &str) {
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

/// Begins, or goes on with, the form of whoever is offered next.
pub async fn begin_next(window: &Window) {
    window.click("li.next .kern-btn--primary").await;
}

/// Answers with the keys 1, 2, 3 and waits after each until the next question, or the check, is there.
pub async fn answer_by_keys(window: &Window, keys: &str) {
    for key in keys.chars() {
        let question = window.text("#question").await;
        window.press(&key.to_string()).await;
        window.wait_until_gone("#question", &question).await;
    }
}

/// Confirms the check, which leads back to the unit, where the next person is offered.
pub async fn confirm(window: &Window) {
    window.wait_for(PRIMARY).await;
    window.click(PRIMARY).await;
    window.wait_for("main ul.cards").await;
}

/// Seals what is checked and stops at the handover.
pub async fn seal(window: &Window) {
    window.click("a[href$='/uebergeben'].kern-btn--primary").await;
    window.wait_for("section ul li").await;
    window.click("main button.kern-btn--primary").await;
    window.click("a[href='#/uebergeben'].kern-btn--primary").await;
    window.wait_for("dl.stations").await;
}
