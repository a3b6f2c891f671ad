//! Reminders of records that the clerk entered and the endpoint destroys later: each stays until its receipt is kept.

use protocol::{RecordId, to_cbor};
use vault::{ItemId, ItemKind};

use super::Desk;
use crate::api::CommandError;
use crate::stored::EntryItem;

impl Desk {
    /// One reminder for each record.
    pub fn remember_entry(&self, record: RecordId) -> Result<(), CommandError> {
        if self.entries()?.contains(&record) {
            return Ok(());
        }
        Ok(self.unlocked()?.session.put(ItemKind::Entry, ItemId::make(), &to_cbor(&EntryItem { version: 1, record }))?)
    }

    /// Records whose receipts are to come.
    pub fn entries(&self) -> Result<Vec<RecordId>, CommandError> {
        Ok(self.unlocked()?.entries()?.into_iter().map(|(_, entry)| entry.record).collect())
    }

    /// The receipt is kept, or there will be none.
    pub fn forget_entry(&self, record: RecordId) -> Result<(), CommandError> {
        let unlocked = self.unlocked()?;
        for (place, _) in unlocked.entries()?.into_iter().filter(|(_, entry)| entry.record == record) {
            unlocked.session.remove(ItemId(place))?;
        }
        Ok(())
    }
}
