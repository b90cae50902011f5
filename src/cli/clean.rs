//! `matins clean`: an article's HTML from a file or standard input, cleaned and set. It needs no store, config or network.

use std::io::{Read, Write};
use std::path::PathBuf;

use anyhow::Context;

use super::{Exit, UsageError, terminal};
use crate::clean::clean;
use crate::domain::document::Document;
use crate::exchange::document::markdown;
use crate::typeset::{LinkMarks, Options, set};

/// Columns of a line when neither the person nor the terminal says otherwise.
const DEFAULT_WIDTH: usize = 72;
/// The widest line that can be asked for.
const MAX_WIDTH: usize = 10_000;
/// Bytes read at most: more than what cleaning reads of them.
const MAX_INPUT_BYTES: u64 = 16_000_000;

/// Arguments of `clean`.
#[derive(Debug, clap::Args)]
pub(super) struct Clean {
    /// HTML file, or - for standard input
    file: PathBuf,
    /// Address of the page, for links that are relative to it
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Columns of the widest line [default: 72, or the terminal's if it is narrower]
    #[arg(long, value_name = "N")]
    width: Option<usize>,
    /// How the text is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Number the links of the text, and list their addresses under it
    #[arg(long)]
    links: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

impl Clean {
    pub(super) fn run(self) -> anyhow::Result<Exit> {
        let width = self.width()?;
        let html = self.read()?;
        let document = clean(&html, self.base_url.as_deref());
        let out = match self.format {
            Format::Text => text(&document, width, self.links),
            Format::Markdown => markdown(&document),
            Format::Json => format!("{}\n", serde_json::to_string_pretty(&document)?),
        };
        std::io::stdout().lock().write_all(out.as_bytes())?;
        Ok(Exit::Done)
    }

    fn width(&self) -> anyhow::Result<usize> {
        match self.width {
            Some(width @ 1..=MAX_WIDTH) => Ok(width),
            Some(width) => Err(UsageError(format!("--width {width} is out of range; give 1 to {MAX_WIDTH} columns")).into()),
            None => Ok(terminal::columns().map_or(DEFAULT_WIDTH, |columns| columns.min(DEFAULT_WIDTH))),
        }
    }

    fn read(&self) -> anyhow::Result<String> {
        let mut bytes = Vec::new();
        if self.file.as_os_str() == "-" {
            std::io::stdin().lock().take(MAX_INPUT_BYTES).read_to_end(&mut bytes).context("could not read standard input")?;
        } else {
            let could_not = || format!("could not read {}", self.file.display());
            let file = std::fs::File::open(&self.file).with_context(could_not)?;
            file.take(MAX_INPUT_BYTES).read_to_end(&mut bytes).with_context(could_not)?;
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn text(document: &Document, width: usize, with_links: bool) -> String {
    let links = if with_links { LinkMarks::Numbered } else { LinkMarks::None };
    let mut out = set(document, &Options { width, links, is_ascii: false }).text();
    if with_links && !document.links.is_empty() {
        out.push('\n');
        document.links.iter().enumerate().for_each(|(at, link)| out.push_str(&format!("[{}] {}\n", at + 1, link.url)));
    }
    out
}
