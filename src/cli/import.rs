//! `matins import`: feeds of a list from elsewhere into the person's own.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::anyhow;

use super::remove::told;
use super::{Exit, Places, input, output, usage};
use crate::app::words::count_of;
use crate::config::{self, Added, Completed, FeedList, FeedListError, Paths, printable};
use crate::domain::clean_text::CleanText;
use crate::exchange::feed_list::{self, Offer, OfferedFeed};

const ADVICE: &str = "\
Reads OPML, as other readers export it, and the `urls` file of newsboat; which
of them a file is shows in the file itself. A plain list of addresses will do.

A folder becomes a section; one inside another, `News / Canada`. In a urls file
the first tag names the section, and \"~A title\" the feed. A section of that
name that you have already gets the feeds. A feed that you have already, in any
section, stays where it is, and so does one that a urls file gives twice; of
an OPML file it gets the attributes that it lacks.

Where you have no feeds.toml yet, what is imported becomes your whole list, in
place of the shipped sections; --with-shipped keeps those as well.

Examples:
  matins import ~/.newsboat/urls
  matins import subscriptions.opml --dry-run
  matins import - --section \"From my old reader\"";

/// Add the feeds of an OPML file or of a newsboat urls file
#[derive(Debug, clap::Args)]
#[command(after_help = ADVICE)]
pub(super) struct Arguments {
    /// The file, or - for standard input
    file: PathBuf,
    /// The section of feeds that stand in no folder and have no tag
    #[arg(long, value_name = "NAME", default_value = "Feeds")]
    section: String,
    /// Keep the shipped sections too, where there is no feeds.toml yet
    #[arg(long)]
    with_shipped: bool,
    /// Only show what would be added
    #[arg(long)]
    dry_run: bool,
}

/// What the import came to.
#[derive(Default)]
struct Outcome {
    /// By section: whether it is new, and its new feeds.
    added: BTreeMap<String, (bool, Vec<String>)>,
    known: usize,
    refused: Vec<String>,
    refused_more: usize,
    refused_noun: &'static str,
    /// Sections that were made before their first feed came.
    made: HashSet<String>,
    /// Sections without feeds that were made.
    empty: usize,
    /// Attributes for what was there already.
    completed: Completed,
}

pub(super) fn run(arguments: &Arguments, places: &Places) -> anyhow::Result<Exit> {
    let paths = Paths::find(places.config.clone(), places.data.clone()).map_err(usage)?;
    let mut list = if arguments.with_shipped { FeedList::open(&paths) } else { FeedList::open_or_empty(&paths) }.map_err(told)?;
    let name = input::name(&arguments.file);
    let file = input::read(&arguments.file)?;
    let offer = feed_list::read(&file.bytes).map_err(|wrong| anyhow!("{name} {wrong}"))?;
    let notes = offer.notes.clone();
    let outcome = add(offer, &arguments.section, &mut list)?;
    file.hand_notes(None);
    notes.iter().chain(&outcome.refused).for_each(|line| output::warn(&CleanText::new(line)));
    if outcome.refused_more > 0 {
        output::warn(&format!("{} more were refused", outcome.refused_more));
    }
    match outcome.completed.left {
        0 => {}
        1 => output::warn("1 attribute was not kept: what is there has another of that name, or the section is not there"),
        left => {
            output::warn(&format!("{left} attributes were not kept: what is there has others of those names, or the section is not there"))
        }
    }
    if outcome.added.is_empty() && outcome.known == 0 {
        return Err(anyhow!("nothing in {name} can be taken; nothing was changed"));
    }
    finish(arguments, &outcome, &list)
}

fn finish(arguments: &Arguments, outcome: &Outcome, list: &FeedList) -> anyhow::Result<Exit> {
    if arguments.dry_run {
        output::print(&format!("{}would have {}; nothing was written\n", outcome.listing(), outcome.summary()))?;
        return Ok(Exit::Done);
    }
    if !outcome.added.is_empty() || outcome.empty > 0 || outcome.completed.taken > 0 {
        let file = list.save().map_err(told)?;
        if list.is_new() {
            output::print(&first(&file, arguments.with_shipped))?;
        }
    }
    output::print(&format!("{}\n", outcome.summary()))?;
    Ok(Exit::Done)
}

fn first(file: &Path, with_shipped: bool) -> String {
    match with_shipped {
        true => format!("the shipped sections with these feeds are now your own list: {}\n", printable(file)),
        false => format!("these feeds are now your own list, in place of the shipped sections: {}\n", printable(file)),
    }
}

