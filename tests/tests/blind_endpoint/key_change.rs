//! A clerk leaves: the team's key is changed, everything that waits is sealed anew, and once the old key is destroyed a backup of before opens nothing.

use std::path::Path;

use serde_json::{Value, json};
use testkit::audit::demand_whole;
use testkit::backlog;
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::evidence::Mailbox;
use testkit::small_office::SmallOffice;

use whole_system::search::{opens, seeds_at_endpoint, seeds_on_device};

fn contact(desk: &mut Desk) {
    desk.call("contact", Value::Null).expect("a contact");
}

fn queue(clerk: &mut Desk) -> Vec<Value> {
    clerk.call("queue", Value::Null).expect("a queue")["rows"].as_array().expect("rows").clone()
}

fn team(admin: &mut Desk) -> Value {
    admin.call("office", Value::Null).expect("the office")["teams"][0].clone()
}

fn destroy(admin: &mut Desk, team: &str, without_devices: bool) -> anyhow::Result<Value> {
    admin.call("team_key_destroy", json!({ "team": team, "epoch": 1, "without_devices": without_devices }))
}

/// The same for an administrator who just signs by the root.
fn second_admin(office: &mut SmallOffice) -> Desk {
    let mut second = office.enrol(Desk::open(&office.place("second-admin")).expect("a vault"), "admin", &[]).expect("enrolled");
    let shares: Vec<String> = office.root_shares[..2].to_vec();
    second.call("certify", json!({ "shares": shares, "instead_of": null })).expect("certified");
    second
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    let private = std::fs::metadata(from).expect("a folder").permissions();
    std::fs::set_permissions(to, private).expect("as private as the first");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        std::fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("copied");
    }
}

/// The clerk who leaves, as the directory names them.
fn member(admin: &mut Desk, name: &str) -> Value {
    let view = admin.call("office", Value::Null).expect("the office");
    let staff = view["staff"].as_array().expect("staff");
    staff.iter().rfind(|person| person["name"] == name && person["roles"] == json!(["clerk"])).expect("the clerk")["member"].clone()
}

