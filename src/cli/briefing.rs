//! `matins briefing`: the edition of a morning, made or shown again, printed or written to a file.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{
    Context, Exit, output, terminal, usage,
    values::{self, Format},
    wait,
};
use crate::app::words::{count_of, listed};
use crate::config::replace_file;
use crate::domain::clock::Clock;
use crate::domain::edition::{Edition, EditionStory, minutes};
use crate::domain::section::{Section, Span};
use crate::exchange::briefing::{self, Addresses};
use crate::refresh::{Plan, Summary};
use crate::runtime;
use crate::runtime::morning::{self, edition_date};
use crate::store::Store;

const ADVICE: &str = "\
The edition of a day is made once, when it is first asked for: feeds that are
due are asked, the few stories that matter are chosen section by section, and
what came of it is kept for ever. From then on it reads the same. The night up
to three o'clock belongs to the day before. A story is not told again on a later
day without something new, and then that is said.

--section shows that part of it, or, while the day has none, looks at that
section alone without keeping it. --since is a view that is not kept: it chooses
from all that came in so long, also what was read or told before.

Examples:
  matins briefing                              Today's, on the terminal
  matins briefing --date 2026-11-20            A former one
  matins briefing --since 6h --section Canada  What came in the last hours
  matins briefing --format html --output ~/news.html
  matins briefing --json                       For a script
  matins briefing --line                       One line, for a prompt or tmux

In a crontab, every morning at six:
  0 6 * * *  matins briefing --mail jane | sendmail -t

When it is made while feeds fail, they are named on standard error and the exit
code is 3; the edition says the same in its sections and at its end.";

/// Make today's edition, or show one again
#[derive(Debug, clap::Args)]
#[command(after_help = ADVICE)]
pub(super) struct Arguments {
    /// How it is written; only text has a width
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Only this section, by its name or short name
    #[arg(long, value_name = "NAME")]
    section: Option<String>,
    /// Look back so far instead, as a view that is not kept: 90m, 24h, 7d, 2w
    #[arg(long, value_name = "TIME", conflicts_with = "date")]
    since: Option<Span>,
    /// The edition of a former day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    date: Option<Date>,
    /// Write it to this file, which is whole at every moment, instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Columns of the widest line of text, from 1 to 1000; addresses are never broken
    #[arg(long, value_name = "COLUMNS", value_parser = values::width, allow_negative_numbers = true)]
    width: Option<usize>,
    /// Ask no feed: make it from what is stored
    #[arg(long)]
    no_refresh: bool,
    /// Write a whole mail to this address, with text and HTML, for `sendmail -t`
    #[arg(long, value_name = "ADDRESS", value_parser = addresses, conflicts_with_all = ["format", "json", "line"])]
    mail: Option<Addresses>,
    /// Only one line on today's edition, as far as there is one; asks nobody
    #[arg(long, conflicts_with_all = ["format", "json", "section", "since", "date", "no_refresh"])]
    line: bool,
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a day like 2026-11-22".to_string())
}

