//! Erfassen: the clerk's queue, opening a form in memory, and confirming its entry.

mod confirm;
mod copy;
mod discard;
mod fetch;
mod forwarding;
mod grace;
mod leftovers;
pub mod mask;
pub mod mask_file;
mod number;
mod open;
mod problem;
mod queue;
mod replaced;
mod rewrapping;

pub use fetch::Opened;
