//! Distribution: even quotas among a team's active clerks, and one clerk for all forms of a benefit unit.

use protocol::{MemberId, Tag, TeamId};
use rusqlite::{Connection, OptionalExtension, params};

use super::batch::Batch;
use super::fault::StoreFault;
use super::office::Founded;

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

/// Gives one more record of this unit to its clerk; a unit without one goes to the clerk who was given least. None if the team has no clerk.
pub(super) fn assign(sql: &Connection, office: &Founded, team: TeamId, unit: Unit, records: i64) -> Result<Option<MemberId>, StoreFault> {
    let clerk = match unit.clerk {
        Some(clerk) => clerk,
        None => {
            let Some(clerk) = least_loaded(sql, team, &active_clerks(office, team))? else { return Ok(None) };
            sql.prepare_cached("UPDATE unit SET clerk = ?2 WHERE id = ?1")?.execute(params![unit.id, clerk.0])?;
            clerk
        }
    };
    sql.prepare_cached("UPDATE quota SET assigned = assigned + ?3 WHERE team = ?1 AND clerk = ?2")?.execute(params![team.0, clerk.0, records])?;
    Ok(Some(clerk))
}

fn active_clerks(office: &Founded, team: TeamId) -> Vec<MemberId> {
    office.directory.clerks_of(team).map(|clerk| clerk.member).collect()
}

fn least_loaded(sql: &Connection, team: TeamId, clerks: &[MemberId]) -> Result<Option<MemberId>, StoreFault> {
    let mut select = sql.prepare_cached("SELECT clerk, assigned FROM quota WHERE team = ?1")?;
    let rows = select.query_map([team.0], |row| Ok((MemberId(row.get(0)?), row.get::<_, i64>(1)?)))?;
    let known: Vec<(MemberId, i64)> = rows.collect::<Result<_, _>>()?;
    let load = |clerk: &MemberId| known.iter().find(|row| row.0 == *clerk).map(|row| row.1);
    // Whoever is new starts level with the least loaded: the others' past is not theirs to catch up on.
    let level = clerks.iter().filter_map(load).min().unwrap_or(0);
    for clerk in clerks.iter().filter(|clerk| load(clerk).is_none()) {
        sql.prepare_cached("INSERT INTO quota (team, clerk, assigned) VALUES (?1, ?2, ?3)")?.execute(params![team.0, clerk.0, level])?;
    }
    Ok(clerks.iter().min_by_key(|clerk| load(clerk).unwrap_or(level)).copied())
}

impl Batch<'_> {
    /// After a new directory: takes units back from whoever is no active clerk of the team any more, and distributes all that have none.
    pub(super) fn redistribute(&mut self) -> Result<(), StoreFault> {
        let Some(office) = self.founded.clone() else { return Ok(()) };
        let sql = self.sql;
        for (team, clerk) in pairs(sql, "SELECT team, clerk FROM unit WHERE clerk IS NOT NULL UNION SELECT team, clerk FROM quota")? {
            if !active_clerks(&office, team).contains(&clerk) {
                let gone = params![team.0, clerk.0];
                sql.prepare_cached("UPDATE unit SET clerk = NULL WHERE team = ?1 AND clerk = ?2")?.execute(gone)?;
                sql.prepare_cached("DELETE FROM quota WHERE team = ?1 AND clerk = ?2")?.execute(gone)?;
            }
        }
        let mut select = sql.prepare_cached(
            "SELECT unit.id, unit.team, count(*) FROM unit JOIN record ON record.unit = unit.id \
             WHERE unit.clerk IS NULL AND record.destroyed_position IS NULL GROUP BY unit.id ORDER BY unit.id",
        )?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, TeamId(row.get(1)?), row.get(2)?)))?;
        let waiting: Vec<(i64, TeamId, i64)> = rows.collect::<Result<_, _>>()?;
        for (id, team, records) in waiting {
            assign(sql, &office, team, Unit { id, clerk: None }, records)?;
        }
        Ok(())
    }
}

fn pairs(sql: &Connection, query: &str) -> Result<Vec<(TeamId, MemberId)>, StoreFault> {
    let mut select = sql.prepare_cached(query)?;
    let rows = select.query_map([], |row| Ok((TeamId(row.get(0)?), MemberId(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
