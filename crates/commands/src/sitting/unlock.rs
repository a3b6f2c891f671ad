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
        let (vault, sitting, users) = {
            let mut desk = self.desk();
            if desk.is_unlocked() {
                desk.destroy_ticked()?;
                desk.forget_founding()?;
            }
            (Arc::clone(&desk.vault), desk.sitting, desk.users()?)
        };
        let name = users.into_iter().find(|summary| summary.user == user).ok_or(ErrorCode::NotFound)?.name;
        // Half a second of key derivation: the desk stays free for a delivery that runs meanwhile.
        let session = off_the_desk(move || vault.unlock(user, args.passphrase.expose())).await??;
        let unlocked = Unlocked::over(session, name)?;
        {
            let mut desk = self.desk();
            desk.demand_sitting(sitting)?;
            desk.sit_down(unlocked);
            // What was ticked in a sitting that ended without a lock (a kill, a single command) goes now.
            desk.destroy_ticked()?;
            // The same for what an enrolment kept that was ended between its last two steps.
            desk.forget_begun_enrolment()?;
        }
        self.changed();
        self.status_now()
    }

    /// Forgets keys and opened forms at once; ticked entries of the MIG list are destroyed, and the root key's shares of a founding just done.
    pub(crate) async fn lock(&self, _: Nothing) -> Result<Status, CommandError> {
        let mut desk = self.desk();
        // A disk that fails here must not keep the app open: what is ticked stays ticked and goes at the next lock.
        let destroyed = if desk.is_unlocked() { desk.destroy_ticked().and_then(|()| desk.forget_founding()) } else { Ok(()) };
        desk.get_up();
        drop(desk);
        self.changed();
        destroyed?;
        self.status_now()
    }
}
