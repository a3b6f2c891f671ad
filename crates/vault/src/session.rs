//! One user's part of the vault while she is signed in.

use std::fmt;
use std::sync::Arc;

use protocol::Digest;

use crate::LedgerEntry;
use crate::change::{self, ItemChange};
use crate::error::{ReadError, SaveError, ShredError, UnlockError};
use crate::ids::{ItemId, ItemKind, UserId};
use crate::items::{self, Items};
use crate::ledger;
use crate::primitives::sha256;
use crate::recovery;
use crate::remembered::ToRemember;
use crate::ring::Ring;
use crate::secret::Bytes;
use crate::store::{Shared, Shredded, Store};
use crate::users::{self, NewPassphrase};

/// An unlocked user: her root key and epoch key are in memory, and overwritten when this is dropped.
pub struct Session {
    pub(crate) shared: Arc<Shared>,
    pub(crate) ring: Ring,
}

/// Another session of the same user made a new epoch: this one's keys open nothing any more, and must wrap nothing.
pub(crate) struct Outdated;

impl From<Outdated> for SaveError {
    fn from(_: Outdated) -> Self {
        Self::SessionOutdated
    }
}

impl From<Outdated> for ReadError {
    fn from(_: Outdated) -> Self {
        Self::SessionOutdated
    }
}

impl From<Outdated> for ShredError {
    fn from(_: Outdated) -> Self {
        Self::SessionOutdated
    }
}

pub(crate) fn demand_current(store: &Store, ring: &Ring) -> Result<(), Outdated> {
    if store.epochs.get(&ring.scope) == Some(&ring.epoch.number) { Ok(()) } else { Err(Outdated) }
}

impl Session {
    pub(crate) fn new(shared: Arc<Shared>, ring: Ring) -> Self {
        Self { shared, ring }
    }

    /// Whose session it is.
    #[must_use]
    pub fn user(&self) -> UserId {
        UserId(self.ring.scope)
    }

    /// What a PIN needs to be set: see [`crate::ToRemember::under`]. Quick; the derivation comes with the PIN.
    #[must_use]
    pub fn to_remember(&self) -> ToRemember {
        ToRemember { user: self.user(), lock: self.ring.lock.copy(), root: self.ring.root.copy() }
    }

    /// Saves an item, new or changed, in one durable transaction: when this returns, no power cut takes it back.
    ///
    /// # Errors
    /// [`SaveError`]; the version before is still there.
    pub fn put(&self, kind: ItemKind, item: ItemId, value: &[u8]) -> Result<(), SaveError> {
        let mut inner = self.shared.lock();
        demand_current(&inner.store, &self.ring)?;
        inner.store.write(|tx, _| items::put(tx, &self.ring, kind, item, value))
    }

    /// Saves and deletes several items in one durable transaction: all or none.
    ///
    /// # Errors
    /// [`SaveError`]; everything is as before.
    pub fn apply(&self, changes: &[ItemChange]) -> Result<(), SaveError> {
        let mut inner = self.shared.lock();
        demand_current(&inner.store, &self.ring)?;
        inner.store.write(|tx, _| change::apply(tx, &self.ring, changes))
    }

    /// An item's content; none if this user has no such item of this kind.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn get(&self, kind: ItemKind, item: ItemId) -> Result<Option<Bytes>, ReadError> {
        let inner = self.shared.lock();
        demand_current(&inner.store, &self.ring)?;
        Ok(items::get(&inner.store.conn, &self.ring, kind, item)?)
    }

    /// All items of a kind, by id.
    ///
    /// # Errors
    /// [`ReadError`]; a single damaged item is named in the list instead.
    pub fn list(&self, kind: ItemKind) -> Result<Items, ReadError> {
        let inner = self.shared.lock();
        demand_current(&inner.store, &self.ring)?;
        Ok(items::list(&inner.store.conn, &self.ring, kind)?)
    }

    /// Removes an item. True: it was there. It is out of reach at once and destroyed for good at the next new epoch ([`Self::shred`], [`Self::finalise`]).
    ///
    /// # Errors
    /// [`SaveError`].
    pub fn remove(&self, item: ItemId) -> Result<bool, SaveError> {
        let mut inner = self.shared.lock();
        demand_current(&inner.store, &self.ring)?;
        inner.store.write(|tx, _| items::delete(tx, &self.ring, item).map_err(SaveError::from))
    }

    /// SHA-256 of an item's ciphertext as it lies in the database: for the ledger line of a draft that is discarded.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn stored_digest(&self, item: ItemId) -> Result<Option<Digest>, ReadError> {
        let inner = self.shared.lock();
        demand_current(&inner.store, &self.ring)?;
        Ok(items::ciphertext(&inner.store.conn, &self.ring, item)?.map(|body| sha256(&body)))
    }

    /// Destroys items for good and writes ledger lines, under a new epoch of this user. Items that are not there are passed over. Without items it destroys
    /// what was only removed before.
    ///
    /// # Errors
    /// [`ShredError`]; nothing was destroyed then.
    pub fn shred(&mut self, doomed: &[ItemId], entries: &[LedgerEntry]) -> Result<Shredded, ShredError> {
        self.shred_with(&[], doomed, entries)
    }

    /// The same, with changes to what stays in the same transaction: nothing that stays ever names what is gone.
    ///
    /// # Errors
    /// [`ShredError`]; nothing was destroyed or changed then.
    pub fn shred_with(&mut self, changes: &[ItemChange], doomed: &[ItemId], entries: &[LedgerEntry]) -> Result<Shredded, ShredError> {
        let mut inner = self.shared.lock();
        demand_current(&inner.store, &self.ring)?;
        let (rows, complete) = inner.store.rotate(&mut self.ring, |tx, keys, ring| {
            change::apply(tx, ring, changes)?;
            let mut rows = 0;
            for item in doomed {
                rows += usize::from(items::delete(tx, ring, *item)?);
            }
            ledger::append(tx, keys, entries.iter().map(|entry| (entry, None)))?;
            Ok::<_, ShredError>(rows)
        })?;
        Ok(Shredded { rows, complete })
    }

    /// Sets another passphrase, after confirming the current one. Root key and epoch change with it: a copy of the old key file with the old passphrase opens
    /// nothing that is in the database from now on.
    ///
    /// # Errors
    /// [`UnlockError`]; the current passphrase stays valid then.
    pub fn change_passphrase(&mut self, current: &str, new: &str) -> Result<(), UnlockError> {
        let prepared = users::prepare_passphrase(&self.shared, self.user(), current, new)?;
        self.set_passphrase(prepared)
    }

    /// The second half of [`Self::change_passphrase`], quick: sets what [`crate::Vault::prepare_passphrase`] derived.
    ///
    /// # Errors
    /// [`UnlockError`]; `SessionOutdated` also if it was prepared for another user. The current passphrase stays valid then.
    pub fn set_passphrase(&mut self, new: NewPassphrase) -> Result<(), UnlockError> {
        let mut inner = self.shared.lock();
        demand_current(&inner.store, &self.ring).map_err(|_| UnlockError::SessionOutdated)?;
        if new.user.0 != self.ring.scope {
            return Err(UnlockError::SessionOutdated);
        }
        inner.store.rotate_under(&mut self.ring, Some(new.lock), |tx, _, ring| recovery::replace(tx, &ring.scope, new.recovery))?;
        Ok(())
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Session(…)")
    }
}
