//! Erfassen: the clerk's queue, opening a form in memory, and confirming its entry.

mod confirm;
mod open;
mod queue;

pub use open::Opened;
