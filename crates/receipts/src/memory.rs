//! What a client remembers of a log, and the demand that each new view continues it.
//!
//! A client that remembers the newest tree head notices an endpoint that was restored from an old backup (a smaller tree), or that shows different
//! clients different logs (no proof leads from one tree to the other). Until that is cleared up nothing may be destroyed.

use minicbor::{Decode, Encode};
use protocol::log::{Checkpoint, LogView, SignedCheckpoint};
use protocol::{CodecError, Digest, from_cbor, to_cbor};

use crate::checkpoint::{CheckpointError, LogIdentity, MAX_CHECKPOINT_BYTES, decode_checkpoint, verify_checkpoint};
use crate::merkle::{ProofError, empty_root, verify_consistency};

/// Format 1 of a stored memory.
pub const LOG_MEMORY_VERSION: u8 = 1;
/// Length in bytes of an encoded memory, at the most.
pub const MAX_LOG_MEMORY_BYTES: usize = MAX_CHECKPOINT_BYTES + 128;

/// Why a view of the log does not continue what is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogFault {
    /// The shown tree head is not signed by the log's key.
    #[error("tree head not signed by the log's key")]
    BadSignature,
    /// The shown tree head is signed, but not readable by this program.
    #[error("tree head unreadable")]
    Malformed,
    /// What is shown or remembered is of another office or another life of the endpoint.
    #[error("tree head of another log")]
    OtherLog,
    /// The shown log is shorter than it was: it lost what it had attested.
    #[error("the log shrank from {known} to {shown} leaves")]
    Rollback {
        /// Leaves that the log is known to have had.
        known: u64,
        /// Leaves that it has now.
        shown: u64,
    },
    /// Two different logs of the same length.
    #[error("two different logs of {size} leaves")]
    SplitView {
        /// Their length in leaves.
        size: u64,
    },
    /// The shown log is longer, and not proved to continue the known one.
    #[error("the log is not proved to continue the known one: {0}")]
    Inconsistent(ProofError),
}

impl From<CheckpointError> for LogFault {
    fn from(error: CheckpointError) -> Self {
        match error {
            CheckpointError::BadSignature => Self::BadSignature,
            CheckpointError::Malformed(_) | CheckpointError::UnknownVersion(_) => Self::Malformed,
            CheckpointError::OtherOffice | CheckpointError::OtherGeneration(_) => Self::OtherLog,
        }
    }
}

/// The newest verified tree head of one log. Starts empty. To begin with another generation of the endpoint, which only the office's directory can
/// announce, a client takes a new one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogMemory {
    newest: Option<Remembered>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Remembered {
    signed: SignedCheckpoint,
    checkpoint: Checkpoint,
}

#[derive(Encode, Decode)]
struct StoredMemory {
    #[n(0)]
    version: u8,
    #[n(1)]
    newest: Option<SignedCheckpoint>,
}

impl LogMemory {
    /// Remembers nothing yet: the first view is believed if it is signed.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves that the log is known to have; what a request names, and what the proof in its answer starts from. 0 when empty.
    #[must_use]
    pub fn known_size(&self) -> u64 {
        self.newest.as_ref().map_or(0, |newest| newest.checkpoint.size)
    }

    /// The newest tree head, as it was signed; what an author puts into an envelope.
    #[must_use]
    pub fn newest(&self) -> Option<&SignedCheckpoint> {
        self.newest.as_ref().map(|newest| &newest.signed)
    }

    /// Whether this is a memory of that log; an empty one is of any. If not, the directory announced a new generation and [`LogMemory::new`] begins it.
    #[must_use]
    pub fn is_of(&self, identity: &LogIdentity) -> bool {
        self.newest.as_ref().is_none_or(|newest| newest.checkpoint.office == identity.office && newest.checkpoint.generation == identity.generation)
    }

    /// Takes in a view of the log and returns the memory to store. The proof must start from [`Self::known_size`]: answers are to be observed one after
    /// the other, each for a request that named the memory's size of then.
    ///
    /// # Errors
    /// [`LogFault`]; the memory stays as it is, so the fault shows again until the log is whole.
    pub fn observe(&self, view: &LogView, identity: &LogIdentity) -> Result<Self, LogFault> {
        let shown = verify_checkpoint(&view.checkpoint, identity)?;
        self.demand_same_log(identity)?;
        demand_continues(self.known_size(), &self.known_root(), shown.size, &shown.root, &view.consistency)?;
        Ok(Self { newest: Some(Remembered { signed: view.checkpoint.clone(), checkpoint: shown }) })
    }

    /// Demands that a tree head somebody else saw (an author's, from inside an envelope) is a part of the remembered log. `path` is the consistency path
    /// from its size to [`Self::known_size`]; empty if that is the same or 0.
    ///
    /// # Errors
    /// [`LogFault`]; `Rollback` if the other saw a longer log than this client was shown.
    pub fn demand_contains(&self, other: &SignedCheckpoint, path: &[Digest], identity: &LogIdentity) -> Result<(), LogFault> {
        let other = verify_checkpoint(other, identity)?;
        self.demand_same_log(identity)?;
        demand_continues(other.size, &other.root, self.known_size(), &self.known_root(), path)
    }

    /// Encodes for storage. The place must be protected against being put back (it lies in the encrypted vault).
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        to_cbor(&StoredMemory { version: LOG_MEMORY_VERSION, newest: self.newest().cloned() })
    }

    /// Decodes what [`Self::encode`] made. Does not verify the signature again: it was verified when observed, and the key may have changed since.
    ///
    /// # Errors
    /// [`CodecError`]; `Malformed` also for another version.
    pub fn decode(bytes: &[u8]) -> Result<Self, CodecError> {
        let stored: StoredMemory = from_cbor(bytes, MAX_LOG_MEMORY_BYTES)?;
        if stored.version != LOG_MEMORY_VERSION {
            return Err(CodecError::Malformed);
        }
        let newest =
            stored.newest.map(|signed| Ok(Remembered { checkpoint: decode_checkpoint(&signed).map_err(|_| CodecError::Malformed)?, signed }));
        Ok(Self { newest: newest.transpose()? })
    }

    fn known_root(&self) -> Digest {
        self.newest.as_ref().map_or_else(empty_root, |newest| newest.checkpoint.root)
    }

    fn demand_same_log(&self, identity: &LogIdentity) -> Result<(), LogFault> {
        if self.is_of(identity) { Ok(()) } else { Err(LogFault::OtherLog) }
    }
}

fn demand_continues(known: u64, known_root: &Digest, shown: u64, shown_root: &Digest, path: &[Digest]) -> Result<(), LogFault> {
    if shown < known {
        return Err(LogFault::Rollback { known, shown });
    }
    if shown == known && shown_root != known_root {
        return Err(LogFault::SplitView { size: known });
    }
    verify_consistency(known, known_root, shown, shown_root, path).map_err(LogFault::Inconsistent)
}
