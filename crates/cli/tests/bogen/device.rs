//! The devices of those who join an office.

use std::path::PathBuf;

use serde_json::Value;

use crate::office::{Office, PASSPHRASE};
use crate::program::{bogen, run, stderr, stdout};

/// A device of somebody who joined with a ticket.
pub struct Device {
    /// Their vault.
    pub vault: PathBuf,
    /// Their id in the office.
    pub member: String,
}

impl Device {
    /// Invites, enrols and approves somebody on a device of their own.
    pub fn join(office: &Office, name: &str, role: &[&str]) -> Self {
        let ticket = office.reply(&[&["invite", name], role].concat(), "")["ticket"].as_str().expect("a ticket").to_owned();
        let vault = office.beside(name);
        let mut device = Self { vault, member: String::new() };
        device.reply(&["enrol", "--name", name], &format!("{ticket}\n"));
        device.member = office.reply(&["office", "show"], "")["waiting"][0]["member"].as_str().expect("somebody waits").to_owned();
        office.reply(&["approve", &device.member], "");
        device.reply(&["contact"], "");
        device
    }

    /// Runs a command as them, with a JSON reply.
    pub fn run(&self, arguments: &[&str], input: &str) -> std::process::Output {
        run(bogen(&self.vault).args(["--json", "--passphrase-stdin"]).args(arguments), &format!("{PASSPHRASE}\n{input}"))
    }

    /// The reply of a command that must succeed.
    pub fn reply(&self, arguments: &[&str], input: &str) -> Value {
        let output = self.run(arguments, input);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
        serde_json::from_str(&stdout(&output)).expect("JSON")
    }
}
