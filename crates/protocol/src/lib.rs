//! Wire types and codecs: what devices and the endpoint say to each other, as plain data.
//!
//! This crate does no I/O and holds no cryptographic primitive. Signatures and proofs travel here as bytes; the crates `office`, `receipts` and
//! `sealing` verify them. Every type is encoded as deterministic CBOR (RFC 8949, section 4.2.1) and is described in `docs/formats.md`.

pub mod api;
pub mod cbor;
pub mod context;
pub mod directory;
pub mod enrolment;
pub mod envelope;
pub mod fleet;
pub mod ids;
pub mod limits;
pub mod log;
pub mod problem;
pub mod time;

pub use cbor::{CodecError, from_cbor, to_cbor};
pub use context::Context;
pub use ids::{DeviceId, Digest, MemberId, OfficeId, PrekeyId, PublicKey, RecordId, SignatureBytes, Tag, TeamId, TicketId, Token};
pub use time::UnixTime;
