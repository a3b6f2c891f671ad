//! What permits a device to destroy its copy: the endpoint's receipt that it is stored, or a clerk's word that it was opened and is readable.

use office::directory::DirectoryEdit;
use protocol::directory::{ReceiptPolicy, Role};

use crate::App;
use crate::api::{CommandError, Nothing, OfficeView, PolicySet};

impl App {
    /// Sets it, for every device from its next contact on. Copies that wait for a clerk's word go with the next delivery when that is not demanded any more.
    pub(crate) async fn policy_set(&self, args: PolicySet) -> Result<OfficeView, CommandError> {
        self.desk().demand_role(Role::Admin)?;
        self.publish(|desk| {
            desk.demand_role(Role::Admin)?;
            let directory = desk.directory()?;
            let mut settings = directory.get().settings.clone();
            settings.receipt_policy = ReceiptPolicy { require_accepted: args.accepted, ..settings.receipt_policy };
            Ok((settings != directory.get().settings).then(|| DirectoryEdit::next_version(directory, self.now()).with_settings(settings)))
        })
        .await?;
        self.office(Nothing {}).await
    }
}
