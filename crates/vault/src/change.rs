//! Several changes to items in one durable transaction: a unit and the draft that changed with it are saved together or not at all.

use rusqlite::Connection;

use crate::error::SaveError;
use crate::ids::{ItemId, ItemKind};
use crate::items;
use crate::ring::Ring;
use crate::secret::Bytes;

/// A change to one item.
pub enum ItemChange {
    /// Saves it, new or changed.
    Put(ItemKind, ItemId, Bytes),
    /// Deletes it; passed over if it is not there. Out of reach at once, destroyed for good at the next new epoch.
    Delete(ItemId),
}

pub(crate) fn apply(conn: &Connection, ring: &Ring, changes: &[ItemChange]) -> Result<(), SaveError> {
    for change in changes {
        match change {
            ItemChange::Put(kind, item, value) => items::put(conn, ring, *kind, *item, value)?,
            ItemChange::Delete(item) => {
                items::delete(conn, ring, *item)?;
            }
        }
    }
    Ok(())
}
