//! The delivery machine: inputs in, steps out, no I/O. One batch's way: load, send, prove, store, destroy.

use std::collections::VecDeque;

use protocol::api::{DeliverOutcome, DeliverReply, DeliverRequest};
use protocol::log::{Checkpoint, LeafKind, Receipt, SignedCheckpoint};
use protocol::problem::ProblemCode;
use protocol::{DeviceId, Digest, RecordId, to_cbor};
use receipts::{Expected, LogIdentity, ReceiptError, VerifiedReceipt, verify_checkpoint, verify_receipt};

use crate::backoff::Backoff;
use crate::call::{CallError, evidence};

/// What permits destruction of the local copy (from the directory).
#[derive(Clone, Debug)]
pub struct Policy {
    /// Independent durable copies a STORED receipt must name.
    pub min_copies: u8,
    /// Whether STORED does not suffice and the copy waits for ACCEPTED.
    pub require_accepted: bool,
    /// Records in one request, at the most.
    pub batch: usize,
}

/// A sealed record as read back from disk; the digest was computed from these bytes just now.
#[derive(Clone, Debug)]
pub struct OutboxRecord {
    /// The record.
    pub record: RecordId,
    /// SHA-256 of `bytes`.
    pub digest: Digest,
    /// Team key epoch it is sealed to.
    pub team_key_epoch: u32,
    /// The envelope.
    pub bytes: Vec<u8>,
}

/// A verified receipt, to be stored before anything is destroyed.
#[derive(Clone, Debug)]
pub struct StoredReceipt {
    /// The record.
    pub record: RecordId,
    /// SHA-256 of its envelope.
    pub digest: Digest,
    /// The encoded receipt.
    pub receipt: Vec<u8>,
    /// Leaf index in the log.
    pub index: u64,
    /// Size of the tree whose checkpoint it leads to.
    pub tree_size: u64,
    /// Life of the endpoint.
    pub generation: u32,
}

/// A record whose verified receipt is stored and whose local copy may now be destroyed.
pub type Destroyable = StoredReceipt;

/// A record that the endpoint refused; it stays on the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The record.
    pub record: RecordId,
    /// Why.
    pub problem: ProblemCode,
}

/// How a delivery ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The outbox is empty but for refused records.
    Done,
    /// Not reachable after all tries, or cut again and again.
    Unreachable,
    /// Reached, but unable to store; tries used up.
    Busy,
    /// Something answered that is not our endpoint.
    NotOurEndpoint,
    /// The endpoint refuses this device or request.
    Refused(ProblemCode),
    /// A receipt did not verify or the log contradicts itself. Nothing of that batch was destroyed.
    LogFault,
    /// The local store failed; nothing was destroyed that is not in the ledger.
    StoreFailed,
}

/// What a delivery came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How it ended.
    pub end: End,
    /// Receipts verified and stored in this run.
    pub delivered: u32,
    /// Local copies destroyed in this run.
    pub destroyed: u32,
    /// Of the delivered, how many the endpoint holds for a decision.
    pub held: u32,
    /// Records refused one by one.
    pub refused: Vec<Refusal>,
    /// Tree heads under the log's key that contradict what this device knows of the log. To be kept with the fault: a log that does not contain them
    /// must never count as whole again.
    pub contradicting: Vec<SignedCheckpoint>,
}

/// What the shell has to do next. Each is answered by one [`Input`].
#[derive(Debug)]
pub enum Step {
    /// List records that were delivered earlier but not destroyed ([`Input::Unshredded`]).
    LoadUnshredded,
    /// Read the next sealed records after this one ([`Input::Loaded`]).
    Load {
        /// Where the last page ended.
        after: Option<RecordId>,
        /// Page size.
        limit: usize,
    },
    /// Send ([`Input::Answered`] or [`Input::Failed`]).
    Send(DeliverRequest),
    /// Fetch the consistency path between two tree sizes ([`Input::Proof`] or [`Input::Failed`]).
    Prove {
        /// Older size.
        from: u64,
        /// Newer size.
        to: u64,
    },
    /// Store verified receipts, durably ([`Input::Stored`]).
    Store(Vec<StoredReceipt>),
    /// Destroy local copies, with one key rotation ([`Input::Destroyed`]).
    Destroy(Vec<Destroyable>),
    /// Wait so many milliseconds ([`Input::Waited`]).
    Wait(u64),
    /// Finished.
    End(Report),
}

