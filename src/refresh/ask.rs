//! One feed from request to store. Whatever happens to it is an outcome, and is kept in the store before it is told.

use jiff::{SignedDuration, Timestamp};

use super::{
    Outcome, Parts, Progress,
    course::{Occasion, Verdict, is_file},
    hushed,
    in_hand::InHand,
    reading::{Bytes, Reading},
    way,
};
use crate::domain::cure::Trouble;
use crate::domain::feed::{Hints, Validators, Way};
use crate::domain::{schedule, secret::Hush, section::Feed};
use crate::fetch::{Answer, FetchError, Request, Trail, is_this_machine};
use crate::sources::{self, RawFeed, links::normalise_link};
use crate::store::{FeedRecord, FetchedFeed, StoreError, Visit};

/// What a server says to who has no leave, when a feed is gone for good, and when it is asked too much.
const UNAUTHORIZED: u16 = 401;
const GONE: u16 = 410;
pub(super) const TOO_MANY_REQUESTS: u16 = 429;
/// What is said of a 304 where no validators were sent.
pub(super) const UNCHANGED_UNASKED: &str = "it answered that nothing has changed, to a question that nobody asked";

/// The note of a repair of what `fetch` unpacked.
const PACKED_OTHERWISE: &str = "the answer was packed otherwise than its headers say: unpacked it by its first bytes";

/// Why a feed brought nothing.
struct Failure {
    error: String,
    status: Option<u16>,
    retry_after: Option<SignedDuration>,
    is_offline: bool,
    kind: way::Kind,
    trouble: Trouble,
}

/// A feed that was asked, and what is needed to keep what came of it.
struct Visited<'a> {
    parts: &'a Parts,
    record: FeedRecord,
    trail: Trail,
    hush: Hush,
    is_move_hidden: bool,
}

/// Asks one feed, waiting for its secrets and a place first; tells when the request goes out, and when it is answered.
pub(super) async fn ask(parts: &Parts, feed: Feed, known: FeedRecord, occasion: &Occasion, tell: impl Fn(Progress)) -> Outcome {
    // Before it has anything in hand: a person may be asked for it.
    let (private, hush) = match parts.keyring.headers(&feed).await {
        Ok(known) => known,
        Err(error) => {
            let unasked = Visited { parts, record: known, trail: Trail::default(), hush: Hush::default(), is_move_hidden: false };
            return unasked.keep_failure(Failure::of_fetch(&error)).await;
        }
    };
    let mut place = parts.fetcher.enter(known.way.address.as_ref().unwrap_or(&feed.url)).await;
    let (in_hand, record) = match InHand::take(parts, &mut place, known, occasion).await {
        Ok(Ok(taken)) => taken,
        Ok(Err(verdict)) => return not_asked(verdict),
        Err(error) => return unkept(&error, None),
    };
    tell(Progress::Started { url: feed.url.clone() });
    let (validators, max_age) = (record.validators.clone(), record.max_age);
    let request = Request { private, validators, max_age, ..request(parts, &feed, &record.way) };
    let (answer, trail) = parts.fetcher.fetch_from(&mut place, request).await;
    tell(Progress::Arrived { url: feed.url.clone() });
    if let (Err(error), Some(host)) = (&answer, &trail.host)
        && error.status() == Some(TOO_MANY_REQUESTS)
    {
        occasion.refused.add(host.clone(), parts.clock.now(), error.retry_after());
    }
    if answer.as_ref().is_err_and(|error| error.status() == Some(UNAUTHORIZED)) {
        parts.keyring.forget(&feed);
    }
    let bytes = if let Ok(Answer::Body { bytes, .. }) = &answer { bytes.len() } else { 0 };
    let _room = parts.unread.admit(place, bytes).await;
    let (trail, is_move_hidden) = hushed::trail(&hush, &feed.url, trail);
    let visited = Visited { parts, record, trail, hush, is_move_hidden };
    let outcome = match answer {
        Ok(answer) => visited.keep(answer).await.unwrap_or_else(|error| unkept(&error, Some(Ok(())))),
        Err(error) => {
            let error = or_challenge(parts, error, &visited.trail).await;
            visited.keep_failure(Failure::of_fetch(&error)).await
        }
    };
    if !matches!(outcome, Outcome::NotSaved { .. }) {
        in_hand.done();
    }
    outcome
}

