//! Distribution: by quotas among the team's clerks who are there, and one clerk for all forms of a benefit unit.

use office::directory::VerifiedDirectory;
use protocol::{MemberId, Tag, TeamId, UnixTime};
use rusqlite::{Connection, OptionalExtension, params};

use super::batch::Batch;
use super::fault::StoreFault;
use super::number::from_sql;
use super::quotas::{self, Account};

/// Seconds: how exactly it is remembered when a clerk was here.
pub(super) const HOUR: u64 = 3600;

/// A benefit unit's row.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    pub(super) id: i64,
    pub(super) clerk: Option<MemberId>,
}

/// The unit with this tag, new if nobody has seen the tag in this team.
pub(super) fn unit(sql: &Connection, team: TeamId, tag: Tag) -> Result<Unit, StoreFault> {
    let mut select = sql.prepare_cached("SELECT id, clerk FROM unit WHERE team = ?1 AND tag = ?2")?;
    let known = select.query_row(params![team.0, tag.0], |row| Ok(Unit { id: row.get(0)?, clerk: row.get::<_, Option<_>>(1)?.map(MemberId) }));
    if let Some(unit) = known.optional()? {
        return Ok(unit);
    }
    sql.prepare_cached("INSERT INTO unit (team, tag) VALUES (?1, ?2)")?.execute(params![team.0, tag.0])?;
    Ok(Unit { id: sql.last_insert_rowid(), clerk: None })
}

/// A clerk's place in the distribution.
pub(super) struct Place {
    pub(super) clerk: MemberId,
    pub(super) weight: i64,
    pub(super) absent: bool,
    /// Her lease is over: she was not here for so long that her units go to others.
    pub(super) lapsed: bool,
    assigned: i64,
    counted: i64,
}

impl Place {
    /// Whether new units may go to her.
    fn takes(&self) -> bool {
        !self.absent && self.weight > 0
    }

    pub(super) fn is_away(&self) -> bool {
        self.absent || self.lapsed
    }
}

/// Who gets the next units: those who take any and were here lately; if there are none, those who take any.
pub(super) fn takers(places: &[Place]) -> Vec<&Place> {
    let here: Vec<&Place> = places.iter().filter(|place| place.takes() && !place.lapsed).collect();
    if here.is_empty() { places.iter().filter(|place| place.takes()).collect() } else { here }
}

/// Somebody whom the directory calls a clerk of the team; else there is nobody by this id.
pub(super) fn is_clerk(directory: &VerifiedDirectory, team: TeamId, clerk: MemberId) -> bool {
    directory.clerks_of(team).any(|known| known.member == clerk)
}

