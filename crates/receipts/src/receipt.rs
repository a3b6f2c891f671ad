//! Receipts: what a device must see before it destroys its copy.

use protocol::limits::MAX_PROOF_NODES;
use protocol::log::{Checkpoint, Leaf, LeafKind, Receipt};
use protocol::{CodecError, DeviceId, Digest, RecordId, from_cbor};

use crate::checkpoint::{CheckpointError, LogIdentity, MAX_CHECKPOINT_BYTES, verify_checkpoint};
use crate::merkle::{ProofError, leaf_hash, verify_inclusion};

/// Receipt format 1.
pub const RECEIPT_VERSION: u8 = 1;
/// Leaf format 1.
pub const LEAF_VERSION: u8 = 1;
/// Length in bytes of an encoded [`Leaf`], at the most: 152 in version 1, with room for a later one to be recognised as such.
pub const MAX_LEAF_BYTES: usize = 256;
/// Length in bytes of an encoded [`Receipt`], at the most: the longest path of 34-byte nodes, leaf, checkpoint and framing.
pub const MAX_RECEIPT_BYTES: usize = MAX_PROOF_NODES * 34 + MAX_LEAF_BYTES + MAX_CHECKPOINT_BYTES + 128;

/// What the receipt must be about, from what the caller itself holds: the digest and length recomputed from its own bytes, not from the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// What must be attested.
    pub kind: LeafKind,
    /// The record.
    pub record: RecordId,
    /// SHA-256 of the exact bytes that the caller holds.
    pub digest: Digest,
    /// Their length in bytes.
    pub length: u64,
    /// The device that must be named; none where any may have been the one (a clerk looking at a STORED receipt).
    pub device: Option<DeviceId>,
    /// The team key epoch of the envelope; 0 for a directory.
    pub team_key_epoch: u32,
    /// On how many independent media it must be durable, from the office's policy.
    pub min_copies: u8,
}

/// Why a receipt permits nothing. Each check has its own variant, so that a fault names what is wrong and a test shows that the check exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Of a format version that this program does not know.
    #[error("receipt of unknown version {0}")]
    UnknownVersion(u8),
    /// The tree head does not count.
    #[error("receipt without a valid tree head: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The leaf is not in that tree.
    #[error("receipt's leaf is not in its tree: {0}")]
    NotIncluded(#[from] ProofError),
    /// The leaf is not an encoded leaf.
    #[error("receipt's leaf is unreadable: {0}")]
    LeafMalformed(CodecError),
    /// The leaf is of a format version that this program does not know.
    #[error("receipt's leaf is of unknown version {0}")]
    UnknownLeafVersion(u8),
    /// The leaf names another office.
    #[error("receipt for another office")]
    OtherOffice,
    /// The leaf names another life of the endpoint.
    #[error("receipt of endpoint generation {0}")]
    OtherGeneration(u32),
    /// It attests something else.
    #[error("receipt attests {0:?}")]
    OtherKind(LeafKind),
    /// It is about another record.
    #[error("receipt for another record")]
    OtherRecord,
    /// It is about other bytes.
    #[error("receipt for other bytes")]
    OtherDigest,
    /// It is about another number of bytes.
    #[error("receipt for {0} bytes")]
    OtherLength(u64),
    /// It names another device.
    #[error("receipt for another device")]
    OtherDevice,
    /// It names another team key epoch.
    #[error("receipt for team key epoch {0}")]
    OtherTeamKeyEpoch(u32),
    /// Durable on fewer media than the office demands.
    #[error("receipt names {named} durable copies, {demanded} are demanded")]
    TooFewCopies {
        /// What the policy demands.
        demanded: u8,
        /// What the leaf names.
        named: u8,
    },
    /// ACCEPTED or DESTROYED without the digest of a clerk's statement.
    #[error("receipt without the clerk's statement that it needs")]
    StatementMissing,
    /// STORED or DIRECTORY with a clerk's statement, which these never have.
    #[error("receipt with a statement where none belongs")]
    StatementUnexpected,
}

