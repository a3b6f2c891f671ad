//! A clerk's way with a record, to its tombstone.

use office::statements;
use protocol::api::{
    AcceptRequest, AssignmentsReply, DeliverOutcome, DeliverReply, DeliverRequest, DestroyRequest, Done, HoldReason, OpenReply, ReceiptReply,
    RecordState, RecordStatement, TeamCounts,
};
use protocol::log::LeafKind;
use protocol::problem::ProblemCode;
use protocol::{Context, MemberId, RecordId, Tag, Token, UnixTime};

use crate::rig::{ADMIN, CLERK, Form, LEADER, Mailbox, REVOKED_DEVICE, SECOND_CLERK, device, form, member, secret};

pub fn statement(context: Context, clerk: MemberId, form: &Form) -> protocol::enrolment::SignedStatement {
    let statement = RecordStatement { version: 1, record: form.record(), digest: form.digest(), clerk, at: UnixTime(5) };
    statements::sign(context, &statement, clerk, &secret(clerk.0))
}

pub async fn open(mailbox: &Mailbox, clerk: MemberId, form: &Form) -> Result<OpenReply, ProblemCode> {
    mailbox.client.post(&member(clerk), &form.path("opening"), &Done {}).await
}

pub async fn accept(mailbox: &Mailbox, clerk: MemberId, form: &Form) -> Result<ReceiptReply, ProblemCode> {
    let request = AcceptRequest { statement: statement(Context::AcceptedV1, clerk, form) };
    mailbox.client.post(&member(clerk), &form.path("acceptance"), &request).await
}

pub async fn destroy(mailbox: &Mailbox, clerk: MemberId, form: &Form, token: Token) -> Result<ReceiptReply, ProblemCode> {
    let request = DestroyRequest { statement: statement(Context::EnteredV1, clerk, form), token };
    mailbox.client.post(&member(clerk), &form.path("destruction"), &request).await
}

/// Delivers one form and returns the clerk it went to, and the other one.
pub async fn delivered(mailbox: &Mailbox, form: &Form) -> (MemberId, MemberId) {
    assert!(matches!(mailbox.deliver(&[&form.bytes()]).await[0], DeliverOutcome::Stored(_)));
    clerk_of(mailbox, form).await
}

async fn clerk_of(mailbox: &Mailbox, form: &Form) -> (MemberId, MemberId) {
    let queue: AssignmentsReply = mailbox.client.get(&member(CLERK), "/v1/assignments").await.unwrap();
    let hers = queue.assignments.iter().any(|assignment| assignment.record == form.record());
    if hers { (CLERK, SECOND_CLERK) } else { (SECOND_CLERK, CLERK) }
}

/// State of the first record in a clerk's queue, and why it is held.
async fn standing(mailbox: &Mailbox, clerk: MemberId) -> (RecordState, Option<HoldReason>) {
    let queue: AssignmentsReply = mailbox.client.get(&member(clerk), "/v1/assignments").await.unwrap();
    (queue.assignments[0].state, queue.assignments[0].hold)
}

#[tokio::test]
async fn from_the_queue_to_the_tombstone() {
    let (mailbox, office) = Mailbox::founded().await;
    let form = form();
    let (clerk, _) = delivered(&mailbox, &form).await;
    let queue: AssignmentsReply = mailbox.client.get(&member(clerk), "/v1/assignments").await.unwrap();
    assert_eq!((queue.assignments[0].state, queue.assignments[0].opened_before), (RecordState::Assigned, false));

    let opened = open(&mailbox, clerk, &form).await.unwrap();
    assert_eq!(opened.envelope.as_slice(), form.bytes());
    assert!(!opened.opened_before);
    let stored = form.verify(&opened.receipt, LeafKind::Stored, &office.log_identity());
    assert!(open(&mailbox, clerk, &form).await.unwrap().opened_before, "möglicherweise schon erfasst");
    let queue: AssignmentsReply = mailbox.client.get(&member(clerk), "/v1/assignments").await.unwrap();
    assert_eq!((queue.assignments[0].state, queue.assignments[0].opened_before), (RecordState::Opened, true), "as opening it once more says");
    assert_eq!((queue.assignments[0].hold, opened.hold), (None, None));

    let accepted = accept(&mailbox, clerk, &form).await.unwrap();
    form.verify(&accepted.receipt, LeafKind::Accepted, &office.log_identity());
    assert_eq!(accept(&mailbox, clerk, &form).await.unwrap(), accepted);
    let destroyed = destroy(&mailbox, clerk, &form, form.token).await.unwrap();
    let leaf = form.verify(&destroyed.receipt, LeafKind::Destroyed, &office.log_identity());
    assert!(leaf.leaf().statement.is_some());
    assert_eq!(destroy(&mailbox, clerk, &form, form.token).await.unwrap(), destroyed, "asked again, the same");

    assert_eq!(open(&mailbox, clerk, &form).await.unwrap_err(), ProblemCode::Destroyed);
    let late = mailbox.deliver(&[&form.bytes(), &form.refilled().bytes()]).await;
    let [DeliverOutcome::Tombstone(first, last), DeliverOutcome::Refused(ProblemCode::Conflict)] = late.as_slice() else { panic!("{late:?}") };
    assert_eq!(form.verify(first, LeafKind::Stored, &office.log_identity()).index(), stored.index());
    assert_eq!(*last, destroyed.receipt);
    let counts: TeamCounts = mailbox.client.get(&member(LEADER), &format!("/v1/teams/{}/counts", crate::rig::TEAM)).await.unwrap();
    assert_eq!(counts, TeamCounts { destroyed: 1, overdue: Some(vec![0; 4]), asked: Some(0), ..TeamCounts::default() });
}

