//! Stories of mornings: feeds in files, the real pipeline and store, the clock held still, and the edition that comes of it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use matins::config::{self, Config};
use matins::demo::DemoServer;
use matins::domain::clock::Clock;
use matins::domain::edition::{Edition, News, SectionState};
use matins::domain::full_text::Version;
use matins::domain::section::Section;
use matins::exchange::briefing::text;
use matins::fetch::Fetcher;
use matins::refresh::{Plan, Refresher};
use matins::runtime::{morning, secrets};
use matins::store::Store;
use tempfile::TempDir;
use tokio::sync::mpsc::unbounded_channel;

use crate::harness::NOW;

/// One morning after another in one folder.
struct Mornings {
    folder: TempDir,
    config: Config,
    store: Store,
    now: Arc<AtomicI64>,
    runtime: tokio::runtime::Runtime,
}

impl Mornings {
    fn new(feeds: &str) -> Mornings {
        let folder = tempfile::tempdir().expect("a folder");
        let feeds = feeds.replace("FOLDER", &format!("file://{}", folder.path().display()));
        let config = config::parse(None, Some(("feeds.toml", &feeds)));
        assert_eq!(config.problems, []);
        let store = Store::open(&folder.path().join("matins.db")).expect("a store");
        let now: Timestamp = NOW.parse().expect("a moment");
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        Mornings { folder, config, store, now: Arc::new(AtomicI64::new(now.as_second())), runtime }
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.now.load(Ordering::SeqCst)).expect("a moment")
    }

    fn clock(&self) -> Clock {
        let now = self.now.clone();
        Clock::new(move || Timestamp::from_second(now.load(Ordering::SeqCst)).expect("a moment"))
    }

    fn later(&self, hours: i64) -> &Mornings {
        self.now.fetch_add(hours * 3600, Ordering::SeqCst);
        self
    }

    /// Writes a feed of articles: title, guid, hours ago, text.
    fn feed(&self, name: &str, articles: &[(&str, &str, i64, &str)]) -> &Mornings {
        let item = |(title, id, hours, text): &(&str, &str, i64, &str)| {
            let date = (self.now() - SignedDuration::from_hours(*hours)).to_zoned(TimeZone::UTC);
            let date = jiff::fmt::rfc2822::to_string(&date).expect("a date");
            format!(
                "<item><title>{title}</title><guid isPermaLink=\"false\">{id}</guid><link>https://{name}.example/{id}</link>\
                 <pubDate>{date}</pubDate><description><![CDATA[<p>{text}</p>]]></description></item>"
            )
        };
        let items: String = articles.iter().map(item).collect();
        let document = format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{name}</title>{items}</channel></rss>");
        std::fs::write(self.folder.path().join(format!("{name}.xml")), document).expect("written");
        self
    }

    fn refresh(&self) -> &Mornings {
        let settings = self.config.settings.fetch.clone();
        let fetcher = Fetcher::new(&settings).expect("a fetcher");
        let refresher = Refresher::new(fetcher, self.store.back(), settings, self.clock(), secrets::reveal(), || ());
        let plan = Plan { sections: self.config.paper.sections.clone(), is_insisting: true, is_forced: true, ..Plan::default() };
        self.runtime.block_on(refresher.refresh(plan, unbounded_channel().0));
        self
    }

    /// The edition of the day.
    fn edition(&self) -> Edition {
        let todays = self.runtime.block_on(morning::todays(&self.store, &self.config.paper, self.now(), &TimeZone::UTC));
        let todays = todays.expect("an edition");
        assert_eq!(todays.unkept, None);
        todays.edition
    }
}

fn titles(edition: &Edition) -> Vec<&str> {
    edition.stories().map(|story| story.title.as_str()).collect()
}

const CANADA: &str = "[[section]]\nname = \"Canada\"\nwindow = \"3d\"\nfeeds = [{ url = \"FOLDER/CBC.xml\", title = \"CBC\" }, \
    { url = \"FOLDER/CTV.xml\", title = \"CTV\" }]\n";
const STRIKE: &str = "The strike that stopped freight from Thunder Bay to Halifax ended on Saturday night, the union and the railway said.";
const SNOW: &str = "Heavy snow closed the highway north of Wawa for a second day, and ploughs were held back by the wind.";
const STRIKE_BY_CTV: &str =
    "Freight from Thunder Bay to Halifax moves again, now that the strike has ended, the union and the railway said.";

