//! The device's settings, sealed under its static key.

use rusqlite::{Connection, OptionalExtension, params};

use crate::MAX_SETTING_BYTES;
use crate::cell::CellName;
use crate::error::{Fault, Part, ReadError, SaveError};
use crate::ids::Setting;
use crate::ring::StaticKeys;
use crate::store::Store;

/// Settings belong to the one device of this file: its static key is the scope.
const DEVICE: [u8; 16] = [0; 16];

fn name(row: &[u8; 2], version: u64) -> CellName<'_> {
    CellName { table: "setting", column: "body", scope: &DEVICE, row, kind: 0, number: version }
}

pub(crate) fn get(store: &Store, setting: Setting) -> Result<Option<Vec<u8>>, ReadError> {
    let mut statement = store.conn.prepare_cached("SELECT version, body FROM setting WHERE setting = ?1").map_err(Fault::from)?;
    let row: Option<(i64, Vec<u8>)> =
        statement.query_row([setting.number()], |row| Ok((row.get(0)?, row.get(1)?))).optional().map_err(Fault::from)?;
    let Some((version, cell)) = row else { return Ok(None) };
    let opened = name(&setting.number().to_be_bytes(), version.cast_unsigned()).open_padded(&store.keys.settings, &cell);
    opened.map(|value| Some(value.to_vec())).map_err(|_| ReadError::Damaged { what: Part::Setting })
}

/// Puts and removes, all in one transaction.
pub(crate) fn change(store: &mut Store, changes: &[(Setting, Option<&[u8]>)]) -> Result<(), SaveError> {
    if changes.iter().any(|(_, value)| value.is_some_and(|value| value.len() > MAX_SETTING_BYTES)) {
        return Err(SaveError::TooLong);
    }
    store.write(|tx, keys| {
        for (setting, value) in changes {
            match value {
                Some(value) => put(tx, keys, *setting, value)?,
                None => drop(tx.execute("DELETE FROM setting WHERE setting = ?1", [setting.number()])?),
            }
        }
        Ok::<_, Fault>(())
    })?;
    Ok(())
}

fn put(conn: &Connection, keys: &StaticKeys, setting: Setting, value: &[u8]) -> Result<(), Fault> {
    let sql = "SELECT version FROM setting WHERE setting = ?1";
    let version: Option<i64> = conn.prepare_cached(sql)?.query_row([setting.number()], |row| row.get(0)).optional()?;
    let version = version.unwrap_or(0) + 1;
    let cell = name(&setting.number().to_be_bytes(), version.cast_unsigned()).seal_padded(&keys.settings, value);
    let sql = "INSERT INTO setting (setting, version, body) VALUES (?1, ?2, ?3)
               ON CONFLICT (setting) DO UPDATE SET version = excluded.version, body = excluded.body";
    conn.prepare_cached(sql)?.execute(params![setting.number(), version, cell])?;
    Ok(())
}
