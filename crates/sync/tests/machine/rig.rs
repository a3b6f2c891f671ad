//! An endpoint's log and a device's outbox in memory, and the loop between the machine and both.

use std::cell::RefCell;
use std::collections::BTreeMap;

use protocol::api::{DeliverOutcome, DeliverReply, DeliverRequest};
use protocol::log::{Checkpoint, Leaf, LeafKind, Receipt, SignedCheckpoint};
use protocol::{DeviceId, Digest, OfficeId, RecordId, UnixTime, from_cbor, to_cbor};
use receipts::merkle::{NodeId, append, consistency_path, inclusion_path, leaf_hash, root};
use receipts::{CheckpointSigner, Expected, LogIdentity, verify_receipt};
use sha2::{Digest as _, Sha256};
use sync::{Delivery, Destroyable, Input, OutboxRecord, Policy, Report, Step, StoredReceipt};

pub const OFFICE: OfficeId = OfficeId([0x0f; 16]);
pub const DEVICE: DeviceId = DeviceId([0xde; 16]);
const GENERATION: u32 = 1;
const EPOCH: u32 = 7;
const AT: UnixTime = UnixTime(1_900_000_000);

/// One copy suffices, three records a batch, four tries.
pub fn machine(endpoint: &Endpoint) -> Delivery {
    machine_with(endpoint, Policy { min_copies: 1, require_accepted: false, batch: 3 })
}

pub fn machine_with(endpoint: &Endpoint, policy: Policy) -> Delivery {
    Delivery::new(policy, endpoint.identity(), DEVICE, 4, 1)
}

pub fn record(number: u8) -> OutboxRecord {
    let mut bytes = vec![number; 400];
    bytes[..16].fill(number);
    OutboxRecord { record: RecordId([number; 16]), digest: digest(&bytes), team_key_epoch: EPOCH, bytes }
}

pub fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// An honest endpoint.
pub struct Endpoint {
    signer: CheckpointSigner,
    nodes: RefCell<BTreeMap<NodeId, Digest>>,
    size: u64,
    receipts: BTreeMap<RecordId, Receipt>,
}

impl Endpoint {
    /// With a few leaves of others in its log, so that proofs have a length.
    pub fn new() -> Self {
        let mut endpoint = Self { signer: CheckpointSigner::new([5; 32]), nodes: RefCell::default(), size: 0, receipts: BTreeMap::new() };
        (200..205).for_each(|other| drop(endpoint.commit(&[record(other).bytes])));
        endpoint
    }

    pub fn identity(&self) -> LogIdentity {
        LogIdentity { office: OFFICE, generation: GENERATION, key: self.signer.public_key(), next_key: None }
    }

    /// Stores what is new in one commit; the same bytes get the same receipt.
    pub fn deliver(&mut self, request: &DeliverRequest) -> DeliverReply {
        let envelopes: Vec<Vec<u8>> = request.envelopes.iter().map(|bytes| bytes.to_vec()).collect();
        DeliverReply { outcomes: self.commit(&envelopes).into_iter().map(DeliverOutcome::Stored).collect() }
    }

    fn commit(&mut self, envelopes: &[Vec<u8>]) -> Vec<Receipt> {
        let mut fresh: Vec<(RecordId, Vec<u8>, u64)> = Vec::new();
        for bytes in envelopes {
            if !self.receipts.contains_key(&id_of(bytes)) && !fresh.iter().any(|(record, ..)| *record == id_of(bytes)) {
                let leaf = to_cbor(&leaf(bytes));
                let get = |id| self.nodes.borrow().get(&id).copied().ok_or(id);
                append(self.size, leaf_hash(&leaf), get, |id, hash| {
                    self.nodes.borrow_mut().insert(id, hash);
                    Ok(())
                })
                .expect("nodes are there");
                fresh.push((id_of(bytes), leaf, self.size));
                self.size += 1;
            }
        }
        for (record, leaf, index) in fresh {
            let receipt = Receipt { version: 1, leaf: leaf.into(), index, path: self.inclusion(index), checkpoint: self.newest() };
            self.receipts.insert(record, receipt);
        }
        envelopes.iter().map(|bytes| self.receipts[&id_of(bytes)].clone()).collect()
    }

    fn inclusion(&self, index: u64) -> Vec<Digest> {
        inclusion_path(index, self.size, |id| self.nodes.borrow().get(&id).copied().ok_or(id)).expect("nodes are there").expect("in the tree")
    }

    pub fn consistency(&self, from: u64, to: u64) -> Vec<Digest> {
        consistency_path(from, to, |id| self.nodes.borrow().get(&id).copied().ok_or(id)).expect("nodes are there").expect("not larger")
    }

    pub fn newest(&self) -> SignedCheckpoint {
        self.head(self.size)
    }

