//! Wrong passphrases cost time: counted durably before a passphrase is looked at, so that neither a kill nor a restart forgets one.

use protocol::UnixTime;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::Fault;
use crate::ring::Scope;

/// Seconds to wait after the nth wrong attempt in a row.
const DELAYS: [u64; 9] = [0, 0, 0, 0, 5, 15, 60, 300, 900];

/// What the counter says to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// Let in and counted as wrong until [`forget`]. If it is wrong, this many seconds are to be waited.
    Granted { delay_if_wrong: u64 },
    /// To be tried again in this many seconds.
    TooSoon { seconds: u64 },
}

fn delay(failed: u64) -> u64 {
    let at = usize::try_from(failed).unwrap_or(usize::MAX).min(DELAYS.len() - 1);
    DELAYS[at]
}

/// Lets an attempt in, or not.
pub(crate) fn admit(tx: &Transaction<'_>, user: &Scope, now: UnixTime) -> Result<Admission, Fault> {
    let sql = "SELECT failed, noted_at, not_before FROM attempts WHERE user = ?1";
    let row = tx.query_row(sql, [user], |row| Ok((number(row, 0)?, number(row, 1)?, number(row, 2)?))).optional()?;
    let (failed, noted_at, not_before) = row.unwrap_or((0, now.0, 0));
    if now.0 < noted_at {
        // The clock went back. The whole delay begins anew, once: it is neither shortened nor waits for the old time to return.
        store(tx, user, failed, now)?;
        return Ok(if delay(failed) == 0 { granted(tx, user, failed, now)? } else { Admission::TooSoon { seconds: delay(failed) } });
    }
    let left = not_before.saturating_sub(now.0).min(delay(failed));
    if left > 0 { Ok(Admission::TooSoon { seconds: left }) } else { granted(tx, user, failed, now) }
}

fn granted(tx: &Transaction<'_>, user: &Scope, failed: u64, now: UnixTime) -> Result<Admission, Fault> {
    store(tx, user, failed.saturating_add(1), now)?;
    Ok(Admission::Granted { delay_if_wrong: delay(failed.saturating_add(1)) })
}

/// The passphrase was right.
pub(crate) fn forget(tx: &Transaction<'_>, user: &Scope) -> Result<(), Fault> {
    tx.execute("DELETE FROM attempts WHERE user = ?1", [user])?;
    Ok(())
}

/// The passphrase was never looked at, for want of memory or a readable file: not her fault.
pub(crate) fn refund(tx: &Transaction<'_>, user: &Scope) -> Result<(), Fault> {
    tx.execute("UPDATE attempts SET failed = max(failed - 1, 0), not_before = 0 WHERE user = ?1", [user])?;
    Ok(())
}

fn store(tx: &Transaction<'_>, user: &Scope, failed: u64, now: UnixTime) -> Result<(), Fault> {
    let sql = "INSERT INTO attempts (user, failed, noted_at, not_before) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (user) DO UPDATE SET failed = excluded.failed, noted_at = excluded.noted_at, not_before = excluded.not_before";
    tx.execute(sql, params![user, stored(failed), stored(now.0), stored(now.plus(delay(failed)).0)])?;
    Ok(())
}

fn number(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(at).map(|number| u64::try_from(number).unwrap_or(0))
}

fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_grows_and_ends_at_a_quarter_of_an_hour() {
        let delays: Vec<u64> = (1..=10).map(delay).collect();
        assert_eq!(delays, [0, 0, 0, 5, 15, 60, 300, 900, 900, 900]);
        assert_eq!(delay(u64::MAX), 900);
    }
}