/// What the shell has to say.
#[derive(Debug)]
pub enum Input {
    /// Records delivered earlier, not destroyed yet.
    Unshredded(Vec<Destroyable>),
    /// A page; empty at the end of the outbox.
    Loaded(Vec<OutboxRecord>),
    /// The endpoint answered, and this is the newest checkpoint the client has verified.
    Answered(DeliverReply, SignedCheckpoint),
    /// A consistency path.
    Proof(Vec<Digest>),
    /// The call failed.
    Failed(CallError),
    /// Receipts are durable.
    Stored,
    /// Copies are destroyed.
    Destroyed,
    /// The wait is over.
    Waited,
    /// The local store failed.
    StoreFailed,
}

#[derive(Debug)]
enum State {
    Start,
    Loading,
    Sending,
    Waiting,
    /// Checkpoints of receipts that have to be proved part of the newest tree.
    Proving {
        older: VecDeque<(Checkpoint, SignedCheckpoint)>,
        newest: Checkpoint,
    },
    Storing,
    /// So many copies are being destroyed.
    Destroying(u32),
    Ended,
}

/// One run of a delivery.
#[derive(Debug)]
pub struct Delivery {
    policy: Policy,
    identity: LogIdentity,
    device: DeviceId,
    backoff: Backoff,
    state: State,
    next: Option<Step>,
    after: Option<RecordId>,
    /// What was sent; kept until its receipts are on their way to the disk, so that a cut before that sends it again.
    batch: Vec<OutboxRecord>,
    answer: Verified,
    report: Report,
}

/// What an answer came to. Counts only once nothing about it is left to prove.
#[derive(Debug, Default)]
struct Verified {
    receipts: Vec<StoredReceipt>,
    held: u32,
    refused: Vec<Refusal>,
}

impl Delivery {
    /// A run for this device against this log. `jitter` spreads waits; it is no secret.
    #[must_use]
    pub fn new(policy: Policy, identity: LogIdentity, device: DeviceId, tries: u32, jitter: u64) -> Self {
        let report = Report { end: End::Done, delivered: 0, destroyed: 0, held: 0, refused: Vec::new(), contradicting: Vec::new() };
        Self {
            policy,
            identity,
            device,
            backoff: Backoff::new(tries, jitter),
            state: State::Start,
            next: Some(Step::LoadUnshredded),
            after: None,
            batch: Vec::new(),
            answer: Verified::default(),
            report,
        }
    }

    /// The next step.
    ///
    /// # Panics
    /// When the answer to the last step was not fed in: a fault of the shell.
    pub fn next_step(&mut self) -> Step {
        self.next.take().expect("each step is answered before the next is asked for")
    }

    /// The answer to the last step. One that does not fit is a fault of the shell and ends the run without destroying anything.
    pub fn feed(&mut self, input: Input) {
        let state = std::mem::replace(&mut self.state, State::Ended);
        self.next = Some(match (state, input) {
            (_, Input::StoreFailed) => self.end(End::StoreFailed),
            (State::Start, Input::Unshredded(records)) if records.is_empty() || self.policy.require_accepted => self.load(),
            (State::Start, Input::Unshredded(records)) => self.destroy(records),
            (State::Loading, Input::Loaded(page)) if page.is_empty() => self.end(End::Done),
            (State::Loading, Input::Loaded(page)) => {
                self.after = page.last().map(|record| record.record);
                self.batch = page;
                self.send()
            }
            (State::Sending, Input::Answered(reply, newest)) => {
                self.backoff.reset();
                self.answered(reply, &newest)
            }
            (State::Proving { older, newest }, Input::Proof(path)) => self.proved(older, newest, &path),
            (State::Sending | State::Proving { .. }, Input::Failed(error)) => self.failed(error),
            (State::Waiting, Input::Waited) => self.send(),
            (State::Storing, Input::Stored) => self.stored(),
            (State::Destroying(count), Input::Destroyed) => {
                self.report.destroyed += count;
                self.load()
            }
            _ => self.end(End::StoreFailed),
        });
    }

    fn load(&mut self) -> Step {
        self.state = State::Loading;
        Step::Load { after: self.after, limit: self.policy.batch }
    }

    fn send(&mut self) -> Step {
        self.state = State::Sending;
        Step::Send(DeliverRequest { envelopes: self.batch.iter().map(|record| record.bytes.clone().into()).collect() })
    }

    fn end(&mut self, end: End) -> Step {
        self.report.end = end;
        Step::End(self.report.clone())
    }

    /// The log contradicts itself; this tree head shows it, if the log's key signed it.
    fn contradicted_by(&mut self, shown: &SignedCheckpoint) -> Step {
        self.report.contradicting.extend(evidence(shown, &self.identity));
        self.end(End::LogFault)
    }

