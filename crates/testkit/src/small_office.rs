//! An office for tests of faults: a real endpoint process, an administrator and a clerk inside this process, and as many counsellors as are asked for.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::desk::Desk;
use crate::mailbox::Mailbox;
use crate::seat::PASSPHRASE;

/// See the module.
pub struct SmallOffice {
    /// The endpoint.
    pub mailbox: Mailbox,
    /// The administrator.
    pub admin: Desk,
    /// The clerk, who made the team key.
    pub clerk: Desk,
    /// The team.
    pub team: String,
    /// The three shares of the root key, as they were shown for paper.
    pub root_shares: Vec<String>,
    folder: PathBuf,
}

impl SmallOffice {
    /// Founds an office below `folder`.
    ///
    /// # Errors
    /// If any step is refused.
    pub fn found(folder: &Path) -> Result<Self> {
        let mailbox = Mailbox::create(&folder.join("endpoint"))?;
        let mut admin = Desk::open(&folder.join("admin"))?;
        let code = mailbox.founding_code().context("a fresh endpoint prints a founding code")?;
        let args = json!({
            "url": mailbox.url(),
            "code": code,
            "office_name": "Jobcenter Klein",
            "admin_name": "Ada Admin",
            "passphrase": PASSPHRASE,
            "demo": true,
        });
        let founded = admin.call("found_office", args)?;
        let root_shares = founded["root_shares"].as_array().context("shares")?.iter().filter_map(|share| share.as_str().map(str::to_owned)).collect();
        admin.call("contact", Value::Null)?;
        let view = admin.call("team_create", json!({ "name": "Leistung 1" }))?;
        let team = view["teams"][0]["team"].as_str().context("a team")?.to_owned();
        let clerk = Desk::open(&folder.join("clerk"))?;
        let mut office = Self { mailbox, admin, clerk, team: team.clone(), root_shares, folder: folder.to_path_buf() };
        let ticket = office.ticket("clerk", &[&team])?;
        office.enrol_clerk(&ticket)?;
        Ok(office)
    }

    fn enrol_clerk(&mut self, ticket: &str) -> Result<()> {
        self.clerk.call("enrol", json!({ "ticket": ticket, "name": "Clara Clerk", "passphrase": PASSPHRASE }))?;
        self.approve()?;
        self.clerk.call("contact", Value::Null)?;
        self.clerk.call("contact", Value::Null)?;
        self.admin.call("contact", Value::Null)?;
        self.clerk.call("contact", Value::Null)?;
        Ok(())
    }

    /// A fresh ticket.
    ///
    /// # Errors
    /// The command's.
    pub fn ticket(&mut self, role: &str, teams: &[&str]) -> Result<String> {
        let invited = self.admin.call("invite", json!({ "name": "Neu", "roles": [role], "teams": teams }))?;
        Ok(invited["ticket"].as_str().context("a ticket")?.to_owned())
    }

    /// Approves whoever waits first.
    ///
    /// # Errors
    /// The commands'.
    pub fn approve(&mut self) -> Result<()> {
        let view = self.admin.call("office", Value::Null)?;
        let member = view["waiting"][0]["member"].as_str().context("somebody waits")?.to_owned();
        self.admin.call("approve", json!({ "member": member }))?;
        Ok(())
    }

    /// A counsellor with a vault of her own in the folder `place`, unlocked.
    ///
    /// # Errors
    /// If any step is refused.
    pub fn counsellor(&mut self, place: &str) -> Result<Desk> {
        let desk = Desk::open(&self.place(place))?;
        self.enrol_counsellor(desk)
    }

    /// The same for an app that is open already.
    ///
    /// # Errors
    /// If any step is refused.
    pub fn enrol_counsellor(&mut self, desk: Desk) -> Result<Desk> {
        self.enrol(desk, "counsellor", &[])
    }

    /// Somebody with another role, in these teams.
    ///
    /// # Errors
    /// If any step is refused.
    pub fn enrol(&mut self, mut desk: Desk, role: &str, teams: &[&str]) -> Result<Desk> {
        let ticket = self.ticket(role, teams)?;
        desk.call("enrol", json!({ "ticket": ticket, "name": "Ina Integration", "passphrase": PASSPHRASE }))?;
        self.approve()?;
        desk.call("contact", Value::Null)?;
        Ok(desk)
    }

    /// A folder below the office's.
    #[must_use]
    pub fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}
