//! The ledger as it is stored: sealed lines, the receipts they name, and a sealed head that shows a line cut off at the end.

use protocol::{from_cbor, to_cbor};
use rusqlite::{Connection, OptionalExtension, params};

use crate::cell::CellName;
use crate::error::{Fault, Part, ReadError, ShredError};
use crate::outbox::MAX_RECEIPT_BYTES;
use crate::ring::StaticKeys;
use crate::store::Store;
use crate::{Head, LedgerEntry, LedgerKind, LedgerLine};

/// There is one ledger per device; its static key is the scope.
const DEVICE: [u8; 16] = [0; 16];

/// One line, and the receipt it names, as it was stored at delivery or when the entry was confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// The line.
    pub line: LedgerLine,
    /// The encoded receipt; none for a discarded draft.
    pub receipt: Option<Vec<u8>>,
}

/// A stretch of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerPage {
    /// Rows, oldest first.
    pub rows: Vec<LedgerRow>,
    /// Where the next page begins; none at the end.
    pub next: Option<u64>,
}

fn line_name<'a>(column: &'static str, seq: &'a [u8; 8]) -> CellName<'a> {
    CellName { table: "ledger", column, scope: &DEVICE, row: seq, kind: 0, number: 0 }
}

fn head_name() -> CellName<'static> {
    CellName { table: "ledger_head", column: "body", scope: &DEVICE, row: &[], kind: 0, number: 0 }
}

const DAMAGED: Fault = Fault::Damaged(Part::Ledger);

pub(crate) fn head(conn: &Connection, keys: &StaticKeys) -> Result<Head, Fault> {
    let cell: Option<Vec<u8>> = conn.prepare_cached("SELECT body FROM ledger_head")?.query_row([], |row| row.get(0)).optional()?;
    let Some(cell) = cell else { return Ok(Head::START) };
    let plain = head_name().open(&keys.ledger, &cell).map_err(|_| DAMAGED)?;
    from_cbor(&plain, 64).map_err(|_| DAMAGED)
}

/// Appends lines within the transaction that destroys what they name.
pub(crate) fn append<'a>(
    conn: &Connection,
    keys: &StaticKeys,
    entries: impl Iterator<Item = (&'a LedgerEntry, Option<Vec<u8>>)>,
) -> Result<(), ShredError> {
    let before = head(conn, keys)?;
    let mut head = before;
    for (entry, receipt) in entries {
        let line = head.next_line(entry);
        let after = head.follow(&line).map_err(|_| ShredError::EntryRefused)?;
        let seq = line.seq.to_be_bytes();
        let receipt = receipt.map(|receipt| line_name("receipt", &seq).seal(&keys.ledger, &receipt));
        let cell = line_name("line", &seq).seal(&keys.ledger, &line.encode());
        let mut insert = conn.prepare_cached("INSERT INTO ledger (seq, line, receipt) VALUES (?1, ?2, ?3)").map_err(Fault::from)?;
        insert.execute(params![line.seq.cast_signed(), cell, receipt]).map_err(Fault::from)?;
        head = after;
    }
    if head != before {
        let sql = "INSERT INTO ledger_head (one, body) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET body = excluded.body";
        conn.execute(sql, [head_name().seal(&keys.ledger, &to_cbor(&head))]).map_err(Fault::from)?;
    }
    Ok(())
}

/// Appends the line of a destruction elsewhere, with its receipt. False: there is one for this record already, which stays as it is.
pub(crate) fn witness(store: &mut Store, entry: &LedgerEntry, receipt: &[u8]) -> Result<bool, ShredError> {
    if entry.kind != LedgerKind::Witnessed || receipt.len() > MAX_RECEIPT_BYTES {
        return Err(ShredError::EntryRefused);
    }
    store.write(|tx, keys| {
        let known = "SELECT EXISTS (SELECT 1 FROM witness WHERE record = ?1)";
        if tx.prepare_cached(known).and_then(|mut select| select.query_row([entry.record.0], |row| row.get(0))).map_err(Fault::from)? {
            return Ok(false);
        }
        let seq = head(tx, keys)?.lines;
        append(tx, keys, [(entry, Some(receipt.to_vec()))].into_iter())?;
        let insert = "INSERT INTO witness (record, seq) VALUES (?1, ?2)";
        tx.prepare_cached(insert).and_then(|mut insert| insert.execute(params![entry.record.0, seq.cast_signed()])).map_err(Fault::from)?;
        Ok(true)
    })
}

