//! A paper as OPML 2.0. Options that OPML has no word for stand in a namespace of our own, so that importing the file again gives
//! the same paper. Log-ins and headers never leave: such files are passed on.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use crate::domain::section::{Feed, Paper, Section, Span};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:matins=\"urn:matins:opml\">\n";

/// What a feed said of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownFeed {
    pub title: Option<String>,
    pub home_url: Option<String>,
}

/// The whole document; `known` tells what the feed of an address said of itself.
pub fn opml(paper: &Paper, now: Timestamp, known: impl Fn(&str) -> KnownFeed) -> String {
    let created = DateTimePrinter::new().timestamp_to_rfc9110_string(&now).unwrap_or_default();
    let mut sections: Vec<&Section> = paper.sections.iter().collect();
    paper.empty.iter().rev().for_each(|(place, section)| sections.insert((*place).min(sections.len()), section));
    let sections: String = sections.into_iter().map(|section| folder(section, &known)).collect();
    format!(
        "{HEAD}  <head>\n    <title>Feeds of matins</title>\n    <dateCreated>{created}</dateCreated>\n  </head>\n  <body>\n{sections}  </body>\n</opml>\n"
    )
}

fn folder(section: &Section, known: &impl Fn(&str) -> KnownFeed) -> String {
    let feeds = section.feeds.iter().map(|feed| (feed, false)).chain(section.fallback.iter().map(|feed| (feed, true)));
    let feeds: String = feeds.map(|(feed, is_fallback)| outline(feed, is_fallback, known(&feed.url))).collect();
    format!("    <outline{}>\n{feeds}    </outline>\n", written(&options(section)))
}

/// The section's name and what is not as by default.
fn options(section: &Section) -> Vec<(String, String)> {
    let default = Section::default();
    let option = |name: &str, value: String, is_said: bool| is_said.then(|| (format!("matins:{name}"), value));
    let name = section.name.to_string();
    let options = [
        option("short", section.short_name.to_string(), section.short_name != section.name && !section.short_name.is_empty()),
        option("icon", section.icon.to_string(), section.icon != default.icon),
        option("window", String::from(Span(section.window)), section.window != default.window),
        option("limit", section.limit.to_string(), section.limit != default.limit),
        option("perFeed", section.per_feed.to_string(), section.per_feed != default.per_feed),
    ];
    let names = [("text".into(), said(&section.opml, "text").unwrap_or(&name).into()), ("title".into(), name.clone())];
    let kind = said(&section.opml, "type").map(|kind| ("type".into(), kind.into()));
    kind.into_iter().chain(names).chain(kept(&section.opml)).chain(options.into_iter().flatten()).collect()
}

/// What an attribute said in the file that it came from, where that is not what it would say anyway.
fn said<'o>(opml: &'o [(String, String)], wanted: &str) -> Option<&'o str> {
    opml.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
}

/// The attributes that stand after those of our own.
fn kept(opml: &[(String, String)]) -> impl Iterator<Item = (String, String)> {
    opml.iter().filter(|(name, _)| name != "text" && name != "type").cloned()
}

fn outline(feed: &Feed, is_fallback: bool, known: KnownFeed) -> String {
    let own = |name: &str, value: &str| (name.to_string(), value.to_string());
    let name = feed.title.as_ref().map(ToString::to_string).or(known.title).unwrap_or_else(|| feed.url.clone());
    let home = known.home_url.filter(|_| feed.opml.iter().all(|(name, _)| !name.eq_ignore_ascii_case("htmlUrl")));
    // What the feed said of itself is no setting, so that importing the file again does not make it one.
    let from_feed = [feed.title.is_none().then_some("title"), home.is_some().then_some("htmlUrl")];
    let from_feed: Vec<&str> = from_feed.into_iter().flatten().collect();
    let (kind, text) = (said(&feed.opml, "type").unwrap_or("rss"), said(&feed.opml, "text").unwrap_or(&name));
    let mut attributes = vec![own("type", kind), own("text", text), own("title", &name), own("xmlUrl", &feed.url)];
    attributes.extend(home.map(|home| own("htmlUrl", &home)));
    attributes.extend(kept(&feed.opml));
    attributes.extend((!from_feed.is_empty()).then(|| own("matins:fromFeed", &from_feed.join(" "))));
    attributes.extend(is_fallback.then(|| own("matins:fallback", "true")));
    attributes.extend(feed.full_text.then(|| own("matins:fullText", "true")));
    attributes.extend(feed.user_agent.as_ref().map(|user_agent| own("matins:userAgent", user_agent)));
    format!("      <outline{}/>\n", written(&attributes))
}

fn written(attributes: &[(String, String)]) -> String {
    attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", escaped(value))).collect()
}

/// A value between double quotes (XML 1.0, section 2.4), without the characters that XML does not have.
fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for letter in value.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}
