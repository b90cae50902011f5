//! Settings, paths, feed lists: reads and checks them, and tells every mistake at once. Never fails: what is right is in force,
//! for the rest the shipped files are.

mod empty;
mod feed_array;
mod feed_list;
mod feed_url;
mod feeds_file;
mod mend;
mod paths;
mod proxy;
mod report;
mod secret;
mod settings_file;
mod settings_table;
mod show;
mod start;
mod text_file;
mod theme_file;
mod value;
mod visible;
mod whole_file;

pub use feed_list::{Added, Completed, FeedList, FeedListError, Removed};
pub use feed_url::feed_url;
pub use paths::{Paths, PathsError, printable};
pub use proxy::check_environment;
pub use show::{feeds_toml, json_of_toml, settings_toml};
pub use start::{commented_settings, write_start};
pub use theme_file::{theme, theme_names};
pub use whole_file::replace as replace_file;

use crate::assets;
use crate::domain::{section::Paper, settings::Problem, settings::Settings};

/// What is in force, and every mistake in the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    pub settings: Settings,
    pub paper: Paper,
    /// Those of `settings.toml` first, then those of `feeds.toml`, each by line.
    pub problems: Vec<Problem>,
}

/// Reads the two files of a folder. One that is not there is the shipped one.
pub fn load(paths: &Paths) -> Config {
    let (settings_file, feeds_file) = (paths.settings_file(), paths.feeds_file());
    let (settings_name, feeds_name) = (printable(&settings_file), printable(&feeds_file));
    let (settings, settings_problem) = text_file::read(&settings_file, "only files and this machine are asked, with the shipped settings");
    let (feeds, feeds_problem) = text_file::read(&feeds_file, "the shipped feeds are in force");
    let is_in_doubt = |text: &String| text.lines().any(|line| line.split('#').next().is_some_and(|line| line.contains('\u{fffd}')));
    let is_unread = settings_problem.is_some() && settings.as_ref().is_none_or(is_in_doubt);
    let settings = settings.as_deref().map(|text| (settings_name.as_str(), text));
    let feeds = feeds.as_deref().map(|text| (feeds_name.as_str(), text));
    let mut config = parse(settings, feeds);
    if is_unread {
        let reason = "settings.toml cannot be read, and may name a proxy (`matins config check` says more)";
        config.settings.fetch.unusable_proxy = Some(reason.into());
    }
    config.problems.splice(0..0, settings_problem);
    config.problems.extend(feeds_problem);
    config
}

/// The same from texts with the names of their files; `None` is the shipped one.
pub fn parse(settings: Option<(&str, &str)>, feeds: Option<(&str, &str)>) -> Config {
    let (mut in_force, mut problems) = settings_file::shipped();
    if let Some((file, text)) = settings {
        problems.extend(settings_file::apply(file, text, &mut in_force));
    }
    let paper = feeds.and_then(|(file, text)| {
        let (paper, found) = feeds_file::read(file, text);
        problems.extend(found);
        paper
    });
    Config { settings: in_force, paper: paper.unwrap_or_else(|| shipped_paper(&mut problems)), problems }
}

fn shipped_paper(problems: &mut Vec<Problem>) -> Paper {
    let (paper, found) = feeds_file::read("the shipped feeds.toml", assets::FEEDS);
    problems.extend(found);
    paper.unwrap_or_default()
}
