//! What lies on the disks when no process runs, read past the programs: the endpoint's records and log, a device's ledger with its receipts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use clock::SystemClock;
use protocol::directory::{Directory, SignedDirectory};
use protocol::limits::MAX_DIRECTORY_BYTES;
use protocol::log::{Leaf, LeafKind};
use protocol::{Digest, RecordId, Token, from_cbor};
use receipts::receipt::MAX_LEAF_BYTES;
use receipts::{CheckpointSigner, Expected, LogIdentity, decode_receipt, verify_receipt};
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use vault::{LedgerKind, Vault, VaultOptions};

/// The log's key of an endpoint whose office is founded: what a hostile one signs with.
///
/// # Errors
/// If the key file is unreadable.
pub fn log_key(data: &Path) -> Result<CheckpointSigner> {
    let bytes = std::fs::read(data.join("endpoint.key"))?;
    let (_, _, (first, second)) = from_cbor::<(u8, u32, (Token, Token))>(&bytes, 1024)?;
    let seed = [first.0, second.0].concat();
    Ok(CheckpointSigner::new(seed.try_into().ok().context("two halves of 16 bytes")?))
}

/// A record as the endpoint's database has it.
pub struct Stored {
    /// SHA-256 of the envelope, as the row says.
    pub digest: Digest,
    /// Its length.
    pub length: u64,
    /// Destroyed after entry: only the tombstone is left.
    pub destroyed: bool,
    /// STORED leaves in the log.
    pub leaves: usize,
}

/// The endpoint's side.
pub struct Mailbox {
    /// Every record.
    pub records: BTreeMap<RecordId, Stored>,
    /// The log, as the office's newest directory names it.
    pub identity: LogIdentity,
    /// Every envelope.
    pub envelopes: Vec<Vec<u8>>,
}

impl Mailbox {
    /// Reads a stopped endpoint's folder. Each envelope must have the digest that its row names.
    ///
    /// # Errors
    /// If something is unreadable or contradicts itself.
    pub fn read(data: &Path) -> Result<Self> {
        let sql = Connection::open(data.join("mailbox.sqlite"))?;
        let bytes: Vec<u8> = sql.query_row("SELECT bytes FROM directory ORDER BY number DESC LIMIT 1", [], |row| row.get(0))?;
        let signed: SignedDirectory = from_cbor(&bytes, MAX_DIRECTORY_BYTES)?;
        let directory: Directory = from_cbor(&signed.body, MAX_DIRECTORY_BYTES)?;
        let keys = directory.endpoint;
        let identity = LogIdentity { office: directory.office, generation: keys.generation, key: keys.receipt_key, next_key: keys.next_receipt_key };
        let mut mailbox = Self { records: records(&sql)?, identity, envelopes: Vec::new() };
        mailbox.count_leaves(&sql)?;
        mailbox.read_envelopes(&sql)?;
        Ok(mailbox)
    }

    fn count_leaves(&mut self, sql: &Connection) -> Result<()> {
        let mut select = sql.prepare("SELECT receipt FROM leaf ORDER BY position")?;
        for bytes in select.query_map([], |row| row.get::<_, Vec<u8>>(0))? {
            let leaf: Leaf = from_cbor(&decode_receipt(&bytes?)?.leaf, MAX_LEAF_BYTES)?;
            if leaf.kind == LeafKind::Stored {
                self.records.get_mut(&leaf.record).context("a STORED leaf is about a record that is there")?.leaves += 1;
            }
        }
        Ok(())
    }

    fn read_envelopes(&mut self, sql: &Connection) -> Result<()> {
        let mut select = sql.prepare("SELECT record.record, envelope.bytes FROM envelope JOIN record ON record.id = envelope.record")?;
        for row in select.query_map([], |row| Ok((RecordId(row.get(0)?), row.get::<_, Vec<u8>>(1)?)))? {
            let (record, bytes) = row?;
            ensure!(self.records[&record].digest == Digest(Sha256::digest(&bytes).into()), "{record}: the envelope is the one that was receipted");
            self.envelopes.push(bytes);
        }
        let whole = self.records.values().filter(|stored| !stored.destroyed).count();
        ensure!(whole == self.envelopes.len(), "{whole} records are not destroyed, {} envelopes are there", self.envelopes.len());
        Ok(())
    }

    /// Each of these is stored or was destroyed after entry, once; and nothing else is there.
    ///
    /// # Errors
    /// Names the first that is lost, doubled or strange.
    pub fn demand_exactly(&self, records: &BTreeSet<RecordId>) -> Result<()> {
        for record in records {
            let stored = self.records.get(record).with_context(|| format!("{record} is lost"))?;
            ensure!(stored.leaves == 1, "{record} has {} STORED leaves", stored.leaves);
        }
        ensure!(self.records.len() == records.len(), "{} records were handed over, {} are there", records.len(), self.records.len());
        Ok(())
    }

