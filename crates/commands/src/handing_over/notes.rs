//! What clerks wrote about forms that this person made: questions to answer, and what to mend in the benefits system. Nothing of it is kept here; it lies sealed
//! at the endpoint until it was answered or read.

use protocol::api::{AnswerRequest, Done, NotesReply};
use protocol::{Digest, RecordId};
use reqwest::Method;
use sealing::{Note, NoteKind, open_note, seal_note};
use sha2::{Digest as _, Sha256};

use crate::App;
use crate::api::{CommandError, ErrorCode, NoteAnswer, NoteCode, NoteList, NoteReply, NoteRow, Nothing};
use crate::collect::TypedNumbers;
use crate::desk::{Desk, Who};

impl App {
    /// What waits for the unlocked author.
    pub(crate) async fn notes(&self, _: Nothing) -> Result<NoteList, CommandError> {
        self.desk().demand_author()?;
        let reply: NotesReply = self.exchange::<Done, _>(Who::Member, Method::GET, "/v1/notes", None).await?;
        let mut desk = self.desk();
        let mut rows = reply.notes.iter().map(|note| desk.note_row(note)).collect::<Result<Vec<_>, _>>()?;
        // The endpoint knows devices, not authors: on a shared one, what does not open is most likely a colleague's.
        let is_shared = desk.shares_a_device()?;
        rows.retain(|row| row.kind != NoteCode::Closed || !is_shared);
        desk.notes_waiting = !rows.is_empty();
        drop(desk);
        self.changed();
        Ok(NoteList { rows })
    }

    /// Answers a question, or says that a note was read; then it is gone.
    pub(crate) async fn note_answer(&self, args: NoteAnswer) -> Result<NoteList, CommandError> {
        let record = RecordId::parse(&args.record).ok_or(ErrorCode::NotFound)?;
        self.desk().demand_author()?;
        let waiting = self.notes(Nothing {}).await?;
        // Answered before, or another one took its place: that one was not read.
        let row = waiting.rows.iter().find(|row| row.record == args.record && row.note == args.note).ok_or(ErrorCode::NoteGone)?;
        let note = hex::decode(&row.note).ok().and_then(|digest| digest.try_into().ok()).map(Digest).ok_or(ErrorCode::NoteGone)?;
        // A question that does not open here was sealed for another vault: an answer from here would not open there either.
        if row.asks && row.kind == NoteCode::Closed && args.reply != NoteReply::Read {
            return Err(CommandError::new(ErrorCode::NoReplyKey));
        }
        // Each answer is sealed: whoever passes it on cannot make one.
        let answer = |kind, number| self.desk().seal_answer(record, kind, number, self.now()).map(Some);
        let sealed = match args.reply {
            NoteReply::Number => {
                let typed = args.number.as_ref().ok_or(ErrorCode::NumberFollows)?;
                let number = TypedNumbers::of(self.desk().settings())?.customer(typed)?.ok_or(ErrorCode::NumberFollows)?;
                answer(NoteKind::Answer, Some(number))?
            }
            NoteReply::Enter => answer(NoteKind::Answer, None)?,
            NoteReply::Withdraw => answer(NoteKind::Withdrawal, None)?,
            NoteReply::Read => None,
        };
        let request = AnswerRequest { withdraw: args.reply == NoteReply::Withdraw, sealed: sealed.map(Into::into), note };
        let sent = self.exchange::<_, Done>(Who::Member, Method::POST, &format!("/v1/records/{record}/answer"), Some(&request)).await;
        sent.map_err(|error| if error.is_conflict() { CommandError::new(ErrorCode::NoteGone) } else { error })?;
        self.notes(Nothing {}).await
    }

    /// Looks whether something waits, so that it is said where people work. Whoever makes no forms is asked nothing.
    pub(crate) async fn look_for_notes(&self) -> Result<(), CommandError> {
        if self.desk().demand_author().is_err() {
            return Ok(());
        }
        self.notes(Nothing {}).await.map(drop)
    }
}

impl Desk {
    fn note_row(&self, row: &protocol::api::NoteRow) -> Result<NoteRow, CommandError> {
        let opened = open_note(&self.reply_secret()?.key_for(row.record), row.record, &row.sealed);
        let (record, asks) = (row.record.to_string(), row.asks);
        let note = Digest(Sha256::digest(&row.sealed[..]).into()).to_string();
        let Ok(said) = opened else {
            return Ok(NoteRow { record, note, kind: NoteCode::Closed, number: None, corrected: None, by: String::new(), at: row.at.0, asks });
        };
        let (number, corrected) = (said.number.clone(), said.corrected.clone());
        Ok(NoteRow { record, note, kind: code(said.kind), number, corrected, by: self.member_name(said.by), at: said.at.0, asks })
    }

    fn shares_a_device(&self) -> Result<bool, CommandError> {
        let member = self.unlocked()?.state()?.member;
        Ok(self.directory()?.get().devices.iter().any(|device| device.is_used_by(member) && device.also.is_some()))
    }

    fn seal_answer(&self, record: RecordId, kind: NoteKind, corrected: Option<String>, now: protocol::UnixTime) -> Result<Vec<u8>, CommandError> {
        let by = self.unlocked()?.state()?.member;
        let note = Note { version: 1, kind, number: None, corrected, by, at: now };
        seal_note(&self.reply_secret()?.key_for(record), record, &note).map_err(|_| CommandError::new(ErrorCode::SealingFailed))
    }
}

fn code(kind: NoteKind) -> NoteCode {
    match kind {
        NoteKind::NumberUnknown => NoteCode::NumberUnknown,
        NoteKind::Contradictory => NoteCode::Contradictory,
        NoteKind::Unreadable => NoteCode::Unreadable,
        NoteKind::NumberCorrected => NoteCode::NumberCorrected,
        NoteKind::MigMissing => NoteCode::MigMissing,
        // The author's own word, shown back to them: it says nothing to anybody.
        NoteKind::Answer | NoteKind::Withdrawal => NoteCode::Closed,
    }
}
