//! Übergeben: delivery of what is sealed, the MIG list, and the ledger of what was destroyed.

mod accepting;
mod canaries;
mod courier;
mod delivery;
mod destruction_ledger;
mod ledger_check;
mod ledger_export;
mod log_recheck;
mod mig;
mod notes;
mod number;
mod stating;

pub use courier::{Courier, deliver_by_itself};
pub use delivery::Deliveries;
