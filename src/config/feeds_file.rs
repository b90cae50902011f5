//! `feeds.toml`: the sections and their feeds. What is wrong is told and left out; the rest is in force.

use std::collections::HashSet;
use std::ops::{Range, RangeInclusive};

use jiff::SignedDuration;
use toml::de::{DeArray, DeTable, DeValue};

use super::empty::{is_all_empty, is_left_empty};
use super::feed_url::feed_url;
use super::report::{Entry, Report, entries};
use super::secret::{self, LoginParts};
use super::value;
use crate::domain::clean_text::CleanText;
use crate::domain::section::{Feed, Paper, Section};
use crate::domain::settings::Problem;

const SECTION_KEYS: &[&str] = &["name", "short", "icon", "window", "limit", "per_feed", "feeds", "fallback", "opml"];
const FEED_KEYS: &[&str] = &["url", "title", "full_text", "user_agent", "user", "password", "token", "headers", "opml"];

const WINDOWS: RangeInclusive<SignedDuration> = SignedDuration::from_mins(1)..=SignedDuration::from_hours(24 * 3650);
const LIMITS: RangeInclusive<usize> = 1..=100;
const PER_FEED: RangeInclusive<usize> = 1..=1000;

/// A paper with more tabs is none.
pub(super) const MOST_SECTIONS: usize = 200;

const EXAMPLE: &str = "[\"https://example.com/feed.xml\"]";
const INSTEAD: &str = "until that is mended, the shipped feeds are in force";

/// Said of a file whose sections say themselves that they have no feeds: nothing in it is to be mended.
pub(super) const ALL_EMPTY: &str =
    "every section is empty; until one has a feed, the shipped feeds are in force: `matins add` or `matins import` brings one";

/// The paper of a file, or nothing when the file has none.
pub(super) fn read(file: &str, text: &str) -> (Option<Paper>, Vec<Problem>) {
    let mut report = Report::new(file, text);
    let mut room = String::new();
    let paper = report.open(text, &mut room, INSTEAD).and_then(|table| read_paper(&table, &mut report));
    (paper, report.into_problems())
}

fn read_paper(table: &DeTable, report: &mut Report) -> Option<Paper> {
    let mut paper = Paper::default();
    let mut is_begun = false;
    for entry in entries(table) {
        match (entry.key, entry.value) {
            ("section", DeValue::Array(tables)) => {
                is_begun = true;
                for (index, table) in tables.iter().take(MOST_SECTIONS).enumerate() {
                    read_element(&Entry { key: "section", at: table.span(), value: table.get_ref() }, index + 1, &mut paper, report);
                }
                if let Some(table) = tables.get(MOST_SECTIONS) {
                    report
                        .tell(&table.span(), format!("this is the section after the {MOST_SECTIONS}th; it and what follows are left out"));
                }
            }
            ("section", value) => {
                is_begun = true;
                report.tell(&entry.at, "a section begins with [[section]], in double brackets");
                read_element(&Entry { key: "section", at: entry.at.clone(), value }, 1, &mut paper, report);
            }
            (key, _) if SECTION_KEYS.contains(&key) => {
                report.tell(&entry.at, format!("`{key}` stands before the first section: put it below [[section]]"));
            }
            _ => report.unknown(&entry, "here", &["section"]),
        }
    }
    match (paper.sections.is_empty(), is_begun) {
        (false, _) => return Some(paper),
        (true, true) if is_all_empty(table) => report.tell_of_file(ALL_EMPTY),
        (true, true) => report.tell_of_file(format!("no section is left; {INSTEAD}")),
        (true, false) => report.tell_of_file(format!("there is no [[section]]; {INSTEAD}")),
    }
    None
}

fn read_element(entry: &Entry, number: usize, paper: &mut Paper, report: &mut Report) {
    match entry.value {
        DeValue::Table(table) => {
            let section = read_section(table, &entry.at, number, report);
            add(section, is_left_empty(table), &entry.at, paper, report);
        }
        value => report.tell(&entry.at, format!("`section` {}", value::must("be a table that begins with [[section]]", value))),
    }
}

