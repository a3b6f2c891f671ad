//! The Merkle tree of RFC 9162, section 2.1, over leaves framed by `Context::LeafV1`.
//!
//! Written by hand because existing crates keep every item in memory; here the nodes of complete subtrees lie in the endpoint's database and are read
//! one by one. The tests compare it with an independent implementation.

mod path;
mod tree;
mod verify;

use protocol::{Context, Digest};

use crate::primitives::sha256;

pub use path::{consistency_path, inclusion_path};
pub use tree::{NodeId, append, root};
pub use verify::{ProofError, verify_consistency, verify_inclusion};

/// ``HASH(0x00 || frame(LeafV1, d))``, the hash of a leaf from its encoded bytes.
///
/// RFC 9162, section 2.1.1. The frame keeps our leaves apart from those of any other log.
#[must_use]
pub fn leaf_hash(leaf_bytes: &[u8]) -> Digest {
    sha256(&[&[0], &Context::LeafV1.frame(leaf_bytes)])
}

/// ``HASH(0x01 || left || right)``
///
/// RFC 9162, section 2.1.1.
fn node_hash(left: &Digest, right: &Digest) -> Digest {
    sha256(&[&[1], left.as_bytes(), right.as_bytes()])
}

/// ``MTH({}) = HASH()``, the root of the tree without leaves.
///
/// RFC 9162, section 2.1.1.
#[must_use]
pub fn empty_root() -> Digest {
    sha256(&[])
}
