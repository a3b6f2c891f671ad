//! Development only: the demo office, the test households, real processes to talk to and to kill.
//!
//! Almost everything here goes through the programs as they are shipped: `bogen-endpoint` and `bogen session`. A [`desk`] runs the same commands inside this
//! process, where a clock has to be set, a thousand forms prepared, or a single command measured.

pub mod audit;
pub mod backlog;
pub mod bench;
pub mod caller;
pub mod clear_text;
pub mod desk;
pub mod evidence;
pub mod households;
pub mod mailbox;
pub mod office;
pub mod programs;
pub mod seat;
pub mod small_office;
pub mod story;
