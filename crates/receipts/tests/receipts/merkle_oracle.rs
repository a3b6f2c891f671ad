//! Our tree against an independent implementation, and proofs that must not verify.

use std::cell::RefCell;

use ct_merkle::{ConsistencyProof, InclusionProof, mem_backed_tree::MemoryBackedTree};
use proptest::prelude::*;
use protocol::limits::MAX_PROOF_NODES;
use protocol::{Context, Digest};
use receipts::merkle::{
    NodeId, ProofError, append, consistency_path, empty_root, inclusion_path, leaf_hash, root, verify_consistency, verify_inclusion,
};
use sha2::Sha256;

use crate::small_log::{NodeMissing, Nodes};

type Oracle = MemoryBackedTree<Sha256, Vec<u8>>;

fn leaf_bytes(number: u64) -> Vec<u8> {
    number.to_be_bytes().to_vec()
}

fn ours(size: u64) -> Nodes {
    Nodes::grown((0..size).map(|number| leaf_hash(&leaf_bytes(number))))
}

fn oracle(size: u64) -> Oracle {
    let mut tree = Oracle::new();
    (0..size).for_each(|number| tree.push(Context::LeafV1.frame(&leaf_bytes(number))));
    tree
}

fn oracle_root(tree: &Oracle) -> Digest {
    Digest::from_slice(tree.root().as_bytes()).unwrap()
}

fn digests(proof: &[u8]) -> Vec<Digest> {
    proof.chunks(32).map(|node| Digest::from_slice(node).unwrap()).collect()
}

fn inclusion_of(tree: &Oracle, index: u64) -> Vec<Digest> {
    let proof: InclusionProof<Sha256> = tree.prove_inclusion(usize::try_from(index).unwrap());
    digests(proof.as_bytes())
}

fn consistency_of(tree: &Oracle, from: u64) -> Vec<Digest> {
    let proof: ConsistencyProof<Sha256> = tree.prove_consistency(usize::try_from(tree.len() - from).unwrap());
    digests(proof.as_bytes())
}

#[test]
fn roots_and_proofs_agree_with_an_independent_tree_up_to_300() {
    let (mut nodes, mut tree) = (Nodes::default(), Oracle::new());
    for size in 0..=300 {
        assert_eq!(nodes.root(size), oracle_root(&tree), "root of {size}");
        // Every pair up to 40, then a spread that meets each index and each power of two.
        for other in (0..size).filter(|other| size <= 40 || other.is_power_of_two() || other % 7 == size % 7 || other + 2 > size) {
            assert_eq!(nodes.inclusion(other, size), inclusion_of(&tree, other), "leaf {other} of {size}");
            if other > 0 {
                assert_eq!(nodes.consistency(other, size), consistency_of(&tree, other), "{other} to {size}");
            }
        }
        nodes.push(leaf_hash(&leaf_bytes(size)));
        tree.push(Context::LeafV1.frame(&leaf_bytes(size)));
    }
}

#[test]
fn every_proof_of_a_tree_up_to_100_verifies() {
    let nodes = ours(100);
    for size in 1..=100 {
        let root = nodes.root(size);
        for index in 0..size {
            assert_eq!(
                verify_inclusion(&leaf_hash(&leaf_bytes(index)), index, size, &nodes.inclusion(index, size), &root),
                Ok(()),
                "{index} in {size}"
            );
        }
        for from in 0..=size {
            assert_eq!(verify_consistency(from, &nodes.root(from), size, &root, &nodes.consistency(from, size)), Ok(()), "{from} to {size}");
        }
    }
}

