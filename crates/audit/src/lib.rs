//! What an auditor proves with public keys only, without anybody's passphrase, vault or network.
//!
//! Two kinds of [`file`]s: the log as the endpoint exports it, and the destruction ledger as each device exports it, signed by the device. [`audit`] verifies
//! the directories from the office's root key on, rebuilds the log's tree, follows each record through it, and holds each ledger against it. It does not stop at
//! the first fault: every [`Gap`] is named. No file names a person who answers, and none holds an answer or a tag.

mod device;
mod directories;
pub mod file;
mod gap;
mod life;
mod log;

use protocol::OfficeId;

pub use file::{AuditFile, DeviceLedger, EndpointLog, FileError, SignedDeviceLedger};
pub use gap::{Gap, Named};
pub use protocol::PublicKey;

use device::{Checked, Found};
use directories::Directories;
use log::Log;

/// What the files show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// The office.
    pub office: OfficeId,
    /// Its name in the newest directory that verifies; empty if none does.
    pub name: String,
    /// Directories that follow each other from the first one.
    pub directories: usize,
    /// Leaves of the log.
    pub leaves: usize,
    /// Records that were stored.
    pub stored: usize,
    /// Of them destroyed, as the log says.
    pub destroyed: usize,
    /// Of them not destroyed yet, and still at the endpoint.
    pub waiting: usize,
    /// Devices whose ledger was compared.
    pub ledgers: usize,
    /// Lines of these ledgers.
    pub lines: usize,
    /// What does not fit, in the order of its discovery. Empty: everything that was handed in fits.
    pub gaps: Vec<Gap>,
}

/// Why nothing could be compared at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuditError {
    /// The log is what everything is compared with.
    #[error("none of the files is an endpoint's log")]
    NoLog,
    /// An office has one log.
    #[error("more than one of the files is an endpoint's log")]
    TwoLogs,
    /// The files are another office's, or somebody made them up.
    #[error("the root key in the endpoint's file is not the one given")]
    OtherRoot,
}

/// Holds the files against each other and against `root_key`, the office's public root key, which the auditor has from elsewhere.
///
/// # Errors
/// [`AuditError`] only where nothing can be compared; what does not fit is a [`Gap`].
pub fn audit(files: &[AuditFile], root_key: &PublicKey) -> Result<Audit, AuditError> {
    let mut logs = files.iter().filter_map(AuditFile::as_endpoint);
    let endpoint = logs.next().ok_or(AuditError::NoLog)?;
    if logs.next().is_some() {
        return Err(AuditError::TwoLogs);
    }
    if endpoint.root_key != *root_key {
        return Err(AuditError::OtherRoot);
    }
    let mut gaps = Vec::new();
    let directories = Directories::verify(endpoint, &mut gaps);
    let log = Log::rebuild(endpoint, &directories, &mut gaps);
    let lives = life::follow(&log, endpoint, &directories, &mut gaps);
    let found = Found { directories: &directories, log: &log, lives: &lives };
    let mut checked: Vec<Checked> = Vec::new();
    for signed in files.iter().filter_map(AuditFile::as_device) {
        let one = device::check(signed, endpoint, &found, &checked, &mut gaps);
        checked.extend(one);
    }
    device::demand_complete(&log, &lives, &checked, &mut gaps);
    Ok(Audit {
        office: endpoint.office,
        name: directories.newest().map(|newest| newest.get().name.clone()).unwrap_or_default(),
        directories: directories.count(),
        leaves: endpoint.leaves.len(),
        stored: lives.all.len(),
        destroyed: lives.all.values().filter(|life| life.destroyed.is_some()).count(),
        waiting: lives.all.iter().filter(|(record, life)| life.destroyed.is_none() && lives.held.contains(record)).count(),
        ledgers: checked.len(),
        lines: checked.iter().map(Checked::lines).sum(),
        gaps,
    })
}