fn read_section(table: &DeTable, at: &Range<usize>, number: usize, report: &mut Report) -> Section {
    let mut section = Section::default();
    let mut seen = HashSet::new();
    for entry in entries(table) {
        match entry.key {
            "name" => report.keep(&entry, value::name(entry.value), &mut section.name),
            "short" => report.keep(&entry, value::name(entry.value), &mut section.short_name),
            "icon" => report.keep(&entry, value::icon(entry.value), &mut section.icon),
            "window" => report.keep(&entry, value::time(entry.value, &WINDOWS), &mut section.window),
            "limit" => report.keep(&entry, value::number(entry.value, &LIMITS), &mut section.limit),
            "per_feed" => report.keep(&entry, value::number(entry.value, &PER_FEED), &mut section.per_feed),
            "feeds" => section.feeds = read_feeds(&entry, &mut seen, report),
            "fallback" => section.fallback = read_feeds(&entry, &mut seen, report),
            "opml" => report.keep(&entry, value::attributes(entry.value), &mut section.opml),
            _ => report.unknown(&entry, "in a section", SECTION_KEYS),
        }
    }
    if section.name.is_empty() {
        section.name = CleanText::new(&format!("Section {number}"));
        if !table.iter().any(|(key, _)| key.get_ref() == "name") {
            report.tell(at, format!("this section has no name; it is shown as `{}`", section.name));
        }
    }
    section
}

/// Adds a section to the paper: only with feeds, each name once, no feed twice in it.
fn add(mut section: Section, is_left_empty: bool, at: &Range<usize>, paper: &mut Paper, report: &mut Report) {
    let mut tell = |message: String| {
        if !is_left_empty {
            report.tell(at, message)
        }
    };
    if section.all_feeds().next().is_none() {
        if let Some(earlier) = paper.sections.iter().find(|earlier| is_left_empty && same(&earlier.name, &section.name)) {
            return report.tell(at, format!("there is a section `{}` already; this one has no feeds and is left out", earlier.name));
        }
        if is_left_empty {
            paper.empty.push((paper.sections.len(), section));
            return;
        }
        return tell(format!("`{}` has no feeds and is left out; give it feeds = {EXAMPLE}", section.name));
    }
    if section.feeds.is_empty() {
        tell(format!("`{}` has only fallback feeds; they are asked like ordinary ones", section.name));
        std::mem::swap(&mut section.feeds, &mut section.fallback);
    }
    match paper.sections.iter_mut().find(|earlier| same(&earlier.name, &section.name)) {
        Some(earlier) => {
            report.tell(at, format!("there is a section `{}` already; these feeds are added to it", earlier.name));
            join(earlier, section);
        }
        None => {
            tell_apart(&mut section, at, paper, report);
            paper.sections.push(section);
        }
    }
}

/// Sees that either name of a section finds that section: `--section` takes both.
fn tell_apart(section: &mut Section, at: &Range<usize>, paper: &Paper, report: &mut Report) {
    if let Some(earlier) = paper.sections.iter().find(|earlier| same(&earlier.short_name, &section.name)) {
        report.tell(at, format!("`{}` is the short name of `{}`; name them apart", section.name, earlier.name));
    }
    let short = &section.short_name;
    if let Some(earlier) = paper.sections.iter().find(|earlier| same(&earlier.name, short) || same(&earlier.short_name, short)) {
        report.tell(at, format!("`{short}` means `{}` already; give this section another short name", earlier.name));
        section.short_name = CleanText::default();
    }
    if section.short_name.is_empty() {
        section.short_name = section.name.clone();
    }
}

fn same(one: &CleanText, other: &CleanText) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Adds the feeds that the section does not have yet.
fn join(section: &mut Section, from: Section) {
    let known: HashSet<String> = section.all_feeds().map(|feed| feed.url.clone()).collect();
    let is_new = |feed: &Feed| !known.contains(&feed.url);
    section.feeds.extend(from.feeds.into_iter().filter(is_new));
    section.fallback.extend(from.fallback.into_iter().filter(is_new));
}

