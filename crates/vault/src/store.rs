//! The open store that a vault and its sessions share, and the one order of steps in which anything is shredded.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clock::Clock;
use protocol::UnixTime;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::Fault;
use crate::kdf::KdfCost;
use crate::keyfile::{KeyFile, Place};
use crate::open::ProcessLock;
use crate::ring::{Ring, Scope, StaticKeys, rewrap, touch_probe, write_probe};
use crate::secret::Key;
use crate::slot::Lock;

/// What the vault and all sessions hold together. The process lock goes with the last of them.
pub(crate) struct Shared {
    pub(crate) dir: PathBuf,
    pub(crate) kdf: Option<KdfCost>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) inner: Mutex<Inner>,
    /// Last, so that it is released last: after the database is closed.
    pub(crate) _process_lock: ProcessLock,
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) device: Ring,
}

/// The database, and what is still to be wiped.
pub(crate) struct Store {
    pub(crate) conn: Connection,
    pub(crate) keys: StaticKeys,
    /// The epoch in force of each scope that was unlocked: a session with an older one must not write.
    pub(crate) epochs: HashMap<Scope, u64>,
    unsettled: Vec<Unsettled>,
    checkpoint_due: bool,
    #[cfg(feature = "testing")]
    pub(crate) hook: Option<crate::exposed::Hook>,
}

/// A slot that has to be zeroed.
struct Unsettled {
    file: Arc<KeyFile>,
    place: Place,
    /// After a failed commit nobody knows whether it would survive a crash: first a durable write has to overwrite it.
    touch_first: Option<Scope>,
}

/// What a shred did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shredded {
    /// Rows that were there and are destroyed now.
    pub rows: usize,
    /// Whether the old key is zeroed and the write-ahead log truncated. If not, every later write tries again, and so does the next opening.
    pub complete: bool,
}

/// Moments of a shred at which the state on the disk changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    NewSlotWritten,
    Committed,
    OldSlotZeroed,
    Checkpointed,
}

impl Shared {
    /// A panic elsewhere leaves no half transaction behind (it rolls back), so a poisoned lock may be used on.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> UnixTime {
        self.clock.now()
    }
}

impl Store {
    pub(crate) fn new(conn: Connection, keys: StaticKeys) -> Self {
        Self {
            conn,
            keys,
            epochs: HashMap::new(),
            unsettled: Vec::new(),
            checkpoint_due: true,
            #[cfg(feature = "testing")]
            hook: None,
        }
    }