    pub fn head(&self, size: u64) -> SignedCheckpoint {
        let root = root(size, |id| self.nodes.borrow().get(&id).copied().ok_or(id)).expect("nodes are there");
        self.signer.sign(&Checkpoint { version: 1, office: OFFICE, generation: GENERATION, size, root, at: AT })
    }

    /// Records of ours that it has. Its log has one leaf for each: `commit` makes no second.
    pub fn stored(&self) -> Vec<RecordId> {
        self.receipts.keys().copied().filter(|record| record.0[0] < 200).collect()
    }
}

fn id_of(envelope: &[u8]) -> RecordId {
    RecordId::from_slice(&envelope[..16]).expect("16 bytes")
}

fn leaf(envelope: &[u8]) -> Leaf {
    Leaf {
        version: 1,
        kind: LeafKind::Stored,
        office: OFFICE,
        generation: GENERATION,
        device: DEVICE,
        record: id_of(envelope),
        digest: digest(envelope),
        length: envelope.len() as u64,
        team_key_epoch: EPOCH,
        copies: 1,
        at: AT,
        statement: None,
    }
}

/// A device's disk. Fails the test when a copy is to be destroyed without a receipt that is stored and verifies.
pub struct Device {
    identity: LogIdentity,
    pub sealed: BTreeMap<RecordId, OutboxRecord>,
    pub delivered: BTreeMap<RecordId, (OutboxRecord, StoredReceipt)>,
    pub destroyed: Vec<RecordId>,
}

impl Device {
    pub fn with(endpoint: &Endpoint, numbers: impl IntoIterator<Item = u8>) -> Self {
        let sealed = numbers.into_iter().map(record).map(|record| (record.record, record)).collect();
        Self { identity: endpoint.identity(), sealed, delivered: BTreeMap::new(), destroyed: Vec::new() }
    }

    pub fn unshredded(&self) -> Vec<Destroyable> {
        self.delivered.values().map(|(_, receipt)| receipt.clone()).collect()
    }

    pub fn page(&self, after: Option<RecordId>, limit: usize) -> Vec<OutboxRecord> {
        self.sealed.values().filter(|record| after.is_none_or(|after| record.record > after)).take(limit).cloned().collect()
    }

    pub fn store(&mut self, receipts: &[StoredReceipt]) {
        for receipt in receipts {
            if let Some(record) = self.sealed.remove(&receipt.record) {
                self.delivered.insert(record.record, (record, receipt.clone()));
            }
        }
    }

    pub fn destroy(&mut self, records: &[Destroyable]) {
        for doomed in records {
            let (record, stored) = self.delivered.remove(&doomed.record).expect("a copy goes only after its receipt is stored");
            self.demand_receipt_for(&record, &stored);
            self.destroyed.push(record.record);
        }
    }

    fn demand_receipt_for(&self, record: &OutboxRecord, stored: &StoredReceipt) {
        let receipt: Receipt = from_cbor(&stored.receipt, 64 * 1024).expect("a receipt");
        let expected = Expected {
            kind: LeafKind::Stored,
            record: record.record,
            digest: digest(&record.bytes),
            length: record.bytes.len() as u64,
            device: Some(DEVICE),
            team_key_epoch: EPOCH,
            min_copies: 1,
        };
        verify_receipt(&receipt, &self.identity, &expected).expect("a copy goes only on a receipt that verifies");
    }
}

/// Carries one step out as an honest world would.
pub fn carry_out(step: &Step, device: &mut Device, endpoint: &mut Endpoint) -> Input {
    match step {
        Step::LoadUnshredded => Input::Unshredded(device.unshredded()),
        Step::Load { after, limit } => Input::Loaded(device.page(*after, *limit)),
        Step::Send(request) => {
            let reply = endpoint.deliver(request);
            Input::Answered(reply, endpoint.newest())
        }
        Step::Prove { from, to } => Input::Proof(endpoint.consistency(*from, *to)),
        Step::Store(receipts) => {
            device.store(receipts);
            Input::Stored
        }
        Step::Destroy(records) => {
            device.destroy(records);
            Input::Destroyed
        }
        Step::Wait(_) => Input::Waited,
        Step::End(_) => panic!("the run is over"),
    }
}

/// Runs to the end; `world` may answer a step otherwise than an honest world would.
pub fn run(
    mut machine: Delivery,
    device: &mut Device,
    endpoint: &mut Endpoint,
    mut world: impl FnMut(&Step, &mut Device, &mut Endpoint) -> Option<Input>,
) -> Report {
    loop {
        let step = machine.next_step();
        if let Step::End(report) = step {
            return report;
        }
        let input = world(&step, device, endpoint).unwrap_or_else(|| carry_out(&step, device, endpoint));
        machine.feed(input);
    }
}

pub fn run_honestly(machine: Delivery, device: &mut Device, endpoint: &mut Endpoint) -> Report {
    run(machine, device, endpoint, |_, _, _| None)
}
