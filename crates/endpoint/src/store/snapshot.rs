//! What the last durable commit left, for everybody to read without touching the database.

use std::sync::{Arc, PoisonError, RwLock};

use protocol::log::SignedCheckpoint;

use super::office::Founded;

/// The newest signed tree head.
pub(crate) struct Head {
    pub(crate) size: u64,
    pub(crate) checkpoint: SignedCheckpoint,
}

/// The state after a commit.
#[derive(Clone, Default)]
pub(crate) struct Snapshot {
    /// The office and its newest directory; none before the founding.
    pub(crate) founded: Option<Arc<Founded>>,
    /// None before the founding.
    pub(crate) head: Option<Arc<Head>>,
    /// A failure stopped writing.
    pub(crate) stopped: bool,
}

/// The newest [`Snapshot`]; replaced by the writer after each durable commit, and never before it.
#[derive(Default)]
pub(crate) struct Published(RwLock<Arc<Snapshot>>);

impl Published {
    pub(crate) fn now(&self) -> Arc<Snapshot> {
        // The lock guards one pointer: a thread that panicked while holding it left it whole.
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set(&self, snapshot: Snapshot) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
    }
}
