//! Opening: refuse what is not trustworthy, take the lock, and finish whatever a kill interrupted.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use clock::Clock;
use protocol::DeviceId;
use rusqlite::Connection;

use crate::database;
use crate::error::{Fault, OpenVaultError, Part};
use crate::kdf::KdfCost;
use crate::keyfile::{KeyFile, Place};
use crate::platform::{self, Expect, PathFault};
use crate::primitives::random;
use crate::ring::{Ring, RowKeys, Scope, StaticKeys, marked_epoch, opens_probe, write_probe};
use crate::secret::Key;
use crate::slot::{Epoch, Lock, OpenSlot, SlotFault, SlotKind, WholeSlot};
use crate::store::{Inner, Shared, Store};
use crate::users;

pub(crate) const DATABASE: &str = "vault.db";
const DEVICE_KEY: &str = "device.key";
const LOCK: &str = "lock";

/// The operating system's lock on the vault.
pub(crate) struct ProcessLock(File);

impl ProcessLock {
    fn take(dir: &Path) -> Result<Self, OpenVaultError> {
        let file = platform::open_or_create_private(&dir.join(LOCK)).map_err(|fault| OpenVaultError::at(LOCK, fault))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(OpenVaultError::Busy),
            Err(TryLockError::Error(error)) => Err(Fault::from(error).into()),
        }
    }
}

impl Drop for ProcessLock {
    fn drop(&mut self) {
        // Said aloud, because closing is not enough: a process that is just being started holds a copy of every open file for a moment.
        let _ = self.0.unlock();
    }
}

pub(crate) fn open_or_create(dir: &Path, kdf: Option<KdfCost>, clock: Arc<dyn Clock>) -> Result<Shared, OpenVaultError> {
    platform::private_directory(dir).map_err(|fault| OpenVaultError::at(".", fault))?;
    // SQLite refuses a path with a symlink anywhere in it; the directory itself was checked, what lies above may be one.
    let dir = dir.canonicalize().map_err(Fault::from)?;
    let process_lock = ProcessLock::take(&dir)?;
    let conn = open_database(&dir)?;
    let (device, stale) = open_device(&dir, &conn)?;
    let mut store = Store::new(conn, StaticKeys::derive(&device.root));
    if let Some(place) = stale {
        store.wipe_later(&device.file, place, None);
    }
    // What was not sealed completely was never handed over: its drafts are all still there.
    store.write(|tx, _| tx.execute("DELETE FROM outbox WHERE state = 0", []).map(|_| ()).map_err(Fault::from))?;
    finish_users(&dir, &mut store)?;
    store.settle();
    Ok(Shared { dir, kdf, clock, inner: Mutex::new(Inner { store, device }), _process_lock: process_lock })
}

