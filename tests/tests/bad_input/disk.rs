//! A full disk: the code says so, what was saved is there, and with room the work goes on.
//!
//! Needs a file system of its own, so it needs the right to mount one. Without that right it says so and ends.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use testkit::backlog;
use testkit::caller::Caller;
use testkit::desk::Desk;

use crate::Bench;

/// A file system of eight megabytes in memory; unmounted when dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: PathBuf) -> Option<Self> {
        std::fs::create_dir(&at).expect("a new folder");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs"]).arg(&at).status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(at))
    }

    /// Leaves no room at all.
    fn fill(&self) {
        let mut chunk = 1 << 20;
        let mut filler = std::fs::OpenOptions::new().create(true).append(true).open(self.filler()).expect("a file");
        while chunk > 0 {
            if std::io::Write::write(&mut filler, &vec![0; chunk]).is_err() {
                chunk /= 2;
            }
        }
    }

    fn make_room(&self) {
        std::fs::remove_file(self.filler()).expect("removes");
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, in case a failed test still has a file open there.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_named_and_loses_nothing() {
    let mut bench = Bench::new();
    let Some(disk) = SmallDisk::mount(bench.folder.path().join("small")) else {
        eprintln!("not run: this account may not mount a file system");
        return;
    };
    let vault = disk.0.join("vault");
    let mut desk = bench.office.enrol_counsellor(Desk::open(&vault).expect("opens")).expect("a counsellor");
    backlog::seal(&mut desk, 1, 1, 3).expect("seals");
    let units = backlog::import_and_check(&mut desk, 100, 3, 3).expect("drafts");
    disk.fill();
    // Numbers that could not be saved yet: one of these commands is the first that finds no room.
    let more = json!({ "text": backlog::text(1000, 50, 4) });
    let shown = backlog::units_of(&mut desk).expect("units");
    assert_eq!(desk.code_of("import", more.clone()).expect("no room"), "disk_full");
    assert_eq!(backlog::units_of(&mut desk).expect("units"), shown, "what could not be saved is not shown either");
    drop(desk);
    disk.make_room();
    let mut desk = reopen(&vault);
    let mut found = backlog::units_of(&mut desk).expect("units");
    found.sort();
    let mut expected = units;
    expected.sort();
    assert_eq!(found, expected, "every draft is there, and nothing of the import");
    desk.call("import", more).expect("with room the same works");
    assert_eq!(desk.call("sync", Value::Null).expect("delivers")["destroyed"], 3, "what was sealed before is delivered");
}

/// No destruction without room for its ledger line; no receipt, no destruction.
#[test]
fn a_delivery_onto_a_full_disk_destroys_nothing_unreceipted() {
    let mut bench = Bench::new();
    let Some(disk) = SmallDisk::mount(bench.folder.path().join("small")) else {
        eprintln!("not run: this account may not mount a file system");
        return;
    };
    let vault = disk.0.join("vault");
    let mut desk = bench.office.enrol_counsellor(Desk::open(&vault).expect("opens")).expect("a counsellor");
    backlog::seal(&mut desk, 1, 4, 40).expect("seals");
    disk.fill();
    let stopped = desk.code_of("sync", Value::Null);
    let ledger = desk.call("ledger", json!({ "offset": 0, "limit": 500 })).expect("the ledger");
    assert_eq!(ledger["chain_ok"], true);
    assert_eq!(stopped.ok().as_deref(), Some("disk_full"));
    drop(desk);
    disk.make_room();
    let mut desk = reopen(&vault);
    desk.call("sync", Value::Null).expect("delivers the rest");
    let counts = desk.call("status", Value::Null).expect("status")["counts"].clone();
    assert_eq!((&counts["sealed"], &counts["delivered"], &counts["destroyed"]), (&json!(0), &json!(0), &json!(160)), "{counts}");
    drop(desk);
    bench.office.mailbox.kill().expect("kills it");
    let mailbox = testkit::evidence::Mailbox::read(bench.office.mailbox.data()).expect("the mailbox is whole");
    assert_eq!(mailbox.demand_ledger(&vault).expect("a receipt for each").len(), 160);
}

fn reopen(vault: &Path) -> Desk {
    let mut desk = Desk::open(vault).expect("opens with room");
    desk.sign_in().expect("unlocks");
    desk
}
