//! Editions of small papers: what is in them, in what order, what is left out, and what they say of it.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Making, make};
use crate::domain::article::{ArticleId, Row, Stamp};
use crate::domain::clean_text::CleanText;
use crate::domain::document::{Block, Document, Span};
use crate::domain::edition::{Edition, EditionSection, News, SectionState};
use crate::domain::feed::{FeedHealth, FeedState};
use crate::domain::material::{Candidate, Material, NamedFeed, Stock, Told};
use crate::domain::section::{Feed, Section};
use crate::domain::status::Status;

const NOW: Timestamp = Timestamp::constant(1_795_334_400, 0);
const TODAY: Date = date(2026, 11, 22);

/// A paper at one moment of the morning of 22 November 2026.
#[derive(Default)]
struct Paper {
    sections: Vec<Section>,
    feeds: Vec<NamedFeed>,
    articles: Vec<Candidate>,
    told: Vec<Told>,
    is_view: bool,
}

impl Paper {
    fn section(mut self, name: &str, feeds: &[&str], fallback: &[&str]) -> Paper {
        let feed = |name: &&str| Feed { url: (*name).to_string(), ..Feed::default() };
        let section = Section {
            name: CleanText::new(name),
            short_name: CleanText::new(name),
            feeds: feeds.iter().map(feed).collect(),
            fallback: fallback.iter().map(feed).collect(),
            ..Section::default()
        };
        let health = |name: &&str| FeedHealth { state: FeedState::Ok, last_success: Some(NOW), ..FeedHealth::never(name) };
        self.feeds.extend(feeds.iter().chain(fallback).map(|name| NamedFeed { name: CleanText::new(name), health: health(name) }));
        self.sections.push(section);
        self
    }

    fn article(mut self, id: i64, feed: &str, title: &str, hours: i64) -> Paper {
        let at = NOW - SignedDuration::from_hours(hours);
        let text =
            format!("{title}, said {feed} in the words of article {id}, which go on for a while so that there is something to read here.");
        let row = Row {
            id: ArticleId(id),
            feed_url: feed.into(),
            feed_title: None,
            title: CleanText::new(title),
            url: Some(format!("https://{feed}.example/{id}")),
            author: None,
            published: Some(at),
            updated: None,
            sorted_at: at,
            status: Status::default(),
            is_changed: false,
            stamp: Stamp::default(),
        };
        let document = Document { blocks: vec![Block::Paragraph { text: vec![Span::plain(&text)] }], ..Document::default() };
        self.articles.push(Candidate { row, text_digest: id, arrived: at, document, page: None });
        let known = self.feeds.iter_mut().filter(|known| known.health.url == feed);
        known.for_each(|known| known.health.newest = known.health.newest.max(Some(at)));
        self
    }

    /// Changes the last article.
    fn but(mut self, change: impl Fn(&mut Candidate)) -> Paper {
        change(self.articles.last_mut().expect("an article"));
        self
    }

    /// What became of a feed.
    fn feed(mut self, name: &str, change: impl Fn(&mut FeedHealth)) -> Paper {
        self.feeds.iter_mut().filter(|feed| feed.health.url == name).for_each(|feed| change(&mut feed.health));
        self
    }

    fn edition(&self) -> Edition {
        let of = |section: &Section| {
            let mut rows: Vec<&Row> = self.articles.iter().map(|one| &one.row).collect();
            rows.retain(|row| section.all_feeds().any(|feed| feed.url == row.feed_url) && row.sorted_at >= section.since(NOW));
            rows.sort_by_key(|row| std::cmp::Reverse((row.sorted_at, row.id)));
            Stock { articles: rows.iter().map(|row| row.id).collect(), unread: vec![] }
        };
        let sections = self.sections.iter().map(of).collect();
        let material = Material { articles: self.articles.clone(), sections, told: self.told.clone() };
        make(&Making {
            date: TODAY,
            now: NOW,
            zone: &TimeZone::UTC,
            sections: &self.sections,
            feeds: &self.feeds,
            material: &material,
            is_view: self.is_view,
        })
    }

