//! Performing effects: what the pure core asks for, done by the store, the pipeline and the typesetting.
//! Work for the store is queued before `start` returns, and an effect's future ends when its work ends.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::FutureExt;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::late::LateRefresher;
use crate::app::effect::{Effect, RefreshPlan};
use crate::app::event::{Event, FeedOutcome};
use crate::app::model::place::Place;
use crate::config;
use crate::domain::article::ArticleId;
use crate::domain::clock::Clock;
use crate::domain::cure::Cure;
use crate::domain::full_text::Version;
use crate::domain::list::ListQuery;
use crate::domain::section::Paper;
use crate::domain::setting::{Fit, Setting};
use crate::domain::status::Mark;
use crate::refresh::{Outcome, Plan, Progress, Refresher};
use crate::store::{FrontDesk, StoreError, Undone};
use crate::typeset::{self, LinkMarks};

/// Where the store keeps the place that a person left.
const PLACE_KEY: &str = "screen.place";

/// What effects are performed with.
#[derive(Clone)]
pub struct Links {
    pub front: FrontDesk,
    pub refresher: LateRefresher,
    pub paper: Arc<Paper>,
    pub clock: Clock,
    pub is_ascii: bool,
}

/// Work under way. It never fails: a failure is an event.
pub type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What starting an effect comes to.
pub enum Started {
    Work(Work),
    /// One that only the owner of the terminal can perform.
    Own(Effect),
}

/// Where the answers go.
pub type Events = UnboundedSender<Event>;

impl Links {
    /// Starts an effect.
    pub fn start(&self, effect: Effect, events: Events) -> Started {
        Started::Work(match effect {
            Effect::RecallPlace => self.recall(events),
            Effect::RememberPlace(place) => self.remember(&place),
            Effect::LoadNextTheme { after } => theme(&theme_after(&after), &events),
            Effect::LoadList { generation, query } => self.load_list(generation, query, events),
            Effect::ListArrived { generation, query } => {
                answer(self.front.ids(query), events, move |ids| Event::ArrivedListed { generation, ids })
            }
            Effect::FindUnread { generation, query } => {
                answer(self.front.ids(query), events, move |ids| Event::UnreadFound { generation, ids })
            }
            Effect::LoadRows { ids, marks, .. } => answer(self.front.rows(ids), events, move |rows| Event::RowsLoaded { rows, marks }),
            Effect::LoadCounts { queries, marks } => {
                answer(self.front.counts(queries), events, move |counts| Event::CountsLoaded { counts, marks })
            }
            Effect::LoadHealth { urls } => answer(self.front.feeds(Some(urls)), events, |feeds| Event::HealthLoaded { feeds }),
            Effect::LoadArticle { id, fit, version } => self.load_article(id, fit, version, events),
            Effect::FetchPage { id, feed } => self.fetch_page(id, &feed, events),
            Effect::Mark { ids, mark, label, is_whole_list } => self.mark(ids, mark, label, is_whole_list, events),
            Effect::Undo => answer(self.front.undo(self.clock.now()), events, |undone| turned(undone, false)),
            Effect::Redo => answer(self.front.redo(self.clock.now()), events, |undone| turned(undone, true)),
            Effect::Refresh(plan) => self.refresh(&plan, events),
            Effect::TryCure { generation, feed, cure } => self.try_cure(generation, &feed, cure, events),
            Effect::KeepCure { feed, way } => {
                let is_accepted = way.is_some();
                let kept = self.front.cure(feed.clone(), way, self.clock.now());
                answer(kept, events, move |()| Event::CureKept { feed, is_accepted })
            }
            own @ (Effect::OpenAddress { .. } | Effect::Copy { .. } | Effect::Press(_) | Effect::WakeAt(_)) => return Started::Own(own),
            own @ (Effect::OpenSample | Effect::Redraw | Effect::Suspend | Effect::Quit) => return Started::Own(own),
        })
    }

