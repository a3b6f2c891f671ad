//! What the app says by itself.

use serde::Serialize;

#[cfg(test)]
use ts_rs::TS;

/// What a shell may be told while a command runs or the state changes by itself.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A delivery goes on.
    SyncProgress {
        /// Records done.
        done: u32,
        /// Records that were to deliver when it began.
        total: u32,
    },
    /// Something that `status` shows has changed.
    Changed {},
}
