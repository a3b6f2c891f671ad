//! The outbox: sealed forms on their way, wrapped once more. One durable, repeatable step each: sealed → delivered → destroyed.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use protocol::limits::MAX_ENVELOPE_BYTES;
use protocol::{Digest, RecordId, UnixTime, from_cbor, to_cbor};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::cell::CellName;
use crate::error::{Fault, Part, ReadError, SaveError, ShredError};
use crate::primitives::sha256;
use crate::ring::{Ring, RowKeys, row_key_name};
use crate::secret::{Bytes, Key};
use crate::store::{Inner, Shredded, Store};
use crate::{LedgerEntry, LedgerKind, ledger};

/// Being written; dropped if a kill comes before it is checked.
pub(crate) const PENDING: u8 = 0;
pub(crate) const SEALED: u8 = 1;
const DELIVERED: u8 = 2;
/// Length in bytes of an encoded receipt, at the most.
pub(crate) const MAX_RECEIPT_BYTES: usize = 64 * 1024;

/// Where a form stands on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutboxState {
    /// To be delivered.
    Sealed,
    /// Its verified receipt is stored; to be destroyed.
    Delivered,
}

/// A form in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxEntry {
    /// The record.
    pub record: RecordId,
    /// SHA-256 of `bytes`, computed from what was just read.
    pub digest: Digest,
    /// Length of `bytes`.
    pub length: u64,
    /// The team key epoch it is sealed to.
    pub team_key_epoch: u32,
    /// The sealed envelope.
    pub bytes: Vec<u8>,
    /// Its state.
    pub state: OutboxState,
    /// When it was sealed; none if an earlier version of the app did that.
    pub sealed_at: Option<UnixTime>,
}

/// A stretch of the outbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutboxPage {
    /// Forms, by record id.
    pub entries: Vec<OutboxEntry>,
    /// Rows that are there and cannot be read. They block nothing; somebody must be told.
    pub damaged: Vec<RecordId>,
    /// What to give as `after` for the next page; none at the end.
    pub next: Option<RecordId>,
}

/// Forms in the outbox, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// To be delivered.
    pub sealed: u64,
    /// To be destroyed.
    pub delivered: u64,
}

/// A delivered form that is still here, and why it may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// The record.
    pub record: RecordId,
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// Their length.
    pub length: u64,
    /// The team key epoch it is sealed to.
    pub team_key_epoch: u32,
    /// The encoded receipt that was stored.
    pub receipt: Vec<u8>,
}

/// What the row's body holds.
#[derive(Encode, Decode)]
pub(crate) struct OutboxBody {
    #[n(0)]
    pub(crate) version: u8,
    #[n(1)]
    pub(crate) team_key_epoch: u32,
    #[n(2)]
    pub(crate) bytes: ByteVec,
    #[n(3)]
    pub(crate) sealed_at: Option<UnixTime>,
}

/// A row as it is stored.
struct StoredRow {
    record: RecordId,
    state: u8,
    body: Vec<u8>,
    receipt: Option<Vec<u8>>,
    wrapped: Option<Vec<u8>>,
}

fn name<'a>(device: &'a [u8; 16], column: &'static str, record: &'a RecordId) -> CellName<'a> {
    CellName { table: "outbox", column, scope: device, row: record.as_bytes(), kind: 0, number: 0 }
}

const COLUMNS: &str = "SELECT outbox.record, state, body, receipt, wrapped FROM outbox LEFT JOIN outbox_key ON outbox_key.record = outbox.record";

