//! The command line: arguments, one file a subcommand, the only printing.
//! Exit codes: 0 done; 1 could not do it; 2 wrong usage or config; 3 done, but some feeds failed.

mod clean;
mod config;
mod parse;
mod terminal;

mod context;
mod feeds;
mod list;
mod mark;
mod reader;
mod refresh;
mod selection;
mod show;

use std::future::Future;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand};

use crate::config::Paths;
use crate::refresh::Summary;
use crate::store::Store;
use context::Context;

/// The morning news in your terminal
///
/// Without a command it opens the reader; `?` there shows the keys. Exit codes: 0 done, 1 could not do it,
/// 2 wrong usage or config, 3 done, but some feeds failed.
#[derive(Debug, Parser)]
#[command(name = "matins", version, propagate_version = true)]
struct Arguments {
    #[command(flatten)]
    places: Places,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Where settings and the store are, when not in the platform's folders.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Places {
    /// Folder of settings.toml and feeds.toml
    #[arg(long, global = true, env = "MATINS_CONFIG", value_name = "DIR")]
    pub config: Option<PathBuf>,
    /// Folder of the store
    #[arg(long, global = true, env = "MATINS_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read one feed document and print it as JSON
    Parse(parse::Arguments),
    /// Where the settings are, those in force, every mistake in them, a start
    Config(config::ConfigArguments),
    /// Clean an article's HTML and set it as text
    Clean(clean::Clean),
    /// Open the reader on the sample edition, which needs no network
    Demo,
    Refresh(refresh::Arguments),
    List(list::Arguments),
    Show(show::Arguments),
    Mark(mark::Arguments),
    Feeds(feeds::Arguments),
}

/// How a command ended, when it did what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Done = 0,
    SomeFeedsFailed = 3,
}

/// A mistake of the person at the keyboard: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct UsageError(pub String);

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            warn(&format!("{error:#}"));
            ExitCode::from(if error.is::<UsageError>() { 2 } else { 1 })
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let Arguments { places, command } = arguments;
    match command {
        Some(Command::Parse(arguments)) => parse::run(&arguments),
        Some(Command::Config(arguments)) => config::run(&places, &arguments),
        Some(Command::Clean(command)) => command.run(),
        None => reader::run(&places),
        Some(Command::Demo) => reader::demo(),
        Some(Command::Refresh(arguments)) => refresh::run(&arguments, &Context::open(&places)?),
        Some(Command::List(arguments)) => list::run(&arguments, &Context::open(&places)?),
        Some(Command::Show(arguments)) => show::run(&arguments, &Context::open(&places)?),
        Some(Command::Mark(arguments)) => mark::run(&arguments, &Context::open(&places)?),
        Some(Command::Feeds(arguments)) => feeds::run(&arguments, &Context::open(&places)?),
    }
}

/// Says something on stderr that does not end the command.
#[expect(clippy::print_stderr, reason = "the one place where a failure is told")]
pub(crate) fn warn(message: &str) {
    let printable: String = message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    eprintln!("matins: {printable}");
}

/// Whether the reader of our output has gone, as `head` does: that is an end, not a failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Any error as one of usage or settings.
fn usage(error: impl std::fmt::Display) -> UsageError {
    UsageError(error.to_string())
}

/// Opens the store, making its folder where there is none yet.
fn open_store(paths: &Paths) -> anyhow::Result<Store> {
    std::fs::create_dir_all(&paths.data_dir).with_context(|| format!("could not make the folder {}", paths.data_dir.display()))?;
    Ok(Store::open(&paths.store_file())?)
}

/// Waits for work of the store, which needs no runtime: its threads are its own.
fn wait<T>(work: impl Future<Output = T>) -> T {
    futures_executor::block_on(work)
}

/// 3 when a feed failed.
fn exit_of(summary: &Summary) -> Exit {
    if summary.failed.is_empty() { Exit::Done } else { Exit::SomeFeedsFailed }
}

/// Columns of set text: 1 to 1000.
fn width(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|width| (1..=1000).contains(width)).ok_or_else(|| "a width is a number of columns from 1 to 1000".into())
}
