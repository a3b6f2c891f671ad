//! A log in memory, as the endpoint keeps one in its database, and the form that a device handed over.

use std::cell::RefCell;
use std::collections::BTreeMap;

use protocol::log::{Checkpoint, Leaf, LeafKind, LogView, Receipt, SignedCheckpoint};
use protocol::{DeviceId, Digest, OfficeId, RecordId, UnixTime, to_cbor};
use receipts::merkle::{NodeId, append, consistency_path, inclusion_path, leaf_hash, root};
use receipts::{CheckpointSigner, Expected, LogIdentity};

pub const OFFICE: OfficeId = OfficeId([0x0f; 16]);
pub const DEVICE: DeviceId = DeviceId([0xde; 16]);
pub const GENERATION: u32 = 3;
pub const AT: UnixTime = UnixTime(1_900_000_000);

#[derive(Debug, PartialEq, Eq)]
pub struct NodeMissing(pub NodeId);

/// The stored nodes; an append that rewrites one fails the test.
#[derive(Default)]
pub struct Nodes {
    pub size: u64,
    stored: RefCell<BTreeMap<NodeId, Digest>>,
}

impl Nodes {
    pub fn grown(leaves: impl IntoIterator<Item = Digest>) -> Self {
        let mut nodes = Self::default();
        leaves.into_iter().for_each(|leaf| nodes.push(leaf));
        nodes
    }

    pub fn push(&mut self, leaf: Digest) {
        append(self.size, leaf, self.get(), |id, hash| {
            assert_eq!(self.stored.borrow_mut().insert(id, hash), None, "a node is written once");
            Ok::<_, NodeMissing>(())
        })
        .unwrap();
        self.size += 1;
    }

    pub fn get(&self) -> impl Fn(NodeId) -> Result<Digest, NodeMissing> {
        |id| self.stored.borrow().get(&id).copied().ok_or(NodeMissing(id))
    }

    pub fn root(&self, size: u64) -> Digest {
        root(size, self.get()).unwrap()
    }

    pub fn inclusion(&self, index: u64, size: u64) -> Vec<Digest> {
        inclusion_path(index, size, self.get()).unwrap().expect("in the tree")
    }

    pub fn consistency(&self, from: u64, to: u64) -> Vec<Digest> {
        consistency_path(from, to, self.get()).unwrap().expect("not larger")
    }
}

/// An endpoint's log of whole leaves with its key.
pub struct SmallLog {
    pub signer: CheckpointSigner,
    pub nodes: Nodes,
    leaves: Vec<Vec<u8>>,
}

impl SmallLog {
    pub fn new(seed: u8) -> Self {
        Self { signer: CheckpointSigner::new([seed; 32]), nodes: Nodes::default(), leaves: Vec::new() }
    }

    /// Forms 0, 1, 2 … of one device.
    pub fn with_forms(seed: u8, count: u8) -> Self {
        let mut log = Self::new(seed);
        (0..count).for_each(|form| log.push(&stored(form)));
        log
    }

    pub fn push(&mut self, leaf: &Leaf) {
        self.push_bytes(to_cbor(leaf));
    }

    pub fn push_bytes(&mut self, leaf: Vec<u8>) {
        self.nodes.push(leaf_hash(&leaf));
        self.leaves.push(leaf);
    }

    pub fn identity(&self) -> LogIdentity {
        LogIdentity { office: OFFICE, generation: GENERATION, key: self.signer.public_key(), next_key: None }
    }

    pub fn checkpoint(&self, size: u64) -> Checkpoint {
        Checkpoint { version: 1, office: OFFICE, generation: GENERATION, size, root: self.nodes.root(size), at: AT }
    }

    pub fn signed(&self, size: u64) -> SignedCheckpoint {
        self.signer.sign(&self.checkpoint(size))
    }

    pub fn view(&self, from: u64, to: u64) -> LogView {
        LogView { checkpoint: self.signed(to), consistency: self.nodes.consistency(from, to) }
    }

    pub fn receipt(&self, index: u64) -> Receipt {
        let size = self.nodes.size;
        let leaf = self.leaves[usize::try_from(index).unwrap()].clone();
        Receipt { version: 1, leaf: leaf.into(), index, path: self.nodes.inclusion(index, size), checkpoint: self.signed(size) }
    }
}

/// The leaf for form `form`.
pub fn stored(form: u8) -> Leaf {
    Leaf {
        version: 1,
        kind: LeafKind::Stored,
        office: OFFICE,
        generation: GENERATION,
        device: DEVICE,
        record: RecordId([form; 16]),
        digest: Digest([form ^ 0xff; 32]),
        length: 4242,
        team_key_epoch: 7,
        copies: 2,
        at: AT,
        statement: None,
    }
}

/// What the device that holds form `form` expects.
pub fn expected(form: u8) -> Expected {
    Expected {
        kind: LeafKind::Stored,
        record: RecordId([form; 16]),
        digest: Digest([form ^ 0xff; 32]),
        length: 4242,
        device: Some(DEVICE),
        team_key_epoch: 7,
        min_copies: 2,
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
