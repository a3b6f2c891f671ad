//! The vault: the device's part, open without a passphrase.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use clock::Clock;
use protocol::{DeviceId, RecordId};
use zeroize::Zeroizing;

use crate::error::{CreateUserError, OpenVaultError, ReadError, SaveError, ShredError, UnlockError};
use crate::ids::{Setting, UserId};
use crate::kdf::KdfCost;
use crate::ledger::{self, LedgerPage};
use crate::outbox::{self, Delivered, OutboxCounts, OutboxPage};
use crate::remembered::Remembered;
use crate::session::Session;
use crate::store::{Shared, Shredded};
use crate::users::{self, NewPassphrase, UserSummary, WorkLeft};
use crate::{Head, LedgerEntry, open, recovery, settings};

/// How a vault is opened.
#[derive(Clone, Copy, Debug)]
pub struct VaultOptions {
    /// Cost of passphrases that are set from now on; existing ones keep theirs. None: calibrated on this machine when one is set.
    pub kdf: Option<KdfCost>,
}

/// An open vault. No other process can open it until this value and all its sessions are dropped.
pub struct Vault {
    pub(crate) shared: Arc<Shared>,
}

impl Vault {
    /// Opens the vault in `dir`, or makes one. Finishes what a kill interrupted: half finalisings are dropped, half shreds completed.
    ///
    /// # Errors
    /// [`OpenVaultError`]; nothing was changed then.
    pub fn open_or_create(dir: &Path, options: &VaultOptions, clock: Arc<dyn Clock>) -> Result<Self, OpenVaultError> {
        Ok(Self { shared: Arc::new(open::open_or_create(dir, options.kdf, clock)?) })
    }

    /// This device.
    #[must_use]
    pub fn device_id(&self) -> DeviceId {
        DeviceId(self.shared.lock().device.scope)
    }

