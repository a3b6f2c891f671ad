//! Founding an office, joining it, and keeping its directory and keys.

mod contact;
mod counts;
mod founding;
mod joining;
mod key_upkeep;
mod staff;

pub use joining::MIN_PASSPHRASE;
pub use staff::role_code;