fn addresses(text: &str) -> Result<Addresses, String> {
    Addresses::to(text).ok_or_else(|| "give one address, like jane@example.org, or a user's name".to_string())
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Exit> {
    let (store, clock) = (context.store()?, runtime::system_clock());
    if arguments.line {
        let line = line(&store, &clock)?;
        write(arguments, &format!("{line}\n"))?;
        return Ok(Exit::Done);
    }
    let (edition, exit) = edition(arguments, context, &store, &clock)?;
    write(arguments, &written(arguments, context, &edition)?)?;
    Ok(exit)
}

/// The edition that is meant, and the exit code that its making comes to.
fn edition(arguments: &Arguments, context: &Context, store: &Store, clock: &Clock) -> anyhow::Result<(Edition, Exit)> {
    let zone = TimeZone::system();
    let section = arguments.section.as_ref().map(|name| context.section(name)).transpose()?;
    let day = arguments.date.unwrap_or_else(|| edition_date(clock.now(), &zone));
    let kept = if arguments.since.is_some() { None } else { wait(store.front().edition(day))? };
    if let Some(kept) = kept {
        return Ok((only(kept, section)?, Exit::Done));
    }
    if arguments.date.is_some_and(|date| date != edition_date(clock.now(), &zone)) {
        bail!(absent(day, &wait(store.front().edition_dates())?));
    }
    let sections = section.map_or_else(|| context.config.paper.sections.clone(), |section| vec![section.clone()]);
    let refreshed = refreshed(arguments, context, store, &sections)?;
    let edition = match (section, arguments.since) {
        (None, None) => todays(context, store, clock, &zone)?,
        (_, since) => {
            let sections: Vec<Section> = sections.into_iter().map(|section| looking_back(section, since)).collect();
            wait(morning::view(store, &context.config.paper, &sections, clock.now(), &zone))?
        }
    };
    let failed = &edition.sources.failed;
    failed
        .iter()
        .filter(|failed| refreshed.failed.iter().all(|(url, _)| *url != failed.url))
        .for_each(|failed| output::warn(&format!("{}: {}", failed.url, failed.error)));
    let exit = match refreshed.not_saved {
        Some(_) => Exit::NotDone,
        None if failed.is_empty() => Exit::Done,
        None => Exit::SomeFeedsFailed,
    };
    Ok((edition, exit))
}

/// Asks what is due, and names those that failed.
fn refreshed(arguments: &Arguments, context: &Context, store: &Store, sections: &[Section]) -> anyhow::Result<Summary> {
    if arguments.no_refresh || store.is_read_only() {
        return Ok(Summary::default());
    }
    let plan = Plan { sections: sections.to_vec(), ..Plan::default() };
    super::refresh::refresh(context, store, plan)
}

fn todays(context: &Context, store: &Store, clock: &Clock, zone: &TimeZone) -> anyhow::Result<Edition> {
    let todays = wait(morning::todays(store, &context.config.paper, clock.now(), zone))?;
    todays.unkept.iter().for_each(|error| output::warn(&format!("this edition is not kept: {error}")));
    Ok(todays.edition)
}

fn looking_back(section: Section, since: Option<Span>) -> Section {
    Section { window: since.map_or(section.window, |since| since.0), ..section }
}

/// The edition with one section of it alone.
fn only(edition: Edition, section: Option<&Section>) -> anyhow::Result<Edition> {
    let Some(section) = section else { return Ok(edition) };
    let day = edition.date;
    let missing = || usage(format!("the edition of {day} has no section `{}`; --since 24h looks at what is stored", section.name));
    Ok(edition.only(&section.name).ok_or_else(missing)?)
}

/// What to say of a day that has no edition.
fn absent(day: Date, dates: &[Date]) -> String {
    let before = dates.iter().rev().find(|date| **date < day);
    let after = dates.iter().find(|date| **date > day);
    let near: Vec<String> = before.into_iter().chain(after).map(ToString::to_string).collect();
    match near.as_slice() {
        [] => format!("there is no edition of {day}, nor of any other day; `matins briefing` makes today's"),
        near => format!("there is no edition of {day}; the nearest {} of {}", if near.len() == 1 { "is" } else { "are" }, listed(near, 2)),
    }
}

fn written(arguments: &Arguments, context: &Context, edition: &Edition) -> anyhow::Result<String> {
    if let Some(addresses) = &arguments.mail {
        return Ok(briefing::mail(edition, addresses));
    }
    Ok(match if arguments.json { Format::Json } else { arguments.format } {
        Format::Text => briefing::text(edition, arguments.width.unwrap_or_else(|| usual_width(arguments, context))),
        Format::Markdown => briefing::markdown(edition),
        Format::Html => briefing::html(edition),
        Format::Json => output::json(&briefing::told(edition))?,
    })
}

/// The measure of the settings, or the terminal's width where that is less.
fn usual_width(arguments: &Arguments, context: &Context) -> usize {
    let room = arguments.output.is_none().then(|| terminal::columns(&std::io::stdout())).flatten();
    room.map_or(context.config.settings.screen.measure, |room| room.min(context.config.settings.screen.measure))
}

fn write(arguments: &Arguments, text: &str) -> anyhow::Result<()> {
    let Some(path) = &arguments.output else { return output::print(text) };
    let advice = || format!("could not write {}; name a file in a folder that can be written", crate::config::printable(path));
    // what is no file, like a pipe, is written to and not replaced
    let is_replaced = std::fs::metadata(path).map_or(true, |metadata| metadata.is_file());
    let written = if is_replaced { replace_file(path, text) } else { write_into(path, text) };
    written.with_context(advice)
}

fn write_into(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    std::fs::OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes())
}

/// `24 of 31 stories unread, about 7 minutes; 4 of 46 feeds failed`
fn line(store: &Store, clock: &Clock) -> anyhow::Result<String> {
    let day = edition_date(clock.now(), &TimeZone::system());
    let Some(edition) = wait(store.front().edition(day))? else {
        return Ok("no edition today yet; `matins briefing` makes it".to_string());
    };
    let ids = edition.stories().flat_map(|story| &story.sources).map(|source| source.id).collect();
    let read: Vec<_> = wait(store.front().rows(ids))?.into_iter().filter(|row| row.status.is_read).map(|row| row.id).collect();
    let is_unread = |story: &&EditionStory| !story.sources.iter().any(|source| read.contains(&source.id));
    let unread: Vec<&EditionStory> = edition.stories().filter(is_unread).collect();
    let time = count_of(minutes(unread.iter().map(|story| story.words()).sum()), "minute");
    let stories = match (unread.len(), edition.stories().count()) {
        (0, all) => format!("all {} read", count_of(all, "story")),
        (left, all) => format!("{left} of {} unread, about {time}", count_of(all, "story")),
    };
    let failed = edition.sources.failed.len();
    let failed = if failed == 0 { String::new() } else { format!("; {failed} of {} failed", count_of(edition.sources.asked, "feed")) };
    Ok(format!("{stories}{failed}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_an_edition_names_the_nearest() {
        let check = |dates: &[&str], expected: &str| {
            let dates: Vec<Date> = dates.iter().map(|date| date.parse().expect("a day")).collect();
            assert_eq!(absent("2026-11-20".parse().expect("a day"), &dates), expected);
        };
        check(&[], "there is no edition of 2026-11-20, nor of any other day; `matins briefing` makes today's");
        check(&["2026-11-18", "2026-11-19"], "there is no edition of 2026-11-20; the nearest is of 2026-11-19");
        check(&["2026-11-19", "2026-11-22"], "there is no edition of 2026-11-20; the nearest are of 2026-11-19 and 2026-11-22");
    }
}
