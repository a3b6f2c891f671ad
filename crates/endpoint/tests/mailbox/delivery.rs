//! Delivery: idempotent by id and content, one bad record never blocks the rest, receipts that verify.

use std::collections::BTreeSet;
use std::sync::Arc;

use minicbor::bytes::ByteVec;
use protocol::api::{AssignmentsReply, DeliverOutcome, DeliverReply, DeliverRequest, HoldReason, TeamCounts};
use protocol::limits::{MAX_BATCH_RECORDS, MAX_ENVELOPE_BYTES};
use protocol::log::LeafKind;
use protocol::problem::ProblemCode;
use protocol::{OfficeId, to_cbor};

use crate::rig::{CLERK, DEVICE, Form, LEADER, Mailbox, OTHER_TEAM, REVOKED_DEVICE, SECOND_CLERK, device, form, member};

async fn counts(mailbox: &Mailbox) -> TeamCounts {
    mailbox.client.get(&member(LEADER), &format!("/v1/teams/{}/counts", crate::rig::TEAM)).await.unwrap()
}

#[tokio::test]
async fn a_delivered_envelope_gets_a_receipt_that_verifies() {
    let (mailbox, office) = Mailbox::founded().await;
    let form = form();
    let outcomes = mailbox.deliver(&[&form.bytes()]).await;
    let [DeliverOutcome::Stored(receipt)] = outcomes.as_slice() else { panic!("{outcomes:?}") };
    let verified = form.verify(receipt, LeafKind::Stored, &office.log_identity());
    assert_eq!(verified.leaf().device, DEVICE);
    assert_eq!(verified.leaf().at, protocol::UnixTime(1_790_000_000), "the endpoint's clock");
}

