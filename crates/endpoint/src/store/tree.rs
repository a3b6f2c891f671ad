//! The log's Merkle tree over stored nodes, and the receipts of one commit.

use std::collections::{BTreeMap, HashMap};

use protocol::log::{Checkpoint, Leaf, Receipt, SignedCheckpoint};
use protocol::{Digest, OfficeId, UnixTime, from_cbor, to_cbor};
use receipts::CheckpointSigner;
use receipts::merkle::{self, NodeId};
use rusqlite::{Connection, OptionalExtension, params};

use super::fault::StoreFault;
use super::number::{from_sql, to_sql};
use super::snapshot::Head;

/// Nodes kept in memory; more than one commit ever needs again.
const CACHED_NODES: usize = 65_536;

/// The growing edge of the log, held by the writer alone.
#[derive(Default)]
pub(super) struct Tree {
    size: u64,
    /// Leaves of this commit, whose receipts are made when it closes.
    pending: Vec<(u64, Vec<u8>)>,
    /// Nodes lately read or put. An undone append leaves stale ones only at places that are put again before they are read.
    nodes: HashMap<NodeId, Digest>,
}

/// A place to come back to when a piece of work is undone.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    size: u64,
    pending: usize,
}

impl Tree {
    pub(super) fn load(sql: &Connection) -> Result<Self, StoreFault> {
        let size: i64 = sql.query_row("SELECT coalesce(max(size), 0) FROM checkpoint", [], |row| row.get(0))?;
        Ok(Self { size: from_sql(size)?, ..Self::default() })
    }

    /// The newest signed tree head, once the stored nodes were found to lead to it. None if the log is empty.
    pub(super) fn head(&self, sql: &Connection) -> Result<Option<Head>, StoreFault> {
        let newest = "SELECT bytes FROM checkpoint ORDER BY size DESC LIMIT 1";
        let Some(bytes) = sql.query_row(newest, [], |row| row.get::<_, Vec<u8>>(0)).optional()? else { return Ok(None) };
        let unreadable = |_| StoreFault::Damaged("a checkpoint");
        let checkpoint: SignedCheckpoint = from_cbor(&bytes, 4096).map_err(unreadable)?;
        let signed: Checkpoint = from_cbor(&checkpoint.body, 4096).map_err(unreadable)?;
        let root = merkle::root(self.size, |id| read_node(sql, id))?;
        let sound = signed.size == self.size && signed.root == root;
        if sound { Ok(Some(Head { size: self.size, checkpoint })) } else { Err(StoreFault::Damaged("the log does not lead to its head")) }
    }

    /// Appends a leaf and returns its place.
    pub(super) fn append(&mut self, sql: &Connection, leaf: &Leaf) -> Result<u64, StoreFault> {
        let bytes = to_cbor(leaf);
        let position = self.size;
        let mut put = sql.prepare_cached("INSERT INTO node (level, position, hash) VALUES (?1, ?2, ?3)")?;
        // `append` takes two closures over the same cache: nodes it puts are collected first, and it never reads one that it has just put.
        let mut fresh = Vec::with_capacity(2);
        merkle::append(
            position,
            merkle::leaf_hash(&bytes),
            |id| stored_node(sql, &mut self.nodes, id),
            |id, hash| {
                fresh.push((id, hash));
                put.execute(params![id.level, to_sql(id.index), hash.0]).map(|_| ()).map_err(StoreFault::from)
            },
        )?;
        self.nodes.extend(fresh);
        self.pending.push((position, bytes));
        self.size += 1;
        Ok(position)
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { size: self.size, pending: self.pending.len() }
    }

    pub(super) fn go_back_to(&mut self, mark: Mark) {
        self.size = mark.size;
        self.pending.truncate(mark.pending);
    }

    /// Signs the tree head and makes the receipt of each leaf of this commit. None if the log did not grow.
    pub(super) fn close(
        &mut self,
        sql: &Connection,
        signer: &CheckpointSigner,
        office: OfficeId,
        generation: u32,
        now: UnixTime,
    ) -> Result<Option<Growth>, StoreFault> {
        if self.pending.is_empty() {
            return Ok(None);
        }
        let size = self.size;
        let root = merkle::root(size, |id| stored_node(sql, &mut self.nodes, id))?;
        let checkpoint = signer.sign(&Checkpoint { version: 1, office, generation, size, root, at: now });
        sql.prepare_cached("INSERT INTO checkpoint (size, bytes) VALUES (?1, ?2)")?.execute(params![to_sql(size), to_cbor(&checkpoint)])?;
        let mut receipts = BTreeMap::new();
        let mut insert = sql.prepare_cached("INSERT INTO leaf (position, receipt) VALUES (?1, ?2)")?;
        for (index, leaf) in std::mem::take(&mut self.pending) {
            let path = merkle::inclusion_path(index, size, |id| stored_node(sql, &mut self.nodes, id))?
                .ok_or(StoreFault::Damaged("a leaf outside its tree"))?;
            let receipt = Receipt { version: 1, leaf: leaf.into(), index, path, checkpoint: checkpoint.clone() };
            insert.execute(params![to_sql(index), to_cbor(&receipt)])?;
            receipts.insert(index, receipt);
        }
        if self.nodes.len() > CACHED_NODES {
            self.nodes.clear();
        }
        Ok(Some(Growth { size, checkpoint, receipts }))
    }
}

/// What one commit added to the log.
pub(super) struct Growth {
    pub(super) size: u64,
    pub(super) checkpoint: SignedCheckpoint,
    pub(super) receipts: BTreeMap<u64, Receipt>,
}

fn stored_node(sql: &Connection, cache: &mut HashMap<NodeId, Digest>, id: NodeId) -> Result<Digest, StoreFault> {
    if let Some(hash) = cache.get(&id) {
        return Ok(*hash);
    }
    let hash = read_node(sql, id)?;
    cache.insert(id, hash);
    Ok(hash)
}

fn read_node(sql: &Connection, id: NodeId) -> Result<Digest, StoreFault> {
    let mut select = sql.prepare_cached("SELECT hash FROM node WHERE level = ?1 AND position = ?2")?;
    let hash = select.query_row(params![id.level, to_sql(id.index)], |row| row.get(0)).optional()?;
    hash.map(Digest).ok_or(StoreFault::Damaged("a node of the log is missing"))
}

/// The consistency path from the tree of `from` leaves to that of `to`; none if `from` is the larger.
pub(super) fn consistency(sql: &Connection, from: u64, to: u64) -> Result<Option<Vec<Digest>>, StoreFault> {
    merkle::consistency_path(from, to, |id| read_node(sql, id))
}

/// The receipt of the leaf at `position`, as it was given out first.
pub(super) fn receipt(sql: &Connection, position: u64) -> Result<Receipt, StoreFault> {
    let mut select = sql.prepare_cached("SELECT receipt FROM leaf WHERE position = ?1")?;
    let bytes: Vec<u8> = select.query_row([to_sql(position)], |row| row.get(0))?;
    from_cbor(&bytes, 64 * 1024).map_err(|_| StoreFault::Damaged("a receipt"))
}