/// The feeds of a list, without those that the section has already (`seen`).
fn read_feeds(entry: &Entry, seen: &mut HashSet<String>, report: &mut Report) -> Vec<Feed> {
    let mut feeds = Vec::new();
    let mut list = &DeArray::new();
    report.keep(entry, value::list(entry.value, EXAMPLE), &mut list);
    for element in list {
        let Some(feed) = read_feed(&element.span(), element.get_ref(), entry.key, report) else { continue };
        match seen.insert(feed.url.clone()) {
            true => feeds.push(feed),
            false => report.tell(&element.span(), format!("this section has the feed {} already; once is enough", feed.url)),
        }
    }
    feeds
}

fn read_feed(at: &Range<usize>, value: &DeValue, key: &str, report: &mut Report) -> Option<Feed> {
    let mut feed = Feed::default();
    match value {
        DeValue::String(_) => report.keep(&Entry { key: "url", at: at.clone(), value }, url(value), &mut feed.url),
        DeValue::Table(table) => read_options(table, at, &mut feed, report),
        value => report.tell(at, format!("a feed in `{key}` {}", value::must("be an address or { url = \"…\" }", value))),
    }
    (!feed.url.is_empty()).then_some(feed)
}

fn read_options(table: &DeTable, at: &Range<usize>, feed: &mut Feed, report: &mut Report) {
    let mut login = LoginParts::default();
    for entry in entries(table) {
        match entry.key {
            "url" => report.keep(&entry, url(entry.value), &mut feed.url),
            "title" => report.keep(&entry, value::name(entry.value).map(Some), &mut feed.title),
            "full_text" => report.keep(&entry, value::truth(entry.value), &mut feed.full_text),
            "user_agent" => report.keep(&entry, value::header(entry.value).map(some_text), &mut feed.user_agent),
            "user" => report.keep(&entry, value::header(entry.value).map(some_text), &mut login.user),
            "password" => report.keep(&entry, secret::kept(entry.value).map(Some), &mut login.password),
            "token" => report.keep(&entry, secret::kept(entry.value).map(Some), &mut login.token),
            "headers" => feed.headers = secret::headers(&entry, report),
            "opml" => report.keep(&entry, value::attributes(entry.value), &mut feed.opml),
            _ => report.unknown(&entry, "in a feed", FEED_KEYS),
        }
    }
    match login.join() {
        Ok(login) => feed.login = login,
        Err(wrong) => report.tell(at, wrong),
    }
    if !table.iter().any(|(key, _)| key.get_ref() == "url") {
        report.tell(at, "this feed has no url and is left out");
    }
}

