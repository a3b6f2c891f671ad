//! Whatever answers in the endpoint's place, or does not answer: no copy is destroyed, and the right one is still served afterwards.

use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::mailbox::Mailbox;

use crate::portal::Portal;
use crate::{Bench, copy};

fn address(bench: &Bench) -> String {
    bench.office.mailbox.url().trim_start_matches("https://").to_owned()
}

#[test]
fn an_endpoint_that_is_off_leaves_everything_here_until_it_is_back() {
    let mut bench = Bench::new();
    bench.seal(1, 2);
    bench.office.mailbox.kill().expect("kills it");
    bench.close();
    let (exit, report) = bench.sync_as_scheduled();
    assert_eq!((exit, &report["end"], &report["left"]), (5, &json!("unreachable"), &json!(2)), "{report}");
    bench.reopen();
    bench.assert_untouched(2);
    bench.office.mailbox.kill_and_restart().expect("starts again");
    assert_eq!(bench.sync()["destroyed"], 2);
}

#[test]
fn another_endpoint_at_the_same_address_gets_and_destroys_nothing() {
    let mut bench = Bench::new();
    bench.seal(1, 2);
    bench.close();
    let address = address(&bench);
    bench.office.mailbox.kill().expect("kills it");
    let foreign = bench.folder.path().join("foreign");
    drop(Mailbox::create(&foreign).expect("another endpoint"));
    let stranger = Mailbox::start(&foreign, &address).expect("takes the address");
    let (exit, report) = bench.sync_as_scheduled();
    assert_eq!((exit, &report["end"], &report["destroyed"]), (6, &json!("not_our_endpoint"), &json!(0)), "{report}");
    drop(stranger);
    bench.reopen();
    bench.assert_untouched(2);
    bench.office.mailbox.kill_and_restart().expect("starts again");
    assert_eq!(bench.sync()["destroyed"], 2, "the foreign certificate left nothing in the way");
}

/// A portal with the right certificate: a proxy in front of the endpoint that answers for it.
#[test]
fn a_page_instead_of_an_answer_destroys_nothing() {
    let mut bench = Bench::new();
    bench.seal(1, 2);
    bench.close();
    bench.office.mailbox.kill().expect("kills it");
    let portal = Portal::start(&address(&bench), bench.office.mailbox.data());
    let (exit, report) = bench.sync_as_scheduled();
    assert_eq!((exit, &report["end"], &report["destroyed"]), (6, &json!("not_our_endpoint"), &json!(0)), "{report}");
    assert!(portal.asked() > 0, "the portal was asked");
    drop(portal);
    bench.reopen();
    bench.assert_untouched(2);
    bench.office.mailbox.kill_and_restart().expect("starts again");
    assert_eq!(bench.sync()["destroyed"], 2);
}

/// Puts the endpoint's folder back to `backup`.
fn restore(bench: &mut Bench, backup: &std::path::Path) {
    bench.office.mailbox.kill().expect("kills it");
    let data = bench.office.mailbox.data().to_path_buf();
    std::fs::remove_dir_all(&data).expect("removes");
    copy(backup, &data);
    bench.office.mailbox.kill_and_restart().expect("starts from the backup");
}

fn back_up(bench: &mut Bench, name: &str) -> std::path::PathBuf {
    let backup = bench.folder.path().join(name);
    bench.office.mailbox.kill().expect("kills it");
    copy(bench.office.mailbox.data(), &backup);
    bench.office.mailbox.kill_and_restart().expect("starts again");
    backup
}

#[test]
fn an_endpoint_put_back_to_an_old_backup_is_noticed_and_destroys_nothing_more() {
    let mut bench = Bench::new();
    let backup = back_up(&mut bench, "backup");
    bench.seal(1, 2);
    assert_eq!(bench.sync()["destroyed"], 2);
    bench.seal(10, 3);
    restore(&mut bench, &backup);
    bench.close();
    let (exit, report) = bench.sync_as_scheduled();
    assert_eq!((exit, &report["end"], &report["destroyed"]), (6, &json!("log_fault"), &json!(0)), "{report}");
    let counts = {
        bench.reopen();
        bench.counts()
    };
    assert_eq!((&counts["sealed"], &counts["destroyed"]), (&json!(3), &json!(2)), "{counts}");
    let status = bench.desk().call("status", Value::Null).expect("status");
    assert!(status["warnings"].as_array().is_some_and(|warnings| warnings.contains(&json!("log_fault"))), "{status}");
}

