//! The log's tree, rebuilt from its leaves.

use std::collections::BTreeMap;

use protocol::log::{Checkpoint, Leaf, LeafKind, SignedCheckpoint};
use protocol::{Digest, from_cbor};
use receipts::merkle::{NodeId, append, leaf_hash, root};
use receipts::receipt::{LEAF_VERSION, MAX_LEAF_BYTES};
use receipts::{CheckpointError, LogIdentity, verify_checkpoint};

use crate::directories::Directories;
use crate::file::EndpointLog;
use crate::gap::{Gap, Named};

/// The leaves that can be read, with their places, and the tree over all of them.
pub(crate) struct Log {
    pub leaves: Vec<(usize, Leaf)>,
    hashes: Vec<Digest>,
    nodes: BTreeMap<NodeId, Digest>,
    pub identities: Vec<LogIdentity>,
}

impl Log {
    pub fn rebuild(endpoint: &EndpointLog, directories: &Directories, gaps: &mut Vec<Gap>) -> Self {
        let mut log = Self { leaves: Vec::new(), hashes: Vec::new(), nodes: BTreeMap::new(), identities: directories.log_identities() };
        for (index, bytes) in endpoint.leaves.iter().enumerate() {
            log.push(leaf_hash(bytes));
            match from_cbor::<Leaf>(bytes, MAX_LEAF_BYTES) {
                Ok(leaf) => log.leaves.push((index, leaf)),
                Err(_) => gaps.push(Gap::LeafUnreadable { index }),
            }
        }
        match log.verify(&endpoint.head) {
            Err(why) => gaps.push(Gap::HeadRefused(why)),
            Ok(head) if head.size != log.hashes.len() as u64 => gaps.push(Gap::LogOtherLength { signed: head.size, found: log.hashes.len() }),
            Ok(head) if log.root(head.size) != Some(head.root) => gaps.push(Gap::LogAltered),
            Ok(head) => log.demand_own_leaves(&head, directories, gaps),
        }
        log
    }

    /// A head counts if any key that an office's directory named for its log signed it.
    pub fn verify(&self, signed: &SignedCheckpoint) -> Result<Checkpoint, CheckpointError> {
        let mut refused = CheckpointError::BadSignature;
        for identity in &self.identities {
            match verify_checkpoint(signed, identity) {
                Ok(checkpoint) => return Ok(checkpoint),
                Err(CheckpointError::BadSignature) => {}
                Err(why) => refused = why,
            }
        }
        Err(refused)
    }

    /// Root of the tree of the first `size` leaves; none if there are fewer.
    pub fn root(&self, size: u64) -> Option<Digest> {
        if size > self.hashes.len() as u64 {
            return None;
        }
        root(size, |id| self.nodes.get(&id).copied().ok_or(())).ok()
    }

    /// Hash of the leaf at that place.
    pub fn hash(&self, index: u64) -> Option<&Digest> {
        self.hashes.get(usize::try_from(index).ok()?)
    }

    fn push(&mut self, leaf: Digest) {
        let mut put = Vec::new();
        let get = |id: NodeId| self.nodes.get(&id).copied().ok_or(());
        append(self.hashes.len() as u64, leaf, get, |id, hash| {
            put.push((id, hash));
            Ok(())
        })
        .expect("invariant: earlier appends put every complete subtree");
        self.nodes.extend(put);
        self.hashes.push(leaf);
    }

    fn demand_own_leaves(&self, head: &Checkpoint, directories: &Directories, gaps: &mut Vec<Gap>) {
        for (index, leaf) in &self.leaves {
            let index = *index;
            let stated = matches!(leaf.kind, LeafKind::Accepted | LeafKind::Destroyed | LeafKind::Rewrapped);
            let why = if leaf.version != LEAF_VERSION {
                Some("it is of an unknown format")
            } else if leaf.office != head.office {
                Some("it is another office's")
            } else if leaf.generation != head.generation {
                Some("it is of another life of the endpoint")
            } else if stated != leaf.statement.is_some() {
                Some("a clerk's statement is missing, or stands where none belongs")
            } else {
                None
            };
            if let Some(why) = why {
                gaps.push(Gap::LeafRefused { index, why });
            }
            // Directory 1 is published by the endpoint itself, at the founding, before there is a device in a directory.
            if directories.device_key(&leaf.device).is_none() {
                gaps.push(Gap::LeafOfUnknownDevice { index, device: Named(leaf.device) });
            }
        }
    }
}
