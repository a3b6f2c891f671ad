//! Sealed notes between the clerk who opened a form and its author. The endpoint knows that somebody asks or tells something, and never what.

use office::roles::Permission;
use protocol::api::{NoteRow, ProblemState};
use protocol::limits::MAX_NOTES;
use protocol::problem::ProblemCode;
use protocol::{DeviceId, Digest, MemberId, RecordId, UnixTime};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest as _, Sha256};

use super::Store;
use super::batch::Batch;
use super::fault::{Refusal, StoreFault};
use super::grace;
use super::number::to_sql;

/// What nobody has read after so many seconds is deleted: its author is not there any more. Questions stay as long as their records.
const UNREAD_SECONDS: u64 = 90 * 24 * 3600;

/// The author's answer in the file.
const WITHDRAWN: i64 = 2;
const TO_ENTER: i64 = 1;

impl Batch<'_> {
    /// Keeps a note about a record that this clerk opened, in the place of an earlier one of its kind. A question needs the form to be here, and nobody's word that it is entered.
    pub(crate) fn leave_note(&mut self, clerk: MemberId, record: RecordId, asks: bool, sealed: &[u8]) -> Result<(), Refusal> {
        let held = self.held_for(clerk, record, Permission::DestroyRecord)?;
        if !held.was_opened_by(clerk) {
            return Err(ProblemCode::Conflict.into());
        }
        if !asks && !held.is_destroyed() {
            // She is about to say that it is entered, and will be refused: its author is told of no entry that is none.
            demand_enterable(self.sql, held.id)?;
        }
        if asks {
            held.demand_bytes()?;
            // Neither over somebody's word that it is entered, nor over an answer that she has not seen.
            if grace::entering(self.sql, held.id)?.is_some() || answer_is_unseen(self.sql, held.id)? {
                return Err(ProblemCode::Conflict.into());
            }
            let first = "UPDATE record SET asked_at = ?2 WHERE id = ?1 AND asked_at IS NULL";
            self.sql.prepare_cached(first)?.execute(params![held.id, to_sql(self.now.0)])?;
        }
        self.sql.prepare_cached("INSERT OR REPLACE INTO note (record, asks, bytes, noted_at) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
            held.id,
            asks,
            sealed,
            to_sql(self.now.0)
        ])?;
        self.note_presence(clerk)?;
        Ok(())
    }

    /// Deletes what its author was told long ago and never read.
    pub(super) fn forget_unread(&mut self) -> Result<(), StoreFault> {
        self.sql.prepare_cached("DELETE FROM note WHERE asks = 0 AND noted_at < ?1")?.execute([unread_since(self.now)])?;
        Ok(())
    }

    /// Takes the author's answer to a question: what they sealed. Nothing sealed says that what the note told was read; then that is deleted. The same
    /// again changes nothing.
    pub(crate) fn answer_note(
        &mut self,
        devices: &[DeviceId],
        record: RecordId,
        read: Digest,
        withdraw: bool,
        sealed: Option<&[u8]>,
    ) -> Result<(), Refusal> {
        let mut select = self.sql.prepare_cached("SELECT id, device FROM record WHERE record = ?1")?;
        let found = select.query_row([record.0], |row| Ok((row.get::<_, i64>(0)?, DeviceId(row.get(1)?)))).optional()?;
        let (id, _) = found.filter(|(_, device)| devices.contains(device)).ok_or(ProblemCode::NotFound)?;
        demand_unchanged(self.sql, id, sealed.is_some(), read)?;
        let Some(sealed) = sealed else {
            self.sql.prepare_cached("DELETE FROM note WHERE record = ?1 AND asks = 0")?.execute([id])?;
            return Ok(());
        };
        // The clerk said meanwhile that it is entered: until that is destroyed or taken back, an answer would come too late and look as if it counted.
        if grace::entering(self.sql, id)?.is_some() {
            return Err(ProblemCode::Conflict.into());
        }
        let answer = if withdraw { WITHDRAWN } else { TO_ENTER };
        // The question itself is read: nothing of it is kept.
        let answered = self
            .sql
            .prepare_cached(
                "UPDATE note SET answer = ?2, answer_bytes = ?3, bytes = x'', seen = 0 WHERE record = ?1 AND asks = 1 AND answer IS NULL",
            )?
            .execute(params![id, answer, sealed])?;
        // Nothing waits any more: the same answer again is a success, anything else came too late and must not look as if it counted.
        let is_same = "SELECT EXISTS (SELECT 1 FROM note WHERE record = ?1 AND asks = 1 AND answer_bytes = ?2)";
        if answered == 0 && !self.sql.prepare_cached(is_same)?.query_row(params![id, sealed], |row| row.get::<_, bool>(0))? {
            return Err(ProblemCode::Conflict.into());
        }
        Ok(())
    }
}

