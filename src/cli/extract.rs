//! `matins extract`: the main text of a whole web page, from a file or standard input. It needs no store, config or network.

use std::path::PathBuf;

use serde::Serialize;

use super::{Exit, input, output};
use crate::clean::{self, Extract};
use crate::domain::document::{Block, Document};
use crate::exchange::document::html;
use crate::sources::text_of;

const ADVICE: &str = "\
As the reader does it when f is pressed: menus, banners, bylines, lists of
other articles are left out. Text has a paragraph a line. No store, no settings
and no network are needed.

Examples:
  matins extract page.html
  matins extract - --base-url https://example.org/news/1 --format html
  matins extract page.html --format json";

/// Print the main text of a whole web page
#[derive(Debug, clap::Args)]
#[command(after_help = ADVICE)]
pub(super) struct Arguments {
    /// The page, or - for standard input
    file: PathBuf,
    /// Address of the page: for links that are relative to it, and for what is known of its site
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// How the text is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Html,
    Json,
}

#[derive(Serialize)]
struct Answer<'a> {
    title: Option<&'a str>,
    byline: Option<&'a str>,
    language: Option<&'a str>,
    site: Option<&'a str>,
    #[serde(flatten)]
    document: &'a Document,
}

impl Arguments {
    pub(super) fn run(self) -> anyhow::Result<Exit> {
        let input = input::read(&self.file)?;
        let page = text_of(&input.bytes, None, self.base_url.as_deref());
        let mut extract = clean::extract(&page, self.base_url.as_deref());
        input.hand_notes(if self.format == Format::Json { Some(&mut extract.document.notes) } else { None });
        match self.format {
            Format::Text => output::print(&text(extract.document))?,
            Format::Html => output::print(&html(&extract.document))?,
            Format::Json => output::print_json(&answer(&extract))?,
        }
        Ok(Exit::Done)
    }
}

fn answer(extract: &Extract) -> Answer<'_> {
    Answer {
        title: extract.title.as_deref(),
        byline: extract.byline.as_deref(),
        language: extract.language.as_deref(),
        site: extract.site.as_deref(),
        document: &extract.document,
    }
}

/// The text alone: pictures and what is said of them are not its sentences.
fn text(mut document: Document) -> String {
    document.blocks.retain(|block| !matches!(block, Block::Image { .. }));
    document.plain_text()
}
