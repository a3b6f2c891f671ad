//! An endpoint that is not honest: whoever runs it has its TLS key, its log key and its database, and none of the office's. One file for each kind of abuse;
//! docs/security.md has the list, and what such an endpoint can still do.

mod destruction;
mod directory;
mod receipts;
mod tickets;

use std::path::PathBuf;

use protocol::directory::{Directory, SignedDirectory};
use protocol::from_cbor;
use rusqlite::Connection;
use serde_json::Value;
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::mailbox::Mailbox;
use testkit::small_office::SmallOffice;
use whole_system::wire::Wire;

/// A small office with a counsellor, behind a wire that can change every answer.
struct Hostile {
    office: SmallOffice,
    desk: Desk,
    wire: Wire,
    _folder: tempfile::TempDir,
}

fn address(mailbox: &Mailbox) -> String {
    mailbox.url().trim_start_matches("https://").to_owned()
}

impl Hostile {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut office = SmallOffice::found(folder.path()).expect("an office");
        let desk = office.counsellor("device").expect("a counsellor");
        let before = address(&office.mailbox);
        let data = office.mailbox.data().to_path_buf();
        office.mailbox.kill().expect("kills it");
        office.mailbox = Mailbox::start(&data, "127.0.0.1:0").expect("starts elsewhere");
        let wire = Wire::start(&before, &address(&office.mailbox), &data);
        // The restarted endpoint knows no earlier nonce.
        office.admin.call("contact", Value::Null).expect("through the wire");
        Self { office, desk, wire, _folder: folder }
    }

    fn database(&self) -> PathBuf {
        self.office.mailbox.data().join("mailbox.sqlite")
    }

    /// Stops the endpoint, changes its database, and starts it again behind the same wire.
    fn rewrite(&mut self, change: impl FnOnce(&Connection)) {
        let (data, listen) = (self.office.mailbox.data().to_path_buf(), address(&self.office.mailbox));
        self.office.mailbox.kill().expect("kills it");
        change(&Connection::open(self.database()).expect("its own database"));
        self.office.mailbox = Mailbox::start(&data, &listen).expect("starts again");
    }

    /// The newest directory.
    fn directory(&self) -> Directory {
        let sql = Connection::open(self.database()).expect("its own database");
        let bytes: Vec<u8> = sql.query_row("SELECT bytes FROM directory ORDER BY number DESC LIMIT 1", [], |row| row.get(0)).expect("a directory");
        let signed: SignedDirectory = from_cbor(&bytes, 1 << 20).expect("signed");
        from_cbor(&signed.body, 1 << 20).expect("a directory")
    }

    /// Has an administrator publish something harmless.
    fn publish(&mut self, name: &str) {
        self.office.admin.call("team_create", serde_json::json!({ "name": name })).expect("published");
    }
}

/// The same bytes with one bit of the middle turned.
fn turned(bytes: &[u8]) -> Vec<u8> {
    let mut other = bytes.to_vec();
    other[bytes.len() / 2] ^= 1;
    other
}
