//! The grace after "gespeichert": the clerk can take it back, and nobody else can do anything; when it is over, nothing of hers is needed.

use std::time::Duration;

use office::directory::DirectoryEdit;
use protocol::api::{Assignment, AssignmentsReply, DeliverOutcome, DestroyRequest, DirectoryReply, Done, EntryReply, ReceiptReply, ReplacedState};
use protocol::directory::Standing;
use protocol::log::LeafKind;
use protocol::problem::ProblemCode;
use protocol::{Context, MemberId, Token, UnixTime};

use crate::destruction::{accept, delivered, destroy, open, statement};
use crate::replacement::{change_of_mind, replace};
use crate::rig::{ADMIN, CLERK, Form, Mailbox, SECOND_CLERK, form, member};

const GRACE: u64 = 900;

async fn enter_with(mailbox: &Mailbox, clerk: MemberId, form: &Form, token: Token) -> Result<UnixTime, ProblemCode> {
    let request = DestroyRequest { statement: statement(Context::EnteredV1, clerk, form), token };
    let reply: EntryReply = mailbox.client.post(&member(clerk), &form.path("entry"), &request).await?;
    Ok(reply.due)
}

pub async fn enter(mailbox: &Mailbox, clerk: MemberId, form: &Form) -> Result<UnixTime, ProblemCode> {
    enter_with(mailbox, clerk, form, form.token).await
}

pub async fn take_back(mailbox: &Mailbox, clerk: MemberId, form: &Form) -> Result<(), ProblemCode> {
    mailbox.client.delete::<Done>(&member(clerk), &form.path("entry")).await.map(|_| ())
}

async fn row(mailbox: &Mailbox, clerk: MemberId, form: &Form) -> Option<Assignment> {
    let queue: AssignmentsReply = mailbox.client.get(&member(clerk), "/v1/assignments").await.unwrap();
    queue.assignments.into_iter().find(|row| row.record == form.record())
}

/// Whatever is due has been destroyed after this: the endpoint looks every other second.
async fn sweep() {
    tokio::time::sleep(Duration::from_millis(2_600)).await;
}

async fn receipt(mailbox: &Mailbox, clerk: MemberId, form: &Form) -> Result<ReceiptReply, ProblemCode> {
    mailbox.client.get(&member(clerk), &form.path("destruction")).await
}

/// A form that its clerk has open; with her, and with her colleague.
async fn opened(mailbox: &Mailbox) -> (Form, MemberId, MemberId) {
    let form = form();
    let (clerk, other) = delivered(mailbox, &form).await;
    open(mailbox, clerk, &form).await.unwrap();
    (form, clerk, other)
}

#[tokio::test]
async fn taken_back_in_time_the_form_is_there_as_before() {
    let (mailbox, _) = Mailbox::founded().await;
    let (form, clerk, other) = opened(&mailbox).await;
    take_back(&mailbox, clerk, &form).await.expect("nothing to take back");
    let due = enter(&mailbox, clerk, &form).await.unwrap();
    assert_eq!(due, UnixTime(1_790_000_000).plus(GRACE));
    mailbox.clock.advance(60);
    assert_eq!(enter(&mailbox, clerk, &form).await.unwrap(), due, "asked again, the same");
    assert_eq!(row(&mailbox, clerk, &form).await.unwrap().due, Some(due));
    assert_eq!(open(&mailbox, clerk, &form).await.unwrap_err(), ProblemCode::Conflict, "to be taken back first");
    assert_eq!(receipt(&mailbox, clerk, &form).await.unwrap_err(), ProblemCode::NotFound);
    assert_eq!(take_back(&mailbox, other, &form).await.unwrap_err(), ProblemCode::NotFound);
    assert_eq!(enter(&mailbox, other, &form).await.unwrap_err(), ProblemCode::NotFound);
    assert_eq!(take_back(&mailbox, ADMIN, &form).await.unwrap_err(), ProblemCode::Forbidden);

    for _ in 0..2 {
        take_back(&mailbox, clerk, &form).await.expect("and again");
    }
    assert_eq!(row(&mailbox, clerk, &form).await.unwrap().due, None);
    mailbox.clock.advance(GRACE + 1);
    sweep().await;
    let opened = open(&mailbox, clerk, &form).await.unwrap();
    assert_eq!((opened.envelope.as_slice(), opened.opened_before), (&form.bytes()[..], true));
    assert!(enter(&mailbox, clerk, &form).await.unwrap() > due, "another grace");
}

