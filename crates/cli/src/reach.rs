//! To the vault: open it, hand over to whoever holds it, or wait.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clock::SystemClock;
use commands::{App, AppOptions, CommandError, ErrorCode, Host};
use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::failure::Failure;
use crate::tasks::Errand;

/// The window's identifier; its data folder is ours.
const IDENTIFIER: &str = "de.bogen.app";
/// Pause between two looks at a busy vault.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// The folder of the window on this system.
///
/// # Errors
/// The environment names no home.
pub fn default_folder() -> Result<PathBuf, Failure> {
    local_data_folder()
        .map(|folder| folder.join(IDENTIFIER))
        .ok_or_else(|| Failure::usage("there is no home folder; name the data folder with --data"))
}

#[cfg(all(unix, not(target_os = "macos")))]
fn local_data_folder() -> Option<PathBuf> {
    let of = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    of("XDG_DATA_HOME").or_else(|| of("HOME").map(|home| home.join(".local/share")))
}

#[cfg(target_os = "macos")]
fn local_data_folder() -> Option<PathBuf> {
    std::env::var_os("HOME").map(|home| PathBuf::from(home).join("Library/Application Support"))
}

#[cfg(windows)]
fn local_data_folder() -> Option<PathBuf> {
    std::env::var_os("LOCALAPPDATA").map(PathBuf::from)
}

/// Opens the vault, waiting while another instance holds it.
///
/// # Errors
/// What opening says; `vault_busy` when `wait` is over.
pub async fn open(folder: &Path, host: &Arc<dyn Host>, wait: Duration) -> Result<App, CommandError> {
    let deadline = Instant::now() + wait;
    loop {
        match open_now(folder, host) {
            Err(error) if error.code == ErrorCode::VaultBusy && Instant::now() < deadline => sleep(LOOK_AGAIN).await,
            other => return other,
        }
    }
}

/// What came of an errand.
pub struct Reply {
    /// As the app said it.
    pub value: Value,
    /// Whether whoever holds the vault carried it out: then it leaves out names.
    pub handed_over: bool,
}

/// Carries an errand out: in the vault if it is free, otherwise by whoever holds it.
///
/// # Errors
/// What the errand says; `vault_busy` when `wait` is over and the holder does not listen.
pub async fn run_errand(folder: &Path, host: &Arc<dyn Host>, wait: Duration, errand: Errand) -> Result<Reply, CommandError> {
    let deadline = Instant::now() + wait;
    loop {
        match open_now(folder, host) {
            Err(error) if error.code == ErrorCode::VaultBusy => {}
            other => return Ok(Reply { value: other?.run(errand.command()).await?, handed_over: false }),
        }
        if let Some(reply) = commands::request(folder, errand.command().name()).await {
            return Ok(Reply { value: reply?, handed_over: true });
        }
        if Instant::now() >= deadline {
            return Err(CommandError::new(ErrorCode::VaultBusy));
        }
        sleep(LOOK_AGAIN).await;
    }
}

fn open_now(folder: &Path, host: &Arc<dyn Host>) -> Result<App, CommandError> {
    App::open(AppOptions { data_dir: folder.to_owned(), kdf: None, clock: Arc::new(SystemClock), host: Arc::clone(host) })
}
