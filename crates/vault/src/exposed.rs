//! Looks behind the curtain, for tests only: compiled with the feature `testing`, which nothing shipped turns on.

use crate::ids::ItemId;
use crate::items;
use crate::ring::{RowKeys, row_key_name};
use crate::session::Session;
use crate::store::Moment;
use crate::vault::Vault;

/// Called when a shred has changed the state on the disk.
pub type Hook = Box<dyn Fn(Step) + Send>;

/// Moments of a shred, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The new epoch key is on the disk beside the old one.
    NewSlotWritten,
    /// The transaction is durable.
    Committed,
    /// The old epoch key (or a new one that did not come into force) is zeroed.
    SlotZeroed,
    /// The write-ahead log is truncated.
    Checkpointed,
}

impl From<Moment> for Step {
    fn from(moment: Moment) -> Self {
        match moment {
            Moment::NewSlotWritten => Self::NewSlotWritten,
            Moment::Committed => Self::Committed,
            Moment::OldSlotZeroed => Self::SlotZeroed,
            Moment::Checkpointed => Self::Checkpointed,
        }
    }
}

/// Calls `hook` at every step of every shred from now on.
pub fn watch_shreds(vault: &Vault, hook: Hook) {
    vault.shared.lock().store.hook = Some(hook);
}

/// The database may grow to this many pages, then the disk is full. 0 asks for nothing but the present size.
pub fn limit_database_pages(vault: &Vault, pages: u32) {
    let inner = vault.shared.lock();
    inner.store.conn.execute_batch(&format!("PRAGMA max_page_count = {pages}")).expect("a pragma");
}

/// Runs SQL on the open database, past everything that guards it.
pub fn tamper(vault: &Vault, sql: &str) {
    vault.shared.lock().store.conn.execute_batch(sql).expect("the test's SQL is right");
}

/// The device's epoch key.
#[must_use]
pub fn device_epoch_key(vault: &Vault) -> [u8; 32] {
    *vault.shared.lock().device.epoch.key.expose()
}

/// A user's epoch key.
#[must_use]
pub fn user_epoch_key(session: &Session) -> [u8; 32] {
    *session.ring.epoch.key.expose()
}

/// A user's root key.
#[must_use]
pub fn user_root_key(session: &Session) -> [u8; 32] {
    *session.ring.root.expose()
}

/// The wrapped row key of an item as it lies in the database, and the key itself.
#[must_use]
pub fn item_row_key(session: &Session, item: ItemId) -> Option<(Vec<u8>, [u8; 32])> {
    let inner = session.shared.lock();
    let wrapped = items::find(&inner.store.conn, item).ok()??.into_wrapped();
    let name = row_key_name(RowKeys::Items, &session.ring.scope, &item.0, session.ring.epoch.number);
    let key = name.unwrap(&session.ring.epoch.key, &wrapped).ok()?;
    Some((wrapped, *key.expose()))
}

/// The ciphertext of an item's body as it lies in the database.
#[must_use]
pub fn stored_body(session: &Session, item: ItemId) -> Option<Vec<u8>> {
    items::ciphertext(&session.shared.lock().store.conn, &session.ring, item).ok()?
}
