//! The app: one vault, one office, at most one unlocked user.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clock::Clock;
use protocol::UnixTime;
use vault::{Vault, VaultOptions};

use crate::api::{CommandError, ErrorCode, Event};
use crate::desk::Desk;
use crate::handing_over::Deliveries;
use crate::host::{AppOptions, Host};

/// See the crate. Commands may run at the same time; each holds the desk only while it works on it.
pub struct App {
    desk: Mutex<Desk>,
    /// Held by the one delivery that runs.
    pub(crate) delivery: Deliveries,
    /// Held by the one exchange with the endpoint that runs: each view of the log is compared with the one before.
    pub(crate) exchange_gate: tokio::sync::Mutex<()>,
    /// Told whenever what `status` shows may have changed: perhaps there is something to deliver.
    news: tokio::sync::Notify,
    clock: Arc<dyn Clock>,
    host: Arc<dyn Host>,
}

/// Derives from a passphrase on a thread of its own: half a second in which the desk stays free for a delivery that runs meanwhile.
pub(crate) async fn off_the_desk<T: Send + 'static>(derivation: impl FnOnce() -> T + Send + 'static) -> Result<T, CommandError> {
    tokio::task::spawn_blocking(derivation).await.map_err(|_| CommandError::new(ErrorCode::Internal))
}

impl App {
    /// Opens the vault and what is known of the office.
    ///
    /// # Errors
    /// A [`CommandError`] saying why the vault cannot be used; nothing was changed.
    pub fn open(options: AppOptions) -> Result<Self, CommandError> {
        let vault = Vault::open_or_create(&options.data_dir, &VaultOptions { kdf: options.kdf }, Arc::clone(&options.clock))?;
        let desk = Desk::over(Arc::new(vault))?;
        Ok(Self {
            desk: Mutex::new(desk),
            delivery: Deliveries::default(),
            news: tokio::sync::Notify::new(),
            exchange_gate: tokio::sync::Mutex::new(()),
            clock: options.clock,
            host: options.host,
        })
    }

    /// The desk. Never held across a wait for the network.
    pub(crate) fn desk(&self) -> MutexGuard<'_, Desk> {
        // A panic while it was held was a fault of one command; what is on the disk is whole, and memory is only a copy of it.
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> UnixTime {
        self.clock.now()
    }

    pub(crate) fn emit(&self, event: Event) {
        self.host.emit(event);
    }

    /// Tells the shell that what `status` shows may have changed.
    pub(crate) fn changed(&self) {
        self.news.notify_one();
        self.emit(Event::Changed {});
    }

    /// Waits until something that `status` shows may have changed, also if that was before this was called.
    pub(crate) async fn news(&self) {
        self.news.notified().await;
    }
}
