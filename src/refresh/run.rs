//! One refresh under way: every feed is a task of its own, and nothing waits for a task but those that depend on it.

use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::{Id, JoinSet};

use super::{
    Outcome, Parts, Progress, Summary, ask,
    course::{Course, Occasion, Standby, Urgency, Verdict, is_file, verdict},
    refused::Refused,
};
use crate::domain::{schedule, section::Feed};
use crate::fetch::{FetchError, is_this_machine};
use crate::store::{FeedRecord, Visit};

/// Feeds that a store does not take, which may each have waited long for it, after which no more are tried.
const IN_VAIN: usize = 3;

/// The state of one refresh. Its tasks end when it is dropped.
pub(super) struct Run {
    parts: Arc<Parts>,
    report: UnboundedSender<Progress>,
    occasion: Occasion,
    tasks: JoinSet<Done>,
    /// The feed of each task under way.
    records: HashMap<Id, FeedRecord>,
    /// Feeds that were begun, so that none is begun twice.
    begun: HashSet<String>,
    /// Sections whose fallback feeds wait, and the ordinary feeds that they wait for.
    waiting: Vec<(Standby, HashSet<String>)>,
    summary: Summary,
    /// Feeds that the store did not take.
    not_saved: usize,
}

/// Those that fail last, and of both those first that answered longest ago: whether a host refuses still, one of its feeds finds out,
/// and not each time the one that it refuses.
fn in_turn(mut feeds: Vec<(Feed, FeedRecord)>) -> Vec<(Feed, FeedRecord)> {
    feeds.sort_by_key(|(_, record)| (record.failures_in_a_row > 0, record.last_answer));
    feeds
}

/// What a task came to.
enum Done {
    Asked(Outcome),
    /// Fallback feeds that turned out to be needed, perhaps none.
    Needed(Vec<Feed>),
}

impl Run {
    pub fn new(parts: Arc<Parts>, report: UnboundedSender<Progress>, urgency: Urgency) -> Run {
        Run {
            parts,
            report,
            occasion: Occasion { urgency, refused: Refused::default() },
            tasks: JoinSet::new(),
            records: HashMap::new(),
            begun: HashSet::new(),
            waiting: Vec::new(),
            summary: Summary::default(),
            not_saved: 0,
        }
    }

    pub async fn go(mut self, course: Course) -> Summary {
        for standby in course.standbys {
            let waits_for = standby.ordinary.iter().cloned().collect();
            self.waiting.push((standby, waits_for));
        }
        self.begin(course.feeds).await;
        self.judge_the_ready();
        while let Some(done) = self.tasks.join_next_with_id().await {
            match done {
                Ok((id, Done::Asked(outcome))) => self.finish_task(id, outcome),
                Ok((_, Done::Needed(feeds))) => self.begin(feeds).await,
                Err(error) => self.finish_broken(error.id(), error.is_panic()).await,
            }
            if self.not_saved >= IN_VAIN {
                self.give_up();
            }
            self.judge_the_ready();
        }
        // What came is found by a search that follows. If that cannot be done now, it is done later.
        let _ = self.parts.back.index_words().await;
        self.summary
    }

    /// The store takes nothing: the feeds that are under way stay as due as they were.
    fn give_up(&mut self) {
        self.tasks.abort_all();
        self.waiting.clear();
        let error = self.summary.not_saved.clone().unwrap_or_default();
        for record in std::mem::take(&mut self.records).into_values() {
            self.finish(&record.url, Outcome::NotSaved { error: error.clone(), answer: None });
        }
    }

    /// Starts the feeds that are due and tells of the others.
    async fn begin(&mut self, mut feeds: Vec<Feed>) {
        feeds.retain(|feed| self.begun.insert(feed.url.clone()));
        if feeds.is_empty() {
            return;
        }
        let urls: Vec<String> = feeds.iter().map(|feed| feed.url.clone()).collect();
        self.tell(Progress::Planned { urls: urls.clone() });
        let now = self.parts.clock.now();
        // where that cannot be done, the records tell why
        let _ = self.parts.back.free_claims_of_the_gone(now).await;
        match self.parts.back.records(urls).await {
            Ok(records) => {
                for (feed, record) in in_turn(feeds.into_iter().zip(records).collect()) {
                    match verdict(&record, now, self.occasion.urgency) {
                        Verdict::Ask if self.is_held_back(&record) => self.hold_back(&feed.url, now),
                        Verdict::Ask => self.start(feed, record),
                        verdict => self.finish(&feed.url, ask::not_asked(verdict)),
                    }
                }
            }
            // Without its store nothing can be kept, so nobody is asked.
            Err(error) => feeds.iter().for_each(|feed| self.finish(&feed.url, ask::unkept(&error, None))),
        }
    }

