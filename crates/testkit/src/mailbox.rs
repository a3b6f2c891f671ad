//! A real endpoint process on loopback, with TLS.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::programs::path_of;

/// A running endpoint. Dropping it kills it, as a power cut would.
pub struct Mailbox {
    process: Child,
    data: PathBuf,
    address: String,
    founding_code: Option<String>,
}

impl Mailbox {
    /// Makes a fresh endpoint in `data` and starts it.
    ///
    /// # Errors
    /// If it does not start.
    pub fn create(data: &Path) -> Result<Self> {
        let made = Command::new(path_of("bogen-endpoint")?).arg("init").arg("--data").arg(data).stdout(Stdio::null()).status()?;
        ensure!(made.success(), "the endpoint could not be made");
        Self::start(data, "127.0.0.1:0")
    }

    /// Starts the endpoint in `data`.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start(data: &Path, listen: &str) -> Result<Self> {
        let mut process = Command::new(path_of("bogen-endpoint")?)
            .args(["serve", "--listen", listen, "--data"])
            .arg(data)
            .env("RUST_LOG", std::env::var("RUST_LOG").unwrap_or_else(|_| "warn".into()))
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("its output is piped")?).read_line(&mut line)?;
        let said: Value = serde_json::from_str(&line).context("the endpoint says where it listens")?;
        let address = said["address"].as_str().context("an address")?.to_owned();
        let founding_code = said["founding_code"].as_str().map(str::to_owned);
        Ok(Self { process, data: data.to_path_buf(), address, founding_code })
    }

    /// Kills it (SIGKILL) and starts it again on the same address.
    ///
    /// # Errors
    /// If it does not start again.
    pub fn kill_and_restart(&mut self) -> Result<()> {
        self.kill()?;
        *self = Self::start(&self.data.clone(), &self.address.clone())?;
        Ok(())
    }

    /// The same, with another grace after an entry.
    ///
    /// # Errors
    /// If the settings are not as `init` writes them, or it does not start again.
    pub fn restart_with_grace(&mut self, seconds: u64) -> Result<()> {
        let file = self.data.join("endpoint.toml");
        let settings = std::fs::read_to_string(&file)?;
        ensure!(settings.contains("\ngrace_seconds = 900\n"), "another grace was set before");
        std::fs::write(&file, settings.replace("grace_seconds = 900", &format!("grace_seconds = {seconds}")))?;
        self.kill_and_restart()
    }

    /// What its operator hands to an auditor; it serves meanwhile.
    ///
    /// # Errors
    /// If the program fails.
    pub fn audit(&self) -> Result<Vec<u8>> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("endpoint.audit");
        let made = Command::new(path_of("bogen-endpoint")?).arg("audit").arg(&file).arg("--data").arg(&self.data).stdout(Stdio::null()).status()?;
        ensure!(made.success(), "the endpoint exports no log");
        Ok(std::fs::read(file)?)
    }

    /// Kills it (SIGKILL).
    ///
    /// # Errors
    /// If the system refuses.
    pub fn kill(&mut self) -> Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// The code it printed; none once founded.
    #[must_use]
    pub fn founding_code(&self) -> Option<&str> {
        self.founding_code.as_deref()
    }

    /// Its data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
