//! The bare limits: what the disk and the passphrase's derivation take alone, with the vault's settings and nothing around them.

use std::path::Path;

use anyhow::{Result, anyhow};
use argon2::{Algorithm, Argon2, Params, Version};
use rusqlite::Connection;
use vault::KdfCost;

/// What a sealed form weighs, header included.
const ENVELOPE_BYTES: usize = 4 * 1024;

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
             INSERT INTO answer VALUES (1, zeroblob(256));
             CREATE TABLE envelope (id BLOB PRIMARY KEY, body BLOB NOT NULL);",
        )?;
        Ok(Self(sql))
    }

    /// Writes the row once, durably.
    pub fn write(&self, number: u32) -> Result<()> {
        let body = [number.to_le_bytes()[0]; 256];
        self.0.prepare_cached("UPDATE answer SET body = ?1 WHERE id = 1")?.execute([&body[..]])?;
        Ok(())
    }

    /// Writes so many envelopes in one durable transaction each batch: all that a mailbox has to do to the disk.
    pub fn take_in(&self, forms: u32, batch: u32) -> Result<()> {
        let body = [0x5a; ENVELOPE_BYTES];
        for first in (0..forms).step_by(batch as usize) {
            let transaction = self.0.unchecked_transaction()?;
            for number in first..forms.min(first + batch) {
                // Spread over the index as random ids are.
                let id = number.wrapping_mul(2_654_435_761).to_be_bytes();
                transaction.prepare_cached("INSERT INTO envelope VALUES (?1, ?2)")?.execute((&id[..], &body[..]))?;
            }
            transaction.commit()?;
        }
        Ok(())
    }

    /// Deletes them in the same batches: all that the sender has to do to its own.
    pub fn give_away(&self, batch: u32) -> Result<()> {
        while self.0.prepare_cached("DELETE FROM envelope WHERE id IN (SELECT id FROM envelope LIMIT ?1)")?.execute([batch])? > 0 {}
        Ok(())
    }
}

/// Argon2id alone (RFC 9106).
pub fn derive(cost: KdfCost) -> Result<()> {
    let refused = |error: argon2::Error| anyhow!("Argon2id: {error}");
    let params = Params::new(cost.memory_kib(), cost.iterations(), cost.lanes(), Some(32)).map_err(refused)?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(b"a bare passphrase", &[7; 32], &mut [0; 32]).map_err(refused)
}