    /// The next morning: what this one told is told, and all articles are a day older.
    fn after_its_edition(mut self) -> Paper {
        let edition = self.edition();
        let yesterday = NOW - SignedDuration::from_hours(24);
        for story in edition.stories() {
            self.told.extend(story.sources.iter().map(|source| Told {
                article: source.id,
                story: story.sources[0].id,
                date: TODAY.yesterday().expect("a day"),
                told_at: yesterday,
                sorted_at: yesterday,
                feed_url: source.feed_url.clone(),
                url: source.url.clone(),
                title: source.title.to_string(),
                lead: source.lead.to_string(),
                text_digest: source.text_digest,
                words: source.words,
            }));
        }
        self
    }
}

fn canada() -> Paper {
    Paper::default().section("Canada", &["CBC", "Global", "CTV"], &["Guardian"])
}

fn titles(section: &EditionSection) -> Vec<&str> {
    section.stories.iter().map(|story| story.title.as_str()).collect()
}

#[test]
fn what_several_feeds_report_stands_first_and_is_told_once() {
    let paper = canada()
        .article(1, "CBC", "A quiet day at the harbour", 1)
        .article(2, "CBC", "Rail strike ends after nine days", 6)
        .article(3, "Global", "Rail strike ends after nine days", 7)
        .article(4, "CTV", "Snow on the northern roads", 2);
    let edition = paper.edition();
    let canada = &edition.sections[0];
    assert_eq!(titles(canada), ["Rail strike ends after nine days", "Snow on the northern roads", "A quiet day at the harbour"]);
    assert_eq!(canada.note.as_str(), "All 3 stories of the last 24 hours, those that several sources report first.");
    let strike = &canada.stories[0];
    assert_eq!(strike.byline(), "CBC, today 02:00, also Global");
    assert_eq!(strike.sources.iter().map(|source| source.id.0).collect::<Vec<_>>(), [2, 3]);
    let reasons: Vec<&str> = strike.reasons.iter().map(CleanText::as_str).collect();
    let expected = [
        "2 of your feeds report it: CBC and Global",
        "the 2nd newest of 2 articles of CBC in the last 24 hours",
        "it came out six hours ago",
    ];
    assert_eq!(reasons, expected);
}

#[test]
fn no_feed_fills_a_section_and_the_rest_is_counted() {
    let mut paper = Paper::default().section("Science", &["arXiv", "Nature"], &[]);
    for id in 1..=20 {
        paper = paper.article(id, "arXiv", &format!("Paper {id} of the archive"), 1);
    }
    let paper = paper.article(21, "Nature", "Cells", 10).article(22, "Nature", "Stars", 12);
    let science = &paper.edition().sections[0];
    let feeds: Vec<&str> = science.stories.iter().map(|story| story.feed.as_str()).collect();
    assert_eq!(feeds, ["arXiv", "Nature", "arXiv", "arXiv", "Nature"]);
    assert_eq!(science.note.as_str(), "5 of 22 stories of the last 24 hours, the newest first, feeds in turn.");
    assert_eq!(science.surplus_words(), "+17 more from arXiv");
    let turn = "the 2nd story from arXiv here, so others went first";
    assert!(science.stories[2].reasons.iter().any(|reason| reason.as_str() == turn), "{:?}", science.stories[2].reasons);
}

#[test]
fn a_story_of_two_sections_stands_in_the_one_that_has_most_of_it() {
    let paper = Paper::default().section("World", &["BBC", "Guardian"], &[]).section("Canada", &["CBC", "CTV", "Global"], &[]);
    let title = "Rail strike ends after nine days";
    let paper = paper.article(1, "BBC", title, 1).article(2, "CBC", title, 2).article(3, "CTV", title, 3);
    let edition = paper.edition();
    assert_eq!((titles(&edition.sections[0]), titles(&edition.sections[1])), (vec![], vec![title]));
    assert_eq!(edition.sections[0].state, SectionState::NothingNew);
    assert_eq!(edition.sections[0].note.as_str(), "Nothing new since today 07:00 (BBC and Guardian). Left out: 1 told in another section.");
}

