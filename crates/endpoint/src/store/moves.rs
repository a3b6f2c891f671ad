//! What a team's leader moves by hand, and takes back: whole units, by number, never a chosen one.

use protocol::api::MoveRequest;
use protocol::problem::ProblemCode;
use protocol::{MemberId, TeamId};
use rusqlite::{Row, params};

use super::batch::Batch;
use super::fault::{Refusal, StoreFault};
use super::number::to_sql;
use super::quotas::{self, Account};
use super::units::{Place, give, is_clerk, takers};

/// Seconds in which the last move can be undone.
const UNDO: u64 = 15 * 60;

/// Oldest first, but what its clerk has opened after all others; nothing of which a form is being confirmed.
const MOVABLE: &str = "SELECT unit.id FROM unit JOIN record ON record.unit = unit.id LEFT JOIN entering ON entering.record = record.id \
     WHERE unit.team = ?1 AND unit.clerk IS ?2 AND destroyed_position IS NULL GROUP BY unit.id HAVING count(entering.record) = 0 \
     ORDER BY max(coalesce(opened_by = unit.clerk, 0)), min(stored_at), unit.id LIMIT ?3";

/// A unit of the last move.
struct Moved {
    unit: i64,
    /// Whose it was.
    origin: Option<MemberId>,
    target: MemberId,
    /// Whether the target's account was charged with it.
    counted: bool,
}

impl Moved {
    fn read(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self { unit: row.get(0)?, origin: row.get::<_, Option<_>>(1)?.map(MemberId), counted: row.get(2)?, target: MemberId(row.get(3)?) })
    }
}

impl Batch<'_> {
    /// Moves up to so many units from one clerk, or from those that nobody has, to another, or to the others by their quotas. Returns how many. Whom the
    /// leader names is counted on: a lease that was over begins anew, else everything would come back with the next round.
    pub(crate) fn move_units(&mut self, leader: MemberId, team: TeamId, request: &MoveRequest) -> Result<u32, Refusal> {
        let MoveRequest { from, to, units } = *request;
        let directory = &self.office()?.directory;
        if units == 0 || (from.is_some() && from == to) {
            return Err(ProblemCode::Malformed.into());
        }
        if [from, to].into_iter().flatten().any(|clerk| !is_clerk(directory, team, clerk)) {
            return Err(ProblemCode::NotFound.into());
        }
        let places = self.places(directory, team)?;
        let mut others = fresh_accounts(&places, from);
        let can_take = match to {
            Some(to) => places.iter().any(|place| place.clerk == to && !place.absent),
            None => !others.is_empty(),
        };
        if !can_take {
            return Err(ProblemCode::Conflict.into());
        }
        let mut select = self.sql.prepare_cached(MOVABLE)?;
        let rows = select.query_map(params![team.0, from.map(|from| from.0), units], |row| row.get(0))?;
        let movable: Vec<i64> = rows.collect::<Result<_, _>>()?;
        if movable.is_empty() {
            return Ok(0);
        }
        if let Some(to) = to {
            self.begin_lease(team, to)?;
        }
        // What nobody had is shared as what arrives is, by accounts that last: however small the portions, their sum follows the quotas.
        let counted = from.is_none() && to.is_none();
        self.sql.prepare_cached("DELETE FROM moved WHERE team = ?1")?.execute([team.0])?;
        let mut remember = self.sql.prepare_cached("INSERT INTO moved (unit, team, origin, target, counted) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for unit in &movable {
            let target = match to {
                Some(to) => Some(to),
                None if counted => self.next_clerk(team, &self.places(directory, team)?)?,
                None => quotas::next(&mut others),
            };
            let target = target.ok_or(ProblemCode::Conflict)?;
            give(self.sql, *unit, Some(target))?;
            remember.execute(params![unit, team.0, from.map(|from| from.0), target.0, counted])?;
        }
        self.note_change(leader, team)?;
        let until = to_sql(self.now.0 + UNDO);
        self.sql.prepare_cached("UPDATE distribution SET undo_until = ?2 WHERE team = ?1")?.execute(params![team.0, until])?;
        Ok(u32::try_from(movable.len()).unwrap_or(units))
    }

    /// Puts the units of the last move back, as far as nobody opened or confirmed any of their forms since. Returns how many. Whoever gets some back has a
    /// lease from now on.
    pub(crate) fn undo_move(&mut self, leader: MemberId, team: TeamId) -> Result<u32, Refusal> {
        let directory = &self.office()?.directory;
        let places = self.places(directory, team)?;
        let mut select = self.sql.prepare_cached(
            "SELECT unit.id, origin, counted, target FROM moved JOIN unit ON unit.id = moved.unit JOIN distribution ON distribution.team = moved.team \
             WHERE moved.team = ?1 AND unit.clerk = target AND undo_until > ?2",
        )?;
        let rows = select.query_map(params![team.0, to_sql(self.now.0)], Moved::read)?;
        let untouched: Vec<Moved> = rows.collect::<Result<_, _>>()?;
        let is_there = |origin: MemberId| places.iter().any(|place| place.clerk == origin && !place.absent);
        let back: Vec<_> = untouched.into_iter().filter(|moved| moved.origin.is_none_or(is_there)).collect();
        if back.is_empty() {
            return Err(ProblemCode::Conflict.into());
        }
        // It was not given to her after all.
        let mut uncount = self.sql.prepare_cached("UPDATE quota SET assigned = max(assigned - 1, 0) WHERE team = ?1 AND clerk = ?2")?;
        for moved in &back {
            give(self.sql, moved.unit, moved.origin)?;
            if moved.counted {
                uncount.execute(params![team.0, moved.target.0])?;
            }
            if let Some(origin) = moved.origin {
                self.begin_lease(team, origin)?;
            }
        }
        self.sql.prepare_cached("DELETE FROM moved WHERE team = ?1")?.execute([team.0])?;
        self.note_change(leader, team)?;
        self.sql.prepare_cached("UPDATE distribution SET undo_until = NULL WHERE team = ?1")?.execute([team.0])?;
        Ok(u32::try_from(back.len()).unwrap_or(u32::MAX))
    }

    /// Somebody has this record's unit in hand: a move of it is not undone any more.
    pub(super) fn keep_move(&self, record: i64) -> Result<(), StoreFault> {
        self.sql.prepare_cached("DELETE FROM moved WHERE unit = (SELECT unit FROM record WHERE id = ?1)")?.execute([record])?;
        Ok(())
    }
}

/// Accounts of their own: what one clerk gives up is shared by the others' weights, and nobody gets it back with the next arrivals.
fn fresh_accounts(places: &[Place], from: Option<MemberId>) -> Vec<Account> {
    let others = takers(places).into_iter().filter(|place| Some(place.clerk) != from);
    others.map(|place| Account { clerk: place.clerk, weight: place.weight, assigned: 0 }).collect()
}
