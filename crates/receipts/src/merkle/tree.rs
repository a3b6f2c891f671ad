//! Growing the tree and hashing ranges of it.
//!
//! Only nodes of complete subtrees are stored. They never change once written, so an append is a few inserts and no update.

use protocol::Digest;

use super::{empty_root, node_hash};

/// The root of a complete subtree: leaves `index * 2^level .. (index + 1) * 2^level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId {
    /// Height above the leaves; a leaf has level 0. At most 63.
    pub level: u8,
    /// Place among the nodes of its level, from 0.
    pub index: u64,
}

/// Appends `leaf` (a [`super::leaf_hash`]) to the tree of `size` leaves: puts it and every subtree that it completes. Afterwards the tree has `size + 1`.
///
/// `get` is asked only for nodes that earlier appends have put, at most 63 of them; `put` is called once per new node, leaf first.
///
/// # Errors
/// The first error of `get` or `put`. Nodes put before it must be rolled back by the caller (a transaction).
pub fn append<E>(
    size: u64,
    leaf: Digest,
    mut get: impl FnMut(NodeId) -> Result<Digest, E>,
    mut put: impl FnMut(NodeId, Digest) -> Result<(), E>,
) -> Result<(), E> {
    let mut id = NodeId { level: 0, index: size };
    let mut hash = leaf;
    put(id, hash)?;
    while id.index % 2 == 1 {
        let left = get(NodeId { level: id.level, index: id.index - 1 })?;
        hash = node_hash(&left, &hash);
        id = NodeId { level: id.level + 1, index: id.index / 2 };
        put(id, hash)?;
    }
    Ok(())
}

/// ``MTH(D[0:size])``, the root of the tree of the first `size` leaves: also of any earlier tree, without its having been stored.
///
/// # Errors
/// The first error of `get`.
pub fn root<E>(size: u64, get: impl FnMut(NodeId) -> Result<Digest, E>) -> Result<Digest, E> {
    range_hash(0, size, get)
}

/// ``MTH(D[start:start+len])`` where `start` is a multiple of every power of two up to `len`, as in every split of RFC 9162.
pub(super) fn range_hash<E>(start: u64, len: u64, mut get: impl FnMut(NodeId) -> Result<Digest, E>) -> Result<Digest, E> {
    let mut hash = None;
    let mut end = start + len;
    // Complete subtrees from the right: the lowest set bit of what is left is the smallest of them.
    while end > start {
        let level = (end - start).trailing_zeros();
        end -= 1 << level;
        let subtree = get(NodeId { level: level as u8, index: end >> level })?;
        hash = Some(hash.map_or(subtree, |right| node_hash(&subtree, &right)));
    }
    Ok(hash.unwrap_or_else(empty_root))
}
