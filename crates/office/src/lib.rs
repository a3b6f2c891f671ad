//! Directory, roles, tickets, request signatures: who may do what, verified. No storage, no network, no clock.
//!
//! What arrives is unverified and has no accessor here: a directory is reachable only through [`directory::verify`], an enrolment only through its
//! ticket, a statement only through the directory its signer stands in, a request only through its signature. Formats: `docs/formats/office.md`.

pub mod directory;
pub mod fleet;
pub mod founding;
pub mod keys;
pub mod numbers;
pub mod requests;
pub mod roles;
pub mod root;
pub mod statements;
pub mod tags;
pub mod text;
pub mod tickets;

#[cfg(test)]
mod example;
mod paper;
mod primitives;

pub use paper::PaperError;
