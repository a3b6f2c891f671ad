//! The clerk's way by single commands, in an office of three devices with a real endpoint.

use serde_json::{Value, json};

use crate::device::Device;
use crate::office::{Office, PASSPHRASE};
use crate::program::{bogen, error_code, run, stdout};

impl Device {
    /// Delivers the same customer's form, of the unit with this number.
    fn deliver_one_form(&self, unit_number: &str) {
        let unit = self.reply(&["unit", "create"], &format!("{unit_number}\n\n"))["unit"].as_str().expect("an id").to_owned();
        let view = self.reply(&["member", "add", &unit], "123A456789\n\n");
        let member = view["members"][0]["member"].as_str().expect("an id").to_owned();
        for command in ["refuse", "check"] {
            self.reply(&["form", command, &unit, &member], "");
        }
        self.reply(&["finalise", &unit], "");
        assert_eq!(self.reply(&["sync"], "")["delivered"], 1);
    }
}

/// An office with a clerk who has the team's key, and one form delivered.
fn with_one_form() -> (Office, Device) {
    let office = Office::found();
    let team = office.reply(&["team", "create", "Leistung 1"], "")["teams"][0]["team"].as_str().expect("a team").to_owned();
    let clerk = Device::join(&office, "Clara Clerk", &["--role", "clerk", "--team", &team]);
    clerk.reply(&["contact"], "");
    office.reply(&["contact"], "");
    clerk.reply(&["contact"], "");
    let counsellor = Device::join(&office, "Ina Integration", &["--role", "counsellor"]);
    counsellor.deliver_one_form("12345BG0000003");
    (office, clerk)
}

#[test]
fn a_form_is_opened_and_confirmed_by_single_commands() {
    let (_office, clerk) = with_one_form();
    let row = &clerk.reply(&["queue"], "")["rows"][0];
    assert_eq!((&row["state"], &row["hold"], &row["opened_before"]), (&json!("assigned"), &json!(null), &json!(false)));
    let record = row["record"].as_str().expect("an id").to_owned();
    for _ in 0..2 {
        let unread = clerk.run(&["enter", "confirm", &record, "--numbers-compared", "--at-once"], "");
        assert_eq!((unread.status.code(), error_code(&unread).as_str()), (Some(1), "not_opened"), "asking does not count as reading");
    }

    let view = clerk.reply(&["enter", "open", &record], "");
    assert_eq!(
        (&view["customer_number"], view["rows"].as_array().expect("four").iter().map(|row| row["code"].clone()).collect::<Vec<_>>()),
        (&json!("123A456789"), vec![json!("Keine Angabe"); 4])
    );
    let row = &clerk.reply(&["queue"], "")["rows"][0];
    assert_eq!((&row["state"], &row["opened_before"]), (&json!("opened"), &json!(true)), "perhaps entered already");
    let text = stdout(&run(bogen(&clerk.vault).args(["enter", "open", &record, "--passphrase-stdin"]), &format!("{PASSPHRASE}\n")));
    assert!(text.contains("look first whether it is entered already"), "{text}");

    assert_eq!(clerk.run(&["enter", "confirm", &record], "").status.code(), Some(2), "nobody said that the numbers were compared");
    assert_eq!(clerk.reply(&["queue"], "")["rows"].as_array().map(Vec::len), Some(1), "and nothing was destroyed");
    // Without --at-once it can be taken back, also by another process.
    let in_grace = clerk.reply(&["enter", "confirm", &record, "--numbers-compared"], "");
    assert_eq!((&in_grace["receipt_index"], in_grace["due"].is_u64()), (&json!(null), true));
    assert_eq!(clerk.reply(&["enter", "confirm", &record, "--numbers-compared"], ""), in_grace, "asked again, the same");
    for refused in [&["enter", "open", &record][..], &["enter", "confirm", &record, "--numbers-compared", "--at-once"]] {
        assert_eq!(error_code(&clerk.run(refused, "")), "in_grace");
    }
    let text = stdout(&run(bogen(&clerk.vault).args(["queue", "--passphrase-stdin"]), &format!("{PASSPHRASE}\n")));
    assert!(text.contains("entered, destroyed "), "{text}");
    let row = &clerk.reply(&["enter", "undo", &record], "")["rows"][0];
    assert_eq!((&row["state"], &row["due"]), (&json!("opened"), &json!(null)));

    let entered = clerk.reply(&["enter", "confirm", &record, "--numbers-compared", "--at-once"], "");
    assert_eq!(clerk.reply(&["queue"], "")["rows"], json!([]));

    // What the clerk's device keeps, readable without a passphrase, and no copy of its own.
    let ledger: Value = serde_json::from_str(&stdout(&run(bogen(&clerk.vault).args(["ledger", "list", "--json"]), ""))).expect("JSON");
    let line = &ledger["rows"][0];
    assert_eq!((&ledger["all"], &ledger["chain_ok"]), (&json!(1), &json!(true)));
    assert_eq!((&line["kind"], &line["record"], &line["receipt_index"]), (&json!("witnessed"), &json!(record), &entered["receipt_index"]));
    assert_eq!(clerk.reply(&["status"], "")["counts"]["destroyed"], 0);

    // A reply that was lost: the same clerk asks again, in another process.
    assert_eq!(clerk.reply(&["enter", "confirm", &record, "--numbers-compared", "--at-once"], ""), entered);
    let late = clerk.run(&["enter", "open", &record], "");
    assert_eq!((late.status.code(), error_code(&late).as_str()), (Some(1), "already_entered"));
    assert_eq!(error_code(&clerk.run(&["enter", "undo", &record], "")), "already_entered");
    assert_eq!(clerk.reply(&["ledger", "list"], "")["all"], 1, "one line for one destruction");
}