#[test]
fn the_empty_tree_has_the_hash_of_nothing() {
    assert_eq!(empty_root().to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(ours(0).root(0), empty_root());
}

#[test]
fn no_proof_exists_outside_the_tree() {
    let nodes = ours(5);
    assert_eq!(inclusion_path(5, 5, nodes.get()), Ok(None));
    assert_eq!(inclusion_path(0, 0, nodes.get()), Ok(None));
    assert_eq!(consistency_path(6, 5, nodes.get()), Ok(None));
    assert_eq!(consistency_path(0, 5, nodes.get()), Ok(Some(vec![])));
    assert_eq!(consistency_path(5, 5, nodes.get()), Ok(Some(vec![])));
}

#[test]
fn an_error_of_the_store_comes_out() {
    let missing = |id| Err::<Digest, _>(NodeMissing(id));
    assert!(root(3, missing).is_err());
    assert!(inclusion_path(1, 3, missing).is_err());
    assert!(consistency_path(1, 3, missing).is_err());
    assert!(append(1, empty_root(), missing, |_, _| Ok(())).is_err());
    let full = append(0, empty_root(), ours(0).get(), |id, _| Err(NodeMissing(id)));
    assert!(full.is_err());
}

/// The nodes of a tree of any size whose leaves are all the same: one hash per level.
fn levels_of_equal_leaves(leaf: Digest) -> Vec<Digest> {
    let levels = RefCell::new(Vec::new());
    // The last leaf of the largest tree completes a subtree of every level.
    append(
        (1 << 63) - 1,
        leaf,
        |id| Ok::<_, NodeMissing>(levels.borrow()[usize::from(id.level)]),
        |_, hash| {
            levels.borrow_mut().push(hash);
            Ok(())
        },
    )
    .unwrap();
    levels.into_inner()
}

#[test]
fn the_largest_trees_have_proofs_within_the_limit() {
    let leaf = leaf_hash(b"");
    let levels = levels_of_equal_leaves(leaf);
    assert_eq!(levels.len(), 64);
    let get = |id: NodeId| levels.get(usize::from(id.level)).copied().ok_or(NodeMissing(id));
    for size in [u64::MAX, u64::MAX - 1, (1 << 63) + 1, 1 << 63, (1 << 63) - 1] {
        let whole = root(size, get).unwrap();
        for index in [0, 1, size / 2, size - 2, size - 1] {
            let path = inclusion_path(index, size, get).unwrap().unwrap();
            assert!(path.len() <= 64);
            assert_eq!(verify_inclusion(&leaf, index, size, &path, &whole), Ok(()), "{index} of {size}");
            let path = consistency_path(index, size, get).unwrap().unwrap();
            assert!(path.len() <= MAX_PROOF_NODES);
            assert_eq!(verify_consistency(index, &root(index, get).unwrap(), size, &whole, &path), Ok(()), "{index} to {size}");
        }
    }
}

#[test]
fn a_path_fits_only_its_own_leaf_place_and_tree() {
    let nodes = ours(33);
    for size in 1..=33 {
        for index in 0..size {
            let path = nodes.inclusion(index, size);
            for place in (0..=size).filter(|place| *place != index) {
                assert!(
                    verify_inclusion(&leaf_hash(&leaf_bytes(index)), place, size, &path, &nodes.root(size)).is_err(),
                    "{index} at {place} of {size}"
                );
                assert!(verify_inclusion(&leaf_hash(&leaf_bytes(place)), index, size, &path, &nodes.root(size)).is_err());
            }
            let other_size = if size == 33 { 32 } else { size + 1 };
            assert!(verify_inclusion(&leaf_hash(&leaf_bytes(index)), index, size, &path, &nodes.root(other_size)).is_err());
        }
    }
}

#[test]
fn an_index_outside_the_tree_is_refused_before_hashing() {
    let nodes = ours(1);
    let root = nodes.root(1);
    assert_eq!(verify_inclusion(&root, 0, 1, &[], &root), Ok(()));
    assert_eq!(verify_inclusion(&root, 1, 1, &[], &root), Err(ProofError::OutOfRange));
    assert_eq!(verify_inclusion(&root, 0, 0, &[], &root), Err(ProofError::OutOfRange));
    assert_eq!(verify_inclusion(&root, u64::MAX, u64::MAX, &[], &root), Err(ProofError::OutOfRange));
}

#[test]
fn an_inclusion_path_has_exactly_one_length() {
    let nodes = ours(33);
    for size in 1..=33 {
        for index in 0..size {
            let (leaf, root, path) = (leaf_hash(&leaf_bytes(index)), nodes.root(size), nodes.inclusion(index, size));
            for length in (0..path.len() + 3).filter(|length| *length != path.len()) {
                let wrong: Vec<_> = path.iter().copied().chain([root; 3]).take(length).collect();
                assert_eq!(verify_inclusion(&leaf, index, size, &wrong, &root), Err(ProofError::WrongLength), "{length} for {index} of {size}");
            }
        }
    }
}

#[test]
fn a_truncated_path_that_ends_in_the_shown_root_is_still_refused() {
    // An inner node passed off as the root: without the length check the shorter path would lead there.
    let nodes = ours(4);
    let path = nodes.inclusion(0, 4);
    assert_eq!(verify_inclusion(&leaf_hash(&leaf_bytes(0)), 0, 4, &path[..1], &nodes.root(2)), Err(ProofError::WrongLength));
    assert_eq!(verify_inclusion(&leaf_hash(&leaf_bytes(0)), 0, 2, &path, &nodes.root(4)), Err(ProofError::WrongLength));
    let growth = nodes.consistency(1, 4);
    assert_eq!(verify_consistency(1, &nodes.root(1), 4, &nodes.root(2), &growth[..1]), Err(ProofError::WrongLength));
    assert_eq!(verify_consistency(1, &nodes.root(1), 2, &nodes.root(4), &growth), Err(ProofError::WrongLength));
}

#[test]
fn a_consistency_path_has_exactly_one_length() {
    let nodes = ours(20);
    for to in 0..=20 {
        for from in 0..=to {
            let path = nodes.consistency(from, to);
            for length in (0..path.len() + 3).filter(|length| *length != path.len()) {
                let wrong: Vec<_> = path.iter().copied().chain([nodes.root(to); 3]).take(length).collect();
                let refused = verify_consistency(from, &nodes.root(from), to, &nodes.root(to), &wrong);
                assert_eq!(refused, Err(ProofError::WrongLength), "{length} for {from} to {to}");
            }
        }
    }
}

#[test]
fn more_nodes_than_any_proof_needs_are_refused_unhashed() {
    let root = empty_root();
    let most = vec![root; MAX_PROOF_NODES];
    let more = vec![root; MAX_PROOF_NODES + 1];
    assert_eq!(verify_inclusion(&root, 0, 2, &most, &root), Err(ProofError::WrongLength));
    assert_eq!(verify_inclusion(&root, 0, 2, &more, &root), Err(ProofError::TooManyNodes));
    assert_eq!(verify_consistency(1, &root, 2, &root, &most), Err(ProofError::WrongLength));
    assert_eq!(verify_consistency(1, &root, 2, &root, &more), Err(ProofError::TooManyNodes));
}

#[test]
fn consistency_names_the_root_that_does_not_fit() {
    let nodes = ours(20);
    let wrong = Digest([9; 32]);
    for (from, to) in [(1, 2), (3, 7), (4, 8), (5, 6), (6, 20), (16, 17), (19, 20)] {
        let (old, new, path) = (nodes.root(from), nodes.root(to), nodes.consistency(from, to));
        // Where the old root itself begins the path, a wrong one also leads to another new root; the old root is then right by definition.
        let blamed = if from.is_power_of_two() { ProofError::WrongRoot } else { ProofError::WrongOldRoot };
        assert_eq!(verify_consistency(from, &wrong, to, &new, &path), Err(blamed), "{from} to {to}");
        assert_eq!(verify_consistency(from, &old, to, &wrong, &path), Err(ProofError::WrongRoot), "{from} to {to}");
        assert_eq!(verify_consistency(to, &new, from, &old, &path), Err(ProofError::OutOfRange));
    }
}

#[test]
fn the_empty_tree_and_the_same_tree_need_no_path_but_the_right_root() {
    let nodes = ours(5);
    let wrong = Digest([9; 32]);
    assert_eq!(verify_consistency(0, &empty_root(), 5, &nodes.root(5), &[]), Ok(()));
    assert_eq!(verify_consistency(0, &wrong, 5, &nodes.root(5), &[]), Err(ProofError::WrongOldRoot));
    assert_eq!(verify_consistency(0, &wrong, 0, &wrong, &[]), Err(ProofError::WrongOldRoot));
    assert_eq!(verify_consistency(0, &empty_root(), 0, &wrong, &[]), Err(ProofError::WrongRoot));
    assert_eq!(verify_consistency(5, &nodes.root(5), 5, &nodes.root(5), &[]), Ok(()));
    assert_eq!(verify_consistency(5, &nodes.root(5), 5, &wrong, &[]), Err(ProofError::WrongRoot));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_pairs_agree_with_an_independent_tree((size, other) in (1_u64..2000).prop_flat_map(|size| (Just(size), 0..size))) {
        let (nodes, tree) = (ours(size), oracle(size));
        prop_assert_eq!(nodes.root(size), oracle_root(&tree));
        prop_assert_eq!(nodes.inclusion(other, size), inclusion_of(&tree, other));
        if other > 0 {
            prop_assert_eq!(nodes.consistency(other, size), consistency_of(&tree, other));
        }
    }

    #[test]
    fn one_changed_bit_in_a_path_proves_nothing(size in 2_u64..200, pick in any::<u64>(), node in any::<prop::sample::Index>(), bit in 0_usize..256) {
        let nodes = ours(size);
        let index = pick % size;
        let mut path = nodes.inclusion(index, size);
        flip(&mut path, node, bit);
        prop_assert_eq!(verify_inclusion(&leaf_hash(&leaf_bytes(index)), index, size, &path, &nodes.root(size)), Err(ProofError::WrongRoot));
        let from = 1 + pick % (size - 1);
        let mut path = nodes.consistency(from, size);
        flip(&mut path, node, bit);
        prop_assert!(verify_consistency(from, &nodes.root(from), size, &nodes.root(size), &path).is_err());
    }

    #[test]
    fn a_history_changed_before_the_known_size_has_no_proof(size in 2_u64..100, pick in any::<u64>()) {
        let (honest, from) = (ours(size), 1 + pick % (size - 1));
        let forged = Nodes::grown((0..size).map(|number| leaf_hash(&leaf_bytes(if number == pick % from { 1000 } else { number }))));
        let path = forged.consistency(from, size);
        prop_assert!(verify_consistency(from, &honest.root(from), size, &forged.root(size), &path).is_err());
    }
}

fn flip(path: &mut [Digest], node: prop::sample::Index, bit: usize) {
    node.get_mut(path).0[bit / 8] ^= 1 << (bit % 8);
}
