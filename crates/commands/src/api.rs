//! What crosses the seam between the app and a shell: commands in, replies and codes out. JSON; ids as text; no sentences, the shells word them.
//!
//! The TypeScript side of this folder is generated (`ui/src/lib/bindings.ts`); a test fails when it drifts.

#[macro_use]
mod dto;

mod change;
mod collect;
mod distribution;
mod entry;
mod error;
mod event;
mod fleet;
mod handover;
mod mask;
mod notes;
mod office;
mod secret;
mod sitting;

pub use change::*;
pub use collect::*;
pub use distribution::*;
pub use entry::*;
pub use error::*;
pub use event::*;
pub use fleet::*;
pub use handover::*;
pub use mask::*;
pub use notes::*;
pub use office::*;
pub use secret::*;
pub use sitting::*;
