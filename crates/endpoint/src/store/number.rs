//! SQLite's integers have a sign; ours do not.

use super::fault::StoreFault;

/// Saturates: no count or time of ours reaches 2^63.
pub(super) fn to_sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn from_sql(number: i64) -> Result<u64, StoreFault> {
    u64::try_from(number).map_err(|_| StoreFault::Damaged("a negative number"))
}
