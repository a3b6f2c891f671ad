//! A sitting: unlocking, locking, and what the app shows of itself.

mod passphrase;
mod status;
mod turned;
mod unlock;
mod wording;

pub use turned::Turning;
