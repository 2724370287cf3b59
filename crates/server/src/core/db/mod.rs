//! The database: one thread writes, a few connections read, nothing runs on an async worker.
//!
//! Guarantees: a write is one transaction and is answered only after its commit; a closure that
//! fails or panics leaves no trace. Must not know any table or any dialect.

mod migrate;
mod open;
mod start;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, mpsc};

use rusqlite::backup::Backup;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{Semaphore, oneshot};

pub use open::OpenError;
pub use start::StartError;

/// The table of what is true of the whole file; every database begins with it.
pub(crate) const META: &str = include_str!("0001_meta.sql");

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Four keeps two cores busy while one reader waits for the disk.
const READERS: usize = 4;

/// The database did not answer: its thread is gone or the work inside it panicked.
#[derive(Debug)]
pub struct Unavailable;

impl std::fmt::Display for Unavailable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the database did not answer")
    }
}

/// A handle on the database, cheap to copy.
#[derive(Clone)]
pub struct Database {
    writer: mpsc::Sender<Job>,
    readers: Option<Arc<Readers>>,
}

struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    permits: Semaphore,
}

impl Database {
    /// Opens `file` (`:memory:` for one that ends with the process) and brings its tables up to date with
    /// `migrations`, which are numbered from 1.
    ///
    /// # Errors
    /// A sentence for the person who started the program.
    pub fn open(file: &str, migrations: &[&str]) -> Result<Self, OpenError> {
        Self::around(open::writer(file, migrations)?, file)
    }

    /// A copy of what is committed by now, in memory, that goes its own way from here on.
    ///
    /// # Errors
    /// A sentence when there is not enough memory or the database is gone.
    pub async fn copy(&self) -> Result<Self, String> {
        const COPY: &str = ":memory:";
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let copied = Connection::open_in_memory().and_then(|mut copy| {
                // All pages in one step: there is nobody to be kept waiting but other writes.
                Backup::new(connection, &mut copy)?.step(-1)?;
                Ok(copy)
            });
            let _ = reply.send(copied);
        });
        let gone = || "The database is gone.".to_owned();
        self.writer.send(job).map_err(|_| gone())?;
        let copy = answer.await.map_err(|_| gone())?;
        let copy = copy.map_err(|error| error.to_string())?;
        Self::around(copy, COPY).map_err(|error| error.to_string())
    }

    fn around(connection: Connection, file: &str) -> Result<Self, OpenError> {
        // A second connection to `:memory:` would see another, empty database.
        let readers = (file != ":memory:").then(|| {
            Arc::new(Readers {
                path: PathBuf::from(file),
                idle: Mutex::new(Vec::new()),
                permits: Semaphore::new(READERS),
            })
        });
        let (writer, jobs) = mpsc::channel::<Job>();
        std::thread::Builder::new()
            .name("database-writer".to_owned())
            .spawn(move || run_jobs(connection, &jobs))
            .map_err(|error| OpenError::other(file, &error.to_string()))?;
        Ok(Self { writer, readers })
    }

    /// Runs `work` in a transaction of its own: committed on `Ok`, undone on `Err`.
    ///
    /// # Errors
    /// What `work` failed with, or why the database could not do it.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<rusqlite::Error> + From<Unavailable> + Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // The caller may have gone away; its write stands or falls on its own all the same.
            let _ = reply.send(in_transaction(connection, work));
        });
        self.writer.send(job).map_err(|_| Unavailable)?;
        answer.await.map_err(|_| Unavailable)?
    }

    /// The same for callers outside any async runtime, such as the `token` command.
    ///
    /// # Errors
    /// As for [`Database::write`].
    pub fn write_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<rusqlite::Error> + From<Unavailable> + Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = mpsc::channel();
        let job: Job = Box::new(move |connection| {
            let _ = reply.send(in_transaction(connection, work));
        });
        self.writer.send(job).map_err(|_| Unavailable)?;
        answer.recv().map_err(|_| Unavailable)?
    }

    /// Runs `work` on a connection that cannot write, seeing one state of the database throughout.
    ///
    /// # Errors
    /// What `work` failed with, or why the database could not do it.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<rusqlite::Error> + From<Unavailable> + Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        let Some(readers) = self.readers.clone() else {
            return self.write(work).await;
        };
        let gate = Arc::clone(&readers);
        let _permit = gate.permits.acquire().await.map_err(|_| Unavailable)?;
        tokio::task::spawn_blocking(move || readers.with(work))
            .await
            .map_err(|_| Unavailable)?
    }
}

impl Readers {
    fn with<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<rusqlite::Error>,
        F: FnOnce(&Transaction<'_>) -> Result<T, E>,
    {
        let pooled = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut connection = match pooled {
            Some(connection) => connection,
            None => open::reader(&self.path)?,
        };
        let result = {
            let transaction = connection.transaction()?;
            work(&transaction)
        };
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < READERS
        {
            idle.push(connection);
        }
        result
    }
}

fn in_transaction<T, E, F>(connection: &mut Connection, work: F) -> Result<T, E>
where
    E: From<rusqlite::Error>,
    F: FnOnce(&Transaction<'_>) -> Result<T, E>,
{
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = work(&transaction)?;
    transaction.commit()?;
    Ok(value)
}

fn run_jobs(mut connection: Connection, jobs: &mpsc::Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
        // A panic inside a job drops its transaction, which undoes it; the thread lives on.
        if catch_unwind(AssertUnwindSafe(|| job(&mut connection))).is_err() {
            tracing::error!("a database job panicked and was undone");
        }
    }
}