#[test]
fn what_a_clerk_who_left_knew_opens_nothing_any_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut office = SmallOffice::found(folder.path()).expect("an office");
    let name = office.team.clone();
    let mut leaving = office.enrol(Desk::open(&office.place("leaving")).expect("a vault"), "clerk", &[&name]).expect("a second clerk");
    for _ in 0..2 {
        contact(&mut leaving);
        contact(&mut office.clerk);
    }
    contact(&mut leaving);
    let mut counsellor = office.counsellor("counsellor").expect("a counsellor");
    backlog::seal(&mut counsellor, 1, 4, 1).expect("sealed");
    counsellor.call("sync", Value::Null).expect("delivered");
    let mut outside = office.counsellor("outside").expect("a counsellor on a visit");
    backlog::seal(&mut outside, 500, 1, 1).expect("sealed, far from any network");
    let theirs = queue(&mut leaving);
    assert_eq!((queue(&mut office.clerk).len(), theirs.len()), (2, 2), "shared evenly");
    leaving.call("record_open", json!({ "record": theirs[0]["record"] })).expect("opened, and not entered");

    // A backup of the endpoint, and the leaving clerk's laptop as it is now.
    office.mailbox.kill().expect("kills the endpoint");
    let (backup, laptop) = (folder.path().join("backup"), folder.path().join("laptop"));
    copy(office.mailbox.data(), &backup);
    drop(leaving);
    copy(&office.place("leaving"), &laptop);
    office.mailbox.kill_and_restart().expect("starts again");
    let before = Mailbox::read(&backup).expect("the backup is whole").envelopes;
    let known = seeds_on_device(&laptop);
    assert!(opens(&before, &known), "until the key is changed a clerk's own key opens it: the search finds what it looks for");

    let leaver = member(&mut office.admin, "Ina Integration");
    office.admin.call("revoke", json!({ "member": leaver })).expect("revoked");
    assert_eq!(team(&mut office.admin)["next_key_wanted"], true, "asked for by itself");
    contact(&mut office.clerk);
    contact(&mut office.admin);
    contact(&mut office.clerk);
    let row = team(&mut office.admin);
    let key = |epoch: u32, state: &str| json!({ "epoch": epoch, "state": state, "records": 0, "wanted_gone_by": null });
    let shown: Vec<Value> = row["keys"].as_array().expect("keys").iter().cloned().map(without_since).collect();
    assert_eq!((shown, &row["next_key_wanted"]), (vec![key(2, "open"), key(1, "closed")], &json!(false)));
    let rows = queue(&mut office.clerk);
    assert_eq!(rows.len(), 4, "what was the leaving clerk's came back");
    assert_eq!(rows.iter().filter(|row| row["opened_before"] == true).count(), 1, "and what they had opened may be entered already");
    let sealed_anew = stored(&mut office);
    assert!(!opens(&sealed_anew, &known), "the leaving clerk's key opens what waits");

    // From far away, under the old key: taken, and sealed anew like the rest.
    outside.call("sync", Value::Null).expect("delivered");
    assert_eq!(team(&mut office.admin)["keys"][1]["records"], 1);
    let refused = destroy(&mut office.admin, &name, true).expect_err("something lies under it").to_string();
    assert_eq!(refused, r#"team_key_destroy: key_in_use {"records":"1"}"#);
    contact(&mut office.clerk);
    assert_eq!(team(&mut office.admin)["keys"][1]["records"], 0);

    let mut second = second_admin(&mut office);
    let refused = destroy(&mut office.admin, &name, false).expect_err("no device said anything").to_string();
    assert!(refused.starts_with("team_key_destroy: devices_unheard"), "{refused}");
    for _ in 0..2 {
        let view = destroy(&mut office.admin, &name, true).expect("wanted");
        assert_eq!(view["teams"][0]["keys"][1]["state"], "closed", "one administrator alone cannot");
        assert_eq!(view["teams"][0]["keys"][1]["wanted_gone_by"], "Ada Admin");
    }
    let view = destroy(&mut second, &name, true).expect("destroyed");
    assert_eq!(view["teams"][0]["keys"][1]["state"], "destroyed");
    contact(&mut office.clerk);

    for row in queue(&mut office.clerk) {
        let record = json!({ "record": row["record"] });
        let view = office.clerk.call("record_open", record).expect("opens under the new key");
        assert!(view["customer_number"].is_string());
        office.clerk.call("record_confirm", json!({ "record": row["record"], "at_once": true })).expect("entered");
    }
    assert!(queue(&mut office.clerk).is_empty(), "each entered once");
    let verdict = office.clerk.call("ledger_verify", Value::Null).expect("verified");
    assert_eq!(verdict["lines"], 5, "{verdict}");
    let mut left = Desk::open(&laptop).expect("the laptop of who left");
    let audit = demand_whole(&office.mailbox, &mut [&mut office.clerk, &mut counsellor, &mut outside, &mut left]).expect("fits");
    assert_eq!((audit.stored, audit.destroyed, audit.waiting), (5, 5, 0));
    drop(left);
    let clerk = office.place("clerk");
    let _ = office.mailbox.kill();
    drop(office);
    assert!(!opens(&before, &seeds_on_device(&clerk)), "the colleague who stayed still opens the backup");
    assert!(!opens(&before, &seeds_at_endpoint(&backup)), "the backup opens itself");
}

fn without_since(mut key: Value) -> Value {
    assert!(key["since"].is_u64());
    key.as_object_mut().expect("a key").remove("since");
    key
}

/// Every envelope that the endpoint has.
fn stored(office: &mut SmallOffice) -> Vec<Vec<u8>> {
    office.mailbox.kill().expect("kills the endpoint");
    let envelopes = Mailbox::read(office.mailbox.data()).expect("the mailbox is whole").envelopes;
    office.mailbox.kill_and_restart().expect("starts again");
    envelopes
}

