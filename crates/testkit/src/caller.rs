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

    /// Somebody else sits down at this device.
    ///
    /// # Errors
    /// If nobody of that name is known there, or the command's.
    fn sit_down(&mut self, name: &str) -> Result<Value> {
        self.call("lock", Value::Null)?;
        let status = self.call("status", Value::Null)?;
        let users = status["users"].as_array().context("users")?;
        let user = users.iter().find(|user| user["name"] == name).with_context(|| format!("{name} is known here"))?["user"].clone();
        self.call("unlock", json!({ "user": user, "passphrase": PASSPHRASE }))
    }
}
