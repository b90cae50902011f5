//! The person's own `feeds.toml`, edited: feeds added and removed, everything else kept as it is written. Never writes a file
//! that the reader of the settings would find a mistake in, and never edits one that has some.

use std::path::{Path, PathBuf};

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TableLike, Value};

use super::{Paths, feed_array, feed_url, feeds_file, paths::printable, show, text_file, value, whole_file};
use crate::assets;
use crate::domain::clean_text::CleanText;
use crate::domain::section::{Feed, Section};
use crate::domain::settings::Problem;

/// Said of a file that cannot be edited.
const INSTEAD: &str = "it stays as it is";
const LISTS: [&str; 2] = ["feeds", "fallback"];

/// The list as it will be saved.
pub struct FeedList {
    path: PathBuf,
    /// The file as it was read; nothing when there is none yet.
    before: Option<String>,
    document: DocumentMut,
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
    #[error("{0} was changed by another program meanwhile; try again")]
    Changed(String),
    #[error("could not write {file}: {source}; another folder can be given with --config DIR")]
    Write { file: String, source: std::io::Error },
}

fn mistakes(problems: &[Problem]) -> String {
    let first = problems.first().map(ToString::to_string).unwrap_or_default();
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
        let problems = match (&before, problem) {
            (_, Some(problem)) => vec![problem],
            (Some(text), None) => feeds_file::read(&printable(&path), text).1,
            (None, None) => Vec::new(),
        };
        if !problems.is_empty() {
            return Err(FeedListError::Mistakes(problems));
        }
        let text = before.as_deref().unwrap_or(start);
        match text.parse() {
            Ok(document) => Ok(FeedList { path, before, document }),
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
        let has = |table: &&dyn TableLike| LISTS.iter().any(|key| position(*table, key, url).is_some());
        self.tables().into_iter().filter(has).map(name).collect()
    }

    /// Every address, in the order of the list.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        let lists = |table: &'_ dyn TableLike| -> Vec<String> {
            let items = LISTS.iter().filter_map(|key| table.get(key));
            items.flat_map(feed_array::addresses).filter_map(|text| feed_url(text).ok()).collect()
        };
        self.tables().into_iter().flat_map(lists).collect()
    }

    /// Makes a section with its options where there is none of that name; its feeds do not count. Whether it was made.
    pub fn add_section(&mut self, section: &Section) -> bool {
        let is_new = self.find(&section.name).is_none();
        if is_new {
            let mut table = show::section_options(section);
            table.insert("feeds", Item::Value(Array::new().into()));
            self.push_section(table);
        }
        is_new
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
        let url = feed_url(&feed.url).map_err(FeedListError::Address)?;
        let title = feed.title.as_deref().and_then(value::fitting_name);
        let feed = show::feed_table(&Feed { url: url.clone(), title, ..feed.clone() });
        let found = self.find(&section);
        let index = found.unwrap_or_else(|| {
            self.push_section(new_section(&section));
            self.tables().len() - 1
        });
        let mut tables = self.tables_mut();
        let Some(table) = tables.get_mut(index) else { return Err(FeedListError::NoName) };
        let section = name(*table);
        if LISTS.iter().any(|key| position(*table, key, &url).is_some()) {
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

    fn push_section(&mut self, mut table: Table) {
        if let Some(Item::Value(Value::Array(tables))) = self.document.get_mut("section") {
            return tables.push(table.into_inline_table());
        }
        let is_first = self.document.get("section").is_none();
        let above = if is_first { self.document.trailing().as_str().unwrap_or_default().to_string() } else { String::new() };
        if is_first {
            self.document.set_trailing("");
        }
        table.decor_mut().set_prefix(format!("{above}\n"));
        let sections = self.document.entry("section").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        sections.as_array_of_tables_mut().into_iter().for_each(|sections| sections.push(table.clone()));
    }
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
mod tests {
    use super::*;

    /// A list in a folder of its own, with this text if any.
    fn folder(text: Option<&str>) -> (tempfile::TempDir, Paths) {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = Paths { config_dir: folder.path().join("config"), data_dir: folder.path().into() };
        if let Some(text) = text {
            std::fs::create_dir(&paths.config_dir).expect("made");
            std::fs::write(paths.feeds_file(), text).expect("written");
        }
        (folder, paths)
    }

    fn feed(url: &str) -> Feed {
        Feed { url: url.into(), ..Feed::default() }
    }

    fn saved(list: &FeedList) -> String {
        std::fs::read_to_string(list.save().expect("saved")).expect("read")
    }

    const TWO: &str = "# mine\n\n[[section]]\nname = \"Canadian News\" # home\nshort = \"Canada\"\nfeeds = [\n  # public\n  \"https://a.example/\",\n]\n\n\
        [[section]]\nname = \"Science\"\nfeeds = [\"https://b.example/\"]\nfallback = [\"https://a.example/\"]\n# the end\n";

    #[test]
    fn a_feed_more_costs_no_section_when_there_was_no_list() {
        let (_folder, paths) = folder(None);
        let mut list = FeedList::open(&paths).expect("open");
        assert_eq!((list.is_new(), list.text().as_str()), (true, assets::FEEDS));
        let added = list.add("CANADA", &Feed { title: Some(CleanText::new("New")), ..feed("https://new.example/") });
        assert_eq!(added.expect("added"), Added::New { section: "Canadian News".into(), is_new_section: false });
        let text = saved(&list);
        let without = text.replace("  { url = \"https://new.example/\", title = \"New\" },\n", "");
        assert_eq!(without, assets::FEEDS);
        assert!(!FeedList::open(&paths).expect("open").is_new());
    }

    #[test]
    fn a_list_may_begin_without_the_shipped_sections() {
        let (_folder, paths) = folder(None);
        let mut list = FeedList::open_or_empty(&paths).expect("open");
        list.add("Local", &feed("https://new.example/")).expect("added");
        list.add("Other", &feed("https://new.example/")).expect("added");
        let text = saved(&list);
        assert!(text.starts_with("# The sections of the paper"), "{text}");
        let sections = "\n[[section]]\nname = \"Local\"\nfeeds = [\n  { url = \"https://new.example/\" },\n]\n\
                        \n[[section]]\nname = \"Other\"\nfeeds = [\n  { url = \"https://new.example/\" },\n]\n";
        assert!(text.ends_with(sections), "{text}");
    }

    #[test]
    fn what_is_not_edited_stays_as_it_is_written() {
        let check = |edit: &dyn Fn(&mut FeedList), expected: &str| {
            let (_folder, paths) = folder(Some(TWO));
            let mut list = FeedList::open(&paths).expect("open");
            edit(&mut list);
            assert_eq!(saved(&list), expected);
        };
        check(&|_| {}, TWO);
        let to_canada = TWO.replace("a.example/\",\n", "a.example/\",\n  { url = \"https://c.example/\" },\n");
        check(&|list| drop(list.add("canadian news", &feed("https://c.example/"))), &to_canada);
        let spare = TWO.replace("[\"https://a.example/\"]", "[\"https://a.example/\", { url = \"https://c.example/\" }]");
        check(&|list| drop(list.add_fallback("Science", &feed("https://c.example/"))), &spare);
        let new = TWO.replace("# the end", "\n[[section]]\nname = \"New\"\nfeeds = [\n  { url = \"https://c.example/\" },\n]\n# the end");
        check(&|list| drop(list.add("New", &feed("https://c.example/"))), &new);
        let without = TWO.replace("  \"https://a.example/\",\n", "").replace("[\"https://a.example/\"]", "[]");
        check(&|list| drop(list.remove("https://a.example/")), &without);
        check(&|list| drop(list.remove("https://nowhere.example/")), TWO);
    }

    #[test]
    fn it_says_what_was_done() {
        let (_folder, paths) = folder(Some(TWO));
        let mut list = FeedList::open(&paths).expect("open");
        let already = |section: &str| Added::Already { section: section.into() };
        assert_eq!(list.add("canada", &feed("https://a.example/")).expect("known"), already("Canadian News"));
        assert_eq!(list.add("science", &feed("https://a.example/")).expect("known"), already("Science"));
        assert_eq!(list.sections_of("https://a.example/"), ["Canadian News", "Science"]);
        assert_eq!(list.addresses(), ["https://a.example/", "https://b.example/", "https://a.example/"]);
        let from = |section: &str, is_fallback, left| Removed { section: section.into(), is_fallback, left };
        assert_eq!(list.remove("https://a.example/"), [from("Canadian News", false, 0), from("Science", true, 1)]);
        let wrong = list.add("X", &feed("javascript:alert(1)")).expect_err("refused").to_string();
        assert_eq!(wrong, "the address must begin with https://, http:// or file:///, not \"javascript:alert(1)\"");
        assert!(matches!(list.add(" \u{1b} ", &feed("https://c.example/")), Err(FeedListError::NoName)));
        assert!(!list.text().contains("\"X\""));
    }

    #[test]
    fn an_emptied_section_stays_and_takes_feeds_again() {
        let (_folder, paths) = folder(Some(TWO));
        let mut list = FeedList::open(&paths).expect("open");
        list.remove("https://a.example/");
        list.save().expect("saved");
        let mut list = FeedList::open(&paths).expect("open again");
        list.add("Canada", &feed("https://a.example/")).expect("added");
        assert_eq!(list.sections_of("https://a.example/"), ["Canadian News"]);
        list.save().expect("saved");
    }

    #[test]
    fn other_notations_of_the_same_are_edited_too() {
        let check = |text: &str, removed: &str| {
            let (_folder, paths) = folder(Some(text));
            let mut list = FeedList::open(&paths).expect("open");
            list.add("a", &feed("https://new.example/")).expect("added");
            list.add("B", &feed("https://other.example/")).expect("added");
            list.save().expect(text);
            let mut list = FeedList::open(&paths).expect(text);
            assert_eq!(
                (list.sections_of("https://new.example/").len(), list.sections_of("https://other.example/").len()),
                (1, 1),
                "{text}"
            );
            list.remove("https://a.example/");
            list.remove("https://new.example/");
            assert_eq!(saved(&list), removed, "{text}");
        };
        let b = "\n[[section]]\nname = \"B\"\nfeeds = [\n  { url = \"https://other.example/\" },\n]\n";
        check(
            "[[section]]\nname = \"A\"\n[[section.feeds]]\nurl = \"https://a.example/\"\n",
            &format!("[[section]]\nname = \"A\"\nfeeds = []\n{b}"),
        );
        check(
            "section = [{ name = \"A\", feeds = [\"https://a.example/\"] }]",
            "section = [{ name = \"A\", feeds = [] }, { name = \"B\", feeds = [\n  { url = \"https://other.example/\" },\n] }]\n",
        );
        let windows = |text: &str| text.replace('\n', "\r\n");
        check(
            &windows("[[section]]\nname = \"A\"\nfeeds = [\n  \"https://a.example/\",\n]\n"),
            &windows(&format!("[[section]]\nname = \"A\"\nfeeds = [\n]\n{b}")),
        );
    }

    #[test]
    fn a_file_with_mistakes_is_not_touched() {
        let check = |text: &str, expected: &str| {
            let (folder, paths) = folder(Some(text));
            let told = FeedList::open(&paths).err().map(|error| error.to_string().replace(&format!("{}/", folder.path().display()), ""));
            let advice = "nothing was changed: mend what `matins config check` names, then try again";
            assert_eq!(told, Some(format!("config/feeds.toml{expected}; {advice}")), "{text}");
        };
        check(
            "[[section]\n",
            ":1: this is not TOML: unclosed array table, expected `]`; until that is mended, the shipped feeds are in force",
        );
        check(&TWO.replace("short", "shrot"), ":5: `shrot` means nothing in a section; did you mean `short`?");
        let none = ":3: `Canadian News` has no feeds and is left out; give it feeds = [\"https://example.com/feed.xml\"] (and 3 more)";
        check(&TWO.replace("feeds", "feed"), none);
    }

    #[test]
    fn a_mistake_or_another_ones_change_is_not_written_over() {
        let (_folder, paths) = folder(Some(TWO));
        let mut list = FeedList::open(&paths).expect("open");
        std::fs::write(paths.feeds_file(), "# changed\n").expect("written");
        assert!(matches!(list.save(), Err(FeedListError::Changed(_))));
        list.remove("https://a.example/");
        list.remove("https://b.example/");
        assert!(matches!(list.save(), Err(FeedListError::Refused { .. })), "a list without feeds");
        assert_eq!(std::fs::read_to_string(paths.feeds_file()).expect("read"), "# changed\n");
    }
}
