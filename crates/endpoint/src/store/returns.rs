//! Work that comes back by itself: from whoever is absent, and from whoever was not here for as long as a lease lasts. What is being confirmed stays until
//! its grace is over, and nothing is taken from anybody while nobody else is there for it. Opened before, a record says so to the next one.

use office::directory::VerifiedDirectory;
use protocol::{MemberId, TeamId, UnixTime};
use rusqlite::params;

use super::Store;
use super::batch::Batch;
use super::fault::{Refusal, StoreFault};
use super::notes;
use super::number::{from_sql, to_sql};
use super::units::{HOUR, places_of, takers};

/// Seconds.
const DAY: u64 = 24 * HOUR;

/// Whether a round could change anything.
const HAS_WORK: &str = "SELECT EXISTS (SELECT 1 FROM quota WHERE (seen IS NULL OR absent_until > ?1 OR seen <= ?2) AND EXISTS \
     (SELECT 1 FROM unit JOIN record ON record.unit = unit.id WHERE unit.clerk = quota.clerk AND unit.team = quota.team AND destroyed_position IS NULL)) \
     OR EXISTS (SELECT 1 FROM unit JOIN record ON record.unit = unit.id WHERE unit.clerk IS NULL AND destroyed_position IS NULL \
     AND NOT EXISTS (SELECT 1 FROM distribution WHERE distribution.team = unit.team AND by_hand = 1)) \
     OR EXISTS (SELECT 1 FROM distribution WHERE undo_until <= ?1) OR EXISTS (SELECT 1 FROM quota WHERE absent_until <= ?1) \
     OR EXISTS (SELECT 1 FROM note WHERE asks = 0 AND noted_at < ?3)";

impl Batch<'_> {
    /// Goes round all teams.
    pub(crate) fn make_round(&mut self) -> Result<(), Refusal> {
        let Some(office) = self.founded.clone() else { return Ok(()) };
        // Known from before there were leases: theirs begin now.
        self.sql.prepare_cached("UPDATE quota SET seen = ?1 WHERE seen IS NULL")?.execute([self.hour()])?;
        let now = to_sql(self.now.0);
        self.sql.prepare_cached("DELETE FROM moved WHERE team IN (SELECT team FROM distribution WHERE undo_until <= ?1)")?.execute([now])?;
        self.sql.prepare_cached("UPDATE distribution SET undo_until = NULL WHERE undo_until <= ?1")?.execute([now])?;
        // That somebody was absent is nobody's business afterwards.
        self.sql.prepare_cached("UPDATE quota SET absent_until = NULL WHERE absent_until <= ?1")?.execute([now])?;
        self.forget_unread()?;
        for team in &office.directory.get().teams {
            self.return_work(&office.directory, team.team)?;
        }
        Ok(())
    }

    /// Takes units from the team's clerks who are away, and distributes what nobody has.
    pub(super) fn return_work(&mut self, directory: &VerifiedDirectory, team: TeamId) -> Result<(), StoreFault> {
        let places = self.places(directory, team)?;
        let somebody_is_here = takers(&places).iter().any(|place| !place.is_away());
        for place in places.iter().filter(|place| place.is_away() && somebody_is_here) {
            let take = "UPDATE unit SET clerk = NULL WHERE team = ?1 AND clerk = ?2 \
                 AND EXISTS (SELECT 1 FROM record WHERE record.unit = unit.id AND destroyed_position IS NULL) \
                 AND NOT EXISTS (SELECT 1 FROM record JOIN entering ON entering.record = record.id WHERE record.unit = unit.id)";
            self.sql.prepare_cached(take)?.execute(params![team.0, place.clerk.0])?;
        }
        self.distribute_waiting(directory, team)
    }

    /// The clerk is here: her leases begin anew.
    pub(super) fn note_presence(&self, clerk: MemberId) -> Result<(), StoreFault> {
        let mut select = self.sql.prepare_cached("SELECT team FROM quota WHERE clerk = ?1 AND coalesce(seen, 0) < ?2")?;
        let rows = select.query_map(params![clerk.0, self.hour()], |row| row.get(0).map(TeamId))?;
        let teams: Vec<TeamId> = rows.collect::<Result<_, _>>()?;
        teams.into_iter().try_for_each(|team| self.begin_lease(team, clerk))
    }

    /// From now on the clerk counts as here, because she is, or because her leader counts on her.
    pub(super) fn begin_lease(&self, team: TeamId, clerk: MemberId) -> Result<(), StoreFault> {
        self.leave_colleagues_a_day(team, clerk)?;
        let begin = "UPDATE quota SET seen = ?3 WHERE team = ?1 AND clerk = ?2 AND coalesce(seen, 0) < ?3";
        self.sql.prepare_cached(begin)?.execute(params![team.0, clerk.0, self.hour()])?;
        Ok(())
    }

    /// Ends a time in which none of those who take work was here, as between the years. Whoever is back first does not get everybody's work: the leases of
    /// the others end a day from now.
    pub(super) fn leave_colleagues_a_day(&self, team: TeamId, clerk: MemberId) -> Result<(), StoreFault> {
        let places = places_of(self.sql, team, self.now, self.lease)?;
        if takers(&places).iter().any(|place| !place.lapsed) {
            return Ok(());
        }
        // An hour more than a day after the beginning of this one: never less than a day.
        let seen = from_sql(self.hour())?.saturating_add(HOUR + DAY).saturating_sub(self.lease);
        let mut raise = self.sql.prepare_cached("UPDATE quota SET seen = ?3 WHERE team = ?1 AND clerk = ?2")?;
        for other in places.iter().filter(|place| place.lapsed && place.clerk != clerk) {
            raise.execute(params![team.0, other.clerk.0, to_sql(seen)])?;
        }
        Ok(())
    }

    pub(super) fn hour(&self) -> i64 {
        to_sql(self.now.0 - self.now.0 % HOUR)
    }
}

impl Store {
    /// Notes that the clerk is here, once an hour at the most. She gets what she asked for, whether that can be noted or not.
    pub(crate) async fn note_presence(&self, clerk: MemberId, now: UnixTime) {
        let hour = to_sql(now.0 - now.0 % HOUR);
        let is_news = "SELECT EXISTS (SELECT 1 FROM quota WHERE clerk = ?1 AND coalesce(seen, 0) < ?2)";
        let news = self.readers.read(move |sql| Ok(sql.prepare_cached(is_news)?.query_row(params![clerk.0, hour], |row| row.get(0))?)).await;
        if self.snapshot().stopped || !news.unwrap_or(false) {
            return;
        }
        if let Err(refusal) = self.write(move |batch| Ok(batch.note_presence(clerk)?)).await {
            tracing::warn!(%refusal, "a clerk's presence could not be noted");
        }
    }

    /// Returns and distributes what is due. Asks a reader first: most of the time there is nothing to write.
    pub(crate) async fn make_round(&self, now: UnixTime) -> Result<(), Refusal> {
        if self.snapshot().stopped {
            return Ok(());
        }
        let over = now.0.saturating_sub(self.lease);
        let has_work: bool = self
            .readers
            .read(move |sql| {
                Ok(sql.prepare_cached(HAS_WORK)?.query_row(params![to_sql(now.0), to_sql(over), notes::unread_since(now)], |row| row.get(0))?)
            })
            .await?;
        if has_work {
            self.write(|batch| batch.make_round()).await?;
        }
        Ok(())
    }
}
