//! A desk: one thread with its own connection, working off a queue in order. What the work is stands elsewhere.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender, TrySendError};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{oneshot, watch};

use super::answer::Answer;
use super::error::StoreError;
use super::place::Place;
use super::together::{self, MOST_TOGETHER, SmallWrite};
use super::turn::Turn;

/// Requests that may wait at one desk.
const QUEUE_LIMIT: usize = 4096;
/// Writes of the back desk after which it folds the log into the file.
const WRITES_BETWEEN_CHECKPOINTS: u32 = 16;
/// How often an idle front desk looks for other processes' commits, while somebody wants to know.
const LOOK_INTERVAL: Duration = Duration::from_secs(1);
/// How long nothing must be asked before a desk turns to what can wait.
const QUIET: Duration = Duration::from_millis(200);

/// How long the end of a desk is waited for.
const LAST_WORK: Duration = Duration::from_millis(500);

/// The connection of one thread, and how it reads and writes.
pub(super) struct Desk {
    place: Place,
    connection: Connection,
    is_read_only: bool,
    is_front: bool,
    turn: Arc<Turn>,
    writes: Cell<u32>,
}

impl Desk {
    pub(super) fn new(path: &Path, connection: Connection, is_read_only: bool, is_front: bool, turn: Arc<Turn>) -> Desk {
        Desk { place: Place::of(path), connection, is_read_only, is_front, turn, writes: Cell::new(0) }
    }

    /// Reads one consistent view of the store.
    pub(super) fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        self.transact(TransactionBehavior::Deferred, work)
    }

    /// Writes all of it or nothing, and nothing where the file is no longer at its place. Reading first and then writing is safe
    /// here, as the lock is taken at the start.
    pub(super) fn write<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        if self.is_read_only {
            return Err(StoreError::ReadOnly { path: self.place.path.clone() });
        }
        let writing = self.turn.take(self.is_front);
        let done = self.transact(TransactionBehavior::Immediate, |connection| {
            let value = work(connection)?;
            // last, as what is kept in a file that is gone is lost
            self.place.check()?;
            Ok(value)
        });
        let done = match done {
            Err(StoreError::TakenAway { .. }) => Err(self.place.put_back(&self.connection)),
            done => done,
        };
        drop(writing);
        self.checkpoint_in_time();
        done
    }

    /// Folds the log into the file now and then, on the back desk and out of turn: it waits for the disk, and a mark
    /// must not wait with it. A failure is told by the next write.
    fn checkpoint_in_time(&self) {
        if self.is_front {
            return;
        }
        self.writes.set(self.writes.get() + 1);
        if self.writes.get() >= WRITES_BETWEEN_CHECKPOINTS {
            self.writes.set(0);
            let _ = self.connection.query_row("PRAGMA wal_checkpoint(passive)", [], |_| Ok(()));
        }
    }

    fn transact<T>(&self, behavior: TransactionBehavior, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let transact = || {
            let transaction = Transaction::new_unchecked(&self.connection, behavior)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        transact().map_err(|error| StoreError::from_sqlite(&self.place.path, error))
    }

    /// A number that changes when another connection, of this process or another one, has committed.
    fn version(&self) -> Option<i64> {
        self.connection.prepare_cached("PRAGMA data_version").ok()?.query_row([], |row| row.get(0)).ok()
    }
}

type Job = Box<dyn FnOnce(&Desk) + Send>;
/// A step of work that can wait until nobody asks for anything, a few milliseconds long; whether there is more of it.
pub(super) type Spare = fn(&Desk) -> bool;

enum Message {
    Work(Job),
    Small(Box<dyn SmallWrite>),
    Look,
    Stop,
}

/// Where requests to one desk wait; cheap to clone.
#[derive(Clone)]
pub(super) struct Queue {
    messages: SyncSender<Message>,
    changes: Arc<watch::Sender<u64>>,
}

impl Queue {
    /// Queues the work before it returns.
    pub(super) fn ask<T, W>(&self, work: W) -> Answer<T>
    where
        T: Send + 'static,
        W: FnOnce(&Desk) -> Result<T, StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |desk| {
            // Nobody waiting any more is fine: the work was wanted, its answer is not.
            let _ = reply.send(work(desk));
        });
        self.queue(Message::Work(job), answer)
    }

    /// Queues a write of a row or two, which shares its transaction with others that wait beside it.
    pub(super) fn write_small<T, W>(&self, work: W) -> Answer<T>
    where
        T: Send + 'static,
        W: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.queue(Message::Small(Box::new(together::Asked::new(work, reply))), answer)
    }

    fn queue<T>(&self, message: Message, answer: oneshot::Receiver<Result<T, StoreError>>) -> Answer<T> {
        match self.messages.try_send(message) {
            Ok(()) => Answer::waiting(answer),
            Err(TrySendError::Full(_)) => Answer::refused(StoreError::Overloaded),
            Err(TrySendError::Disconnected(_)) => Answer::refused(StoreError::Closed),
        }
    }

    /// Counts up whenever the desk sees that another connection has committed.
    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        let receiver = self.changes.subscribe();
        self.look();
        receiver
    }

    /// Has the desk look for commits now. A full queue looks by itself after each of its requests.
    fn look(&self) {
        let _ = self.messages.try_send(Message::Look);
    }
}

