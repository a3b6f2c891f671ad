//! Übergeben: delivery of what is sealed, the MIG list, and the ledger of what was destroyed.

mod delivery;
mod destruction_ledger;
mod log_recheck;
mod mig;
mod number;