    /// A place that cannot be recalled is said, and the reader opens at the front.
    fn recall(&self, events: Events) -> Work {
        let recalled = self.front.recall(PLACE_KEY.into());
        Box::pin(async move {
            let text = recalled.await.unwrap_or_else(|error| {
                let _ = events.send(failed(&error));
                None
            });
            let _ = events.send(Event::PlaceRecalled(text.and_then(|text| serde_json::from_str(&text).ok())));
        })
    }

    /// A place that cannot be kept (a full disk) is not worth a word each time; a mark is.
    fn remember(&self, place: &Place) -> Work {
        let text = serde_json::to_string(place).unwrap_or_default();
        let kept = self.front.remember(PLACE_KEY.into(), text);
        Box::pin(async move { drop(kept.await) })
    }

    fn load_list(&self, generation: u64, query: ListQuery, events: Events) -> Work {
        let listed = self.front.list(query);
        Box::pin(async move {
            let _ = events.send(match listed.await {
                Ok(snapshot) => Event::ListLoaded { generation, snapshot },
                Err(error) => Event::ListFailed { generation, error: error.to_string() },
            });
        })
    }

    fn load_article(&self, id: ArticleId, fit: Fit, wish: Version, events: Events) -> Work {
        let (article, is_ascii) = (self.front.article(id), self.is_ascii);
        Box::pin(async move {
            let event = match article.await {
                Ok(Some(article)) => {
                    let version = article.shown(wish);
                    let set = move || (set(article.text(version), fit, is_ascii), article);
                    match tokio::task::spawn_blocking(set).await {
                        Ok((setting, article)) => Event::ArticleLoaded { article: Box::new(article), version, setting: Arc::new(setting) },
                        Err(_) => {
                            Event::ArticleFailed { id, error: format!("this article could not be set; `matins show {id}` may print it") }
                        }
                    }
                }
                Ok(None) => Event::ArticleFailed { id, error: "this article is no longer in the store".into() },
                Err(error) => Event::ArticleFailed { id, error: error.to_string() },
            };
            let _ = events.send(event);
        })
    }

    fn mark(&self, ids: Vec<ArticleId>, mark: Mark, label: String, is_whole_list: bool, events: Events) -> Work {
        let marked = self.front.mark(ids, mark, label.clone(), self.clock.now());
        Box::pin(async move {
            let _ = events.send(match marked.await {
                Ok(marked) => Event::Marked { ids: marked.changed, mark, told: is_whole_list.then_some(label) },
                Err(error) => Event::MarkFailed { error: error.to_string() },
            });
        })
    }

    fn refresh(&self, plan: &RefreshPlan, events: Events) -> Work {
        let ends = Ends(events.clone());
        let chosen = plan.section.and_then(|index| self.paper.sections.get(index).cloned());
        let sections = chosen.map_or_else(|| self.paper.sections.clone(), |section| vec![section]);
        let plan = Plan { sections, only_feed: plan.feed.clone(), is_forced: plan.is_forced, is_insisting: plan.is_insisting };
        let late = self.refresher.clone();
        Box::pin(async move {
            let refresher = match late.get().await {
                Ok(refresher) => refresher,
                Err(error) => return drop(events.send(Event::RefreshRefused { error })),
            };
            let (report, mut progress) = unbounded_channel();
            let told = async {
                while let Some(step) = progress.recv().await {
                    let _ = events.send(progressed(step));
                }
            };
            let refresh = AssertUnwindSafe(refresher.refresh(plan.clone(), report)).catch_unwind();
            if tokio::join!(refresh, told).0.is_err() {
                return drop(events.send(Event::RefreshBroke));
            }
            drop(ends);
            pages_ahead(&refresher, &plan, &events).await;
        })
    }

