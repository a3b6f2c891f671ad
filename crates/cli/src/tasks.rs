//! From arguments to commands.

mod audit;
mod collect;
mod enter;
mod office;
mod recover;
mod share;

pub use enter::SHORT_NOTE;

use crate::arguments::{DeviceTask, LedgerTask, Task};
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::reach::Reply;
use crate::shell::Shell;
use crate::text::handed_over;
use commands::Command;
use commands::api::{
    Attestation, Enrol, FoundOffice, Founded, ImportArgs, ImportReport, LanguageRef, LockAfter, Nothing, Queue, ReportArgs, Status, SyncReport,
    WordingIn, WordingReply,
};

/// A task that may be handed over to whoever holds the vault: it needs nobody's passphrase.
#[derive(Clone, Copy)]
pub enum Errand {
    /// Deliver what is sealed.
    Sync,
    /// State of the app.
    Status,
}

impl Errand {
    /// The command that carries it out.
    pub fn command(self) -> Command {
        match self {
            Self::Sync => Command::Sync(Nothing {}),
            Self::Status => Command::Status(Nothing {}),
        }
    }
}

/// What may be handed over of a task.
pub fn errand(task: &Task) -> Option<Errand> {
    match task {
        Task::Sync => Some(Errand::Sync),
        Task::Status => Some(Errand::Status),
        _ => None,
    }
}

/// The outcome of an errand, whoever carried it out.
///
/// # Errors
/// Another version of the app answered with something else.
pub fn errand_outcome(errand: Errand, reply: Reply) -> Result<Outcome, Failure> {
    let foreign = |_| Failure::usage("another version of the app holds the vault and answered differently; close it and try again");
    match errand {
        Errand::Sync => serde_json::from_value::<SyncReport>(reply.value).map(Outcome::from).map_err(foreign),
        Errand::Status if reply.handed_over => serde_json::from_value::<Status>(reply.value).map(|status| handed_over(&status)).map_err(foreign),
        Errand::Status => serde_json::from_value::<Status>(reply.value).map(Outcome::from).map_err(foreign),
    }
}

/// What needs neither data folder nor network: an audit of files. None for every other task.
pub fn without_vault(task: &Task) -> Option<Result<Outcome, Failure>> {
    match task {
        Task::Ledger(LedgerTask::Verify { files, root_key: Some(root_key) }) => Some(audit::verify(files, root_key)),
        _ => None,
    }
}

/// Whether a named user is unlocked before the command runs. Not for what makes a user or asks for the passphrase itself, and not for what needs nobody's.
pub fn unlocks_first(task: &Task) -> bool {
    !matches!(
        task,
        Task::Found { .. }
            | Task::Enrol { .. }
            | Task::Status
            | Task::Sync
            | Task::Recheck
            | Task::Passphrase
            | Task::Recover(_)
            | Task::Wording { .. }
    )
}

/// Runs a task in an open app.
///
/// # Errors
/// What the command says, or what is wrong with the input.
pub async fn run(task: Task, shell: &mut Shell) -> Result<Outcome, Failure> {
    Ok(match task {
        Task::Status => shell.run::<Status>(|| Command::Status(Nothing {})).await?.into(),
        Task::Sync => shell.run::<SyncReport>(|| Command::Sync(Nothing {})).await?.into(),
        Task::Recheck => shell.run::<Status>(|| Command::LogRecheck(Nothing {})).await?.into(),
        Task::Contact => shell.run::<Status>(|| Command::Contact(Nothing {})).await?.into(),
        Task::Found { url, office, admin, demo } => {
            let code = shell.input.secret_line("Founding code: ")?;
            let passphrase = shell.input.new_passphrase()?;
            let command = Command::FoundOffice(FoundOffice { url, code, office_name: office, admin_name: admin, passphrase, demo });
            shell.run_once::<Founded>(command).await?.into()
        }
        Task::Enrol { name } => {
            let ticket = shell.input.secret_line("Ticket: ")?;
            let passphrase = shell.input.new_passphrase()?;
            shell.run_once::<Status>(Command::Enrol(Enrol { ticket, name, passphrase })).await?.into()
        }
        Task::Unit(task) => collect::unit(task, shell).await?,
        Task::Member(task) => collect::member(task, shell).await?.into(),
        Task::Form(task) => collect::form(task, shell).await?.into(),
        Task::Finalise { unit, leave_out } => collect::finalise(unit, leave_out, shell).await?.into(),
        Task::Paper(task) => collect::paper(task, shell).await?,
        Task::Notes(task) => enter::notes(task, shell).await?.into(),
        Task::Mig(task) => collect::mig(task, shell).await?,
        Task::Change(task) => collect::change(task, shell).await?,
        Task::Import => {
            let text = shell.input.rest()?;
            shell.run::<ImportReport>(|| Command::Import(ImportArgs { text: text.clone() })).await?.into()
        }
        Task::Queue => shell.run::<Queue>(|| Command::Queue(Nothing {})).await?.into(),
        Task::Enter(task) => enter::enter(task, shell).await?,
        Task::Ledger(task) => office::ledger(task, shell).await?,
        Task::Office(task) => office::office(task, shell).await?,
        Task::Device(DeviceTask::Attest) => shell.run::<Attestation>(|| Command::DeviceAttest(Nothing {})).await?.into(),
        Task::Team(task) => office::team(task, shell).await?.into(),
        Task::Invite { name, role, team } => office::invite(name, &role, team, shell).await?.into(),
        Task::Approve { member } => office::approve(member, shell).await?.into(),
        Task::Revoke { member, even_so } => office::revoke(member, even_so, shell).await?.into(),
        Task::LockAfter { minutes, turned_minutes } => {
            shell.run::<Status>(|| Command::LockAfterSet(LockAfter { minutes, turned_minutes })).await?.into()
        }
        Task::Recover(task) => recover::recover(task, shell).await?,
        Task::Passphrase => shell.change_passphrase().await?.into(),
        Task::Wording { language: None } => shell.run::<WordingReply>(|| Command::Wording(Nothing {})).await?.into(),
        Task::Wording { language: Some(language) } => {
            shell.run::<WordingIn>(|| Command::WordingIn(LanguageRef { language: language.clone() })).await?.into()
        }
        Task::Counts { team } => office::counts(team, shell).await?.into(),
        Task::Report { team, weeks, csv } => office::report(ReportArgs { team, weeks }, csv.as_deref(), shell).await?.into(),
        Task::Session => unreachable!("invariant: a session runs its own commands"),
    })
}
