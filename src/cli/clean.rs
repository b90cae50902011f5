//! `matins clean`: an article's HTML from a file or standard input, cleaned and set. It needs no store, config or network.

use std::path::PathBuf;

use super::{Exit, input, output, terminal, values};
use crate::clean::clean;
use crate::domain::document::Document;
use crate::exchange::document::markdown;
use crate::typeset::{LinkMarks, Options, set};

/// Columns of a line when neither the person nor the terminal says otherwise.
const DEFAULT_WIDTH: usize = 72;

const ADVICE: &str = "\
As the reader does it: what is no text of the article is left out. No store, no
settings and no network are needed.

Examples:
  matins clean article.html
  matins clean - --width 60 --links
  matins clean article.html --format json";

/// Clean an article's HTML and set it as text
#[derive(Debug, clap::Args)]
#[command(after_help = ADVICE)]
pub(super) struct Clean {
    /// The HTML, or - for standard input
    file: PathBuf,
    /// Address of the page, for links that are relative to it
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Columns of the widest line, from 1 to 1000 [default: 72, or the terminal's if it is narrower]
    #[arg(long, value_name = "COLUMNS", value_parser = values::width, allow_negative_numbers = true)]
    width: Option<usize>,
    /// How the text is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The same as --format json
    #[arg(long)]
    json: bool,
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
        let width =
            self.width.unwrap_or_else(|| terminal::columns(&std::io::stdout()).map_or(DEFAULT_WIDTH, |columns| columns.min(DEFAULT_WIDTH)));
        let input = input::read(&self.file)?;
        let mut document = clean(&String::from_utf8_lossy(&input.bytes), self.base_url.as_deref());
        let format = if self.json { Format::Json } else { self.format };
        input.hand_notes(if format == Format::Json { Some(&mut document.notes) } else { None });
        match format {
            Format::Text => output::print(&text(&document, width, self.links))?,
            Format::Markdown => output::print(&markdown(&document))?,
            Format::Json => output::print_json(&document)?,
        }
        Ok(Exit::Done)
    }
}

fn text(document: &Document, width: usize, with_links: bool) -> String {
    let links = if with_links { LinkMarks::Numbered } else { LinkMarks::None };
    let options = Options { is_ascii: output::is_plain(), ..Options::within(width, links) };
    let mut out = set(document, &options).text();
    if with_links && !document.links.is_empty() {
        out.push('\n');
        document.links.iter().enumerate().for_each(|(at, link)| out.push_str(&format!("[{}] {}\n", at + 1, link.url)));
    }
    out
}