#[test]
fn two_mornings_in_a_row_repeat_nothing_without_something_new() {
    let mornings = Mornings::new(CANADA);
    let strike = ("Rail strike ends after nine days", "1", 1, STRIKE);
    mornings.feed("CBC", &[strike]).feed("CTV", &[("Snow closes highway near Wawa", "2", 3, SNOW)]).refresh();
    assert_eq!(titles(&mornings.edition()), ["Rail strike ends after nine days", "Snow closes highway near Wawa"]);
    mornings.later(24).refresh();
    let second = mornings.edition();
    assert_eq!(titles(&second), [""; 0]);
    let note = "Nothing new since yesterday 07:00 (CBC and CTV). Left out: 2 that earlier editions told.";
    assert_eq!((second.sections[0].note.as_str(), second.sections[0].state), (note, SectionState::NothingNew));
    mornings.later(24).feed("CTV", &[("Rail strike ends after nine days, trains to move", "3", 1, STRIKE_BY_CTV)]).refresh();
    let third = mornings.edition();
    let story = third.stories().next().expect("the strike");
    assert_eq!((titles(&third).len(), story.news, story.feed.as_str()), (1, News::Developing, "CTV"));
    assert_eq!(story.change.as_str(), "told on Sunday 22 November; since then also in CTV");
    assert_eq!(story.feeds(), ["CTV", "CBC"]);
}

#[test]
fn an_edition_reads_the_same_after_its_articles_and_the_settings_have_changed() {
    let mut mornings = Mornings::new(CANADA);
    mornings.feed("CBC", &[("Rail strike ends after nine days", "1", 6, STRIKE)]).feed("CTV", &[]).refresh();
    let first = mornings.edition();
    mornings.later(1).feed("CBC", &[("Rail strike goes on after all", "1", 6, "The union has taken back its word.")]).refresh();
    mornings.config.paper.sections[0] = Section { name: "Elsewhere".to_string().into(), ..mornings.config.paper.sections[0].clone() };
    let again = mornings.edition();
    assert_eq!(text(&again, 72), text(&first, 72));
    assert_eq!(again, first);
    mornings.later(24);
    let next = mornings.edition();
    let change = next.stories().next().expect("the strike").change.to_string();
    assert_eq!(change, "told on Sunday 22 November; CBC has edited it since: the headline was “Rail strike ends after nine days”");
    let kept = mornings.runtime.block_on(mornings.store.front().edition(first.date)).expect("reads");
    assert_eq!(kept.expect("kept"), first);
    let dates = mornings.runtime.block_on(mornings.store.front().edition_dates()).expect("reads");
    assert_eq!(dates, [first.date, next.date]);
}

#[test]
fn of_two_editions_of_one_day_the_first_is_kept_and_shown_to_both() {
    let mornings = Mornings::new(CANADA);
    mornings.feed("CBC", &[("Rail strike ends after nine days", "1", 6, STRIKE)]).feed("CTV", &[]).refresh();
    let first = mornings.edition();
    let second = Edition { made_at: first.made_at + SignedDuration::from_mins(1), sections: Vec::new(), ..first.clone() };
    let kept = mornings.runtime.block_on(mornings.store.back().keep_edition(second)).expect("answers");
    assert_eq!(kept, first);
}

#[test]
fn each_section_that_fails_says_so() {
    let section = |name: &str, feeds: &str| format!("[[section]]\nname = \"{name}\"\nfeeds = [{feeds}]\n");
    let feed = |name: &str| format!("{{ url = \"FOLDER/{name}.xml\", title = \"{name}\" }}");
    let feeds = [
        section("Gone", &feed("CDC")),
        section("Half", &format!("{}, {}", feed("WHO"), feed("KFF"))),
        section("News", &format!("{}, {}", feed("CBC"), feed("CTV"))),
    ];
    let mornings = Mornings::new(&feeds.concat());
    mornings.feed("WHO", &[("An old report", "1", 90, SNOW)]).feed("CBC", &[("Rail strike ends", "1", 6, STRIKE)]).refresh();
    let edition = mornings.edition();
    let told: Vec<(SectionState, &str)> = edition.sections.iter().map(|section| (section.state, section.note.as_str())).collect();
    let failed = |name: &str| {
        let error = &edition.sources.failed.iter().find(|failed| failed.name.as_str() == name).expect(name).error;
        assert!(error.starts_with("no file "), "{error}");
        format!("{name} failed: {error}; trying again")
    };
    assert_eq!(
        told.iter().map(|(state, _)| *state).collect::<Vec<_>>(),
        [SectionState::Failing, SectionState::NothingNew, SectionState::News]
    );
    assert!(told[0].1.starts_with(&failed("CDC")), "{told:?}");
    assert!(told[1].1.starts_with("Nothing new since Wed 18 Nov 14:00 (WHO).") && told[1].1.contains(&failed("KFF")), "{told:?}");
    assert!(told[2].1.starts_with("One story in the last 24 hours.") && told[2].1.contains(&failed("CTV")), "{told:?}");
    assert_eq!((edition.sources.asked, edition.sources.ok, edition.sources.failed.len()), (5, 2, 3));
}

