//! The real window, driven as a person would: the program as built, WebKit, a display.
//!
//! `cargo xtask test` provides display, message bus and user interface. Screenshots go to `target/screens/`.

mod audit;
mod household;
mod logind;
mod reach;
mod sleep;
mod spoken;
mod steps;
mod traces;
mod tree;
mod turned;

use std::ffi::OsStr;
use std::process::{Output, Stdio};

use serde_json::json;
use whole_system::window::{open_window, private_folder, program, within};

#[tokio::test]
async fn an_empty_folder_opens_at_the_first_start() {
    let data = private_folder();
    let window = open_window(data.path(), &[]).await;
    window.wait_for("h1").await;
    assert_ne!(window.text("h1").await, "");
    assert_eq!(window.run("status", json!({})).await["enrolment"], "none");
    window.screenshot("first-start").await;
    audit::expect_no_violations(&window).await;
    window.close().await;
}

#[tokio::test]
async fn a_second_window_on_the_same_data_is_refused() {
    let data = private_folder();
    let window = open_window(data.path(), &[]).await;
    window.wait_for("h1").await;
    let second = ended([OsStr::new("--data"), data.path().as_os_str()]).await;
    assert_eq!(second.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&second.stderr).contains("has this data open already"));
    window.close().await;
}

#[tokio::test]
async fn while_the_window_is_open_it_delivers_for_the_command_line() {
    let data = private_folder();
    let window = open_window(data.path(), &[]).await;
    window.wait_for("h1").await;
    let status = commands::request(data.path(), "status").await.expect("the window listens").expect("it answers");
    assert_eq!(status["version"], commands::VERSION);
    window.close().await;
    assert!(commands::request(data.path(), "status").await.is_none(), "nobody listens after the window was closed");
}

#[tokio::test]
async fn a_link_or_a_file_does_not_steer_the_program() {
    for argument in ["bogen://enrol?ticket=K7", "/etc/passwd", "--remote-debugging-port=9222"] {
        let refused = ended([OsStr::new(argument)]).await;
        assert_eq!(refused.status.code(), Some(2), "{argument}");
        assert!(!String::from_utf8_lossy(&refused.stderr).contains(argument), "an argument is not repeated");
    }
}

/// Starts the program without a driver and waits until it ends by itself.
async fn ended(args: impl IntoIterator<Item = &OsStr>) -> Output {
    let mut program = tokio::process::Command::new(program("bogen-desktop"));
    program.args(args).stdin(Stdio::null()).kill_on_drop(true);
    within("the program ends", program.output()).await.expect("it starts")
}
