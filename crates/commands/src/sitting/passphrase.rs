//! Changing the passphrase.

use std::sync::Arc;

use crate::App;
use crate::administering::demand_length;
use crate::api::{ChangePassphrase, CommandError, Nothing};
use crate::app::off_the_desk;

impl App {
    /// Sets another passphrase after confirming the current one.
    pub(crate) async fn change_passphrase(&self, args: ChangePassphrase) -> Result<Nothing, CommandError> {
        demand_length(&args.new)?;
        let (vault, user, sitting) = {
            let desk = self.desk();
            (Arc::clone(&desk.vault), desk.unlocked()?.user(), desk.sitting)
        };
        let mut prepared = off_the_desk(move || vault.prepare_passphrase(user, args.old.expose(), args.new.expose())).await??;
        let mut desk = self.desk();
        desk.demand_sitting(sitting)?;
        desk.leave_recovery_with(&mut prepared, user);
        desk.set_passphrase(prepared)?;
        // It locks a root key that is no more.
        desk.forget_pin();
        Ok(Nothing {})
    }
}
