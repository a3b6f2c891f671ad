//! Limits that both sides keep, checked before anything is allocated for what a message claims.

/// Deepest nesting of arrays in any message. Our deepest, the directory, needs six.
pub const MAX_DEPTH: u32 = 12;
/// Length in bytes of one encoded envelope, at the most. Envelope v1 is about 4.2 KB.
pub const MAX_ENVELOPE_BYTES: usize = 8 * 1024;
/// Records in one delivery, at the most.
pub const MAX_BATCH_RECORDS: usize = 256;
/// Envelopes in one page of those to be sealed anew, at most.
pub const MAX_REWRAP_RECORDS: usize = 32;
/// Length in bytes of a sealed note.
pub const NOTE_BYTES: usize = 284;
/// Notes in one reply, at the most.
pub const MAX_NOTES: usize = 200;
/// Tags in one lookup, at the most: one number, under more than one tag key some day.
pub const MAX_LOOKUP_TAGS: usize = 4;
/// Length in bytes of one request body, at the most (a full batch and its framing).
pub const MAX_REQUEST_BYTES: usize = MAX_BATCH_RECORDS * MAX_ENVELOPE_BYTES + 4 * 1024;
/// Length in bytes of one response body, at the most. A directory of a large office is the largest.
pub const MAX_RESPONSE_BYTES: usize = 8 * 1024 * 1024;
/// Length in bytes of a signed directory, at the most.
pub const MAX_DIRECTORY_BYTES: usize = 4 * 1024 * 1024;
/// Inclusion or consistency proof nodes, at the most: a log of 2^63 leaves needs fewer.
pub const MAX_PROOF_NODES: usize = 130;
/// Finished weeks in one report, at the most: a year.
pub const MAX_REPORT_WEEKS: u16 = 53;
/// Active clerks that a team has if there is a report on it, at the least: with fewer it would be about single persons.
pub const MIN_REPORT_CLERKS: usize = 5;
/// Records that a device asks about at once.
pub const MAX_ACCEPTANCES: usize = 100;
/// Tags in one reconciliation, at the most: one for each customer.
pub const MAX_RECONCILED_TAGS: usize = 200;
