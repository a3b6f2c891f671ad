//! A clerk's way with a record: the queue, opening, acceptance, destruction.

use office::requests::KeyId;
use office::roles::{self, Permission};
use protocol::api::{Assignment, FormEnd, HoldReason, ProblemState, RecordState, ReplacedRecord};
use protocol::log::LeafKind;
use protocol::problem::ProblemCode;
use protocol::{Context, Digest, MemberId, RecordId, TeamId, Token, UnixTime};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;

use super::Store;
use super::batch::{Attested, Batch};
use super::fault::{Refusal, StoreFault};
use super::grace;
use super::notes;
use super::number::{from_sql, to_sql};
use super::records::Facts;
use super::replacement;

/// An opened envelope.
pub(crate) struct OpenedEnvelope {
    pub(crate) bytes: Vec<u8>,
    /// Where the log attests these very bytes: as delivered, or with the newest lock.
    pub(crate) attested_position: u64,
    pub(crate) opened_before: bool,
    pub(crate) hold: Option<HoldReason>,
    pub(crate) replaces: Option<Vec<ReplacedRecord>>,
    pub(crate) replaced_by: Option<RecordId>,
    pub(crate) problem: Option<ProblemState>,
    pub(crate) answer: Option<Vec<u8>>,
    /// Whether somebody was shown it before.
    pub(crate) shown: bool,
}

/// A clerk's verified word about a record.
pub(crate) struct Word {
    pub(crate) clerk: MemberId,
    pub(crate) record: RecordId,
    /// The envelope's digest, as the clerk names it.
    pub(crate) digest: Digest,
    /// SHA-256 of the signed statement.
    pub(crate) statement: Digest,
}

/// Why an envelope is destroyed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It was entered.
    Entered,
    /// A later form of the same customer replaces it.
    Replaced,
    /// A clerk decided not to enter it.
    Discarded,
}

/// A record as a clerk's request finds it.
pub(super) struct Held {
    pub(super) id: i64,
    pub(super) team: TeamId,
    pub(super) digest: Digest,
    length: i64,
    pub(super) epoch: u32,
    token_hash: [u8; 32],
    stored: i64,
    rewrapped: Option<i64>,
    accepted: Option<i64>,
    destroyed: Option<i64>,
    pub(super) facts: Facts,
    fetched_frozen_by: Option<MemberId>,
    pub(super) replaced: bool,
    /// Whether somebody was shown it, under this lock or an earlier one.
    pub(super) shown: bool,
}

impl Held {
    pub(super) fn was_opened_by(&self, clerk: MemberId) -> bool {
        self.facts.opened_by == Some(clerk) || self.fetched_frozen_by == Some(clerk)
    }

    pub(super) fn is_destroyed(&self) -> bool {
        self.destroyed.is_some()
    }

    /// The problem of a record whose bytes are gone, as entered or as replaced.
    pub(super) fn demand_bytes(&self) -> Result<(), ProblemCode> {
        match self.destroyed {
            Some(_) if self.replaced => Err(ProblemCode::Superseded),
            Some(_) => Err(ProblemCode::Destroyed),
            None => Ok(()),
        }
    }
}

