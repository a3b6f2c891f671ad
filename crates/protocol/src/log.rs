//! The endpoint's Merkle log (RFC 9162, section 2.1): leaves, checkpoints, proofs, receipts. Verified by the crate `receipts`.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::ids::{DeviceId, Digest, OfficeId, RecordId, SignatureBytes};
use crate::time::UnixTime;

/// What a leaf attests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum LeafKind {
    /// The envelope is durably stored.
    #[n(1)]
    Stored,
    /// A clerk opened it and found it readable.
    #[n(2)]
    Accepted,
    /// It was destroyed centrally after entry.
    #[n(3)]
    Destroyed,
    /// A directory version was published.
    #[n(4)]
    Directory,
    /// Its content key was sealed anew: from here on these bytes stand for the record, and the earlier ones are gone.
    #[n(5)]
    Rewrapped,
}

/// One leaf. `SHA-256(0x00 || frame(LeafV1, cbor(leaf)))` is its hash in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Leaf {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// What is attested.
    #[n(1)]
    pub kind: LeafKind,
    /// The office whose log this is.
    #[n(2)]
    pub office: OfficeId,
    /// Which life of the endpoint: a restore from backup begins a new one.
    #[n(3)]
    pub generation: u32,
    /// The device that uploaded (STORED) or whose user stated it (ACCEPTED, DESTROYED, REWRAPPED); the publishing administrator's device for a directory.
    #[n(4)]
    pub device: DeviceId,
    /// The record; for a directory, its number in the last eight bytes.
    #[n(5)]
    pub record: RecordId,
    /// SHA-256 of the envelope's (or signed directory's) exact bytes.
    #[n(6)]
    pub digest: Digest,
    /// Length of those bytes.
    #[n(7)]
    pub length: u64,
    /// The team key epoch of the envelope; 0 for a directory.
    #[n(8)]
    pub team_key_epoch: u32,
    /// On how many independent media it was durable when this leaf was made.
    #[n(9)]
    pub copies: u8,
    /// The endpoint's clock.
    #[n(10)]
    pub at: UnixTime,
    /// SHA-256 of the clerk's signed statement (ACCEPTED, DESTROYED), or of the signed rewrap (REWRAPPED).
    #[n(11)]
    pub statement: Option<Digest>,
}

/// A tree head.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Checkpoint {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The office whose log this is.
    #[n(1)]
    pub office: OfficeId,
    /// Which life of the endpoint.
    #[n(2)]
    pub generation: u32,
    /// Number of leaves.
    #[n(3)]
    pub size: u64,
    /// Merkle tree hash over them.
    #[n(4)]
    pub root: Digest,
    /// The endpoint's clock.
    #[n(5)]
    pub at: UnixTime,
}

/// A checkpoint with the endpoint's Ed25519 signature over `frame(CheckpointV1, body)`. Unverified.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SignedCheckpoint {
    /// The encoded [`Checkpoint`].
    #[n(0)]
    pub body: ByteVec,
    /// The signature.
    #[n(1)]
    pub signature: SignatureBytes,
}

/// A receipt: a leaf and the proof that it is in the tree of a signed checkpoint. Unverified.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Receipt {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The encoded [`Leaf`].
    #[n(1)]
    pub leaf: ByteVec,
    /// The leaf's place in the log, from 0.
    #[n(2)]
    pub index: u64,
    /// Inclusion path, from the leaf upwards (RFC 9162, section 2.1.3).
    #[n(3)]
    pub path: Vec<Digest>,
    /// The tree head that the path leads to.
    #[n(4)]
    pub checkpoint: SignedCheckpoint,
}

/// What every answer to a signed request carries: the newest checkpoint, and the proof that the tree the client knew is a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LogView {
    /// The newest tree head.
    #[n(0)]
    pub checkpoint: SignedCheckpoint,
    /// Consistency path from the size that the client named (RFC 9162, section 2.1.4); empty if that was 0 or the same.
    #[n(1)]
    pub consistency: Vec<Digest>,
}