/// The whole audit by the programs themselves; the auditor's has no data folder, no passphrase and no network.
#[test]
fn an_audit_is_a_matter_of_files() {
    let (office, clerk) = with_one_form();
    let record = clerk.reply(&["queue"], "")["rows"][0]["record"].as_str().expect("an id").to_owned();
    clerk.reply(&["enter", "open", &record], "");
    clerk.reply(&["enter", "confirm", &record, "--numbers-compared", "--at-once"], "");
    let file = |name: &str| office.beside(name).display().to_string();
    let (of_endpoint, of_clerk, of_counsellor) = (file("endpoint.audit"), file("clerk.audit"), file("counsellor.audit"));
    std::fs::write(&of_endpoint, endpoint::audit_file(&office.beside("endpoint"), &clock::SystemClock).expect("exported").encode()).expect("written");
    let export = |vault: &std::path::Path, to: &str| run(bogen(vault).args(["ledger", "export", to, "--json"]), "");
    let (counsellor, exported) = (office.beside("Ina Integration"), export(&clerk.vault, &of_clerk));
    let root_key = serde_json::from_str::<Value>(&stdout(&exported)).expect("JSON")["root_key"].as_str().expect("a key").to_owned();
    assert_eq!(export(&counsellor, &of_counsellor).status.code(), Some(0));
    assert_eq!(export(&counsellor, &of_counsellor).status.code(), Some(2), "a file that is there is not overwritten");

    let nowhere = office.beside("no folder");
    let audit = |files: &[&str]| run(bogen(&nowhere).args(["ledger", "verify", "--root-key", &root_key]).args(files), "");
    let whole = audit(&[&of_endpoint, &of_clerk, &of_counsellor]);
    let text = stdout(&whole);
    assert!(
        whole.status.code() == Some(0)
            && text.contains("Forms stored: 1; destroyed 1, waiting at the endpoint 0")
            && text.ends_with("Everything fits.\n"),
        "{text}"
    );
    let partly = audit(&[&of_endpoint, &of_clerk]);
    let text = stdout(&partly);
    assert!(partly.status.code() == Some(6) && text.contains("Does NOT fit: 1\n- the ledger of device"), "{text}");
    assert_eq!(audit(&[&of_clerk]).status.code(), Some(2), "nothing to compare with");
    std::fs::write(&of_clerk, b"something else").expect("written");
    assert_eq!(audit(&[&of_endpoint, &of_clerk]).status.code(), Some(2));
    assert!(!nowhere.exists());
}

#[test]
fn a_held_form_is_confirmed_only_by_who_says_so() {
    let (office, clerk) = with_one_form();
    let second = Device::join(&office, "Ilse Integration", &["--role", "counsellor"]);
    second.deliver_one_form("12345BG0000004");
    let rows = clerk.reply(&["queue"], "")["rows"].clone();
    let held = rows.as_array().expect("rows").iter().find(|row| row["state"] == "held").expect("the same customer twice");
    let record = held["record"].as_str().expect("an id");
    clerk.reply(&["enter", "open", record], "");
    let refused = clerk.run(&["enter", "confirm", record, "--numbers-compared", "--at-once"], "");
    assert_eq!((refused.status.code(), error_code(&refused).as_str()), (Some(1), "held"));
    clerk.reply(&["enter", "confirm", record, "--numbers-compared", "--at-once", "--held"], "");
    assert_eq!(clerk.reply(&["queue"], "")["rows"].as_array().map(Vec::len), Some(1));
}

#[test]
fn an_administrator_cannot_revoke_themself_and_a_name_makes_one_team() {
    let office = Office::found();
    office.reply(&["team", "create", "Leistung 1"], "");
    let view = office.reply(&["team", "create", " Leistung 1 "], "");
    assert_eq!(view["teams"].as_array().map(Vec::len), Some(1), "asked again after a lost reply");
    let own = view["staff"][0]["member"].as_str().expect("an id");
    let refused = office.run(&["revoke", own], "");
    assert_eq!((refused.status.code(), error_code(&refused).as_str()), (Some(1), "cannot_revoke_self"));
}

#[test]
fn a_revoked_member_may_nothing_more() {
    let (office, clerk) = with_one_form();
    let last = office.run(&["revoke", &clerk.member], "");
    assert_eq!((last.status.code(), error_code(&last).as_str()), (Some(1), "last_holder"), "nobody else could open what waits");
    let view = office.reply(&["revoke", &clerk.member, "--even-so"], "");
    let row = view["staff"].as_array().expect("staff").iter().find(|row| row["member"] == clerk.member.as_str()).expect("still listed");
    assert_eq!(row["active"], false);
    let refused = clerk.run(&["queue"], "");
    assert_eq!((refused.status.code(), error_code(&refused).as_str()), (Some(1), "revoked"));
    let unknown = office.run(&["revoke", "nobody"], "");
    assert_eq!((unknown.status.code(), error_code(&unknown).as_str()), (Some(1), "not_found"));
}
