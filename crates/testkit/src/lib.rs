//! Development only: the demo office, the test households, real processes to talk to and to kill.
//!
//! Everything here goes through the programs as they are shipped: `bogen-endpoint` and `bogen session`.

pub mod clear_text;
pub mod households;
pub mod mailbox;
pub mod office;
pub mod programs;
pub mod seat;
pub mod story;
