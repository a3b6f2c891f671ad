//! Sealed notes between the clerk who opened a form and its author. The endpoint knows that somebody asks or tells something, and never what.

use office::roles::Permission;
use protocol::api::{NoteRow, ProblemState};
use protocol::limits::MAX_NOTES;
use protocol::problem::ProblemCode;
use protocol::{DeviceId, MemberId, RecordId, UnixTime};
use rusqlite::{Connection, OptionalExtension, params};

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
    /// Keeps a note about a record that this clerk opened, in the place of an earlier one. A question needs the form to be here, and nobody's word that it is entered.
    pub(crate) fn leave_note(&mut self, clerk: MemberId, record: RecordId, asks: bool, sealed: &[u8]) -> Result<(), Refusal> {
        let held = self.held_for(clerk, record, Permission::DestroyRecord)?;
        if !held.was_opened_by(clerk) {
            return Err(ProblemCode::Conflict.into());
        }
        if asks {
            held.demand_bytes()?;
            if grace::entering(self.sql, held.id)?.is_some() {
                return Err(ProblemCode::Conflict.into());
            }
        }
        self.sql.prepare_cached("INSERT OR REPLACE INTO note (record, asks, bytes, noted_at) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
            held.id,
            asks,
            sealed,
            to_sql(self.now.0)
        ])?;
        self.sql.prepare_cached("DELETE FROM note WHERE asks = 0 AND noted_at < ?1")?.execute([to_sql(self.now.0.saturating_sub(UNREAD_SECONDS))])?;
        self.note_presence(clerk)?;
        Ok(())
    }

    /// Takes the author's answer; a note that asks nothing is deleted. Asked again, and when nothing waits any more, nothing happens.
    pub(crate) fn answer_note(&mut self, devices: &[DeviceId], record: RecordId, withdraw: bool, sealed: Option<&[u8]>) -> Result<(), Refusal> {
        let mut select = self.sql.prepare_cached("SELECT id, device FROM record WHERE record = ?1")?;
        let found = select.query_row([record.0], |row| Ok((row.get::<_, i64>(0)?, DeviceId(row.get(1)?)))).optional()?;
        let (id, _) = found.filter(|(_, device)| devices.contains(device)).ok_or(ProblemCode::NotFound)?;
        let answer = if withdraw { WITHDRAWN } else { TO_ENTER };
        // The question itself is read: nothing of it is kept.
        self.sql
            .prepare_cached("UPDATE note SET answer = ?2, answer_bytes = ?3, bytes = x'' WHERE record = ?1 AND asks = 1 AND answer IS NULL")?
            .execute(params![id, answer, sealed])?;
        self.sql.prepare_cached("DELETE FROM note WHERE record = ?1 AND asks = 0")?.execute([id])?;
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
                     WHERE device = ?1 AND answer IS NULL ORDER BY noted_at LIMIT ?2",
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

/// The form is gone, and with it whatever was asked about it. What its author is only told stays until they read it.
pub(super) fn forget_question(sql: &Connection, id: i64) -> Result<(), StoreFault> {
    sql.prepare_cached("DELETE FROM note WHERE record = ?1 AND asks = 1")?.execute([id])?;
    Ok(())
}
