//! One feed from request to store. Whatever happens to it is an outcome, and is kept in the store before it is told.

use jiff::Timestamp;

use super::{
    Outcome, Parts,
    course::is_file,
    reading::{Bytes, Reading},
};
use crate::domain::{schedule, section::Feed};
use crate::fetch::{Answer, FetchError, Request};
use crate::store::{FeedRecord, FetchedFeed, StoreError};

/// Why a feed brought nothing.
struct Failure {
    error: String,
    status: Option<u16>,
    retry_after: Option<jiff::SignedDuration>,
}

/// Asks one feed, waiting for a place first; `started` is called when the request goes out.
pub(super) async fn ask(parts: &Parts, feed: Feed, record: FeedRecord, started: impl FnOnce()) -> Outcome {
    let place = parts.limits.enter(&feed.url).await;
    started();
    let request = Request { url: feed.url.clone(), validators: record.validators.clone(), user_agent: feed.user_agent };
    let answer = parts.fetcher.fetch(request).await;
    let bytes = if let Ok(Answer::Body { bytes, .. }) = &answer { bytes.len() } else { 0 };
    let _place = parts.limits.leave(place, bytes).await;
    let kept = match answer {
        Ok(answer) => keep(parts, &feed.url, answer).await,
        Err(error) => Ok(Err(Failure::of_fetch(&error))),
    };
    match kept {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(failure)) => keep_failure(parts, &record, failure).await,
        Err(error) => Outcome::Failed { error: error.to_string(), next_try: parts.clock.now() },
    }
}

async fn keep(parts: &Parts, url: &str, answer: Answer) -> Result<Result<Outcome, Failure>, StoreError> {
    match answer {
        Answer::Unchanged { status, validators } => {
            let at = parts.clock.now();
            parts.back.unchanged(url.to_string(), validators, status, at, next_try(parts, url, at)).await?;
            Ok(Ok(Outcome::Unchanged))
        }
        Answer::Body { status, bytes, content_type, final_url, validators } => {
            let reading = match read(parts, Bytes { bytes, content_type, url: final_url }).await {
                Ok(reading) => reading,
                Err(error) => return Ok(Err(Failure { error, status, retry_after: None })),
            };
            let at = parts.clock.now();
            let saved = parts.back.save(FetchedFeed {
                url: url.to_string(),
                title: reading.title,
                home_url: reading.home_url,
                validators,
                http_status: status,
                articles: reading.articles,
                notes: reading.notes,
                at,
                next_try: next_try(parts, url, at),
            });
            let saved = saved.await?;
            Ok(Ok(Outcome::Saved { new: saved.new, changed: saved.changed }))
        }
    }
}

async fn read(parts: &Parts, bytes: Bytes) -> Result<Reading, String> {
    let read = parts.read;
    match parts.workshop.run(move || read(bytes)).await {
        Ok(Ok(reading)) => Ok(reading),
        Ok(Err(not_a_feed)) => Err(not_a_feed.to_string()),
        Err(broke) => Err(broke.to_string()),
    }
}

async fn keep_failure(parts: &Parts, record: &FeedRecord, failure: Failure) -> Outcome {
    let at = parts.clock.now();
    let failures = record.failures_in_a_row.saturating_add(1);
    let next_try = match is_file(&record.url) {
        true => at,
        false => schedule::after_failure(at, failures, failure.retry_after, &record.url),
    };
    let kept = parts.back.failed(record.url.clone(), failure.status, failure.error.clone(), at, next_try).await;
    match kept {
        Ok(()) => Outcome::Failed { error: failure.error, next_try },
        Err(error) => Outcome::Failed { error: format!("{}; {error}", failure.error), next_try },
    }
}

/// A file is asked whenever somebody refreshes.
fn next_try(parts: &Parts, url: &str, at: Timestamp) -> Timestamp {
    if is_file(url) { at } else { schedule::after_success(at, parts.settings.interval) }
}

impl Failure {
    fn of_fetch(error: &FetchError) -> Failure {
        Failure { error: error.to_string(), status: error.status(), retry_after: error.retry_after() }
    }
}
