//! The root key on paper: two of three shares make an administrator, and unmake one who is lost. In a real office with a real endpoint.

use anyhow::{Context, Result};
use protocol::directory::{Directory, SignedDirectory};
use protocol::from_cbor;
use protocol::limits::MAX_DIRECTORY_BYTES;
use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::small_office::SmallOffice;

struct Founded {
    office: SmallOffice,
    shares: Vec<String>,
    _folder: tempfile::TempDir,
}

fn founded() -> Result<Founded> {
    let folder = tempfile::tempdir()?;
    let office = SmallOffice::found(folder.path())?;
    let shares = office.root_shares.clone();
    Ok(Founded { office, shares, _folder: folder })
}

fn certify(desk: &mut Desk, shares: &[&String], instead_of: Option<&str>) -> Result<Value> {
    desk.call("certify", json!({ "shares": shares, "instead_of": instead_of }))
}

/// The own row of whoever asks.
fn own(view: &Value) -> Result<Value> {
    let staff = view["staff"].as_array().context("staff")?;
    staff.iter().find(|row| row["member"] == view["own"]).cloned().context("the own row")
}

/// Lets somebody redeem a ticket of `admin`, and be approved by them.
fn admit(admin: &mut Desk, place: &std::path::Path) -> Result<Desk> {
    let invited = admin.call("invite", json!({ "name": "Neu", "roles": ["counsellor"], "teams": [] }))?;
    let mut desk = Desk::open(place)?;
    desk.call("enrol", json!({ "ticket": invited["ticket"], "name": "Nele Neu", "passphrase": testkit::seat::PASSPHRASE }))?;
    let view = admin.call("office", Value::Null)?;
    admin.call("approve", json!({ "member": view["waiting"][0]["member"] }))?;
    desk.call("contact", Value::Null)?;
    Ok(desk)
}

/// What the endpoint hands to everybody.
fn newest_directory(office: &SmallOffice) -> Result<Directory> {
    let database = rusqlite::Connection::open(office.place("endpoint").join("mailbox.sqlite"))?;
    let bytes: Vec<u8> = database.query_row("SELECT bytes FROM directory ORDER BY number DESC LIMIT 1", [], |row| row.get(0))?;
    let signed: SignedDirectory = from_cbor(&bytes, MAX_DIRECTORY_BYTES).map_err(|_| anyhow::anyhow!("no directory"))?;
    from_cbor(&signed.body, MAX_DIRECTORY_BYTES).map_err(|_| anyhow::anyhow!("no directory"))
}

#[test]
fn a_second_administrator_approves_once_two_holders_of_shares_came_together() -> Result<()> {
    let mut founded = founded()?;
    let office = &mut founded.office;
    let (place, shares) = (office.place("second"), &founded.shares);
    let mut second = office.enrol(Desk::open(&place)?, "admin", &[])?;
    assert_eq!(own(&second.call("office", Value::Null)?)?["signs"], false);
    assert_eq!(second.code_of("team_create", json!({ "name": "Leistung 2" }))?, "not_your_role");

    let view = certify(&mut second, &[&shares[2], &shares[0]], None)?;
    assert_eq!(own(&view)?["signs"], true);
    let number = view["number"].clone();
    assert_eq!(certify(&mut second, &[&shares[0], &shares[1]], None)?["number"], number, "once is enough");
    let mut newcomer = admit(&mut second, &office.place("newcomer"))?;
    newcomer.call("unit_list", json!({ "search": "", "state": null, "oldest_first": false, "offset": 0, "limit": 1 }))?;

    office.admin.call("team_create", json!({ "name": "Leistung 2" }))?;
    second.call("contact", Value::Null)?;
    assert_eq!(second.call("office", Value::Null)?["teams"].as_array().map(Vec::len), Some(2), "both sign from now on");
    Ok(())
}

#[test]
fn a_team_leader_takes_over_when_the_only_administrator_is_lost() -> Result<()> {
    let mut founded = founded()?;
    let office = &mut founded.office;
    let team = office.team.clone();
    let mut leader = office.enrol(Desk::open(&office.place("leader"))?, "team_leader", &[&team])?;
    let lost = own(&office.admin.call("office", Value::Null)?)?["member"].as_str().context("an id")?.to_owned();

    let view = certify(&mut leader, &[&founded.shares[1], &founded.shares[2]], Some(&lost))?;
    let row = own(&view)?;
    assert_eq!((&row["roles"], &row["signs"]), (&json!(["team_leader", "admin"]), &json!(true)));
    let gone = view["staff"].as_array().context("staff")?.iter().find(|row| row["member"] == lost.as_str()).context("still listed")?.clone();
    assert_eq!((&gone["active"], &gone["signs"]), (&json!(false), &json!(false)));
    let mut newcomer = admit(&mut leader, &office.place("newcomer"))?;
    newcomer.call("status", Value::Null)?;

    let directory = newest_directory(office)?;
    assert_eq!(directory.revocations.len(), 1, "a copy of the lost key can sign no later directory either, which only the root can see to");

    // The former one learns it at the latest when they try.
    let refused = office.admin.code_of("team_create", json!({ "name": "Leistung 2" }))?;
    assert!(["revoked", "not_your_role", "endpoint_refused"].contains(&refused.as_str()), "{refused}");
    let number = view["number"].as_u64().context("a number")?;
    let again = certify(&mut leader, &[&founded.shares[1], &founded.shares[2]], Some(&lost))?;
    assert_eq!(again["number"].as_u64(), Some(number + 1), "the newcomer's directory came after it, and nothing after that");
    Ok(())
}

#[test]
fn whatever_is_not_two_shares_of_this_office_changes_nothing_and_says_why() -> Result<()> {
    let mut mine = founded()?;
    let other = founded()?;
    let (desk, ours, theirs) = (&mut mine.office.clerk, &mine.shares, &other.shares);
    let before = desk.call("office", Value::Null)?;
    let slip = format!("{}0", &ours[1][..ours[1].len() - 1]);
    let slip = if slip == ours[1] { format!("{}1", &ours[1][..ours[1].len() - 1]) } else { slip };
    let nothing = String::new();
    let cases: [(&[&String], &str); 6] = [
        (&[&ours[0]], "count"),
        (&[&ours[0], &nothing], "no_share"),
        (&[&ours[0], &slip], "slip"),
        (&[&ours[0], &ours[0]], "twice"),
        (&[&ours[0], &theirs[1]], "other_office"),
        (&[&theirs[0], &theirs[1]], "other_office"),
    ];
    for (shares, reason) in cases {
        let error = certify(desk, shares, None).expect_err("refused").to_string();
        assert!(error.starts_with("certify: root_shares") && error.contains(&format!("\"reason\":\"{reason}\"")), "{error}");
        assert!(ours.iter().chain(theirs).all(|share| !error.contains(share.as_str())), "no share is repeated");
    }
    assert_eq!(desk.call("office", Value::Null)?, before);
    let own = own(&before)?["member"].as_str().context("an id")?.to_owned();
    let refused = certify(desk, &[&ours[0], &ours[1]], Some(&own)).expect_err("refused").to_string();
    assert!(refused.starts_with("certify: cannot_revoke_self"), "{refused}");
    Ok(())
}
