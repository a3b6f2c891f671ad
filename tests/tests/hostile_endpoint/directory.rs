//! The directory says who counts and which keys: the endpoint hands it out, and can neither write nor choose it.

use office::keys::SigningSecret;
use office::statements;
use protocol::directory::Role;
use protocol::enrolment::TeamKeyStatement;
use protocol::{Context, UnixTime, to_cbor};
use rusqlite::params;
use serde_json::{Value, json};
use testkit::backlog;
use testkit::caller::Caller;

use crate::{Hostile, turned};

/// A team's key of the operator's own, a clerk's key, a member with another role, the log's key: each would let somebody in, and each costs the signature.
#[test]
fn a_directory_with_a_key_or_a_role_exchanged_is_taken_by_nobody() {
    let mut hostile = Hostile::new();
    let directory = hostile.directory();
    let clerk = directory.members.iter().find(|member| member.roles.contains(&Role::Clerk)).expect("a clerk");
    let team_key = directory.teams[0].keys[0].public_key.to_vec();
    let known = hostile.desk.call("status", Value::Null).expect("the state");
    let exchanged: [(&str, Vec<u8>); 3] = [
        ("the team's key", team_key[..64].to_vec()),
        ("a clerk's key", clerk.key.0.to_vec()),
        ("the log's key", directory.endpoint.receipt_key.0.to_vec()),
    ];
    for (at, (what, bytes)) in exchanged.iter().enumerate() {
        hostile.publish(&format!("Leistung {at} neu"));
        hostile.wire.alter("GET /v1/directory", bytes, &turned(bytes));
        assert_eq!(hostile.desk.code_of("contact", Value::Null).expect(what), "directory_invalid");
        assert!(hostile.wire.end_altering() > 0, "{what} was exchanged");
    }
    backlog::seal(&mut hostile.desk, 1, 1, 2).expect("sealed to the key that was known before");
    hostile.desk.call("contact", Value::Null).expect("the true one is taken again");
    assert_eq!(hostile.desk.call("sync", Value::Null).expect("delivered")["delivered"], 2);
    assert_eq!(hostile.desk.call("status", Value::Null).expect("the state")["session"], known["session"]);
    let row = hostile.office.clerk.call("queue", Value::Null).expect("a queue")["rows"][0]["record"].clone();
    hostile.office.clerk.call("record_open", json!({ "record": row })).expect("the true clerk opens them");
}

/// The operator shows the directory of before somebody was revoked.
#[test]
fn a_directory_of_before_is_taken_by_nobody_who_saw_a_later_one() {
    let mut hostile = Hostile::new();
    let view = hostile.office.admin.call("office", Value::Null).expect("the office");
    let staff = view["staff"].as_array().expect("staff").clone();
    hostile.publish("Leistung Süd");
    hostile.desk.call("contact", Value::Null).expect("the newest one");
    hostile.rewrite(|sql| {
        assert_eq!(sql.execute("DELETE FROM directory WHERE number = (SELECT max(number) FROM directory)", []).expect("gone"), 1);
    });
    // Whoever asks for what is newer is told of an older one, or refused: in no case is it taken.
    let outcome = hostile.desk.code_of("contact", Value::Null);
    assert!(["directory_invalid", "endpoint_refused"].contains(&outcome.expect("noticed").as_str()));
    let teams = hostile.office.admin.call("office", Value::Null).map(|view| view["teams"].as_array().map_or(0, Vec::len));
    assert_eq!(teams.unwrap_or(2), 2, "the administrator's app shows the one it knows");
    assert_eq!(staff.len(), 3);
}

/// A team key of the operator's own, announced in a clerk's name, when the next one is asked for.
#[test]
fn a_team_key_announced_in_a_clerks_name_is_never_published() {
    let mut hostile = Hostile::new();
    let team = hostile.office.team.clone();
    hostile.office.admin.call("team_key_renew", json!({ "team": team })).expect("asked for");
    let directory = hostile.directory();
    let (row, clerk) = (&directory.teams[0], directory.members.iter().find(|member| member.roles.contains(&Role::Clerk)).expect("a clerk").member);
    let mut public_key = row.keys[0].public_key.to_vec();
    public_key.reverse();
    let statement = TeamKeyStatement {
        version: 1,
        office: directory.office,
        team: row.team,
        epoch: 2,
        public_key: public_key.into(),
        made_by: clerk,
        at: UnixTime(1),
    };
    let forged = to_cbor(&statements::sign(Context::TeamKeyV1, &statement, clerk, &SigningSecret::make()));
    hostile.rewrite(|sql| {
        let insert = "INSERT INTO team_key (team, epoch, made_by, bytes) VALUES (?1, 2, ?2, ?3)";
        sql.execute(insert, params![statement.team.0, clerk.0, forged]).expect("announced");
    });
    let keys = |hostile: &mut Hostile| {
        hostile.office.admin.call("contact", Value::Null).expect("a contact");
        hostile.directory().teams[0].keys.clone()
    };
    assert_eq!(keys(&mut hostile).len(), 1, "nobody seals to it");
    hostile.rewrite(|sql| {
        sql.execute("DELETE FROM team_key WHERE epoch = 2", []).expect("the true one has room");
    });
    hostile.office.clerk.call("contact", Value::Null).expect("makes the true one");
    let now = keys(&mut hostile);
    assert_eq!((now.len(), now[1].made_by), (2, clerk));
    assert_ne!(now[1].public_key, statement.public_key);
}
