//! Items of one user within a transaction: sealed under a row key each, which the user's epoch key wraps.

use rusqlite::{Connection, OptionalExtension, params};

use crate::MAX_ITEM_BYTES;
use crate::cell::CellName;
use crate::error::{Fault, Part, SaveError};
use crate::ids::{ItemId, ItemKind};
use crate::ring::{Ring, RowKeys, Scope, row_key_name};
use crate::secret::{Bytes, Key};

/// What a list found.
#[derive(Debug, Default)]
pub struct Items {
    /// The items, by id.
    pub items: Vec<(ItemId, Bytes)>,
    /// Items that are there and cannot be read. They block nothing; somebody should be told.
    pub damaged: Vec<ItemId>,
}

/// A row as it is stored.
pub(crate) struct StoredItem {
    user: Scope,
    kind: u16,
    version: i64,
    wrapped: Vec<u8>,
}

fn body_name<'a>(user: &'a Scope, item: &'a ItemId, kind: u16, version: i64) -> CellName<'a> {
    CellName { table: "item", column: "body", scope: user, row: &item.0, kind, number: version.cast_unsigned() }
}

pub(crate) fn find(conn: &Connection, item: ItemId) -> rusqlite::Result<Option<StoredItem>> {
    let sql = "SELECT item.user, kind, version, wrapped FROM item JOIN item_key ON item_key.item = item.item WHERE item.item = ?1";
    let stored = |row: &rusqlite::Row<'_>| Ok(StoredItem { user: row.get(0)?, kind: row.get(1)?, version: row.get(2)?, wrapped: row.get(3)? });
    conn.prepare_cached(sql)?.query_row([item.0], stored).optional()
}

impl StoredItem {
    pub(crate) fn belongs_to(&self, ring: &Ring) -> bool {
        self.user == ring.scope
    }

    fn key(&self, ring: &Ring, item: ItemId) -> Result<Key, Fault> {
        let name = row_key_name(RowKeys::Items, &ring.scope, &item.0, ring.epoch.number);
        name.unwrap(&ring.epoch.key, &self.wrapped).map_err(|_| Fault::Damaged(Part::Item))
    }
}

/// Writes a new version of an item, or its first. Row keys live as long as the item: fewer than 2^32 versions of it are ever written.
pub(crate) fn put(conn: &Connection, ring: &Ring, kind: ItemKind, item: ItemId, value: &[u8]) -> Result<(), SaveError> {
    if value.len() > MAX_ITEM_BYTES {
        return Err(SaveError::TooLong);
    }
    match find(conn, item).map_err(Fault::from)? {
        None => insert(conn, ring, kind, item, value).map_err(SaveError::from),
        Some(stored) if stored.belongs_to(ring) && stored.kind == kind.number() => Ok(update(conn, ring, kind, item, value, &stored)?),
        Some(_) => Err(SaveError::IdTaken),
    }
}

fn insert(conn: &Connection, ring: &Ring, kind: ItemKind, item: ItemId, value: &[u8]) -> Result<(), Fault> {
    let key = Key::make();
    let body = body_name(&ring.scope, &item, kind.number(), 1).seal_padded(&key, value);
    let wrapped = row_key_name(RowKeys::Items, &ring.scope, &item.0, ring.epoch.number).wrap(&ring.epoch.key, &key);
    let sql = "INSERT INTO item (item, user, kind, version, body) VALUES (?1, ?2, ?3, 1, ?4)";
    conn.prepare_cached(sql)?.execute(params![item.0, ring.scope, kind.number(), body])?;
    conn.prepare_cached("INSERT INTO item_key (user, item, wrapped) VALUES (?1, ?2, ?3)")?.execute(params![ring.scope, item.0, wrapped])?;
    Ok(())
}

fn update(conn: &Connection, ring: &Ring, kind: ItemKind, item: ItemId, value: &[u8], stored: &StoredItem) -> Result<(), Fault> {
    let key = stored.key(ring, item)?;
    let version = stored.version.checked_add(1).ok_or(Fault::Damaged(Part::Item))?;
    let body = body_name(&ring.scope, &item, kind.number(), version).seal_padded(&key, value);
    let sql = "UPDATE item SET kind = ?2, version = ?3, body = ?4 WHERE item = ?1";
    conn.prepare_cached(sql)?.execute(params![item.0, kind.number(), version, body])?;
    Ok(())
}

/// An item's content; none if it is not there, of another kind or another user's.
pub(crate) fn get(conn: &Connection, ring: &Ring, kind: ItemKind, item: ItemId) -> Result<Option<Bytes>, Fault> {
    let Some(stored) = find(conn, item)?.filter(|stored| stored.belongs_to(ring) && stored.kind == kind.number()) else { return Ok(None) };
    let body: Vec<u8> = conn.prepare_cached("SELECT body FROM item WHERE item = ?1")?.query_row([item.0], |row| row.get(0))?;
    open(ring, item, &stored, &body).map(Some)
}

fn open(ring: &Ring, item: ItemId, stored: &StoredItem, body: &[u8]) -> Result<Bytes, Fault> {
    let name = body_name(&ring.scope, &item, stored.kind, stored.version);
    name.open_padded(&stored.key(ring, item)?, body).map_err(|_| Fault::Damaged(Part::Item))
}

/// The stored ciphertext of an item: what a ledger line about a draft names by its digest.
pub(crate) fn ciphertext(conn: &Connection, ring: &Ring, item: ItemId) -> Result<Option<Vec<u8>>, Fault> {
    let sql = "SELECT body FROM item WHERE item = ?1 AND user = ?2";
    Ok(conn.prepare_cached(sql)?.query_row(params![item.0, ring.scope], |row| row.get(0)).optional()?)
}

pub(crate) fn list(conn: &Connection, ring: &Ring, kind: ItemKind) -> Result<Items, Fault> {
    let sql = "SELECT item.item, version, wrapped, body FROM item LEFT JOIN item_key ON item_key.item = item.item
               WHERE item.user = ?1 AND kind = ?2 ORDER BY item.item";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params![ring.scope, kind.number()])?;
    let mut found = Items::default();
    while let Some(row) = rows.next()? {
        let item = ItemId(row.get(0)?);
        let wrapped: Option<Vec<u8>> = row.get(2)?;
        let stored = StoredItem { user: ring.scope, kind: kind.number(), version: row.get(1)?, wrapped: wrapped.unwrap_or_default() };
        match open(ring, item, &stored, row.get_ref(3)?.as_blob().unwrap_or_default()) {
            Ok(value) => found.items.push((item, value)),
            Err(_) => found.damaged.push(item),
        }
    }
    Ok(found)
}

/// Deletes an item with its row key. True: it was there.
pub(crate) fn delete(conn: &Connection, ring: &Ring, item: ItemId) -> Result<bool, Fault> {
    let sql = "DELETE FROM item WHERE item = ?1 AND user = ?2";
    Ok(conn.prepare_cached(sql)?.execute(params![item.0, ring.scope])? == 1)
}

/// Gives an item another kind, sealed anew because the kind is bound to the content.
pub(crate) fn change_kind(conn: &Connection, ring: &Ring, from: ItemKind, to: ItemKind, item: ItemId) -> Result<bool, Fault> {
    let Some(value) = get(conn, ring, from, item)? else { return Ok(false) };
    let Some(stored) = find(conn, item)? else { return Ok(false) };
    update(conn, ring, to, item, &value, &stored)?;
    Ok(true)
}

#[cfg(feature = "testing")]
impl StoredItem {
    pub(crate) fn into_wrapped(self) -> Vec<u8> {
        self.wrapped
    }
}
