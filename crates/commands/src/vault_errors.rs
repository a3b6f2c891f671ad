//! From what the vault says to a code that a shell can word.

use std::io::ErrorKind;

use vault::{CreateUserError, FinaliseError, OpenVaultError, Part, ReadError, SaveError, ShredError, UnlockError};

use crate::api::{CommandError, ErrorCode};

fn damaged(what: Part) -> CommandError {
    CommandError::new(ErrorCode::VaultDamaged).with("what", what)
}

fn disk(kind: ErrorKind) -> CommandError {
    CommandError::new(if kind == ErrorKind::StorageFull { ErrorCode::DiskFull } else { ErrorCode::DiskFault })
}

impl From<OpenVaultError> for CommandError {
    fn from(error: OpenVaultError) -> Self {
        match error {
            OpenVaultError::Busy => Self::new(ErrorCode::VaultBusy),
            OpenVaultError::Newer => Self::new(ErrorCode::VaultNewer),
            OpenVaultError::Damaged { what } => damaged(what),
            OpenVaultError::Permissions { .. } => Self::new(ErrorCode::VaultUnsafe).with("what", "permissions"),
            OpenVaultError::Symlink => Self::new(ErrorCode::VaultUnsafe).with("what", "symlink"),
            OpenVaultError::DiskFull => Self::new(ErrorCode::DiskFull),
            OpenVaultError::Io(kind) => disk(kind),
        }
    }
}

impl From<UnlockError> for CommandError {
    fn from(error: UnlockError) -> Self {
        match error {
            UnlockError::WrongPassphrase { retry_after_seconds } => Self::new(ErrorCode::WrongPassphrase).with("wait_seconds", retry_after_seconds),
            UnlockError::TooSoon { retry_after_seconds } => Self::new(ErrorCode::TooSoon).with("wait_seconds", retry_after_seconds),
            UnlockError::UnknownUser => Self::new(ErrorCode::NotFound),
            UnlockError::Damaged { what } => damaged(what),
            UnlockError::Newer => Self::new(ErrorCode::VaultNewer),
            UnlockError::OutOfMemory => Self::new(ErrorCode::Internal).with("reason", "out_of_memory"),
            UnlockError::SessionOutdated => Self::new(ErrorCode::Locked),
            UnlockError::DiskFull => Self::new(ErrorCode::DiskFull),
            UnlockError::Io(kind) => disk(kind),
        }
    }
}

impl From<CreateUserError> for CommandError {
    fn from(error: CreateUserError) -> Self {
        match error {
            CreateUserError::OutOfMemory => Self::new(ErrorCode::Internal).with("reason", "out_of_memory"),
            CreateUserError::DiskFull => Self::new(ErrorCode::DiskFull),
            CreateUserError::Damaged { what } => damaged(what),
            CreateUserError::Io(kind) => disk(kind),
        }
    }
}

impl From<ReadError> for CommandError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Damaged { what } => damaged(what),
            ReadError::SessionOutdated => Self::new(ErrorCode::Locked),
            ReadError::Io(kind) => disk(kind),
        }
    }
}

impl From<SaveError> for CommandError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::DiskFull => Self::new(ErrorCode::DiskFull),
            SaveError::TooLong | SaveError::IdTaken => Self::new(ErrorCode::Internal),
            SaveError::SessionOutdated => Self::new(ErrorCode::Locked),
            SaveError::Damaged { what } => damaged(what),
            SaveError::Io(kind) => disk(kind),
        }
    }
}

impl From<ShredError> for CommandError {
    fn from(error: ShredError) -> Self {
        match error {
            ShredError::DiskFull => Self::new(ErrorCode::DiskFull),
            ShredError::NotDelivered | ShredError::EntryRefused => Self::new(ErrorCode::Internal),
            ShredError::SessionOutdated => Self::new(ErrorCode::Locked),
            ShredError::Damaged { what } => damaged(what),
            ShredError::Io(kind) => disk(kind),
        }
    }
}

impl From<FinaliseError<CommandError>> for CommandError {
    fn from(error: FinaliseError<CommandError>) -> Self {
        match error {
            FinaliseError::Check(error) => error,
            FinaliseError::DraftMissing | FinaliseError::IdTaken | FinaliseError::TooLong => Self::new(ErrorCode::Internal),
            FinaliseError::DiskFull => Self::new(ErrorCode::DiskFull),
            FinaliseError::SessionOutdated => Self::new(ErrorCode::Locked),
            FinaliseError::Damaged { what } => damaged(what),
            FinaliseError::Io(kind) => disk(kind),
        }
    }
}