#[tokio::test]
async fn after_the_grace_it_is_destroyed_on_her_word_also_after_a_restart() {
    let (mut mailbox, office) = Mailbox::founded().await;
    let (form, clerk, other) = opened(&mailbox).await;
    enter(&mailbox, clerk, &form).await.unwrap();
    mailbox.clock.advance(GRACE - 1);
    sweep().await;
    assert!(row(&mailbox, clerk, &form).await.is_some(), "not before");
    mailbox.stop().await;
    mailbox.clock.advance(1);
    mailbox.restart().await;
    sweep().await;
    assert!(row(&mailbox, clerk, &form).await.is_none());

    let destroyed = receipt(&mailbox, clerk, &form).await.unwrap();
    let leaf = form.verify(&destroyed.receipt, LeafKind::Destroyed, &office.log_identity());
    assert!(leaf.leaf().statement.is_some(), "her word");
    assert_eq!(receipt(&mailbox, other, &form).await.unwrap_err(), ProblemCode::NotFound);
    assert_eq!(destroy(&mailbox, clerk, &form, form.token).await.unwrap(), destroyed, "at once now is the same");
    for late in [take_back(&mailbox, clerk, &form).await, enter(&mailbox, clerk, &form).await.map(|_| ())] {
        assert_eq!(late.unwrap_err(), ProblemCode::Destroyed, "too late");
    }
    assert_eq!(open(&mailbox, clerk, &form).await.unwrap_err(), ProblemCode::Destroyed);
    assert!(matches!(mailbox.deliver(&[&form.bytes()]).await[0], DeliverOutcome::Tombstone(_, _)));
}

#[tokio::test]
async fn a_word_counts_under_the_same_conditions_as_a_destruction_at_once() {
    let (mailbox, _) = Mailbox::founded().await;
    let form = form();
    let (clerk, _) = delivered(&mailbox, &form).await;
    assert_eq!(enter(&mailbox, clerk, &form).await.unwrap_err(), ProblemCode::Conflict, "not opened");
    open(&mailbox, clerk, &form).await.unwrap();
    let mut wrong = form.token;
    wrong.0[15] ^= 1;
    assert_eq!(enter_with(&mailbox, clerk, &form, wrong).await.unwrap_err(), ProblemCode::Forbidden);
    let request = DestroyRequest { statement: statement(Context::AcceptedV1, clerk, &form), token: form.token };
    let accepted = mailbox.client.post::<EntryReply>(&member(clerk), &form.path("entry"), &request).await;
    assert_eq!(accepted.unwrap_err(), ProblemCode::Malformed, "accepted is not entered");
    assert_eq!(enter(&mailbox, clerk, &form.refilled()).await.unwrap_err(), ProblemCode::Conflict, "other content");
    assert_eq!(row(&mailbox, clerk, &form).await.unwrap().due, None);
}

#[tokio::test]
async fn destroyed_at_once_nothing_is_left_to_take_back() {
    let (mailbox, _) = Mailbox::founded().await;
    let (form, clerk, _) = opened(&mailbox).await;
    enter(&mailbox, clerk, &form).await.unwrap();
    let destroyed = destroy(&mailbox, clerk, &form, form.token).await.unwrap();
    mailbox.clock.advance(GRACE);
    sweep().await;
    assert_eq!(take_back(&mailbox, clerk, &form).await.unwrap_err(), ProblemCode::Destroyed);
    assert_eq!(receipt(&mailbox, clerk, &form).await.unwrap(), destroyed, "destroyed once");
}

