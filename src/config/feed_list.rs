//! The person's own `feeds.toml`, edited: feeds added and removed, everything else kept as it is written. Never writes a file
//! that the reader of the settings would find a mistake in, and never edits one that has some.

mod attributes;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::{Paths, feed_array, feed_url, feeds_file, feeds_file::MOST_SECTIONS, paths::printable, show, text_file, value, whole_file};
use crate::assets;
use crate::domain::clean_text::CleanText;
use crate::domain::section::{Feed, Section, find_name};
use crate::domain::settings::Problem;

pub use attributes::Completed;

/// Said of a file that cannot be edited.
const INSTEAD: &str = "it stays as it is";
const LISTS: [&str; 2] = ["feeds", "fallback"];

/// The list as it will be saved.
pub struct FeedList {
    path: PathBuf,
    /// The file as it was read; nothing when there is none yet.
    before: Option<String>,
    document: DocumentMut,
    /// Which section, by its place, has which address: looking through thousands of lines for each new one would take minutes.
    known: HashSet<(usize, String)>,
}

/// What became of a feed that was to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    New {
        section: String,
        is_new_section: bool,
    },
    /// The section has it, and so nothing was changed.
    Already {
        section: String,
    },
}

/// A place that a feed was removed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    pub section: String,
    pub is_fallback: bool,
    /// Ordinary and fallback feeds that the section still has.
    pub left: usize,
}

/// Why a list cannot be edited; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum FeedListError {
    #[error("{}", mistakes(.0))]
    Mistakes(Vec<Problem>),
    #[error("the address {0}")]
    Address(String),
    #[error("the name of a section is empty; give it one, as in --section News")]
    NoName,
    #[error("the edited {file} would have a mistake, so it was not saved: {problem}")]
    Refused { file: String, problem: String },
    #[error("this feed cannot stand in the list: {0}")]
    Feed(String),
    #[error("the paper has {MOST_SECTIONS} sections already, which is the most; put this feed into one of them")]
    TooManySections,
    #[error("{file} would be larger than {} MB, so it was not saved; take fewer feeds", text_file::LARGEST_FILE / 1_000_000)]
    TooLarge { file: String },
    #[error("{0} was changed by another program meanwhile; try again")]
    Changed(String),
    #[error("could not write {file}: {source}; another folder can be given with --config DIR")]
    Write { file: String, source: std::io::Error },
}

fn mistakes(problems: &[Problem]) -> String {
    // What is wrong with the file as a whole follows from what is wrong in a line.
    let first = problems.iter().find(|problem| problem.line > 0).or(problems.first()).map(ToString::to_string).unwrap_or_default();
    let more = if problems.len() > 1 { format!(" (and {} more)", problems.len() - 1) } else { String::new() };
    format!("{first}{more}; nothing was changed: mend what `matins config check` names, then try again")
}

impl FeedList {
    /// Opens the list; where there is none, the shipped one is the start, so that one feed more costs no section.
    ///
    /// # Errors
    /// When the file cannot be read or has a mistake in it.
    pub fn open(paths: &Paths) -> Result<FeedList, FeedListError> {
        FeedList::open_or(paths, assets::FEEDS)
    }

    /// The same, but where there is none, the start has no sections.
    ///
    /// # Errors
    /// As [`FeedList::open`].
    pub fn open_or_empty(paths: &Paths) -> Result<FeedList, FeedListError> {
        let explained = assets::FEEDS.split("\n\n").next().unwrap_or_default();
        FeedList::open_or(paths, &format!("{explained}\n"))
    }

    fn open_or(paths: &Paths, start: &str) -> Result<FeedList, FeedListError> {
        let path = paths.feeds_file();
        let (before, problem) = text_file::read(&path, INSTEAD);
        let mut problems = match (&before, problem) {
            (_, Some(problem)) => vec![problem],
            (Some(text), None) => feeds_file::read(&printable(&path), text).1,
            (None, None) => Vec::new(),
        };
        // What is to come into the list may come into one of them.
        problems.retain(|problem| problem.message != feeds_file::ALL_EMPTY);
        if !problems.is_empty() {
            return Err(FeedListError::Mistakes(problems));
        }
        let text = before.as_deref().unwrap_or(start);
        match text.parse() {
            Ok(document) => {
                let mut list = FeedList { path, before, document, known: HashSet::new() };
                list.known = list.every_address().collect();
                Ok(list)
            }
            Err(error) => Err(FeedListError::Refused { file: printable(&path), problem: error.to_string() }),
        }
    }

