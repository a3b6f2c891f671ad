//! What devices stated about themselves, and which of them are asked to deliver.

use std::collections::BTreeMap;

use protocol::fleet::{DeviceState, DeviceStatement, SignedDeviceStatement};
use protocol::{DeviceId, UnixTime, from_cbor, to_cbor};
use rusqlite::{OptionalExtension, params};

use super::Store;
use super::batch::Batch;
use super::fault::{Refusal, StoreFault};
use super::number::{from_sql, to_sql};

/// Length in bytes of one stored statement, at the most.
const MAX_STATEMENT: usize = 64 * 1024;

impl Batch<'_> {
    /// Keeps a device's newest statement; an older one, that was overtaken on its way, changes nothing. Returns since when the device is asked to deliver,
    /// as it stood before; with nothing left to deliver that is over.
    pub(crate) fn keep_device_state(&mut self, statement: &DeviceStatement, signed: &SignedDeviceStatement) -> Result<Option<UnixTime>, Refusal> {
        let mut select = self.sql.prepare_cached("SELECT requested_at FROM sync_request WHERE device = ?1")?;
        let requested: Option<i64> = select.query_row([statement.device.0], |row| row.get(0)).optional()?;
        let kept = self
            .sql
            .prepare_cached(
                "INSERT INTO device_state (device, directory, at, bytes, received_at) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT (device) DO UPDATE SET directory = excluded.directory, at = excluded.at, bytes = excluded.bytes, \
                 received_at = excluded.received_at WHERE excluded.directory >= device_state.directory AND excluded.at >= device_state.at",
            )?
            .execute(params![statement.device.0, to_sql(statement.directory), to_sql(statement.at.0), to_cbor(signed), to_sql(self.now.0)])?;
        if kept > 0 && statement.unsent == 0 {
            self.withdraw_sync_request(statement.device)?;
        }
        Ok(requested.map(from_sql).transpose()?.map(UnixTime))
    }

    /// Asks a device to deliver; asked again, the first time counts.
    pub(crate) fn request_sync(&mut self, device: DeviceId) -> Result<(), Refusal> {
        let mut insert = self.sql.prepare_cached("INSERT OR IGNORE INTO sync_request (device, requested_at) VALUES (?1, ?2)")?;
        insert.execute(params![device.0, to_sql(self.now.0)])?;
        Ok(())
    }

    /// Takes that back.
    pub(crate) fn withdraw_sync_request(&mut self, device: DeviceId) -> Result<(), Refusal> {
        self.sql.prepare_cached("DELETE FROM sync_request WHERE device = ?1")?.execute([device.0])?;
        Ok(())
    }
}

impl Store {
    /// Devices that stated something or are asked to deliver, by id.
    pub(crate) async fn device_states(&self) -> Result<Vec<DeviceState>, StoreFault> {
        self.readers
            .read(move |sql| {
                let mut states = BTreeMap::new();
                let mut select = sql.prepare_cached("SELECT device, bytes, received_at FROM device_state")?;
                let rows = select.query_map([], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, i64>(2)?)))?;
                for row in rows {
                    let (device, bytes, received_at) = row?;
                    let statement = from_cbor(&bytes, MAX_STATEMENT).map_err(|_| StoreFault::Damaged("a device's statement"))?;
                    let received_at = Some(UnixTime(from_sql(received_at)?));
                    states.insert(device, DeviceState { statement: Some(statement), received_at, ..nothing_of(DeviceId(device)) });
                }
                let mut select = sql.prepare_cached("SELECT device, requested_at FROM sync_request")?;
                let rows = select.query_map([], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, i64>(1)?)))?;
                for row in rows {
                    let (device, requested_at) = row?;
                    states.entry(device).or_insert_with(|| nothing_of(DeviceId(device))).sync_requested = Some(UnixTime(from_sql(requested_at)?));
                }
                Ok(states.into_values().collect())
            })
            .await
    }
}

fn nothing_of(device: DeviceId) -> DeviceState {
    DeviceState { device, statement: None, received_at: None, sync_requested: None }
}