impl Batch<'_> {
    /// Hands the envelope to the clerk it is assigned to, and records that.
    pub(crate) fn open(&mut self, clerk: MemberId, record: RecordId) -> Result<OpenedEnvelope, Refusal> {
        let held = self.held_for(clerk, record, Permission::OpenRecord)?;
        held.demand_bytes()?;
        match held.facts.state() {
            // A held one may await its number as well: the clerk who decides about it could not enter it either.
            _ if held.facts.awaits_number => return Err(ProblemCode::Conflict.into()),
            RecordState::Assigned | RecordState::Opened | RecordState::Held => {}
            RecordState::Waiting | RecordState::AwaitsNumber | RecordState::Destroyed => return Err(ProblemCode::Conflict.into()),
        }
        // Entered, says whoever had it open: nobody opens it anew before that is taken back.
        if grace::entering(self.sql, held.id)?.is_some() {
            return Err(ProblemCode::Conflict.into());
        }
        let replaced_by = self.accepted_replacement(&held, clerk)?;
        let mut select = self.sql.prepare_cached("SELECT bytes FROM envelope WHERE record = ?1")?;
        let bytes = select.query_row([held.id], |row| row.get(0))?;
        // Fetched for its destruction, it was not opened to be entered: that must not look as if it may stand in the benefits system.
        let column = if replaced_by.is_some() { "fetched_frozen_by" } else { "opened_by" };
        self.sql.prepare_cached(&format!("UPDATE record SET {column} = ?2 WHERE id = ?1"))?.execute(params![held.id, clerk.0])?;
        self.keep_move(held.id)?;
        self.note_presence(clerk)?;
        let replaces = replacement::replaced_by(self.sql, held.id, record)?;
        let opened_before = held.facts.opened_by.is_some() || held.fetched_frozen_by.is_some();
        let hold = held.facts.hold_reason();
        let attested_position = from_sql(held.rewrapped.unwrap_or(held.stored))?;
        let question = notes::question_of(self.sql, held.id)?;
        notes::note_seen(self.sql, held.id)?;
        let problem = question.as_ref().map(|question| question.state);
        let answer = question.and_then(|question| question.answer);
        Ok(OpenedEnvelope { bytes, attested_position, opened_before, hold, replaces, replaced_by, shown: held.shown, problem, answer })
    }

    /// For a frozen record, the later one that this clerk accepted; without it, the record stays closed. None if it is not frozen.
    pub(super) fn accepted_replacement(&self, held: &Held, clerk: MemberId) -> Result<Option<RecordId>, Refusal> {
        if !held.facts.is_frozen() {
            return Ok(None);
        }
        let by = replacement::accepted_by(self.sql, held.id, clerk)?.first().copied();
        by.map(Some).ok_or_else(|| ProblemCode::Superseded.into())
    }

    /// Attests that the clerk found the envelope readable. Asked again, the first receipt. Returns its place in the log.
    pub(crate) fn accept(&mut self, word: &Word, signed: &[u8]) -> Result<u64, Refusal> {
        let held = self.opened_by(word, Permission::AcceptRecord)?;
        if let Some(position) = held.accepted {
            return Ok(from_sql(position)?);
        }
        if held.destroyed.is_some() {
            return Err(ProblemCode::Destroyed.into());
        }
        self.accepted_replacement(&held, word.clerk)?;
        let position = self.attest_word(LeafKind::Accepted, word, &held)?;
        self.sql.prepare_cached("UPDATE record SET accepted_position = ?2, shown = 1 WHERE id = ?1")?.execute(params![held.id, to_sql(position)])?;
        // Under a new lock it is accepted anew, and the log names the newest word.
        self.sql.prepare_cached("INSERT OR REPLACE INTO acceptance (record, statement) VALUES (?1, ?2)")?.execute(params![held.id, signed])?;
        Ok(position)
    }

    /// Destroys the envelope's bytes for the clerk who shows the token from inside. Asked again, the first receipt. Returns its place in the log.
    pub(crate) fn destroy(&mut self, word: &Word, token: Token) -> Result<u64, Refusal> {
        let held = self.enterable(word, token)?;
        match held.destroyed {
            Some(position) => Ok(from_sql(position)?),
            None => self.destroy_bytes(word, &held, End::Entered),
        }
    }

    /// The same for a frozen record that nobody enters: `by`, which the clerk accepted, replaces it.
    pub(crate) fn destroy_replaced(&mut self, word: &Word, by: RecordId, token: Token) -> Result<u64, Refusal> {
        let held = self.opened_by(word, Permission::DestroyRecord)?;
        demand_token(&held, token)?;
        match held.destroyed {
            Some(position) if held.replaced => return Ok(from_sql(position)?),
            Some(_) => return Err(ProblemCode::Destroyed.into()),
            None => {}
        }
        let is_replaced = held.facts.is_frozen() && replacement::accepted_by(self.sql, held.id, word.clerk)?.contains(&by);
        if !is_replaced {
            return Err(ProblemCode::Conflict.into());
        }
        self.destroy_bytes(word, &held, End::Replaced)
    }

    /// The same for a held record that the clerk decided not to enter, a duplicate say, and for a number that came with one.
    pub(crate) fn discard(&mut self, word: &Word, token: Token) -> Result<u64, Refusal> {
        let held = self.opened_by(word, Permission::DestroyRecord)?;
        demand_token(&held, token)?;
        match held.destroyed {
            Some(_) if held.replaced => return Err(ProblemCode::Superseded.into()),
            Some(position) => return Ok(from_sql(position)?),
            None => {}
        }
        // What is not held is to be entered, and what is frozen goes with its replacement.
        let is_to_decide = matches!(held.facts.hold_reason(), Some(HoldReason::KnownCustomer | HoldReason::RevokedDevice));
        let is_withdrawn = notes::question_of(self.sql, held.id)?.is_some_and(|question| question.state == ProblemState::Withdrawn);
        // A change of mind is no duplicate: what it replaces is destroyed when it is opened, so discarding it would lose both. Only its author may say so.
        let is_rid_of = is_to_decide || brings_a_discarded_forms_number(self.sql, held.id)?;
        if !is_withdrawn && (is_change(self.sql, held.id)? || !is_rid_of) {
            return Err(ProblemCode::Conflict.into());
        }
        self.destroy_bytes(word, &held, End::Discarded)
    }

    /// Destroys, once and for all, on this word.
    pub(super) fn destroy_bytes(&mut self, word: &Word, held: &Held, end: End) -> Result<u64, Refusal> {
        // First overwritten, then deleted: secure_delete clears the pages that are given back, this clears the cell that may stay.
        self.sql.prepare_cached("UPDATE envelope SET bytes = zeroblob(length(bytes)) WHERE record = ?1")?.execute([held.id])?;
        self.sql.prepare_cached("DELETE FROM envelope WHERE record = ?1")?.execute([held.id])?;
        grace::forget(self.sql, held.id)?;
        notes::forget_question(self.sql, held.id)?;
        if end != End::Entered {
            notes::forget_told(self.sql, held.id)?;
        }
        self.keep_move(held.id)?;
        let position = self.attest_word(LeafKind::Destroyed, word, held)?;
        self.sql.prepare_cached("UPDATE record SET destroyed_position = ?2, replaced = ?3, discarded = ?4 WHERE id = ?1")?.execute(params![
            held.id,
            to_sql(position),
            end == End::Replaced,
            end == End::Discarded,
        ])?;
        self.destroyed += 1;
        Ok(position)
    }

    /// Where the log attests that this clerk's word destroyed the record, as entered or as replaced. Whoever else asks, and whatever is not destroyed, finds nothing.
    pub(crate) fn destruction_by(&mut self, clerk: MemberId, record: RecordId, replaced: bool) -> Result<u64, Refusal> {
        let held = self.held_for(clerk, record, Permission::DestroyRecord)?;
        // Destroying takes the word of who opened it last, and nobody opens it after that.
        let hers = held.was_opened_by(clerk);
        if hers && held.replaced && !replaced {
            return Err(ProblemCode::Superseded.into());
        }
        let position = held.destroyed.filter(|_| hers && held.replaced == replaced).ok_or(ProblemCode::NotFound)?;
        Ok(from_sql(position)?)
    }

    /// The record, if it is this clerk's. Whose it is otherwise, nobody is told.
    pub(super) fn held_for(&self, clerk: MemberId, record: RecordId, permission: Permission) -> Result<Held, Refusal> {
        let held = held(self.sql, record)?.ok_or(ProblemCode::NotFound)?;
        let directory = &self.office()?.directory;
        let permitted = roles::may(directory, &KeyId::Member(clerk), permission, Some(held.team)).is_ok();
        // What she had destroyed stays hers to ask about, whoever has the unit's other forms now, and whatever she does now.
        let destroyed_it = held.is_destroyed() && held.was_opened_by(clerk) && directory.active_member(&clerk).is_some();
        if permitted && held.facts.clerk == Some(clerk) || destroyed_it { Ok(held) } else { Err(ProblemCode::NotFound.into()) }
    }

    /// The record, if this clerk opened it and speaks of these very bytes.
    pub(super) fn opened_by(&self, word: &Word, permission: Permission) -> Result<Held, Refusal> {
        let held = self.held_for(word.clerk, word.record, permission)?;
        if held.digest != word.digest || !held.was_opened_by(word.clerk) {
            return Err(ProblemCode::Conflict.into());
        }
        Ok(held)
    }

    fn attest_word(&mut self, kind: LeafKind, word: &Word, held: &Held) -> Result<u64, Refusal> {
        let office = self.office()?;
        let attested = Attested {
            kind,
            device: office.device_of(word.clerk),
            record: word.record,
            digest: held.digest,
            length: from_sql(held.length)?,
            team_key_epoch: held.epoch,
            statement: Some(word.statement),
        };
        Ok(self.attest(office.office(), attested)?)
    }
}

