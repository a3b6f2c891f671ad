//! The mailbox's one store, on SQLite: a thread that writes and commits in groups, and a few connections that read.
//!
//! Every statement of SQL stands in this module, by topic, so that a second database can be put behind it.

mod acceptances;
mod batch;
mod canaries;
mod clerk;
mod counts;
mod customers;
mod distribution;
mod export;
mod fault;
mod fleet;
mod forward;
mod grace;
mod moves;
mod notes;
mod number;
mod office;
mod quotas;
mod readers;
mod records;
mod replacement;
mod report;
mod returns;
mod rewrap;
mod schema;
mod snapshot;
mod team_keys;
#[cfg(test)]
mod tests;
mod tickets;
mod tree;
mod units;
mod work;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;

use clock::Clock;
use protocol::log::{LogView, Receipt};
use protocol::{Digest, OfficeId};
use receipts::CheckpointSigner;
use tokio::sync::oneshot;

pub(crate) use batch::Batch;
pub(crate) use clerk::{OpenedEnvelope, Word};
pub(crate) use export::export;
pub(crate) use fault::Refusal;
pub use fault::StoreFault;
pub(crate) use office::Founded;
pub(crate) use records::{Incoming, Placed};
pub(crate) use rewrap::Rewrapped;
pub(crate) use snapshot::{Published, Snapshot};
pub(crate) use tickets::{NewEnrolment, NewTicket, PendingSigner};
pub(crate) use work::Committed;

use readers::Readers;
use work::{Piece, Work};

/// Pieces of work that may wait for the writer; more are turned away at once instead of piling up.
const QUEUE: usize = 1_024;

/// What the store needs to know beside its file.
pub(crate) struct StoreOptions {
    pub(crate) signer: CheckpointSigner,
    pub(crate) generation: u32,
    pub(crate) copies: u8,
    pub(crate) max_pages: Option<u32>,
    /// Seconds for which a clerk keeps her units without having been here.
    pub(crate) lease: u64,
    pub(crate) clock: Arc<dyn Clock>,
}

/// The handle that requests use.
#[derive(Clone)]
pub(crate) struct Store {
    queue: SyncSender<Box<dyn Work>>,
    readers: Arc<Readers>,
    published: Arc<Published>,
    /// Seconds.
    lease: u64,
}

/// The writer's thread; ends when every [`Store`] is dropped.
pub(crate) struct WriterThread(JoinHandle<()>);

impl WriterThread {
    /// Waits until the last commit is done and the file is folded together.
    pub(crate) fn join(self) {
        if self.0.join().is_err() {
            tracing::error!("the writer ended by a panic");
        }
    }
}

impl Store {
    /// Opens or creates the mailbox, verifies the newest directory against the pinned root, and starts the writer.
    ///
    /// `guard` is kept until the last commit is done: the lock that keeps other processes away.
    pub(crate) fn open(file: &Path, options: StoreOptions, guard: impl Send + 'static) -> Result<(Self, WriterThread), StoreFault> {
        let sql = schema::open_writer(file, options.max_pages)?;
        let tree = tree::Tree::load(&sql)?;
        let founded = office::load(&sql)?.map(Arc::new);
        let head = tree.head(&sql)?.map(Arc::new);
        let published = Arc::new(Published::default());
        published.set(Snapshot { founded, head, stopped: false });
        let (queue, work) = sync_channel(QUEUE);
        let StoreOptions { signer, generation, copies, lease, clock, .. } = options;
        let writer = writer::Writer { sql, tree, signer, generation, copies, lease, clock, published: Arc::clone(&published) };
        let thread = std::thread::Builder::new()
            .name("mailbox-writer".into())
            .spawn(move || {
                writer.run(&work);
                drop(guard);
            })
            .map_err(|_| StoreFault::Damaged("no thread for the writer"))?;
        let readers = Arc::new(Readers::new(file));
        Ok((Self { queue, readers, published, lease }, WriterThread(thread)))
    }

    /// The state after the last durable commit.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.published.now()
    }

    /// Has the writer do `work`; returns after the commit that contains it is durable.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<Committed<T>, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(&mut Batch<'_>) -> Result<T, Refusal> + Send + 'static,
    {
        let (answer, end) = oneshot::channel();
        match self.queue.try_send(Box::new(Piece::new(work, answer))) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Err(StoreFault::Busy.into()),
            Err(TrySendError::Disconnected(_)) => return Err(StoreFault::Stopped.into()),
        }
        end.await.unwrap_or_else(|_| Err(StoreFault::Stopped.into()))
    }

    /// Receipts of the leaves at `positions`, in that order: those of this commit from memory, older ones as they were given out first.
    pub(crate) async fn receipts<T>(&self, committed: &Committed<T>, positions: Vec<u64>) -> Result<Vec<Receipt>, StoreFault> {
        let mut found: Vec<Option<Receipt>> = positions.iter().map(|at| committed.fresh_receipt(*at).cloned()).collect();
        if found.iter().any(Option::is_none) {
            found = self
                .readers
                .read(move |sql| {
                    let fill = |(at, known): (u64, Option<Receipt>)| known.map_or_else(|| tree::receipt(sql, at), Ok).map(Some);
                    positions.into_iter().zip(found).map(fill).collect()
                })
                .await?;
        }
        Ok(found.into_iter().flatten().collect())
    }

    /// The receipt of the leaf at `position`.
    pub(crate) async fn receipt(&self, position: u64) -> Result<Receipt, StoreFault> {
        self.readers.read(move |sql| tree::receipt(sql, position)).await
    }

    /// The newest tree head with the proof that the tree of `known` leaves is a part of it; without a proof if the client claims to know a larger one.
    pub(crate) async fn view(&self, known: u64) -> Result<Option<LogView>, StoreFault> {
        let Some(head) = self.snapshot().head.clone() else { return Ok(None) };
        let path = if known == 0 || known >= head.size { Vec::new() } else { self.consistency(known, head.size).await?.unwrap_or_default() };
        Ok(Some(LogView { checkpoint: head.checkpoint.clone(), consistency: path }))
    }

    /// The consistency path between two trees; none if there is none between these sizes.
    pub(crate) async fn consistency(&self, from: u64, to: u64) -> Result<Option<Vec<Digest>>, StoreFault> {
        if self.snapshot().head.as_ref().is_none_or(|head| to > head.size) {
            return Ok(None);
        }
        self.readers.read(move |sql| tree::consistency(sql, from, to)).await
    }

    /// The office, once founded.
    pub(crate) fn office_id(&self) -> Option<OfficeId> {
        self.snapshot().founded.as_ref().map(|founded| founded.office())
    }
}
