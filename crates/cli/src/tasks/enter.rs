//! Opening a form, and confirming its entry.

use commands::Command;
use commands::api::{
    CopyView, Entered, EntryView, Forwarded, MigSaid, NoteAnswer, NoteList, NoteReply, Nothing, ProblemReason, ProblemReport, QuestionStanding,
    Queue, QueueRow, QueueState, RecordConfirm, RecordOpen, RecordRef,
};

use crate::arguments::{EnterTask, NotesTask, ReasonArg, ReplyArg};
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::shell::Shell;

pub async fn enter(task: EnterTask, shell: &mut Shell) -> Result<Outcome, Failure> {
    Ok(match task {
        EnterTask::Open { record, here } => open(&record, here, shell).await?.into(),
        EnterTask::Copy { record } => {
            // In a process of its own, nothing is open yet.
            drop(open(&record, false, shell).await?);
            shell.run::<CopyView>(|| Command::RecordCopy(RecordRef { record: record.clone() })).await?.into()
        }
        EnterTask::Forward { record } => shell.run::<Forwarded>(|| Command::RecordForward(RecordRef { record: record.clone() })).await?.into(),
        EnterTask::Confirm { record, numbers_compared: _, held, mig_set, mig_missing, corrected, at_once } => {
            let mig = if mig_missing { Some(MigSaid::Missing) } else { mig_set.then_some(MigSaid::Set) };
            let corrected = if corrected { Some(shell.input.number("The right customer number")?) } else { None };
            confirm(RecordConfirm { record, at_once, mig, corrected }, held, shell).await?.into()
        }
        EnterTask::Problem { record, reason } => problem(record, reason, shell).await?.into(),
        EnterTask::Discard { record, looked_up: _ } => discard(&record, shell).await?.into(),
        EnterTask::Undo { record } => undo(&record, shell).await?.into(),
    })
}

/// Opening is part of confirming here, so whether somebody opened the form before is asked first: a typo must not destroy what nobody has read.
async fn confirm(args: RecordConfirm, held: bool, shell: &mut Shell) -> Result<Entered, Failure> {
    let queue: Queue = shell.run(|| Command::Queue(Nothing {})).await?;
    // What is in the queue no more was perhaps confirmed before, and the reply lost: the app finds out.
    // What is in its grace was confirmed before, too.
    if let Some(row) = queue.rows.iter().find(|row| row.record == args.record && row.state != QueueState::Entered) {
        demand_opened(row)?;
        if row.hold.is_some() && !held {
            let sentence =
                "this form is held for a decision; `bogen queue` says why. Nothing was destroyed; --held says that you decided to enter it";
            return Err(Failure::Refused("held", sentence));
        }
        drop(open(&args.record, false, shell).await?);
    }
    shell.run(|| Command::RecordConfirm(args.clone())).await
}

/// A question is about what somebody has read.
async fn problem(record: String, reason: ReasonArg, shell: &mut Shell) -> Result<Queue, Failure> {
    let reason = match reason {
        ReasonArg::NumberUnknown => ProblemReason::NumberUnknown,
        ReasonArg::Contradictory => ProblemReason::Contradictory,
        ReasonArg::Unreadable => ProblemReason::Unreadable,
    };
    let queue: Queue = shell.run(|| Command::Queue(Nothing {})).await?;
    if let Some(row) = queue.rows.iter().find(|row| row.record == record) {
        demand_opened(row)?;
    }
    drop(open(&record, false, shell).await?);
    let Nothing {} = shell.run(|| Command::RecordProblem(ProblemReport { record: record.clone(), reason })).await?;
    shell.run(|| Command::Queue(Nothing {})).await
}

/// Digits of a note's name in the list.
pub const SHORT_NOTE: usize = 8;

pub async fn notes(task: NotesTask, shell: &mut Shell) -> Result<NoteList, Failure> {
    let NotesTask::Answer { record, reply, note: read } = task else { return shell.run(|| Command::Notes(Nothing {})).await };
    let reply = match reply {
        ReplyArg::Enter => NoteReply::Enter,
        ReplyArg::Withdraw => NoteReply::Withdraw,
        ReplyArg::Number => NoteReply::Number,
        ReplyArg::Read => NoteReply::Read,
    };
    let number = if reply == NoteReply::Number { Some(shell.input.number("The right customer number")?) } else { None };
    let waiting: NoteList = shell.run(|| Command::Notes(Nothing {})).await?;
    let row = waiting.rows.iter().find(|row| row.record == record && read.len() >= SHORT_NOTE && row.note.starts_with(&read));
    let note = row.map(|row| row.note.clone()).unwrap_or_default();
    let answer = NoteAnswer { record, note, reply, number };
    shell.run(|| Command::NoteAnswer(answer.clone())).await
}

/// A typo must not destroy what is to be entered.
async fn discard(record: &str, shell: &mut Shell) -> Result<Entered, Failure> {
    let queue: Queue = shell.run(|| Command::Queue(Nothing {})).await?;
    if let Some(row) = queue.rows.iter().find(|row| row.record == record) {
        demand_opened(row)?;
        if row.hold.is_none() && row.question != Some(QuestionStanding::Withdrawn) {
            return Err(Failure::Refused(
                "not_held",
                "this form is neither held nor withdrawn by its author: it is to be entered. Nothing was destroyed",
            ));
        }
        drop(open(record, false, shell).await?);
    }
    shell.run(|| Command::RecordDiscard(RecordRef { record: record.to_owned() })).await
}

fn demand_opened(row: &QueueRow) -> Result<(), Failure> {
    let sentence = "nobody has opened this form yet, so nobody can have looked into it. Nothing was destroyed; read it with `bogen enter open`";
    if row.opened_before { Ok(()) } else { Err(Failure::Refused("not_opened", sentence)) }
}

/// Shows what is in the queue again.
async fn undo(record: &str, shell: &mut Shell) -> Result<Queue, Failure> {
    let Nothing {} = shell.run(|| Command::RecordUndo(RecordRef { record: record.to_owned() })).await?;
    shell.run(|| Command::Queue(Nothing {})).await
}

async fn open(record: &str, here: bool, shell: &mut Shell) -> Result<EntryView, Failure> {
    shell.run(|| Command::RecordOpen(RecordOpen { record: record.to_owned(), here })).await
}
