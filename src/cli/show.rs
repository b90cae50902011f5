//! `matins show`: one article, cleaned.

use anyhow::{anyhow, bail};
use jiff::Timestamp;

use super::{
    Context, Exit,
    list::Listed,
    output,
    values::{self, Format},
};
use crate::app::words::{feed_name, text_header};
use crate::domain::article::{Article, ArticleId};
use crate::domain::clean_text::CleanText;
use crate::domain::document::{Block, Document, Span};
use crate::domain::feed::Enclosure;
use crate::domain::full_text::{PageText, Version, in_words};
use crate::exchange::document;
use crate::runtime;
use crate::store::Store;
use crate::typeset::{self, LinkMarks};

const ADVICE: &str = "\
Its title, source, date and text, as the reader shows it: the text of its page
where that was fetched, else the feed's. The addresses of its links are listed
below. Its status stays as it is.

Examples:
  matins show 1234
  matins show 1234 --width 60
  matins show 1234 --full
  matins show 1234 --format markdown";

/// Print one article, cleaned
#[derive(Debug, clap::Args)]
#[command(after_help = ADVICE)]
pub(super) struct Arguments {
    /// The article's number, as `matins list` prints it
    #[arg(value_parser = values::article)]
    id: ArticleId,
    /// Columns of the widest line of text, from 1 to 1000; addresses are never broken
    #[arg(long, value_name = "COLUMNS", default_value_t = 72, value_parser = values::width, allow_negative_numbers = true)]
    width: usize,
    /// Fetch the article's own page first, unless its text is here; where it shows none, the feed's text is printed, and the exit
    /// code is 1
    #[arg(long)]
    full: bool,
    /// How it is written; only text has a width
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The same as --format json
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Exit> {
    let store = context.store()?;
    let Some(article) = super::wait(store.front().article(arguments.id))? else {
        bail!("there is no article {}; `matins list` prints the numbers", arguments.id)
    };
    let (article, missing) = if arguments.full { with_page(article, context, &store)? } else { (article, None) };
    let format = if arguments.json { Format::Json } else { arguments.format };
    let print = |text: &str| output::print(&format!("{}\n", text.trim_end()));
    match format {
        Format::Text => print(&plain(&article, arguments.width, context))?,
        Format::Markdown => print(&document::markdown(&with_title(&article)))?,
        Format::Html => print(&document::html(&with_title(&article)))?,
        Format::Json => output::print_json(&shown(&article, context))?,
    }
    missing.map_or(Ok(Exit::Done), |why| Err(anyhow!(why)))
}

/// The article with the text of its page, which is fetched where that is missing or older than the feed's last change; and why it
/// could not be had.
fn with_page(article: Article, context: &Context, store: &Store) -> anyhow::Result<(Article, Option<String>)> {
    if article.has_page() && !article.is_page_old() {
        return Ok((article, None));
    }
    let feed = context.config.paper.feed(&article.row.feed_url);
    let refresher = super::refresh::refresher(context, store)?;
    let why = match super::reader::async_runtime()?.block_on(refresher.page(&feed, article.row.id)) {
        Ok(PageText::Good(_)) => None,
        Ok(PageText::Refused(refusal)) => Some(format!("the page {}", refusal.words())),
        Ok(PageText::Failed(error)) => Some(error.to_string()),
        Err(error) => Some(error),
    };
    let article = super::wait(store.front().article(article.row.id))?.unwrap_or(article);
    let shown = if article.has_page() { "the page as it was" } else { "the feed’s text" };
    Ok((article, why.map(|why| format!("{shown}: {why}"))))
}

fn plain(article: &Article, width: usize, context: &Context) -> String {
    let name = feed_name(&context.config.paper, &article.row);
    let zone = jiff::tz::TimeZone::system();
    let text = article.text(Version::Page);
    let header =
        text_header(article, article.shown(Version::Page), (&article.row.title, &name), runtime::system_clock().now(), &zone, width);
    let options = typeset::Options { is_ascii: output::is_plain(), ..typeset::Options::within(width, LinkMarks::Numbered) };
    let setting = typeset::set(text, &options);
    let lines = header.iter().chain(&setting.lines).map(|line| format!("{}\n", line.text().trim_end()));
    let links = text.links.iter().enumerate().map(|(index, link)| format!("[{}] {}\n", index + 1, link.url));
    let parts = [lines.collect(), links.collect(), article.row.url.clone().unwrap_or_default()];
    parts.iter().map(|part: &String| part.trim_end()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The text under its title and above its address, for formats that are read elsewhere; above it why it is not that of its page.
fn with_title(article: &Article) -> Document {
    let title = Block::Heading { level: 1, text: vec![Span { text: article.row.title.clone(), ..Span::default() }] };
    let link = |url: &String| Span { link: Some(url.clone()), ..Span::plain(url) };
    let address = article.row.url.iter().map(|url| Block::Paragraph { text: vec![link(url)] });
    let text = article.text(Version::Page);
    let is_refused = matches!(article.page, Some(PageText::Refused(_) | PageText::Failed(_)));
    let why = is_refused.then(|| Block::Paragraph { text: vec![Span { italic: true, ..Span::plain(&which(article)) }] });
    Document { blocks: [title].into_iter().chain(why).chain(text.blocks.clone()).chain(address).collect(), ..text.clone() }
}

/// Which text it is, and why.
fn which(article: &Article) -> String {
    in_words(&article.document, article.page.as_ref(), article.shown(Version::Page))
}

/// An article as `--json` prints it: written as it stands, since a tree of values takes four times the room of a long text.
#[derive(serde::Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    listed: Listed,
    authors: &'a [CleanText],
    updated: Option<Timestamp>,
    categories: &'a [CleanText],
    enclosures: &'a [Enclosure],
    comments_url: &'a Option<String>,
    /// Which text it is, and why.
    shown: String,
    document: &'a Document,
}

fn shown<'a>(article: &'a Article, context: &Context) -> Shown<'a> {
    Shown {
        listed: Listed::of(&article.row, &context.config.paper),
        authors: &article.authors,
        updated: article.row.updated,
        categories: &article.categories,
        enclosures: &article.enclosures,
        comments_url: &article.comments_url,
        shown: which(article),
        document: article.text(Version::Page),
    }
}
