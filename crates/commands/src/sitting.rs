//! A sitting: unlocking, locking, and what the app shows of itself.

mod lock_after;
mod passphrase;
mod pin;
mod status;
mod turned;
mod unlock;
mod wording;

pub use pin::Pin;
pub use turned::Turning;
