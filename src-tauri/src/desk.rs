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
use tokio::sync::Notify;

use crate::window::MAIN;

/// The name under which the window hears the app's events.
const EVENT: &str = "bogen";

/// How long closing waits for the app to lock; keys leave memory with the process in any case.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);

/// What the window works with.
pub struct Desk {
    app: Result<Arc<App>, CommandError>,
    /// Told when the page asked how things stand, and was told that the app is locked.
    asked: Notify,
}

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
            tauri::async_runtime::spawn(commands::deliver_by_itself(Arc::clone(app)));
        }
        Self { app, asked: Notify::new() }
    }

    /// Whether another instance of the app has this data open.
    pub fn is_taken(&self) -> bool {
        matches!(&self.app, Err(CommandError { code: ErrorCode::VaultBusy, .. }))
    }

    /// Runs a command apart from the window's own task: a fault inside becomes an error code, and the window gets its answer.
    pub async fn run(&self, command: Command) -> Result<Value, CommandError> {
        let app = self.app.clone()?;
        let running = tauri::async_runtime::spawn(async move { app.run(command).await });
        running.await.unwrap_or_else(|_| Err(CommandError::new(ErrorCode::Internal)))
    }

    /// The same for the page.
    pub async fn run_for_page(&self, command: Command) -> Result<Value, CommandError> {
        let asks = matches!(command, Command::Status(_));
        let reply = self.run(command).await;
        if asks && reply.as_ref().is_ok_and(|status| status["session"].is_null()) {
            self.asked.notify_waiters();
        }
        reply
    }

    /// Locks, and waits at most `patience` until the page has heard of it.
    pub fn lock_before_the_page(&self, patience: Duration) {
        let mut asked = std::pin::pin!(self.asked.notified());
        // From here on no word is missed.
        asked.as_mut().enable();
        self.lock();
        // A page that does not ask hangs; whoever waits goes on all the same.
        let _ = tauri::async_runtime::block_on(async { tokio::time::timeout(patience, asked).await });
    }

    /// Locks at closing and before sleep: forgets keys, opened forms and ticked-off marks.
    pub fn lock(&self) {
        // Nothing is left to be done about a failure: whatever was confirmed is durable, and keys leave memory with the process.
        let _ = tauri::async_runtime::block_on(async { tokio::time::timeout(LOCK_PATIENCE, self.run(Command::Lock(Nothing {}))).await });
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