fn some_text(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn url(value: &DeValue) -> Result<String, String> {
    value.as_str().map_or_else(|| Err(value::must("be an address in quotes", value)), feed_url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Option<Paper>, Vec<String>) {
        let (paper, problems) = read("f.toml", text);
        (paper, problems.iter().map(ToString::to_string).collect())
    }

    /// A section with one good feed and something else in it.
    fn section_with(line: &str) -> String {
        format!("[[section]]\nname = \"A\"\nfeeds = [\"https://a.example/\"]\n{line}\n")
    }

    #[test]
    fn a_section_is_read_with_all_its_options() {
        let (paper, problems) = read_text(
            "[[section]]\nname = \"Canadian News\"\nshort = \"Canada\"\nicon = \"🍁\"\nwindow = \"2d\"\nlimit = 3\nper_feed = 7\n\
             feeds = [\n  \"https://a.example/\",\n  { url = \"file:///b.xml\", title = \"B\", full_text = true, user_agent = \"b/1\" },\n]\n\
             fallback = [{ url = \"http://c.example/\", user_agent = \"\" }]\n",
        );
        let feed = |url: &str| Feed { url: url.into(), ..Feed::default() };
        let b = Feed { title: Some(CleanText::new("B")), full_text: true, user_agent: Some("b/1".into()), ..feed("file:///b.xml") };
        let expected = Section {
            name: CleanText::new("Canadian News"),
            short_name: CleanText::new("Canada"),
            icon: CleanText::new("🍁"),
            window: SignedDuration::from_hours(48),
            limit: 3,
            per_feed: 7,
            feeds: vec![feed("https://a.example/"), b],
            fallback: vec![feed("http://c.example/")],
            opml: Vec::new(),
        };
        assert_eq!((paper, problems), (Some(Paper { sections: vec![expected], empty: vec![] }), vec![]));
    }

    #[test]
    fn what_a_section_does_not_say_has_a_default() {
        let (paper, problems) = read_text(&section_with(""));
        let section = &paper.expect("a paper").sections[0];
        assert_eq!((section.window.as_hours(), section.limit, section.per_feed, section.short_name.as_str()), (24, 5, 20, "A"));
        assert_eq!(problems, [""; 0]);
    }

    #[test]
    fn each_mistake_in_a_section_is_told_and_its_feed_stays() {
        let check = |line: &str, expected: &str| {
            let (paper, problems) = read_text(&section_with(line));
            assert_eq!(problems, [expected], "{line}");
            assert_eq!(paper.expect(line).sections[0].feeds[0].url, "https://a.example/", "{line}");
        };
        check("windows = \"1d\"", "f.toml:4: `windows` means nothing in a section; did you mean `window`?");
        check(
            "colour = 1",
            "f.toml:4: `colour` means nothing in a section; known there: name, short, icon, window, limit, per_feed, feeds, fallback, opml",
        );
        check("window = \"0h\"", "f.toml:4: `window` must be a length of time from \"1m\" to \"3650d\", not \"0h\"");
        check("window = \"soon\"", "f.toml:4: `window` must be a length of time from \"1m\" to \"3650d\", not \"soon\"");
        check("window = 24", "f.toml:4: `window` must be a length of time from \"1m\" to \"3650d\", not 24");
        check("limit = 0", "f.toml:4: `limit` must be a whole number from 1 to 100, not 0");
        check("per_feed = \"20\"", "f.toml:4: `per_feed` must be a whole number from 1 to 1000, not \"20\"");
        check("icon = \"News\"", "f.toml:4: `icon` must be one character of at most two columns, in quotes, not \"News\"");
        check("short = \"\"", "f.toml:4: `short` must be a name of at most 80 columns, in quotes, not \"\"");
        check(
            "fallback = \"https://b.example/\"",
            "f.toml:4: `fallback` must be a list like [\"https://example.com/feed.xml\"], not \"https://b.example/\"",
        );
        check("fallback = [7]", "f.toml:4: a feed in `fallback` must be an address or { url = \"…\" }, not 7");
        check("fallback = [\n\n\"b.example/rss\"]", "f.toml:6: `url` has no https:// before it; did you mean \"https://b.example/rss\"?");
        check("fallback = [{ url = 7 }]", "f.toml:4: `url` must be an address in quotes, not 7");
        check("fallback = [{ title = \"B\" }]", "f.toml:4: this feed has no url and is left out");
        check(
            "fallback = [{ url = \"https://b.example/\", fulltext = true }]",
            "f.toml:4: `fulltext` means nothing in a feed; did you mean `full_text`?",
        );
        check(
            "fallback = [{ url = \"https://b.example/\", opml = { xmlUrl = \"https://c.example/\" } }]",
            "f.toml:4: `opml` must be a table of attributes as an OPML file has them, like { htmlUrl = \"https://example.com/\" }, not a table",
        );
        check("fallback = [{ url = \"https://b.example/\", full_text = 1 }]", "f.toml:4: `full_text` must be true or false, not 1");
        check("fallback = [\"https://a.example/\"]", "f.toml:4: this section has the feed https://a.example/ already; once is enough");
    }

    #[test]
    fn mistakes_about_sections_are_told() {
        let check = |text: &str, names: &[&str], expected: &[&str]| {
            let (paper, problems) = read_text(text);
            let sections: Vec<String> = paper.iter().flat_map(|paper| &paper.sections).map(|section| section.name.to_string()).collect();
            assert_eq!(
                (sections.iter().map(String::as_str).collect::<Vec<_>>(), problems),
                (names.to_vec(), expected.iter().map(ToString::to_string).collect()),
                "{text}"
            );
        };
        let a = &section_with("");
        check(
            &format!("{a}[[section]]\nname = \"B\"\n"),
            &["A"],
            &["f.toml:5: `B` has no feeds and is left out; give it feeds = [\"https://example.com/feed.xml\"]"],
        );
        check(&format!("{a}{a}"), &["A"], &["f.toml:5: there is a section `A` already; these feeds are added to it"]);
        check(
            &format!("{a}[[section]]\nfeeds = [\"https://b.example/\"]\n"),
            &["A", "Section 2"],
            &["f.toml:5: this section has no name; it is shown as `Section 2`"],
        );
        check(
            &format!("{a}[[section]]\nname = 3\nfeeds = [\"https://b.example/\"]\n"),
            &["A", "Section 2"],
            &["f.toml:6: `name` must be a name of at most 80 columns, in quotes, not 3"],
        );
        check(
            &format!("{a}[[section]]\nname = \"B\"\nshort = \"a\"\nfeeds = [\"https://b.example/\"]\n"),
            &["A", "B"],
            &["f.toml:5: `a` means `A` already; give this section another short name"],
        );
        check(
            &format!("{}[[section]]\nname = \"B\"\nfeeds = [\"https://b.example/\"]\n", section_with("short = \"b\"")),
            &["A", "B"],
            &["f.toml:5: `B` is the short name of `A`; name them apart"],
        );
        check(&a.replace("feeds", "fallback"), &["A"], &["f.toml:1: `A` has only fallback feeds; they are asked like ordinary ones"]);
        check(&format!("{a}[[section]]\nname = \"B\"\nfeeds = []\n"), &["A"], &[]);
        check(&format!("{a}[[section]]\nname = \"B\"\nfeeds = []\nfallback = [\"https://b.example/\"]\n"), &["A", "B"], &[]);
        check(&a.replace("[[section]]", "[section]"), &["A"], &["f.toml:1: a section begins with [[section]], in double brackets"]);
        check(
            &a.replace("[[section]]", "[[sections]]"),
            &[],
            &[
                "f.toml: there is no [[section]]; until that is mended, the shipped feeds are in force",
                "f.toml:1: `sections` means nothing here; did you mean `section`?",
            ],
        );
        check(&format!("limit = 3\n{a}"), &["A"], &["f.toml:1: `limit` stands before the first section: put it below [[section]]"]);
        check(
            "section = [1]\n",
            &[],
            &[
                "f.toml: no section is left; until that is mended, the shipped feeds are in force",
                "f.toml:1: `section` must be a table that begins with [[section]], not 1",
            ],
        );
        check("# nothing\n", &[], &["f.toml: there is no [[section]]; until that is mended, the shipped feeds are in force"]);
    }

    #[test]
    fn a_paper_has_an_end() {
        let text: String = (0..300).map(|number| format!("[[section]]\nname = \"{number}\"\nfeeds = [\"https://a.example/\"]\n")).collect();
        let (paper, problems) = read_text(&text);
        assert_eq!(paper.map(|paper| paper.sections.len()), Some(200));
        assert_eq!(problems, ["f.toml:601: this is the section after the 200th; it and what follows are left out"]);
    }

    #[test]
    fn a_feed_may_stand_in_several_sections() {
        let (paper, problems) = read_text(&[section_with(""), section_with("").replace("\"A\"", "\"B\"")].concat());
        assert_eq!((paper.map(|paper| (paper.sections.len(), paper.feeds().len())), problems), (Some((2, 1)), vec![]));
    }
}
