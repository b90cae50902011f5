//! `matins config`: where the settings are, those in force, every mistake in them, a start of one's own.

use std::path::Path;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::context::{absent_folder, settings};
use super::{Exit, Places, UsageError, output};
use crate::config::{self, Config, Paths, printable};
use crate::domain::settings::Problem;

const ADVICE: &str = "\
A file that is not there is the shipped one, and settings.toml need say only
what is to be different. A mistake leaves the rest in force.

Examples:
  matins config path                   Where the files are, or would be
  matins config init                   Write them, every line commented
  matins config check                  Every mistake, with file and line
  matins config show feeds             The sections and feeds in force";

/// Find, start, check and show your settings
#[derive(Debug, Args)]
#[command(after_help = ADVICE)]
pub(crate) struct ConfigArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Print where the settings, the feed list and the store are
    Path {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print what is in force, as TOML that could be saved
    Show {
        /// Which of the two files: settings.toml or feeds.toml
        #[arg(value_enum, default_value_t = Shown::Settings)]
        file: Shown,
        /// Print both files and their mistakes as JSON
        #[arg(long)]
        json: bool,
    },
    /// Print every mistake in both files; exit code 2 when there are any
    Check {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write commented starts of both files where there are none yet
    Init,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shown {
    Settings,
    Feeds,
}

/// Runs `matins config`.
pub(crate) fn run(places: &Places, arguments: &ConfigArguments) -> anyhow::Result<Exit> {
    let (paths, config) = settings(places)?;
    if matches!(arguments.action, Action::Check { .. } | Action::Show { .. }) {
        absent_folder(places).iter().for_each(|absent| output::warn(absent));
    }
    match arguments.action {
        Action::Path { json } => path(&paths, json),
        Action::Show { file, json } => show(&config, file, json),
        Action::Check { json } => check(&config, json),
        Action::Init => init(&paths),
    }
}

fn path(paths: &Paths, json: bool) -> anyhow::Result<Exit> {
    let settings = ("settings", paths.settings_file(), "not there: the shipped settings are in force");
    let feeds = ("feeds", paths.feeds_file(), "not there: the shipped feeds are in force");
    let store = ("store", paths.store_file(), "not there yet");
    let files = [settings, feeds, store];
    if json {
        let one = |path: &Path| json!({ "path": path.to_string_lossy(), "exists": path.exists() });
        return print_json(&files.iter().map(|(name, path, _)| (name.to_string(), one(path))).collect());
    }
    let shown = files.map(|(name, path, absent)| (name, printable(&path), if path.exists() { "there" } else { absent }));
    let width = shown.iter().map(|(_, path, _)| path.chars().count()).max().unwrap_or(0);
    print(&shown.map(|(name, path, state)| format!("{name:<8}  {path:<width$}  {state}\n")).concat())
}

fn show(config: &Config, file: Shown, json: bool) -> anyhow::Result<Exit> {
    let (settings, feeds) = (config::settings_toml(&config.settings), config::feeds_toml(&config.paper));
    if json {
        let value = |text: &str| config::json_of_toml(text).context("could not turn the settings into JSON");
        let problems = config.problems.iter().map(problem_json).collect::<Value>();
        return print_json(&json!({ "settings": value(&settings)?, "feeds": value(&feeds)?, "problems": problems }));
    }
    config.problems.iter().for_each(|problem| output::warn(&problem.to_string()));
    print(if file == Shown::Settings { &settings } else { &feeds })
}

fn check(config: &Config, json: bool) -> anyhow::Result<Exit> {
    if json {
        print_json(&config.problems.iter().map(problem_json).collect())?;
    } else {
        print(&config.problems.iter().map(|problem| format!("{problem}\n")).collect::<String>())?;
    }
    match config.problems.len() {
        0 if json => Ok(Exit::Done),
        0 => print("no mistakes\n"),
        1 => Err(UsageError("1 mistake in the settings; what is right is in force".into()).into()),
        count => Err(UsageError(format!("{count} mistakes in the settings; what is right is in force")).into()),
    }
}

fn init(paths: &Paths) -> anyhow::Result<Exit> {
    let files = config::write_start(paths).map_err(|(path, error)| {
        let message = format!("could not write {}; another folder can be given with --config DIR", printable(&path));
        anyhow::Error::new(error).context(message)
    })?;
    for (path, is_new) in files {
        let done = if is_new { "written" } else { "is there already, left as it is" };
        print(&format!("{}: {done}\n", printable(&path)))?;
    }
    Ok(Exit::Done)
}

fn problem_json(problem: &Problem) -> Value {
    json!({ "file": problem.file, "line": problem.line, "message": problem.message })
}

fn print(text: &str) -> anyhow::Result<Exit> {
    output::print(text).map(|()| Exit::Done)
}

fn print_json(value: &Value) -> anyhow::Result<Exit> {
    output::print_json(value).map(|()| Exit::Done)
}
