//! Two holders of shares of the root open a user's part of the vault: for a passphrase that was forgotten, for a deputy, or to see that it would work.
//!
//! Each user leaves the key of their part, sealed to the office's recovery key ([`sealing::seal_recovery`]). Its private half follows from the root, which is
//! in memory here for one command and kept nowhere. Whatever was opened stands in this device's ledger.

mod drill;
mod passphrase;
mod release;

use std::sync::Arc;

use office::root::OfficeRoot;
use protocol::{Digest, MemberId, OfficeId, RecordId, UnixTime};
use sealing::{RecoverySecret, open_recovery, seal_recovery};
use sha2::{Digest as _, Sha256};
use vault::{LedgerEntry, LedgerKind, NewPassphrase, Session, UserId, Vault};

use crate::api::{CommandError, ErrorCode, RootShare};
use crate::desk::{Desk, Unlocked};

/// What opens users' parts, for one command.
struct Opener {
    vault: Arc<Vault>,
    office: OfficeId,
    secret: RecoverySecret,
}

/// A part that was opened, and whose it is.
struct Opened {
    session: Session,
    member: MemberId,
    /// SHA-256 of what the user had left.
    left: Digest,
}

impl Opener {
    /// Opens the part of a user. Nothing is changed by it.
    fn open(&self, user: UserId) -> Result<Opened, CommandError> {
        let none = || CommandError::new(ErrorCode::NoRecovery);
        let left = self.vault.recovery_of(user)?.ok_or_else(none)?;
        let root = open_recovery(&self.secret, self.office, self.vault.device_id(), user.0, &left).map_err(|_| none())?;
        let session = self.vault.recover(user, &root).map_err(|error| match error {
            vault::UnlockError::Damaged { .. } => none(),
            other => other.into(),
        })?;
        let whose = Unlocked::over(session, String::new(), UnixTime(0))?;
        let member = whose.state()?.member;
        Ok(Opened { session: whose.into_session(), member, left: Digest(Sha256::digest(&left).into()) })
    }
}

impl Opened {
    /// The ledger's line about it. It destroys nothing, and names no receipt.
    fn entry(&self, kind: LedgerKind, at: UnixTime) -> LedgerEntry {
        LedgerEntry { kind, record: RecordId(self.member.0), digest: self.left, receipt: None, at }
    }
}

/// The public half of the recovery key of this root, to be signed by it.
pub fn recovery_public(root: &OfficeRoot, office: OfficeId) -> Vec<u8> {
    RecoverySecret::from_seed(*root.recovery_seed(office)).public_key()
}

impl Desk {
    fn opener(&self, shares: &[RootShare]) -> Result<Opener, CommandError> {
        let root = self.root_from_paper(shares)?;
        let office = self.office_id()?;
        Ok(Opener { vault: Arc::clone(&self.vault), office, secret: RecoverySecret::from_seed(*root.recovery_seed(office)) })
    }

    /// Leaves what two holders of shares would need one day, if it is not there for this passphrase and this recovery key already. What fails now is tried
    /// again at the next unlocking, and a warning stands until then: a full disk keeps nobody from working.
    pub(crate) fn leave_recovery(&self) {
        let (Ok(unlocked), Ok(directory)) = (self.unlocked(), self.directory()) else { return };
        let Some(public) = directory.recovery_key() else { return };
        let (office, device, user) = (directory.office(), self.vault.device_id(), unlocked.user());
        let seal = |root: &[u8; 32]| seal_recovery(public, office, device, user.0, root).ok();
        drop(unlocked.session().leave_recovery(public, seal));
    }

    /// The same for a passphrase that is about to be set: both happen in one step.
    pub(crate) fn leave_recovery_with(&self, new: &mut NewPassphrase, user: UserId) {
        let Ok(directory) = self.directory() else { return };
        let Some(public) = directory.recovery_key() else { return };
        let (office, device) = (directory.office(), self.vault.device_id());
        new.leave_recovery(public, |root| seal_recovery(public, office, device, user.0, root).ok());
    }

    /// Whether the unlocked user's part could be opened with two shares, as far as this device knows.
    pub(crate) fn is_recoverable(&self) -> Result<bool, CommandError> {
        let Some(public) = self.directory()?.recovery_key() else { return Ok(false) };
        Ok(self.unlocked()?.session().has_recovery(public)?)
    }
}
