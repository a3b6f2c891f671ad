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
use crate::ring::Scope;
use crate::secret::Key;
use crate::session::{Session, demand_current};
use crate::store::Shared;
use crate::users::{self, NewPassphrase};

const TOLD_LABEL: &str = "bogen vault recovery v1";

/// `HKDF(root, "bogen vault recovery v1", for_key)`: says nothing about either, and changes with both.
fn told(root: &Key, for_key: &[u8]) -> [u8; 32] {
    *derive_key(root.expose(), TOLD_LABEL, for_key).expose()
}

impl NewPassphrase {
    /// Leaves the new root key, as `seal` seals it to `for_key`, in the same step in which the passphrase is set. Without it nothing is left: what was there opens
    /// nothing any more.
    pub fn leave_recovery(&mut self, for_key: &[u8], seal: impl FnOnce(&[u8; 32]) -> Option<Vec<u8>>) {
        let root = &self.lock.1;
        self.recovery = seal(root.expose()).map(|sealed| (told(root, for_key), sealed));
    }
}

/// What was left for the root key of before goes; what is left for the new one comes.
pub(crate) fn replace(conn: &Connection, user: &Scope, left: Option<([u8; 32], Vec<u8>)>) -> Result<(), Fault> {
    conn.execute("DELETE FROM recovery WHERE user = ?1", [user])?;
    if let Some((told, sealed)) = left {
        conn.execute("INSERT INTO recovery (user, told, sealed) VALUES (?1, ?2, ?3)", params![user, told, sealed])?;
    }
    Ok(())
}

/// What this user left; none if nothing.
pub(crate) fn find(conn: &Connection, user: UserId) -> Result<Option<Vec<u8>>, Fault> {
    Ok(conn.prepare_cached("SELECT sealed FROM recovery WHERE user = ?1")?.query_row([user.0], |row| row.get(0)).optional()?)
}

fn is_left(conn: &Connection, user: &Scope, told: &[u8; 32]) -> Result<bool, Fault> {
    let known = "SELECT EXISTS (SELECT 1 FROM recovery WHERE user = ?1 AND told = ?2)";
    Ok(conn.prepare_cached(known)?.query_row(params![user, told], |row| row.get(0))?)
}

impl Session {
    /// Leaves the root key of this part, as `seal` seals it to `for_key`. True: it was left now; false: what is there is for this root key and this `for_key` already.
    ///
    /// # Errors
    /// [`SaveError`], also if `seal` gives none (`TooLong`); what was there before stays.
    pub fn leave_recovery(&self, for_key: &[u8], seal: impl FnOnce(&[u8; 32]) -> Option<Vec<u8>>) -> Result<bool, SaveError> {
        let told = told(&self.ring.root, for_key);
        let mut inner = self.shared.lock();
        demand_current(&inner.store, &self.ring)?;
        if is_left(&inner.store.conn, &self.ring.scope, &told)? {
            return Ok(false);
        }
        let sealed = seal(self.ring.root.expose()).ok_or(SaveError::TooLong)?;
        inner.store.write(|tx, _| {
            let sql = "INSERT OR REPLACE INTO recovery (user, told, sealed) VALUES (?1, ?2, ?3)";
            tx.execute(sql, params![self.ring.scope, told, sealed]).map_err(Fault::from)?;
            Ok::<_, SaveError>(true)
        })
    }

    /// Whether what is left is for this root key and `for_key`.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn has_recovery(&self, for_key: &[u8]) -> Result<bool, ReadError> {
        let inner = self.shared.lock();
        demand_current(&inner.store, &self.ring)?;
        Ok(is_left(&inner.store.conn, &self.ring.scope, &told(&self.ring.root, for_key))?)
    }

    /// Takes over what `from` has of these kinds: sealed anew under this user's key, and destroyed under theirs, by a new epoch of theirs. Damaged items stay where they
    /// are. All or nothing, together with the ledger's lines. Returns how many of each kind were moved, and how many were damaged.
    ///
    /// # Errors
    /// [`ShredError`]; nothing was moved then.
    pub fn take_over(&self, from: &mut Self, kinds: &[ItemKind], entries: &[LedgerEntry]) -> Result<(Vec<usize>, usize), ShredError> {
        let mut inner = self.shared.lock();
        demand_current(&inner.store, &self.ring)?;
        demand_current(&inner.store, &from.ring)?;
        let (moved, _) = inner.store.rotate(&mut from.ring, |tx, keys, theirs| {
            let (mut moved, mut damaged) = (Vec::new(), 0);
            for kind in kinds {
                let found = items::list(tx, theirs, *kind)?;
                damaged += found.damaged.len();
                for (item, value) in &found.items {
                    items::delete(tx, theirs, *item)?;
                    items::put(tx, &self.ring, *kind, *item, value)?;
                }
                moved.push(found.items.len());
            }
            ledger::append(tx, keys, entries.iter().map(|entry| (entry, None)))?;
            Ok::<_, ShredError>((moved, damaged))
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
