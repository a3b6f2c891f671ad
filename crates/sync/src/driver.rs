//! Carries the delivery machine's steps out: against an outbox on disk and an endpoint on the network.

use std::time::Duration;

use protocol::RecordId;
use protocol::api::{ConsistencyReply, DeliverReply, Done};
use receipts::{LogIdentity, LogMemory};
use reqwest::Method;

use crate::call::CallError;
use crate::client::{EndpointClient, Signer};
use crate::delivery::{Delivery, Destroyable, Input, OutboxRecord, Report, Step, StoredReceipt};

/// The sealed records of a device. Two implementations: the vault's (in `commands`) and one in memory, for tests.
pub trait Outbox: Send {
    /// The local store failed; whatever it reported as done stays done.
    type Error: Send;

    /// Records delivered earlier whose local copy was not destroyed (the app was killed in between).
    ///
    /// # Errors
    /// The store's.
    fn unshredded(&mut self) -> Result<Vec<Destroyable>, Self::Error>;

    /// The next sealed records in a fixed order, read from disk with the digest computed from what was read.
    ///
    /// # Errors
    /// The store's.
    fn page(&mut self, after: Option<RecordId>, limit: usize) -> Result<Vec<OutboxRecord>, Self::Error>;

    /// Stores verified receipts and what is now known of the log; durable on return.
    ///
    /// # Errors
    /// The store's; then nothing is destroyed.
    fn store(&mut self, receipts: &[StoredReceipt], log: &LogMemory) -> Result<(), Self::Error>;

    /// Destroys local copies for good and writes the ledger; durable on return.
    ///
    /// # Errors
    /// The store's; then the copies are still there and the next run destroys them.
    fn destroy(&mut self, records: &[Destroyable]) -> Result<(), Self::Error>;

    /// Records done so far, for whoever watches.
    fn progress(&mut self, delivered: u32);
}

/// The log as the device knows it.
#[derive(Debug)]
pub struct LogWatch {
    /// Which log is ours.
    pub identity: LogIdentity,
    /// What was seen of it.
    pub memory: LogMemory,
}

/// The local store failed in the middle of a delivery.
#[derive(Debug)]
pub struct DeliverError<E> {
    /// What the store said.
    pub cause: E,
    /// What had been done by then; all of it stands.
    pub report: Report,
}

/// Delivers until the outbox is empty or a reason to stop comes up.
///
/// # Errors
/// [`DeliverError`] if the local store failed. All other ends stand in the [`Report`].
pub async fn deliver<O: Outbox>(
    mut machine: Delivery,
    outbox: &mut O,
    client: &EndpointClient,
    signer: &Signer<'_>,
    log: &mut LogWatch,
) -> Result<Report, DeliverError<O::Error>> {
    let mut fault = None;
    let mut delivered = 0;
    loop {
        let input = match machine.next_step() {
            Step::LoadUnshredded => keep(outbox.unshredded(), &mut fault, Input::Unshredded),
            Step::Load { after, limit } => keep(outbox.page(after, limit), &mut fault, Input::Loaded),
            Step::Send(request) => {
                let answer = client.call::<_, DeliverReply>(Method::POST, "/v1/records", Some(&request), signer, (&log.memory, &log.identity)).await;
                match answer.map(|answer| (answer.body, answer.log)) {
                    Ok((reply, memory)) => {
                        log.memory = memory;
                        match log.memory.newest() {
                            Some(newest) => Input::Answered(reply, newest.clone()),
                            None => Input::Failed(CallError::NotOurs),
                        }
                    }
                    Err(error) => Input::Failed(error),
                }
            }
            Step::Prove { from, to } => prove(client, signer, log, from, to).await,
            Step::Store(receipts) => {
                delivered += u32::try_from(receipts.len()).unwrap_or(u32::MAX);
                keep(outbox.store(&receipts, &log.memory), &mut fault, |()| Input::Stored)
            }
            Step::Destroy(records) => {
                let input = keep(outbox.destroy(&records), &mut fault, |()| Input::Destroyed);
                outbox.progress(delivered);
                input
            }
            Step::Wait(millis) => {
                tokio::time::sleep(Duration::from_millis(millis)).await;
                Input::Waited
            }
            Step::End(report) => {
                return match fault {
                    None => Ok(report),
                    Some(cause) => Err(DeliverError { cause, report }),
                };
            }
        };
        machine.feed(input);
    }
}

fn keep<T, E>(result: Result<T, E>, fault: &mut Option<E>, input: impl FnOnce(T) -> Input) -> Input {
    match result {
        Ok(value) => input(value),
        Err(error) => {
            *fault = Some(error);
            Input::StoreFailed
        }
    }
}

async fn prove(client: &EndpointClient, signer: &Signer<'_>, log: &LogWatch, from: u64, to: u64) -> Input {
    let path = format!("/v1/log/consistency?from={from}&to={to}");
    match client.call::<Done, ConsistencyReply>(Method::GET, &path, None, signer, (&log.memory, &log.identity)).await {
        Ok(answer) => Input::Proof(answer.body.path),
        Err(error) => Input::Failed(error),
    }
}
