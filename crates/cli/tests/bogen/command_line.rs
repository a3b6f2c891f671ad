//! Help and usage: what administrators read and scripts rely on.

use crate::program::{bogen, error_code, run, stderr, stdout};
use tempfile::TempDir;

/// Every command, from the help pages themselves.
fn commands_below(path: &[String], data: &TempDir) -> Vec<Vec<String>> {
    let help = stdout(&run(bogen(data.path()).args(path).arg("--help"), ""));
    let listed = help.split("\nCommands:\n").nth(1).unwrap_or_default();
    let names = listed
        .lines()
        .take_while(|line| line.starts_with("  "))
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next());
    let mut found = Vec::new();
    for name in names {
        let mut below = path.to_vec();
        below.push(name.to_owned());
        found.push(below.clone());
        found.extend(commands_below(&below, data));
    }
    found
}

#[test]
fn every_help_page_says_what_how_and_which_exit_codes() {
    let data = TempDir::new().expect("folder");
    let all = commands_below(&[], &data);
    assert!(all.len() > 30, "the walk finds the commands: {}", all.len());
    for path in all {
        let output = run(bogen(data.path()).args(&path).arg("--help"), "");
        let help = stdout(&output);
        assert_eq!(output.status.code(), Some(0), "{path:?}");
        assert!(help.contains("Exit codes:") && help.contains("8  partly delivered"), "{path:?}");
        assert!(help.contains("Usage: bogen"), "{path:?}");
        let group = help.contains("\nCommands:\n");
        assert!(group || help.contains("Example"), "{path:?} has no example");
    }
}

#[test]
fn the_import_help_names_every_question() {
    let data = TempDir::new().expect("folder");
    let help = stdout(&run(bogen(data.path()).args(["import", "--help"]), ""));
    for key in
        ["german_nationality", "born_outside", "immigrated_after_1949", "resettler", "mother_immigrated_after_1949", "father_immigrated_after_1949"]
    {
        assert!(help.contains(key), "{key}");
    }
}

#[test]
fn unknown_usage_is_exit_code_2() {
    let data = TempDir::new().expect("folder");
    for wrong in [&["shred"][..], &["unit"], &["unit", "list", "--state", "lost"], &["status", "--colour"], &[]] {
        assert_eq!(run(bogen(data.path()).args(wrong), "").status.code(), Some(2), "{wrong:?}");
    }
}

/// Command lines are visible to other processes and stay in histories.
#[test]
fn secrets_answers_and_numbers_are_refused_as_arguments() {
    let data = TempDir::new().expect("folder");
    for wrong in [
        &["unit", "create", "12345BG0000001"][..],
        &["unit", "list", "--search", "123A456789"],
        &["member", "add", "u", "123A456789"],
        &["member", "add", "u", "--label", "Kind 1"],
        &["form", "answer", "u", "m", "born_outside", "yes"],
        &["enrol", "--name", "Eva", "TICKET"],
        &["enrol", "--name", "Eva", "--ticket", "TICKET"],
        &["status", "--passphrase", "geheim"],
        &["session", "--passphrase=geheim"],
        &["passphrase", "geheim"],
        &["enter", "confirm", "r", "--numbers-compared", "123A456789"],
    ] {
        assert_eq!(run(bogen(data.path()).args(wrong), "").status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_missing_line_of_stdin_is_a_usage_error() {
    let data = TempDir::new().expect("folder");
    let output = run(bogen(&data.path().join("vault")).args(["enrol", "--name", "Eva", "--passphrase-stdin", "--json"]), "geheim\n");
    assert_eq!((output.status.code(), error_code(&output).as_str()), (Some(2), "bad_arguments"));
    assert!(!stderr(&output).contains("geheim"), "no input is repeated");
}

#[test]
fn the_state_of_an_empty_device_is_shown() {
    let data = TempDir::new().expect("folder");
    let folder = data.path().join("vault");
    let text = run(bogen(&folder).arg("status"), "");
    assert_eq!(text.status.code(), Some(0), "{}", stderr(&text));
    assert!(stdout(&text).contains("Sealed here"));
    let json = run(bogen(&folder).args(["status", "--json"]), "");
    let reply: serde_json::Value = serde_json::from_str(&stdout(&json)).expect("JSON");
    assert_eq!(reply["counts"]["sealed"].as_u64(), Some(0));
}

#[test]
fn the_wording_is_printed_without_an_office() {
    let data = TempDir::new().expect("folder");
    let text = run(bogen(&data.path().join("vault")).arg("wording"), "");
    assert_eq!(text.status.code(), Some(0), "{}", stderr(&text));
    assert!(stdout(&text).contains("german_nationality") && stdout(&text).contains("introduction"));
}

#[test]
fn the_folder_can_come_from_the_environment() {
    let data = TempDir::new().expect("folder");
    let folder = data.path().join("vault");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_bogen"));
    let output = run(command.env("BOGEN_DATA", &folder).arg("status"), "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(folder.is_dir());
}

#[test]
fn without_a_user_the_next_step_is_named() {
    let data = TempDir::new().expect("folder");
    let output = run(bogen(&data.path().join("vault")).args(["unit", "list"]), "");
    assert_eq!(output.status.code(), Some(4));
    assert!(stderr(&output).contains("bogen enrol"), "{}", stderr(&output));
}
