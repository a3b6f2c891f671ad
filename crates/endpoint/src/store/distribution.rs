//! What a team's leader sets, and sees of it: counts, ages and states. Never a form, a customer, an author.

use protocol::api::{ChangedBy, ClerkSetting, ClerkShare, DistributionReply, DistributionRequest, Pile, RecordState, Undoable};
use protocol::problem::ProblemCode;
use protocol::{MemberId, TeamId, UnixTime};
use rusqlite::{Connection, OptionalExtension, params};

use super::Store;
use super::batch::Batch;
use super::fault::{Refusal, StoreFault};
use super::number::{from_sql, to_sql};
use super::records::Facts;
use super::units::{is_clerk, places_of};

/// The highest weight of a clerk.
const FULL: u8 = 100;
/// Seconds; longer absences are the directory's business.
const LONGEST_ABSENCE: u64 = 400 * 24 * 3600;

impl Batch<'_> {
    /// Sets what the leader names, and lets it take effect at once.
    pub(crate) fn set_distribution(&mut self, leader: MemberId, team: TeamId, request: &DistributionRequest) -> Result<(), Refusal> {
        let office = self.office()?;
        for setting in &request.clerks {
            if !is_clerk(&office.directory, team, setting.clerk) {
                return Err(ProblemCode::NotFound.into());
            }
            let is_too_long = setting.absent_until.is_some_and(|until| until.0 > self.now.0.saturating_add(LONGEST_ABSENCE));
            if setting.weight > FULL || is_too_long {
                return Err(ProblemCode::Malformed.into());
            }
        }
        // Everybody has a row after this.
        self.places(&office.directory, team)?;
        let mut update = self.sql.prepare_cached("UPDATE quota SET weight = ?3, absent_until = ?4 WHERE team = ?1 AND clerk = ?2")?;
        for ClerkSetting { clerk, weight, absent_until } in &request.clerks {
            let until = absent_until.filter(|until| *until > self.now).map(|until| to_sql(until.0));
            update.execute(params![team.0, clerk.0, weight, until])?;
        }
        self.note_change(leader, team)?;
        if let Some(by_hand) = request.by_hand {
            self.sql.prepare_cached("UPDATE distribution SET by_hand = ?2 WHERE team = ?1")?.execute(params![team.0, by_hand])?;
        }
        Ok(self.return_work(&office.directory, team)?)
    }

    /// Who changed something last, and when: the one before is forgotten.
    pub(super) fn note_change(&self, leader: MemberId, team: TeamId) -> Result<(), StoreFault> {
        let note = "INSERT INTO distribution (team, changed_by, changed_at) VALUES (?1, ?2, ?3) \
             ON CONFLICT (team) DO UPDATE SET changed_by = excluded.changed_by, changed_at = excluded.changed_at";
        self.sql.prepare_cached(note)?.execute(params![team.0, leader.0, to_sql(self.now.0)])?;
        Ok(())
    }
}

impl Store {
    /// How the team's work is distributed among these clerks.
    pub(crate) async fn distribution(&self, team: TeamId, clerks: Vec<MemberId>, now: UnixTime) -> Result<DistributionReply, StoreFault> {
        let lease = self.lease;
        self.readers
            .read(move |sql| {
                let places = places_of(sql, team, now, lease)?;
                let mut shares = Vec::with_capacity(clerks.len());
                for clerk in clerks {
                    let place = places.iter().find(|place| place.clerk == clerk);
                    shares.push(ClerkShare {
                        clerk,
                        weight: place.map_or(FULL, |place| u8::try_from(place.weight).unwrap_or(FULL)),
                        absent_until: absent_until(sql, team, clerk)?.filter(|until| *until > now),
                        lapsed: place.is_some_and(|place| place.lapsed),
                        pile: pile(sql, team, Some(clerk))?,
                    });
                }
                let (by_hand, changed) = settings(sql, team)?;
                Ok(DistributionReply { by_hand, clerks: shares, unassigned: pile(sql, team, None)?, undo: undoable(sql, team, now)?, changed })
            })
            .await
    }
}

