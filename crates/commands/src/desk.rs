//! The desk: what the app has in front of it — the vault, what it knows of the office, and who is unlocked. One lock guards it; it is never held while
//! the network is waited for.

mod drafts;
mod entries;
mod fleet;
mod line;
mod log_fault;
mod office;
mod outbox;
mod papers;
mod replies;
mod team_keys;
mod unit_index;
mod unlocked;

use std::collections::HashMap;
use std::sync::Arc;

use protocol::RecordId;
use protocol::api::CanaryState;
use vault::{UserSummary, Vault};

pub use drafts::{NewUnit, SealedForm};
pub use fleet::Occasion;
pub use line::{Line, Who, trust};
pub use log_fault::MAX_WITNESSES;
pub use office::{Ledgered, NewMember};
pub use team_keys::{PrekeyItem, TeamKeyItem};
pub use unlocked::{BEGUN_ENROLMENT, BEGUN_FOUNDING, Unlocked};

use crate::administering::begun;
use crate::api::{CommandError, ErrorCode};
use crate::entering::Opened;
use crate::sitting::{Pin, Turning};
use crate::stored::BegunState;

/// See the module.
pub struct Desk {
    pub(crate) vault: Arc<Vault>,
    office: Option<office::KnownOffice>,
    unlocked: Option<Unlocked>,
    /// Counts sittings: every unlock and every lock begins another.
    pub(crate) sitting: u64,
    /// Whether this device's clock and the endpoint's differed at the last contact.
    pub(crate) clock_wrong: bool,
    /// By how many seconds the endpoint's clock was ahead of this one at the last contact; none before that.
    pub(crate) endpoint_ahead: Option<i64>,
    /// Records a clerk has open. Forgotten when the app locks.
    pub(crate) opened: HashMap<RecordId, Opened>,
    /// Whether clerks' notes waited for the unlocked author when the endpoint was asked last.
    pub(crate) notes_waiting: bool,
    /// How the canaries stood at the last contact in this process.
    pub(crate) canaries: Vec<CanaryState>,
    /// Whether the customer has the screen.
    pub(crate) turning: Turning,
    /// The PIN of whoever unlocked last; outlives a lock, and not the process.
    pub(crate) pin: Option<Pin>,
}

impl Desk {
    /// A desk over an opened vault; reads and verifies what is known of the office.
    pub fn over(vault: Arc<Vault>) -> Result<Self, CommandError> {
        let mut desk = Self {
            vault,
            office: None,
            unlocked: None,
            sitting: 0,
            clock_wrong: false,
            endpoint_ahead: None,
            opened: HashMap::new(),
            notes_waiting: false,
            canaries: Vec::new(),
            turning: Turning::default(),
            pin: None,
        };
        desk.load_office()?;
        Ok(desk)
    }

    /// The people of this device. One whose enrolment is under way is not one of them yet.
    pub fn users(&self) -> Result<Vec<UserSummary>, CommandError> {
        let notes = begun::known(&self.vault)?.notes;
        let is_begun = |user| notes.iter().any(|note| note.user() == user && note.state != BegunState::Done);
        Ok(self.vault.users()?.into_iter().filter(|summary| !is_begun(summary.user)).collect())
    }

    /// The unlocked user's part.
    pub fn unlocked(&self) -> Result<&Unlocked, CommandError> {
        self.unlocked.as_ref().ok_or_else(|| CommandError::new(ErrorCode::Locked))
    }

    /// The same, to change.
    pub fn unlocked_mut(&mut self) -> Result<&mut Unlocked, CommandError> {
        self.unlocked.as_mut().ok_or_else(|| CommandError::new(ErrorCode::Locked))
    }

    /// Whether somebody is unlocked.
    pub fn is_unlocked(&self) -> bool {
        self.unlocked.is_some()
    }

    /// Somebody has unlocked.
    pub fn sit_down(&mut self, unlocked: Unlocked) {
        self.get_up();
        self.renew_pin(unlocked.user(), unlocked.passphrase_at);
        self.unlocked = Some(unlocked);
    }

    /// What has to be done before keys are forgotten: ticked marks and handed-out shares are destroyed.
    pub fn end_sitting(&mut self) -> Result<(), CommandError> {
        if self.is_unlocked() { self.destroy_ticked().and_then(|()| self.forget_founding()) } else { Ok(()) }
    }

    /// Forgets keys, opened records and what was shown in this sitting.
    pub fn get_up(&mut self) {
        self.opened.clear();
        self.notes_waiting = false;
        self.turning = Turning::default();
        self.unlocked = None;
        self.sitting += 1;
    }

    /// Whether the sitting that a command began in still goes on. A reply that arrives after the lock is not shown, nor kept.
    pub fn demand_sitting(&self, sitting: u64) -> Result<(), CommandError> {
        if self.sitting == sitting { Ok(()) } else { Err(CommandError::new(ErrorCode::Locked)) }
    }
}
