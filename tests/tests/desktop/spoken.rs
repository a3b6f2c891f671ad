//! What a screen reader is told on the main way: roles, names and states in the tree that WebKitGTK exposes, not those the page hopes for.

use testkit::office::Office;
use whole_system::window::{Window, open_window, private_folder};

use crate::steps::{PRIMARY, add_member, answer_by_keys, begin_next, confirm, create_unit, found, seal, unlock};
use crate::tree::Tree;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_screen_reader_is_told_everything_on_the_main_way() {
    let folder = private_folder();
    let Office { mailbox: _mailbox, counsellor, .. } = found(folder.path()).await;
    let data = counsellor.data().to_owned();
    drop(counsellor);
    let window = open_window(&data, &[]).await;
    unlocking(&window).await;
    unlock(&window).await;
    create_unit(&window).await;
    add_member(&window, "Frau A.", "123A000001", "to_person").await;
    add_member(&window, "Partner", "123A000002", "to_person").await;
    cards(&window).await;
    begin_next(&window).await;
    window.click("main button.kern-btn--primary").await;
    question(&window).await;
    answer_by_keys(&window, "1221111").await;
    check(&window).await;
    confirm(&window).await;
    begin_next(&window).await;
    answer_by_keys(&window, "12222").await;
    confirm(&window).await;
    seal(&window).await;
    handover(&window).await;
    window.click("main button.kern-btn--primary").await;
    window.wait_for("[role='status'] p").await;
    window.click("a[href='#/mig'].kern-btn").await;
    mig(&window).await;
    window.close().await;
}

async fn unlocking(window: &Window) {
    window.wait_for("#passphrase").await;
    let told = Tree::expect(window, "unlock", &[("heading", "Entsperren"), ("password text", "Kennsatz"), ("push button", "Entsperren")]).await;
    assert!(told[1].is("required"), "that it is needed is said");
}

async fn cards(window: &Window) {
    let told = Tree::expect(
        window,
        "unit",
        &[
            ("heading", "0 von 2 fertig"),
            ("list item", "Frau A. 123A000001…"),
            ("link", "Ändern: Frau A."),
            ("push button", "Papier: Frau A."),
            ("link", "Beginnen: Frau A."),
            ("list item", "Partner 123A000002…"),
            ("link", "Beginnen: Partner"),
        ],
    )
    .await;
    assert!(told[3].is("expandable"), "that it opens something is said");
}

async fn question(window: &Window) {
    window.wait_for("#question").await;
    let asked = "Besitzen Sie die deutsche Staatsangehörigkeit?";
    let answers = [("heading", asked), ("toggle button", "Ja"), ("toggle button", "Nein"), ("toggle button", "Keine Angabe")];
    let told = Tree::expect(window, "question", &answers).await;
    assert!(!told[0].description.is_empty(), "the help is the question's description");
    assert!(told[0].is("focused"), "reading begins at the question");
    assert!(told[1..].iter().all(|answer| !answer.is("pressed")), "nothing is answered yet");

    window.press("1").await;
    window.wait_until_gone("#question", asked).await;
    window.press("\u{E012}").await;
    let told = Tree::expect(window, "question-answered", &answers).await;
    let pressed: Vec<bool> = told[1..].iter().map(|answer| answer.is("pressed")).collect();
    assert_eq!(pressed, [true, false, false], "the answer given is told as a state");
}

async fn check(window: &Window) {
    window.wait_for("dl").await;
    Tree::expect(
        window,
        "check",
        &[("heading", "Stimmt alles so?"), ("push button", "Ändern: Deutsche Staatsangehörigkeit"), ("push button", "Ja, so stimmt es")],
    )
    .await;
}

async fn handover(window: &Window) {
    Tree::expect(window, "handover", &[("heading", "Übergeben"), ("push button", "Jetzt übertragen")]).await;
}

async fn mig(window: &Window) {
    let marks = [("heading", "…"), ("check box", "…"), ("check box", "…")];
    window.wait_for("main ul li input").await;
    let told = Tree::expect(window, "mig", &marks).await;
    assert!(told[1..].iter().all(|mark| mark.name.ends_with(" ist gekennzeichnet") && !mark.is("checked")));
    window.click("main ul li:not(.done) input[type='checkbox']").await;
    window.wait_for("main ul li:nth-child(1).done").await;
    let told = Tree::expect(window, "mig-ticked", &marks).await;
    assert_eq!([told[1].is("checked"), told[2].is("checked")], [true, false], "what is done is told as a state");
}

/// The check itself is checked: a button that loses its name is found.
#[tokio::test]
async fn a_button_without_a_name_is_found() {
    let data = private_folder();
    let window = open_window(data.path(), &[]).await;
    window.wait_for(PRIMARY).await;
    Tree::expect(&window, "start", &[("heading", "Willkommen"), ("push button", "Einladung einlösen")]).await;
    window.script("document.querySelector('main .kern-btn--primary').replaceChildren(); arguments[0]()", vec![]).await;
    let found = async {
        while Tree::read(&window).await.nameless().len() != 1 {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    };
    whole_system::window::within("the nameless button is found", found).await;
    window.close().await;
}
