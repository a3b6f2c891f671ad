//! What the endpoint attests and how it is held to its word.
//!
//! The endpoint keeps one append-only Merkle log per office (RFC 9162, section 2.1). A [`receipt`] is a leaf of that log with the proof that a signed
//! [`checkpoint`] contains it; only a verified one permits a device to destroy its copy. A [`memory`] is what a client remembers of the log, so that an
//! endpoint which was put back to an old backup, or which shows two faces, is noticed at the next contact. The [`ledger`] chains what was destroyed.
//!
//! Nothing here does I/O, reads a clock or draws a random number: nodes of the tree are read and written through closures. Formats and frozen vectors
//! stand in `docs/formats/log.md`.

pub mod checkpoint;
pub mod ledger;
pub mod memory;
pub mod merkle;
mod primitives;
pub mod receipt;

pub use checkpoint::{CheckpointError, CheckpointSigner, LogIdentity, verify_checkpoint};
pub use memory::{LogFault, LogMemory};
pub use receipt::{Expected, ReceiptError, VerifiedReceipt, decode_receipt, verify_receipt};
