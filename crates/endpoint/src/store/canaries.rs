//! Canaries: envelopes with nobody's form, left by devices and opened by clerks' apps, so that a key that is gone is noticed before anybody's form depends on it.

use protocol::api::{CanaryState, CanaryWord};
use protocol::problem::ProblemCode;
use protocol::{TeamId, UnixTime};
use rusqlite::{OptionalExtension, params};
use sha2::{Digest as _, Sha256};

use super::Store;
use super::batch::Batch;
use super::fault::{Refusal, StoreFault};
use super::number::{from_sql, to_sql};

/// Seconds until another one is taken after one that was opened: a little less than a day, so that one a day comes through.
const BETWEEN: u64 = 20 * 3600;

impl Batch<'_> {
    /// Takes a canary, unless one of the same key waits, or one was left today. One that did not open stays until it does, or there is another key: the alarm stays
    /// with it.
    pub(crate) fn leave_canary(&mut self, team: TeamId, epoch: u32, envelope: &[u8]) -> Result<(), Refusal> {
        let mut select = self.sql.prepare_cached("SELECT left_at, opened_at IS NULL FROM canary WHERE team = ?1 AND epoch = ?2")?;
        let before = select.query_row(params![team.0, epoch], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?))).optional()?;
        if let Some((left_at, waits)) = before
            && (waits || self.now.since(UnixTime(from_sql(left_at)?)) < BETWEEN)
        {
            return Ok(());
        }
        let digest: [u8; 32] = Sha256::digest(envelope).into();
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO canary (team, epoch, digest, bytes, left_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![team.0, epoch, digest, envelope, to_sql(self.now.0)])?;
        Ok(())
    }

    /// Notes what a clerk's app found. That it is readable is said of the very one that waits; what does not open may not even have its digest any more.
    pub(crate) fn note_canary(&mut self, team: TeamId, word: &CanaryWord) -> Result<(), Refusal> {
        let now = to_sql(self.now.0);
        if word.readable {
            let update = "UPDATE canary SET opened_at = coalesce(opened_at, ?3), failed_at = NULL, bytes = x'' WHERE team = ?1 AND digest = ?2";
            let opened = self.sql.prepare_cached(update)?.execute(params![team.0, word.digest.0, now])?;
            return if opened == 1 { Ok(()) } else { Err(ProblemCode::Conflict.into()) };
        }
        let update = "UPDATE canary SET failed_at = coalesce(failed_at, ?2) WHERE team = ?1 AND opened_at IS NULL";
        self.sql.prepare_cached(update)?.execute(params![team.0, now])?;
        Ok(())
    }
}

impl Store {
    /// The team's canary, if it was not opened yet; also one that did not open at a colleague's.
    pub(crate) async fn canary(&self, team: TeamId) -> Result<Option<Vec<u8>>, StoreFault> {
        self.readers
            .read(move |sql| {
                let mut select = sql.prepare_cached("SELECT bytes FROM canary WHERE team = ?1 AND opened_at IS NULL")?;
                Ok(select.query_row([team.0], |row| row.get(0)).optional()?)
            })
            .await
    }

    /// How the newest of each team stands.
    pub(crate) async fn canaries(&self) -> Result<Vec<CanaryState>, StoreFault> {
        self.readers
            .read(|sql| {
                let mut select = sql.prepare_cached("SELECT team, left_at, opened_at, failed_at, epoch FROM canary ORDER BY team")?;
                let time = |at: i64| UnixTime(at.unsigned_abs());
                let rows = select.query_map([], |row| {
                    Ok(CanaryState {
                        team: TeamId(row.get(0)?),
                        left_at: time(row.get(1)?),
                        opened_at: row.get::<_, Option<i64>>(2)?.map(time),
                        failed_at: row.get::<_, Option<i64>>(3)?.map(time),
                        epoch: row.get(4)?,
                    })
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }
}
