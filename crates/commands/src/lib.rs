//! What the app can do, for any shell. The window and the command line are adapters over [`App::run`]; neither holds a rule.
//!
//! The commands stand in `catalogue.rs`, their arguments and replies in [`api`]. Their bodies lie by the part of the way they serve: `collect` (Erheben),
//! `handing_over` (Übergeben), `entering` (Erfassen), `administering` (Verteilen, Verwalten), `sitting` (who is at the screen). All work on the `desk`.

mod administering;
pub mod api;
mod app;
mod catalogue;
mod collect;
mod desk;
mod entering;
mod error;
mod handing_over;
mod handover;
mod host;
mod ids;
mod platform;
pub mod recovering;
mod settings;
mod sitting;
mod stored;
mod vault_errors;

#[cfg(test)]
mod bindings;

pub use api::{CommandError, ErrorCode, Event};
pub use app::App;
pub use catalogue::Command;
pub use handing_over::{Courier, deliver_by_itself};
pub use handover::{request, serve};
pub use host::{AppOptions, Host, SilentHost};
pub use vault::KdfCost;

/// This client's version, as requests carry it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
