//! The opened app behind the window, or why it could not be opened.

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clock::SystemClock;
use commands::api::{Event, Nothing};
use commands::{App, AppOptions, Command, CommandError, ErrorCode, Host};
use serde_json::Value;
use tauri::{AppHandle, Emitter, Runtime};

use crate::window::MAIN;

/// The name under which the window hears the app's events.
const EVENT: &str = "bogen";

/// How long closing waits for the app to lock; keys leave memory with the process in any case.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);

/// What the window works with.
pub struct Desk(Result<Arc<App>, CommandError>);

impl Desk {
    /// Opens the data in this folder. A failure is kept, so that the window can show its sentence.
    pub fn open<R: Runtime>(data_dir: PathBuf, handle: &AppHandle<R>) -> Self {
        let folder = data_dir.clone();
        let options = AppOptions { data_dir, kdf: None, clock: Arc::new(SystemClock), host: Arc::new(WindowHost(handle.clone())) };
        // A damaged vault must not take the window with it, whatever it brings about.
        let opened = std::panic::catch_unwind(AssertUnwindSafe(|| App::open(options)));
        let app = opened.unwrap_or_else(|_| Err(CommandError::new(ErrorCode::Internal))).map(Arc::new);
        if let Ok(app) = &app {
            take_errands(app, &folder);
        }
        Self(app)
    }

    /// Whether another instance of the app has this data open.
    pub fn is_taken(&self) -> bool {
        matches!(&self.0, Err(CommandError { code: ErrorCode::VaultBusy, .. }))
    }

    /// Runs a command apart from the window's own task: a fault inside becomes an error code, and the window gets its answer.
    pub async fn run(&self, command: Command) -> Result<Value, CommandError> {
        let app = self.0.clone()?;
        let running = tauri::async_runtime::spawn(async move { app.run(command).await });
        running.await.unwrap_or_else(|_| Err(CommandError::new(ErrorCode::Internal)))
    }

    /// Locks at closing: forgets keys, opened forms and ticked-off marks.
    pub fn lock(&self) {
        let locking = tokio::time::timeout(LOCK_PATIENCE, self.run(Command::Lock(Nothing {})));
        // Nothing is left to be done about a failure: the process ends now, and whatever was confirmed is durable.
        let _ = tauri::async_runtime::block_on(locking);
    }
}

/// Delivers for `bogen sync` while the window holds the data. Without it the window works all the same, and `bogen` waits.
fn take_errands(app: &Arc<App>, folder: &Path) {
    if let Ok(errands) = tauri::async_runtime::block_on(async { commands::serve(Arc::clone(app), folder) }) {
        tauri::async_runtime::spawn(errands);
    }
}

/// Passes the app's events on to the window.
struct WindowHost<R: Runtime>(AppHandle<R>);

impl<R: Runtime> Host for WindowHost<R> {
    fn emit(&self, event: Event) {
        // Without a window, before its opening or after its closing, nobody needs to know.
        let _ = self.0.emit_to(MAIN, EVENT, event);
    }
}
