//! The command line: arguments, one file a subcommand, the only printing.
//! Exit codes: 0 done; 1 could not do it; 2 wrong usage or config; 3 done, but some feeds failed.

mod clean;
mod parse;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The morning news in your terminal. Without a command it opens the reader.
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
    /// Clean an article's HTML and set it as text
    Clean(clean::Clean),
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
            report(&error);
            ExitCode::from(if error.is::<UsageError>() { 2 } else { 1 })
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let Arguments { places: _, command } = arguments;
    match command {
        None => Ok(Exit::Done),
        Some(Command::Parse(arguments)) => parse::run(&arguments),
        Some(Command::Clean(command)) => command.run(),
    }
}

#[expect(clippy::print_stderr, reason = "the one place where a failure is told")]
fn report(error: &anyhow::Error) {
    eprintln!("matins: {error:#}");
}

/// Whether the reader of our output has gone, as `head` does: that is an end, not a failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
