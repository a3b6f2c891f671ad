//! The data directory: one process at a time, and for nobody else's eyes.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Why the data directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    /// Not made by `init` yet.
    #[error("{0} holds no endpoint: run `bogen-endpoint init` first")]
    NotInitialised(PathBuf),
    /// `init` found an endpoint there and left it alone.
    #[error("{0} holds an endpoint already; nothing was changed")]
    AlreadyInitialised(PathBuf),
    /// Another process works with it.
    #[error("another process works with {0}")]
    Busy(PathBuf),
    /// A symbolic link, or open to other accounts.
    #[error("{0} is a symbolic link or open to other accounts")]
    Exposed(PathBuf),
    /// The key file is of another version, or damaged.
    #[error("{0} is not a key file of this program")]
    UnreadableKey(PathBuf),
    /// A file operation failed.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What happened.
        source: std::io::Error,
    },
}

pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> DataDirError + '_ {
    |source| DataDirError::Io { path: path.to_owned(), source }
}

/// The locked directory; unlocked when dropped.
#[derive(Debug)]
pub(crate) struct DataDir {
    lock: File,
}

impl DataDir {
    /// Takes the directory for this process.
    pub(crate) fn lock(path: &Path) -> Result<Self, DataDirError> {
        demand_private(path)?;
        let file = path.join("endpoint.lock");
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&file).map_err(io(&file))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { lock }),
            Err(TryLockError::WouldBlock) => Err(DataDirError::Busy(path.to_owned())),
            Err(TryLockError::Error(error)) => Err(io(&file)(error)),
        }
    }
}

impl Drop for DataDir {
    /// Closing alone would leave the lock with a child process that was just forked and shares the open file.
    fn drop(&mut self) {
        if let Err(error) = self.lock.unlock() {
            tracing::warn!(%error, "the data directory is unlocked by the end of the process only");
        }
    }
}

/// Makes the directory, readable for its owner only; one that exists must be so already.
pub(crate) fn make_private(path: &Path) -> Result<(), DataDirError> {
    if path.exists() {
        return demand_private(path);
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(io(path))
}

/// Neither a link that somebody else could turn elsewhere, nor writable or readable for others.
pub(crate) fn demand_private(path: &Path) -> Result<(), DataDirError> {
    let found = std::fs::symlink_metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => DataDirError::NotInitialised(path.to_owned()),
        _ => io(path)(error),
    })?;
    #[cfg(unix)]
    let open_to_others = std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & 0o077 != 0;
    #[cfg(not(unix))]
    let open_to_others = false;
    if found.file_type().is_symlink() || open_to_others { Err(DataDirError::Exposed(path.to_owned())) } else { Ok(()) }
}

/// Writes a file for its owner only, durably and as a whole: after a crash there is the old content or the new.
pub(crate) fn write_private(path: &Path, content: &[u8]) -> Result<(), DataDirError> {
    let fresh = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&fresh).map_err(io(&fresh))?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(io(&fresh))?;
    std::fs::rename(&fresh, path).map_err(io(path))?;
    if let Some(parent) = path.parent() {
        File::open(parent).and_then(|dir| dir.sync_all()).map_err(io(parent))?;
    }
    Ok(())
}

/// Writes a file that was not there before, readable for its owner only.
///
/// # Errors
/// [`DataDirError::Io`], also if the file exists.
pub fn write_new(path: &Path, content: &[u8]) -> Result<(), DataDirError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(io(path))?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(io(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_processes_cannot_have_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("data");
        make_private(&path).unwrap();
        let first = DataDir::lock(&path).unwrap();
        assert!(matches!(DataDir::lock(&path), Err(DataDirError::Busy(_))));
        drop(first);
        assert!(DataDir::lock(&path).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn links_and_loose_permissions_are_refused() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let (path, link) = (dir.path().join("data"), dir.path().join("link"));
        make_private(&path).unwrap();
        symlink(&path, &link).unwrap();
        assert!(matches!(DataDir::lock(&link), Err(DataDirError::Exposed(_))));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o750)).unwrap();
        assert!(matches!(DataDir::lock(&path), Err(DataDirError::Exposed(_))));
    }
}
