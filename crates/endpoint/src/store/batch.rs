//! One commit in the making: what pieces of work may do to the database.

use std::sync::Arc;

use protocol::log::{Leaf, LeafKind};
use protocol::{DeviceId, Digest, OfficeId, RecordId, UnixTime};
use rusqlite::Connection;

use super::fault::{Refusal, StoreFault};
use super::office::Founded;
use super::tree::{Mark, Tree};
use protocol::problem::ProblemCode;

/// The open transaction, the growing log, and the office as this commit sees it.
pub(crate) struct Batch<'w> {
    pub(super) sql: &'w Connection,
    pub(super) tree: &'w mut Tree,
    /// The office as of this point of the commit; published only after it is durable.
    pub(super) founded: Option<Arc<Founded>>,
    /// Records whose bytes this commit destroys.
    pub(super) destroyed: usize,
    /// Endpoint's clock at the beginning of the commit.
    pub(super) now: UnixTime,
    pub(super) generation: u32,
    pub(super) copies: u8,
    /// Seconds for which a clerk keeps her units without having been here.
    pub(super) lease: u64,
}

/// A place in a batch to come back to.
pub(super) struct Checkmark {
    mark: Mark,
    founded: Option<Arc<Founded>>,
    destroyed: usize,
}

/// What a leaf says about its subject, beside office, generation, copies and time.
pub(super) struct Attested {
    pub(super) kind: LeafKind,
    pub(super) device: DeviceId,
    pub(super) record: RecordId,
    pub(super) digest: Digest,
    pub(super) length: u64,
    pub(super) team_key_epoch: u32,
    pub(super) statement: Option<Digest>,
}

impl Batch<'_> {
    /// The office, or the problem that there is none yet.
    pub(super) fn office(&self) -> Result<Arc<Founded>, Refusal> {
        self.founded.clone().ok_or(Refusal::Problem(ProblemCode::NotFound))
    }

    /// Appends a leaf; its receipt exists when the commit closes. Returns its place in the log.
    pub(super) fn attest(&mut self, office: OfficeId, attested: Attested) -> Result<u64, StoreFault> {
        let leaf = Leaf {
            version: 1,
            kind: attested.kind,
            office,
            generation: self.generation,
            device: attested.device,
            record: attested.record,
            digest: attested.digest,
            length: attested.length,
            team_key_epoch: attested.team_key_epoch,
            copies: self.copies,
            at: self.now,
            statement: attested.statement,
        };
        self.tree.append(self.sql, &leaf)
    }

    pub(super) fn checkmark(&self) -> Checkmark {
        Checkmark { mark: self.tree.mark(), founded: self.founded.clone(), destroyed: self.destroyed }
    }

    pub(super) fn go_back_to(&mut self, checkmark: Checkmark) {
        self.tree.go_back_to(checkmark.mark);
        self.founded = checkmark.founded;
        self.destroyed = checkmark.destroyed;
    }
}
