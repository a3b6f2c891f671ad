//! The endpoint from outside: a real server with real TLS on loopback, a real database in a temporary directory, and a small client that signs.

#![allow(clippy::unwrap_used, reason = "a failed assumption of a test is a failed test")]

mod delivery;
mod destruction;
mod distribution;
mod enrolment;
mod fleet;
mod forward;
mod founding;
mod full_disk;
mod garbage;
mod grace;
mod notes;
mod program;
mod replacement;
mod report;
mod requests;
mod restart;
mod rewrap;
mod rig;
mod roles;
mod team_keys;

#[test]
fn the_openapi_document_is_the_committed_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let generated = endpoint::openapi_document();
    if std::env::var_os("BOGEN_WRITE").is_some() {
        std::fs::write(path, &generated).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), generated, "run this test again with BOGEN_WRITE=1");
}
