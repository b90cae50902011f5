//! `matins add`: finds the feed behind an address and puts it into a section of the person's own list.

mod question;
mod search;
mod typed;

use anyhow::{Context as _, anyhow, bail};
use jiff::Timestamp;

use super::remove::told;
use super::{Context, Exit, UsageError, output};
use crate::app::words::count_of;
use crate::config::{Added, FeedList, FeedListError, printable};
use crate::domain::clean_text::CleanText;
use crate::domain::nearest::nearest;
use crate::domain::section::Feed;
use crate::domain::time_words::age;
use crate::fetch::Fetcher;
use crate::runtime;
use search::{Finds, Found, Nothing};

/// Addresses that are named of those that were asked in vain.
const MOST_VAIN: usize = 6;

const NOT_ADDED: &str = "nothing was added";
const ADVICE_OF_NONE: &str = "give the feed's own address if you know it";

const ADVICE: &str = "\
The address may be that of a feed or of any page: matins looks at the page's
links, at the patterns of well-known sites and at the usual places, and reads
what it finds. When there are several feeds it asks which one; without a
terminal it lists them, and the exit code is 1. feeds.toml keeps its comments.

Examples:
  matins add cbc.ca/news --section Canada
  matins add https://www.youtube.com/channel/UC123 --section Films
  matins add ~/feeds/backups.xml

Without --section it goes into the only one, or you are asked. A section that
is not there yet is made.";