/// Adds what is offered and not there yet. A feed may stand in several sections of the file.
fn add(offer: Offer, section: &str, list: &mut FeedList) -> anyhow::Result<Outcome> {
    let Offer { refused, refused_more, refused_noun, .. } = offer;
    let mut outcome = Outcome { refused, refused_more, refused_noun, ..Outcome::default() };
    let known: HashSet<String> = list.addresses().into_iter().collect();
    let is_known = |feed: &OfferedFeed| config::feed_url(&feed.feed.url).is_ok_and(|url| known.contains(&url));
    let (there, new): (Vec<_>, Vec<_>) = offer.feeds.into_iter().partition(is_known);
    outcome.known = there.len();
    let needed: HashSet<&str> = new.iter().filter_map(|feed| feed.section.as_deref()).collect();
    for section in &offer.sections {
        let name = section.name.as_str();
        let is_needed = needed.contains(name);
        // One that does not fit is told of with each of its feeds.
        if (is_needed || offer.empty.contains(name)) && list.add_section(section).unwrap_or(false) {
            outcome.made.insert(name.to_string());
            outcome.empty += usize::from(!is_needed);
        } else {
            outcome.add_completed(list.complete_section(&section.name, &section.opml));
        }
    }
    for offered in there {
        outcome.complete(&offered, list);
    }
    for offered in new {
        let name = offered.section.as_deref().unwrap_or(section);
        let added = if offered.is_fallback { list.add_fallback(name, &offered.feed) } else { list.add(name, &offered.feed) };
        if matches!(added, Ok(Added::Already { .. })) {
            outcome.complete(&offered, list);
        }
        outcome.count(&offered, added)?;
    }
    Ok(outcome)
}

impl Outcome {
    /// A feed that is there already gets the attributes that it lacks.
    fn complete(&mut self, offered: &OfferedFeed, list: &mut FeedList) {
        if let (Ok(url), false) = (config::feed_url(&offered.feed.url), offered.feed.opml.is_empty()) {
            self.add_completed(list.complete(&url, &offered.feed.opml));
        }
    }

    fn add_completed(&mut self, more: Completed) {
        self.completed.taken += more.taken;
        self.completed.left += more.left;
    }

    fn count(&mut self, offered: &OfferedFeed, added: Result<Added, FeedListError>) -> anyhow::Result<()> {
        match added {
            Ok(Added::New { section, is_new_section }) => {
                let title = offered.feed.title.as_ref().map(|title| format!("  {title}")).unwrap_or_default();
                let is_made = self.made.contains(&section);
                let (is_new, feeds) = self.added.entry(section).or_default();
                *is_new |= is_new_section || is_made;
                feeds.push(format!("{}{title}", offered.feed.url));
            }
            Ok(Added::Already { .. }) => self.known += 1,
            Err(error @ FeedListError::NoName) => return Err(told(error)),
            Err(error) => self.refused.push(format!("{}: {error}", offered.place)),
        }
        Ok(())
    }

    /// Every feed that is added, by section.
    fn listing(&self) -> String {
        let one = |(section, (is_new, feeds)): (&String, &(bool, Vec<String>))| {
            let feeds: String = feeds.iter().map(|feed| format!("  {feed}\n")).collect();
            format!("{section}{}\n{feeds}", if *is_new { " (a new section)" } else { "" })
        };
        self.added.iter().map(one).collect()
    }

    /// `added 31 feeds in 4 sections; 2 were there already; 1 line refused`.
    fn summary(&self) -> String {
        let feeds: usize = self.added.values().map(|(_, feeds)| feeds.len()).sum();
        let added = match feeds {
            0 => "added nothing".to_string(),
            feeds => format!("added {} in {}", count_of(feeds, "feed"), count_of(self.added.len(), "section")),
        };
        let known = match self.known {
            0 => String::new(),
            1 => "; 1 was there already".into(),
            known => format!("; {known} were there already"),
        };
        let refused = match self.refused.len() + self.refused_more {
            0 => String::new(),
            refused => format!("; {} refused", count_of(refused, self.refused_noun)),
        };
        let empty = match self.empty {
            0 => String::new(),
            empty => format!("; {} without feeds", count_of(empty, "section")),
        };
        let completed = match self.completed.taken {
            0 => String::new(),
            1 => "; 1 attribute was added to what was there".into(),
            taken => format!("; {taken} attributes were added to what was there"),
        };
        format!("{added}{empty}{known}{completed}{refused}")
    }
}
