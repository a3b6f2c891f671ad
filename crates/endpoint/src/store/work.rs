//! A piece of work for the writer, and how its requester hears of the end.

use std::sync::Arc;

use protocol::log::Receipt;
use protocol::problem::ProblemCode;
use tokio::sync::oneshot;

use super::batch::Batch;
use super::fault::{Refusal, StoreFault};
use super::tree::Growth;

/// What a commit added to the log, if anything; or why nothing of it happened.
pub(super) type Outcome<'a> = Result<&'a Option<Arc<Growth>>, &'a StoreFault>;

/// What shall become of the writes of a piece of work.
pub(super) enum Verdict {
    /// They count.
    Keep,
    /// They are undone; the rest of the commit goes on.
    Undo,
    /// Nothing of this commit may count.
    Abandon(StoreFault),
}

/// A piece of work: run once at most, and told the outcome exactly once.
pub(super) trait Work: Send {
    fn run(&mut self, batch: &mut Batch<'_>) -> Verdict;
    fn tell(self: Box<Self>, outcome: Outcome<'_>);
}

/// What was done, durably, and the log entries that the commit brought.
pub(crate) struct Committed<T> {
    pub(crate) value: T,
    growth: Option<Arc<Growth>>,
}

impl<T> Committed<T> {
    /// The receipt of the leaf at `position`, if this commit made it.
    pub(super) fn fresh_receipt(&self, position: u64) -> Option<&Receipt> {
        self.growth.as_ref()?.receipts.get(&position)
    }
}

/// A closure as a piece of work.
pub(super) struct Piece<T, F> {
    work: Option<F>,
    done: Option<Result<T, ProblemCode>>,
    answer: oneshot::Sender<Result<Committed<T>, Refusal>>,
}

impl<T, F> Piece<T, F>
where
    F: FnOnce(&mut Batch<'_>) -> Result<T, Refusal> + Send,
    T: Send,
{
    pub(super) fn new(work: F, answer: oneshot::Sender<Result<Committed<T>, Refusal>>) -> Self {
        Self { work: Some(work), done: None, answer }
    }
}

impl<T, F> Work for Piece<T, F>
where
    F: FnOnce(&mut Batch<'_>) -> Result<T, Refusal> + Send,
    T: Send,
{
    fn run(&mut self, batch: &mut Batch<'_>) -> Verdict {
        let Some(work) = self.work.take() else { return Verdict::Undo };
        match work(batch) {
            Ok(value) => {
                self.done = Some(Ok(value));
                Verdict::Keep
            }
            Err(Refusal::Problem(code)) => {
                self.done = Some(Err(code));
                Verdict::Undo
            }
            Err(Refusal::Store(fault)) => Verdict::Abandon(fault),
        }
    }

    fn tell(self: Box<Self>, outcome: Outcome<'_>) {
        let answer = match (outcome, self.done) {
            (Ok(growth), Some(Ok(value))) => Ok(Committed { value, growth: growth.clone() }),
            // A refusal, too, waits for the commit: it may rest on what an earlier piece of the same commit wrote.
            (Ok(_), Some(Err(code))) => Err(Refusal::Problem(code)),
            (Ok(_), None) => Err(Refusal::Store(StoreFault::Stopped)),
            (Err(fault), _) => Err(Refusal::Store(fault.for_another())),
        };
        // Nobody listens any more when the requester has gone: what is durable stays so, and the request can be repeated.
        let _ = self.answer.send(answer);
    }
}