/// Nobody's word clears the fault, and no restart of the app: only the endpoint that can prove that its log continues what this device knows.
#[test]
fn a_log_fault_is_cleared_by_the_true_endpoint_and_by_no_other() {
    let mut bench = Bench::new();
    let old = back_up(&mut bench, "old");
    bench.seal(1, 2);
    assert_eq!(bench.sync()["destroyed"], 2);
    bench.seal(10, 3);
    let true_state = back_up(&mut bench, "true");
    restore(&mut bench, &old);
    assert_eq!(bench.sync()["end"], "log_fault");
    let fault = bench.desk().call("status", Value::Null).expect("status");
    assert!(fault["log_fault_at"].is_u64() && fault["log_fault_cleared_at"].is_null(), "{fault}");

    assert_eq!(bench.desk().code_of("log_recheck", Value::Null).expect("refused"), "log_still_faulty");
    assert_eq!(bench.desk().code_of("log_recheck", Value::Null).expect("refused"), "log_still_faulty", "asking often changes nothing");
    bench.office.mailbox.kill().expect("kills it");
    assert_eq!(bench.desk().code_of("log_recheck", Value::Null).expect("refused"), "unreachable");
    bench.office.mailbox.kill_and_restart().expect("starts again");
    bench.close();
    assert_eq!(recheck_as_scheduled(&bench), 6);
    assert_eq!(bench.sync_as_scheduled().1["end"], "log_fault");
    bench.reopen();
    assert_eq!(bench.counts()["sealed"], 3);

    restore(&mut bench, &true_state);
    assert_eq!(bench.sync()["end"], "log_fault", "that the true one is back does not suffice: somebody has to look");
    let cleared = bench.desk().call("log_recheck", Value::Null).expect("the true log continues what is known");
    assert_eq!((&cleared["log_fault_at"], cleared["log_fault_cleared_at"].is_u64()), (&fault["log_fault_at"], true), "{cleared}");
    assert!(cleared["warnings"].as_array().is_some_and(|warnings| !warnings.contains(&json!("log_fault"))), "{cleared}");
    let report = bench.sync();
    assert_eq!((&report["end"], &report["destroyed"]), (&json!("done"), &json!(3)), "{report}");
}

/// Two logs under the same key, of which neither continues the other: whichever of them answers, whichever is the larger, and however often somebody asks.
#[test]
fn a_log_with_two_faces_is_never_cleared_and_destroys_nothing_more() {
    for growth in [1, 30] {
        let mut bench = Bench::new();
        let other = back_up(&mut bench, "other");
        // The administrator sees the one face, with fewer leaves than this device's, or with more.
        grow(&mut bench, growth);
        let one = back_up(&mut bench, "one");
        restore(&mut bench, &other);
        bench.seal(1, 12);
        assert_eq!(bench.sync()["destroyed"], 12);
        let other = back_up(&mut bench, "other, grown");
        bench.seal(100, 1);

        restore(&mut bench, &one);
        assert_eq!(bench.sync()["end"], "log_fault");
        restore(&mut bench, &other);
        for round in 0..2 {
            assert_eq!(bench.desk().code_of("log_recheck", Value::Null).expect("refused"), "log_still_faulty", "{growth} leaves, round {round}");
            assert_eq!(bench.sync()["end"], "log_fault");
            let counts = bench.counts();
            assert_eq!((&counts["sealed"], &counts["destroyed"]), (&json!(1), &json!(12)), "{counts}");
            bench.reopen();
        }
    }
}

