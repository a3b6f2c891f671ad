//! The session's protocol, and what it does to those who come beside it.

use crate::program::{Session, bogen, error_code, run, stderr, stdout};
use serde_json::{Value, json};
use tempfile::TempDir;

fn device() -> (TempDir, std::path::PathBuf) {
    let data = TempDir::new().expect("folder");
    let folder = data.path().join("vault");
    (data, folder)
}

#[test]
fn each_line_gets_one_reply_in_order_until_stdin_ends() {
    let (_data, folder) = device();
    let mut session = Session::start(&folder);
    session.send(r#"{"command":"status","args":{}}"#);
    session.send("");
    session.send(r#"{"command":"mig_list","args":{}}"#);
    assert!(session.reply()["ok"]["counts"].is_object());
    assert_eq!(session.reply()["error"]["code"], "locked");
    assert_eq!(session.close(), Some(0));
}

#[test]
fn what_is_no_command_is_refused_without_being_repeated() {
    let (_data, folder) = device();
    let mut session = Session::start(&folder);
    for line in [
        "123A456789",
        r#"{"command":"shred","args":{}}"#,
        r#"{"command":"unit_open","args":{"unit":123456789}}"#,
        r#"{"command":"unlock","args":{"user":"u","passphrase":["123A456789"]}}"#,
        r#"{"command":"status","args":{}} 123A456789"#,
        "\u{0}\u{1}",
    ] {
        assert_eq!(session.ask(line), json!({ "error": { "code": "bad_arguments", "params": {} } }), "a refused line");
    }
    assert!(session.ask(r#"{"command":"status","args":{}}"#)["ok"].is_object(), "and the session goes on");
}

#[test]
fn status_is_handed_over_while_a_session_holds_the_vault() {
    let (_data, folder) = device();
    let session = Session::start(&folder);
    let output = run(bogen(&folder).args(["status", "--json", "--wait", "0"]), "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let reply: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert!(reply["counts"].is_object());
    assert_eq!(session.close(), Some(0));
}

#[test]
fn a_delivery_is_handed_over_while_a_session_holds_the_vault() {
    let (_data, folder) = device();
    let alone = run(bogen(&folder).args(["sync", "--json", "--wait", "0"]), "");
    let session = Session::start(&folder);
    let handed_over = run(bogen(&folder).args(["sync", "--json", "--wait", "0"]), "");
    assert_eq!((handed_over.status, stdout(&handed_over), stderr(&handed_over)), (alone.status, stdout(&alone), stderr(&alone)));
    assert_ne!(handed_over.status.code(), Some(3));
    assert_eq!(session.close(), Some(0));
}

#[test]
fn other_commands_end_with_3_when_the_vault_stays_busy() {
    let (_data, folder) = device();
    let session = Session::start(&folder);
    let output = run(bogen(&folder).args(["ledger", "list", "--json", "--wait", "0"]), "");
    assert_eq!((output.status.code(), error_code(&output).as_str()), (Some(3), "vault_busy"));
    let second = run(bogen(&folder).args(["session", "--wait", "0"]), "");
    assert_eq!(second.status.code(), Some(3));
    assert_eq!(stdout(&second), "", "a session that cannot begin is not ready");
    assert_eq!(session.close(), Some(0));
}

#[test]
fn other_commands_wait_until_the_vault_is_free() {
    let (_data, folder) = device();
    let session = Session::start(&folder);
    let waiting = std::thread::spawn({
        let folder = folder.clone();
        move || run(bogen(&folder).args(["contact", "--json", "--wait", "300"]), "")
    });
    assert_eq!(session.close(), Some(0));
    assert_ne!(waiting.join().expect("ends").status.code(), Some(3));
}

#[test]
fn a_killed_session_leaves_nothing_in_the_way() {
    let (_data, folder) = device();
    Session::start(&folder).kill();
    let output = run(bogen(&folder).args(["status", "--wait", "0"]), "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(Session::start(&folder).close(), Some(0), "and the next one listens again");
}