#[test]
fn a_second_morning_repeats_nothing_without_something_new_and_says_what() {
    let paper = canada()
        .article(1, "CBC", "Rail strike ends after nine days", 6)
        .article(2, "Global", "Snow on the northern roads", 2)
        .article(3, "CTV", "Clinics in the north get doctors", 3)
        .after_its_edition();
    let quiet = paper.edition();
    assert_eq!(quiet.stories().count(), 0);
    assert_eq!(
        quiet.sections[0].note.as_str(),
        "Nothing new since today 06:00 (CBC, Global, CTV and Guardian). Left out: 3 that earlier editions told."
    );
    let paper = paper.article(4, "CTV", "Rail strike ends after nine days", 1);
    let edition = paper.edition();
    let story = &edition.sections[0].stories[0];
    assert_eq!((story.news, story.feed.as_str(), edition.stories().count()), (News::Developing, "CTV", 1));
    assert_eq!(story.change.as_str(), "told on Saturday 21 November; since then also in CTV");
    let mut paper = paper;
    let article = &mut paper.articles[1];
    (article.row.title, article.text_digest) = (CleanText::new("Snow closes the northern roads"), 77);
    let edition = paper.edition();
    let story = edition.stories().find(|story| story.news == News::Edited).expect("an edited story");
    let change = "told on Saturday 21 November; Global has edited it since: the headline was “Snow on the northern roads”";
    assert_eq!(story.change.as_str(), change);
}

#[test]
fn a_mended_word_brings_nothing_back() {
    let mut paper = canada().article(1, "CBC", "Rail strike ends after nine days", 6).after_its_edition();
    paper.articles[0].text_digest = 99;
    paper.articles[0].document.blocks.push(Block::Paragraph { text: vec![Span::plain("Corrected: nine, not ten.")] });
    assert_eq!(paper.edition().stories().count(), 1, "its text begins in other words, as it was short");
    let long = "word ".repeat(200);
    let mut paper = canada().article(1, "CBC", "Rail strike ends after nine days", 6);
    paper.articles[0].document.blocks = vec![Block::Paragraph { text: vec![Span::plain(&long)] }];
    let mut paper = paper.after_its_edition();
    paper.articles[0].text_digest = 99;
    paper.articles[0].document.blocks.push(Block::Paragraph { text: vec![Span::plain("Corrected: nine, not ten.")] });
    assert_eq!(paper.edition().stories().count(), 0);
    paper.articles[0].document.blocks.push(Block::Paragraph { text: vec![Span::plain(&"more ".repeat(80))] });
    assert!(paper.edition().stories().next().expect("a story").change.ends_with("its text is 84 words longer"));
}

#[test]
fn what_was_read_before_is_left_out_and_counted_but_a_view_has_it() {
    let paper = canada().article(1, "CBC", "A quiet day", 1).but(|article| article.row.status.is_read = true);
    let mut paper = paper.article(2, "CTV", "Snow on the northern roads", 2);
    let edition = paper.edition();
    assert_eq!(titles(&edition.sections[0]), ["Snow on the northern roads"]);
    assert_eq!(edition.sections[0].note.as_str(), "One story in the last 24 hours. Left out: 1 that you had read.");
    paper.is_view = true;
    assert_eq!(paper.edition().stories().count(), 2);
}

#[test]
fn an_empty_section_says_why() {
    let check = |paper: Paper, state: SectionState, note: &str| {
        let edition = paper.edition();
        assert_eq!((edition.sections[0].state, edition.sections[0].note.as_str()), (state, note));
    };
    let fail = |health: &mut FeedHealth| {
        health.state = FeedState::Failing;
        health.error = Some("no answer in 20 s".into());
        health.next_try = Some(NOW + SignedDuration::from_mins(10));
    };
    let health = || Paper::default().section("Health", &["WHO", "CDC"], &[]);
    check(health(), SectionState::NothingNew, "WHO and CDC answered, but had no articles at all.");
    let old = |health: &mut FeedHealth| health.newest = Some(NOW - SignedDuration::from_hours(40));
    let failed = "Nothing new since Fri 20 Nov 16:00 (WHO). CDC failed: no answer in 20 s; trying again at 08:10.";
    check(health().feed("WHO", old).feed("CDC", fail), SectionState::NothingNew, failed);
    let both = "WHO failed: no answer in 20 s; trying again at 08:10. CDC failed: no answer in 20 s; trying again at 08:10.";
    check(health().feed("WHO", fail).feed("CDC", fail), SectionState::Failing, both);
    let never = |health: &mut FeedHealth| *health = FeedHealth::never(&health.url);
    check(health().feed("WHO", never).feed("CDC", never), SectionState::NotAsked, "Not asked yet: WHO and CDC.");
    let paper = health().feed("WHO", fail).feed("CDC", never).edition();
    assert_eq!((paper.sources.asked, paper.sources.ok, paper.sources.failed.len()), (1, 0, 1));
    assert_eq!(paper.sources.not_asked, [CleanText::new("CDC")]);
}