#[tokio::test(flavor = "multi_thread")]
async fn twelve_identical_uploads_at_once_are_one_record_with_one_receipt() {
    let (mailbox, _) = Mailbox::founded().await;
    let mailbox = Arc::new(mailbox);
    let bytes = form().bytes();
    let uploads = (0..12).map(|_| {
        let (mailbox, bytes) = (Arc::clone(&mailbox), bytes.clone());
        tokio::spawn(async move { mailbox.deliver(&[&bytes]).await.remove(0) })
    });
    let mut receipts = BTreeSet::new();
    for upload in uploads.collect::<Vec<_>>() {
        let outcome = upload.await.unwrap();
        let DeliverOutcome::Stored(receipt) = outcome else { panic!("{outcome:?}") };
        receipts.insert(to_cbor(&receipt));
    }
    assert_eq!(receipts.len(), 1, "byte for byte the same");
    assert_eq!(counts(&mailbox).await.assigned, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn parallel_deliveries_of_different_records_all_get_verifying_receipts() {
    let (mailbox, office) = Mailbox::founded().await;
    let (mailbox, identity) = (Arc::new(mailbox), office.log_identity());
    let uploads: Vec<_> = (0..20)
        .map(|_| {
            let (mailbox, identity) = (Arc::clone(&mailbox), identity.clone());
            tokio::spawn(async move {
                let forms = [form(), form(), form()];
                let bytes = forms.each_ref().map(|form| form.bytes());
                let outcomes = mailbox.deliver(&bytes.each_ref().map(Vec::as_slice)).await;
                for (form, outcome) in forms.iter().zip(outcomes) {
                    let DeliverOutcome::Stored(receipt) = outcome else { panic!("{outcome:?}") };
                    form.verify(&receipt, LeafKind::Stored, &identity);
                }
            })
        })
        .collect();
    for upload in uploads {
        upload.await.unwrap();
    }
    assert_eq!(counts(&mailbox).await.assigned, 60);
}

#[tokio::test]
async fn the_same_id_with_other_content_is_a_conflict_and_changes_nothing() {
    let (mailbox, _) = Mailbox::founded().await;
    let form = form();
    let first = mailbox.deliver(&[&form.bytes()]).await;
    let in_one_batch = mailbox.deliver(&[&form.refilled().bytes(), &form.bytes()]).await;
    assert_eq!(in_one_batch, [DeliverOutcome::Refused(ProblemCode::Conflict), first[0].clone()]);
    assert_eq!(counts(&mailbox).await.assigned, 1);
}

#[tokio::test]
async fn one_bad_record_never_blocks_the_rest() {
    let (mailbox, _) = Mailbox::founded().await;
    let (good, also_good) = (form(), form());
    let mut padded = form().bytes();
    padded.push(0);
    let elsewhere = [
        form().with(|header| header.office = OfficeId([9; 16])),
        form().with(|header| header.team = OTHER_TEAM),
        form().with(|header| header.team_key_epoch = 2),
    ];
    let misaddressed = elsewhere.each_ref().map(|form| form.bytes());
    let unknown_version = form().with(|header| header.version = 2).bytes();
    let too_long = vec![0; MAX_ENVELOPE_BYTES + 1];
    let mut batch: Vec<&[u8]> = vec![b"", &padded, &unknown_version, &too_long];
    batch.extend(misaddressed.iter().map(Vec::as_slice));
    let (first, last) = (good.bytes(), also_good.bytes());
    batch.insert(0, &first);
    batch.push(&last);
    let outcomes = mailbox.deliver(&batch).await;
    assert!(matches!(outcomes.first(), Some(DeliverOutcome::Stored(_))));
    assert!(matches!(outcomes.last(), Some(DeliverOutcome::Stored(_))));
    let refused: Vec<ProblemCode> =
        outcomes.iter().filter_map(|outcome| if let DeliverOutcome::Refused(code) = outcome { Some(*code) } else { None }).collect();
    use ProblemCode::{Malformed, Misaddressed, TooLarge};
    assert_eq!(refused, [Malformed, Malformed, Malformed, TooLarge, Misaddressed, Misaddressed, Misaddressed]);
    assert_eq!(counts(&mailbox).await.assigned, 2);
}

#[tokio::test]
async fn a_batch_is_limited_and_must_be_one() {
    let (mailbox, _) = Mailbox::founded().await;
    let many = DeliverRequest { envelopes: vec![ByteVec::from(vec![0]); MAX_BATCH_RECORDS + 1] };
    let refused = mailbox.client.post::<DeliverReply>(&device(DEVICE), "/v1/records", &many).await;
    assert_eq!(refused.unwrap_err(), ProblemCode::TooLarge);
    let refused = mailbox.client.ask::<DeliverReply>(&device(DEVICE), "POST", "/v1/records", b"no batch".to_vec()).await;
    assert_eq!(refused.unwrap_err(), ProblemCode::Malformed);
    assert!(mailbox.deliver(&[]).await.is_empty());
}

/// Why a record is held, as its clerk is told.
async fn reason(mailbox: &Mailbox, form: &Form) -> Option<HoldReason> {
    let mut all = Vec::new();
    for clerk in [CLERK, SECOND_CLERK] {
        let queue: AssignmentsReply = mailbox.client.get(&member(clerk), "/v1/assignments").await.unwrap();
        all.extend(queue.assignments);
    }
    all.into_iter().find(|assignment| assignment.record == form.record()).unwrap().hold
}

#[tokio::test]
async fn somebody_asked_twice_is_stored_and_held() {
    let (mailbox, office) = Mailbox::founded().await;
    let first = form();
    let second = form().with(|header| header.customer_tag = first.header.customer_tag);
    mailbox.deliver(&[&first.bytes()]).await;
    let outcomes = mailbox.deliver(&[&second.bytes()]).await;
    let [DeliverOutcome::Held(receipt)] = outcomes.as_slice() else { panic!("{outcomes:?}") };
    second.verify(receipt, LeafKind::Stored, &office.log_identity());
    assert_eq!(mailbox.deliver(&[&second.bytes()]).await, outcomes, "asked again, the same");
    let counts = counts(&mailbox).await;
    assert_eq!((counts.assigned, counts.held), (1, 1));
    assert_eq!(reason(&mailbox, &second).await, Some(HoldReason::KnownCustomer));
    assert_eq!(reason(&mailbox, &first).await, None, "the first one goes on");
}

#[tokio::test]
async fn a_replacement_freezes_the_record_of_the_same_person_and_no_other() {
    let (mailbox, _) = Mailbox::founded().await;
    let (old, strangers) = (form(), form());
    mailbox.deliver(&[&old.bytes(), &strangers.bytes()]).await;
    let replacement = form().with(|header| {
        header.customer_tag = old.header.customer_tag;
        header.supersedes = Some(old.record());
    });
    assert!(matches!(mailbox.deliver(&[&replacement.bytes()]).await[0], DeliverOutcome::Stored(_)));
    let now = counts(&mailbox).await;
    assert_eq!((now.assigned, now.held), (2, 1), "the old one is frozen");
    assert_eq!(reason(&mailbox, &old).await, Some(HoldReason::Superseded));

    let attack = form().with(|header| header.supersedes = Some(strangers.record()));
    assert!(matches!(mailbox.deliver(&[&attack.bytes()]).await[0], DeliverOutcome::Held(_)));
    let now = counts(&mailbox).await;
    assert_eq!((now.assigned, now.held), (2, 2), "the stranger's is as it was");
}

#[tokio::test]
async fn a_number_that_follows_ends_the_wait_whichever_comes_first() {
    for number_first in [false, true] {
        let (mailbox, _) = Mailbox::founded().await;
        let newborn = form().with(|header| header.awaits_number = true);
        let number = form().with(|header| header.follows = Some(newborn.record()));
        let (newborn, number) = (newborn.bytes(), number.bytes());
        let order = if number_first { [&number, &newborn] } else { [&newborn, &number] };
        mailbox.deliver(&[order[0]]).await;
        if !number_first {
            assert_eq!(counts(&mailbox).await.awaits_number, 1);
        }
        mailbox.deliver(&[order[1]]).await;
        let now = counts(&mailbox).await;
        assert_eq!((now.assigned, now.awaits_number, now.held), (2, 0, 0), "number first: {number_first}");
    }
}

#[tokio::test]
async fn a_revoked_device_delivers_what_it_holds_and_a_clerk_decides() {
    let (mailbox, _) = Mailbox::founded().await;
    let form = form();
    let outcomes = mailbox.deliver_from(&device(REVOKED_DEVICE), &[&form.bytes()]).await.unwrap();
    assert!(matches!(outcomes.as_slice(), [DeliverOutcome::Held(_)]));
    assert_eq!(reason(&mailbox, &form).await, Some(HoldReason::RevokedDevice));
    let refused = mailbox.client.get::<TeamCounts>(&device(REVOKED_DEVICE), &format!("/v1/teams/{}/counts", crate::rig::TEAM)).await;
    assert_eq!(refused.unwrap_err(), ProblemCode::Revoked);
}
