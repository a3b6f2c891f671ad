//! A form that belongs to another team: it goes there under that team's key, before anybody was shown it. What was collected, from whom and when, stays as it is;
//! only whose queue it is in, and which key opens it, changes.

use office::roles::Permission;
use protocol::problem::ProblemCode;
use protocol::{Tag, TeamId};
use rusqlite::params;

use super::batch::Batch;
use super::clerk::{Held, demand_token};
use super::fault::{Refusal, StoreFault};
use super::records::Hold;
use super::rewrap::Rewrapped;
use super::units;

/// Alone: nothing speaks of another record, and no word about its entry waits. What belongs together is read by one clerk, so it stays together.
const IS_ALONE: &str = "SELECT follows IS NULL AND supersedes IS NULL AND NOT EXISTS (SELECT 1 FROM entering WHERE entering.record = this.id) \
     AND NOT EXISTS (SELECT 1 FROM record AS number WHERE number.follows = this.record) \
     AND NOT EXISTS (SELECT 1 FROM record AS later WHERE later.supersedes = this.record) FROM record AS this WHERE id = ?1";

impl Batch<'_> {
    /// Puts the same form under another team's open key, and into that team's distribution. Returns its place in the log.
    pub(crate) fn forward(&mut self, new: &Rewrapped) -> Result<u64, Refusal> {
        let office = self.office()?;
        let held = self.held_for(new.clerk, new.record, Permission::OpenRecord)?;
        held.demand_bytes()?;
        demand_token(&held, new.token)?;
        let to = new.rewrap.team;
        let has_clerks = office.directory.clerks_of(to).next().is_some();
        let is_open = has_clerks && office.directory.open_key(&to).is_some_and(|key| key.epoch == new.rewrap.team_key_epoch);
        if to == held.team || !is_open || held.digest != new.replaces || !self.may_go(&held)? {
            return Err(ProblemCode::Conflict.into());
        }
        self.demand_same_form(&held, &new.envelope)?;
        self.keep_move(held.id)?;
        let position = self.replace_bytes(&held, new)?;
        self.hand_over(&held, to)?;
        Ok(position)
    }

    /// Waiting to be entered, seen by nobody, and alone.
    fn may_go(&self, held: &Held) -> Result<bool, StoreFault> {
        let waits = held.facts.hold == Hold::No as i64 && !held.facts.awaits_number && !held.shown;
        Ok(waits && self.sql.prepare_cached(IS_ALONE)?.query_row([held.id], |row| row.get(0))?)
    }

    /// Into the unit of the same tag there, with the time of its arrival at the office. Nobody can have entered it, so nobody is warned that it may be entered.
    fn hand_over(&mut self, held: &Held, to: TeamId) -> Result<(), Refusal> {
        let office = self.office()?;
        let mut select = self.sql.prepare_cached("SELECT unit.tag FROM record JOIN unit ON unit.id = record.unit WHERE record.id = ?1")?;
        let tag = Tag(select.query_row([held.id], |row| row.get(0))?);
        let unit = units::unit(self.sql, to, tag)?;
        self.sql
            .prepare_cached("UPDATE record SET team = ?2, unit = ?3, opened_by = NULL, fetched_frozen_by = NULL WHERE id = ?1")?
            .execute(params![held.id, to.0, unit.id])?;
        Ok(self.assign(&office.directory, to, unit)?)
    }
}
