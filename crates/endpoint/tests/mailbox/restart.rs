//! Whatever was answered is there after a restart, byte for byte.

use protocol::api::{ConsistencyReply, DeliverOutcome, DirectoryReply};
use protocol::problem::ProblemCode;

use crate::destruction::{delivered, destroy, open};
use crate::rig::{ADMIN, Form, Mailbox, form, member};

#[tokio::test]
async fn everything_is_still_there_and_receipts_are_the_same_bytes() {
    let (mut mailbox, office) = Mailbox::founded().await;
    let (entered, waiting) = (form(), form());
    let (clerk, _) = delivered(&mailbox, &entered).await;
    open(&mailbox, clerk, &entered).await.unwrap();
    let destroyed = destroy(&mailbox, clerk, &entered, entered.token).await.unwrap();
    let before = mailbox.deliver(&[&waiting.bytes(), &entered.bytes()]).await;
    mailbox.restart().await;

    let after = mailbox.deliver(&[&waiting.bytes(), &entered.bytes()]).await;
    assert_eq!(before, after);
    let (DeliverOutcome::Stored(old), DeliverOutcome::Stored(new)) = (&before[0], &after[0]) else { panic!("{after:?}") };
    assert_eq!(Form::encoded(old), Form::encoded(new));
    assert_eq!(destroy(&mailbox, clerk, &entered, entered.token).await.unwrap(), destroyed);
    let newest: DirectoryReply = mailbox.client.get(&member(ADMIN), "/v1/directory").await.unwrap();
    assert_eq!(&newest.directory, office.newest.signed());
    // The client of the rig has verified, with each answer, that the log goes on where it was; here it goes on growing.
    assert!(matches!(mailbox.deliver(&[&form().bytes()]).await[0], DeliverOutcome::Stored(_)));
}

#[tokio::test]
async fn any_two_sizes_of_the_log_are_proved_consistent() {
    let (mailbox, _) = Mailbox::founded().await;
    for _ in 0..6 {
        mailbox.deliver(&[&form().bytes()]).await;
    }
    let path: ConsistencyReply = mailbox.client.get(&member(ADMIN), "/v1/log/consistency?from=3&to=7").await.unwrap();
    assert!(!path.path.is_empty());
    for (sizes, problem) in [("from=3&to=9", ProblemCode::NotFound), ("from=4&to=3", ProblemCode::NotFound), ("from=a", ProblemCode::Malformed)] {
        let refused = mailbox.client.get::<ConsistencyReply>(&member(ADMIN), &format!("/v1/log/consistency?{sizes}")).await;
        assert_eq!(refused.unwrap_err(), problem, "{sizes}");
    }
}

#[tokio::test]
async fn a_log_that_was_tampered_with_is_not_served() {
    let (mut mailbox, _) = Mailbox::founded().await;
    mailbox.stop().await;
    let database = rusqlite::Connection::open(mailbox.data().join(endpoint::DATABASE_FILE)).unwrap();
    database.execute("UPDATE node SET hash = randomblob(32) WHERE level = 0 AND position = 0", []).unwrap();
    database.execute("UPDATE node SET hash = randomblob(32) WHERE level = 1 AND position = 0", []).unwrap();
    drop(database);
    let clock = std::sync::Arc::clone(&mailbox.clock) as std::sync::Arc<dyn clock::Clock>;
    let options = endpoint::ServeOptions { data_dir: mailbox.data(), config: mailbox.config.clone(), clock };
    let refused = endpoint::serve(options).await.err();
    assert!(matches!(refused, Some(endpoint::ServeError::Store(endpoint::StoreFault::Damaged(_)))));
}

#[tokio::test]
async fn a_nonce_does_not_outlive_the_process() {
    let (mut mailbox, _) = Mailbox::founded().await;
    let nonce = mailbox.client.nonce().await;
    mailbox.restart().await;
    let headers = mailbox.client.sign(&member(ADMIN), "GET", "/v1/directory", b"", &nonce, 0);
    let stale = mailbox.client.raw("GET", "/v1/directory", &headers.pairs(), Vec::new()).await.unwrap();
    assert_eq!(stale.problem, Some(ProblemCode::NonceStale));
}
