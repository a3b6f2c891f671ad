//! The computer goes to sleep, or its screen is locked: the app is locked before, and the page shows nothing else any more.

use std::io::Read;

use serde_json::{Value, json};
use testkit::desk::Desk;
use testkit::small_office::SmallOffice;

use whole_system::window::{open_window, private_folder};

use crate::logind::Logind;
use crate::steps::unlock;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_sleep_and_with_the_screen_the_app_locks_and_the_page_shows_it() {
    let folder = private_folder();
    let (office, data, logind) = tokio::task::spawn_blocking({
        let folder = folder.path().to_owned();
        move || {
            let mut office = SmallOffice::found(&folder).expect("an office");
            drop::<Desk>(office.counsellor("device").expect("a counsellor"));
            let data = office.place("device");
            (office, data, Logind::start(&folder))
        }
    })
    .await
    .expect("no panic");
    let window = open_window(&data, &[("DBUS_SYSTEM_BUS_ADDRESS", &logind.address)]).await;
    let delay = logind.delay();
    assert_eq!(delay.asked, ("sleep".to_owned(), "delay".to_owned()));
    unlock(&window).await;

    logind.prepare_for_sleep(true);
    // Sleep is held up until the keys are forgotten.
    let mut held = delay.held;
    let ended = tokio::task::spawn_blocking(move || held.read(&mut [0; 1])).await.expect("no panic");
    assert_eq!(ended.expect("a pipe"), 0, "the time is given back");
    let status = commands::request(&data, "status").await.expect("the window listens").expect("it answers");
    assert_eq!(status["counts"]["drafts"], 0);
    assert_eq!(
        window.run("unit_list", json!({ "search": "", "state": null, "oldest_first": false, "offset": 0, "limit": 1 })).await["code"],
        "locked"
    );
    logind.prepare_for_sleep(false);
    window.wait_for("#passphrase").await;
    assert_eq!(window.run("status", json!({})).await["session"], Value::Null);
    logind.delay();

    unlock(&window).await;
    logind.lock_screen();
    window.wait_for("#passphrase").await;
    assert_eq!(window.run("status", json!({})).await["session"], Value::Null);
    window.close().await;
    drop(tokio::task::spawn_blocking(move || drop(office)).await);
}