    /// Seed of the device's request key (Ed25519, RFC 8032).
    #[must_use]
    pub fn device_seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(*self.shared.lock().device.epoch.seed.expose())
    }

    /// A setting; none if it was never put.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn get_setting(&self, setting: Setting) -> Result<Option<Vec<u8>>, ReadError> {
        settings::get(&self.shared.lock().store, setting)
    }

    /// Puts a setting, durably.
    ///
    /// # Errors
    /// [`SaveError`].
    pub fn put_setting(&self, setting: Setting, value: &[u8]) -> Result<(), SaveError> {
        self.change_settings(&[(setting, Some(value))])
    }

    /// Puts and removes several settings in one durable transaction: all or none. `None` removes.
    ///
    /// # Errors
    /// [`SaveError`]; everything is as before.
    pub fn change_settings(&self, changes: &[(Setting, Option<&[u8]>)]) -> Result<(), SaveError> {
        settings::change(&mut self.shared.lock().store, changes)
    }

    /// Removes a setting. Its old ciphertext may stay readable for the device in free pages: settings are not shredded.
    ///
    /// # Errors
    /// [`SaveError`].
    pub fn remove_setting(&self, setting: Setting) -> Result<(), SaveError> {
        self.change_settings(&[(setting, None)])
    }

    /// The users of this vault, the first one first.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn users(&self) -> Result<Vec<UserSummary>, ReadError> {
        users::list(&self.shared)
    }

    /// Creates a user and unlocks her part. The passphrase counts in NFC, here and whenever it is asked for.
    ///
    /// # Errors
    /// [`CreateUserError`].
    pub fn create_user(&self, name: &str, passphrase: &str) -> Result<Session, CreateUserError> {
        self.create_user_as(UserId::make(), name, passphrase)
    }

    /// The same with an id that the caller made, so that it can be noted before there is a user: whoever finds the note after a kill can clear up.
    ///
    /// # Errors
    /// [`CreateUserError`]; `Io` if the id is taken.
    pub fn create_user_as(&self, user: UserId, name: &str, passphrase: &str) -> Result<Session, CreateUserError> {
        users::create(&self.shared, user, name, passphrase)
    }

    /// Confirms a user's current passphrase and derives from another one, for [`Session::set_passphrase`]. Takes as long as both passphrases cost; session
    /// and vault stay usable meanwhile.
    ///
    /// # Errors
    /// [`UnlockError`]; wrong ones count as at [`Self::unlock`].
    pub fn prepare_passphrase(&self, user: UserId, current: &str, new: &str) -> Result<NewPassphrase, UnlockError> {
        users::prepare_passphrase(&self.shared, user, current, new)
    }

    /// Takes a user back who could not join: destroys her key file, then her rows. Whatever she had is unreadable from then on.
    ///
    /// # Errors
    /// [`SaveError`]; `IdTaken` if she has drafts, units, marks or opened records: those are never dropped silently. `Io` also if her key file cannot be
    /// zeroed: nothing was removed then.
    pub fn remove_user(&self, user: UserId) -> Result<(), SaveError> {
        users::remove(&self.shared, user)
    }

    /// Unlocks a user's part. Takes as long as the passphrase's cost says; the vault stays usable meanwhile.
    ///
    /// # Errors
    /// [`UnlockError`]; after wrong ones the next attempt has to wait, and restarting does not help.
    pub fn unlock(&self, user: UserId, passphrase: &str) -> Result<Session, UnlockError> {
        users::unlock(&self.shared, user, passphrase)
    }

    /// Unlocks a user's part with the PIN under which it was remembered in this process. Takes as long as the passphrase does.
    ///
    /// # Errors
    /// [`UnlockError`]; wrong ones count as at [`Self::unlock`]. `SessionOutdated` if the passphrase was changed meanwhile: what was remembered opens nothing
    /// any more.
    pub fn unlock_remembered(&self, remembered: &Remembered, pin: &str) -> Result<Session, UnlockError> {
        users::unlock_remembered(&self.shared, remembered, pin)
    }

    /// Sealed and delivered forms after `after`, by record id, at most `limit`.
    ///
    /// # Errors
    /// [`ReadError`]; a single damaged row is named in the page instead.
    pub fn outbox_page(&self, after: Option<RecordId>, limit: usize) -> Result<OutboxPage, ReadError> {
        outbox::page(&self.shared.lock(), after, limit)
    }

    /// How many forms wait in which state.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn outbox_counts(&self) -> Result<OutboxCounts, ReadError> {
        outbox::counts(&self.shared.lock().store)
    }

    /// How much of which kind of work is left here, of all users together; says nothing of whose it is, and opens none of it.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn work_left(&self) -> Result<WorkLeft, ReadError> {
        users::work_left(&self.shared)
    }

    /// Which forms lie sealed here, not handed over. Opens none of them.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn sealed_records(&self) -> Result<Vec<RecordId>, ReadError> {
        outbox::sealed_records(&self.shared.lock().store)
    }

    /// Which sealed forms are here, handed over or not. Opens none of them.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn held_records(&self) -> Result<Vec<RecordId>, ReadError> {
        outbox::held_records(&self.shared.lock().store)
    }

    /// How many forms were destroyed on this device after a receipt, without verifying the chain.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn destroyed_count(&self) -> Result<u64, ReadError> {
        ledger::destroyed_count(&self.shared.lock().store)
    }

    /// Stores verified receipts, all in one durable transaction: sealed → delivered. A record that has a receipt keeps it; one that is not there is passed
    /// over. Returns how many were sealed before.
    ///
    /// # Errors
    /// [`SaveError`].
    pub fn record_delivery(&self, receipts: &[(RecordId, Vec<u8>)]) -> Result<usize, SaveError> {
        outbox::record_delivery(&mut self.shared.lock(), receipts)
    }

    /// Delivered and not destroyed yet: what a kill after [`Self::record_delivery`] leaves behind.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn delivered_unshredded(&self) -> Result<Vec<Delivered>, ReadError> {
        outbox::delivered(&self.shared.lock())
    }

    /// Destroys delivered forms for good and writes their ledger lines: delivered → destroyed, under a new device epoch. What is not there (any more) is
    /// passed over without a line; receipts move to the ledger.
    ///
    /// # Errors
    /// [`ShredError`]; nothing was destroyed then.
    pub fn shred_delivered(&self, entries: &[(RecordId, LedgerEntry)]) -> Result<Shredded, ShredError> {
        outbox::shred_delivered(&mut self.shared.lock(), entries)
    }

    /// Keeps the receipt of a destruction elsewhere that somebody at this device confirmed, with a ledger line of the kind `Witnessed`, durably. Needs nobody's
    /// passphrase and destroys nothing here. False: this record's is kept already, and stays as it is.
    ///
    /// # Errors
    /// [`ShredError`]; nothing was kept then. `EntryRefused` if the entry is of another kind, names no receipt, or the receipt is too long.
    pub fn keep_witness(&self, entry: &LedgerEntry, receipt: &[u8]) -> Result<bool, ShredError> {
        ledger::witness(&mut self.shared.lock().store, entry, receipt)
    }

    /// Keeps the receipt of a form that somebody at this device forwarded to another team, with a ledger line of the kind `Forwarded`, durably.
    ///
    /// # Errors
    /// [`ShredError`]; nothing was kept then. `EntryRefused` if the entry is of another kind, names no receipt, or the receipt is too long.
    pub fn keep_forwarding(&self, entry: &LedgerEntry, receipt: &[u8]) -> Result<(), ShredError> {
        ledger::forwarded(&mut self.shared.lock().store, entry, receipt)
    }

    /// What a user left with [`Session::leave_recovery`]; none if nothing.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn recovery_of(&self, user: UserId) -> Result<Option<Vec<u8>>, ReadError> {
        recovery::left_by(&self.shared, user)
    }

    /// Opens a user's part with its root key. Counts no try: it cannot be guessed. Changes nothing.
    ///
    /// # Errors
    /// [`UnlockError::Damaged`] also for another key.
    pub fn recover(&self, user: UserId, root: &[u8; 32]) -> Result<Session, UnlockError> {
        recovery::open(&self.shared, user, root)
    }

    /// Derives from a new passphrase for [`Session::set_passphrase`] of a session that was opened without the old one. Takes as long as a passphrase costs.
    ///
    /// # Errors
    /// [`UnlockError::OutOfMemory`].
    pub fn derive_passphrase(&self, user: UserId, new: &str) -> Result<NewPassphrase, UnlockError> {
        users::derive_passphrase(&self.shared, user, new)
    }

    /// Forgets how often a wrong passphrase was typed: for a user who has a new one.
    ///
    /// # Errors
    /// [`SaveError`].
    pub fn forget_wrong_passphrases(&self, user: UserId) -> Result<(), SaveError> {
        recovery::forget_attempts(&self.shared, user)
    }

    /// Appends a line that a user's part was opened, or that it was tried; nothing is destroyed by it.
    ///
    /// # Errors
    /// [`ShredError::EntryRefused`] for a line of another kind.
    pub fn keep_note(&self, entry: &LedgerEntry) -> Result<(), ShredError> {
        ledger::note(&mut self.shared.lock().store, entry)
    }

    /// Ledger lines from number `from` on, at most `limit`, oldest first.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn ledger_page(&self, from: u64, limit: usize) -> Result<LedgerPage, ReadError> {
        ledger::page(&self.shared.lock().store, from, limit)
    }

    /// Verifies the ledger from its first line to the head that is stored beside it.
    ///
    /// # Errors
    /// [`ReadError`]; `Damaged` with `Part::Ledger` if a line was changed, removed or cut off.
    pub fn verify_ledger(&self) -> Result<Head, ReadError> {
        ledger::verify(&self.shared.lock().store)
    }

    /// The stored head of the ledger: how many lines there have to be, and what the last one chains to.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn ledger_head(&self) -> Result<Head, ReadError> {
        let inner = self.shared.lock();
        Ok(ledger::head(&inner.store.conn, &inner.store.keys)?)
    }

    /// Tries again what a full or failing disk left undone after a shred. True: nothing is left.
    #[must_use = "false says that an old key may still be on the disk"]
    pub fn settle(&self) -> bool {
        self.shared.lock().store.settle()
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}