    /// Whether there was no file of the person's own yet.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.before.is_none()
    }

    /// The sections that have a feed of this address.
    #[must_use]
    pub fn sections_of(&self, url: &str) -> Vec<String> {
        let places = self.tables().into_iter().enumerate();
        places.filter(|(place, _)| self.known.contains(&(*place, url.to_string()))).map(|(_, table)| name(table)).collect()
    }

    /// The names of all sections, the empty ones too.
    #[must_use]
    pub fn section_names(&self) -> Vec<String> {
        self.tables().into_iter().map(name).collect()
    }

    /// Their short names, where they have some.
    #[must_use]
    pub fn short_names(&self) -> Vec<CleanText> {
        self.tables().into_iter().filter_map(|table| text_of(table, "short")).collect()
    }

    /// The section of that name, or of that short name, as [`find_name`] finds it.
    #[must_use]
    pub fn section(&self, wanted: &str) -> Option<String> {
        let text = |table, key| text_of(table, key).unwrap_or_default().into_string();
        let names: Vec<[String; 2]> = self.tables().into_iter().map(|table| [text(table, "name"), text(table, "short")]).collect();
        let names: Vec<[&str; 2]> = names.iter().map(|[name, short]| [name.as_str(), short.as_str()]).collect();
        find_name(wanted, &names).and_then(|place| self.tables().get(place).map(|table| name(*table)))
    }

    /// Every address, in the order of the list.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        self.every_address().map(|(_, url)| url).collect()
    }

    fn every_address(&self) -> impl Iterator<Item = (usize, String)> {
        let lists = |(place, table): (usize, &'_ dyn TableLike)| -> Vec<(usize, String)> {
            let lists = LISTS.iter().filter_map(|key| table.get(key));
            lists.flat_map(feed_array::addresses).filter_map(|text| Some((place, feed_url(text).ok()?))).collect()
        };
        self.tables().into_iter().enumerate().flat_map(lists).collect::<Vec<_>>().into_iter()
    }

    /// Makes a section with its options where there is none of that name; its feeds do not count. Options that the reader would
    /// find a mistake in are left out. Whether it was made.
    ///
    /// # Errors
    /// When the name cannot stand in the list, or too many sections do.
    pub fn add_section(&mut self, section: &Section) -> Result<bool, FeedListError> {
        let name = value::fitting_name(&section.name).ok_or(FeedListError::NoName)?;
        if self.find(&name).is_some() {
            return Ok(false);
        }
        let is_free = |short: &CleanText| !short.is_empty() && self.find(short).is_none();
        let short_name = if is_free(&section.short_name) { section.short_name.clone() } else { name.clone() };
        let mut table = show::section_options(&Section { name: name.clone(), short_name, ..section.clone() });
        table.insert("feeds", Item::Value(Array::new().into()));
        let says_more = *section != Section { name: section.name.clone(), ..Section::default() };
        self.push_section(if says_more && mistake_in(&table).is_none() { table } else { new_section(&name) }).map(|()| true)
    }

    /// Adds an ordinary feed to the section of that name, or of that short name, in any case; makes one where there is none.
    /// Names that are too long are shortened.
    ///
    /// # Errors
    /// When the address or the name cannot stand in the list; the list is as it was.
    pub fn add(&mut self, section: &str, feed: &Feed) -> Result<Added, FeedListError> {
        self.add_to(section, "feeds", feed)
    }

    /// Adds a feed that is asked only when the ordinary ones fail.
    ///
    /// # Errors
    /// As [`FeedList::add`].
    pub fn add_fallback(&mut self, section: &str, feed: &Feed) -> Result<Added, FeedListError> {
        self.add_to(section, "fallback", feed)
    }

    fn add_to(&mut self, section: &str, key: &str, feed: &Feed) -> Result<Added, FeedListError> {
        let section = value::fitting_name(section).ok_or(FeedListError::NoName)?;
        let (url, feed) = writable(feed)?;
        let found = self.find(&section);
        if found.is_none() {
            self.push_section(new_section(&section))?;
        }
        let place = found.unwrap_or(self.tables().len().saturating_sub(1));
        let is_known = !self.known.insert((place, url));
        let mut tables = self.tables_mut();
        let Some(table) = tables.get_mut(place) else { return Err(FeedListError::NoName) };
        let section = name(*table);
        if is_known {
            return Ok(Added::Already { section });
        }
        let list = table.entry(key).or_insert_with(|| Item::Value(Array::new().into()));
        feed_array::push(list, feed);
        Ok(Added::New { section, is_new_section: found.is_none() })
    }

    /// Removes a feed from every section and list that has it; says where it was. An emptied section stays.
    pub fn remove(&mut self, url: &str) -> Vec<Removed> {
        let mut removed = Vec::new();
        for table in self.tables_mut() {
            for key in LISTS {
                while let Some(index) = position(table, key, url) {
                    table.get_mut(key).into_iter().for_each(|list| feed_array::remove(list, index));
                    removed.push(Removed { section: name(table), is_fallback: key == "fallback", left: count(table) });
                }
                // Of [[section.feeds]] nothing would be left; an empty list that is written out is meant and no mistake.
                if table.get(key).and_then(Item::as_array_of_tables).is_some_and(ArrayOfTables::is_empty) {
                    table.insert(key, Item::Value(Array::new().into()));
                }
            }
        }
        self.known.retain(|(_, known)| known != url);
        removed
    }

    /// The text of the file as it would be saved.
    #[must_use]
    pub fn text(&self) -> String {
        let text = self.document.to_string();
        match self.before.as_deref().is_some_and(|before| before.contains("\r\n")) {
            true => text.replace("\r\n", "\n").replace('\n', "\r\n"),
            false => text,
        }
    }

    /// Writes the file in one piece, beside the old one and then in its place; says where it is.
    ///
    /// # Errors
    /// When it cannot be written, would have a mistake in it, or was changed since it was opened.
    pub fn save(&self) -> Result<PathBuf, FeedListError> {
        let (file, text) = (printable(&self.path), self.text());
        if let Some(problem) = feeds_file::read(&file, &text).1.first() {
            return Err(FeedListError::Refused { file, problem: problem.to_string() });
        }
        if text.len() as u64 > text_file::LARGEST_FILE {
            return Err(FeedListError::TooLarge { file });
        }
        if text_file::read(&self.path, INSTEAD).0 != self.before {
            return Err(FeedListError::Changed(file));
        }
        match whole_file::replace(&self.path, &text) {
            Ok(()) => Ok(self.path.clone()),
            Err(source) => Err(FeedListError::Write { file, source }),
        }
    }

    /// Where the list is, or will be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The place of the section of that name, else of that short name.
    fn find(&self, wanted: &CleanText) -> Option<usize> {
        let is_it = |key: &'static str| {
            let wanted = wanted.to_lowercase();
            move |table: &&dyn TableLike| text_of(*table, key).is_some_and(|text| text.to_lowercase() == wanted)
        };
        let tables = self.tables();
        tables.iter().position(|table| is_it("name")(table)).or_else(|| tables.iter().position(|table| is_it("short")(table)))
    }

    fn tables(&self) -> Vec<&dyn TableLike> {
        match self.document.get("section") {
            Some(Item::ArrayOfTables(tables)) => tables.iter().map(|table| table as &dyn TableLike).collect(),
            Some(Item::Value(Value::Array(tables))) => {
                tables.iter().filter_map(Value::as_inline_table).map(|table| table as &dyn TableLike).collect()
            }
            _ => Vec::new(),
        }
    }

    fn tables_mut(&mut self) -> Vec<&mut dyn TableLike> {
        match self.document.get_mut("section") {
            Some(Item::ArrayOfTables(tables)) => tables.iter_mut().map(|table| table as &mut dyn TableLike).collect(),
            Some(Item::Value(Value::Array(tables))) => {
                tables.iter_mut().filter_map(Value::as_inline_table_mut).map(|table| table as &mut dyn TableLike).collect()
            }
            _ => Vec::new(),
        }
    }

    fn push_section(&mut self, mut table: Table) -> Result<(), FeedListError> {
        if self.tables().len() >= MOST_SECTIONS {
            return Err(FeedListError::TooManySections);
        }
        if let Some(Item::Value(Value::Array(tables))) = self.document.get_mut("section") {
            tables.push(table.into_inline_table());
            return Ok(());
        }
        // Of a list without sections, what is written there stands above the first.
        let is_first = self.document.get("section").is_none();
        let above = if is_first { self.document.trailing().as_str().unwrap_or_default().to_string() } else { String::new() };
        if is_first {
            self.document.set_trailing("");
        }
        table.decor_mut().set_prefix(format!("{above}\n"));
        let sections = self.document.entry("section").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        sections.as_array_of_tables_mut().into_iter().for_each(|sections| sections.push(table.clone()));
        Ok(())
    }
}