impl StoredRow {
    fn from_sql(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { record: RecordId(row.get(0)?), state: row.get(1)?, body: row.get(2)?, receipt: row.get(3)?, wrapped: row.get(4)? })
    }

    fn key(&self, device: &Ring) -> Result<Key, Fault> {
        let name = row_key_name(RowKeys::Outbox, &device.scope, self.record.as_bytes(), device.epoch.number);
        self.wrapped.as_ref().and_then(|wrapped| name.unwrap(&device.epoch.key, wrapped).ok()).ok_or(Fault::Damaged(Part::Outbox))
    }

    fn body(&self, device: &Ring) -> Result<OutboxBody, Fault> {
        let plain = name(&device.scope, "body", &self.record).open(&self.key(device)?, &self.body);
        let body: Option<OutboxBody> = plain.ok().and_then(|plain| from_cbor(&plain, MAX_ENVELOPE_BYTES + 64).ok());
        body.filter(|body| body.version == 1).ok_or(Fault::Damaged(Part::Outbox))
    }

    fn receipt(&self, device: &Ring) -> Result<Bytes, Fault> {
        let cell = self.receipt.as_ref().ok_or(Fault::Damaged(Part::Outbox))?;
        name(&device.scope, "receipt", &self.record).open(&self.key(device)?, cell).map_err(|_| Fault::Damaged(Part::Outbox))
    }

    fn entry(&self, device: &Ring) -> Result<OutboxEntry, Fault> {
        let OutboxBody { team_key_epoch, bytes, sealed_at, .. } = self.body(device)?;
        let state = if self.state == DELIVERED { OutboxState::Delivered } else { OutboxState::Sealed };
        let bytes = Vec::from(bytes);
        Ok(OutboxEntry { record: self.record, digest: sha256(&bytes), length: bytes.len() as u64, team_key_epoch, bytes, state, sealed_at })
    }

    fn delivered(&self, device: &Ring) -> Result<Delivered, Fault> {
        let OutboxEntry { record, digest, length, team_key_epoch, .. } = self.entry(device)?;
        Ok(Delivered { record, digest, length, team_key_epoch, receipt: self.receipt(device)?.to_vec() })
    }
}

fn find(conn: &Connection, record: RecordId) -> Result<Option<StoredRow>, Fault> {
    let sql = format!("{COLUMNS} WHERE outbox.record = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([record.0], StoredRow::from_sql).optional()?)
}

/// Inserts a form as pending, wrapped under the device's epoch. False: the record id is taken.
pub(crate) fn insert_pending(conn: &Connection, device: &Ring, record: RecordId, body: OutboxBody) -> Result<bool, Fault> {
    let key = Key::make();
    let cell = name(&device.scope, "body", &record).seal(&key, &to_cbor(&body));
    let wrapped = row_key_name(RowKeys::Outbox, &device.scope, record.as_bytes(), device.epoch.number).wrap(&device.epoch.key, &key);
    let sql = "INSERT INTO outbox (record, state, body) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    if conn.prepare_cached(sql)?.execute(params![record.0, PENDING, cell])? == 0 {
        return Ok(false);
    }
    conn.prepare_cached("INSERT INTO outbox_key (record, wrapped) VALUES (?1, ?2)")?.execute(params![record.0, wrapped])?;
    Ok(true)
}

/// Reads a pending form back and opens the device's wrap.
pub(crate) fn read_pending(conn: &Connection, device: &Ring, record: RecordId) -> Result<Vec<u8>, Fault> {
    let row = find(conn, record)?.filter(|row| row.state == PENDING).ok_or(Fault::Damaged(Part::Outbox))?;
    row.body(device).map(|body| Vec::from(body.bytes))
}

pub(crate) fn page(inner: &Inner, after: Option<RecordId>, limit: usize) -> Result<OutboxPage, ReadError> {
    let sql = format!("{COLUMNS} WHERE state > 0 AND (?1 IS NULL OR outbox.record > ?1) ORDER BY outbox.record LIMIT ?2");
    let mut statement = inner.store.conn.prepare_cached(&sql).map_err(Fault::from)?;
    let limit_sql = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![after.map(|after| after.0), limit_sql], StoredRow::from_sql).map_err(Fault::from)?;
    let rows: Vec<StoredRow> = rows.collect::<rusqlite::Result<_>>().map_err(Fault::from)?;
    let mut page = OutboxPage { next: rows.last().filter(|_| rows.len() == limit).map(|row| row.record), ..OutboxPage::default() };
    for row in rows {
        match row.entry(&inner.device) {
            Ok(entry) => page.entries.push(entry),
            Err(_) => page.damaged.push(row.record),
        }
    }
    Ok(page)
}

/// By record id; the bodies stay closed.
pub(crate) fn sealed_records(store: &Store) -> Result<Vec<RecordId>, ReadError> {
    let mut statement = store.conn.prepare_cached("SELECT record FROM outbox WHERE state = ?1 ORDER BY record").map_err(Fault::from)?;
    let records = statement.query_map([SEALED], |row| row.get(0).map(RecordId)).map_err(Fault::from)?;
    Ok(records.collect::<rusqlite::Result<_>>().map_err(Fault::from)?)
}

