//! Somebody at an app: a real `bogen session` process over a real vault.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};

use crate::programs::path_of;

/// A passphrase for everybody in the demo office.
pub const PASSPHRASE: &str = "Vier Worte genügen hier.";

impl crate::caller::Caller for Seat {
    fn call(&mut self, command: &str, args: Value) -> Result<Value> {
        Self::call(self, command, args)
    }
}

/// A running session. Dropping it kills it.
pub struct Seat {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    data: PathBuf,
}

impl Seat {
    /// Opens the app over the vault in `data`.
    ///
    /// # Errors
    /// If it does not start.
    pub fn take(data: &Path) -> Result<Self> {
        let mut process =
            Command::new(path_of("bogen")?).arg("--data").arg(data).arg("session").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = process.stdin.take().context("its input is piped")?;
        let output = BufReader::new(process.stdout.take().context("its output is piped")?);
        let mut seat = Self { process, input, output, data: data.to_path_buf() };
        seat.read_line()?;
        Ok(seat)
    }

    /// Runs a command; the error code is the error's text.
    ///
    /// # Errors
    /// The command's, or that the session ended.
    pub fn call(&mut self, command: &str, args: Value) -> Result<Value> {
        let args = if args.is_null() { json!({}) } else { args };
        writeln!(self.input, "{}", json!({ "command": command, "args": args }))?;
        loop {
            let line = self.read_line()?;
            if let Some(reply) = line.get("ok") {
                return Ok(reply.clone());
            }
            if let Some(error) = line.get("error") {
                bail!("{command}: {} {}", error["code"].as_str().unwrap_or("?"), error["params"]);
            }
        }
    }

    /// Runs a command that must fail and returns the code.
    ///
    /// # Errors
    /// If it succeeds.
    pub fn refused(&mut self, command: &str, args: Value) -> Result<String> {
        match self.call(command, args) {
            Ok(_) => Err(anyhow!("{command} should have been refused")),
            Err(error) => Ok(error.to_string().split(' ').nth(1).unwrap_or_default().to_owned()),
        }
    }

    /// Unlocks the first user.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub fn unlock(&mut self) -> Result<Value> {
        let status = self.call("status", Value::Null)?;
        let user = status["users"][0]["user"].as_str().context("there is a user")?.to_owned();
        self.call("unlock", json!({ "user": user, "passphrase": PASSPHRASE }))
    }

    /// Kills the app in the middle of whatever it does (SIGKILL) and opens it again, locked.
    ///
    /// # Errors
    /// If it does not start again.
    pub fn kill_and_retake(self) -> Result<Self> {
        let data = self.data.clone();
        drop(self);
        Self::take(&data)
    }

    /// The vault's folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    fn read_line(&mut self) -> Result<Value> {
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            bail!("the session ended");
        }
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
