//! Founding: once, with the code, and safely repeated.

use office::directory;
use office::founding::FoundingCode;
use office::root::OfficeRoot;
use protocol::UnixTime;
use protocol::api::DirectoryReply;
use protocol::directory::{Member, Role};
use protocol::enrolment::{FoundRequest, IdentityReply};
use protocol::from_cbor;
use protocol::problem::ProblemCode;

use crate::rig::{ADMIN, CLERK, DEVICE, LEADER, Mailbox, Office, REVOKED_CLERK, device, member, secret};

fn request(office: &Office, code: &FoundingCode) -> FoundRequest {
    let directory = office.newest.signed().clone();
    FoundRequest { root_key: office.pin.root_key, mac: code.mac_founding(&office.pin.root_key, &directory), directory }
}

#[tokio::test]
async fn whoever_lacks_the_code_founds_nothing() {
    let mailbox = Mailbox::new().await;
    let running = mailbox.running.as_ref().unwrap();
    let office = Office::founding(running.identity.receipt_key);
    let refused = mailbox.client.plain::<DirectoryReply>("/v1/office", &request(&office, &FoundingCode::make())).await;
    assert_eq!(refused.unwrap_err(), ProblemCode::Unauthenticated);
    let directory = mailbox.client.get::<DirectoryReply>(&member(ADMIN), "/v1/directory").await;
    assert_eq!(directory.unwrap_err(), ProblemCode::Unauthenticated, "still no office");
}

#[tokio::test]
async fn a_directory_with_another_receipt_key_founds_nothing() {
    let mailbox = Mailbox::new().await;
    let code = FoundingCode::parse(mailbox.running.as_ref().unwrap().founding_code.as_ref().unwrap()).unwrap();
    let office = Office::founding(crate::rig::secret([9; 16]).public_key());
    let refused = mailbox.client.plain::<DirectoryReply>("/v1/office", &request(&office, &code)).await;
    assert_eq!(refused.unwrap_err(), ProblemCode::Malformed);
}

#[tokio::test]
async fn the_same_founding_again_gets_the_same_reply_and_another_one_none() {
    let mut mailbox = Mailbox::new().await;
    let running = mailbox.running.as_ref().unwrap();
    let code = FoundingCode::parse(running.founding_code.as_ref().unwrap()).unwrap();
    let office = Office::founding(running.identity.receipt_key);
    let other = Office::founding(running.identity.receipt_key);
    let first: DirectoryReply = mailbox.client.plain("/v1/office", &request(&office, &code)).await.unwrap();
    let again: DirectoryReply = mailbox.client.plain("/v1/office", &request(&office, &code)).await.unwrap();
    assert_eq!(first, again);
    let refused = mailbox.client.plain::<DirectoryReply>("/v1/office", &request(&other, &code)).await;
    assert_eq!(refused.unwrap_err(), ProblemCode::AlreadyFounded);

    mailbox.restart().await;
    assert!(mailbox.running.as_ref().unwrap().founding_code.is_none());
    let later: DirectoryReply = mailbox.client.plain("/v1/office", &request(&office, &code)).await.unwrap();
    assert_eq!(first, later);
}

#[tokio::test]
async fn after_the_founding_the_code_is_nowhere_and_vouches_for_nothing() {
    let mailbox = Mailbox::new().await;
    let text = mailbox.running.as_ref().unwrap().founding_code.as_ref().unwrap().to_string();
    let code = FoundingCode::parse(&text).unwrap();
    let in_key_file = || {
        let file = std::fs::read(mailbox.data().join("endpoint.key")).unwrap();
        file.windows(16).any(|window| window == code.expose_bytes())
    };
    assert!(in_key_file());
    crate::rig::found(&mailbox.client, &text).await;
    assert!(!in_key_file());
    let path = format!("/v1/identity?challenge={}", hex::encode([7; 16]));
    let answer = mailbox.client.raw("GET", &path, &[], Vec::new()).await.unwrap();
    let reply: IdentityReply = from_cbor(&answer.body, 4096).unwrap();
    assert_eq!(reply.founding_mac, None);
}

#[tokio::test]
async fn directories_follow_one_another_and_are_in_the_log() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let newest: DirectoryReply = mailbox.client.get(&member(ADMIN), "/v1/directory").await.unwrap();
    assert_eq!(&newest.directory, office.newest.signed());
    let next = office.next(|edit| edit.with_name("Jobcenter Neustadt"));
    let after = office.next(|edit| edit.with_name("Jobcenter Altstadt"));
    let skipped = mailbox.client.post::<DirectoryReply>(&member(ADMIN), "/v1/directory", &after).await;
    assert_eq!(skipped.unwrap_err(), ProblemCode::DirectoryOutdated);
    let published: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &next).await.unwrap();
    let again: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &next).await.unwrap();
    assert_eq!(published, again);
    assert_eq!(published.receipt.index, 2, "the third directory");
    let old = mailbox.client.post::<DirectoryReply>(&member(ADMIN), "/v1/directory", &newest.directory).await;
    assert_eq!(old.unwrap_err(), ProblemCode::DirectoryOutdated);
}

/// Who may publish is decided by the directory that is published, so that the root can certify somebody new. Nobody gets in by that without the root.
#[tokio::test]
async fn a_directory_is_taken_from_whom_the_root_certified_in_it_and_from_nobody_else() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let known = office.newest.clone();
    let row = Member { roles: vec![Role::Clerk, Role::Admin], ..known.member(&CLERK).unwrap().clone() };
    let forged = OfficeRoot::make().certify(known.office(), CLERK, row.key, known.next_serial(), UnixTime(9));
    let self_made = known.edit(UnixTime(9)).with_member(row).with_certificate(forged).unwrap();
    let self_made = directory::sign(self_made.preview(), known.next_serial(), &secret(CLERK.0));
    let refused = mailbox.client.post::<DirectoryReply>(&member(CLERK), "/v1/directory", &self_made).await;
    assert_eq!(refused.unwrap_err(), ProblemCode::Malformed);
    let next = office.next(|edit| edit.with_name("Jobcenter Neustadt"));
    for (who, problem) in [(CLERK, ProblemCode::Forbidden), (LEADER, ProblemCode::Forbidden), (REVOKED_CLERK, ProblemCode::Revoked)] {
        let refused = mailbox.client.post::<DirectoryReply>(&member(who), "/v1/directory", &next).await;
        assert_eq!(refused.unwrap_err(), problem, "{who:?}");
    }
    let refused = mailbox.client.post::<DirectoryReply>(&device(DEVICE), "/v1/directory", &next).await;
    assert_eq!(refused.unwrap_err(), ProblemCode::Forbidden);
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &next).await.unwrap();
}
