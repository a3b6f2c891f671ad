//! The one thread that writes. It commits whatever work has arrived in one transaction, with one fsync and one signed tree head, and answers each piece
//! of work only after that.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use clock::Clock;
use receipts::CheckpointSigner;
use rusqlite::Connection;

use super::batch::Batch;
use super::fault::StoreFault;
use super::office::Founded;
use super::snapshot::{Head, Published, Snapshot};
use super::tree::{Growth, Tree};
use super::work::{Verdict, Work};

/// Pieces of work in one commit, at the most: bounds how long the first one waits.
const WORK_PER_COMMIT: usize = 64;
/// Commits between two checkpoints of SQLite's write-ahead log.
const COMMITS_PER_CHECKPOINT: u32 = 64;
/// New leaves between two checkpoints of SQLite's write-ahead log.
const LEAVES_PER_CHECKPOINT: usize = 2_000;
/// How soon destroyed bytes must leave the write-ahead log although work keeps arriving.
const DESTRUCTIONS_PER_TRUNCATE: usize = 256;

/// What the thread owns.
pub(super) struct Writer {
    pub(super) sql: Connection,
    pub(super) tree: Tree,
    pub(super) signer: CheckpointSigner,
    pub(super) generation: u32,
    pub(super) copies: u8,
    pub(super) lease: u64,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) published: Arc<Published>,
}

/// Housekeeping that is due.
#[derive(Default)]
struct Due {
    commits: u32,
    leaves: usize,
    destroyed: usize,
}

impl Due {
    fn count(&mut self, leaves: usize, destroyed: usize) {
        self.commits += 1;
        self.leaves += leaves;
        self.destroyed += destroyed;
    }
}

impl Writer {
    /// Works until every sender is gone.
    pub(super) fn run(mut self, queue: &Receiver<Box<dyn Work>>) {
        let mut due = Due::default();
        loop {
            match queue.recv_timeout(Duration::from_secs(1)) {
                Ok(first) => {
                    let mut work = vec![first];
                    work.extend(queue.try_iter().take(WORK_PER_COMMIT - 1));
                    self.commit(work, &mut due);
                    if due.commits >= COMMITS_PER_CHECKPOINT || due.leaves >= LEAVES_PER_CHECKPOINT {
                        self.checkpoint("PASSIVE", &mut due);
                    }
                    if due.destroyed >= DESTRUCTIONS_PER_TRUNCATE {
                        self.checkpoint("TRUNCATE", &mut due);
                    }
                }
                Err(RecvTimeoutError::Timeout) if due.destroyed > 0 => self.checkpoint("TRUNCATE", &mut due),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.checkpoint("TRUNCATE", &mut due);
    }

    fn commit(&mut self, mut work: Vec<Box<dyn Work>>, due: &mut Due) {
        let outcome = if self.published.now().stopped { Err(StoreFault::Stopped) } else { self.attempt(&mut work, due) };
        if let Err(fault) = &outcome {
            self.undo(fault);
        }
        for piece in work {
            piece.tell(outcome.as_ref());
        }
    }

    /// Does all the work and commits it. On an error nothing of it may be acknowledged.
    fn attempt(&mut self, work: &mut [Box<dyn Work>], due: &mut Due) -> Result<Option<Arc<Growth>>, StoreFault> {
        let before = self.published.now();
        let now = self.clock.now();
        self.sql.execute_batch("BEGIN IMMEDIATE")?;
        let Self { generation, copies, lease, .. } = *self;
        let mut batch = Batch { sql: &self.sql, tree: &mut self.tree, founded: before.founded.clone(), destroyed: 0, now, generation, copies, lease };
        for piece in work {
            in_savepoint(&mut batch, piece.as_mut())?;
        }
        let (founded, destroyed) = (batch.founded, batch.destroyed);
        let growth = match &founded {
            Some(office) => self.tree.close(&self.sql, &self.signer, office.office(), generation, now)?.map(Arc::new),
            None => None,
        };
        self.sql.execute_batch("COMMIT")?;
        due.count(growth.as_ref().map_or(0, |growth| growth.receipts.len()), destroyed);
        self.publish(&before, founded, growth.as_deref());
        Ok(growth)
    }

    fn publish(&self, before: &Snapshot, founded: Option<Arc<Founded>>, growth: Option<&Growth>) {
        let head = growth.map(|growth| Arc::new(Head { size: growth.size, checkpoint: growth.checkpoint.clone() }));
        self.published.set(Snapshot { founded, head: head.or_else(|| before.head.clone()), stopped: false });
    }

    /// Leaves the transaction; stops writing for good unless the disk was merely full.
    fn undo(&mut self, fault: &StoreFault) {
        if !self.sql.is_autocommit() && self.sql.execute_batch("ROLLBACK").is_err() {
            self.stop();
        }
        if fault.is_fatal() {
            tracing::error!(%fault, detail = ?fault, "writing stops: nothing of this commit was acknowledged");
            self.stop();
        }
        match Tree::load(&self.sql) {
            Ok(tree) => self.tree = tree,
            Err(_) => self.stop(),
        }
    }

    fn stop(&self) {
        let before = self.published.now();
        self.published.set(Snapshot { stopped: true, ..(*before).clone() });
    }

    /// Moves the write-ahead log into the database. After TRUNCATE, destroyed bytes are in neither.
    fn checkpoint(&mut self, mode: &str, due: &mut Due) {
        if self.published.now().stopped {
            *due = Due::default();
            return;
        }
        let busy = self.sql.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| row.get::<_, i64>(0));
        match busy.map_err(StoreFault::from) {
            Ok(0) if mode == "TRUNCATE" => *due = Due::default(),
            Ok(_) => *due = Due { destroyed: due.destroyed.min(DESTRUCTIONS_PER_TRUNCATE - 1), ..Due::default() },
            Err(StoreFault::Full) => tracing::warn!("no room to fold the write-ahead log into the database"),
            Err(fault) => self.undo(&fault),
        }
    }
}

/// Runs one piece of work so that its refusal undoes its own writes only.
fn in_savepoint(batch: &mut Batch<'_>, piece: &mut dyn Work) -> Result<(), StoreFault> {
    let checkmark = batch.checkmark();
    batch.sql.prepare_cached("SAVEPOINT piece")?.execute([])?;
    match piece.run(batch) {
        Verdict::Keep => {}
        Verdict::Undo => {
            batch.go_back_to(checkmark);
            batch.sql.prepare_cached("ROLLBACK TO piece")?.execute([])?;
        }
        Verdict::Abandon(fault) => return Err(fault),
    }
    batch.sql.prepare_cached("RELEASE piece")?.execute([])?;
    Ok(())
}