#[test]
fn a_fallback_feed_is_told_from_only_when_it_stands_in() {
    let check = |paper: Paper, expected: &[&str], asked: usize| {
        let edition = paper.edition();
        assert_eq!((titles(&edition.sections[0]), edition.sources.asked), (expected.to_vec(), asked));
        edition.sections[0].note.to_string()
    };
    let spare = |paper: Paper| paper.article(9, "Guardian", "From elsewhere", 3);
    check(spare(canada().article(1, "CBC", "A quiet day", 1)), &["A quiet day"], 3);
    let note = check(spare(canada()), &["From elsewhere"], 4);
    assert_eq!(note, "One story in the last 24 hours. Guardian stands in.");
}

#[test]
fn an_article_without_a_date_or_with_one_to_come_counts_by_its_arrival() {
    let paper = canada().article(1, "CBC", "A quiet day", 5).but(|article| article.row.published = None);
    let later = NOW + SignedDuration::from_hours(90);
    let paper = paper.article(2, "CTV", "Sale ends soon", 6).but(|article| article.row.published = Some(later));
    let edition = paper.edition();
    assert_eq!(titles(&edition.sections[0]), ["A quiet day", "Sale ends soon"]);
    assert_eq!(edition.sections[0].stories[0].byline(), "CBC");
    assert!(edition.sections[0].stories[0].reasons.iter().any(|reason| reason.as_str() == "it has no date and came five hours ago"));
    assert_eq!(edition.sections[0].stories[1].byline(), "CTV, today 02:00");
}

#[test]
fn an_article_without_text_is_a_headline_only_and_tells_no_story_that_another_can() {
    let bare = |article: &mut Candidate| article.document = Document::default();
    let paper = canada().article(1, "CBC", "Rail strike ends after nine days", 1).but(bare);
    assert_eq!(paper.edition().sections[0].stories[0].summary, None);
    let paper = paper.article(2, "CTV", "Rail strike ends after nine days", 3);
    assert_eq!(paper.edition().sections[0].stories[0].feed.as_str(), "CTV");
}

#[test]
fn a_long_edition_is_shortened_from_below_to_less_than_a_quarter_of_an_hour() {
    let mut paper = Paper::default();
    for section in 0..14 {
        let feeds: Vec<String> = (0..5).map(|feed| format!("feed{section}x{feed}")).collect();
        paper = paper.section(&format!("Section {section}"), &feeds.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
        for (at, feed) in feeds.iter().enumerate() {
            let id = section * 10 + i64::try_from(at).expect("small");
            let text = format!(
                "Hall {id} opened on Monday with four hundred guests, a band from the harbour and a speech that nobody had asked for. \
                 The mayor counted the boats by hand while children painted the fence in colours that the council forbids. \
                 Engineers expect the repairs to last until autumn because the old bridge needs steel from a closed mill."
            );
            let one = move |article: &mut Candidate| {
                article.document.blocks = vec![Block::Paragraph { text: vec![Span::plain(&text)] }];
            };
            paper = paper.article(id, feed, &format!("Headline {id} of a few words"), 1).but(one);
        }
    }
    let edition = paper.edition();
    assert_eq!(edition.stories().count(), 70);
    assert!(edition.reading_minutes < 15, "{} minutes", edition.reading_minutes);
    let sentences = |place: usize| -> Vec<usize> {
        edition.sections.iter().filter_map(|section| Some(section.stories[place].summary.as_ref()?.sentences.len())).collect()
    };
    assert!(sentences(0).iter().sum::<usize>() > sentences(4).iter().sum(), "{:?} {:?}", sentences(0), sentences(4));
}
