//! Delivery of sealed envelopes: a machine without I/O, and the one HTTP client.
//!
//! [`Delivery`] decides: what to load, send, store, destroy, and when to stop. [`deliver`] carries its steps out against an [`Outbox`] and an
//! [`EndpointClient`]. Nothing here can open an envelope or knows what a form is; nothing is destroyed before its receipt was verified and stored.

mod backoff;
mod call;
mod client;
mod delivery;
mod driver;
mod trust;

pub use backoff::Backoff;
pub use call::{Answer, CallError};
pub use client::{ClientOptions, EndpointClient, Signer};
pub use delivery::{Delivery, Destroyable, End, Input, OutboxRecord, Policy, Refusal, Report, Step, StoredReceipt};
pub use driver::{DeliverError, LogWatch, Outbox, deliver};
pub use trust::{TlsTrust, TrustError};
