//! Who may call what: every route, every role.

use protocol::problem::ProblemCode;

use crate::rig::{ADMIN, CLERK, COUNSELLOR, DEVICE, LEADER, Mailbox, REVOKED_CLERK, REVOKED_DEVICE, Signer, TEAM, device, form, member};

/// Everybody in the office, in the columns of the table below.
fn everybody() -> [(&'static str, Signer); 8] {
    [
        ("admin", member(ADMIN)),
        ("clerk", member(CLERK)),
        ("leader", member(LEADER)),
        ("counsellor", member(COUNSELLOR)),
        ("revoked clerk", member(REVOKED_CLERK)),
        ("device", device(DEVICE)),
        ("revoked device", device(REVOKED_DEVICE)),
        ("stranger", member(protocol::MemberId([0x99; 16]))),
    ]
}

#[tokio::test]
async fn nobody_acts_beyond_their_role() {
    let (mailbox, _) = Mailbox::founded().await;
    let [record, entry, discarding, destruction, replacement, rewrap, forwarding] =
        ["opening", "entry", "discarding", "destruction", "replacement", "rewrap", "forwarding"].map(|action| form().path(action));
    let [distribution, moves] = ["distribution", "moves"].map(|what| format!("/v1/teams/{TEAM}/{what}"));
    let (counts, keys, shares) = (format!("/v1/teams/{TEAM}/counts"), format!("/v1/teams/{TEAM}/keys"), format!("/v1/teams/{TEAM}/shares"));
    let (epochs, rewraps) = (format!("/v1/teams/{TEAM}/epochs"), format!("/v1/teams/{TEAM}/rewraps?after=0"));
    // A statement's content is read before its signer's role: there, "past the door" is a refusal of the nonsense in the body.
    let report = format!("/v1/teams/{TEAM}/report");
    let (canary, canary_opening) = (format!("/v1/teams/{TEAM}/canary"), format!("/v1/teams/{TEAM}/canary/opening"));
    let sync_request = format!("/v1/devices/{DEVICE}/sync-request");
    let table: [(&str, &str, &[&str]); 45] = [
        ("GET", "/v1/directory", &["admin", "clerk", "leader", "counsellor", "device", "revoked device"]),
        // Who may publish is said by the directory that is published (see `founding`).
        ("POST", "/v1/directory", &["admin", "clerk", "leader", "counsellor"]),
        ("POST", "/v1/tickets", &["admin"]),
        ("GET", "/v1/enrolments", &["admin"]),
        ("GET", "/v1/team-keys", &["admin"]),
        ("GET", &keys, &["clerk"]),
        ("POST", &shares, &["clerk"]),
        ("POST", "/v1/records", &["device", "revoked device"]),
        ("GET", "/v1/canaries", &["admin", "clerk", "leader", "counsellor", "device", "revoked device"]),
        ("POST", &canary, &["device"]),
        ("GET", &canary, &["clerk"]),
        ("POST", &canary_opening, &["clerk"]),
        ("POST", "/v1/acceptances", &["device", "revoked device"]),
        ("GET", "/v1/assignments", &["clerk"]),
        ("POST", &record, &["clerk"]),
        ("POST", &entry, &["clerk"]),
        ("DELETE", &entry, &["clerk"]),
        ("POST", &discarding, &["clerk"]),
        ("GET", &destruction, &["clerk"]),
        ("POST", &replacement, &["clerk"]),
        ("GET", &replacement, &["clerk"]),
        ("POST", "/v1/lookups", &["counsellor"]),
        ("POST", "/v1/reconciliations", &["counsellor"]),
        ("GET", &epochs, &["admin", "leader"]),
        ("GET", &rewraps, &["clerk"]),
        ("POST", &rewrap, &["clerk"]),
        ("POST", &forwarding, &["clerk"]),
        ("POST", &form().path("note"), &["clerk"]),
        ("POST", &form().path("answer"), &["counsellor"]),
        ("GET", "/v1/notes", &["counsellor"]),
        ("POST", "/v1/device-states", &["device", "revoked device"]),
        ("GET", "/v1/device-states", &["admin"]),
        ("POST", &sync_request, &["admin"]),
        ("DELETE", &sync_request, &["admin"]),
        ("GET", &counts, &["admin", "leader"]),
        // A leader's alone: how much lies with each colleague is nobody else's business.
        ("GET", &distribution, &["leader"]),
        ("POST", &distribution, &["leader"]),
        ("POST", &moves, &["leader"]),
        ("DELETE", &moves, &["leader"]),
        ("GET", "/v1/teams/32323232-3232-3232-3232-323232323232/distribution", &[]),
        ("POST", "/v1/teams/32323232-3232-3232-3232-323232323232/moves", &[]),
        ("GET", &report, &["admin", "leader"]),
        ("GET", "/v1/teams/32323232-3232-3232-3232-323232323232/report", &["admin"]),
        ("GET", "/v1/log/consistency?from=1&to=1", &["admin", "clerk", "leader", "counsellor", "device", "revoked device"]),
        ("GET", "/v1/teams/32323232-3232-3232-3232-323232323232/counts", &["admin"]),
    ];
    for (method, path, permitted) in table {
        for (name, signer) in everybody() {
            let body = if method == "POST" { b"nonsense".to_vec() } else { Vec::new() };
            let answer = mailbox.client.signed(&signer, method, path, body).await.unwrap();
            let at_work = [ProblemCode::Malformed, ProblemCode::NotFound, ProblemCode::Conflict, ProblemCode::TeamTooSmall];
            let past_the_door = answer.problem.is_none_or(|problem| at_work.contains(&problem));
            assert_eq!(past_the_door, permitted.contains(&name), "{method} {path} as {name}: {:?}", answer.problem);
            let expected = match name {
                "revoked clerk" | "revoked device" => ProblemCode::Revoked,
                "stranger" => ProblemCode::Unauthenticated,
                _ => ProblemCode::Forbidden,
            };
            assert!(past_the_door || answer.problem == Some(expected), "{method} {path} as {name}: {:?}", answer.problem);
        }
    }
}