    /// Each witnessed line of a device's ledger stands on a stored DESTROYED receipt that verifies against the office's log, of a record that is destroyed.
    ///
    /// # Errors
    /// Names the first line that does not.
    pub fn demand_witnessed(&self, vault_folder: &Path) -> Result<BTreeSet<RecordId>> {
        let vault = Vault::open_or_create(vault_folder, &VaultOptions { kdf: None }, Arc::new(SystemClock))?;
        vault.verify_ledger().context("the chain holds")?;
        let mut witnessed = BTreeSet::new();
        for row in vault.ledger_page(0, usize::MAX >> 1)?.rows.iter().filter(|row| row.line.kind == LedgerKind::Witnessed) {
            let line = &row.line;
            let receipt = decode_receipt(row.receipt.as_deref().context("a line without a stored receipt")?)?;
            let stored = self.records.get(&line.record).with_context(|| format!("{} is unknown at the endpoint", line.record))?;
            let leaf: Leaf = from_cbor(&receipt.leaf, MAX_LEAF_BYTES)?;
            let expected = Expected {
                kind: LeafKind::Destroyed,
                record: line.record,
                digest: stored.digest,
                length: stored.length,
                device: None,
                team_key_epoch: leaf.team_key_epoch,
                min_copies: 1,
            };
            let verified = verify_receipt(&receipt, &self.identity, &expected).with_context(|| format!("the receipt of {}", line.record))?;
            ensure!(line.receipt.is_some_and(|named| named.index == verified.index()), "the line names that receipt");
            ensure!(line.digest == stored.digest && stored.destroyed, "{} is destroyed at the endpoint", line.record);
            ensure!(witnessed.insert(line.record), "{} has two lines", line.record);
        }
        Ok(witnessed)
    }

    /// Each line of a device's ledger stands on a stored receipt that verifies against the office's log, and the chain holds.
    ///
    /// # Errors
    /// Names the first line that does not.
    pub fn demand_ledger(&self, vault_folder: &Path) -> Result<BTreeSet<RecordId>> {
        let vault = Vault::open_or_create(vault_folder, &VaultOptions { kdf: None }, Arc::new(SystemClock))?;
        let head = vault.verify_ledger().context("the chain holds")?;
        let rows = vault.ledger_page(0, usize::MAX >> 1)?.rows;
        ensure!(rows.len() as u64 == head.lines, "the ledger has all lines of its head");
        let mut destroyed = BTreeSet::new();
        for row in rows.iter().filter(|row| row.line.kind == LedgerKind::Destroyed) {
            let line = &row.line;
            let receipt = decode_receipt(row.receipt.as_deref().context("a line without a stored receipt")?)?;
            let stored = self.records.get(&line.record).with_context(|| format!("{} is destroyed here and unknown there", line.record))?;
            let leaf: Leaf = from_cbor(&receipt.leaf, MAX_LEAF_BYTES)?;
            let expected = Expected {
                kind: LeafKind::Stored,
                record: line.record,
                digest: line.digest,
                length: stored.length,
                device: Some(vault.device_id()),
                team_key_epoch: leaf.team_key_epoch,
                min_copies: 1,
            };
            let verified = verify_receipt(&receipt, &self.identity, &expected).with_context(|| format!("the receipt of {}", line.record))?;
            ensure!(line.receipt.is_some_and(|named| named.index == verified.index()), "the line names that receipt");
            ensure!(stored.digest == line.digest, "{}: what was destroyed here is what is stored there", line.record);
            ensure!(destroyed.insert(line.record), "{} was destroyed twice", line.record);
        }
        Ok(destroyed)
    }
}

fn records(sql: &Connection) -> Result<BTreeMap<RecordId, Stored>> {
    let mut select = sql.prepare("SELECT record, digest, length, destroyed_position IS NOT NULL FROM record")?;
    let mut records = BTreeMap::new();
    let rows = select.query_map([], |row| {
        let stored = Stored { digest: Digest(row.get(1)?), length: row.get::<_, i64>(2)?.cast_unsigned(), destroyed: row.get(3)?, leaves: 0 };
        Ok((RecordId(row.get(0)?), stored))
    })?;
    for row in rows {
        let (record, stored) = row?;
        ensure!(records.insert(record, stored).is_none(), "{record} has two rows");
    }
    Ok(records)
}