#[tokio::test]
async fn a_lost_reply_is_answered_again_to_the_clerk_who_confirmed_and_to_nobody_else() {
    let (mailbox, _) = Mailbox::founded().await;
    let form = form();
    let (clerk, other) = delivered(&mailbox, &form).await;
    let asked = async |who| mailbox.client.get::<ReceiptReply>(&member(who), &form.path("destruction")).await;
    assert_eq!(asked(clerk).await.unwrap_err(), ProblemCode::NotFound, "not opened");
    open(&mailbox, clerk, &form).await.unwrap();
    assert_eq!(asked(clerk).await.unwrap_err(), ProblemCode::NotFound, "not destroyed");
    let destroyed = destroy(&mailbox, clerk, &form, form.token).await.unwrap();
    assert_eq!(asked(clerk).await.unwrap(), destroyed);
    assert_eq!(asked(other).await.unwrap_err(), ProblemCode::NotFound);
    assert_eq!(asked(ADMIN).await.unwrap_err(), ProblemCode::Forbidden);
}

#[tokio::test]
async fn whoever_cannot_show_the_token_destroys_nothing() {
    let (mailbox, _) = Mailbox::founded().await;
    let form = form();
    let (clerk, other) = delivered(&mailbox, &form).await;
    assert_eq!(destroy(&mailbox, clerk, &form, form.token).await.unwrap_err(), ProblemCode::Conflict, "not opened");
    open(&mailbox, clerk, &form).await.unwrap();
    let mut wrong = form.token;
    wrong.0[15] ^= 1;
    assert_eq!(destroy(&mailbox, clerk, &form, wrong).await.unwrap_err(), ProblemCode::Forbidden);
    assert_eq!(destroy(&mailbox, other, &form, form.token).await.unwrap_err(), ProblemCode::NotFound, "not hers");
    assert_eq!(open(&mailbox, other, &form).await.unwrap_err(), ProblemCode::NotFound);
    assert_eq!(open(&mailbox, ADMIN, &form).await.unwrap_err(), ProblemCode::Forbidden);
    assert_eq!(open(&mailbox, clerk, &form).await.unwrap().envelope.as_slice(), form.bytes(), "still there");
}

#[tokio::test]
async fn a_statement_counts_for_its_own_record_content_and_purpose_only() {
    let (mailbox, _) = Mailbox::founded().await;
    let form = form();
    let (clerk, other) = delivered(&mailbox, &form).await;
    open(&mailbox, clerk, &form).await.unwrap();
    let send = |statement| {
        let request = DestroyRequest { statement, token: form.token };
        let (path, client) = (form.path("destruction"), &mailbox.client);
        async move { client.post::<ReceiptReply>(&member(clerk), &path, &request).await.unwrap_err() }
    };
    assert_eq!(send(statement(Context::AcceptedV1, clerk, &form)).await, ProblemCode::Malformed, "accepted is not entered");
    assert_eq!(send(statement(Context::EnteredV1, other, &form)).await, ProblemCode::Malformed, "a colleague's word");
    assert_eq!(send(statement(Context::EnteredV1, clerk, &crate::rig::form())).await, ProblemCode::Malformed, "another record");
    assert_eq!(send(statement(Context::EnteredV1, clerk, &form.refilled())).await, ProblemCode::Conflict, "other content");
}

#[tokio::test]
async fn an_entry_that_waits_for_a_number_is_not_opened() {
    let (mailbox, _) = Mailbox::founded().await;
    let newborn = form().with(|header| header.awaits_number = true);
    let (clerk, _) = delivered(&mailbox, &newborn).await;
    assert_eq!(open(&mailbox, clerk, &newborn).await.unwrap_err(), ProblemCode::Conflict);
}

#[tokio::test]
async fn a_held_entry_that_waits_for_a_number_is_not_opened_before_it_came() {
    let (mailbox, _) = Mailbox::founded().await;
    let newborn = form().with(|header| header.awaits_number = true);
    let held = mailbox.deliver_from(&device(REVOKED_DEVICE), &[&newborn.bytes()]).await.unwrap();
    assert!(matches!(held.as_slice(), [DeliverOutcome::Held(_)]));
    let clerk = clerk_of(&mailbox, &newborn).await.0;
    assert_eq!(standing(&mailbox, clerk).await, (RecordState::AwaitsNumber, Some(HoldReason::RevokedDevice)), "both are told");
    assert_eq!(open(&mailbox, clerk, &newborn).await.unwrap_err(), ProblemCode::Conflict);
    assert_eq!(destroy(&mailbox, clerk, &newborn, newborn.token).await.unwrap_err(), ProblemCode::Conflict);
    let number = form().with(|header| header.follows = Some(newborn.record()));
    mailbox.deliver(&[&number.bytes()]).await;
    assert_eq!(standing(&mailbox, clerk).await, (RecordState::Held, Some(HoldReason::RevokedDevice)));
    let opened = open(&mailbox, clerk, &newborn).await.expect("held, with its number");
    assert_eq!(opened.hold, Some(HoldReason::RevokedDevice), "the form itself says why, too");
    destroy(&mailbox, clerk, &newborn, newborn.token).await.unwrap();
}