impl Store {
    /// How many of these clerks are given work by quota: whoever has none enters nothing that others' figures could hide among.
    pub(crate) async fn working(&self, team: TeamId, clerks: Vec<MemberId>) -> Result<usize, StoreFault> {
        self.readers
            .read(move |sql| {
                let mut select = sql.prepare_cached("SELECT clerk FROM quota WHERE team = ?1 AND weight = 0")?;
                let rows = select.query_map([team.0], |row| row.get(0).map(MemberId))?;
                let idle: Vec<MemberId> = rows.collect::<Result<_, _>>()?;
                Ok(clerks.iter().filter(|clerk| !idle.contains(clerk)).count())
            })
            .await
    }
}

fn absent_until(sql: &Connection, team: TeamId, clerk: MemberId) -> Result<Option<UnixTime>, StoreFault> {
    let mut select = sql.prepare_cached("SELECT absent_until FROM quota WHERE team = ?1 AND clerk = ?2")?;
    let until: Option<Option<i64>> = select.query_row(params![team.0, clerk.0], |row| row.get(0)).optional()?;
    Ok(until.flatten().map(from_sql).transpose()?.map(UnixTime))
}

fn settings(sql: &Connection, team: TeamId) -> Result<(bool, Option<ChangedBy>), StoreFault> {
    let mut select = sql.prepare_cached("SELECT by_hand, changed_by, changed_at FROM distribution WHERE team = ?1")?;
    let row = select.query_row([team.0], |row| Ok((row.get(0)?, row.get::<_, Option<_>>(1)?, row.get::<_, Option<i64>>(2)?))).optional()?;
    let Some((by_hand, by, at)) = row else { return Ok((false, None)) };
    let at = at.map(from_sql).transpose()?.map(UnixTime);
    Ok((by_hand, by.map(MemberId).zip(at).map(|(by, at)| ChangedBy { by, at })))
}

fn undoable(sql: &Connection, team: TeamId, now: UnixTime) -> Result<Option<Undoable>, StoreFault> {
    let mut select = sql.prepare_cached(
        "SELECT max(undo_until), count(*) FROM moved JOIN distribution ON distribution.team = moved.team JOIN unit ON unit.id = moved.unit \
         WHERE moved.team = ?1 AND undo_until > ?2 AND unit.clerk = target",
    )?;
    let (until, units): (Option<i64>, u32) = select.query_row(params![team.0, to_sql(now.0)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    until.map(|until| Ok(Undoable { until: UnixTime(from_sql(until)?), units })).transpose()
}

/// What lies with one clerk, or with nobody.
fn pile(sql: &Connection, team: TeamId, clerk: Option<MemberId>) -> Result<Pile, StoreFault> {
    let of_clerk = params![team.0, clerk.map(|clerk| clerk.0)];
    let mut units = sql.prepare_cached(
        "SELECT count(DISTINCT unit.id), min(stored_at) FROM unit JOIN record ON record.unit = unit.id \
         WHERE unit.team = ?1 AND unit.clerk IS ?2 AND destroyed_position IS NULL",
    )?;
    let (units, oldest): (i64, Option<i64>) = units.query_row(of_clerk, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut pile = Pile { units: from_sql(units)?, oldest: oldest.map(from_sql).transpose()?.map(UnixTime), ..Pile::default() };
    let mut states = sql.prepare_cached(
        "SELECT hold, awaits_number, opened_by, count(*) FROM unit JOIN record ON record.unit = unit.id \
         WHERE unit.team = ?1 AND unit.clerk IS ?2 AND destroyed_position IS NULL GROUP BY hold, awaits_number, opened_by",
    )?;
    let mut rows = states.query(of_clerk)?;
    while let Some(row) = rows.next()? {
        let opened_by = row.get::<_, Option<_>>(2)?.map(MemberId);
        let facts = Facts { destroyed: false, hold: row.get(0)?, awaits_number: row.get(1)?, opened_by, clerk };
        let count = match facts.state() {
            RecordState::Waiting | RecordState::Assigned => &mut pile.waiting,
            RecordState::Opened => &mut pile.opened,
            RecordState::Held => &mut pile.held,
            RecordState::AwaitsNumber => &mut pile.awaits_number,
            RecordState::Destroyed => continue,
        };
        *count += from_sql(row.get(3)?)?;
    }
    Ok(pile)
}
