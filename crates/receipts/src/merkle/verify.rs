//! Proofs, as clients check them. They know nothing of the log but what they are shown here.

use protocol::Digest;
use protocol::limits::MAX_PROOF_NODES;

use super::{empty_root, node_hash};

/// Why a proof proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The leaf's place is not in the tree, or the older tree is the larger one.
    #[error("the proof is about a place outside the tree")]
    OutOfRange,
    /// More than [`MAX_PROOF_NODES`]; nothing was hashed.
    #[error("the proof has more nodes than any can need")]
    TooManyNodes,
    /// Not the one length that this proof has.
    #[error("the proof has the wrong number of nodes")]
    WrongLength,
    /// It does not lead to the old tree's root (consistency only).
    #[error("the proof does not lead to the older tree's root")]
    WrongOldRoot,
    /// It does not lead to the tree's root.
    #[error("the proof does not lead to the tree's root")]
    WrongRoot,
}

/// Checks that `leaf` (a [`super::leaf_hash`]) stands at `index` in the tree with `size` leaves and this `root`.
///
/// RFC 9162, section 2.1.3.2.
///
/// # Errors
/// [`ProofError`]; never `WrongOldRoot`.
pub fn verify_inclusion(leaf: &Digest, index: u64, size: u64, path: &[Digest], root: &Digest) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::OutOfRange);
    }
    demand_few(path)?;
    let mut way = Way { node: index, last: size - 1 };
    let mut hash = *leaf;
    for sibling in path {
        hash = match way.up()? {
            Side::Left => node_hash(sibling, &hash),
            Side::Right => node_hash(&hash, sibling),
        };
    }
    way.demand_top()?;
    if hash == *root { Ok(()) } else { Err(ProofError::WrongRoot) }
}

/// Checks that the tree (`from`, `from_root`) is the beginning of the tree (`to`, `to_root`).
///
/// RFC 9162, section 2.1.4.2. For `from` 0 or equal to `to` the path must be empty and the roots must be the empty tree's, or the same.
///
/// # Errors
/// [`ProofError`].
pub fn verify_consistency(from: u64, from_root: &Digest, to: u64, to_root: &Digest, path: &[Digest]) -> Result<(), ProofError> {
    if from > to {
        return Err(ProofError::OutOfRange);
    }
    demand_few(path)?;
    if from == 0 || from == to {
        return verify_without_path(from, from_root, to, to_root, path);
    }
    let mut way = Way { node: from - 1, last: to - 1 };
    way.skip_complete();
    // Where the old tree is one complete subtree, its root begins the path and is not sent.
    let (mut old, rest) = if from.is_power_of_two() {
        (*from_root, path)
    } else {
        path.split_first().map(|(first, rest)| (*first, rest)).ok_or(ProofError::WrongLength)?
    };
    let mut new = old;
    for sibling in rest {
        match way.up()? {
            Side::Left => (old, new) = (node_hash(sibling, &old), node_hash(sibling, &new)),
            Side::Right => new = node_hash(&new, sibling),
        }
    }
    way.demand_top()?;
    if old != *from_root {
        return Err(ProofError::WrongOldRoot);
    }
    if new == *to_root { Ok(()) } else { Err(ProofError::WrongRoot) }
}

fn verify_without_path(from: u64, from_root: &Digest, to: u64, to_root: &Digest, path: &[Digest]) -> Result<(), ProofError> {
    if !path.is_empty() {
        return Err(ProofError::WrongLength);
    }
    if from == 0 && *from_root != empty_root() {
        return Err(ProofError::WrongOldRoot);
    }
    if from == to && from_root != to_root {
        return Err(ProofError::WrongRoot);
    }
    Ok(())
}

fn demand_few(path: &[Digest]) -> Result<(), ProofError> {
    if path.len() > MAX_PROOF_NODES { Err(ProofError::TooManyNodes) } else { Ok(()) }
}

/// On which side of the climbing node the proof's next node stands.
enum Side {
    Left,
    Right,
}

/// A node that climbs to the root: `fn` and `sn` of the RFC, its index and that of the last node of its level.
struct Way {
    node: u64,
    last: u64,
}

impl Way {
    /// Climbs over the subtrees that the node ends and completes: the old tree's last subtree.
    fn skip_complete(&mut self) {
        while self.node % 2 == 1 {
            self.climb();
        }
    }

    /// One node of the proof upwards. A last node without a sibling climbs until it has one.
    fn up(&mut self) -> Result<Side, ProofError> {
        if self.last == 0 {
            return Err(ProofError::WrongLength);
        }
        let side = if self.node % 2 == 1 || self.node == self.last {
            while self.node.is_multiple_of(2) {
                self.climb();
            }
            Side::Left
        } else {
            Side::Right
        };
        self.climb();
        Ok(side)
    }

    fn climb(&mut self) {
        self.node /= 2;
        self.last /= 2;
    }

    fn demand_top(&self) -> Result<(), ProofError> {
        if self.last == 0 { Ok(()) } else { Err(ProofError::WrongLength) }
    }
}
