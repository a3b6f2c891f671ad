//! The grace after "gespeichert": the clerk's word waits until it is due, and until then she can take it back. It waits here, and not in her app, so that a
//! closed laptop delays no destruction; and nobody opens the envelope meanwhile.

use office::roles::Permission;
use protocol::problem::ProblemCode;
use protocol::{Digest, MemberId, RecordId, Token, UnixTime};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Store;
use super::batch::Batch;
use super::clerk::{self, End, Held, Word};
use super::fault::{Refusal, StoreFault};
use super::notes;
use super::number::{from_sql, to_sql};

/// Records that one piece of work destroys, at the most: requests wait no longer for the sweep than for one another.
const RECORDS_PER_SWEEP: u32 = 64;

/// Forms before their numbers; a number waits for its form, whatever it was told itself.
const DUE: &str = "SELECT record.record, entering.clerk, record.digest, entering.statement FROM entering JOIN record ON record.id = entering.record \
     WHERE entering.due <= ?1 AND NOT EXISTS (SELECT 1 FROM record AS form JOIN entering AS later ON later.record = form.id \
     WHERE form.record = record.follows AND later.due > ?1) ORDER BY record.follows IS NOT NULL, entering.due, record.id LIMIT ?2";

/// What one piece of work destroyed.
pub(crate) struct Swept {
    destroyed: Vec<RecordId>,
    /// Whether more may be due.
    more: bool,
}

