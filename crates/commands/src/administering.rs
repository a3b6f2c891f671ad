//! Founding an office, joining it, and keeping its directory and keys.

pub mod begun;
mod contact;
mod counts;
mod customers;
mod distribution;
mod fleet;
mod founding;
mod joining;
mod key_change;
mod key_upkeep;
mod mask;
mod policy;
mod report;
mod report_csv;
mod root_key;
mod staff;
mod staff_change;
mod work;

pub use joining::demand_length;
pub use staff::role_code;