/// Find the feed behind an address and add it to a section
#[derive(Debug, clap::Args)]
#[command(after_help = ADVICE)]
pub(super) struct Arguments {
    /// The feed, or a page that has one: an address, with or without https://, or a file
    url: String,
    /// The section that it is added to, by its name or short name; a new one is made
    #[arg(long, value_name = "NAME")]
    section: Option<String>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Exit> {
    let folder = std::env::current_dir().unwrap_or_default();
    let addresses = typed::addresses(&arguments.url, &folder, std::path::Path::is_file);
    let addresses = addresses.map_err(|wrong| UsageError(format!("the address {wrong}")))?;
    let mut list = FeedList::open(&context.paths).map_err(told)?;
    if let Some((address, section)) = addresses.iter().find_map(|address| Some((address, place_of(&list, address)?))) {
        return tell(&format!("{} is in {section} already", CleanText::new(address)));
    }
    let section = section(arguments, &list)?;
    let now = runtime::system_clock().now();
    let fetcher = Fetcher::new(&context.config.settings.fetch)?;
    let found = super::reader::async_runtime()?.block_on(search::search(&fetcher, now, &addresses));
    let found = found.map_err(|nothing| tell_nothing(&arguments.url, &nothing))?;
    if let Some(known) = found.feeds.iter().map(|found| known_words(found, &list)).collect::<Option<Vec<_>>>() {
        return tell(&known.join("\n"));
    }
    let Some(found) = choose(found, &list, now)? else { bail!(NOT_ADDED) };
    if let Some(known) = known_words(&found, &list) {
        return tell(&known);
    }
    let section = section.map_or_else(|| ask_for_section(&list.section_names()), Ok)?;
    let added = list.add(&section, &Feed { url: found.address.clone(), ..Feed::default() }).map_err(told)?;
    let file = list.save().map_err(told)?;
    let copied = if list.is_new() { format!("; the list is now your own: {}", printable(&file)) } else { String::new() };
    tell(&format!("{}{copied}", sentence(&found, &added, now)))
}

fn tell(sentence: &str) -> anyhow::Result<Exit> {
    output::print(&format!("{sentence}\n"))?;
    Ok(Exit::Done)
}

/// What is said of a feed that the list has.
fn known_words(found: &Found, list: &FeedList) -> Option<String> {
    place_of(list, &found.address).map(|section| format!("{} is in {section} already", name(found)))
}

/// The section that has the feed already, if need be over the other scheme.
fn place_of(list: &FeedList, address: &str) -> Option<String> {
    let bare = |address: &str| address.split_once("://").map_or(address, |(_, rest)| rest).trim_end_matches('/').to_string();
    let known = list.addresses().into_iter().find(|known| bare(known) == bare(address))?;
    list.sections_of(&known).into_iter().next()
}

/// The section that was named, or the only one; nothing when a person is to be asked later.
fn section(arguments: &Arguments, list: &FeedList) -> anyhow::Result<Option<String>> {
    let sections = list.section_names();
    match (&arguments.section, sections.as_slice()) {
        (Some(name), _) => named(name, list).map(Some),
        (None, [only]) => Ok(Some(only.clone())),
        (None, _) if question::is_possible() => Ok(None),
        (None, _) => Err(UsageError(format!("say which section with --section; there are {}", sections.join(", "))).into()),
    }
}

/// A section that is there, or a new one whose name is no slip of the fingers.
fn named(name: &str, list: &FeedList) -> anyhow::Result<String> {
    if let Some(section) = list.section(name) {
        return Ok(section);
    }
    if CleanText::new(name).is_empty() {
        return Err(told(FeedListError::NoName));
    }
    let (names, short_names) = (list.section_names(), list.short_names());
    match nearest(name, names.iter().map(String::as_str).chain(short_names.iter().map(CleanText::as_str))) {
        Some(near) => {
            let file = printable(list.path());
            let advice = format!("did you mean `{near}`? A new section of so near a name is begun in {file}");
            Err(UsageError(format!("there is no section `{}`; {advice}", CleanText::new(name))).into())
        }
        None => Ok(name.to_string()),
    }
}

fn ask_for_section(names: &[String]) -> anyhow::Result<String> {
    let chosen = question::ask("Into which section?", names).context("could not ask")?;
    chosen.and_then(|index| names.get(index).cloned()).context(NOT_ADDED)
}

/// The only feed, or the one that the person chooses.
fn choose(finds: Finds, list: &FeedList, now: Timestamp) -> anyhow::Result<Option<Found>> {
    let Finds { feeds: mut found, unasked, comments } = finds;
    let tell_comments = || {
        comments
            .iter()
            .take(MOST_VAIN)
            .for_each(|address| output::warn(&format!("left out, as it is of comments: {}", CleanText::new(address))))
    };
    if found.len() == 1 {
        tell_comments();
        return Ok(found.pop());
    }
    let words = |found: &Found| {
        let known = place_of(list, &found.address).map(|section| format!(", in {section} already")).unwrap_or_default();
        (format!("{}{known}", described(found, now)), CleanText::new(&found.address))
    };
    if question::is_possible() {
        tell_comments();
        let more = if unasked > 0 { format!(" ({} left unasked)", count_of(unasked, "link")) } else { String::new() };
        let choices: Vec<String> = found.iter().map(words).map(|(words, address)| format!("{words}\n{address}")).collect();
        let chosen = question::ask(&format!("There are {} feeds{more}:", found.len()), &choices).context("could not ask")?;
        return Ok(chosen.map(|index| found.swap_remove(index)));
    }
    for (words, address) in found.iter().map(words) {
        output::warn(&format!("{address}: {words}"));
    }
    if unasked > 0 {
        output::warn(&format!("{} of the page left unasked", count_of(unasked, "link")));
    }
    tell_comments();
    bail!("there are {}; add one of them by its own address", count_of(found.len(), "feed"))
}

/// Says why nothing was found.
fn tell_nothing(address: &str, nothing: &Nothing) -> anyhow::Error {
    for (address, reason) in nothing.vain.iter().take(MOST_VAIN) {
        output::warn(&format!("{address}: {reason}"));
    }
    if let Some(more @ 1..) = nothing.vain.len().checked_sub(MOST_VAIN) {
        let are = if more == 1 { "is no feed" } else { "are no feeds" };
        output::warn(&format!("{more} more of its links {are} either"));
    }
    let Nothing { reason, places, is_answer, .. } = nothing;
    let address = CleanText::new(address);
    match (is_answer, places) {
        (false, _) => anyhow!("could not read {address}: {reason}"),
        (true, 0) => anyhow!("found no feed at {address}: {reason}; {ADVICE_OF_NONE}"),
        (true, count) => {
            let asked = if *count == 1 { "a usual place of feeds was".into() } else { format!("{count} usual places of feeds were") };
            anyhow!("found no feed at {address}: {reason}; {asked} asked in vain; {ADVICE_OF_NONE}")
        }
    }
}

fn sentence(found: &Found, added: &Added, now: Timestamp) -> String {
    match added {
        Added::New { section, is_new_section } => {
            let new = if *is_new_section { ", a new section" } else { "" };
            format!("added {} to {section}{new}", described(found, now))
        }
        Added::Already { section } => format!("{} is in {section} already", name(found)),
    }
}

/// `CBC | Canada News (20 articles, newest 12 min ago)`.
fn described(found: &Found, now: Timestamp) -> String {
    let dates = found.feed.articles.iter().filter_map(|article| article.published.or(article.updated));
    let newest = match dates.filter(|date| *date <= now).max().map(|newest| age(now, newest)).as_deref() {
        None => String::new(),
        Some("now") => ", newest just now".into(),
        Some(age) => format!(", newest {age} ago"),
    };
    match found.feed.articles.len() {
        0 => format!("{} (no articles yet)", name(found)),
        count => format!("{} ({}{newest})", name(found), count_of(count, "article")),
    }
}

fn name(found: &Found) -> String {
    found.feed.title.clone().unwrap_or_else(|| CleanText::new(&found.address)).into_string()
}
