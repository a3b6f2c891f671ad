//! What differs between operating systems: the local socket of a handover.
//!
//! Unix is tested. The Windows side is written against tokio's documentation and **untested**.

pub(crate) use system::{Connection, Listener, connect};

#[cfg(unix)]
mod system {
    use std::fs::{File, Permissions};
    use std::io;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    use std::path::{Path, PathBuf};

    use tokio::net::{UnixListener, UnixStream};

    const FILE_NAME: &str = "handover.sock";
    /// Shortest `sun_path` of the systems we know (104 bytes on macOS, with the closing zero).
    const LONGEST_PATH: usize = 103;

    pub(crate) type Connection = UnixStream;

    pub(crate) struct Listener(UnixListener);

    impl Listener {
        /// Listens in `data_dir`. Replaces the socket of a process that ended: the caller holds the vault, so nobody can be listening there.
        pub(crate) fn bind(data_dir: &Path) -> io::Result<Self> {
            remove_stale(&data_dir.join(FILE_NAME))?;
            let address = Address::within(data_dir)?;
            let listener = UnixListener::bind(&address.path)?;
            // The directory keeps other accounts out already (the vault insists on 0700); the mode says it once more.
            std::fs::set_permissions(&address.path, Permissions::from_mode(0o600))?;
            Ok(Self(listener))
        }

        pub(crate) async fn accept(&mut self) -> io::Result<Connection> {
            self.0.accept().await.map(|(connection, _)| connection)
        }
    }

    pub(crate) async fn connect(data_dir: &Path) -> io::Result<Connection> {
        let address = Address::within(data_dir)?;
        UnixStream::connect(&address.path).await
    }

    fn remove_stale(path: &Path) -> io::Result<()> {
        match std::fs::symlink_metadata(path) {
            Ok(found) if found.file_type().is_socket() => std::fs::remove_file(path),
            Ok(_) => Err(io::Error::from(io::ErrorKind::AlreadyExists)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// A path to the socket that fits into `sockaddr_un`, however deep the data directory lies.
    struct Address {
        path: PathBuf,
        /// Keeps the short path valid.
        _directory: Option<File>,
    }

    impl Address {
        fn within(data_dir: &Path) -> io::Result<Self> {
            let path = data_dir.join(FILE_NAME);
            if path.as_os_str().len() <= LONGEST_PATH {
                return Ok(Self { path, _directory: None });
            }
            Self::through_descriptor(data_dir)
        }

        #[cfg(any(target_os = "linux", target_os = "android"))]
        fn through_descriptor(data_dir: &Path) -> io::Result<Self> {
            use std::os::fd::AsRawFd;
            let directory = File::open(data_dir)?;
            let path = PathBuf::from(format!("/proc/self/fd/{}", directory.as_raw_fd())).join(FILE_NAME);
            Ok(Self { path, _directory: Some(directory) })
        }

        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        fn through_descriptor(_: &Path) -> io::Result<Self> {
            Err(io::Error::new(io::ErrorKind::InvalidInput, "the data directory's path is too long for a socket"))
        }
    }
}

#[cfg(windows)]
mod system {
    use std::io;
    use std::path::Path;
    use std::pin::Pin;

    use tokio::io::{AsyncRead, AsyncWrite};
    use tokio::net::windows::named_pipe::{ClientOptions, NamedPipeServer, ServerOptions};

    /// Names the pipe. Its name is random, so no other account can be there first; who may read this file may read the vault's files too.
    const FILE_NAME: &str = "handover.pipe";

    pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send {}
    impl<T: AsyncRead + AsyncWrite + Send> Duplex for T {}
    pub(crate) type Connection = Pin<Box<dyn Duplex>>;

    pub(crate) struct Listener {
        name: String,
        next: NamedPipeServer,
    }

    impl Listener {
        pub(crate) fn bind(data_dir: &Path) -> io::Result<Self> {
            let mut random = [0; 16];
            getrandom::fill(&mut random).map_err(io::Error::other)?;
            let name = format!(r"\\.\pipe\bogen-{}", hex::encode(random));
            // The default security descriptor lets other accounts read, not write: they cannot ask for anything.
            let next = ServerOptions::new().first_pipe_instance(true).reject_remote_clients(true).create(&name)?;
            std::fs::write(data_dir.join(FILE_NAME), &name)?;
            Ok(Self { name, next })
        }

        pub(crate) async fn accept(&mut self) -> io::Result<Connection> {
            self.next.connect().await?;
            let following = ServerOptions::new().reject_remote_clients(true).create(&self.name)?;
            Ok(Box::pin(std::mem::replace(&mut self.next, following)))
        }
    }

    pub(crate) async fn connect(data_dir: &Path) -> io::Result<Connection> {
        let name = std::fs::read_to_string(data_dir.join(FILE_NAME))?;
        Ok(Box::pin(ClientOptions::new().open(name)?))
    }
}
