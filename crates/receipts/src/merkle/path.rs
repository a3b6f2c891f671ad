//! Proofs, as the endpoint makes them from stored nodes. Both walk from the root downwards, as the RFC defines them, and list bottom up.

use protocol::Digest;

use super::tree::{NodeId, range_hash};

/// ``PATH(index, D[0:size])``, from the leaf upwards; none if `index` is not in that tree.
///
/// RFC 9162, section 2.1.3.1. At most 64 nodes.
///
/// # Errors
/// The first error of `get`.
pub fn inclusion_path<E>(index: u64, size: u64, mut get: impl FnMut(NodeId) -> Result<Digest, E>) -> Result<Option<Vec<Digest>>, E> {
    if index >= size {
        return Ok(None);
    }
    let mut path = Vec::new();
    let (mut start, mut len) = (0, size);
    while len > 1 {
        let split = split(len);
        if index - start < split {
            path.push(range_hash(start + split, len - split, &mut get)?);
            len = split;
        } else {
            path.push(range_hash(start, split, &mut get)?);
            (start, len) = (start + split, len - split);
        }
    }
    path.reverse();
    Ok(Some(path))
}

/// ``PROOF(from, D[0:to])``: the tree of `from` leaves is a part of the tree of `to`. Empty if `from` is 0 or `to`; none if `from` is larger.
///
/// RFC 9162, section 2.1.4.1 (which leaves `from = 0` undefined: every tree continues the empty one). At most 65 nodes.
///
/// # Errors
/// The first error of `get`.
pub fn consistency_path<E>(from: u64, to: u64, mut get: impl FnMut(NodeId) -> Result<Digest, E>) -> Result<Option<Vec<Digest>>, E> {
    if from > to {
        return Ok(None);
    }
    if from == 0 {
        return Ok(Some(Vec::new()));
    }
    let mut path = Vec::new();
    let (mut start, mut len) = (0, to);
    while from - start < len {
        let split = split(len);
        if from - start <= split {
            path.push(range_hash(start + split, len - split, &mut get)?);
            len = split;
        } else {
            path.push(range_hash(start, split, &mut get)?);
            (start, len) = (start + split, len - split);
        }
    }
    // The verifier knows this subtree only if it is the whole old tree.
    if start > 0 {
        path.push(range_hash(start, len, &mut get)?);
    }
    path.reverse();
    Ok(Some(path))
}

/// The largest power of two smaller than `len`, for `len > 1`.
fn split(len: u64) -> u64 {
    1 << (len - 1).ilog2()
}
