//! A vault whose files were damaged is refused or names what is damaged, and is whole again when the right bytes are back.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use testkit::backlog;
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::programs::path_of;

use crate::Bench;

/// Exit code and error code of `bogen status`.
fn status(vault: &Path) -> (i32, Option<String>) {
    let program = path_of("bogen").expect("bogen is built");
    let output = Command::new(program).arg("--data").arg(vault).args(["status", "--json", "--wait", "0"]).output().expect("starts");
    let error: Option<Value> = serde_json::from_slice(&output.stderr).ok();
    let code = error.and_then(|error| error["error"]["code"].as_str().map(str::to_owned));
    (output.status.code().expect("it ends by itself, not by a signal"), code)
}

/// A vault with two units of drafts and two sealed forms; the app is closed.
fn full_vault() -> (Bench, Vec<String>) {
    let mut bench = Bench::new();
    bench.seal(100, 2);
    let mut units = backlog::import_and_check(bench.desk(), 1, 2, 2).expect("drafts");
    units.sort();
    bench.close();
    (bench, units)
}

fn assert_whole(bench: &mut Bench, units: &[String]) {
    let desk = bench.reopen();
    desk.sign_in().expect("unlocks");
    let mut found = backlog::units_of(desk).expect("units");
    found.sort();
    assert_eq!(found, units, "every draft is there");
    assert_eq!(bench.counts()["sealed"], 2, "every sealed form is there");
    bench.close();
}

#[test]
fn flipped_bytes_in_the_database_are_named_and_nothing_else_happens() {
    let (mut bench, units) = full_vault();
    let vault = bench.office.place("device");
    let file = vault.join("vault.db");
    let original = std::fs::read(&file).expect("the database");
    let mut refused = 0;
    // The header, then a byte in the middle of each page.
    for at in [0, 16, 28].into_iter().chain((0..original.len() / 4096).map(|page| page * 4096 + 2048)) {
        let mut damaged = original.clone();
        damaged[at] ^= 0xff;
        std::fs::write(&file, &damaged).expect("writes");
        let (exit, code) = status(&vault);
        match code.as_deref() {
            None => assert_eq!(exit, 0, "byte {at}: no error, so it works"),
            Some("vault_damaged") => refused += 1,
            Some(other) => panic!("byte {at}: {other}"),
        }
        // A look may have written (an interrupted shred is finished); the files as they were must work all the same.
        std::fs::write(&file, &original).expect("writes");
    }
    assert!(refused > 3, "damage is noticed: {refused} times");
    assert_whole(&mut bench, &units);
}

#[test]
fn a_truncated_key_file_is_refused_and_works_again_when_it_is_back() {
    let (mut bench, units) = full_vault();
    let vault = bench.office.place("device");
    let keys: Vec<_> = std::fs::read_dir(&vault)
        .expect("the vault")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "key"))
        .collect();
    assert_eq!(keys.len(), 2, "the device's and the counsellor's");
    for key in keys {
        let original = std::fs::read(&key).expect("a key file");
        for length in [0, 1, 100] {
            std::fs::write(&key, &original[..length]).expect("writes");
            let code = match Desk::open(&vault) {
                Err(error) => error.to_string(),
                Ok(mut desk) => desk.sign_in().expect_err("without its key nobody gets in").to_string(),
            };
            assert!(code.contains("vault_damaged"), "{}, {length} bytes: {code}", key.display());
            std::fs::write(&key, &original).expect("writes");
        }
    }
    assert_whole(&mut bench, &units);
}
