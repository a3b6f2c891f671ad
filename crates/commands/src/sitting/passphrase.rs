//! Changing the passphrase.

use crate::App;
use crate::administering::MIN_PASSPHRASE;
use crate::api::{ChangePassphrase, CommandError, ErrorCode, Nothing};

impl App {
    /// Sets another passphrase after confirming the current one.
    pub(crate) async fn change_passphrase(&self, args: ChangePassphrase) -> Result<Nothing, CommandError> {
        if args.new.expose().chars().count() < MIN_PASSPHRASE {
            return Err(CommandError::new(ErrorCode::PassphraseTooShort).with("minimum", MIN_PASSPHRASE));
        }
        self.desk().change_passphrase(&args.old, &args.new)?;
        Ok(Nothing {})
    }
}
