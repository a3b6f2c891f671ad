//! Why the store could not do something.

use protocol::problem::ProblemCode;

/// Why a piece of work was not done. Nothing of it is in the database.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// The request may not have what it asks for; only this piece of work is undone.
    #[error("refused: {0}")]
    Problem(ProblemCode),
    /// The database failed; the whole commit is undone.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// A failure of the database under everybody's feet.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// No room left, on the disk or under the configured limit.
    #[error("the disk is full")]
    Full,
    /// Read, write, fsync or commit failed, or the file is damaged. Writing stops until a person has looked.
    #[error("the database failed")]
    Sql(#[source] rusqlite::Error),
    /// What is stored is not what this program stores.
    #[error("the database holds something unreadable: {0}")]
    Damaged(&'static str),
    /// An earlier failure stopped writing.
    #[error("writing was stopped by an earlier failure")]
    Stopped,
    /// Too much work is waiting already, or another program holds the file.
    #[error("the database is busy")]
    Busy,
}

impl StoreFault {
    /// Whether the database cannot be trusted to take writes any more. A full disk can: nothing was written, and room may come back.
    pub(crate) fn is_fatal(&self) -> bool {
        matches!(self, Self::Sql(_) | Self::Damaged(_))
    }

    pub(crate) fn problem(&self) -> ProblemCode {
        match self {
            Self::Full => ProblemCode::InsufficientStorage,
            Self::Sql(_) | Self::Damaged(_) | Self::Stopped | Self::Busy => ProblemCode::Unavailable,
        }
    }

    /// The same again, for everybody whose work was in the commit that failed.
    pub(crate) fn for_another(&self) -> Self {
        match self {
            Self::Full => Self::Full,
            Self::Busy => Self::Busy,
            Self::Sql(_) | Self::Damaged(_) | Self::Stopped => Self::Stopped,
        }
    }
}

impl From<rusqlite::Error> for StoreFault {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            // Somebody works on the file by hand; it will pass.
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Sql(error),
        }
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<ProblemCode> for Refusal {
    fn from(code: ProblemCode) -> Self {
        Self::Problem(code)
    }
}

impl Refusal {
    pub(crate) fn problem(&self) -> ProblemCode {
        match self {
            Self::Problem(code) => *code,
            Self::Store(fault) => fault.problem(),
        }
    }
}
