//! What a device relies on before it destroys its copy.

mod forged_receipts;
mod hostile_bytes;
mod ledger;
mod log_memory;
mod merkle_oracle;
mod small_log;
mod tree_heads;
mod vectors;
