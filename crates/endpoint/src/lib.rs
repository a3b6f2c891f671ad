//! The blind mailbox: stores sealed envelopes, signs receipts, distributes, destroys.
//!
//! It sees headers and sealed bytes. Nothing here could open an envelope: the crate `sealing` is not among its dependencies, and must never be.
//! An answer goes out only after what it says is durable. [`serve`] runs an endpoint inside a process; the program `bogen-endpoint` is a shell over it.

mod audit_file;
pub mod config;
mod data_dir;
mod http;
mod keys;
mod server;
mod setup;
mod store;
mod tls;

pub use audit_file::{AuditFileError, audit_file};
pub use data_dir::{DataDirError, write_new};
pub use http::openapi_document;
pub use server::{DATABASE_FILE, RunningEndpoint, ServeError, ServeOptions, serve};
pub use setup::{Described, SetupError, describe, init};
pub use store::StoreFault;
pub use tls::TlsError;
