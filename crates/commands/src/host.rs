//! What a shell gives the app: where to lie, what time it is, and somebody who listens.

use std::path::PathBuf;
use std::sync::Arc;

use clock::Clock;
use vault::KdfCost;

use crate::api::Event;

/// A shell: the window, the command line, a test.
pub trait Host: Send + Sync {
    /// Something happened that a shell may want to show. Must return at once.
    fn emit(&self, event: Event);
}

/// A shell that listens to nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct SilentHost;

impl Host for SilentHost {
    fn emit(&self, _event: Event) {}
}

/// How to open the app.
pub struct AppOptions {
    /// The vault's folder; made if missing.
    pub data_dir: PathBuf,
    /// Cost of the passphrase derivation for new users; none: calibrated on this machine.
    pub kdf: Option<KdfCost>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The shell.
    pub host: Arc<dyn Host>,
}
