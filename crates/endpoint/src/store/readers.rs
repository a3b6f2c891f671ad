//! A few connections that only read. WAL mode lets them work while the writer commits.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::fault::StoreFault;
use super::schema;

/// Reads at the same time.
const READERS: usize = 4;

pub(super) struct Readers {
    file: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Semaphore,
}

impl Readers {
    pub(super) fn new(file: &Path) -> Self {
        Self { file: file.to_owned(), idle: Arc::default(), permits: Semaphore::new(READERS) }
    }

    /// Runs `read` on a connection of its own, off the async threads, on one consistent snapshot.
    pub(super) async fn read<T, F>(&self, read: F) -> Result<T, StoreFault>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreFault> + Send + 'static,
    {
        let _permit = self.permits.acquire().await.map_err(|_| StoreFault::Stopped)?;
        let known = take(&self.idle);
        let (file, idle) = (self.file.clone(), Arc::clone(&self.idle));
        let task = tokio::task::spawn_blocking(move || {
            let mut sql = known.map_or_else(|| schema::open_reader(&file), Ok)?;
            let transaction = sql.transaction()?;
            let result = read(&transaction);
            transaction.finish()?;
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(sql);
            result
        });
        task.await.unwrap_or(Err(StoreFault::Stopped))
    }
}

fn take(idle: &Mutex<Vec<Connection>>) -> Option<Connection> {
    idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
}
