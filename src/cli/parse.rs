//! `matins parse`: one feed document, normalised, as JSON. Needs no store, no settings and no network.

use std::path::PathBuf;

use anyhow::Context;

use super::{Exit, input, output};
use crate::sources::{self, RawFeed};

const ADVICE: &str = "\
RSS, Atom, RDF and JSON Feed, also broken ones; no store, no settings and no
network are needed. Times are in UTC; what the feed does not say is null;
`notes` names every repair. For a document that is no feed, the exit code is 1
and the message says what it seems to be.

Examples:
  matins parse feed.xml
  matins parse - --base-url https://example.com/feed.xml";

/// Read one feed document and print it as JSON
#[derive(Debug, clap::Args)]
#[command(after_help = ADVICE)]
pub(crate) struct Arguments {
    /// The document, or - for standard input
    file: PathBuf,
    /// The document's address, which relative links are resolved against; an
    /// xml:base goes before it. Without it, or where a host such as feeds.NAME
    /// only hands the document out, they are resolved against the site's page
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The Content-Type that the server sent; its charset decides how the bytes are read
    #[arg(long, value_name = "TYPE")]
    content_type: Option<String>,
    /// As other commands have it: what is printed is JSON in any case
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let document = input::read(&arguments.file)?;
    let (content_type, base_url) = (arguments.content_type.as_deref(), arguments.base_url.as_deref());
    let raw = RawFeed { body: &document.bytes, content_type, base_url, is_cut: document.is_cut };
    let mut feed = sources::read(raw).with_context(|| input::name(&arguments.file))?;
    document.hand_notes(Some(&mut feed.notes));
    output::print_json(&feed)?;
    Ok(Exit::Done)
}
