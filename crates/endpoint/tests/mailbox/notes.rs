//! Sealed notes between a clerk and the author of a form: who may leave, read and answer them, and what becomes of them.

use protocol::api::{AnswerRequest, Assignment, AssignmentsReply, DestroyRequest, Done, NoteRequest, NotesReply, ProblemState, ReceiptReply};
use protocol::limits::NOTE_BYTES;
use protocol::problem::ProblemCode;
use protocol::{Context, MemberId};

use crate::destruction::{delivered, destroy, open, statement};
use crate::grace::enter;
use crate::rig::{CLERK, COUNSELLOR, Form, Mailbox, SECOND_CLERK, form, member};

async fn leave(mailbox: &Mailbox, clerk: MemberId, form: &Form, asks: bool, sealed: Vec<u8>) -> Result<(), ProblemCode> {
    let request = NoteRequest { asks, sealed: sealed.into() };
    mailbox.client.post::<Done>(&member(clerk), &form.path("note"), &request).await.map(|_| ())
}

async fn answer(mailbox: &Mailbox, author: MemberId, form: &Form, withdraw: bool, sealed: Option<Vec<u8>>) -> Result<(), ProblemCode> {
    let request = AnswerRequest { withdraw, sealed: sealed.map(Into::into) };
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
    answer(&mailbox, COUNSELLOR, &form, true, None).await.expect("too late to say something else, and no fault");
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
    answer(&mailbox, COUNSELLOR, &form, true, None).await.unwrap();
    assert_eq!(row(&mailbox, clerk, &form).await.problem, Some(ProblemState::Withdrawn));
    discard(&mailbox, clerk, &form).await.expect("the author said so");
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
