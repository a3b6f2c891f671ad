//! The keys of one scope (the device, or one user) while they are in memory, and the probe that says which epoch is in force.

use std::fmt;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use crate::cell::CellName;
use crate::error::{Fault, Part};
use crate::keyfile::{KeyFile, Place};
use crate::primitives::derive_key;
use crate::secret::Key;
use crate::slot::{Epoch, Lock, OpenSlot};

/// Id of a scope: a user's or the device's.
pub(crate) type Scope = [u8; 16];

const PROBE: &[u8] = b"bogen vault probe v1";

/// Which rows' keys an epoch key wraps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowKeys {
    Items,
    Outbox,
}

/// The open keys of one scope.
pub(crate) struct Ring {
    pub(crate) scope: Scope,
    pub(crate) rows: RowKeys,
    pub(crate) file: Arc<KeyFile>,
    pub(crate) live: Place,
    pub(crate) lock: Lock,
    pub(crate) root: Key,
    pub(crate) epoch: Epoch,
}

impl Ring {
    pub(crate) fn new(scope: Scope, rows: RowKeys, file: Arc<KeyFile>, live: Place, open: OpenSlot) -> Self {
        let OpenSlot { lock, root, epoch } = open;
        Self { scope, rows, file, live, lock, root: root.pinned(), epoch: epoch.pinned() }
    }
}

impl Epoch {
    pub(crate) fn first(seed: Key) -> Self {
        Self { number: 1, key: Key::make(), seed }
    }

    pub(crate) fn next(&self) -> Self {
        Self { number: self.number + 1, key: Key::make().pinned(), seed: self.seed.copy().pinned() }
    }

    fn pinned(self) -> Self {
        Self { number: self.number, key: self.key.pinned(), seed: self.seed.pinned() }
    }
}

impl fmt::Debug for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ring(epoch {})", self.epoch.number)
    }
}

/// Keys under the device's root that never change: what they seal is not meant to be shredded.
pub(crate) struct StaticKeys {
    pub(crate) settings: Key,
    pub(crate) names: Key,
    pub(crate) ledger: Key,
    /// Lets the device know each user's epoch without her passphrase.
    marks: Key,
}

impl StaticKeys {
    pub(crate) fn derive(root: &Key) -> Self {
        let key = |purpose: &str| derive_key(root.expose(), "bogen vault static key v1", purpose.as_bytes()).pinned();
        Self { settings: key("settings"), names: key("names"), ledger: key("ledger"), marks: key("marks") }
    }
}

fn probe_name<'a>(scope: &'a Scope, column: &'static str, number: u64) -> CellName<'a> {
    CellName { table: "probe", column, scope, row: scope, kind: 0, number }
}

/// Writes the probe of `epoch`: part of the transaction that brings the epoch into force.
pub(crate) fn write_probe(conn: &Connection, keys: &StaticKeys, scope: &Scope, epoch: &Epoch) -> rusqlite::Result<()> {
    let body = probe_name(scope, "body", epoch.number).seal(&epoch.key, PROBE);
    let mark = probe_name(scope, "mark", 0).seal(&keys.marks, &epoch.number.to_be_bytes());
    let sql = "INSERT INTO probe (scope, body, mark) VALUES (?1, ?2, ?3)
               ON CONFLICT (scope) DO UPDATE SET body = excluded.body, mark = excluded.mark, touched = touched + 1";
    conn.prepare_cached(sql)?.execute(params![scope, body, mark]).map(|_| ())
}

/// A durable write that changes nothing of meaning. Whatever an earlier failed commit may have left in the WAL is overwritten by it.
pub(crate) fn touch_probe(conn: &Connection, scope: &Scope) -> Result<(), Fault> {
    conn.prepare_cached("UPDATE probe SET touched = touched + 1 WHERE scope = ?1")?.execute([scope])?;
    Ok(())
}

/// Whether this epoch is the one in force.
pub(crate) fn opens_probe(conn: &Connection, scope: &Scope, epoch: &Epoch) -> Result<bool, Fault> {
    let body: Option<Vec<u8>> = conn.query_row("SELECT body FROM probe WHERE scope = ?1", [scope], |row| row.get(0)).optional()?;
    Ok(body.is_some_and(|body| probe_name(scope, "body", epoch.number).open(&epoch.key, &body).is_ok_and(|plain| plain.as_slice() == PROBE)))
}

/// The number of the epoch in force, known without the scope's own keys.
pub(crate) fn marked_epoch(conn: &Connection, keys: &StaticKeys, scope: &Scope) -> Result<u64, Fault> {
    let mark: Option<Vec<u8>> = conn.query_row("SELECT mark FROM probe WHERE scope = ?1", [scope], |row| row.get(0)).optional()?;
    let damaged = Fault::Damaged(Part::Probe);
    let Some(plain) = mark.and_then(|mark| probe_name(scope, "mark", 0).open(&keys.marks, &mark).ok()) else { return Err(damaged) };
    plain.as_slice().try_into().map(u64::from_be_bytes).map_err(|_| damaged)
}

/// The name of a wrapped row key.
pub(crate) fn row_key_name<'a>(rows: RowKeys, scope: &'a Scope, row: &'a [u8; 16], epoch: u64) -> CellName<'a> {
    let table = match rows {
        RowKeys::Items => "item_key",
        RowKeys::Outbox => "outbox_key",
    };
    CellName { table, column: "wrapped", scope, row, kind: 0, number: epoch }
}

/// Wraps the keys of all rows that are left under the new epoch. A key that was damaged before stays damaged: it must not stop all shredding for ever.
pub(crate) fn rewrap(conn: &Connection, scope: &Scope, rows: RowKeys, old: &Epoch, new: &Epoch) -> Result<(), Fault> {
    let (select, update) = match rows {
        RowKeys::Items => ("SELECT item, wrapped FROM item_key WHERE user = ?1", "UPDATE item_key SET wrapped = ?3 WHERE user = ?1 AND item = ?2"),
        RowKeys::Outbox => {
            ("SELECT record, wrapped FROM outbox_key WHERE ?1 IS NOT NULL", "UPDATE outbox_key SET wrapped = ?3 WHERE ?1 IS NOT NULL AND record = ?2")
        }
    };
    let survivors: Vec<([u8; 16], Vec<u8>)> =
        conn.prepare_cached(select)?.query_map([scope], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut update = conn.prepare_cached(update)?;
    for (row, wrapped) in survivors {
        if let Ok(key) = row_key_name(rows, scope, &row, old.number).unwrap(&old.key, &wrapped) {
            update.execute(params![scope, row, row_key_name(rows, scope, &row, new.number).wrap(&new.key, &key)])?;
        }
    }
    Ok(())
}