impl Batch<'_> {
    /// Takes the clerk's word that she entered the form: it is destroyed `grace` seconds from now. Asked again, the first answer.
    pub(crate) fn enter(&mut self, word: &Word, token: Token, grace: u64) -> Result<UnixTime, Refusal> {
        let held = self.enterable(word, token)?;
        held.demand_bytes()?;
        if let Some((_, due)) = entering(self.sql, held.id)? {
            return Ok(due);
        }
        self.keep_move(held.id)?;
        self.note_presence(word.clerk)?;
        // A number goes with its form.
        let due = due_of_form(self.sql, held.id)?.unwrap_or_else(|| self.now.plus(grace));
        self.sql.prepare_cached("INSERT INTO entering (record, clerk, statement, due) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
            held.id,
            word.clerk.0,
            word.statement.0,
            to_sql(due.0)
        ])?;
        Ok(due)
    }

    /// Takes the clerk's word back. Where she gave none, or took it back before, there is nothing to do.
    pub(crate) fn take_back(&mut self, clerk: MemberId, record: RecordId) -> Result<(), Refusal> {
        let held = self.held_for(clerk, record, Permission::DestroyRecord)?;
        held.demand_bytes()?;
        match entering(self.sql, held.id)? {
            Some((by, _)) if by != clerk => Err(ProblemCode::NotFound.into()),
            _ => Ok(void(self.sql, held.id)?),
        }
    }

    /// Destroys what is due, on the word of each clerk as she gave it, whatever became of her since.
    pub(crate) fn destroy_due(&mut self) -> Result<Swept, Refusal> {
        let due = self.due()?;
        let mut destroyed = Vec::with_capacity(due.len());
        for word in &due {
            if self.destroy_one_due(word)? {
                destroyed.push(word.record);
            }
        }
        Ok(Swept { destroyed, more: due.len() >= RECORDS_PER_SWEEP as usize })
    }

    fn due(&self) -> Result<Vec<Word>, StoreFault> {
        let mut select = self.sql.prepare_cached(DUE)?;
        let rows = select.query_map(params![to_sql(self.now.0), RECORDS_PER_SWEEP], |row: &Row<'_>| {
            Ok(Word { record: RecordId(row.get(0)?), clerk: MemberId(row.get(1)?), digest: Digest(row.get(2)?), statement: Digest(row.get(3)?) })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What was replaced meanwhile, and a number whose form is still to be entered, goes back to the queue instead: false.
    fn destroy_one_due(&mut self, word: &Word) -> Result<bool, Refusal> {
        let held = clerk::held(self.sql, word.record)?.ok_or(StoreFault::Damaged("an entry of no record"))?;
        let is_replaced = match self.accepted_replacement(&held, word.clerk) {
            Ok(_) => false,
            Err(Refusal::Problem(_)) => true,
            Err(fault) => return Err(fault),
        };
        if is_replaced || form_is_here(self.sql, held.id)? {
            void(self.sql, held.id)?;
            return Ok(false);
        }
        self.destroy_bytes(word, &held, End::Entered)?;
        Ok(true)
    }

    /// The record, if this clerk may have it destroyed as entered, or if that is done.
    pub(super) fn enterable(&self, word: &Word, token: Token) -> Result<Held, Refusal> {
        let held = self.opened_by(word, Permission::DestroyRecord)?;
        clerk::demand_token(&held, token)?;
        if held.is_destroyed() {
            return if held.replaced { Err(ProblemCode::Superseded.into()) } else { Ok(held) };
        }
        if held.facts.awaits_number {
            return Err(ProblemCode::Conflict.into());
        }
        notes::demand_enterable(self.sql, held.id)?;
        // Replaced while it was on her screen: what she typed in is out of date, and the later form says so.
        self.accepted_replacement(&held, word.clerk)?;
        Ok(held)
    }
}

/// Whose word waits for this record, and until when.
pub(super) fn entering(sql: &Connection, id: i64) -> Result<Option<(MemberId, UnixTime)>, StoreFault> {
    let mut select = sql.prepare_cached("SELECT clerk, due FROM entering WHERE record = ?1")?;
    let row = select.query_row([id], |row| Ok((MemberId(row.get(0)?), row.get::<_, i64>(1)?))).optional()?;
    row.map(|(clerk, due)| Ok((clerk, UnixTime(from_sql(due)?)))).transpose()
}

/// An entry that is none after all: nobody said so any more, and its author is told nothing of it.
pub(super) fn void(sql: &Connection, id: i64) -> Result<(), StoreFault> {
    notes::forget_told(sql, id)?;
    forget(sql, id)
}

/// No word waits for this record any more.
pub(super) fn forget(sql: &Connection, id: i64) -> Result<(), StoreFault> {
    sql.prepare_cached("DELETE FROM entering WHERE record = ?1")?.execute([id])?;
    Ok(())
}

/// When the form is destroyed whose number this record brings; none for a form, and for a number whose form is not in its grace.
fn due_of_form(sql: &Connection, id: i64) -> Result<Option<UnixTime>, StoreFault> {
    let mut select = sql.prepare_cached(
        "SELECT entering.due FROM record AS number JOIN record AS form ON form.record = number.follows JOIN entering ON entering.record = form.id \
         WHERE number.id = ?1",
    )?;
    let due = select.query_row([id], |row| row.get::<_, i64>(0)).optional()?;
    Ok(due.map(from_sql).transpose()?.map(UnixTime))
}

fn form_is_here(sql: &Connection, id: i64) -> Result<bool, StoreFault> {
    let mut select = sql.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM record AS number JOIN record AS form ON form.record = number.follows \
         WHERE number.id = ?1 AND form.destroyed_position IS NULL)",
    )?;
    Ok(select.query_row([id], |row| row.get(0))?)
}

impl Store {
    /// Destroys everything whose grace is over at `now`. Asks a reader first: most of the time there is nothing to write. Nothing is tried where writing
    /// has stopped: that is known already.
    pub(crate) async fn sweep(&self, now: UnixTime) -> Result<(), Refusal> {
        let is_due = "SELECT EXISTS (SELECT 1 FROM entering WHERE due <= ?1)";
        if self.snapshot().stopped {
            return Ok(());
        }
        let mut more = self.readers.read(move |sql| Ok(sql.prepare_cached(is_due)?.query_row([to_sql(now.0)], |row| row.get(0))?)).await?;
        while more {
            let swept = self.write(|batch| batch.destroy_due()).await?.value;
            for record in swept.destroyed {
                tracing::info!(%record, "destroyed after its grace");
            }
            more = swept.more;
        }
        Ok(())
    }
}