/// Asks a feed for its whole document, without its secrets.
pub(super) fn request(parts: &Parts, feed: &Feed, way: &Way) -> Request {
    Request {
        url: feed.url.clone(),
        user_agent: feed.user_agent.clone(),
        instead: way.address.clone(),
        is_http1: way.is_http1,
        is_plain: way.is_plain,
        now: Some(parts.clock.now()),
        ..Request::default()
    }
}

/// The outcome of a feed that is not asked.
pub(super) fn not_asked(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::NotDue { next_try } => Outcome::NotDue { next_try },
        Verdict::LeftAlone { until } => Outcome::LeftAlone { until },
        Verdict::Fresh { answered } => Outcome::Fresh { answered },
        Verdict::Ask | Verdict::Elsewhere => Outcome::AskedElsewhere,
    }
}

/// The outcome of a feed of which nothing can be kept.
pub(super) fn unkept(error: &StoreError, answer: Option<Result<(), String>>) -> Outcome {
    Outcome::NotSaved { error: error.to_string(), answer }
}

impl Visited<'_> {
    /// # Errors
    /// When a good answer cannot be kept.
    async fn keep(self, answer: Answer) -> Result<Outcome, StoreError> {
        match hushed::answer(&self.hush, answer) {
            Answer::Unchanged { status, validators } => self.keep_unchanged(status, validators).await,
            Answer::Body { status, bytes, content_type, final_url, validators, cut } => {
                let size = bytes.len();
                match (read(self.parts, Bytes { bytes, content_type, url: final_url, is_cut: cut.is_some() }).await, cut) {
                    (Ok(reading), None) => self.keep_reading(reading, size, status, validators).await,
                    (Ok(mut reading), Some(cut)) if !reading.articles.is_empty() => {
                        reading.notes.insert(0, cut.note());
                        self.keep_reading(reading, size, status, validators).await
                    }
                    (_, Some(cut)) => Ok(self.keep_failure(Failure::of_fetch(&cut.error)).await),
                    (Err((error, trouble)), None) => Ok(self.keep_failure(Failure::of_document(error, trouble, status)).await),
                }
            }
        }
    }

    async fn keep_unchanged(self, status: Option<u16>, validators: Validators) -> Result<Outcome, StoreError> {
        let at = self.parts.clock.now();
        let next_try = self.next_try(at, self.record.hints);
        let visit = self.visit();
        let visit = Visit { way: way::after_success(self.record.way, &self.trail, &self.record.url, at), ..visit };
        self.parts.back.unchanged(self.record.url, validators, status, at, next_try, visit).await?;
        Ok(Outcome::Unchanged)
    }

    async fn keep_reading(
        self,
        mut reading: Reading,
        size: usize,
        status: Option<u16>,
        validators: Validators,
    ) -> Result<Outcome, StoreError> {
        let at = self.parts.clock.now();
        let next_try = self.next_try(at, reading.hints);
        let visit = self.visit();
        if self.trail.is_packed_otherwise {
            reading.notes.insert(0, PACKED_OTHERWISE.into());
        }
        if self.is_move_hidden {
            reading.notes.insert(0, hushed::HIDDEN_MOVE.into());
        }
        let reading = hushed::reading(&self.hush, reading);
        let way = way::after_success(self.record.way, &self.trail, &self.record.url, at);
        let visit = Visit { way, hints: Some(reading.hints), bytes: Some(size), ..visit };
        let fetched = FetchedFeed {
            url: self.record.url,
            title: reading.title,
            home_url: reading.home_url,
            validators,
            http_status: status,
            articles: reading.articles,
            notes: reading.notes,
            link_key: normalise_link,
            at,
            next_try,
        };
        let saved = self.parts.back.save(fetched, visit).await?;
        Ok(Outcome::Saved { new: saved.new, changed: saved.changed })
    }

    async fn keep_failure(self, failure: Failure) -> Outcome {
        let failure = Failure { error: self.hush.hide(&failure.error), ..failure };
        let visit = self.visit();
        let (parts, url, at) = (self.parts, self.record.url, self.parts.clock.now());
        let failures = schedule::counted(self.record.failures_in_a_row, self.record.next_try, at);
        let failed = schedule::Failed { failures, retry_after: failure.retry_after, is_offline: failure.is_offline, url: &url };
        let next_try = if is_file(&url) { schedule::file(at, parts.settings.interval) } else { schedule::after_failure(at, &failed) };
        // Where a feed moved to, or is sent for now, may be gone while the feed is not: its own address is asked next.
        let is_gone = failure.status == Some(GONE) && self.record.way.address.is_none() && !self.trail.is_detour;
        let kind = match failure.kind {
            // A refusal of the network's is not the server's.
            way::Kind::Refused | way::Kind::NoFeed if visit.host.is_none() => way::Kind::Unreached,
            kind => kind,
        };
        let kind = match kind {
            way::Kind::Unreached if !parts.back.do_others_answer(url.clone()).await.unwrap_or(false) => way::Kind::Ours,
            kind => kind,
        };
        let is_again = self.record.trouble == Some(failure.trouble);
        let told = way::Setback { error: &failure.error, kind, failures, is_again };
        let way = way::after_failure(self.record.way, &told);
        let error = match &way {
            _ if is_gone => format!("{}: gone for good, so it is no longer asked", failure.error),
            Way { lapsed: Some(_), .. } if visit.accepted_before.is_some() => {
                format!("{}; what you accepted no longer works, so it is asked as feeds.toml says again", failure.error)
            }
            _ => failure.error,
        };
        let visit = Visit {
            is_gone,
            retry_after: failure.retry_after,
            is_refusal: failure.status == Some(TOO_MANY_REQUESTS),
            way,
            trouble: Some(failure.trouble),
            ..visit
        };
        let kept = parts.back.failed(url, failure.status, error.clone(), at, next_try, visit).await;
        match kept {
            Ok(next_try) => Outcome::Failed { error, next_try },
            Err(trouble) => unkept(&trouble, Some(Err(error))),
        }
    }

    fn visit(&self) -> Visit {
        let (host, max_age) = (self.trail.host.clone(), self.trail.max_age);
        Visit { host, max_age, accepted_before: self.record.way.accepted_at, ..Visit::default() }
    }

    fn next_try(&self, at: Timestamp, hints: Hints) -> Timestamp {
        let FeedRecord { url, way, .. } = &self.record;
        let answered = schedule::Answered {
            interval: self.parts.settings.interval,
            fresh_for: self.trail.fresh_for,
            hints,
            is_own: is_this_machine(way.address.as_ref().unwrap_or(url)),
        };
        if is_file(url) { schedule::file(at, answered.interval) } else { schedule::after_success(at, &answered) }
    }
}