/// Whether the clerk knows what is inside.
pub(super) fn demand_token(held: &Held, token: Token) -> Result<(), Refusal> {
    let shown: [u8; 32] = Sha256::digest(Context::TokenV1.frame(token.as_bytes())).into();
    if bool::from(shown.ct_eq(&held.token_hash)) { Ok(()) } else { Err(ProblemCode::Forbidden.into()) }
}

/// The record as it stands.
pub(super) fn held(sql: &Connection, record: RecordId) -> Result<Option<Held>, StoreFault> {
    let mut select = sql.prepare_cached(
        "SELECT record.id, digest, length, epoch, token_hash, stored_position, accepted_position, \
         destroyed_position, hold, awaits_number, opened_by, unit.clerk, record.team, fetched_frozen_by, replaced, rewrapped_position, shown \
         FROM record JOIN unit ON unit.id = record.unit WHERE record = ?1",
    )?;
    let row = |row: &Row<'_>| {
        Ok(Held {
            id: row.get(0)?,
            digest: Digest(row.get(1)?),
            length: row.get(2)?,
            epoch: row.get(3)?,
            token_hash: row.get(4)?,
            stored: row.get(5)?,
            accepted: row.get(6)?,
            destroyed: row.get(7)?,
            facts: facts(row, 7)?,
            team: TeamId(row.get(12)?),
            fetched_frozen_by: row.get::<_, Option<_>>(13)?.map(MemberId),
            replaced: row.get(14)?,
            rewrapped: row.get(15)?,
            shown: row.get(16)?,
        })
    };
    Ok(select.query_row([record.0], row).optional()?)
}