impl Batch<'_> {
    /// Gives a unit, one of whose records has just arrived, to a clerk, if it has none or hers takes no more; else it stays with her.
    pub(super) fn assign(&mut self, directory: &VerifiedDirectory, team: TeamId, unit: Unit) -> Result<(), StoreFault> {
        let places = self.places(directory, team)?;
        let keeps = unit.clerk.map(|clerk| self.keeps(unit.id, clerk, &places)).transpose()?;
        if keeps != Some(true)
            && !self.is_by_hand(team)?
            && let Some(next) = self.next_clerk(team, &places)?
        {
            give(self.sql, unit.id, Some(next))?;
        }
        Ok(())
    }

    /// Whether a unit stays with its clerk: while she takes new ones, while she is confirming one of its forms, and while she has others of its forms here.
    fn keeps(&self, unit: i64, clerk: MemberId, places: &[Place]) -> Result<bool, StoreFault> {
        if takers(places).iter().any(|place| place.clerk == clerk) {
            return Ok(true);
        }
        let mut select = self.sql.prepare_cached(
            "SELECT count(*) > 1, count(entering.record) > 0 FROM record LEFT JOIN entering ON entering.record = record.id \
             WHERE record.unit = ?1 AND destroyed_position IS NULL",
        )?;
        let (has_others, is_confirmed): (bool, bool) = select.query_row([unit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let is_away = places.iter().any(|place| place.clerk == clerk && place.is_away());
        Ok(is_confirmed || has_others && !is_away)
    }

    /// The team's active clerks with what their leader set. Whoever is new has the full weight, and a lease from now on.
    pub(super) fn places(&self, directory: &VerifiedDirectory, team: TeamId) -> Result<Vec<Place>, StoreFault> {
        let mut known = places_of(self.sql, team, self.now, self.lease)?;
        let clerks: Vec<MemberId> = directory.clerks_of(team).map(|clerk| clerk.member).collect();
        let new: Vec<MemberId> = clerks.iter().copied().filter(|clerk| known.iter().all(|place| place.clerk != *clerk)).collect();
        for clerk in &new {
            self.leave_colleagues_a_day(team, *clerk)?;
            let insert = "INSERT INTO quota (team, clerk, assigned, seen) VALUES (?1, ?2, 0, ?3)";
            self.sql.prepare_cached(insert)?.execute(params![team.0, clerk.0, self.hour()])?;
        }
        if !new.is_empty() {
            known = places_of(self.sql, team, self.now, self.lease)?;
        }
        // In the directory's order.
        let mut place = |clerk: &MemberId| known.iter().position(|place| place.clerk == *clerk).map(|at| known.swap_remove(at));
        Ok(clerks.iter().filter_map(&mut place).collect())
    }

    /// Whose turn it is, and counts that. Wherever the quotas are not those that were counted with, all begin from zero: nobody has to make up for an
    /// absence, nor is anybody given less for having stood in.
    pub(super) fn next_clerk(&self, team: TeamId, places: &[Place]) -> Result<Option<MemberId>, StoreFault> {
        let takers = takers(places);
        let is_taker = |place: &Place| takers.iter().any(|taker| taker.clerk == place.clerk);
        let share = |place: &Place| if is_taker(place) { place.weight } else { 0 };
        let as_counted = places.iter().all(|place| place.counted == share(place));
        if !as_counted {
            let mut open = self.sql.prepare_cached("UPDATE quota SET assigned = 0, counted = ?3 WHERE team = ?1 AND clerk = ?2")?;
            for place in places {
                open.execute(params![team.0, place.clerk.0, share(place)])?;
            }
        }
        let account = |place: &&Place| Account { clerk: place.clerk, weight: place.weight, assigned: if as_counted { place.assigned } else { 0 } };
        let mut accounts: Vec<Account> = takers.iter().map(account).collect();
        let Some(next) = quotas::next(&mut accounts) else { return Ok(None) };
        self.sql.prepare_cached("UPDATE quota SET assigned = assigned + 1 WHERE team = ?1 AND clerk = ?2")?.execute(params![team.0, next.0])?;
        Ok(Some(next))
    }

    /// Whether new units wait for the leader's hand.
    pub(super) fn is_by_hand(&self, team: TeamId) -> Result<bool, StoreFault> {
        let mut select = self.sql.prepare_cached("SELECT by_hand FROM distribution WHERE team = ?1")?;
        Ok(select.query_row([team.0], |row| row.get(0)).optional()?.unwrap_or(false))
    }

    /// Distributes all of a team's units that no clerk has, oldest first, unless they wait for the leader's hand.
    pub(super) fn distribute_waiting(&mut self, directory: &VerifiedDirectory, team: TeamId) -> Result<(), StoreFault> {
        if self.is_by_hand(team)? {
            return Ok(());
        }
        let mut select = self.sql.prepare_cached(
            "SELECT DISTINCT unit.id FROM unit JOIN record ON record.unit = unit.id \
             WHERE unit.clerk IS NULL AND unit.team = ?1 AND record.destroyed_position IS NULL ORDER BY unit.id",
        )?;
        let waiting: Vec<i64> = select.query_map([team.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for unit in waiting {
            let places = self.places(directory, team)?;
            let Some(clerk) = self.next_clerk(team, &places)? else { break };
            give(self.sql, unit, Some(clerk))?;
        }
        Ok(())
    }

    /// After a new directory: takes units back from whoever is no active clerk of the team any more, and distributes all that have none.
    pub(super) fn redistribute(&mut self) -> Result<(), StoreFault> {
        let Some(office) = self.founded.clone() else { return Ok(()) };
        let sql = self.sql;
        for (team, clerk) in pairs(sql, "SELECT team, clerk FROM unit WHERE clerk IS NOT NULL UNION SELECT team, clerk FROM quota")? {
            if !is_clerk(&office.directory, team, clerk) {
                let gone = params![team.0, clerk.0];
                sql.prepare_cached("UPDATE unit SET clerk = NULL WHERE team = ?1 AND clerk = ?2")?.execute(gone)?;
                sql.prepare_cached("DELETE FROM quota WHERE team = ?1 AND clerk = ?2")?.execute(gone)?;
            }
        }
        for team in &office.directory.get().teams {
            self.distribute_waiting(&office.directory, team.team)?;
        }
        Ok(())
    }
}

/// Makes a unit this clerk's, or nobody's.
pub(super) fn give(sql: &Connection, unit: i64, clerk: Option<MemberId>) -> Result<(), StoreFault> {
    sql.prepare_cached("UPDATE unit SET clerk = ?2 WHERE id = ?1")?.execute(params![unit, clerk.map(|clerk| clerk.0)])?;
    Ok(())
}

/// Everybody of whom something is known in this team, whether the directory still lists them or not.
pub(super) fn places_of(sql: &Connection, team: TeamId, now: UnixTime, lease: u64) -> Result<Vec<Place>, StoreFault> {
    let mut select = sql.prepare_cached("SELECT clerk, weight, absent_until, seen, assigned, counted FROM quota WHERE team = ?1")?;
    let mut rows = select.query([team.0])?;
    let mut places = Vec::new();
    while let Some(row) = rows.next()? {
        let absent_until = row.get::<_, Option<i64>>(2)?.map(from_sql).transpose()?;
        let seen = row.get::<_, Option<i64>>(3)?.map(from_sql).transpose()?;
        places.push(Place {
            clerk: MemberId(row.get(0)?),
            weight: row.get(1)?,
            absent: absent_until.is_some_and(|until| until > now.0),
            lapsed: seen.is_some_and(|seen| seen.saturating_add(lease) <= now.0),
            assigned: row.get(4)?,
            counted: row.get(5)?,
        });
    }
    Ok(places)
}

fn pairs(sql: &Connection, query: &str) -> Result<Vec<(TeamId, MemberId)>, StoreFault> {
    let mut select = sql.prepare_cached(query)?;
    let rows = select.query_map([], |row| Ok((TeamId(row.get(0)?), MemberId(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
