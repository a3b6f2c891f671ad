//! Opening a form, and confirming its entry.

use commands::Command;
use commands::api::{Entered, EntryView, RecordRef};

use crate::arguments::EnterTask;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::shell::Shell;

pub async fn enter(task: EnterTask, shell: &mut Shell) -> Result<Outcome, Failure> {
    Ok(match task {
        EnterTask::Open { record } => open(&record, shell).await?.into(),
        EnterTask::Confirm { record, numbers_compared: _ } => {
            drop(open(&record, shell).await?);
            shell.run::<Entered>(|| Command::RecordConfirm(RecordRef { record: record.clone() })).await?.into()
        }
    })
}

async fn open(record: &str, shell: &mut Shell) -> Result<EntryView, Failure> {
    shell.run(|| Command::RecordOpen(RecordRef { record: record.to_owned() })).await
}