fn is_change(sql: &Connection, id: i64) -> Result<bool, StoreFault> {
    let mut select = sql.prepare_cached("SELECT supersedes IS NOT NULL FROM record WHERE id = ?1")?;
    Ok(select.query_row([id], |row| row.get(0))?)
}

/// Whether it is a number whose form is destroyed: nobody can need it.
fn brings_a_discarded_forms_number(sql: &Connection, id: i64) -> Result<bool, StoreFault> {
    let mut select = sql.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM record AS number JOIN record AS form ON form.record = number.follows \
         WHERE number.id = ?1 AND form.destroyed_position IS NOT NULL)",
    )?;
    Ok(select.query_row([id], |row| row.get(0))?)
}

/// Reads the columns `destroyed_position, hold, awaits_number, opened_by, clerk`, from column `at` on.
fn facts(row: &Row<'_>, at: usize) -> Result<Facts, rusqlite::Error> {
    Ok(Facts {
        destroyed: row.get::<_, Option<i64>>(at)?.is_some(),
        hold: row.get(at + 1)?,
        awaits_number: row.get(at + 2)?,
        opened_by: row.get::<_, Option<_>>(at + 3)?.map(MemberId),
        clerk: row.get::<_, Option<_>>(at + 4)?.map(MemberId),
    })
}

impl Store {
    /// The clerk's queue: a unit's records together, oldest unit first. What somebody else entered and can still take back is in nobody's.
    pub(crate) async fn assignments(&self, clerk: MemberId) -> Result<Vec<Assignment>, StoreFault> {
        self.readers
            .read(move |sql| {
                let mut select = sql.prepare_cached(
                    "SELECT record.record, record.team, unit.id, record.unit_members, record.stored_at, record.destroyed_position, record.hold, \
                     record.awaits_number, record.opened_by, unit.clerk, record.follows, record.supersedes, record.fetched_frozen_by IS NOT NULL, due, \
                     CASE WHEN form.destroyed_position IS NOT NULL THEN form.replaced OR form.discarded END, note.record IS NOT NULL, answer \
                     FROM unit JOIN record ON record.unit = unit.id LEFT JOIN entering ON entering.record = record.id \
                     LEFT JOIN record AS form ON form.record = record.follows \
                     LEFT JOIN note ON note.record = record.id AND asks = 1 \
                     WHERE unit.clerk = ?1 AND record.destroyed_position IS NULL AND coalesce(entering.clerk, unit.clerk) = unit.clerk \
                     ORDER BY unit.id, record.id",
                )?;
                let rows = select.query_map([clerk.0], |row| {
                    let facts = facts(row, 5)?;
                    Ok(Assignment {
                        record: RecordId(row.get(0)?),
                        team: TeamId(row.get(1)?),
                        unit: row.get::<_, i64>(2)?.unsigned_abs(),
                        unit_members: row.get(3)?,
                        stored_at: UnixTime(row.get::<_, i64>(4)?.unsigned_abs()),
                        state: facts.state(),
                        opened_before: facts.opened_by.is_some() || row.get(12)?,
                        hold: facts.hold_reason(),
                        follows: row.get::<_, Option<_>>(10)?.map(RecordId),
                        supersedes: row.get::<_, Option<_>>(11)?.map(RecordId),
                        due: row.get::<_, Option<i64>>(13)?.map(|due| UnixTime(due.unsigned_abs())),
                        form_end: row.get::<_, Option<bool>>(14)?.map(|unentered| if unentered { FormEnd::Unentered } else { FormEnd::Entered }),
                        problem: if row.get(15)? { Some(notes::state(row.get(16)?)) } else { None },
                    })
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }
}
