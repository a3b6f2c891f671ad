//! A founding that is cut short: the same code brings it to its end, with the same root key.

use commands::KdfCost;
use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::mailbox::Mailbox;
use testkit::seat::PASSPHRASE;
use whole_system::wire::Wire;

/// As often as the app asks before it gives up.
const TRIES: u32 = 4;

struct Founder {
    folder: tempfile::TempDir,
    url: String,
    code: String,
    wire: Wire,
    _mailbox: Mailbox,
}

impl Founder {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut first = Mailbox::create(&folder.path().join("endpoint")).expect("an endpoint");
        let data = first.data().to_path_buf();
        let url = first.url();
        let address = |url: &str| url.trim_start_matches("https://").to_owned();
        first.kill().expect("kills it");
        let mailbox = Mailbox::start(&data, "127.0.0.1:0").expect("starts elsewhere");
        let code = mailbox.founding_code().expect("not founded yet").to_owned();
        let wire = Wire::start(&address(&url), &address(&mailbox.url()), &data);
        Self { folder, url, code, wire, _mailbox: mailbox }
    }

    fn desk(&self) -> Desk {
        Desk::open_with(&self.folder.path().join("founder"), std::sync::Arc::new(clock::SystemClock), KdfCost::new(64 * 1024, 1, 1).ok())
            .expect("opens")
    }

    fn found(&self, desk: &mut Desk, passphrase: &str) -> Result<Value, String> {
        let args = json!({ "url": self.url, "code": self.code, "office_name": "Jobcenter Klein", "admin_name": "Ada Admin", "passphrase": passphrase, "demo": true });
        desk.call("found_office", args).map_err(|error| error.to_string().split(' ').nth(1).unwrap_or_default().to_owned())
    }
}

#[test]
fn a_founding_whose_answers_were_lost_is_taken_up_with_the_same_code() {
    let founder = Founder::new();
    let mut desk = founder.desk();
    founder.wire.lose_often("POST /v1/office", TRIES);
    assert_eq!(founder.found(&mut desk, PASSPHRASE).expect_err("no answer"), "unreachable");
    assert!(founder.wire.has_lost());
    let status = desk.call("status", Value::Null).expect("status");
    assert_eq!((&status["users"], &status["enrolment"]), (&json!([]), &json!("none")), "nobody is here before the answer");

    drop(desk);
    let mut desk = founder.desk();
    assert_eq!(founder.found(&mut desk, "Ein ganz anderer Kennsatz").expect_err("not hers"), "enrolment_begun");
    let founded = founder.found(&mut desk, PASSPHRASE).expect("the endpoint founded this very office");
    let status = desk.call("status", Value::Null).expect("status");
    assert_eq!((&status["enrolment"], status["users"].as_array().map(Vec::len)), (&json!("active"), Some(1)));

    // Ended before anybody wrote the shares down.
    drop(desk);
    let mut desk = founder.desk();
    assert_eq!(founder.found(&mut desk, PASSPHRASE).expect("again"), founded, "the same shares");
    desk.call("contact", Value::Null).expect("a contact");
    assert_eq!(founder.found(&mut desk, PASSPHRASE).expect_err("they are destroyed now"), "already_enrolled");
}

#[test]
fn a_lock_after_the_founding_destroys_the_shares() {
    let founder = Founder::new();
    let mut desk = founder.desk();
    founder.found(&mut desk, PASSPHRASE).expect("founds");
    desk.call("lock", Value::Null).expect("locks");
    assert_eq!(founder.found(&mut desk, PASSPHRASE).expect_err("destroyed"), "already_enrolled");
    assert_eq!(desk.sign_in().expect("unlocks")["session"]["enrolment"], "active");
}
