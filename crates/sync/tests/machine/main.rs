//! The delivery machine against endpoints that lose answers, refuse, lie and are put back, and against disks that fail.
//!
//! Receipts are genuine (real log, real key) until a test spoils one. The device in `rig` fails the test whenever a copy would go without a stored receipt
//! that verifies.

mod answers;
mod failures;
mod forged_receipts;
mod rig;
