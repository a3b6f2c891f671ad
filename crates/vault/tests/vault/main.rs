//! The vault on a real file system: what it keeps, what it destroys, and what it refuses.
#![allow(clippy::unwrap_used, reason = "a test stops where it is surprised")]

mod bench;
mod kills;
mod model;
mod recovery;
mod remembered;
mod secrecy;
mod shredding;
mod tampering;
mod unlocking;
mod ways;
