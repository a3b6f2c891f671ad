//! A passphrase that was forgotten: two shares of the root open the part, and it gets another one. Nothing in it is lost.

use vault::{LedgerKind, UserId};

use crate::App;
use crate::administering::demand_length;
use crate::api::{CommandError, ErrorCode, RecoverPassphrase, Status};
use crate::app::off_the_desk;
use crate::desk::Unlocked;

impl App {
    /// Sets another passphrase of a user with two shares of the root, and unlocks. Whoever was unlocked before is locked.
    pub(crate) async fn recover_passphrase(&self, args: RecoverPassphrase) -> Result<Status, CommandError> {
        demand_length(&args.new)?;
        let user = UserId::parse(&args.user).ok_or(ErrorCode::NotFound)?;
        let name = self.name_of(user)?;
        let (opener, sitting) = {
            let mut desk = self.desk();
            let opener = desk.opener(&args.shares)?;
            desk.end_sitting()?;
            (opener, desk.sitting)
        };
        let at = self.now();
        let (opener, mut opened, mut new) = off_the_desk(move || {
            let opened = opener.open(user)?;
            let new = opener.vault.derive_passphrase(user, args.new.expose())?;
            Ok::<_, CommandError>((opener, opened, new))
        })
        .await??;
        let session = {
            let mut desk = self.desk();
            desk.demand_sitting(sitting)?;
            desk.leave_recovery_with(&mut new, user);
            // Noted before it happens: a kill in between leaves a line too many, never one too few.
            opener.vault.keep_note(&opened.entry(LedgerKind::Recovered, at))?;
            opened.session.set_passphrase(new)?;
            opener.vault.forget_wrong_passphrases(user)?;
            // It locks a root key that is no more.
            desk.forget_pin();
            opened.session
        };
        self.begin_sitting(Unlocked::over(session, name, at)?, sitting)
    }
}
