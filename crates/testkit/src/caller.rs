//! Whoever gives the app commands: a process of its own ([`crate::seat::Seat`]) or an app inside this one ([`crate::desk::Desk`]).

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::seat::PASSPHRASE;

/// See the module.
pub trait Caller {
    /// Runs a command.
    ///
    /// # Errors
    /// The command's; its code is the second word of the text.
    fn call(&mut self, command: &str, args: Value) -> Result<Value>;

    /// Runs a command that must be refused and returns the code.
    ///
    /// # Errors
    /// If it succeeds.
    fn code_of(&mut self, command: &str, args: Value) -> Result<String> {
        match self.call(command, args) {
            Ok(_) => bail!("{command} should have been refused"),
            Err(error) => Ok(error.to_string().split(' ').nth(1).unwrap_or_default().to_owned()),
        }
    }

    /// Unlocks the first user.
    ///
    /// # Errors
    /// The command's.
    fn sign_in(&mut self) -> Result<Value> {
        let status = self.call("status", Value::Null)?;
        let user = status["users"][0]["user"].as_str().context("there is a user")?.to_owned();
        self.call("unlock", json!({ "user": user, "passphrase": PASSPHRASE }))
    }
}
