//! What a device relies on before it destroys its copy.

#![expect(clippy::unwrap_used, reason = "a panic is how a test fails; the lint's exemption misses functions that tests share")]

mod forged_receipts;
mod hostile_bytes;
mod ledger;
mod log_memory;
mod merkle_oracle;
mod small_log;
mod tree_heads;
mod vectors;
