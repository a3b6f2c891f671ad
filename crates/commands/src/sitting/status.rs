//! What the app shows of itself at any time, locked or not.

use protocol::directory::Standing;

use crate::App;
use crate::administering::role_code;
use crate::api::{CommandError, EnrolmentState, Nothing, SafetyCounts, SessionInfo, Status, UserSummary};
use crate::desk::Desk;

/// Drafts older than this are mentioned: one day, in seconds.
const OLD_DRAFT: u64 = 24 * 3600;

impl App {
    /// State of the app as a whole.
    pub(crate) async fn status(&self, _: Nothing) -> Result<Status, CommandError> {
        self.status_now()
    }

    /// The same, for commands that end with it.
    pub(crate) fn status_now(&self) -> Result<Status, CommandError> {
        let mut desk = self.desk();
        let pin = desk.pin_info(self.now());
        let users = desk.users()?;
        let (log_fault_at, log_fault_cleared_at) = desk.log_fault_times();
        // The customer's side needs to know that it is, and nothing about anybody else.
        let turned = desk.turning.whose().cloned();
        let staff = turned.is_none();
        let counts = if staff {
            desk.counts()?
        } else {
            SafetyCounts { drafts: 0, sealed: 0, delivered: 0, mig_due: 0, numbers_due: 0, papers_due: 0, destroyed: 0 }
        };
        Ok(Status {
            version: crate::VERSION.to_owned(),
            office: desk.office_name(),
            demo: desk.settings().is_some_and(|settings| settings.demo),
            enrolment: desk.device_standing(),
            users: users.into_iter().filter(|_| staff).map(|user| UserSummary { user: user.user.to_string(), name: user.name }).collect(),
            session: desk.session_info().map(|session| if staff { session } else { SessionInfo { name: String::new(), ..session } }),
            sync_requested: desk.asked_to_deliver(self.now()).filter(|_| counts.sealed + counts.drafts > 0).map(|at| at.0),
            counts,
            waits_for_clerks: desk.settings().is_some_and(|settings| settings.receipt_policy.require_accepted),
            turned,
            turn_code: desk.turning.has_code(),
            pin,
            lock_after: desk.lock_after(),
            warnings: desk.warnings(self.now())?,
            last_contact: desk.last_contact().map(|at| at.0),
            log_fault_at: log_fault_at.map(|at| at.0),
            log_fault_cleared_at: log_fault_cleared_at.map(|at| at.0),
        })
    }
}

impl Desk {
    /// Whether this device counts in the office.
    fn device_standing(&self) -> EnrolmentState {
        if !self.has_office() {
            return EnrolmentState::None;
        }
        let Ok(directory) = self.directory() else { return EnrolmentState::Waiting };
        standing(directory.device(&self.device().0).map(|device| device.standing))
    }

    fn session_info(&self) -> Option<SessionInfo> {
        let unlocked = self.unlocked().ok()?;
        let directory = self.directory().ok();
        let member = unlocked.state().ok().and_then(|user| directory.and_then(|directory| directory.member(&user.member)));
        let active = member.filter(|member| member.standing == Standing::Active);
        Some(SessionInfo {
            user: unlocked.user().to_string(),
            name: unlocked.name.clone(),
            roles: active.map(|member| member.roles.iter().map(|role| role_code(*role)).collect()).unwrap_or_default(),
            collected_before: active.is_some_and(|member| member.is_author() && !member.collects()),
            enrolment: standing(member.map(|member| member.standing)),
        })
    }

    fn counts(&self) -> Result<SafetyCounts, CommandError> {
        let (sealed, delivered) = self.outbox_counts()?;
        let mut counts = SafetyCounts { drafts: 0, sealed, delivered, mig_due: 0, numbers_due: 0, papers_due: 0, destroyed: self.destroyed_count()? };
        if let Ok(unlocked) = self.unlocked() {
            counts.papers_due = unlocked.papers()?.len() as u32;
            counts.drafts = unlocked.index()?.len() as u32;
            let here = self.sealed_here()?;
            let items = unlocked.mig_items()?;
            let handed_over = || items.iter().map(|(_, item)| item).filter(|item| !item.is_on_its_way(&here));
            counts.mig_due = handed_over().filter(|item| !item.ticked && item.customer_number.is_some()).count() as u32;
            counts.numbers_due = handed_over().filter(|item| item.customer_number.is_none()).count() as u32;
        }
        Ok(counts)
    }

    /// Codes of what should not go unnoticed.
    fn warnings(&self, now: protocol::UnixTime) -> Result<Vec<String>, CommandError> {
        let mut warnings = Vec::new();
        let mut warn = |code: &str| warnings.push(code.to_owned());
        if self.has_log_fault() {
            warn("log_fault");
        }
        if self.clock_wrong {
            warn("clock_wrong");
        }
        if let Ok(directory) = self.directory() {
            let content = directory.get();
            let policy = &content.settings.receipt_policy;
            if policy.min_copies < 2 && !policy.require_accepted {
                warn("one_copy");
            }
            if content.teams.iter().any(|team| directory.open_key(&team.team).is_none()) {
                warn("team_key_missing");
            }
            if content.teams.iter().any(|team| directory.clerks_of(team.team).count() < 2) {
                warn("fewer_than_two_clerks");
            }
        }
        if let Ok(unlocked) = self.unlocked()
            && unlocked.index()?.values().any(|unit| now.since(unit.since()) > OLD_DRAFT)
        {
            warn("old_drafts");
        }
        if self.directory().is_ok() && self.unlocked().is_ok() && !self.is_recoverable()? {
            warn("no_recovery");
        }
        let (failed, silent) = self.canary_alarms(now);
        if failed {
            warn("canary_failed");
        }
        if silent {
            warn("canary_silent");
        }
        if self.notes_waiting {
            warn("notes_waiting");
        }
        Ok(warnings)
    }
}

fn standing(standing: Option<Standing>) -> EnrolmentState {
    match standing {
        None => EnrolmentState::Waiting,
        Some(Standing::Active) => EnrolmentState::Active,
        Some(Standing::Revoked) => EnrolmentState::Revoked,
    }
}
