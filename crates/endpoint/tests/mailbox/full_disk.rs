//! No room: nothing is acknowledged, what was acknowledged stays, and room that comes back is used.

use endpoint::config::Config;
use protocol::api::{AssignmentsReply, DeliverOutcome};
use protocol::problem::ProblemCode;

use crate::rig::{CLERK, DEVICE, Mailbox, SECOND_CLERK, device, form, member};

#[tokio::test]
async fn a_full_database_acknowledges_nothing_and_loses_nothing() {
    let (mut mailbox, _) = Mailbox::founded_with(Config { max_database_mib: 1, ..Config::default() }).await;
    let mut acknowledged = Vec::new();
    let refused = loop {
        let forms: Vec<_> = (0..16).map(|_| form()).collect();
        let bytes: Vec<Vec<u8>> = forms.iter().map(|form| form.bytes()).collect();
        match mailbox.deliver_from(&device(DEVICE), &bytes.iter().map(Vec::as_slice).collect::<Vec<_>>()).await {
            Ok(outcomes) => acknowledged.extend(forms.into_iter().zip(outcomes)),
            Err(problem) => break (problem, forms),
        }
        assert!(acknowledged.len() < 1000, "a mebibyte is full by now");
    };
    assert_eq!(refused.0, ProblemCode::InsufficientStorage);
    assert!(acknowledged.len() > 32);
    let mut queued = 0;
    for clerk in [CLERK, SECOND_CLERK] {
        queued += mailbox.client.get::<AssignmentsReply>(&member(clerk), "/v1/assignments").await.unwrap().assignments.len();
    }
    assert_eq!(queued, acknowledged.len(), "nothing of the refused batch");

    mailbox.config.max_database_mib = 0;
    mailbox.restart().await;
    for (form, outcome) in &acknowledged {
        assert_eq!(&mailbox.deliver(&[&form.bytes()]).await[0], outcome);
    }
    for form in refused.1 {
        assert!(matches!(mailbox.deliver(&[&form.bytes()]).await[0], DeliverOutcome::Stored(_)));
    }
}
