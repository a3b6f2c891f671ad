//! The log for an audit: what the endpoint attested and what it holds, without tags and without sealed bytes.

use std::path::Path;

use audit::EndpointLog;
use protocol::log::SignedCheckpoint;
use protocol::{OfficeId, PublicKey, RecordId, UnixTime, from_cbor};
use receipts::decode_receipt;
use rusqlite::{Connection, OptionalExtension};

use super::fault::StoreFault;
use super::schema;

/// Reads it on one consistent snapshot, also while an endpoint serves; none before the office is founded.
pub(crate) fn export(file: &Path, at: UnixTime) -> Result<Option<EndpointLog>, StoreFault> {
    let mut sql = schema::open_reader(file)?;
    let transaction = sql.transaction()?;
    let log = read(&transaction, at)?;
    transaction.finish()?;
    Ok(log)
}

fn read(sql: &Connection, at: UnixTime) -> Result<Option<EndpointLog>, StoreFault> {
    let office = sql.query_row("SELECT office, root_key FROM office", [], |row| Ok((OfficeId(row.get(0)?), PublicKey(row.get(1)?)))).optional()?;
    let head = sql.query_row("SELECT bytes FROM checkpoint ORDER BY size DESC LIMIT 1", [], |row| row.get::<_, Vec<u8>>(0)).optional()?;
    let (Some((office, root_key)), Some(head)) = (office, head) else { return Ok(None) };
    let head: SignedCheckpoint = from_cbor(&head, 1024).map_err(|_| StoreFault::Damaged("a tree head"))?;
    let receipts = blobs(sql, "SELECT receipt FROM leaf ORDER BY position")?;
    let leaf = |receipt: &Vec<u8>| decode_receipt(receipt).map(|receipt| receipt.leaf).map_err(|_| StoreFault::Damaged("a receipt"));
    let leaves = receipts.iter().map(leaf).collect::<Result<_, _>>()?;
    let directories = blobs(sql, "SELECT bytes FROM directory ORDER BY number")?.into_iter().map(Into::into).collect();
    let mut select = sql.prepare("SELECT record.record FROM envelope JOIN record ON record.id = envelope.record ORDER BY record.record")?;
    let held = select.query_map([], |row| row.get(0).map(RecordId))?.collect::<rusqlite::Result<_>>()?;
    Ok(Some(EndpointLog { office, root_key, at, directories, leaves, head, held }))
}

fn blobs(sql: &Connection, select: &str) -> Result<Vec<Vec<u8>>, StoreFault> {
    let mut statement = sql.prepare(select)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