#[test]
fn nothing_is_told_of_the_sample_that_is_not_in_its_articles() {
    let mut mornings = Mornings::new(CANADA);
    let server = mornings.runtime.block_on(DemoServer::start(mornings.clock())).expect("a server");
    mornings.config = config::parse(None, Some(("the sample", &server.feeds_toml())));
    mornings.config.settings.fetch.pause_per_host = SignedDuration::ZERO;
    mornings.config.settings.fetch.at_once_per_host = 16;
    mornings.refresh();
    let edition = mornings.edition();
    assert!(edition.stories().count() > 20 && edition.reading_minutes < 15, "{} minutes", edition.reading_minutes);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for story in edition.stories() {
        let article = mornings.runtime.block_on(mornings.store.front().article(story.sources[0].id)).expect("reads").expect("an article");
        let source = words(&format!("{} {}", article.document.plain_text(), article.text(Version::Page).plain_text()));
        assert_eq!(story.title, article.row.title);
        for sentence in story.summary.iter().flat_map(|summary| &summary.sentences) {
            assert!(source.contains(&words(&sentence.text)), "{:?} is not in {source}", sentence.text);
        }
        let text = story.summary_text().unwrap_or_default();
        assert!(text.split_whitespace().count() <= 60 && !text.contains(['<', '>']) && !text.contains("&nbsp;"), "{text}");
    }
}

/// A small generator, so that every run has the same month.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).expect("small")
    }

    /// Words that no other text is likely to have.
    fn words(&mut self, count: usize) -> String {
        let syllables = ["ba", "cor", "dim", "fen", "gal", "hol", "jun", "kel", "lor", "mis", "nar", "pel", "ros", "sit", "tum", "var"];
        let mut word = || (0..3).map(|_| syllables[self.below(syllables.len())]).collect::<String>();
        (0..count).map(|_| word()).collect::<Vec<_>>().join(" ")
    }
}

/// One article of the month: title, id, day, text.
type Generated = (String, String, i64, String);

#[test]
fn a_month_of_mornings_repeats_nothing_without_something_new() {
    const FEEDS: [&str; 4] = ["CBC", "CTV", "Global", "Star"];
    let urls: Vec<String> = FEEDS.iter().map(|name| format!("\"FOLDER/{name}.xml\"")).collect();
    let mornings = Mornings::new(&format!("[[section]]\nname = \"Canada\"\nwindow = \"7d\"\nfeeds = [{}]\n", urls.join(", ")));
    let (mut chance, mut stock) = (Chance(7), FEEDS.map(|_| Vec::<Generated>::new()));
    let (mut told, mut repeated, mut returned) = (HashMap::<String, i64>::new(), Vec::new(), 0);
    for day in 0..30 {
        add_a_day(&mut stock, &mut chance, day);
        for (name, articles) in FEEDS.iter().zip(&stock) {
            let listed = articles.iter().filter(|article| article.2 > day - 7);
            let listed: Vec<_> =
                listed.map(|(title, id, on, text)| (title.as_str(), id.as_str(), (day - on) * 24 + 2, text.as_str())).collect();
            mornings.feed(name, &listed);
        }
        let edition = mornings.refresh().edition();
        for story in edition.stories() {
            let before = story.sources.iter().filter_map(|source| told.get(source.title.as_str())).min();
            returned += usize::from(story.news != News::New);
            if before.is_some() && (story.news == News::New || story.change.is_empty()) {
                repeated.push((day, story.title.to_string()));
            }
        }
        for title in edition.stories().flat_map(|story| &story.sources).map(|source| source.title.to_string()) {
            told.entry(title).or_insert(day);
        }
        mornings.later(24);
    }
    assert_eq!(repeated, []);
    assert!(told.len() > 100 && returned > 5, "{} told, {returned} told again", told.len());
}

/// What the feeds get on one day: news of their own, a story that another had the day before, and an old one under a new id.
fn add_a_day(stock: &mut [Vec<Generated>; 4], chance: &mut Chance, day: i64) {
    for feed in 0..stock.len() {
        for number in 0..2 {
            let (title, text) = (chance.words(6), format!("{}.", chance.words(30)));
            stock[feed].push((title, format!("{feed}-{day}-{number}"), day, text));
        }
        let other = (feed + 1) % stock.len();
        let seen = stock[other].iter().rev().find(|article| article.2 == day - 1).cloned();
        if let Some((title, _, _, text)) = seen.filter(|_| chance.below(2) == 0) {
            stock[feed].push((title, format!("{feed}-{day}-copy"), day, text));
        }
        let old = stock[feed].iter().find(|article| article.2 == day - 5).cloned();
        if let Some((title, id, _, text)) = old.filter(|_| chance.below(2) == 0) {
            stock[feed].push((title, format!("{id}-again-{day}"), day, text));
        }
    }
}
