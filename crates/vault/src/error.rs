//! What can go wrong, one enum per operation. Texts are for developers and carry no identifier, name or answer; shells word the variants themselves.

use std::io;

use crate::platform::{PathFault, PermissionFault};

/// The part of the vault that is not as the vault wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Part {
    /// The database file as a whole, or it is gone.
    #[error("database")]
    Database,
    /// Tables, indexes or triggers are not those of this version.
    #[error("database schema")]
    Schema,
    /// `device.key`.
    #[error("device key file")]
    DeviceKey,
    /// A user's key file.
    #[error("user key file")]
    UserKey,
    /// Key file and database are not of the same epoch: one of them was exchanged.
    #[error("epoch probe")]
    Probe,
    /// An item.
    #[error("item")]
    Item,
    /// A row of the outbox.
    #[error("outbox row")]
    Outbox,
    /// A setting or a user's name.
    #[error("setting")]
    Setting,
    /// A line of the ledger, its chain or its head.
    #[error("ledger")]
    Ledger,
}

/// What happened beneath an operation.
#[derive(Debug)]
pub(crate) enum Fault {
    DiskFull,
    Io(io::ErrorKind),
    Damaged(Part),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            kind => Self::Io(kind),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{CannotOpen, DatabaseCorrupt, DiskFull, NotADatabase, OutOfMemory, PermissionDenied, ReadOnly};
        match error.sqlite_error_code() {
            Some(DiskFull) => Self::DiskFull,
            Some(OutOfMemory) => Self::Io(io::ErrorKind::OutOfMemory),
            Some(PermissionDenied | ReadOnly | CannotOpen) => Self::Io(io::ErrorKind::PermissionDenied),
            Some(DatabaseCorrupt | NotADatabase) | None => Self::Damaged(Part::Database),
            Some(_) => Self::Io(io::ErrorKind::Other),
        }
    }
}

macro_rules! from_fault {
    ($($error:ident),*) => {$(
        impl From<Fault> for $error {
            fn from(fault: Fault) -> Self {
                match fault {
                    Fault::DiskFull => Self::DiskFull,
                    Fault::Io(kind) => Self::Io(kind),
                    Fault::Damaged(what) => Self::Damaged { what },
                }
            }
        }
    )*};
}
from_fault!(OpenVaultError, UnlockError, CreateUserError, SaveError, ShredError);

/// Opening the vault.
#[derive(Debug, thiserror::Error)]
pub enum OpenVaultError {
    /// Another process has it open.
    #[error("another process has the vault open")]
    Busy,
    /// A later version of this app wrote it.
    #[error("written by a later version")]
    Newer,
    /// Not as the vault wrote it. Nothing was changed.
    #[error("damaged: {what}")]
    Damaged {
        /// The part.
        what: Part,
    },
    /// A file or the directory is open to others.
    #[error("permissions of {file}: {fault}")]
    Permissions {
        /// The file's name within the directory; `.` is the directory itself.
        file: String,
        /// What is wrong with them.
        fault: PermissionFault,
    },
    /// A file or the directory is a symbolic link.
    #[error("a symbolic link in the place of a file")]
    Symlink,
    /// No room even to open it.
    #[error("disk full")]
    DiskFull,
    /// The system refused.
    #[error("input or output: {0}")]
    Io(io::ErrorKind),
}

impl OpenVaultError {
    pub(crate) fn at(file: &str, fault: PathFault) -> Self {
        match fault {
            PathFault::Symlink => Self::Symlink,
            PathFault::Permission(fault) => Self::Permissions { file: file.to_owned(), fault },
            PathFault::Io(error) => Fault::from(error).into(),
        }
    }

    /// Whether trying again without a change from outside cannot help.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        !matches!(self, Self::Busy | Self::DiskFull | Self::Io(_))
    }
}

/// Unlocking a user's part, and confirming a passphrase.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    /// The passphrase is wrong. The attempt is counted, durably.
    #[error("wrong passphrase")]
    WrongPassphrase {
        /// Seconds until the next attempt is let in; 0 at once.
        retry_after_seconds: u64,
    },
    /// Too soon after wrong ones. The passphrase was not looked at.
    #[error("too soon after wrong attempts")]
    TooSoon {
        /// Seconds left.
        retry_after_seconds: u64,
    },
    /// There is no such user in this vault.
    #[error("no such user")]
    UnknownUser,
    /// Key file or probe are not as the vault wrote them. Nothing was changed.
    #[error("damaged: {what}")]
    Damaged {
        /// The part.
        what: Part,
    },
    /// A later version wrote the key file.
    #[error("written by a later version")]
    Newer,
    /// The machine lacks the memory that the key derivation takes.
    #[error("not enough memory for the key derivation")]
    OutOfMemory,
    /// When changing a passphrase: the session's keys are older than the data. With a PIN: the passphrase was changed. Unlock with the passphrase.
    #[error("the session is outdated")]
    SessionOutdated,
    /// No room to count the attempt: without that no passphrase is tried.
    #[error("disk full")]
    DiskFull,
    /// The system refused.
    #[error("input or output: {0}")]
    Io(io::ErrorKind),
}