/// A refusal that asks for a browser or a person says so.
pub(super) async fn or_challenge(parts: &Parts, error: FetchError, trail: &Trail) -> FetchError {
    let refusal = trail.clone();
    let is_challenge = parts.workshop.run(refusal.refused_with.len(), move || is_challenge(&refusal)).await;
    error.or_challenge(is_challenge.unwrap_or(false))
}

/// Whether a refusal asks for a browser or a person, by its headers or its page.
pub fn is_challenge(trail: &Trail) -> bool {
    let page = || sources::read(RawFeed { body: &trail.refused_with, ..RawFeed::default() });
    trail.is_challenge || (!trail.refused_with.is_empty() && page().is_err_and(|what| what.trouble() == Trouble::Challenge))
}

pub(super) async fn read(parts: &Parts, bytes: Bytes) -> Result<Reading, (String, Trouble)> {
    let read = parts.read;
    match parts.workshop.run(bytes.bytes.len(), move || read(bytes)).await {
        Ok(Ok(reading)) => Ok(reading),
        Ok(Err(not_a_feed)) => Err((not_a_feed.to_string(), not_a_feed.trouble())),
        Err(broke) => Err((broke.to_string(), Trouble::Other)),
    }
}

impl Failure {
    fn of_fetch(error: &FetchError) -> Failure {
        Failure {
            error: error.to_string(),
            status: error.status(),
            retry_after: error.retry_after(),
            is_offline: error.is_offline(),
            kind: match error {
                _ if error.is_ours() => way::Kind::Ours,
                _ if error.is_offline() => way::Kind::Unreached,
                _ if error.is_passing() => way::Kind::Passing,
                _ if error.status().is_some() => way::Kind::Refused,
                // What came is not taken by us.
                _ => way::Kind::NoFeed,
            },
            trouble: error.trouble(),
        }
    }

    fn of_document(error: String, trouble: Trouble, status: Option<u16>) -> Failure {
        Failure { error, status, retry_after: None, is_offline: false, kind: way::Kind::NoFeed, trouble }
    }
}
