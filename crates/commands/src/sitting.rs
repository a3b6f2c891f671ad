//! A sitting: unlocking, locking, and what the app shows of itself.

mod passphrase;
mod status;
mod unlock;
mod wording;