#[test]
fn a_key_that_lay_on_one_laptop_only_is_sealed_to_by_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut office = SmallOffice::found(folder.path()).expect("an office");
    let name = office.team.clone();
    let mut colleague = office.enrol(Desk::open(&office.place("colleague")).expect("a vault"), "clerk", &[&name]).expect("a second clerk");
    // The colleague leaves a prekey, gets a share of the first key, and is away before it is fetched.
    contact(&mut colleague);
    contact(&mut office.clerk);
    let mut counsellor = office.counsellor("counsellor").expect("a counsellor");
    backlog::seal(&mut counsellor, 1, 2, 1).expect("sealed");
    counsellor.call("sync", Value::Null).expect("delivered");

    office.admin.call("team_key_renew", json!({ "team": name })).expect("asked for");
    contact(&mut office.clerk);
    contact(&mut office.admin);
    assert_eq!(team(&mut office.admin)["key_epoch"], 1, "nobody could be given it yet");
    contact(&mut colleague);
    contact(&mut office.admin);
    assert_eq!(team(&mut office.admin)["key_epoch"], 2);
    drop(colleague);
    std::fs::remove_dir_all(office.place("colleague")).expect("the laptop of the clerk who made it is lost");

    contact(&mut counsellor);
    backlog::seal(&mut counsellor, 100, 1, 1).expect("sealed to the new key");
    counsellor.call("sync", Value::Null).expect("delivered");
    let staff = member(&mut office.admin, "Ina Integration");
    office.admin.call("revoke", json!({ "member": staff })).expect("revoked");
    for _ in 0..2 {
        contact(&mut office.clerk);
        contact(&mut office.admin);
    }
    contact(&mut office.clerk);
    let rows = queue(&mut office.clerk);
    assert_eq!(rows.len(), 3);
    for row in rows {
        office.clerk.call("record_open", json!({ "record": row["record"] })).expect("every form can be opened by whoever is left");
    }
}

#[test]
fn a_share_that_was_left_before_the_change_still_opens_the_old_queue() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut office = SmallOffice::found(folder.path()).expect("an office");
    let name = office.team.clone();
    let mut colleague = office.enrol(Desk::open(&office.place("colleague")).expect("a vault"), "clerk", &[&name]).expect("a second clerk");
    contact(&mut colleague);
    let mut counsellor = office.counsellor("counsellor").expect("a counsellor");
    backlog::seal(&mut counsellor, 1, 4, 1).expect("sealed");
    counsellor.call("sync", Value::Null).expect("delivered");
    let mut third = office.enrol(Desk::open(&office.place("third")).expect("a vault"), "clerk", &[&name]).expect("a third clerk");
    office.admin.call("team_key_renew", json!({ "team": name })).expect("asked for");
    contact(&mut third);
    contact(&mut office.clerk);
    contact(&mut office.admin);
    contact(&mut office.clerk);
    assert_eq!(team(&mut office.admin)["key_epoch"], 2, "made by a clerk whom a third could take it from");
    for _ in 0..2 {
        contact(&mut colleague);
        contact(&mut office.clerk);
    }
    contact(&mut colleague);
    assert_eq!(team(&mut office.admin)["keys"][1]["records"], 0, "each clerk's app changed the locks of its own queue");
    for row in queue(&mut colleague) {
        colleague.call("record_open", json!({ "record": row["record"] })).expect("opens");
    }
}

#[test]
fn a_key_is_changed_by_hand_while_a_form_is_on_the_screen() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut office = SmallOffice::found(folder.path()).expect("an office");
    let name = office.team.clone();
    let mut counsellor = office.counsellor("counsellor").expect("a counsellor");
    backlog::seal(&mut counsellor, 1, 2, 1).expect("sealed");
    counsellor.call("sync", Value::Null).expect("delivered");
    contact(&mut office.clerk);
    let rows = queue(&mut office.clerk);
    office.clerk.call("record_open", json!({ "record": rows[0]["record"] })).expect("opened");
    for _ in 0..2 {
        let view = office.admin.call("team_key_renew", json!({ "team": name })).expect("asked for");
        assert_eq!(view["teams"][0]["next_key_wanted"], true, "once or twice");
    }
    contact(&mut office.clerk);
    contact(&mut office.admin);
    contact(&mut office.clerk);
    assert_eq!(team(&mut office.admin)["keys"][1]["records"], 1, "the one on the screen is left alone");
    let confirm = json!({ "record": rows[0]["record"], "at_once": true });
    office.clerk.call("record_confirm", confirm).expect("what was on the screen is entered as if nothing had happened");
    office.clerk.call("record_open", json!({ "record": rows[1]["record"] })).expect("opens under the new key");
    office.clerk.call("lock", Value::Null).expect("locks");
    assert_eq!(team(&mut office.admin)["keys"][1]["records"], 0);
    backlog::seal(&mut counsellor, 100, 1, 1).expect("sealed to the key that this device knows");
    counsellor.call("sync", Value::Null).expect("delivered");
    assert_eq!(team(&mut office.admin)["keys"][1]["records"], 1, "the device had not heard of the new key");
    counsellor.call("contact", Value::Null).expect("hears of it");
    backlog::seal(&mut counsellor, 200, 1, 1).expect("sealed to the new key");
    counsellor.call("sync", Value::Null).expect("delivered");
    assert_eq!(team(&mut office.admin)["keys"][1]["records"], 1);
}
