//! What differs between operating systems: permissions, directories that must reach the disk, memory that must not.
//!
//! The Windows side uses the standard library only and is untested: there a profile directory's inherited ACL takes the place of the modes.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Why a file or directory is not trusted with secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PermissionFault {
    /// Others may read or write it.
    #[error("others have access")]
    TooOpen,
    /// It belongs to another account.
    #[error("it belongs to another account")]
    ForeignOwner,
    /// It is neither a plain file nor a directory where one was expected.
    #[error("it is of an unexpected kind")]
    UnexpectedKind,
}

/// Why a path cannot be used.
#[derive(Debug)]
pub(crate) enum PathFault {
    Symlink,
    Permission(PermissionFault),
    Io(io::Error),
}

impl From<io::Error> for PathFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// What a path is expected to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expect {
    Directory,
    File,
}

/// Refuses symlinks, other kinds of files, foreign owners and access for others.
pub(crate) fn check_private(path: &Path, expect: Expect) -> Result<(), PathFault> {
    let found = std::fs::symlink_metadata(path)?;
    if found.file_type().is_symlink() {
        return Err(PathFault::Symlink);
    }
    if found.is_dir() != (expect == Expect::Directory) || found.is_file() != (expect == Expect::File) {
        return Err(PathFault::Permission(PermissionFault::UnexpectedKind));
    }
    system::check_owner_and_mode(&found).map_err(PathFault::Permission)
}

/// Creates the directory for this account only (parents included), or checks the one that is there.
pub(crate) fn private_directory(path: &Path) -> Result<(), PathFault> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => system::create_directory(path)?,
        Err(error) => return Err(error.into()),
        Ok(_) => {}
    }
    check_private(path, Expect::Directory)
}

/// Opens a file for reading and writing, and never through a symlink. With `create`, it must not exist yet.
pub(crate) fn open_private(path: &Path, create: bool) -> Result<File, PathFault> {
    if !create {
        check_private(path, Expect::File)?;
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(create);
    system::without_following(&mut options);
    let file = options.open(path)?;
    check_private(path, Expect::File)?;
    Ok(file)
}

/// Like [`open_private`], creating the file if it is not there.
pub(crate) fn open_or_create_private(path: &Path) -> Result<File, PathFault> {
    match open_private(path, true) {
        Err(PathFault::Io(error)) if error.kind() == io::ErrorKind::AlreadyExists => open_private(path, false),
        other => other,
    }
}

pub(crate) use system::{available_memory_kib, pin_in_memory, sync_directory};

/// Forbids core dumps and other processes' looks into this one's memory, as far as the system can. Call it first in every program that opens a vault.
///
/// # Errors
/// The system's error if it refuses.
pub fn harden_process() -> io::Result<()> {
    system::harden_process()
}

#[cfg(unix)]
#[allow(unsafe_code, reason = "four system calls that the standard library does not offer; each takes plain numbers or a live slice")]
mod system {
    use std::fs::{DirBuilder, File, Metadata, OpenOptions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
    use std::path::Path;

    use super::PermissionFault;

    pub(super) fn check_owner_and_mode(found: &Metadata) -> Result<(), PermissionFault> {
        // SAFETY: geteuid has no preconditions and cannot fail.
        if found.uid() != unsafe { libc::geteuid() } {
            return Err(PermissionFault::ForeignOwner);
        }
        if found.mode() & 0o077 != 0 { Err(PermissionFault::TooOpen) } else { Ok(()) }
    }

    pub(super) fn create_directory(path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        path.parent().map_or(Ok(()), sync_directory)
    }

    pub(super) fn without_following(options: &mut OpenOptions) {
        options.mode(0o600).custom_flags(libc::O_NOFOLLOW | libc::O_CLOEXEC);
    }

    /// A new file's name is durable only once its directory is (fsync(2), "Calling fsync() does not necessarily ensure …").
    pub(crate) fn sync_directory(path: &Path) -> io::Result<()> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        File::open(path)?.sync_all()
    }

    pub(crate) fn pin_in_memory(bytes: &[u8]) {
        // SAFETY: the slice is live; mlock neither reads nor writes it. It is never unlocked: its page may hold another secret. Refusal (RLIMIT_MEMLOCK)
        // is tolerated, the swap file is the operator's part (docs/security.md).
        let _ = unsafe { libc::mlock(bytes.as_ptr().cast(), bytes.len()) };
    }

    pub(super) fn harden_process() -> io::Result<()> {
        let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        // SAFETY: setrlimit reads the struct that outlives the call.
        if unsafe { libc::setrlimit(libc::RLIMIT_CORE, &raw const none) } != 0 {
            return Err(io::Error::last_os_error());
        }
        #[cfg(target_os = "linux")]
        // SAFETY: PR_SET_DUMPABLE takes one number.
        if unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 0, 0, 0, 0) } != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(())
    }

    pub(crate) fn available_memory_kib() -> Option<u64> {
        let text = std::fs::read_to_string("/proc/meminfo").ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
        line.trim().strip_suffix("kB")?.trim().parse().ok()
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::{Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    use super::PermissionFault;

    pub(super) fn check_owner_and_mode(_: &Metadata) -> Result<(), PermissionFault> {
        Ok(())
    }

    pub(super) fn create_directory(path: &Path) -> io::Result<()> {
        std::fs::create_dir_all(path)
    }

    pub(super) fn without_following(_: &mut OpenOptions) {}

    /// NTFS journals names with the file; there is no handle to sync.
    pub(crate) fn sync_directory(_: &Path) -> io::Result<()> {
        Ok(())
    }

    pub(crate) fn pin_in_memory(_: &[u8]) {}

    pub(super) fn harden_process() -> io::Result<()> {
        Ok(())
    }

    pub(crate) fn available_memory_kib() -> Option<u64> {
        None
    }
}
