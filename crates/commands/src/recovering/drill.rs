//! The drill: whether two shares of the root would open every user's part on this device. Nothing is changed by it, but for the ledger's lines that say so.

use vault::LedgerKind;

use crate::App;
use crate::api::{CommandError, DrillReport, DrillRow, DrillState, ErrorCode, RecoveryDrill};
use crate::app::off_the_desk;

impl App {
    /// Opens each user's part with two shares of the root, and closes it again.
    pub(crate) async fn recovery_drill(&self, args: RecoveryDrill) -> Result<DrillReport, CommandError> {
        let (opener, users) = {
            let desk = self.desk();
            (desk.opener(&args.shares)?, desk.users()?)
        };
        let at = self.now();
        let report = off_the_desk(move || {
            let mut rows = Vec::new();
            for user in users {
                let state = match opener.open(user.user) {
                    Ok(opened) => {
                        opener.vault.keep_note(&opened.entry(LedgerKind::Drilled, at))?;
                        DrillState::Opens
                    }
                    Err(error) if error.code == ErrorCode::NoRecovery && opener.vault.recovery_of(user.user)?.is_none() => DrillState::Nothing,
                    Err(_) => DrillState::Fails,
                };
                rows.push(DrillRow { name: user.name, state });
            }
            Ok::<_, CommandError>(DrillReport { rows })
        });
        report.await?
    }
}
