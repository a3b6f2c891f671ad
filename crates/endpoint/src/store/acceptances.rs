//! What clerks found readable, for the device that delivered it.

use protocol::api::Acceptance;
use protocol::{DeviceId, RecordId, from_cbor};
use rusqlite::{OptionalExtension, params};

use super::fault::StoreFault;
use super::number::from_sql;
use super::{Store, tree};

/// Bytes of a stored statement, at most.
const MAX_STATEMENT: usize = 4096;

impl Store {
    /// Which of these records of this device were accepted, with the clerk's word and the receipt. What is not this device's is passed over.
    pub(crate) async fn acceptances(&self, device: DeviceId, records: Vec<RecordId>) -> Result<Vec<Acceptance>, StoreFault> {
        self.readers
            .read(move |sql| {
                let mut select = sql.prepare_cached(
                    "SELECT accepted_position, statement FROM record JOIN acceptance ON acceptance.record = record.id \
                     WHERE record.record = ?1 AND device = ?2",
                )?;
                let mut accepted = Vec::new();
                for record in records {
                    let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
                    if let Some((position, statement)) = select.query_row(params![record.0, device.0], row).optional()? {
                        let statement = from_cbor(&statement, MAX_STATEMENT).map_err(|_| StoreFault::Damaged("an acceptance"))?;
                        accepted.push(Acceptance { record, statement, receipt: tree::receipt(sql, from_sql(position)?)? });
                    }
                }
                Ok(accepted)
            })
            .await
    }
}
