//! Sealed notes between a clerk and the author of a form: who may leave, read and answer them, and what becomes of them.

use protocol::api::{AnswerRequest, Assignment, AssignmentsReply, DestroyRequest, Done, NoteRequest, NotesReply, ProblemState, ReceiptReply};
use protocol::limits::NOTE_BYTES;
use protocol::problem::ProblemCode;
use protocol::{Context, Digest, MemberId};
use sha2::{Digest as _, Sha256};

use crate::destruction::{delivered, destroy, open, statement};
use crate::distribution::round;
use crate::grace::{enter, take_back};
use crate::rig::{CLERK, COUNSELLOR, Form, Mailbox, SECOND_CLERK, form, member};

async fn leave(mailbox: &Mailbox, clerk: MemberId, form: &Form, asks: bool, sealed: Vec<u8>) -> Result<(), ProblemCode> {
    let request = NoteRequest { asks, sealed: sealed.into() };
    mailbox.client.post::<Done>(&member(clerk), &form.path("note"), &request).await.map(|_| ())
}

/// Answers what waits for the form's author, whoever says so.
async fn answer(mailbox: &Mailbox, author: MemberId, form: &Form, withdraw: bool, sealed: Option<Vec<u8>>) -> Result<(), ProblemCode> {
    let reply: NotesReply = mailbox.client.get(&member(COUNSELLOR), "/v1/notes").await.unwrap();
    let read = reply.notes.iter().find(|note| note.record == form.record() && note.asks == sealed.is_some());
    let bytes = read.map(|note| note.sealed.to_vec()).unwrap_or_default();
    answer_to(mailbox, author, form, &bytes, withdraw, sealed).await
}

async fn answer_to(
    mailbox: &Mailbox,
    author: MemberId,
    form: &Form,
    read: &[u8],
    withdraw: bool,
    sealed: Option<Vec<u8>>,
) -> Result<(), ProblemCode> {
    let request = AnswerRequest { withdraw, sealed: sealed.map(Into::into), note: Digest(Sha256::digest(read).into()) };
    mailbox.client.post::<Done>(&member(author), &form.path("answer"), &request).await.map(|_| ())
}

/// What waits for the author, as `(asks, first byte)`.
async fn waiting(mailbox: &Mailbox) -> Vec<(bool, u8)> {
    let reply: NotesReply = mailbox.client.get(&member(COUNSELLOR), "/v1/notes").await.unwrap();
    reply.notes.iter().map(|note| (note.asks, note.sealed[0])).collect()
}

async fn row(mailbox: &Mailbox, clerk: MemberId, form: &Form) -> Assignment {
    let queue: AssignmentsReply = mailbox.client.get(&member(clerk), "/v1/assignments").await.unwrap();
    queue.assignments.into_iter().find(|row| row.record == form.record()).expect("in the queue")
}

async fn discard(mailbox: &Mailbox, clerk: MemberId, form: &Form) -> Result<ReceiptReply, ProblemCode> {
    let request = DestroyRequest { statement: statement(Context::DiscardedV1, clerk, form), token: form.token };
    mailbox.client.post(&member(clerk), &form.path("discarding"), &request).await
}

fn note(byte: u8) -> Vec<u8> {
    vec![byte; NOTE_BYTES]
}

#[tokio::test]
async fn a_question_reaches_the_author_and_the_answer_the_clerk() {
    let (mailbox, _) = Mailbox::founded().await;
    let form = form();
    let (clerk, other) = delivered(&mailbox, &form).await;
    assert_eq!(leave(&mailbox, clerk, &form, true, note(1)).await.unwrap_err(), ProblemCode::Conflict, "not opened yet");
    open(&mailbox, clerk, &form).await.unwrap();
    assert_eq!(leave(&mailbox, other, &form, true, note(1)).await.unwrap_err(), ProblemCode::NotFound, "a colleague's");
    assert_eq!(leave(&mailbox, clerk, &form, true, vec![1; NOTE_BYTES - 1]).await.unwrap_err(), ProblemCode::Malformed, "one length for all");
    for byte in [1, 2] {
        leave(&mailbox, clerk, &form, true, note(byte)).await.unwrap();
    }
    assert_eq!(waiting(&mailbox).await, [(true, 2)], "the newest");
    assert_eq!(row(&mailbox, clerk, &form).await.problem, Some(ProblemState::Asked));

    answer(&mailbox, COUNSELLOR, &form, false, Some(note(3))).await.unwrap();
    answer(&mailbox, COUNSELLOR, &form, false, Some(note(3))).await.expect("the same again");
    assert_eq!(answer(&mailbox, COUNSELLOR, &form, true, Some(note(4))).await.unwrap_err(), ProblemCode::Conflict, "too late to say something else");
    assert!(waiting(&mailbox).await.is_empty());
    let opened = open(&mailbox, clerk, &form).await.unwrap();
    assert_eq!((opened.problem, opened.answer.map(|sealed| sealed[0])), (Some(ProblemState::ToEnter), Some(3)));
    assert_eq!(discard(&mailbox, clerk, &form).await.unwrap_err(), ProblemCode::Conflict, "it is to be entered");
    destroy(&mailbox, clerk, &form, form.token).await.expect("entered");
    let sql = rusqlite::Connection::open(mailbox.data().join("mailbox.sqlite")).unwrap();
    let notes: u32 = sql.query_row("SELECT count(*) FROM note", [], |row| row.get(0)).unwrap();
    assert_eq!(notes, 0, "the question went with the form");
}