fn open_database(dir: &Path) -> Result<Connection, OpenVaultError> {
    let path = dir.join(DATABASE);
    match platform::check_private(&path, Expect::File) {
        Ok(()) => {}
        Err(PathFault::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => create_database(dir, &path)?,
        Err(fault) => return Err(OpenVaultError::at(DATABASE, fault)),
    }
    for beside in ["vault.db-wal", "vault.db-journal", "vault.db-shm"] {
        match platform::check_private(&dir.join(beside), Expect::File) {
            Err(PathFault::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(fault) => return Err(OpenVaultError::at(beside, fault)),
            Ok(()) => {}
        }
    }
    database::open(&path)
}

/// Makes the empty file, for this account only: SQLite gives the WAL the same mode.
fn create_database(dir: &Path, path: &Path) -> Result<(), OpenVaultError> {
    refuse_keys_of_users(dir)?;
    platform::open_private(path, true).map_err(|fault| OpenVaultError::at(DATABASE, fault))?;
    platform::sync_directory(dir).map_err(|error| Fault::from(error).into())
}

/// Beside the keys of users an empty database is a loss, not a beginning: the keys must stay for the day the right one is put back.
fn refuse_keys_of_users(dir: &Path) -> Result<(), OpenVaultError> {
    for entry in std::fs::read_dir(dir).map_err(Fault::from)? {
        let name = entry.map_err(Fault::from)?.file_name();
        if name.to_string_lossy().starts_with("user-") {
            return Err(OpenVaultError::Damaged { what: Part::Database });
        }
    }
    Ok(())
}

/// The device's ring, and the slot that a kill left over.
fn open_device(dir: &Path, conn: &Connection) -> Result<(Ring, Option<Place>), OpenVaultError> {
    let path = dir.join(DEVICE_KEY);
    let missing = matches!(platform::check_private(&path, Expect::File), Err(PathFault::Io(error)) if error.kind() == std::io::ErrorKind::NotFound);
    let began = |sql| conn.query_row(sql, [], |row| row.get::<_, bool>(0)).map_err(Fault::from);
    if began("SELECT EXISTS (SELECT 1 FROM probe WHERE scope NOT IN (SELECT user FROM user))")? {
        if missing {
            return Err(OpenVaultError::Damaged { what: Part::DeviceKey });
        }
        return resume_device(&path, conn);
    }
    if began("SELECT EXISTS (SELECT 1 FROM user) OR EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM setting)")? {
        return Err(OpenVaultError::Damaged { what: Part::Probe });
    }
    refuse_keys_of_users(dir)?;
    begin_device(&path, missing, conn).map(|ring| (ring, None))
}

/// Nothing is in the database yet: makes the device's keys. A file from an interrupted beginning is used, or filled in place.
fn begin_device(path: &Path, missing: bool, conn: &Connection) -> Result<Ring, OpenVaultError> {
    let at = |fault| OpenVaultError::at(DEVICE_KEY, fault);
    let file = if missing { KeyFile::create(path).map_err(at)? } else { KeyFile::open(path).map_err(at)? };
    let found = WholeSlot::parse(file.read(Place::First).map_err(Fault::from)?, None).ok().and_then(open_device_slot);
    let (device, open) = match found {
        Some((_, open)) if open.epoch.number != 1 => return Err(OpenVaultError::Damaged { what: Part::Database }),
        Some(found) => found,
        None => make_device(&file)?,
    };
    let ring = Ring::new(device, RowKeys::Outbox, Arc::new(file), Place::First, open);
    write_probe(conn, &StaticKeys::derive(&ring.root), &device, &ring.epoch).map_err(Fault::from)?;
    Ok(ring)
}

fn make_device(file: &KeyFile) -> Result<(Scope, OpenSlot), OpenVaultError> {
    // A second slot tells of rotations, and so of a database that was there once.
    if !matches!(WholeSlot::parse(file.read(Place::Second).map_err(Fault::from)?, None), Err(SlotFault::Empty)) {
        return Err(OpenVaultError::Damaged { what: Part::Database });
    }
    let device = DeviceId::from_random(random()).0;
    let (lock, root) = Lock::make(SlotKind::Device, &device, "").expect("a device's lock derives from no passphrase");
    let epoch = Epoch::first(Key::make());
    file.zero_both().map_err(Fault::from)?;
    file.write(Place::First, &lock.seal(&root, &epoch)).map_err(Fault::from)?;
    Ok((device, OpenSlot { lock, root, epoch }))
}

/// Keeps the slot that opens the probe. The other one, if it is filled, belongs to a shred that was cut short before or after its transaction.
fn resume_device(path: &Path, conn: &Connection) -> Result<(Ring, Option<Place>), OpenVaultError> {
    let file = Arc::new(KeyFile::open(path).map_err(|fault| OpenVaultError::at(DEVICE_KEY, fault))?);
    let mut ring = None;
    let (mut filled, mut whole, mut newer) = (Vec::new(), false, false);
    for place in Place::BOTH {
        let slot = WholeSlot::parse(file.read(place).map_err(Fault::from)?, None);
        if !matches!(slot, Err(SlotFault::Empty)) {
            filled.push(place);
        }
        newer |= matches!(slot, Err(SlotFault::Newer));
        let Some((owner, open)) = slot.ok().and_then(open_device_slot) else { continue };
        whole = true;
        if opens_probe(conn, &owner, &open.epoch)? {
            ring = Some(Ring::new(owner, RowKeys::Outbox, Arc::clone(&file), place, open));
        }
    }
    match ring {
        Some(ring) => {
            let stale = filled.into_iter().find(|place| *place != ring.live);
            Ok((ring, stale))
        }
        None if newer => Err(OpenVaultError::Newer),
        None => Err(OpenVaultError::Damaged { what: if whole { Part::Probe } else { Part::DeviceKey } }),
    }
}

fn open_device_slot(slot: WholeSlot) -> Option<(Scope, OpenSlot)> {
    let owner = slot.owner();
    if slot.kind() != SlotKind::Device {
        return None;
    }
    slot.open("").ok().map(|open| (owner, open))
}

/// Finishes interrupted shreds of users who are not here: the device's mark says which epoch is in force.
fn finish_users(dir: &Path, store: &mut Store) -> Result<(), OpenVaultError> {
    for user in users::all(&store.conn)? {
        let name = users::key_file_name(&user);
        let file = match KeyFile::open(&dir.join(&name)) {
            Ok(file) => Arc::new(file),
            // Her loss must not stop the others: unlocking says that it is damaged.
            Err(PathFault::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(fault) => return Err(OpenVaultError::at("user key file", fault)),
        };
        let Ok(epoch) = marked_epoch(&store.conn, &store.keys, &user) else { continue };
        if let Some(place) = stale_place(&file, &user, epoch)? {
            store.wipe_later(&file, place, None);
        }
    }
    Ok(())
}

/// The filled slot beside the one that is whole and of the epoch in force; none if that one is not there.
fn stale_place(file: &KeyFile, user: &Scope, epoch: u64) -> Result<Option<Place>, Fault> {
    let mut live = None;
    let mut filled = Vec::new();
    for place in Place::BOTH {
        match WholeSlot::parse(file.read(place)?, Some(user)) {
            Err(SlotFault::Empty) => continue,
            Ok(slot) if slot.epoch() == epoch => live = Some(place),
            _ => {}
        }
        filled.push(place);
    }
    Ok(live.and_then(|live| filled.into_iter().find(|place| *place != live)))
}

pub(crate) fn user_key_path(dir: &Path, user: &Scope) -> PathBuf {
    dir.join(users::key_file_name(user))
}
