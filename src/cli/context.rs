//! What most commands need: the settings, with their mistakes told, and the sections and feeds that arguments name.

use super::{Places, UsageError, open_store, wait};
use crate::app::keymap::Keymap;
use crate::app::words::health_name;
use crate::config::{self, Config, Paths, printable};
use crate::domain::clean_text::CleanText;
use crate::domain::nearest::suggestion;
use crate::domain::plain_text::plain;
use crate::domain::section::{Section, find_name};
use crate::domain::settings::{KeySetting, Problem};
use crate::store::Store;

/// Settings read, store not yet opened.
pub(super) struct Context {
    pub paths: Paths,
    pub config: Config,
}

/// The folders and what is in force in them, with every mistake, those of the keys too, which are not among the keys any more.
pub(super) fn settings(places: &Places) -> anyhow::Result<(Paths, Config)> {
    let paths = Paths::find(places.config.clone(), places.data.clone()).map_err(super::usage)?;
    let mut config = config::load(&paths);
    config::check_environment(&mut config.settings.fetch, super::terminal::variable);
    let file = printable(&paths.settings_file());
    let keys = std::mem::take(&mut config.settings.keys);
    let (_, mistakes) = Keymap::new(&keys);
    let problem = |(key, message): &(&KeySetting, String)| Problem { file: file.clone(), line: key.line, message: message.clone() };
    config.problems.extend(mistakes.iter().map(problem));
    config.settings.keys = keys.iter().filter(|key| !mistakes.iter().any(|(mistaken, _)| mistaken == key)).cloned().collect();
    config.problems.sort_by_key(|problem| if problem.file == file { (false, problem.line) } else { (true, 0) });
    Ok((paths, config))
}

/// What to say of a folder of settings that a person names and that is not there.
pub(super) fn absent_folder(places: &Places) -> Option<String> {
    let folder = places.config.as_ref().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists())?;
    Some(format!("there is no folder {}; the shipped settings are in force; `matins config init` makes it", printable(folder)))
}

impl Context {
    /// Reads the settings; what is wrong in them is told on stderr and what is right is in force.
    pub fn open(places: &Places) -> anyhow::Result<Context> {
        let (paths, config) = settings(places)?;
        absent_folder(places).iter().for_each(|absent| super::output::warn(absent));
        config.problems.iter().for_each(|problem| super::output::warn(&problem.to_string()));
        Ok(Context { paths, config })
    }

    /// The store; that it was empty is told on stderr.
    pub fn store(&self) -> anyhow::Result<Store> {
        let store = open_store(&self.paths)?;
        store.begun_anew().into_iter().for_each(super::output::warn);
        Ok(store)
    }

    /// The section of that name or short name.
    pub fn section(&self, name: &str) -> anyhow::Result<&Section> {
        let sections = &self.config.paper.sections;
        let unknown = || {
            let empty = &self.config.paper.empty;
            let names: Vec<_> = empty.iter().map(|(_, section)| [section.name.as_str(), section.short_name.as_str()]).collect();
            if let Some((_, Section { name, .. })) = find_name(name, &names).and_then(|place| empty.get(place)) {
                return UsageError(format!("the section `{name}` has no feeds yet; `matins add URL --section \"{name}\"` gives it one"));
            }
            let names = sections.iter().flat_map(|section| [section.name.as_str(), section.short_name.as_str()]);
            let advice = match suggestion(name, names) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("there are {}", sections.iter().map(|section| section.name.as_str()).collect::<Vec<_>>().join(", ")),
            };
            UsageError(format!("there is no section `{name}`; {advice}"))
        };
        self.config.paper.section(name).ok_or_else(|| unknown().into())
    }

    /// The address of a feed, of the paper or with articles in the store, by its address or by the name that it is shown with.
    pub fn feed(&self, store: &Store, given: &str) -> anyhow::Result<String> {
        let known = self.known_feeds(store)?;
        let address = config::feed_url(given).unwrap_or_default();
        if let Some((url, _)) = known.iter().find(|(url, _)| *url == given || *url == address) {
            return Ok(url.clone());
        }
        let cleaned = CleanText::new(given);
        let named_in = |form: fn(&str) -> String| -> Vec<&str> {
            known.iter().filter(|(_, name)| form(name) == form(&cleaned)).map(|(url, _)| url.as_str()).collect()
        };
        let named = Some(named_in(str::to_lowercase)).filter(|named| !named.is_empty());
        let named = named.unwrap_or_else(|| named_in(|name| plain(name).to_lowercase()));
        match named.as_slice() {
            [url] => Ok((*url).to_string()),
            [] => Err(unknown_feed(given, &known).into()),
            several => {
                Err(UsageError(format!("several feeds are called `{given}`; give the address of one: {}", several.join(", "))).into())
            }
        }
    }

    /// Address and name of each feed, those of the paper first.
    fn known_feeds(&self, store: &Store) -> anyhow::Result<Vec<(String, String)>> {
        let paper = &self.config.paper;
        let of_paper = paper.feeds().into_iter().map(|feed| feed.url.clone()).collect();
        let mut feeds = wait(store.front().feeds(Some(of_paper)))?;
        let stored = wait(store.front().feeds(None))?;
        let others = stored.into_iter().filter(|stored| feeds.iter().all(|feed| feed.url != stored.url)).collect::<Vec<_>>();
        feeds.extend(others);
        Ok(feeds.into_iter().map(|feed| (feed.url.clone(), health_name(paper, &feed.url, Some(&feed)))).collect())
    }
}

fn unknown_feed(given: &str, known: &[(String, String)]) -> UsageError {
    let names = known.iter().flat_map(|(url, name)| [name.as_str(), url.as_str()]);
    let advice = match suggestion(given, names) {
        Some(near) => format!("did you mean {near}?"),
        None => "`matins feeds` shows them all".to_string(),
    };
    UsageError(format!("there is no feed `{given}`; {advice}"))
}