#[tokio::test]
async fn only_on_its_authors_word_a_form_that_is_not_held_is_destroyed_without_entry() {
    let (mailbox, _) = Mailbox::founded().await;
    let form = form();
    let (clerk, _) = delivered(&mailbox, &form).await;
    open(&mailbox, clerk, &form).await.unwrap();
    leave(&mailbox, clerk, &form, true, note(1)).await.unwrap();
    assert_eq!(discard(&mailbox, clerk, &form).await.unwrap_err(), ProblemCode::Conflict);
    for nobody in [CLERK, SECOND_CLERK] {
        assert_eq!(answer(&mailbox, nobody, &form, true, None).await.unwrap_err(), ProblemCode::Forbidden);
    }
    answer(&mailbox, COUNSELLOR, &form, true, None).await.expect("read, which answers nothing");
    assert_eq!(row(&mailbox, clerk, &form).await.problem, Some(ProblemState::Asked));
    answer(&mailbox, COUNSELLOR, &form, true, Some(note(2))).await.unwrap();
    assert_eq!(row(&mailbox, clerk, &form).await.problem, Some(ProblemState::Withdrawn));
    open(&mailbox, clerk, &form).await.unwrap();
    assert_eq!(enter(&mailbox, clerk, &form).await.unwrap_err(), ProblemCode::Conflict, "not against its author's word");
    discard(&mailbox, clerk, &form).await.expect("the author said so");
}

/// The answer comes while the form is on the clerk's screen, or while it is in its grace: what she cannot have seen she enters not past it.
#[tokio::test]
async fn nobody_enters_past_an_answer_that_was_not_seen() {
    let (mailbox, _) = Mailbox::founded().await;
    let form = form();
    let (clerk, _) = delivered(&mailbox, &form).await;
    open(&mailbox, clerk, &form).await.unwrap();
    leave(&mailbox, clerk, &form, true, note(1)).await.unwrap();
    open(&mailbox, clerk, &form).await.unwrap();
    answer(&mailbox, COUNSELLOR, &form, false, Some(note(2))).await.unwrap();
    assert_eq!(enter(&mailbox, clerk, &form).await.unwrap_err(), ProblemCode::Conflict);
    assert_eq!(destroy(&mailbox, clerk, &form, form.token).await.unwrap_err(), ProblemCode::Conflict);
    assert_eq!(leave(&mailbox, clerk, &form, true, note(3)).await.unwrap_err(), ProblemCode::Conflict, "nor is it asked away");
    let opened = open(&mailbox, clerk, &form).await.unwrap();
    assert_eq!(opened.answer.map(|sealed| sealed[0]), Some(2));
    leave(&mailbox, clerk, &form, false, note(4)).await.expect("told beside it");
    assert_eq!(open(&mailbox, clerk, &form).await.unwrap().answer.map(|sealed| sealed[0]), Some(2), "the answer stays");
    enter(&mailbox, clerk, &form).await.expect("seen");
    assert_eq!(answer(&mailbox, COUNSELLOR, &form, true, Some(note(5))).await.unwrap_err(), ProblemCode::Conflict, "too late, and said so");
    assert_eq!(waiting(&mailbox).await, [(false, 4)]);
    take_back(&mailbox, clerk, &form).await.unwrap();
    assert!(waiting(&mailbox).await.is_empty(), "nobody is told of an entry that is none");
}

