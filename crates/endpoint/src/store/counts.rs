//! Process counts of a team. Never an answer, never a person.

use protocol::api::{RecordState, TeamCounts};
use protocol::{MemberId, TeamId, UnixTime};
use rusqlite::params;

use super::Store;
use super::fault::StoreFault;
use super::number::{from_sql, to_sql};
use super::records::Facts;

/// Seconds.
const DAY: u64 = 24 * 3600;

impl Store {
    /// How many of the team's records are in which state, and how many wait for so many days already.
    pub(crate) async fn counts(&self, team: TeamId, deadlines: Vec<u16>, now: UnixTime) -> Result<TeamCounts, StoreFault> {
        self.readers
            .read(move |sql| {
                let mut select = sql.prepare_cached(
                    "SELECT destroyed_position IS NOT NULL AS gone, hold, awaits_number, opened_by, unit.clerk, count(*), min(stored_at) \
                     FROM unit JOIN record ON record.unit = unit.id WHERE unit.team = ?1 GROUP BY gone, hold, awaits_number, opened_by, unit.clerk",
                )?;
                let mut rows = select.query([team.0])?;
                let mut counts = TeamCounts::default();
                while let Some(row) = rows.next()? {
                    let facts = Facts {
                        destroyed: row.get(0)?,
                        hold: row.get(1)?,
                        awaits_number: row.get(2)?,
                        opened_by: row.get::<_, Option<_>>(3)?.map(MemberId),
                        clerk: row.get::<_, Option<_>>(4)?.map(MemberId),
                    };
                    add(&mut counts, facts.state(), from_sql(row.get(5)?)?, UnixTime(from_sql(row.get(6)?)?));
                }
                let mut late = sql.prepare_cached(
                    "SELECT count(*) FROM unit JOIN record ON record.unit = unit.id WHERE unit.team = ?1 AND destroyed_position IS NULL AND stored_at <= ?2",
                )?;
                let mut overdue = Vec::with_capacity(deadlines.len());
                for days in deadlines {
                    let latest = now.0.saturating_sub(u64::from(days) * DAY);
                    overdue.push(from_sql(late.query_row(params![team.0, to_sql(latest)], |row| row.get(0))?)?);
                }
                counts.overdue = Some(overdue);
                let mut asked = sql.prepare_cached(
                    "SELECT count(*) FROM unit JOIN record ON record.unit = unit.id JOIN note ON note.record = record.id \
                     WHERE unit.team = ?1 AND destroyed_position IS NULL AND asks = 1 AND answer IS NULL",
                )?;
                counts.asked = Some(from_sql(asked.query_row([team.0], |row| row.get(0))?)?);
                Ok(counts)
            })
            .await
    }
}

fn add(counts: &mut TeamCounts, state: RecordState, records: u64, oldest: UnixTime) {
    let count = match state {
        RecordState::Waiting => &mut counts.waiting,
        RecordState::Assigned => &mut counts.assigned,
        RecordState::Opened => &mut counts.opened,
        RecordState::Held => &mut counts.held,
        RecordState::AwaitsNumber => &mut counts.awaits_number,
        RecordState::Destroyed => &mut counts.destroyed,
    };
    *count += records;
    if state != RecordState::Destroyed {
        counts.oldest = Some(counts.oldest.map_or(oldest, |known| known.min(oldest)));
    }
}
