//! Unlocking and locking.

use std::sync::Arc;

use vault::UserId;

use crate::App;
use crate::api::{CommandError, ErrorCode, Nothing, Status, Unlock};
use crate::app::off_the_desk;
use crate::desk::Unlocked;

impl App {
    /// Unlocks a user's data; whoever was unlocked before is locked.
    pub(crate) async fn unlock(&self, args: Unlock) -> Result<Status, CommandError> {
        let user = UserId::parse(&args.user).ok_or(ErrorCode::NotFound)?;
        let name = self.name_of(user)?;
        let (vault, sitting) = {
            let mut desk = self.desk();
            desk.end_sitting()?;
            (Arc::clone(&desk.vault), desk.sitting)
        };
        // Half a second of key derivation: the desk stays free for a delivery that runs meanwhile.
        let session = off_the_desk(move || vault.unlock(user, args.passphrase.expose())).await??;
        self.begin_sitting(Unlocked::over(session, name, self.now())?, sitting)
    }

    /// The name of a user of this device.
    pub(crate) fn name_of(&self, user: UserId) -> Result<String, CommandError> {
        let found = self.desk().users()?.into_iter().find(|summary| summary.user == user);
        Ok(found.ok_or(ErrorCode::NotFound)?.name)
    }

    /// Somebody unlocked, if nothing came between since `sitting`.
    pub(crate) fn begin_sitting(&self, unlocked: Unlocked, sitting: u64) -> Result<Status, CommandError> {
        {
            let mut desk = self.desk();
            desk.demand_sitting(sitting)?;
            desk.sit_down(unlocked);
            // What was ticked in a sitting that ended without a lock (a kill, a single command) goes now.
            desk.destroy_ticked()?;
            // The same for what an enrolment kept that was ended between its last two steps.
            desk.forget_begun_enrolment()?;
            desk.leave_recovery();
        }
        self.changed();
        self.status_now()
    }

    /// Forgets keys and opened forms at once; ticked entries of the MIG list are destroyed, and the root key's shares of a founding just done. A PIN stays
    /// for the day.
    pub(crate) async fn lock(&self, _: Nothing) -> Result<Status, CommandError> {
        let mut desk = self.desk();
        // A disk that fails here must not keep the app open: what is ticked stays ticked and goes at the next lock.
        let destroyed = desk.end_sitting();
        desk.get_up();
        drop(desk);
        self.changed();
        destroyed?;
        self.status_now()
    }
}
