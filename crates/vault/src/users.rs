//! Users of this vault: creating, unlocking, another passphrase.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use crate::attempts::{self, Admission};
use crate::cell::CellName;
use crate::error::{CreateUserError, Fault, OpenVaultError, Part, ReadError, SaveError, UnlockError};
use crate::ids::{ItemKind, UserId};
use crate::kdf::KdfCost;
use crate::keyfile::{KeyFile, Place};
use crate::open::user_key_path;
use crate::platform::PathFault;
use crate::remembered::Remembered;
use crate::ring::{Ring, RowKeys, Scope, StaticKeys, marked_epoch, opens_probe, write_probe};
use crate::secret::Key;
use crate::session::Session;
use crate::slot::{Epoch, Lock, OpenSlot, SlotFault, SlotKind, WholeSlot};
use crate::store::Shared;

/// A user as the sign-in screen shows her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserSummary {
    /// Whom to unlock.
    pub user: UserId,
    /// The name she gave.
    pub name: String,
}

/// Another passphrase of a user who confirmed the current one, derived and not set yet.
pub struct NewPassphrase {
    pub(crate) user: UserId,
    /// What the passphrase is needed for, and the root key under it.
    pub(crate) lock: (Lock, Key),
    /// What is left for a recovery with it: what binds it, and the sealed key.
    pub(crate) recovery: Option<([u8; 32], Vec<u8>)>,
}

pub(crate) fn key_file_name(user: &Scope) -> String {
    let hex: String = user.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("user-{hex}.key")
}

fn name_cell(user: &Scope) -> CellName<'_> {
    CellName { table: "user", column: "name", scope: user, row: user, kind: 0, number: 0 }
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<Scope>, Fault> {
    let mut statement = conn.prepare("SELECT user FROM user ORDER BY user")?;
    let users = statement.query_map([], |row| row.get(0))?;
    Ok(users.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn list(shared: &Shared) -> Result<Vec<UserSummary>, ReadError> {
    let inner = shared.lock();
    let mut statement = inner.store.conn.prepare("SELECT user, name FROM user ORDER BY rowid").map_err(Fault::from)?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, Scope>(0)?, row.get::<_, Vec<u8>>(1)?))).map_err(Fault::from)?;
    let mut users = Vec::new();
    for row in rows {
        let (user, cell) = row.map_err(Fault::from)?;
        let name = name_cell(&user).open_padded(&inner.store.keys.names, &cell).ok();
        let name = name.and_then(|name| String::from_utf8(name.to_vec()).ok()).ok_or(ReadError::Damaged { what: Part::Setting })?;
        users.push(UserSummary { user: UserId(user), name });
    }
    Ok(users)
}

/// Key file first, row second: a kill between leaves a key file without rows, which opens nothing.
pub(crate) fn create(shared: &Arc<Shared>, user: UserId, name: &str, passphrase: &str) -> Result<Session, CreateUserError> {
    let kind = SlotKind::User(shared.kdf.unwrap_or_else(KdfCost::calibrated));
    let (lock, root) = Lock::make(kind, &user.0, passphrase).map_err(|_| CreateUserError::OutOfMemory)?;
    let epoch = Epoch::first(Key::from_bytes(&[0; 32]));
    let mut inner = shared.lock();
    let file = KeyFile::create(&user_key_path(&shared.dir, &user.0)).map_err(|fault| match OpenVaultError::at("", fault) {
        OpenVaultError::DiskFull => CreateUserError::DiskFull,
        OpenVaultError::Io(kind) => CreateUserError::Io(kind),
        _ => CreateUserError::Io(std::io::ErrorKind::PermissionDenied),
    })?;
    file.write(Place::First, &lock.seal(&root, &epoch)).map_err(Fault::from)?;
    inner.store.write(|tx, keys| insert(tx, keys, &user.0, name, &epoch))?;
    inner.store.epochs.insert(user.0, epoch.number);
    drop(inner);
    let ring = Ring::new(user.0, RowKeys::Items, Arc::new(file), Place::First, OpenSlot { lock, root, epoch });
    Ok(Session::new(Arc::clone(shared), ring))
}

/// Kinds of items that are somebody's answers, or the way to them: a user who has one is not removed.
const WORK: [ItemKind; 6] = [ItemKind::Form, ItemKind::KeptForm, ItemKind::Unit, ItemKind::CollectionFlag, ItemKind::Entry, ItemKind::Paper];

/// Items of all users that are somebody's answers, or the way to them, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkLeft {
    /// Units with drafts.
    pub units: u64,
    /// Forms being filled in, and finalised ones that are kept for a while.
    pub forms: u64,
    /// Customers to mark in the benefits system, and numbers that follow.
    pub marks: u64,
    /// Paper forms to be shredded.
    pub papers: u64,
    /// Entries whose destruction is not confirmed.
    pub entries: u64,
}

