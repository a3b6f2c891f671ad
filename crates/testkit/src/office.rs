//! The demo office: founded from nothing, with an administrator, a counsellor, a team leader and two clerks, each with a vault of their own.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::mailbox::Mailbox;
use crate::seat::{PASSPHRASE, Seat};

/// A founded office with everybody at their seats.
pub struct Office {
    /// The endpoint.
    pub mailbox: Mailbox,
    /// The administrator.
    pub admin: Seat,
    /// The counsellor.
    pub counsellor: Seat,
    /// The team leader.
    pub leader: Seat,
    /// The clerks; the first made the team key.
    pub clerks: [Seat; 2],
    /// The team.
    pub team: String,
    /// The three texts of the root key.
    pub root_shares: Vec<String>,
    folder: PathBuf,
}

impl Office {
    /// Founds an office below `folder`.
    ///
    /// # Errors
    /// If any step is refused.
    pub fn found(folder: &Path) -> Result<Self> {
        let mailbox = Mailbox::create(&folder.join("endpoint"))?;
        let mut admin = Seat::take(&folder.join("admin"))?;
        let founded = admin.call(
            "found_office",
            json!({
                "url": mailbox.url(),
                "code": mailbox.founding_code().context("a fresh endpoint prints a founding code")?,
                "office_name": "Jobcenter Musterstadt (Demo)",
                "admin_name": "Ada Admin",
                "passphrase": PASSPHRASE,
                "demo": true,
            }),
        )?;
        let root_shares = founded["root_shares"].as_array().context("shares")?.iter().filter_map(|share| share.as_str().map(str::to_owned)).collect();
        admin.call("contact", Value::Null)?;
        let view = admin.call("team_create", json!({ "name": "Leistung 1" }))?;
        let team = view["teams"][0]["team"].as_str().context("a team")?.to_owned();

        let join = |admin: &mut Seat, place: &str, name: &str, role: &str, teams: &[&str]| join(admin, &folder.join(place), name, role, teams);
        let counsellor = join(&mut admin, "counsellor", "Ina Integration", "counsellor", &[])?;
        let leader = join(&mut admin, "leader", "Theo Team", "team_leader", &[&team])?;
        let first = join(&mut admin, "clerk-1", "Clara Clerk", "clerk", &[&team])?;
        let second = join(&mut admin, "clerk-2", "Bernd Bescheid", "clerk", &[&team])?;
        let mut office = Self { mailbox, admin, counsellor, leader, clerks: [first, second], team, root_shares, folder: folder.to_path_buf() };
        office.exchange_keys()?;
        Ok(office)
    }

    /// One round of contacts, as the apps make by themselves: the first clerk makes the team key, the administrator signs it into the directory, the second
    /// clerk leaves a prekey, the first passes the key on, everybody fetches what is new.
    fn exchange_keys(&mut self) -> Result<()> {
        let [first, second] = &mut self.clerks;
        first.call("contact", Value::Null)?;
        self.admin.call("contact", Value::Null)?;
        for seat in [second, first] {
            seat.call("contact", Value::Null)?;
        }
        let [first, second] = &mut self.clerks;
        for seat in [second, first, &mut self.leader, &mut self.counsellor] {
            seat.call("contact", Value::Null)?;
        }
        Ok(())
    }

    /// The folder all data lies in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Invites somebody, lets them redeem the ticket, approves, and lets them see it.
fn join(admin: &mut Seat, data: &Path, name: &str, role: &str, teams: &[&str]) -> Result<Seat> {
    let invited = admin.call("invite", json!({ "name": name, "roles": [role], "teams": teams }))?;
    let mut seat = Seat::take(data)?;
    seat.call("enrol", json!({ "ticket": invited["ticket"], "name": name, "passphrase": PASSPHRASE }))?;
    let view = admin.call("office", Value::Null)?;
    let waiting = view["waiting"][0]["member"].as_str().context("somebody waits")?.to_owned();
    admin.call("approve", json!({ "member": waiting }))?;
    seat.call("contact", Value::Null)?;
    Ok(seat)
}
