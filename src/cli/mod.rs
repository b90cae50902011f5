//! The command line: arguments, one file a subcommand, the only printing.
//! Exit codes: 0 done; 1 could not do it; 2 wrong usage or config; 3 done, but some feeds failed.

mod add;
mod briefing;
mod clean;
mod columns;
mod config;
mod context;
mod cure;
mod export;
mod extract;
mod feeds;
mod import;
mod input;
mod line;
mod list;
mod mark;
mod output;
mod parse;
mod reader;
mod refresh;
mod remove;
mod selection;
mod show;
mod terminal;
mod values;

use std::future::Future;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Paths;
use crate::refresh::Summary;
use crate::store::Store;
use context::Context;

const ADVICE: &str = "\
Examples:
  matins demo                          A first look, without a network
  matins                               The reader; `?` there shows the keys
  matins refresh                       Fetch what is due, as from cron
  matins briefing                      The morning's edition, made once a day
  matins list --unread --since 24h     What has come and was not read
  matins import ~/.newsboat/urls       Bring your feeds along
  matins config init                   A start of your own settings and feeds

Exit codes:
  0  done
  1  could not do it
  2  wrong usage or settings
  3  done, but some feeds failed: they are named on standard error

`matins COMMAND --help` has examples and more of each.";

const DEMO: &str = "\
The articles are built in and come through the same pipeline as real ones, from
a server inside the program. What is read or marked there is forgotten when it
is left; your own paper is not touched.

Examples:
  matins demo";

const ABOUT: &str = "\
The morning news in your terminal

Without a command it opens the reader on your paper: a tab for every section,
and what you have read stays read. For a first look, `matins demo` opens it on
a sample edition, which needs no network and leaves nothing behind.";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "matins", version, about = ABOUT, after_help = ADVICE)]
struct Arguments {
    #[command(flatten)]
    places: Places,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Where settings and the store are, when not in the platform's folders.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Folders")]
pub(crate) struct Places {
    /// Where settings.toml and feeds.toml are, if not in the usual place
    #[arg(long, global = true, env = "MATINS_CONFIG", value_name = "DIR", hide_env_values = true, value_parser = values::folder())]
    pub config: Option<PathBuf>,
    /// Where the store is, which keeps articles and marks
    #[arg(long, global = true, env = "MATINS_DATA", value_name = "DIR", hide_env_values = true, value_parser = values::folder())]
    pub data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the reader on the sample edition, which needs no network
    #[command(after_help = DEMO)]
    Demo,
    Refresh(refresh::Arguments),
    Briefing(briefing::Arguments),
    List(list::Arguments),
    Show(show::Arguments),
    Mark(mark::Arguments),
    Feeds(feeds::Arguments),
    Add(add::Arguments),
    Remove(remove::Arguments),
    Import(import::Arguments),
    Export(export::Arguments),
    Config(config::ConfigArguments),
    Parse(parse::Arguments),
    Clean(clean::Clean),
    Extract(extract::Arguments),
}

/// How a command ended that has printed what there is to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Done = 0,
    /// It could not do all of it, and has said why.
    NotDone = 1,
    SomeFeedsFailed = 3,
}

/// A mistake of the person at the keyboard: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct UsageError(pub String);

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    output::tell_panics_plainly();
    match run(Arguments::parse()) {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::warn(&format!("{error:#}"));
            ExitCode::from(if error.is::<UsageError>() { 2 } else { 1 })
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let Arguments { places, command } = arguments;
    match command {
        None => reader::run(&places),
        Some(Command::Demo) => reader::demo(),
        Some(Command::Refresh(arguments)) => refresh::run(&arguments, &Context::open(&places)?),
        Some(Command::Briefing(arguments)) => briefing::run(&arguments, &Context::open(&places)?),
        Some(Command::List(arguments)) => list::run(&arguments, &Context::open(&places)?),
        Some(Command::Show(arguments)) => show::run(&arguments, &Context::open(&places)?),
        Some(Command::Mark(arguments)) => mark::run(&arguments, &Context::open(&places)?),
        Some(Command::Feeds(arguments)) => feeds::run(&arguments, &Context::open(&places)?),
        Some(Command::Add(arguments)) => add::run(&arguments, &Context::open(&places)?),
        Some(Command::Remove(arguments)) => remove::run(&arguments, &places),
        Some(Command::Import(arguments)) => import::run(&arguments, &places),
        Some(Command::Export(arguments)) => export::run(&arguments, &Context::open(&places)?),
        Some(Command::Config(arguments)) => config::run(&places, &arguments),
        Some(Command::Parse(arguments)) => parse::run(&arguments),
        Some(Command::Clean(command)) => command.run(),
        Some(Command::Extract(command)) => command.run(),
    }
}

/// Any error as one of usage or settings.
fn usage(error: impl std::fmt::Display) -> UsageError {
    UsageError(error.to_string())
}

/// Opens the store, making its folder where there is none yet.
fn open_store(paths: &Paths) -> anyhow::Result<Store> {
    Ok(Store::open(&paths.store_file())?)
}

/// Waits for work of the store, which needs no runtime: its threads are its own.
fn wait<T>(work: impl Future<Output = T>) -> T {
    futures_executor::block_on(work)
}

/// 1 when something could not be saved, 3 when a feed failed.
fn exit_of(summary: &Summary) -> Exit {
    match summary {
        Summary { not_saved: Some(_), .. } => Exit::NotDone,
        Summary { failed, .. } if failed.is_empty() => Exit::Done,
        _ => Exit::SomeFeedsFailed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    /// Every command with its name as it is typed.
    fn commands() -> Vec<(String, clap::Command)> {
        let mut command = Arguments::command();
        command.build();
        let below = |command: &clap::Command, name: &str| -> Vec<(String, clap::Command)> {
            let own = command.get_subcommands().filter(|command| command.get_name() != "help");
            own.map(|command| (format!("{name} {}", command.get_name()), command.clone())).collect()
        };
        let first = below(&command, "matins");
        let second: Vec<_> = first.iter().flat_map(|(name, command)| below(command, name)).collect();
        [("matins".to_string(), command)].into_iter().chain(first).chain(second).collect()
    }

    /// As a shell splits them, with double quotes.
    fn words(line: &str) -> Vec<&str> {
        let parts = line.split('"').enumerate();
        parts.flat_map(|(at, part)| if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }).collect()
    }

    #[test]
    fn every_command_and_every_argument_has_a_sentence() {
        for (name, command) in commands() {
            assert!(command.get_about().is_some(), "{name}");
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{name} {}", argument.get_id());
            }
        }
    }

    #[test]
    fn every_command_has_examples_and_they_can_be_typed() {
        for (name, command) in commands() {
            let advice = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let examples = advice.lines().filter_map(|line| line.strip_prefix("  matins"));
            let typed = examples.map(|line| line.split("  ").next().unwrap_or_default());
            // What follows an arrow is the shell's.
            let typed: Vec<String> = typed.filter_map(|line| line.split(" > ").next()).map(str::to_string).collect();
            assert!(!typed.is_empty() || name.starts_with("matins config "), "{name} has no examples");
            for line in typed {
                let arguments = Arguments::try_parse_from(["matins"].into_iter().chain(words(&line)));
                assert!(arguments.is_ok(), "matins{line}: {}", arguments.expect_err("a mistake"));
            }
            assert!(advice.lines().all(|line| line.chars().count() <= 80), "{name}: {advice}");
        }
    }
}