impl WorkLeft {
    /// Whether nothing is left of anybody.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// See [`crate::Vault::work_left`].
pub(crate) fn work_left(shared: &Shared) -> Result<WorkLeft, ReadError> {
    let inner = shared.lock();
    let count = |kind: ItemKind| {
        let sql = "SELECT count(*) FROM item WHERE kind = ?1";
        inner.store.conn.query_row(sql, [kind.number()], |row| row.get::<_, i64>(0)).map(i64::cast_unsigned).map_err(Fault::from)
    };
    Ok(WorkLeft {
        units: count(ItemKind::Unit)?,
        forms: count(ItemKind::Form)? + count(ItemKind::KeptForm)?,
        marks: count(ItemKind::CollectionFlag)?,
        papers: count(ItemKind::Paper)?,
        entries: count(ItemKind::Entry)?,
    })
}

/// Both key slots zeroed first: a kill between leaves rows that nothing opens, and the removal can be asked for again.
pub(crate) fn remove(shared: &Shared, user: UserId) -> Result<(), SaveError> {
    let mut inner = shared.lock();
    for kind in WORK {
        let sql = "SELECT EXISTS (SELECT 1 FROM item WHERE user = ?1 AND kind = ?2)";
        if inner.store.conn.query_row(sql, params![user.0, kind.number()], |row| row.get(0)).map_err(Fault::from)? {
            return Err(SaveError::IdTaken);
        }
    }
    let path = user_key_path(&shared.dir, &user.0);
    match KeyFile::open(&path) {
        Ok(file) => file.zero_both().map_err(Fault::from)?,
        Err(PathFault::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(fault) => return Err(unopened(fault).into()),
    }
    inner.store.epochs.remove(&user.0);
    inner.store.write(|tx, _| {
        for sql in [
            "DELETE FROM item WHERE user = ?1",
            "DELETE FROM attempts WHERE user = ?1",
            "DELETE FROM recovery WHERE user = ?1",
            "DELETE FROM probe WHERE scope = ?1",
            "DELETE FROM user WHERE user = ?1",
        ] {
            tx.execute(sql, [user.0])?;
        }
        Ok::<_, Fault>(())
    })?;
    // Only zeros are in it: if its name stays, nothing is lost by that.
    let _ = std::fs::remove_file(path);
    Ok(())
}

/// A key file that is there and does not open now may open later: its keys are not lost.
fn unopened(fault: PathFault) -> Fault {
    match fault {
        PathFault::Io(error) => error.into(),
        PathFault::Symlink | PathFault::Permission(_) => Fault::Io(std::io::ErrorKind::PermissionDenied),
    }
}

fn insert(conn: &Connection, keys: &StaticKeys, user: &Scope, name: &str, epoch: &Epoch) -> Result<(), Fault> {
    conn.execute("INSERT INTO user (user, name) VALUES (?1, ?2)", params![user, name_cell(user).seal_padded(&keys.names, name.as_bytes())])?;
    Ok(write_probe(conn, keys, user, epoch)?)
}

/// Counts the attempt, derives without holding the store, opens the slot in force.
pub(crate) fn unlock(shared: &Arc<Shared>, user: UserId, passphrase: &str) -> Result<Session, UnlockError> {
    let ring = open_ring(shared, &user.0, Secret::Passphrase(passphrase))?;
    Ok(Session::new(Arc::clone(shared), ring))
}

/// Confirms the current passphrase and derives from the new one, without holding the store.
pub(crate) fn prepare_passphrase(shared: &Shared, user: UserId, current: &str, new: &str) -> Result<NewPassphrase, UnlockError> {
    drop(open_ring(shared, &user.0, Secret::Passphrase(current))?);
    derive_passphrase(shared, user, new)
}

/// Derives from a new passphrase of a user who is open otherwise, without holding the store.
pub(crate) fn derive_passphrase(shared: &Shared, user: UserId, new: &str) -> Result<NewPassphrase, UnlockError> {
    let kind = SlotKind::User(shared.kdf.unwrap_or_else(KdfCost::calibrated));
    let lock = Lock::make(kind, &user.0, new).map_err(|_| UnlockError::OutOfMemory)?;
    Ok(NewPassphrase { user, lock, recovery: None })
}

fn open_ring(shared: &Shared, user: &Scope, with: Secret<'_>) -> Result<Ring, UnlockError> {
    let delay = count_attempt(shared, user)?;
    let result = with.open(shared, user);
    let mut inner = shared.lock();
    match result {
        Ok(ring) => {
            inner.store.write(|tx, _| attempts::forget(tx, user))?;
            // Another session of hers may have rotated meanwhile: then this one is outdated, not that one.
            let known = inner.store.epochs.entry(*user).or_default();
            *known = ring.epoch.number.max(*known);
            Ok(ring)
        }
        Err(UnlockError::WrongPassphrase { .. }) => Err(UnlockError::WrongPassphrase { retry_after_seconds: delay }),
        Err(error) => {
            inner.store.write(|tx, _| attempts::refund(tx, user))?;
            Err(error)
        }
    }
}

fn count_attempt(shared: &Shared, user: &Scope) -> Result<u64, UnlockError> {
    let now = shared.now();
    let mut inner = shared.lock();
    let sql = "SELECT 1 FROM user WHERE user = ?1";
    if inner.store.conn.query_row(sql, [user], |_| Ok(())).optional().map_err(Fault::from)?.is_none() {
        return Err(UnlockError::UnknownUser);
    }
    match inner.store.write(|tx, _| attempts::admit(tx, user, now))? {
        Admission::Granted { delay_if_wrong } => Ok(delay_if_wrong),
        Admission::TooSoon { seconds } => Err(UnlockError::TooSoon { retry_after_seconds: seconds }),
    }
}

/// What a user's part is opened with.
enum Secret<'a> {
    Passphrase(&'a str),
    /// The root key, locked once more in memory, and the PIN for that.
    Pin(&'a Lock, &'a str),
}

impl Secret<'_> {
    fn open(&self, shared: &Shared, user: &Scope) -> Result<Ring, UnlockError> {
        match self {
            Self::Passphrase(passphrase) => try_open(shared, user, |slot| slot.open(passphrase)),
            Self::Pin(lock, pin) => {
                let root = lock.unwrap(pin).map_err(|fault| match fault {
                    SlotFault::WrongPassphrase => UnlockError::WrongPassphrase { retry_after_seconds: 0 },
                    SlotFault::OutOfMemory => UnlockError::OutOfMemory,
                    _ => UnlockError::SessionOutdated,
                })?;
                // What does not open with the root key that was right when it was remembered is under another one by now, or damaged: the passphrase tells.
                try_open(shared, user, |slot| slot.open_with(root.copy())).map_err(|error| match error {
                    UnlockError::Damaged { .. } => UnlockError::SessionOutdated,
                    error => error,
                })
            }
        }
    }
}

/// Unlocks with a PIN what was remembered in this process. Wrong ones count as wrong passphrases do.
pub(crate) fn unlock_remembered(shared: &Arc<Shared>, remembered: &Remembered, pin: &str) -> Result<Session, UnlockError> {
    let ring = open_ring(shared, &remembered.user.0, Secret::Pin(&remembered.lock, pin))?;
    Ok(Session::new(Arc::clone(shared), ring))
}

pub(crate) fn try_open(shared: &Shared, user: &Scope, open: impl Fn(WholeSlot) -> Result<OpenSlot, SlotFault>) -> Result<Ring, UnlockError> {
    let path = user_key_path(&shared.dir, user);
    let file = Arc::new(KeyFile::open(&path).map_err(|fault| match fault {
        PathFault::Io(error) if error.kind() == std::io::ErrorKind::NotFound => UnlockError::Damaged { what: Part::UserKey },
        fault => unopened(fault).into(),
    })?);
    let in_force = {
        let inner = shared.lock();
        marked_epoch(&inner.store.conn, &inner.store.keys, user)?
    };
    let mut slots = Vec::new();
    let (mut filled, mut fault) = (Vec::new(), UnlockError::Damaged { what: Part::UserKey });
    for place in Place::BOTH {
        match WholeSlot::parse(file.read(place).map_err(Fault::from)?, Some(user)) {
            Err(SlotFault::Empty) => continue,
            Err(SlotFault::Newer) => fault = UnlockError::Newer,
            Err(_) => {}
            Ok(slot) => slots.push((place, slot)),
        }
        filled.push(place);
    }
    // The one in force first: in all but a damaged vault there is no second derivation.
    slots.sort_by_key(|(_, slot)| slot.epoch() != in_force);
    for (place, slot) in slots {
        match open(slot) {
            Ok(open) => {
                let mut inner = shared.lock();
                if opens_probe(&inner.store.conn, user, &open.epoch)? {
                    if let Some(stale) = filled.iter().find(|other| **other != place) {
                        inner.store.wipe_later(&file, *stale, None);
                    }
                    drop(inner);
                    return Ok(Ring::new(*user, RowKeys::Items, file, place, open));
                }
                fault = UnlockError::Damaged { what: Part::Probe };
            }
            Err(SlotFault::WrongPassphrase) => return Err(UnlockError::WrongPassphrase { retry_after_seconds: 0 }),
            Err(SlotFault::OutOfMemory) => return Err(UnlockError::OutOfMemory),
            Err(_) => {}
        }
    }
    Err(fault)
}
