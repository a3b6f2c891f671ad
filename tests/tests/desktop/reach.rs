//! What a hostile script could do inside the page, if one ever got there: reach nobody outside, and nothing inside but the app's commands.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};

use serde_json::{Value, json};

use whole_system::window::{Window, open_window, private_folder};

/// Makes every attempt and returns how each ended.
const HOSTILE: &str = include_str!("hostile.js");

async fn attempts(window: &Window, outside: &str) -> BTreeMap<String, Value> {
    window.wait_for("h1").await;
    let ends = window.script(HOSTILE, vec![json!(outside)]).await;
    serde_json::from_value(ends).expect("an object of attempts")
}

#[tokio::test]
async fn a_hostile_script_reaches_nobody_outside_and_only_commands_inside() {
    let outside = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    outside.set_nonblocking(true).expect("it can be asked without waiting");
    let address = format!("http://{}", outside.local_addr().expect("it is bound"));
    let data = private_folder();
    let window = open_window(data.path(), &[]).await;
    let ends = attempts(&window, &address).await;

    assert!(outside.accept().is_err(), "something connected to a foreign server");
    let (commands, rest): (BTreeMap<_, _>, BTreeMap<_, _>) = ends.into_iter().partition(|(name, _)| name.starts_with("run "));
    for (attempt, end) in rest {
        assert_eq!(end, "refused", "{attempt}");
    }
    assert_eq!(commands.len(), 6);
    for (attempt, end) in commands {
        assert_eq!(end["code"], "bad_arguments", "{attempt}: {end}");
        assert!(!end.to_string().contains("123A456789"), "{attempt}: what was typed is not repeated");
    }
    window.wait_for("h1").await;
    window.close().await;
}
