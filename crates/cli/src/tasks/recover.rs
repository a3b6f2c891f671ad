//! Two shares of the root key: for a passphrase that was forgotten, for a deputy, or to see that it would work.

use commands::Command;
use commands::api::{RecoverPassphrase, RecoveryDrill, Released, RootShare, Status, TakeOver};

use crate::arguments::RecoverTask;
use crate::failure::Failure;
use crate::input::Input;
use crate::outcome::Outcome;
use crate::shell::Shell;

pub async fn recover(task: RecoverTask, shell: &mut Shell) -> Result<Outcome, Failure> {
    Ok(match task {
        RecoverTask::Passphrase => {
            let (user, _) = shell.whose(None).await?;
            let new = shell.input.new_passphrase()?;
            let shares = shares(&mut shell.input)?;
            shell.run_once::<Status>(Command::RecoverPassphrase(RecoverPassphrase { user, shares, new })).await?.into()
        }
        RecoverTask::Drill => {
            let shares = shares(&mut shell.input)?;
            shell.run_once::<commands::api::DrillReport>(Command::RecoveryDrill(RecoveryDrill { shares })).await?.into()
        }
        RecoverTask::Drafts { from } => {
            let (from, _) = shell.whose(Some(&from)).await?;
            shell.sign_in().await?;
            let shares = shares(&mut shell.input)?;
            shell.run_once::<Released>(Command::TakeOver(TakeOver { from, shares })).await?.into()
        }
    })
}

fn shares(input: &mut Input) -> Result<Vec<RootShare>, Failure> {
    let mut share = |question| Ok::<_, Failure>(RootShare::new(input.secret_line(question)?));
    Ok(vec![share("One share of the root key: ")?, share("Another share: ")?])
}