/// By record id, whatever their state; damaged ones too. The bodies stay closed.
pub(crate) fn held_records(store: &Store) -> Result<Vec<RecordId>, ReadError> {
    let mut statement = store.conn.prepare_cached("SELECT record FROM outbox WHERE state > 0 ORDER BY record").map_err(Fault::from)?;
    let records = statement.query_map([], |row| row.get(0).map(RecordId)).map_err(Fault::from)?;
    Ok(records.collect::<rusqlite::Result<_>>().map_err(Fault::from)?)
}

pub(crate) fn counts(store: &Store) -> Result<OutboxCounts, ReadError> {
    let count = |state: u8| {
        let sql = "SELECT count(*) FROM outbox WHERE state = ?1";
        store.conn.query_row(sql, [state], |row| row.get::<_, i64>(0)).map(i64::cast_unsigned).map_err(Fault::from)
    };
    Ok(OutboxCounts { sealed: count(SEALED)?, delivered: count(DELIVERED)? })
}

pub(crate) fn delivered(inner: &Inner) -> Result<Vec<Delivered>, ReadError> {
    let sql = format!("{COLUMNS} WHERE state = {DELIVERED} ORDER BY outbox.record");
    let mut statement = inner.store.conn.prepare_cached(&sql).map_err(Fault::from)?;
    let rows = statement.query_map([], StoredRow::from_sql).map_err(Fault::from)?;
    let mut found = Vec::new();
    for row in rows {
        // A damaged row is not destroyed on a receipt that cannot be compared with it; the page names it.
        if let Ok(delivered) = row.map_err(Fault::from)?.delivered(&inner.device) {
            found.push(delivered);
        }
    }
    Ok(found)
}

pub(crate) fn record_delivery(inner: &mut Inner, receipts: &[(RecordId, Vec<u8>)]) -> Result<usize, SaveError> {
    let Inner { store, device } = inner;
    if receipts.iter().any(|(_, receipt)| receipt.len() > MAX_RECEIPT_BYTES) {
        return Err(SaveError::TooLong);
    }
    store.write(|tx, _| {
        let mut recorded = 0;
        for (record, receipt) in receipts {
            let Some(row) = find(tx, *record)?.filter(|row| row.state == SEALED) else { continue };
            let cell = name(&device.scope, "receipt", record).seal(&row.key(device)?, receipt);
            let sql = "UPDATE outbox SET state = ?2, receipt = ?3 WHERE record = ?1";
            recorded += tx.prepare_cached(sql).and_then(|mut update| update.execute(params![record.0, DELIVERED, cell])).map_err(Fault::from)?;
        }
        Ok(recorded)
    })
}

pub(crate) fn shred_delivered(inner: &mut Inner, entries: &[(RecordId, LedgerEntry)]) -> Result<Shredded, ShredError> {
    let Inner { store, device } = inner;
    let mut lines = Vec::new();
    for (record, entry) in entries {
        let Some(row) = find(&store.conn, *record)? else { continue };
        if row.state != DELIVERED {
            return Err(ShredError::NotDelivered);
        }
        let delivered = row.delivered(device)?;
        if entry.record != *record || entry.digest != delivered.digest || entry.kind != LedgerKind::Destroyed {
            return Err(ShredError::EntryRefused);
        }
        if !lines.iter().any(|(done, _): &(&LedgerEntry, _)| done.record == *record) {
            lines.push((entry, Some(delivered.receipt)));
        }
    }
    if lines.is_empty() {
        return Ok(Shredded { rows: 0, complete: store.settle() });
    }
    let doomed: Vec<RecordId> = lines.iter().map(|(entry, _)| entry.record).collect();
    let ((), complete) = store.rotate(device, |tx, keys, _| {
        for record in &doomed {
            let deleted = tx.prepare_cached("DELETE FROM outbox WHERE record = ?1").and_then(|mut delete| delete.execute([record.0]));
            deleted.map_err(Fault::from)?;
        }
        ledger::append(tx, keys, lines.into_iter())
    })?;
    Ok(Shredded { rows: doomed.len(), complete })
}
