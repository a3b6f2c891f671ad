//! What goes wrong in an office: each ends with the right code, and what was there before is there after.

mod authors;
mod disk;
mod forged_change;
mod founding;
mod input;
mod lost_entries;
mod lost_replies;
mod portal;
mod strangers;
mod vault_files;

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use testkit::backlog;
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::programs::path_of;
use testkit::small_office::SmallOffice;

/// Members of one unit, at the most: a larger one is refused.
const LARGEST_UNIT: u32 = 40;

/// An office in a folder of its own, with one counsellor.
struct Bench {
    office: SmallOffice,
    desk: Option<Desk>,
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut office = SmallOffice::found(folder.path()).expect("an office");
        let desk = office.counsellor("device").expect("a counsellor");
        Self { office, desk: Some(desk), folder }
    }

    fn desk(&mut self) -> &mut Desk {
        self.desk.as_mut().expect("the app is open")
    }

    fn close(&mut self) {
        self.desk = None;
    }

    fn reopen(&mut self) -> &mut Desk {
        self.close();
        self.desk = Some(Desk::open(&self.office.place("device")).expect("the app opens"));
        self.desk()
    }

    /// Seals `count` forms, numbered from `first`: of one unit, or of many if a unit cannot be so large.
    fn seal(&mut self, first: u32, count: u32) {
        let members = if count > LARGEST_UNIT { 10 } else { count };
        let sealed = backlog::seal(self.desk(), first, count / members, members).expect("seals");
        assert_eq!(sealed.len(), count as usize);
    }

    fn sync(&mut self) -> Value {
        self.desk().call("sync", Value::Null).expect("a report")
    }

    /// Delivers with the real program. The app must be closed. Returns the exit code and the report.
    fn sync_as_scheduled(&self) -> (i32, Value) {
        let output = Command::new(path_of("bogen").expect("bogen is built"))
            .arg("--data")
            .arg(self.office.place("device"))
            .args(["sync", "--json"])
            .output()
            .expect("starts");
        let report = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        (output.status.code().expect("an exit code"), report)
    }

    fn counts(&mut self) -> Value {
        self.desk().call("status", Value::Null).expect("status")["counts"].clone()
    }

    /// Everything is still sealed, nothing was destroyed.
    fn assert_untouched(&mut self, sealed: u32) {
        let counts = self.counts();
        assert_eq!((&counts["sealed"], &counts["destroyed"]), (&json!(sealed), &json!(0)), "{counts}");
    }
}

/// Copies a folder's files with their modes.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).expect("a new folder");
    std::fs::set_permissions(to, std::fs::metadata(from).expect("is there").permissions()).expect("same mode");
    for entry in std::fs::read_dir(from).expect("is there") {
        let entry = entry.expect("an entry");
        if entry.file_type().expect("a type").is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copies");
        }
    }
}