impl UnlockError {
    /// Whether trying again, even with another passphrase, cannot help.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::UnknownUser | Self::Damaged { .. } | Self::Newer)
    }
}

/// Creating a user.
#[derive(Debug, thiserror::Error)]
pub enum CreateUserError {
    /// The machine lacks the memory that the key derivation takes.
    #[error("not enough memory for the key derivation")]
    OutOfMemory,
    /// Nothing was created.
    #[error("disk full")]
    DiskFull,
    /// The database is damaged.
    #[error("damaged: {what}")]
    Damaged {
        /// The part.
        what: Part,
    },
    /// The system refused.
    #[error("input or output: {0}")]
    Io(io::ErrorKind),
}

/// Reading.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Not as the vault wrote it.
    #[error("damaged: {what}")]
    Damaged {
        /// The part.
        what: Part,
    },
    /// The session's keys are older than the data: unlock again.
    #[error("the session is outdated")]
    SessionOutdated,
    /// The system refused.
    #[error("input or output: {0}")]
    Io(io::ErrorKind),
}

impl ReadError {
    /// Whether trying again cannot help.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        !matches!(self, Self::Io(_))
    }
}

impl From<Fault> for ReadError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::DiskFull => Self::Io(io::ErrorKind::StorageFull),
            Fault::Io(kind) => Self::Io(kind),
            Fault::Damaged(what) => Self::Damaged { what },
        }
    }
}

/// Saving. Whatever it is, what was saved before is still there.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// No room. Nothing was saved.
    #[error("disk full")]
    DiskFull,
    /// Longer than [`crate::MAX_ITEM_BYTES`].
    #[error("too long")]
    TooLong,
    /// The id is in use: by an item of another kind or of another user; for a user who is to be removed, by work of hers.
    #[error("the id is taken")]
    IdTaken,
    /// The session's keys are older than the data: unlock again.
    #[error("the session is outdated")]
    SessionOutdated,
    /// Not as the vault wrote it.
    #[error("damaged: {what}")]
    Damaged {
        /// The part.
        what: Part,
    },
    /// The system refused.
    #[error("input or output: {0}")]
    Io(io::ErrorKind),
}

impl SaveError {
    /// Whether trying again without a change from outside cannot help.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        !matches!(self, Self::DiskFull | Self::Io(_))
    }
}

impl From<SaveError> for ShredError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::DiskFull => Self::DiskFull,
            SaveError::TooLong | SaveError::IdTaken => Self::EntryRefused,
            SaveError::SessionOutdated => Self::SessionOutdated,
            SaveError::Damaged { what } => Self::Damaged { what },
            SaveError::Io(kind) => Self::Io(kind),
        }
    }
}

/// Shredding, and writing the ledger. Whatever it is, nothing was destroyed and no line was written; try again later.
#[derive(Debug, thiserror::Error)]
pub enum ShredError {
    /// No room for the ledger, so nothing is destroyed.
    #[error("disk full")]
    DiskFull,
    /// A row has no stored receipt yet.
    #[error("not delivered yet")]
    NotDelivered,
    /// A ledger entry or change does not belong here: another record or digest, a destruction that names no receipt, an id or size that cannot be saved.
    #[error("a ledger entry does not fit")]
    EntryRefused,
    /// The session's keys are older than the data: unlock again.
    #[error("the session is outdated")]
    SessionOutdated,
    /// Not as the vault wrote it.
    #[error("damaged: {what}")]
    Damaged {
        /// The part.
        what: Part,
    },
    /// The system refused.
    #[error("input or output: {0}")]
    Io(io::ErrorKind),
}

impl ShredError {
    /// Whether trying again without a change from outside cannot help.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        !matches!(self, Self::DiskFull | Self::Io(_))
    }
}

/// Finalising. Whatever it is, the drafts are still there and nothing was handed to the outbox.
#[derive(Debug, thiserror::Error)]
pub enum FinaliseError<E> {
    /// The caller's check of what was read back from the disk failed.
    #[error("what was read back is not what was sealed")]
    Check(E),
    /// A draft is not there (any more).
    #[error("a draft is missing")]
    DraftMissing,
    /// A record or item id is taken.
    #[error("the id is taken")]
    IdTaken,
    /// Sealed bytes or an item are longer than permitted.
    #[error("too long")]
    TooLong,
    /// No room.
    #[error("disk full")]
    DiskFull,
    /// The session's keys are older than the data: unlock again.
    #[error("the session is outdated")]
    SessionOutdated,
    /// Not as the vault wrote it.
    #[error("damaged: {what}")]
    Damaged {
        /// The part.
        what: Part,
    },
    /// The system refused.
    #[error("input or output: {0}")]
    Io(io::ErrorKind),
}

impl<E> FinaliseError<E> {
    /// Whether trying again without a change from outside cannot help.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        !matches!(self, Self::DiskFull | Self::Io(_) | Self::Check(_))
    }
}

impl<E> From<Fault> for FinaliseError<E> {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::DiskFull => Self::DiskFull,
            Fault::Io(kind) => Self::Io(kind),
            Fault::Damaged(what) => Self::Damaged { what },
        }
    }
}
