//! An open app and the person in front of it: runs commands, and unlocks when a command asks for it.

use commands::api::{ChangePassphrase, Nothing, Passphrase, Status, Unlock};
use commands::{App, Command, ErrorCode};
use serde::de::DeserializeOwned;

use crate::failure::Failure;
use crate::input::Input;

/// An open app and the person in front of it.
pub struct Shell {
    app: App,
    user: Option<String>,
    /// What the person types.
    pub input: Input,
}

impl Shell {
    /// Takes the app over. If a user or a passphrase was named, unlocks at once.
    ///
    /// # Errors
    /// Unlocking failed.
    pub async fn new(app: App, user: Option<String>, input: Input, unlock_first: bool) -> Result<Self, Failure> {
        let named = user.is_some() || input.has_passphrase();
        let mut shell = Self { app, user, input };
        if named && unlock_first {
            shell.unlock().await?;
        }
        Ok(shell)
    }

    /// The app and stdin, for a session.
    pub fn into_parts(self) -> (App, Input) {
        (self.app, self.input)
    }

    /// Runs a command; if the app is locked, unlocks it and runs the command then.
    ///
    /// # Errors
    /// What the command says.
    pub async fn run<T: DeserializeOwned>(&mut self, command: impl Fn() -> Command) -> Result<T, Failure> {
        let reply = match self.app.run(command()).await {
            Err(error) if error.code == ErrorCode::Locked => {
                self.unlock().await?;
                self.app.run(command()).await?
            }
            other => other?,
        };
        Ok(serde_json::from_value(reply).expect("invariant: a reply reads back as its own type"))
    }

    /// Runs a command that carries a secret; it is not repeated.
    ///
    /// # Errors
    /// What the command says.
    pub async fn run_once<T: DeserializeOwned>(&mut self, command: Command) -> Result<T, Failure> {
        let reply = self.app.run(command).await?;
        Ok(serde_json::from_value(reply).expect("invariant: a reply reads back as its own type"))
    }

    /// Unlocks and sets another passphrase; the one in force is asked for once.
    ///
    /// # Errors
    /// It is wrong, or the new one will not do. It stays in force then.
    pub async fn change_passphrase(&mut self) -> Result<Nothing, Failure> {
        let old = self.unlock().await?;
        let new = self.input.other_passphrase()?;
        self.run_once(Command::ChangePassphrase(ChangePassphrase { old, new })).await
    }

    /// Unlocks the user of this call.
    ///
    /// # Errors
    /// Wrong passphrase, or it is not clear whose.
    pub async fn sign_in(&mut self) -> Result<(), Failure> {
        self.unlock().await.map(drop)
    }

    /// Id and name of this user, by either; none: of the user of this call.
    ///
    /// # Errors
    /// There is none, or several fit.
    pub async fn whose(&mut self, wanted: Option<&str>) -> Result<(String, String), Failure> {
        let status: Status = self.run_once(Command::Status(Nothing {})).await?;
        choose(&status, wanted.or(self.user.as_deref()))
    }

    async fn unlock(&mut self) -> Result<Passphrase, Failure> {
        let status: Status = self.run_once(Command::Status(Nothing {})).await?;
        let (user, name) = choose(&status, self.user.as_deref())?;
        let passphrase = self.input.passphrase(&name)?;
        let _: Status = self.run_once(Command::Unlock(Unlock { user, passphrase: passphrase.clone() })).await?;
        Ok(passphrase)
    }
}

/// The user meant: by id or name, or the only one.
fn choose(status: &Status, wanted: Option<&str>) -> Result<(String, String), Failure> {
    let mut fitting = status.users.iter().filter(|user| wanted.is_none_or(|wanted| user.user == wanted || user.name == wanted));
    match (fitting.next(), fitting.next()) {
        (Some(user), None) => Ok((user.user.clone(), user.name.clone())),
        (None, _) if status.users.is_empty() => {
            Err(Failure::WhoseData("nobody has data on this device yet; `bogen enrol` or `bogen found` comes first"))
        }
        (None, _) => Err(Failure::WhoseData("there is no such user on this device; `bogen status` lists them")),
        (Some(_), Some(_)) => Err(Failure::WhoseData("several users fit; name one by id with --user (`bogen status` lists them)")),
    }
}