impl Store {
    /// What waits for the author whose devices these are, oldest first.
    pub(crate) async fn notes(&self, devices: Vec<DeviceId>) -> Result<Vec<NoteRow>, StoreFault> {
        self.readers
            .read(move |sql| {
                let mut notes = Vec::new();
                let mut select = sql.prepare_cached(
                    "SELECT record.record, asks, noted_at, bytes FROM note JOIN record ON record.id = note.record \
                     WHERE device = ?1 AND answer IS NULL \
                     AND NOT (asks = 1 AND EXISTS (SELECT 1 FROM entering WHERE entering.record = note.record)) ORDER BY noted_at LIMIT ?2",
                )?;
                for device in &devices {
                    let rows = select.query_map(params![device.0, MAX_NOTES as i64], |row| {
                        let (at, sealed): (i64, Vec<u8>) = (row.get(2)?, row.get(3)?);
                        Ok(NoteRow { record: RecordId(row.get(0)?), asks: row.get(1)?, at: UnixTime(at.unsigned_abs()), sealed: sealed.into() })
                    })?;
                    notes.extend(rows.collect::<Result<Vec<_>, _>>()?);
                }
                notes.sort_by_key(|note| note.at);
                notes.truncate(MAX_NOTES);
                Ok(notes)
            })
            .await
    }
}

/// Before this, what was told and not read is too old.
pub(super) fn unread_since(now: UnixTime) -> i64 {
    to_sql(now.0.saturating_sub(UNREAD_SECONDS))
}

/// A question about a record: where it stands, and what the author sealed.
pub(super) struct Question {
    pub(super) state: ProblemState,
    pub(super) answer: Option<Vec<u8>>,
}

/// The question about this record; none if nobody asked.
pub(super) fn question_of(sql: &Connection, id: i64) -> Result<Option<Question>, StoreFault> {
    let mut select = sql.prepare_cached("SELECT answer, answer_bytes FROM note WHERE record = ?1 AND asks = 1")?;
    let found = select.query_row([id], |row| Ok((row.get::<_, Option<i64>>(0)?, row.get(1)?))).optional()?;
    Ok(found.map(|(said, answer)| Question { state: state(said), answer }))
}

/// The state that a row's `answer` stands for.
pub(super) fn state(answer: Option<i64>) -> ProblemState {
    match answer {
        None => ProblemState::Asked,
        Some(WITHDRAWN) => ProblemState::Withdrawn,
        Some(_) => ProblemState::ToEnter,
    }
}

/// Whether what waits, if anything does, is what the author read.
fn demand_unchanged(sql: &Connection, id: i64, asks: bool, read: Digest) -> Result<(), Refusal> {
    let mut select = sql.prepare_cached("SELECT bytes FROM note WHERE record = ?1 AND asks = ?2 AND answer IS NULL")?;
    let waiting: Option<Vec<u8>> = select.query_row(params![id, asks], |row| row.get(0)).optional()?;
    let is_read = waiting.is_none_or(|bytes| Digest(Sha256::digest(bytes).into()) == read);
    if is_read { Ok(()) } else { Err(ProblemCode::Conflict.into()) }
}

/// Whether the author answered since the form was opened last.
pub(super) fn answer_is_unseen(sql: &Connection, id: i64) -> Result<bool, StoreFault> {
    Ok(sql.prepare_cached("SELECT 1 FROM note WHERE record = ?1 AND asks = 1 AND answer IS NOT NULL AND seen = 0")?.exists([id])?)
}

/// The clerk who opens the form gets the answer with it.
pub(super) fn note_seen(sql: &Connection, id: i64) -> Result<(), StoreFault> {
    sql.prepare_cached("UPDATE note SET seen = 1 WHERE record = ?1 AND asks = 1 AND answer IS NOT NULL")?.execute([id])?;
    Ok(())
}

/// Whether the form may be entered as far as questions go: not against its author's word, nor past an answer that nobody has seen.
pub(super) fn demand_enterable(sql: &Connection, id: i64) -> Result<(), Refusal> {
    let is_withdrawn = question_of(sql, id)?.is_some_and(|question| question.state == ProblemState::Withdrawn);
    if is_withdrawn || answer_is_unseen(sql, id)? { Err(ProblemCode::Conflict.into()) } else { Ok(()) }
}

/// What the author was told of an entry that is none.
pub(super) fn forget_told(sql: &Connection, id: i64) -> Result<(), StoreFault> {
    sql.prepare_cached("DELETE FROM note WHERE record = ?1 AND asks = 0")?.execute([id])?;
    Ok(())
}

/// The form is gone, and with it whatever was asked about it. What its author is only told stays until they read it.
pub(super) fn forget_question(sql: &Connection, id: i64) -> Result<(), StoreFault> {
    sql.prepare_cached("DELETE FROM note WHERE record = ?1 AND asks = 1")?.execute([id])?;
    Ok(())
}