/// A receipt that was verified against the pinned log and the caller's expectation. [`verify_receipt`] is the only way to one.
///
/// ```compile_fail
/// # fn leaf() -> protocol::log::Leaf { unreachable!() }
/// # fn checkpoint() -> protocol::log::Checkpoint { unreachable!() }
/// receipts::VerifiedReceipt { leaf: leaf(), index: 0, checkpoint: checkpoint() };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedReceipt {
    leaf: Leaf,
    index: u64,
    checkpoint: Checkpoint,
}

impl VerifiedReceipt {
    /// What is attested.
    #[must_use]
    pub fn leaf(&self) -> &Leaf {
        &self.leaf
    }

    /// The leaf's place in the log, from 0.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The tree head that contains it.
    #[must_use]
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }
}

/// Decodes a receipt strictly, as stored on a device. It is unverified.
///
/// # Errors
/// [`CodecError`].
pub fn decode_receipt(bytes: &[u8]) -> Result<Receipt, CodecError> {
    from_cbor(bytes, MAX_RECEIPT_BYTES)
}

/// Verifies that the pinned log contains what the caller expects: signature, inclusion, then each field of the leaf.
///
/// # Errors
/// [`ReceiptError`], the first in the order of its variants.
pub fn verify_receipt(receipt: &Receipt, identity: &LogIdentity, expected: &Expected) -> Result<VerifiedReceipt, ReceiptError> {
    if receipt.version != RECEIPT_VERSION {
        return Err(ReceiptError::UnknownVersion(receipt.version));
    }
    let checkpoint = verify_checkpoint(&receipt.checkpoint, identity)?;
    verify_inclusion(&leaf_hash(&receipt.leaf), receipt.index, checkpoint.size, &receipt.path, &checkpoint.root)?;
    let leaf: Leaf = from_cbor(&receipt.leaf, MAX_LEAF_BYTES).map_err(ReceiptError::LeafMalformed)?;
    demand_of_log(&leaf, identity)?;
    demand_expected(&leaf, expected)?;
    demand_statement(&leaf)?;
    Ok(VerifiedReceipt { leaf, index: receipt.index, checkpoint })
}

/// The leaf belongs to the log that vouches for it.
fn demand_of_log(leaf: &Leaf, identity: &LogIdentity) -> Result<(), ReceiptError> {
    if leaf.version != LEAF_VERSION {
        return Err(ReceiptError::UnknownLeafVersion(leaf.version));
    }
    if leaf.office != identity.office {
        return Err(ReceiptError::OtherOffice);
    }
    if leaf.generation != identity.generation {
        return Err(ReceiptError::OtherGeneration(leaf.generation));
    }
    Ok(())
}

/// The leaf says what the caller needs to hear.
fn demand_expected(leaf: &Leaf, expected: &Expected) -> Result<(), ReceiptError> {
    if leaf.kind != expected.kind {
        return Err(ReceiptError::OtherKind(leaf.kind));
    }
    if leaf.record != expected.record {
        return Err(ReceiptError::OtherRecord);
    }
    if leaf.digest != expected.digest {
        return Err(ReceiptError::OtherDigest);
    }
    if leaf.length != expected.length {
        return Err(ReceiptError::OtherLength(leaf.length));
    }
    if expected.device.is_some_and(|device| leaf.device != device) {
        return Err(ReceiptError::OtherDevice);
    }
    if leaf.team_key_epoch != expected.team_key_epoch {
        return Err(ReceiptError::OtherTeamKeyEpoch(leaf.team_key_epoch));
    }
    if leaf.copies < expected.min_copies {
        return Err(ReceiptError::TooFewCopies { demanded: expected.min_copies, named: leaf.copies });
    }
    Ok(())
}

/// A clerk's deed names the clerk's signed word for it; what the endpoint does by itself names none.
fn demand_statement(leaf: &Leaf) -> Result<(), ReceiptError> {
    match (leaf.kind, leaf.statement) {
        (LeafKind::Accepted | LeafKind::Destroyed | LeafKind::Rewrapped, None) => Err(ReceiptError::StatementMissing),
        (LeafKind::Stored | LeafKind::Directory, Some(_)) => Err(ReceiptError::StatementUnexpected),
        _ => Ok(()),
    }
}
