//! The endpoint's part of an audit, for the operator to hand out. It needs no key and stops nobody's work.

use std::path::Path;

use audit::AuditFile;
use clock::Clock;

use crate::data_dir::{DataDirError, demand_private};
use crate::server::DATABASE_FILE;
use crate::store::{self, StoreFault};

/// Why there is no file for an audit.
#[derive(Debug, thiserror::Error)]
pub enum AuditFileError {
    /// The data directory cannot be used.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// There is no office, so nothing was attested.
    #[error("no office is founded at this endpoint yet")]
    NotFounded,
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// The log in `dir` as it stands now. An endpoint may serve meanwhile.
///
/// # Errors
/// [`AuditFileError`].
pub fn audit_file(dir: &Path, clock: &dyn Clock) -> Result<AuditFile, AuditFileError> {
    demand_private(dir)?;
    let file = dir.join(DATABASE_FILE);
    if !file.exists() {
        return Err(AuditFileError::NotFounded);
    }
    Ok(AuditFile::Endpoint(store::export(&file, clock.now())?.ok_or(AuditFileError::NotFounded)?))
}