    fn fetch_page(&self, id: ArticleId, url: &str, events: Events) -> Work {
        let (feed, late) = (self.paper.feed(url), self.refresher.clone());
        Box::pin(async move {
            let result = match late.get().await {
                Ok(refresher) => refresher.page(&feed, id).await,
                Err(error) => Err(error),
            };
            let _ = events.send(Event::PageFetched { id, result });
        })
    }

    fn try_cure(&self, generation: u64, url: &str, cure: Cure, events: Events) -> Work {
        let (feed, late) = (self.paper.feed(url), self.refresher.clone());
        Box::pin(async move {
            let result = match late.get().await {
                Ok(refresher) => refresher.try_cure(&feed, &cure).await,
                Err(error) => Err(error),
            };
            let _ = events.send(Event::CureTried { generation, result });
        })
    }
}

/// Fetches pages ahead, when the refresh itself has ended and everybody knows it.
async fn pages_ahead(refresher: &Refresher, plan: &Plan, events: &Events) {
    let (report, mut kept) = unbounded_channel();
    let told = async {
        while let Some(id) = kept.recv().await {
            let _ = events.send(Event::PageKept { id });
        }
    };
    // one that breaks costs the pages ahead, which nobody waits for
    let _ = tokio::join!(AssertUnwindSafe(refresher.pages_ahead(plan, report)).catch_unwind(), told);
}

/// Tells that a refresh has ended, however it ended.
struct Ends(Events);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.send(Event::RefreshEnded);
    }
}

/// Sets an article's text for the reading pane.
fn set(document: &crate::domain::document::Document, fit: Fit, is_ascii: bool) -> Setting {
    typeset::set(document, &typeset::Options { fit, links: LinkMarks::Numbered, is_ascii, is_for_screen: true })
}

/// An answer of the store as an event.
fn answer<T: Send + 'static>(
    work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
    events: Events,
    to_event: impl FnOnce(T) -> Event + Send + 'static,
) -> Work {
    Box::pin(async move {
        let event = match work.await {
            Ok(value) => to_event(value),
            Err(error) => failed(&error),
        };
        let _ = events.send(event);
    })
}

fn failed(error: &StoreError) -> Event {
    Event::StoreFailed { error: error.to_string() }
}

fn turned(undone: Option<Undone>, is_redo: bool) -> Event {
    let (label, ids) = undone.map_or((None, Vec::new()), |undone| (Some(undone.label), undone.ids));
    Event::Undone { label, ids, is_redo }
}

fn theme(name: &str, events: &Events) -> Work {
    if let Some(theme) = config::theme(name) {
        let _ = events.send(Event::ThemeLoaded(Box::new(theme)));
    }
    Box::pin(async {})
}

fn theme_after(name: &str) -> String {
    let names = config::theme_names();
    let at = names.iter().position(|known| *known == name).map_or(0, |at| at + 1);
    names.get(at % names.len().max(1)).map(ToString::to_string).unwrap_or_default()
}

fn progressed(progress: Progress) -> Event {
    match progress {
        Progress::Planned { urls } => Event::RefreshPlanned { urls },
        Progress::Started { url } => Event::FeedStarted { url },
        Progress::Arrived { url } => Event::FeedArrived { url },
        Progress::Finished { url, outcome } => Event::FeedAnswered { url, outcome: outcome_of(outcome) },
    }
}

fn outcome_of(outcome: Outcome) -> FeedOutcome {
    match outcome {
        Outcome::NotDue { .. } => FeedOutcome::NotDue,
        Outcome::LeftAlone { until } => FeedOutcome::LeftAlone { until },
        Outcome::AskedElsewhere => FeedOutcome::Elsewhere,
        Outcome::Fresh { .. } => FeedOutcome::Fresh,
        Outcome::Unchanged => FeedOutcome::Unchanged,
        Outcome::Saved { new, .. } => FeedOutcome::Saved { new },
        Outcome::NotSaved { error, answer } => FeedOutcome::NotSaved { error, answer },
        Outcome::Failed { error, .. } => FeedOutcome::Failed { error },
    }
}