#[tokio::test]
async fn what_the_author_is_only_told_outlives_the_form_and_goes_when_it_was_read() {
    let (mailbox, _) = Mailbox::founded().await;
    let form = form();
    let (clerk, _) = delivered(&mailbox, &form).await;
    open(&mailbox, clerk, &form).await.unwrap();
    leave(&mailbox, clerk, &form, false, note(7)).await.unwrap();
    assert_eq!(row(&mailbox, clerk, &form).await.problem, None, "nothing is asked");
    enter(&mailbox, clerk, &form).await.unwrap();
    assert_eq!(leave(&mailbox, clerk, &form, true, note(8)).await.unwrap_err(), ProblemCode::Conflict, "entered, she says: to be taken back first");
    destroy(&mailbox, clerk, &form, form.token).await.unwrap();
    assert_eq!(waiting(&mailbox).await, [(false, 7)]);
    for _ in 0..2 {
        answer(&mailbox, COUNSELLOR, &form, false, None).await.unwrap();
    }
    assert!(waiting(&mailbox).await.is_empty());
}

/// Between the author's look and their answer the clerk asked something else, or told something else: what nobody has read is neither answered nor deleted.
#[tokio::test]
async fn an_answer_is_to_the_question_that_was_read() {
    let (mailbox, _) = Mailbox::founded().await;
    let form = form();
    let (clerk, _) = delivered(&mailbox, &form).await;
    open(&mailbox, clerk, &form).await.unwrap();
    for asks in [true, false] {
        open(&mailbox, clerk, &form).await.unwrap();
        leave(&mailbox, clerk, &form, asks, note(1)).await.unwrap();
        leave(&mailbox, clerk, &form, asks, note(2)).await.unwrap();
        let said = asks.then(|| note(3));
        let late = answer_to(&mailbox, COUNSELLOR, &form, &note(1), false, said.clone()).await;
        assert_eq!(late.unwrap_err(), ProblemCode::Conflict);
        assert_eq!(waiting(&mailbox).await, [(asks, 2)]);
        answer_to(&mailbox, COUNSELLOR, &form, &note(2), false, said).await.expect("read");
        assert!(waiting(&mailbox).await.is_empty());
    }
}

/// What its author is told and never reads goes without anybody's doing; a question stays as long as its form.
#[tokio::test]
async fn what_nobody_reads_is_deleted_after_ninety_days() {
    let (mailbox, _) = Mailbox::founded().await;
    let form = form();
    let (clerk, _) = delivered(&mailbox, &form).await;
    open(&mailbox, clerk, &form).await.unwrap();
    leave(&mailbox, clerk, &form, false, note(1)).await.unwrap();
    leave(&mailbox, clerk, &form, true, note(2)).await.unwrap();
    mailbox.clock.advance(90 * 24 * 3600);
    round().await;
    assert_eq!(waiting(&mailbox).await.len(), 2);
    mailbox.clock.advance(3600);
    round().await;
    assert_eq!(waiting(&mailbox).await, [(true, 2)]);
}

/// Told before it is confirmed; and then it is not: against the author's word, or because a later form replaced it.
#[tokio::test]
async fn nobody_is_told_of_an_entry_that_is_refused() {
    let (mailbox, _) = Mailbox::founded().await;
    let form = form();
    let (clerk, _) = delivered(&mailbox, &form).await;
    open(&mailbox, clerk, &form).await.unwrap();
    leave(&mailbox, clerk, &form, true, note(1)).await.unwrap();
    open(&mailbox, clerk, &form).await.unwrap();
    leave(&mailbox, clerk, &form, false, note(2)).await.expect("before the answer");
    answer(&mailbox, COUNSELLOR, &form, true, Some(note(3))).await.unwrap();
    assert_eq!(leave(&mailbox, clerk, &form, false, note(4)).await.unwrap_err(), ProblemCode::Conflict, "an answer that she has not seen");
    open(&mailbox, clerk, &form).await.unwrap();
    assert_eq!(leave(&mailbox, clerk, &form, false, note(4)).await.unwrap_err(), ProblemCode::Conflict, "against its author's word");
    discard(&mailbox, clerk, &form).await.expect("destroyed without entry");
    assert!(waiting(&mailbox).await.is_empty(), "and nothing is told of an entry");
    let late = answer_to(&mailbox, COUNSELLOR, &form, &note(1), false, Some(note(5))).await;
    assert_eq!(late.unwrap_err(), ProblemCode::Conflict, "the form is gone: too late, and said so");
}
