//! The bare limit: one small durable write with the vault's settings, and nothing else.

use std::path::Path;

use anyhow::Result;
use rusqlite::Connection;

/// A database with one row, beside the vault on the same disk.
pub struct BareStore(Connection);

impl BareStore {
    /// Makes it.
    pub fn make(folder: &Path) -> Result<Self> {
        let sql = Connection::open(folder.join("bare.db"))?;
        sql.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA secure_delete = ON;
             CREATE TABLE answer (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
             INSERT INTO answer VALUES (1, zeroblob(256));",
        )?;
        Ok(Self(sql))
    }

    /// Writes the row once, durably.
    pub fn write(&self, number: u32) -> Result<()> {
        let body = [number.to_le_bytes()[0]; 256];
        self.0.prepare_cached("UPDATE answer SET body = ?1 WHERE id = 1")?.execute([&body[..]])?;
        Ok(())
    }
}