/// The feed as the list writes it, with its address.
fn writable(feed: &Feed) -> Result<(String, InlineTable), FeedListError> {
    let url = feed_url(&feed.url).map_err(FeedListError::Address)?;
    let title = feed.title.as_deref().and_then(value::fitting_name);
    let table = show::feed_table(&Feed { url: url.clone(), title, ..feed.clone() });
    let mut section = new_section(&CleanText::new("Section"));
    section["feeds"] = Item::Value(Array::from_iter([table.clone()]).into());
    match mistake_in(&section) {
        Some(mistake) => Err(FeedListError::Feed(mistake)),
        None => Ok((url, table)),
    }
}

/// What the reader would say of a section.
fn mistake_in(section: &Table) -> Option<String> {
    let mut document = DocumentMut::new();
    document.insert("section", Item::ArrayOfTables(ArrayOfTables::from_iter([section.clone()])));
    let mistakes = feeds_file::read("", &document.to_string()).1;
    mistakes.into_iter().find(|mistake| mistake.line > 0).map(|mistake| mistake.message)
}

fn new_section(name: &CleanText) -> Table {
    Table::from_iter([("name", Value::from(name.as_str())), ("feeds", Array::new().into())])
}

fn text_of(table: &dyn TableLike, key: &str) -> Option<CleanText> {
    table.get(key).and_then(Item::as_str).map(CleanText::new)
}

fn name(table: &dyn TableLike) -> String {
    text_of(table, "name").unwrap_or_default().into_string()
}

fn count(table: &dyn TableLike) -> usize {
    LISTS.iter().filter_map(|key| table.get(key)).map(|list| feed_array::addresses(list).len()).sum()
}

fn position(table: &dyn TableLike, key: &str, url: &str) -> Option<usize> {
    feed_array::addresses(table.get(key)?).iter().position(|text| feed_url(text).as_deref() == Ok(url))
}

#[cfg(test)]
mod tests;
