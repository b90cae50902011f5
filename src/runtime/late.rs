//! The pipeline, made when it is first asked for: reading the machine's certificates takes longer than the first picture.

use std::sync::{Arc, LazyLock};

use crate::refresh::Refresher;

type Made = Result<Arc<Refresher>, String>;
type Make = Box<dyn FnOnce() -> Made + Send>;

/// A refresher that is made once, off the loop. Cheap to clone; clones share it.
#[derive(Clone)]
pub struct LateRefresher(Arc<LazyLock<Made, Make>>);

impl LateRefresher {
    /// `make` may take its time; its failure is told in words, each time that something is to be fetched.
    pub fn new(make: impl FnOnce() -> Result<Refresher, String> + Send + 'static) -> LateRefresher {
        LateRefresher(Arc::new(LazyLock::new(Box::new(move || make().map(Arc::new)))))
    }

    /// The refresher, or why nothing can be fetched.
    pub(super) async fn get(&self) -> Made {
        let late = self.clone();
        let made = tokio::task::spawn_blocking(move || LazyLock::force(&late.0).clone()).await;
        made.unwrap_or_else(|_| Err("nothing can be fetched: matins broke while it prepared to; please report it".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_failure_is_told_each_time_and_tried_once() {
        let tries = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let counted = tries.clone();
        let late = LateRefresher::new(move || {
            counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            Err("no way out".into())
        });
        assert_eq!(tries.load(std::sync::atomic::Ordering::SeqCst), 0, "nothing is made before it is asked for");
        for _ in 0..2 {
            assert_eq!(late.get().await.err().as_deref(), Some("no way out"));
        }
        assert_eq!(tries.load(std::sync::atomic::Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_making_that_breaks_is_told_and_takes_nothing_down() {
        let late = LateRefresher::new(|| panic!("no certificates"));
        for _ in 0..2 {
            assert!(late.get().await.is_err_and(|told| told.contains("please report it")));
        }
    }
}