    /// One durable transaction; nothing of it stays if `work` or the commit fails.
    pub(crate) fn write<T, E: From<Fault>>(&mut self, work: impl FnOnce(&Transaction<'_>, &StaticKeys) -> Result<T, E>) -> Result<T, E> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Fault::from)?;
        let done = work(&tx, &self.keys)?;
        tx.commit().map_err(Fault::from)?;
        if self.checkpoint_due || !self.unsettled.is_empty() {
            self.settle();
        }
        Ok(done)
    }

    /// Runs `work` and brings a new epoch into force, so that what `work` deleted is gone for good:
    /// new key into the free slot → one transaction (work, rewrapped survivors, probe) → old slot zeroed → WAL truncated.
    ///
    /// `work` still wraps under the old epoch. On an error nothing has changed. True: the old key is wiped already.
    pub(crate) fn rotate<T, E: From<Fault>>(
        &mut self,
        ring: &mut Ring,
        work: impl FnOnce(&Transaction<'_>, &StaticKeys, &Ring) -> Result<T, E>,
    ) -> Result<(T, bool), E> {
        self.rotate_under(ring, None, work)
    }

    /// Like [`Self::rotate`], under a new lock and root key if given.
    pub(crate) fn rotate_under<T, E: From<Fault>>(
        &mut self,
        ring: &mut Ring,
        lock: Option<(Lock, Key)>,
        work: impl FnOnce(&Transaction<'_>, &StaticKeys, &Ring) -> Result<T, E>,
    ) -> Result<(T, bool), E> {
        self.free_slot(ring)?;
        let next = ring.epoch.next();
        let slot = match &lock {
            Some((lock, root)) => lock.seal(root, &next),
            None => ring.lock.seal(&ring.root, &next),
        };
        let free = ring.live.other();
        if let Err(error) = ring.file.write(free, &slot) {
            self.wipe_later(&ring.file, free, None);
            return Err(Fault::from(error).into());
        }
        self.reached(Moment::NewSlotWritten);
        let committed = self.commit_epoch(ring, &next, work);
        let done = match committed {
            Ok(done) => done,
            Err(error) => {
                self.wipe_later(&ring.file, free, Some(ring.scope));
                return Err(error);
            }
        };
        self.reached(Moment::Committed);
        let old = std::mem::replace(&mut ring.live, free);
        ring.epoch = next;
        if let Some((lock, root)) = lock {
            (ring.lock, ring.root) = (lock, root.pinned());
        }
        self.epochs.insert(ring.scope, ring.epoch.number);
        self.checkpoint_due = true;
        let complete = self.wipe_later(&ring.file, old, None);
        Ok((done, complete))
    }

    fn commit_epoch<T, E: From<Fault>>(
        &mut self,
        ring: &Ring,
        next: &crate::slot::Epoch,
        work: impl FnOnce(&Transaction<'_>, &StaticKeys, &Ring) -> Result<T, E>,
    ) -> Result<T, E> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Fault::from)?;
        let done = work(&tx, &self.keys, ring)?;
        rewrap(&tx, &ring.scope, ring.rows, &ring.epoch, next)?;
        write_probe(&tx, &self.keys, &ring.scope, next).map_err(Fault::from)?;
        tx.commit().map_err(Fault::from)?;
        Ok(done)
    }

    /// The free slot may hold a key that must not be overwritten before it is known to be dead.
    fn free_slot(&mut self, ring: &Ring) -> Result<(), Fault> {
        self.settle();
        for waiting in std::mem::take(&mut self.unsettled) {
            if Arc::ptr_eq(&waiting.file, &ring.file) {
                let result = self.wipe(&waiting);
                if result.is_err() {
                    self.unsettled.push(waiting);
                }
                result?;
            } else {
                self.unsettled.push(waiting);
            }
        }
        Ok(())
    }

    /// Zeroes a slot now, or notes that it is still to be done. True: nothing is left to be done.
    pub(crate) fn wipe_later(&mut self, file: &Arc<KeyFile>, place: Place, touch_first: Option<Scope>) -> bool {
        self.unsettled.push(Unsettled { file: Arc::clone(file), place, touch_first });
        self.settle()
    }

    /// Does what is still to be done: zeroes dead slots, truncates the WAL. True: nothing is left.
    pub(crate) fn settle(&mut self) -> bool {
        for waiting in std::mem::take(&mut self.unsettled) {
            if self.wipe(&waiting).is_err() {
                self.unsettled.push(waiting);
            }
        }
        if self.checkpoint_due && self.checkpoint().unwrap_or(false) {
            self.checkpoint_due = false;
            self.reached(Moment::Checkpointed);
        }
        self.unsettled.is_empty() && !self.checkpoint_due
    }

    fn wipe(&mut self, waiting: &Unsettled) -> Result<(), Fault> {
        if let Some(scope) = &waiting.touch_first {
            touch_probe(&self.conn, scope)?;
        }
        waiting.file.zero(waiting.place)?;
        self.reached(Moment::OldSlotZeroed);
        Ok(())
    }

    /// False: a reader was in the way; to be tried again.
    fn checkpoint(&self) -> rusqlite::Result<bool> {
        self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)).map(|busy| busy == 0)
    }

    #[cfg(feature = "testing")]
    fn reached(&self, moment: Moment) {
        if let Some(hook) = &self.hook {
            hook(moment.into());
        }
    }

    #[cfg(not(feature = "testing"))]
    fn reached(&self, _: Moment) {}
}
