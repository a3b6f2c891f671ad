//! What a user leaves for the day on which the passphrase is forgotten or they are not there: the root key of their part, sealed by the caller to somebody else's
//! key. The vault keeps it, and opens the part with the root key that somebody else brings. Epoch keys are in it no more than passphrases: what is shredded stays shredded.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use crate::LedgerEntry;
use crate::attempts;
use crate::error::{Fault, ReadError, SaveError, ShredError, UnlockError};
use crate::ids::{ItemKind, UserId};
use crate::items;
use crate::ledger;
use crate::primitives::derive_key;
use crate::ring::Ring;
use crate::secret::Key;
use crate::session::{Session, demand_current};
use crate::store::Shared;
use crate::users;

const TOLD_LABEL: &str = "bogen vault recovery v1";

/// `HKDF(root, "bogen vault recovery v1", for_key)`: says nothing about either, and changes with both.
fn told(ring: &Ring, for_key: &[u8]) -> [u8; 32] {
    *derive_key(ring.root.expose(), TOLD_LABEL, for_key).expose()
}

/// What this user left; none if nothing.
pub(crate) fn find(conn: &Connection, user: UserId) -> Result<Option<Vec<u8>>, Fault> {
    Ok(conn.prepare_cached("SELECT sealed FROM recovery WHERE user = ?1")?.query_row([user.0], |row| row.get(0)).optional()?)
}

impl Session {
    /// Leaves the root key of this part, as `seal` seals it to `for_key`. True: it was left now; false: what is there is for this root key and this `for_key` already.
    ///
    /// # Errors
    /// [`SaveError`], also if `seal` gives none (`TooLong`); what was there before stays.
    pub fn leave_recovery(&self, for_key: &[u8], seal: impl FnOnce(&[u8; 32]) -> Option<Vec<u8>>) -> Result<bool, SaveError> {
        let told = told(&self.ring, for_key);
        let mut inner = self.shared.lock();
        demand_current(&inner.store, &self.ring)?;
        let known = "SELECT EXISTS (SELECT 1 FROM recovery WHERE user = ?1 AND told = ?2)";
        let select = inner.store.conn.prepare_cached(known).and_then(|mut select| select.query_row(params![self.ring.scope, told], |row| row.get(0)));
        if select.map_err(Fault::from)? {
            return Ok(false);
        }
        let sealed = seal(self.ring.root.expose()).ok_or(SaveError::TooLong)?;
        inner.store.write(|tx, _| {
            let sql = "INSERT OR REPLACE INTO recovery (user, told, sealed) VALUES (?1, ?2, ?3)";
            tx.execute(sql, params![self.ring.scope, told, sealed]).map_err(Fault::from)?;
            Ok::<_, SaveError>(true)
        })
    }

    /// Takes over what `from` has of these kinds: sealed anew under this user's key, and destroyed under theirs, by a new epoch of theirs. Damaged items stay where they
    /// are. All or nothing, together with the ledger's lines. Returns how many of each kind.
    ///
    /// # Errors
    /// [`ShredError`]; nothing was moved then.
    pub fn take_over(&self, from: &mut Self, kinds: &[ItemKind], entries: &[LedgerEntry]) -> Result<Vec<usize>, ShredError> {
        let mut inner = self.shared.lock();
        demand_current(&inner.store, &self.ring)?;
        demand_current(&inner.store, &from.ring)?;
        let (moved, _) = inner.store.rotate(&mut from.ring, |tx, keys, theirs| {
            let mut moved = Vec::new();
            for kind in kinds {
                let found = items::list(tx, theirs, *kind)?.items;
                for (item, value) in &found {
                    items::delete(tx, theirs, *item)?;
                    items::put(tx, &self.ring, *kind, *item, value)?;
                }
                moved.push(found.len());
            }
            ledger::append(tx, keys, entries.iter().map(|entry| (entry, None)))?;
            Ok::<_, ShredError>(moved)
        })?;
        Ok(moved)
    }
}

/// See [`crate::Vault::recover`].
pub(crate) fn open(shared: &Arc<Shared>, user: UserId, root: &[u8; 32]) -> Result<Session, UnlockError> {
    let root = Key::from_bytes(root);
    let ring = users::try_open(shared, &user.0, |slot| slot.open_with(root.copy()))?;
    let mut inner = shared.lock();
    let known = inner.store.epochs.entry(user.0).or_default();
    *known = ring.epoch.number.max(*known);
    drop(inner);
    Ok(Session::new(Arc::clone(shared), ring))
}

/// Forgets wrong passphrases: whoever recovers has typed some.
pub(crate) fn forget_attempts(shared: &Shared, user: UserId) -> Result<(), SaveError> {
    shared.lock().store.write(|tx, _| attempts::forget(tx, &user.0).map_err(SaveError::from))
}

/// See [`crate::Vault::recovery_of`].
pub(crate) fn left_by(shared: &Shared, user: UserId) -> Result<Option<Vec<u8>>, ReadError> {
    Ok(find(&shared.lock().store.conn, user)?)
}