    /// Whether nothing may be asked where this feed is, for want of the proxy that is named.
    fn is_held_back(&self, record: &FeedRecord) -> bool {
        let address = record.way.address.as_ref().unwrap_or(&record.url);
        self.parts.settings.unusable_proxy.is_some() && !is_file(&record.url) && !is_this_machine(address)
    }

    /// It fails, and stays as it was in the store: when the proxy is mended it is as due as before.
    fn hold_back(&mut self, url: &str, now: Timestamp) {
        let reason = self.parts.settings.unusable_proxy.clone().unwrap_or_default();
        let error = FetchError::UnusableProxy { reason }.to_string();
        self.summary.held_back += 1;
        self.finish(url, Outcome::Failed { error, next_try: Some(now) });
    }

    fn start(&mut self, feed: Feed, record: FeedRecord) {
        let (parts, report) = (self.parts.clone(), self.report.clone());
        let known = record.clone();
        let tell = move |progress| drop(report.send(progress));
        let occasion = self.occasion.clone();
        let task = self.tasks.spawn(async move { Done::Asked(ask::ask(&parts, feed, record, &occasion, tell).await) });
        self.records.insert(task.id(), known);
    }

    /// Looks at each section whose ordinary feeds have all finished: does it need its fallback feeds?
    fn judge_the_ready(&mut self) {
        let ready = self.waiting.extract_if(.., |(_, waits_for)| waits_for.is_empty());
        for (standby, _) in ready.collect::<Vec<_>>() {
            let parts = self.parts.clone();
            self.tasks.spawn(async move {
                let records = parts.back.records(standby.ordinary.clone()).await;
                let is_needed = records.is_ok_and(|records| standby.is_needed(&records, parts.clock.now()));
                Done::Needed(if is_needed { standby.fallback } else { Vec::new() })
            });
        }
    }

    fn finish_task(&mut self, id: Id, outcome: Outcome) {
        if let Some(record) = self.records.remove(&id) {
            self.finish(&record.url, outcome);
        }
    }

    /// A task that broke off is its feed's failure, not ours.
    async fn finish_broken(&mut self, id: Id, is_panic: bool) {
        let Some(record) = self.records.remove(&id) else { return };
        let error = if is_panic { "matins broke while asking for this feed; please report it" } else { "the refresh was stopped" };
        let now = self.parts.clock.now();
        let failures = schedule::counted(record.failures_in_a_row, record.next_try, now);
        let failed = schedule::Failed { failures, retry_after: None, is_offline: false, url: &record.url };
        let next_try = schedule::after_failure(now, &failed);
        let FeedRecord { url, way, is_gone, trouble, .. } = record;
        let visit = Visit { accepted_before: way.accepted_at, way, is_gone, trouble, ..Visit::default() };
        let kept = self.parts.back.failed(url.clone(), None, error.to_string(), now, next_try, visit).await;
        let failed = |next_try| Outcome::Failed { error: error.to_string(), next_try };
        self.finish(&url, kept.map_or_else(|trouble| ask::unkept(&trouble, Some(Err(error.into()))), failed));
    }

    fn finish(&mut self, url: &str, outcome: Outcome) {
        self.summary.asked += usize::from(outcome.is_asked());
        match &outcome {
            Outcome::NotDue { .. } => (),
            Outcome::LeftAlone { until } => self.summary.left_alone.push((url.to_string(), *until)),
            Outcome::AskedElsewhere => self.summary.elsewhere += 1,
            Outcome::Fresh { .. } => self.summary.fresh += 1,
            Outcome::Unchanged => self.summary.ok += 1,
            Outcome::Saved { new, .. } => {
                self.summary.ok += 1;
                self.summary.new = self.summary.new.saturating_add(*new);
            }
            Outcome::Failed { error, .. } => self.summary.failed.push((url.to_string(), error.clone())),
            Outcome::NotSaved { error, answer } => {
                self.not_saved += 1;
                self.summary.not_saved.get_or_insert_with(|| error.clone());
                self.summary.ok += usize::from(matches!(answer, Some(Ok(()))));
                self.summary.failed.extend(answer.clone().and_then(Result::err).map(|reason| (url.to_string(), reason)));
            }
        }
        for (_, waits_for) in &mut self.waiting {
            waits_for.remove(url);
        }
        self.tell(Progress::Finished { url: url.to_string(), outcome });
    }

    /// Nobody need listen.
    fn tell(&self, progress: Progress) {
        let _ = self.report.send(progress);
    }
}