/// Put back to an old backup, and then gone on from there: that is a second face, also once the true log is back.
#[test]
fn a_restored_log_that_went_its_own_way_is_not_forgotten_when_the_true_one_is_back() {
    let mut bench = Bench::new();
    let old = back_up(&mut bench, "old");
    bench.seal(1, 2);
    assert_eq!(bench.sync()["destroyed"], 2);
    bench.seal(10, 3);
    let true_state = back_up(&mut bench, "true");
    restore(&mut bench, &old);
    // The administrator was not there meanwhile: for her the old state is the newest, and she goes on from it.
    grow(&mut bench, 12);
    assert_eq!(bench.sync()["end"], "log_fault");
    restore(&mut bench, &true_state);
    assert_eq!(bench.desk().code_of("log_recheck", Value::Null).expect("refused"), "log_still_faulty");
    bench.close();
    assert_eq!(recheck_as_scheduled(&bench), 6);
    bench.reopen();
    assert_eq!((&bench.sync()["end"], &bench.counts()["sealed"]), (&json!("log_fault"), &json!(3)));
}

/// Lets the endpoint's log grow by directories.
fn grow(bench: &mut Bench, leaves: u32) {
    for leaf in 0..leaves {
        bench.office.admin.call("team_create", json!({ "name": format!("Team {leaf}") })).expect("one more directory");
    }
}

/// Exit code of `bogen recheck`. The app must be closed.
fn recheck_as_scheduled(bench: &Bench) -> i32 {
    let program = testkit::programs::path_of("bogen").expect("bogen is built");
    let output = std::process::Command::new(program).arg("--data").arg(bench.office.place("device")).arg("recheck").output().expect("starts");
    output.status.code().expect("an exit code")
}

/// The delivering process is killed after copies were destroyed, before its run ended: what it saw of the log must be on the disk by then.
#[test]
fn a_restore_is_noticed_also_when_the_delivery_before_it_was_killed() {
    let mut bench = Bench::new();
    let backup = back_up(&mut bench, "backup");
    // More than one batch, so that destruction begins long before the end.
    for round in 0..6 {
        bench.seal(round * 1000, 100);
    }
    bench.close();
    let destroyed = deliver_and_kill_after_the_first_destruction(&mut bench);
    restore(&mut bench, &backup);
    let (_, report) = bench.sync_as_scheduled();
    assert_eq!((&report["end"], &report["destroyed"]), (&json!("log_fault"), &json!(0)), "{destroyed} copies were destroyed before; {report}");
}

fn deliver_and_kill_after_the_first_destruction(bench: &mut Bench) -> u64 {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let mut process = Command::new(testkit::programs::path_of("bogen").expect("bogen is built"))
        .arg("--data")
        .arg(bench.office.place("device"))
        .arg("session")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    std::io::Write::write_all(process.stdin.as_mut().expect("piped"), b"{\"command\":\"sync\",\"args\":{}}\n").expect("asks");
    let lines = BufReader::new(process.stdout.take().expect("piped")).lines();
    let progress = lines.map_while(Result::ok).find(|line| line.contains("sync_progress"));
    process.kill().expect("kills it");
    process.wait().expect("ends");
    assert!(progress.is_some(), "a batch was destroyed");
    bench.reopen();
    let counts = bench.counts();
    bench.close();
    let destroyed = counts["destroyed"].as_u64().expect("a count");
    assert!(destroyed > 0 && counts["sealed"].as_u64() > Some(0), "killed in the middle: {counts}");
    destroyed
}

#[test]
fn a_revoked_device_delivers_what_it_holds_and_nothing_else() {
    let mut bench = Bench::new();
    bench.seal(1, 2);
    let view = bench.office.admin.call("office", Value::Null).expect("the office");
    let staff = view["staff"].as_array().expect("staff");
    let counsellor = staff.iter().find(|row| row["roles"] == json!(["counsellor"])).expect("a counsellor")["member"].clone();
    bench.office.admin.call("revoke", json!({ "member": counsellor })).expect("revokes");
    let report = bench.sync();
    assert_eq!((&report["end"], &report["delivered"], &report["held"]), (&json!("done"), &json!(2), &json!(2)), "{report}");
    // Held: a clerk sees that they wait for a decision, and does not enter them unasked.
    let queue = bench.office.clerk.call("queue", Value::Null).expect("a queue");
    assert!(queue["rows"].as_array().expect("rows").iter().all(|row| row["state"] == "held" && row["hold"] == "revoked_device"), "{queue}");
}
