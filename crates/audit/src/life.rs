//! Each record's life as the log tells it, and whether the endpoint holds what that says.

use std::collections::{BTreeMap, BTreeSet};

use protocol::log::{Leaf, LeafKind};
use protocol::{DeviceId, Digest, RecordId};

use crate::directories::Directories;
use crate::file::EndpointLog;
use crate::gap::Gap;
use crate::log::Log;

/// One record.
pub(crate) struct Life {
    /// The device that delivered it.
    pub device: DeviceId,
    /// SHA-256 of the bytes that stand for it now, or stood at its destruction.
    digest: Digest,
    /// The device in whose name it was destroyed.
    pub destroyed: Option<DeviceId>,
}

/// All of them.
pub(crate) struct Lives {
    pub all: BTreeMap<RecordId, Life>,
    /// Whose envelope is at the endpoint.
    pub held: BTreeSet<RecordId>,
}

pub(crate) fn follow(log: &Log, endpoint: &EndpointLog, directories: &Directories, gaps: &mut Vec<Gap>) -> Lives {
    let mut lives = Lives { all: BTreeMap::new(), held: endpoint.held.iter().copied().collect() };
    let mut published = BTreeSet::new();
    for (index, leaf) in &log.leaves {
        if leaf.kind == LeafKind::Directory {
            published.extend(publication(*index, leaf, directories, gaps));
        } else {
            gaps.extend(lives.take(*index, leaf));
        }
    }
    let unpublished = directories.digests.keys().filter(|number| !published.contains(number));
    gaps.extend(unpublished.map(|number| Gap::DirectoryNotInLog { number: *number }));
    lives.demand_held(gaps);
    lives
}

fn publication(index: usize, leaf: &Leaf, directories: &Directories, gaps: &mut Vec<Gap>) -> Option<u64> {
    let number = u64::from_be_bytes(leaf.record.0[8..].try_into().expect("invariant: an id has 16 bytes"));
    if directories.digests.get(&number) == Some(&leaf.digest) {
        return Some(number);
    }
    gaps.push(Gap::DirectoryUnknown { index, number });
    None
}

impl Lives {
    fn take(&mut self, index: usize, leaf: &Leaf) -> Option<Gap> {
        let (record, kind) = (leaf.record, leaf.kind);
        if kind == LeafKind::Stored {
            let life = Life { device: leaf.device, digest: leaf.digest, destroyed: None };
            return match self.all.entry(record) {
                std::collections::btree_map::Entry::Occupied(_) => Some(Gap::StoredTwice { record, index }),
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(life);
                    None
                }
            };
        }
        let Some(life) = self.all.get_mut(&record) else { return Some(Gap::NeverStored { record, index, kind }) };
        if life.destroyed.is_some() {
            return Some(Gap::AfterDestruction { record, index, kind });
        }
        match kind {
            // These bytes stand for the record from here on; that they say the same, only the clerks' apps can tell.
            LeafKind::Rewrapped => life.digest = leaf.digest,
            LeafKind::Destroyed => life.destroyed = Some(leaf.device),
            LeafKind::Stored | LeafKind::Accepted | LeafKind::Directory => {}
        }
        (life.digest != leaf.digest).then_some(Gap::OtherBytes { record, index, kind })
    }

    fn demand_held(&self, gaps: &mut Vec<Gap>) {
        for (record, life) in &self.all {
            match (life.destroyed.is_some(), self.held.contains(record)) {
                (true, true) => gaps.push(Gap::HeldAfterDestruction { record: *record }),
                (false, false) => gaps.push(Gap::VanishedAtEndpoint { record: *record }),
                _ => {}
            }
        }
        let unattested = self.held.iter().filter(|record| !self.all.contains_key(record));
        gaps.extend(unattested.map(|record| Gap::HeldUnattested { record: *record }));
    }
}