    fn failed(&mut self, error: CallError) -> Step {
        let permanent = error.is_permanent();
        let end = match error {
            CallError::Unreachable | CallError::BadAddress => End::Unreachable,
            CallError::NotOurs | CallError::ForeignCertificate => End::NotOurEndpoint,
            CallError::Log { witness, .. } => {
                self.report.contradicting.extend(witness.map(|witness| *witness));
                End::LogFault
            }
            CallError::Problem(code) if code.is_permanent() => End::Refused(code),
            CallError::Problem(_) => End::Busy,
        };
        match self.backoff.next_wait() {
            Some(wait) if !permanent => {
                self.state = State::Waiting;
                Step::Wait(wait)
            }
            _ => self.end(end),
        }
    }

    /// Verifies every receipt of the batch before the first is stored: one forged receipt discredits the answer.
    fn answered(&mut self, reply: DeliverReply, newest: &SignedCheckpoint) -> Step {
        if reply.outcomes.len() != self.batch.len() {
            return self.end(End::NotOurEndpoint);
        }
        let Ok(newest) = verify_checkpoint(newest, &self.identity) else { return self.end(End::LogFault) };
        let mut older: VecDeque<(Checkpoint, SignedCheckpoint)> = VecDeque::new();
        let mut answer = Verified::default();
        for (record, outcome) in self.batch.iter().zip(reply.outcomes) {
            let (receipt, held) = match outcome {
                DeliverOutcome::Stored(receipt) => (receipt, false),
                DeliverOutcome::Held(receipt) => (receipt, true),
                DeliverOutcome::Tombstone(stored, _destroyed) => (stored, false),
                DeliverOutcome::Refused(problem) => {
                    answer.refused.push(Refusal { record: record.record, problem });
                    continue;
                }
            };
            let verified = match self.verify(record, &receipt) {
                Ok(verified) => verified,
                // Genuine, but not durable enough for this office: the copy stays, and nobody lied.
                Err(ReceiptError::TooFewCopies { .. }) => {
                    answer.refused.push(Refusal { record: record.record, problem: ProblemCode::Unavailable });
                    continue;
                }
                Err(_) => return self.contradicted_by(&receipt.checkpoint),
            };
            let checkpoint = verified.checkpoint();
            if checkpoint.size != newest.size || checkpoint.root != newest.root {
                if checkpoint.size >= newest.size {
                    return self.contradicted_by(&receipt.checkpoint);
                }
                if !older.iter().any(|(known, _)| known.size == checkpoint.size && known.root == checkpoint.root) {
                    older.push_back((checkpoint.clone(), receipt.checkpoint.clone()));
                }
            }
            answer.held += u32::from(held);
            answer.receipts.push(StoredReceipt {
                record: record.record,
                digest: record.digest,
                receipt: to_cbor(&receipt),
                index: verified.index(),
                tree_size: checkpoint.size,
                generation: checkpoint.generation,
            });
        }
        self.answer = answer;
        self.prove_or_store(older, newest)
    }

    fn verify(&self, record: &OutboxRecord, receipt: &Receipt) -> Result<VerifiedReceipt, ReceiptError> {
        let expected = Expected {
            kind: LeafKind::Stored,
            record: record.record,
            digest: record.digest,
            length: record.bytes.len() as u64,
            device: Some(self.device),
            team_key_epoch: record.team_key_epoch,
            min_copies: self.policy.min_copies,
        };
        verify_receipt(receipt, &self.identity, &expected)
    }

    fn prove_or_store(&mut self, older: VecDeque<(Checkpoint, SignedCheckpoint)>, newest: Checkpoint) -> Step {
        if let Some((first, _)) = older.front() {
            let (from, to) = (first.size, newest.size);
            self.state = State::Proving { older, newest };
            return Step::Prove { from, to };
        }
        self.batch.clear();
        self.report.held += self.answer.held;
        self.report.refused.append(&mut self.answer.refused);
        if self.answer.receipts.is_empty() {
            return self.load();
        }
        self.state = State::Storing;
        Step::Store(self.answer.receipts.clone())
    }

    fn proved(&mut self, mut older: VecDeque<(Checkpoint, SignedCheckpoint)>, newest: Checkpoint, path: &[Digest]) -> Step {
        let Some((first, signed)) = older.pop_front() else { return self.end(End::LogFault) };
        if receipts::merkle::verify_consistency(first.size, &first.root, newest.size, &newest.root, path).is_err() {
            return self.contradicted_by(&signed);
        }
        self.prove_or_store(older, newest)
    }

    fn stored(&mut self) -> Step {
        let receipts = std::mem::take(&mut self.answer.receipts);
        self.report.delivered += receipts.len() as u32;
        if self.policy.require_accepted { self.load() } else { self.destroy(receipts) }
    }

    fn destroy(&mut self, records: Vec<Destroyable>) -> Step {
        self.state = State::Destroying(records.len() as u32);
        Step::Destroy(records)
    }
}