#[tokio::test]
async fn what_arrives_in_the_grace_and_replaces_the_form_ends_it() {
    let (mailbox, _) = Mailbox::founded().await;
    let (old, clerk, _) = opened(&mailbox).await;
    enter(&mailbox, clerk, &old).await.unwrap();
    let later = change_of_mind(&old);
    mailbox.deliver(&[&later.bytes()]).await;
    assert_eq!(row(&mailbox, clerk, &old).await.unwrap().due, None);
    assert_eq!(enter(&mailbox, clerk, &old).await.unwrap_err(), ProblemCode::Superseded, "out of date");
    mailbox.clock.advance(GRACE);
    sweep().await;
    assert!(row(&mailbox, clerk, &old).await.is_some(), "not as entered");
    let replaced = open(&mailbox, clerk, &later).await.unwrap().replaces.unwrap();
    assert_eq!((replaced[0].state, replaced[0].opened), (ReplacedState::Frozen, true), "it may be entered already");
    accept(&mailbox, clerk, &later).await.unwrap();
    open(&mailbox, clerk, &old).await.unwrap();
    replace(&mailbox, clerk, &old, &later).await.unwrap();
    assert_eq!(take_back(&mailbox, clerk, &old).await.unwrap_err(), ProblemCode::Superseded);
}

#[tokio::test]
async fn a_number_goes_with_its_form_and_never_before_it() {
    let (mailbox, office) = Mailbox::founded().await;
    let newborn = form().with(|header| header.awaits_number = true);
    let number = form().with(|header| {
        header.unit_tag = newborn.header.unit_tag;
        header.follows = Some(newborn.record());
    });
    let (clerk, _) = delivered(&mailbox, &newborn).await;
    mailbox.deliver(&[&number.bytes()]).await;
    for one in [&newborn, &number] {
        open(&mailbox, clerk, one).await.unwrap();
    }
    let due = enter(&mailbox, clerk, &newborn).await.unwrap();
    mailbox.clock.advance(60);
    assert_eq!(enter(&mailbox, clerk, &number).await.unwrap(), due, "together");
    take_back(&mailbox, clerk, &newborn).await.expect("a kill, and the number's word stays");
    mailbox.clock.advance(GRACE);
    sweep().await;
    let kept = row(&mailbox, clerk, &number).await.expect("the form has no other number");
    assert_eq!(kept.due, None);

    open(&mailbox, clerk, &newborn).await.unwrap();
    open(&mailbox, clerk, &number).await.unwrap();
    enter(&mailbox, clerk, &newborn).await.unwrap();
    enter(&mailbox, clerk, &number).await.unwrap();
    mailbox.clock.advance(GRACE);
    sweep().await;
    let position = async |one: &Form| {
        let reply = receipt(&mailbox, clerk, one).await.unwrap();
        one.verify(&reply.receipt, LeafKind::Destroyed, &office.log_identity()).index()
    };
    assert!(position(&newborn).await < position(&number).await);
}

#[tokio::test]
async fn the_word_of_a_clerk_who_left_counts_and_nobody_gets_the_form_meanwhile() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let (form, clerk, other) = opened(&mailbox).await;
    enter(&mailbox, clerk, &form).await.unwrap();
    assert!([CLERK, SECOND_CLERK].contains(&clerk));
    let standing = |standing| move |edit: DirectoryEdit| edit.with_member_standing(clerk, standing).unwrap();
    let gone = office.next(standing(Standing::Revoked));
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &gone).await.unwrap();
    assert!(row(&mailbox, other, &form).await.is_none(), "entered already");
    assert_eq!(open(&mailbox, other, &form).await.unwrap_err(), ProblemCode::Conflict);
    assert_eq!(take_back(&mailbox, other, &form).await.unwrap_err(), ProblemCode::NotFound, "not her word");
    mailbox.clock.advance(GRACE);
    sweep().await;
    assert_eq!(open(&mailbox, other, &form).await.unwrap_err(), ProblemCode::Destroyed);
}