/// The thread behind a queue.
pub(super) struct Thread {
    queue: Queue,
    handle: Option<JoinHandle<()>>,
    /// Cut off when it has ended; only its owner waits there.
    ended: Mutex<Receiver<()>>,
}

impl Thread {
    /// Starts working. `watcher` is told to look after each request, as this desk may have committed.
    pub(super) fn start(name: &str, desk: Desk, watcher: Option<Queue>, spare: Option<Spare>) -> Result<Thread, StoreError> {
        let (messages, waiting) = mpsc::sync_channel(QUEUE_LIMIT);
        let changes = Arc::new(watch::Sender::new(0));
        let queue = Queue { messages, changes: Arc::clone(&changes) };
        let path = desk.place.path.clone();
        let (runs, ended) = mpsc::channel();
        let run = move || {
            work_off(&desk, &waiting, &changes, watcher.as_ref(), spare);
            // after the file is closed
            drop(desk);
            drop(runs);
        };
        let started = thread::Builder::new().name(name.to_string()).spawn(run);
        let handle = started.map_err(|error| StoreError::Failed { path, reason: error.to_string() })?;
        Ok(Thread { queue, handle: Some(handle), ended: Mutex::new(ended) })
    }

    pub(super) fn queue(&self) -> Queue {
        self.queue.clone()
    }

    /// Ends when everything queued so far is done, or when that takes long: whoever needs to know has waited for the answer. What
    /// is queued later is refused.
    pub(super) fn finish(&mut self) {
        let Some(handle) = self.handle.take() else { return };
        let _ = self.queue.messages.send(Message::Stop);
        let has_ended = self.ended.get_mut().is_ok_and(|ended| ended.recv_timeout(LAST_WORK) != Err(RecvTimeoutError::Timeout));
        if has_ended {
            let _ = handle.join();
        }
    }
}

fn work_off(desk: &Desk, waiting: &Receiver<Message>, changes: &watch::Sender<u64>, watcher: Option<&Queue>, spare: Option<Spare>) {
    let mut seen = desk.version();
    let mut after = None;
    let mut patience = spare.map(|_| QUIET);
    loop {
        let is_watched = changes.receiver_count() > 0;
        let message = after.take().unwrap_or_else(|| next(waiting, patience.or(is_watched.then_some(LOOK_INTERVAL))));
        patience = spare.map(|_| QUIET);
        // A request that breaks costs its own answer, not the desk; its transaction is rolled back on the way.
        match message {
            Message::Work(job) => {
                let _ = panic::catch_unwind(AssertUnwindSafe(|| job(desk)));
                watcher.inspect(|queue| queue.look());
            }
            Message::Small(first) => {
                let writes = gather(first, waiting, &mut after);
                let _ = panic::catch_unwind(AssertUnwindSafe(|| together::write(desk, writes)));
                watcher.inspect(|queue| queue.look());
            }
            Message::Look => {
                let has_more = spare.is_some_and(|step| panic::catch_unwind(AssertUnwindSafe(|| step(desk))).unwrap_or(false));
                patience = has_more.then_some(Duration::ZERO);
            }
            Message::Stop => return,
        }
        let now = desk.version().or(seen);
        if now != seen {
            seen = now;
            changes.send_modify(|count| *count += 1);
        }
    }
}

/// Small writes that wait behind the first; `after` is what came instead of another one.
fn gather(first: Box<dyn SmallWrite>, waiting: &Receiver<Message>, after: &mut Option<Message>) -> Vec<Box<dyn SmallWrite>> {
    let mut writes = vec![first];
    while writes.len() < MOST_TOGETHER {
        match waiting.try_recv() {
            Ok(Message::Small(next)) => writes.push(next),
            Ok(other) => {
                *after = Some(other);
                break;
            }
            Err(_) => break,
        }
    }
    writes
}

/// The next message; a look when none comes for so long.
fn next(waiting: &Receiver<Message>, patience: Option<Duration>) -> Message {
    let Some(patience) = patience else { return waiting.recv().unwrap_or(Message::Stop) };
    match waiting.recv_timeout(patience) {
        Ok(message) => message,
        Err(RecvTimeoutError::Timeout) => Message::Look,
        Err(RecvTimeoutError::Disconnected) => Message::Stop,
    }
}
