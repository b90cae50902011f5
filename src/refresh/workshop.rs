//! A few threads of our own that read and clean documents, away from the ones that wait for the network. A job that panics
//! costs itself; one that nobody waits for any more is not begun.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use tokio::sync::oneshot;

use crate::domain::clean_text::CleanText;

/// More threads than this gain nothing: the store takes one answer at a time.
const MOST_THREADS: usize = 4;
/// Bytes above which documents are read one after the other, by a thread of their own: each takes a hundred times its size while
/// it is read, and the allocator gives little of that back to other threads.
pub(super) const LARGE: usize = 256 * 1024;
/// Parsers recurse into what they read; all are bounded, and this leaves room to spare.
const STACK_BYTES: usize = 16 * 1024 * 1024;
/// The longest part of a panic's message that is kept, in characters.
const LONGEST_MESSAGE: usize = 200;

type Job = Box<dyn FnOnce() + Send>;

/// The threads, started when there is work for them. They end when this is dropped and the work is done.
pub(super) struct Workshop {
    first: fn(),
    queues: OnceLock<Queues>,
}

struct Queues {
    jobs: Sender<Job>,
    /// Those with large documents.
    large: Sender<Job>,
}

/// A job broke off.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("matins could not cope with this document; please report it ({0})")]
pub(super) struct Broke(CleanText);

impl Workshop {
    /// Each thread calls `first` before it takes work.
    pub fn new(first: fn()) -> Workshop {
        Workshop { first, queues: OnceLock::new() }
    }

    fn start(&self) -> Queues {
        let count = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        Queues { jobs: start(count, self.first), large: start(1, self.first) }
    }

    /// Runs a job on a document of so many bytes to its end, unless the future is dropped before it began.
    pub async fn run<T: Send + 'static>(&self, bytes: usize, job: impl FnOnce() -> T + Send + 'static) -> Result<T, Broke> {
        let (answer, waiting) = oneshot::channel();
        let job: Job = Box::new(move || {
            if !answer.is_closed() {
                let result = catch_unwind(AssertUnwindSafe(job)).map_err(|panic| Broke(message(&*panic)));
                let _ = answer.send(result);
            }
        });
        let queues = self.queues.get_or_init(|| self.start());
        let queue = if bytes > LARGE { &queues.large } else { &queues.jobs };
        if let Err(mpsc::SendError(job)) = queue.send(job) {
            job();
        }
        waiting.await.unwrap_or_else(|_| Err(Broke(CleanText::new("its thread ended"))))
    }
}

/// A queue with so many threads that do its work.
fn start(count: usize, first: fn()) -> Sender<Job> {
    let (jobs, queue) = mpsc::channel();
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..count {
        let queue = queue.clone();
        // A thread that cannot be started is one fewer; without any, jobs run where they are asked for.
        let begin = move || {
            first();
            work(&queue);
        };
        let _ = thread::Builder::new().name("matins reading".into()).stack_size(STACK_BYTES).spawn(begin);
    }
    jobs
}

fn work(queue: &Mutex<Receiver<Job>>) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match job {
            Ok(job) => job(),
            Err(_) => return,
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> CleanText {
    let words = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    CleanText::new(&words.unwrap_or("no reason given").chars().take(LONGEST_MESSAGE).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[tokio::test]
    async fn a_panic_costs_its_own_job_and_no_other() {
        let workshop = Workshop::new(|| ());
        for round in 0..MOST_THREADS * 2 {
            let broke = workshop.run(0, move || assert!(round > 99, "round {round}\u{1b}[31m")).await;
            assert_eq!(broke, Err(Broke(CleanText::new(&format!("round {round}")))));
        }
        assert_eq!(workshop.run(0, || 7).await, Ok(7));
    }

    #[tokio::test]
    async fn a_thread_takes_no_job_before_it_did_what_it_does_first() {
        static DONE: AtomicBool = AtomicBool::new(false);
        let workshop = Workshop::new(|| DONE.store(true, Ordering::SeqCst));
        assert_eq!(workshop.run(0, || DONE.load(Ordering::SeqCst)).await, Ok(true));
    }

    #[tokio::test]
    async fn threads_are_started_when_there_is_work_for_them() {
        let workshop = Workshop::new(|| ());
        assert!(workshop.queues.get().is_none());
        assert_eq!(workshop.run(0, || 7).await, Ok(7));
        assert!(workshop.queues.get().is_some());
    }

    #[tokio::test]
    async fn without_threads_a_job_runs_where_it_is() {
        let workshop = Workshop::new(|| ());
        let _ = workshop.queues.set(Queues { jobs: mpsc::channel().0, large: mpsc::channel().0 });
        assert_eq!(workshop.run(0, || 7).await, Ok(7));
    }
}
