//! Problem: what cannot be entered goes back to its author as a question, sealed; and what the author has to know of an entry.

use protocol::RecordId;
use protocol::api::{Done, NoteRequest, ProblemState};
use protocol::directory::Role;
use reqwest::Method;
use sealing::{Note, NoteKind, open_note, seal_note};

use crate::App;
use crate::api::{CommandError, ErrorCode, MigSaid, Nothing, ProblemReason, ProblemReport, QuestionStanding, RecordConfirm};
use crate::collect::TypedNumbers;
use crate::desk::Who;
use crate::entering::fetch::{Fetched, Opened};
use crate::entering::open::changed;

/// What the author is told with an entry.
pub(super) struct Told {
    kind: NoteKind,
    corrected: Option<String>,
}

impl App {
    /// Sends an opened form back to its author as a question. It stays in the clerk's queue, and nothing is destroyed before it is answered or entered.
    pub(crate) async fn record_problem(&self, args: ProblemReport) -> Result<Nothing, CommandError> {
        let record = RecordId::parse(&args.record).ok_or(ErrorCode::NotFound)?;
        self.desk().demand_role(Role::Clerk)?;
        let sitting = self.sitting_without_log_fault()?;
        let opened = self.desk().opened.remove(&record).ok_or(ErrorCode::NotFound)?;
        let kind = match args.reason {
            ProblemReason::NumberUnknown => NoteKind::NumberUnknown,
            ProblemReason::Contradictory => NoteKind::Contradictory,
            ProblemReason::Unreadable => NoteKind::Unreadable,
        };
        let left = self.leave_note(record, &opened, true, Told { kind, corrected: None }).await;
        if left.is_err() {
            self.put_back(sitting, record, opened);
        }
        left.map_err(changed)?;
        Ok(Nothing {})
    }

    /// What the author has to be told when this is confirmed: that the number was corrected, or that the code "MIG" is missing.
    pub(super) fn to_be_told(&self, args: &RecordConfirm) -> Result<Option<Told>, CommandError> {
        let desk = self.desk();
        let asked = RecordId::parse(&args.record).and_then(|record| desk.opened.get(&record)).is_some_and(|opened| opened.asks_mig);
        if args.mig.is_none() && asked {
            return Err(CommandError::new(ErrorCode::MigOpen));
        }
        if let Some(typed) = &args.corrected {
            let corrected = TypedNumbers::of(desk.settings())?.customer(typed)?;
            return Ok(corrected.map(|number| Told { kind: NoteKind::NumberCorrected, corrected: Some(number) }));
        }
        Ok((args.mig == Some(MigSaid::Missing)).then_some(Told { kind: NoteKind::MigMissing, corrected: None }))
    }

    /// Tells the author, before anything is confirmed: told twice is better than not at all.
    pub(super) async fn tell_author(&self, record: RecordId, opened: &Opened, told: Told) -> Result<(), CommandError> {
        self.leave_note(record, opened, false, told).await
    }

    async fn leave_note(&self, record: RecordId, opened: &Opened, asks: bool, told: Told) -> Result<(), CommandError> {
        let key = opened.reply_key.as_ref().ok_or(ErrorCode::NoReplyKey)?;
        let by = self.desk().unlocked()?.state()?.member;
        let note = Note { version: 1, kind: told.kind, number: opened.number.clone(), corrected: told.corrected, by, at: self.now() };
        let sealed = seal_note(key, record, &note).map_err(|_| CommandError::new(ErrorCode::SealingFailed))?;
        let request = NoteRequest { asks, sealed: sealed.into() };
        self.exchange::<_, Done>(Who::Member, Method::POST, &format!("/v1/records/{record}/note"), Some(&request)).await?;
        Ok(())
    }
}

/// What the author answered, in their own words: nobody else who passes it on has the key.
fn answer(fetched: &Fetched) -> Option<Note> {
    let (key, sealed) = (fetched.form.body.reply_key.as_ref()?, fetched.reply.answer.as_ref()?);
    let note = open_note(key, fetched.record(), sealed).ok()?;
    // Only the author's: a clerk's own note, shown as an answer, is none.
    (matches!(note.kind, NoteKind::Answer | NoteKind::Withdrawal) && note.by == fetched.form.body.author).then_some(note)
}

/// The right number, if its author answered with one.
pub(super) fn corrected_by_author(fetched: &Fetched) -> Option<String> {
    answer(fetched).filter(|note| note.kind == NoteKind::Answer).and_then(|note| note.corrected.clone())
}

/// Where the question stands; an answer that is not the author's is none, whatever the endpoint says of it.
pub(super) fn standing_of(fetched: &Fetched) -> Option<QuestionStanding> {
    let said = fetched.reply.problem?;
    let wanted = match said {
        ProblemState::Asked => return Some(QuestionStanding::Asked),
        ProblemState::ToEnter => NoteKind::Answer,
        ProblemState::Withdrawn => NoteKind::Withdrawal,
    };
    Some(if answer(fetched).is_some_and(|note| note.kind == wanted) { standing(said) } else { QuestionStanding::Asked })
}

pub(super) fn standing(state: ProblemState) -> QuestionStanding {
    match state {
        ProblemState::Asked => QuestionStanding::Asked,
        ProblemState::ToEnter => QuestionStanding::ToEnter,
        ProblemState::Withdrawn => QuestionStanding::Withdrawn,
    }
}