#[tokio::test]
async fn a_tag_is_known_after_its_record_was_destroyed() {
    let (mailbox, _) = Mailbox::founded().await;
    let first = form();
    let (clerk, _) = delivered(&mailbox, &first).await;
    open(&mailbox, clerk, &first).await.unwrap();
    destroy(&mailbox, clerk, &first, first.token).await.unwrap();
    let again = form().with(|header| header.customer_tag = first.header.customer_tag);
    assert!(matches!(mailbox.deliver(&[&again.bytes()]).await[0], DeliverOutcome::Held(_)), "the person was asked");
}

#[tokio::test]
async fn destroyed_bytes_are_in_no_file_any_more() {
    let (mut mailbox, _) = Mailbox::founded().await;
    let forms: Vec<Form> = (0..10).map(|_| form()).collect();
    let (gone, kept) = forms.split_at(7);
    let mut clerks = Vec::new();
    for form in &forms {
        clerks.push(delivered(&mailbox, form).await.0);
    }
    for (form, clerk) in gone.iter().zip(clerks) {
        open(&mailbox, clerk, form).await.unwrap();
        destroy(&mailbox, clerk, form, form.token).await.unwrap();
    }
    mailbox.stop().await;
    let files: Vec<Vec<u8>> = std::fs::read_dir(mailbox.data()).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    let traces = |form: &Form| files.iter().flat_map(|bytes| bytes.windows(16)).filter(|window| *window == form.needle()).count();
    for form in gone {
        assert_eq!(traces(form), 0, "ciphertext of a destroyed record");
    }
    for form in kept {
        assert!(traces(form) > 100, "the search finds what is there");
    }
}

/// What is not held is to be entered: nobody has it destroyed without that, and nobody passes off the one word for the other.
#[tokio::test]
async fn only_a_held_record_is_destroyed_without_entry_and_only_on_that_very_word() {
    let (mailbox, _) = Mailbox::founded().await;
    let first = form();
    let second = form().with(|header| header.customer_tag = first.header.customer_tag);
    let (clerk, _) = delivered(&mailbox, &first).await;
    mailbox.deliver(&[&second.bytes()]).await;
    let discard = async |clerk, form: &Form, context, token| {
        let request = DestroyRequest { statement: statement(context, clerk, form), token };
        mailbox.client.post::<ReceiptReply>(&member(clerk), &form.path("discarding"), &request).await
    };
    open(&mailbox, clerk, &first).await.unwrap();
    assert_eq!(discard(clerk, &first, Context::DiscardedV1, first.token).await.unwrap_err(), ProblemCode::Conflict);
    let holder = if open(&mailbox, CLERK, &second).await.is_ok() { CLERK } else { SECOND_CLERK };
    open(&mailbox, holder, &second).await.unwrap();
    let other = if holder == CLERK { SECOND_CLERK } else { CLERK };
    assert_eq!(discard(holder, &second, Context::EnteredV1, second.token).await.unwrap_err(), ProblemCode::Malformed);
    assert_eq!(discard(holder, &second, Context::DiscardedV1, first.token).await.unwrap_err(), ProblemCode::Forbidden);
    assert_eq!(discard(other, &second, Context::DiscardedV1, second.token).await.unwrap_err(), ProblemCode::NotFound);
    let receipt = discard(holder, &second, Context::DiscardedV1, second.token).await.unwrap();
    assert_eq!(discard(holder, &second, Context::DiscardedV1, second.token).await.unwrap(), receipt, "once, and the same receipt");
    assert_eq!(open(&mailbox, holder, &second).await.unwrap_err(), ProblemCode::Destroyed);
    open(&mailbox, clerk, &first).await.expect("the first form is there");

    // A change of mind that came from a revoked device: opening it destroys what it replaces, so it is entered, or stays.
    let change = form().with(|header| (header.customer_tag, header.supersedes) = (Tag([9; 32]), Some(RecordId([9; 16]))));
    let request = DeliverRequest { envelopes: vec![change.bytes().into()] };
    let _: DeliverReply = mailbox.client.post(&device(REVOKED_DEVICE), "/v1/records", &request).await.unwrap();
    let holder = if open(&mailbox, CLERK, &change).await.is_ok() { CLERK } else { SECOND_CLERK };
    open(&mailbox, holder, &change).await.unwrap();
    assert_eq!(discard(holder, &change, Context::DiscardedV1, change.token).await.unwrap_err(), ProblemCode::Conflict);
}
