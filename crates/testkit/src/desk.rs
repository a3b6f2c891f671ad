//! An app inside this process, with a clock that can be set and the cheapest passphrase a vault accepts.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, anyhow};
use clock::{Clock, SystemClock};
use commands::{App, AppOptions, Command, CommandError, Courier, KdfCost, SilentHost};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::caller::Caller;

/// See the module.
pub struct Desk {
    app: App,
    runtime: Runtime,
}

impl Desk {
    /// Opens the app over the vault in `data`, at the system's time.
    ///
    /// # Errors
    /// As [`Self::open_with`].
    pub fn open(data: &Path) -> Result<Self> {
        Self::open_with(data, Arc::new(SystemClock), Some(KdfCost::new(64 * 1024, 1, 1)?))
    }

    /// The same with another clock, and with another cost for new passphrases; none: as shipped.
    ///
    /// # Errors
    /// The app's; its code is the second word of the text.
    pub fn open_with(data: &Path, clock: Arc<dyn Clock>, kdf: Option<KdfCost>) -> Result<Self> {
        let options = AppOptions { data_dir: data.to_path_buf(), kdf, clock, host: Arc::new(SilentHost) };
        let app = App::open(options).map_err(|error| worded("open", &error))?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        Ok(Self { app, runtime })
    }

    /// Runs a command that is built already: what the benchmark measures.
    ///
    /// # Errors
    /// The command's.
    pub fn run(&self, command: Command) -> Result<Value> {
        let name = command.name();
        self.runtime.block_on(self.app.run(command)).map_err(|error| worded(name, &error))
    }
}

impl Desk {
    /// One look of the delivery that nobody asked for; how long it waits then.
    pub fn deliver_by_itself(&self, courier: &mut Courier) -> Option<Duration> {
        self.runtime.block_on(courier.turn(&self.app))
    }

    /// Runs a command twice at the same time.
    pub fn twice(&self, command: impl Fn() -> Command) -> [Result<Value>; 2] {
        let run = || {
            let command = command();
            let name = command.name();
            async move { self.app.run(command).await.map_err(|error| worded(name, &error)) }
        };
        self.runtime.block_on(async {
            let (one, other) = tokio::join!(run(), run());
            [one, other]
        })
    }

    /// How long a shell waits for the next command before it locks.
    #[must_use]
    pub fn lock_patience(&self) -> Option<Duration> {
        self.app.lock_patience()
    }
}

impl Caller for Desk {
    fn call(&mut self, command: &str, args: Value) -> Result<Value> {
        self.run(built(command, args)?)
    }
}

/// A command from its name and arguments, as shells send them.
///
/// # Errors
/// If there is no such command.
pub fn built(command: &str, args: Value) -> Result<Command> {
    let args = if args.is_null() { json!({}) } else { args };
    Ok(serde_json::from_value(json!({ "command": command, "args": args }))?)
}

/// As `Seat` words it.
fn worded(command: &str, error: &CommandError) -> anyhow::Error {
    let code = serde_json::to_value(error.code).unwrap_or_default();
    anyhow!("{command}: {} {}", code.as_str().unwrap_or("?"), json!(error.params))
}