/// Appends the line of a form that went to another team, with its receipt.
pub(crate) fn forwarded(store: &mut Store, entry: &LedgerEntry, receipt: &[u8]) -> Result<(), ShredError> {
    if entry.kind != LedgerKind::Forwarded || receipt.len() > MAX_RECEIPT_BYTES {
        return Err(ShredError::EntryRefused);
    }
    store.write(|tx, keys| {
        let seq = head(tx, keys)?.lines;
        append(tx, keys, [(entry, Some(receipt.to_vec()))].into_iter())?;
        let insert = "INSERT INTO forwarded (seq) VALUES (?1)";
        tx.prepare_cached(insert).and_then(|mut insert| insert.execute([seq.cast_signed()])).map_err(Fault::from)?;
        Ok(())
    })
}

/// Appends a line that something was tried or opened, and nothing destroyed by it.
pub(crate) fn note(store: &mut Store, entry: &LedgerEntry) -> Result<(), ShredError> {
    if !matches!(entry.kind, LedgerKind::Recovered | LedgerKind::Drilled) {
        return Err(ShredError::EntryRefused);
    }
    store.write(|tx, keys| append(tx, keys, [(entry, None)].into_iter()))
}

/// A discarded draft has no receipt, and what was witnessed or forwarded was no copy here.
pub(crate) fn destroyed_count(store: &Store) -> Result<u64, ReadError> {
    let sql = "SELECT count(*) FROM ledger WHERE receipt IS NOT NULL AND seq NOT IN (SELECT seq FROM witness UNION SELECT seq FROM forwarded)";
    Ok(store.conn.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::cast_unsigned).map_err(Fault::from)?)
}

pub(crate) fn page(store: &Store, from: u64, limit: usize) -> Result<LedgerPage, ReadError> {
    let sql = "SELECT seq, line, receipt FROM ledger WHERE seq >= ?1 ORDER BY seq LIMIT ?2";
    let mut statement = store.conn.prepare_cached(sql).map_err(Fault::from)?;
    let limit_sql = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut found = statement.query(params![i64::try_from(from).unwrap_or(i64::MAX), limit_sql]).map_err(Fault::from)?;
    let mut rows = Vec::new();
    while let Some(row) = found.next().map_err(Fault::from)? {
        rows.push(open_row(row, &store.keys)?);
    }
    let next = rows.last().filter(|_| rows.len() == limit).map(|row| row.line.seq + 1);
    Ok(LedgerPage { rows, next })
}

fn open_row(row: &rusqlite::Row<'_>, keys: &StaticKeys) -> Result<LedgerRow, Fault> {
    let seq = row.get::<_, i64>(0)?.cast_unsigned().to_be_bytes();
    let open = |column, cell: Vec<u8>| line_name(column, &seq).open(&keys.ledger, &cell).map_err(|_| DAMAGED);
    let line = LedgerLine::decode(&open("line", row.get(1)?)?).map_err(|_| DAMAGED)?;
    let receipt = row.get::<_, Option<Vec<u8>>>(2)?.map(|cell| open("receipt", cell)).transpose()?;
    Ok(LedgerRow { line, receipt: receipt.map(|receipt| receipt.to_vec()) })
}

pub(crate) fn verify(store: &Store) -> Result<Head, ReadError> {
    const STRETCH: usize = 1000;
    let mut reached = Head::START;
    loop {
        let page = page(store, reached.lines, STRETCH)?;
        for row in &page.rows {
            reached = reached.follow(&row.line).map_err(|_| DAMAGED)?;
        }
        if page.next.is_none() {
            break;
        }
    }
    if reached == head(&store.conn, &store.keys)? { Ok(reached) } else { Err(DAMAGED.into()) }
}
