//! Cleans every body of a folder of feeds and prints what may still be the page's machinery and not the author's text:
//! entities, tags, tracking parameters, boilerplate, Markdown. `cargo run --release --example left_over -- [FOLDER]`.
//! What it finds is for eyes: an author may write of tags and of newsletters.
#![allow(clippy::print_stdout, reason = "a tool for the command line")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use matins::clean::clean;
use matins::domain::document::{Block, Document, Span};
use matins::sources::{RawFeed, read};

/// Parameters that follow a reader; `=` included where the name alone is a word.
const TRACKING: &[&str] = &[
    "utm_",
    "fbclid=",
    "gclid=",
    "dclid=",
    "msclkid=",
    "mc_cid=",
    "mc_eid=",
    "_hsenc=",
    "mkt_tok=",
    "igshid=",
    "at_medium=",
    "at_campaign=",
    "ns_campaign=",
    "xtor=",
    "cmpid=",
    "cmp=",
    "smid=",
    "ftag=",
    "wt_mc=",
    "ito=",
    "ncid=",
    "partner=rss",
    "source=rss",
    "ref=rss",
    "rss=1",
    "from=rss",
    "emc=rss",
    "feedname=",
    "feedtype=",
    "traffic_source=",
    "fromrss",
    "ocid=",
    "cid=rss",
    "src=rss",
    "feature=rss",
    "campaign_id=",
];
/// What short paragraphs of machines say, in lower case.
const BOILERPLATE: &[&str] = &[
    "appeared first on",
    "first appeared on",
    "opens in a new",
    "opens in new",
    "read more",
    "continue reading",
    "keep reading",
    "read the full",
    "read full",
    "full story",
    "view article",
    "click here",
    "share this",
    "share on",
    "follow us",
    "newsletter",
    "sign up",
    "subscribe",
    "advertisement",
    "e-mail this",
    "email this",
    "print this",
    "add to facebook",
    "add to twitter",
    "del.icio.us",
    "permalink",
    "filed under",
    "tags:",
    "posted in",
    "related:",
    "related articles",
    "weiterlesen",
    "mehr lesen",
    "lire la suite",
    "leer más",
    "seguir leyendo",
    "leggi tutto",
    "lees verder",
    "leia mais",
    "continue lendo",
    "читать дальше",
    "read at ",
    "erschien zuerst auf",
    "est apparu en premier",
    "apareció primero",
    "proviene da",
    "verscheen eerst op",
    "apareceu primeiro",
    "feedburner",
    "all rights reserved",
    "in full, please",
    "original article",
    "listen to this",
    "audio element",
    "your browser",
    "unsubscribe",
];
const TAGS: &[&str] = &[
    "p",
    "a",
    "b",
    "i",
    "br",
    "div",
    "span",
    "img",
    "em",
    "strong",
    "li",
    "ul",
    "table",
    "td",
    "script",
    "iframe",
    "h2",
    "blockquote",
    "font",
];
/// Characters up to which a paragraph may be a machine's.
const SHORT: usize = 160;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::args().nth(1).map_or_else(|| root.join("../shared/corpora/realfeeds"), PathBuf::from);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let (mut bodies, mut finds) = (0, BTreeMap::<&str, usize>::new());
    for path in paths {
        let Ok(feed) = read(RawFeed { body: &fs::read(&path).unwrap_or_default(), ..RawFeed::default() }) else { continue };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        for (number, article) in feed.articles.iter().enumerate() {
            for html in [&article.content_html, &article.summary_html].into_iter().flatten() {
                bodies += 1;
                for (kind, what) in left_over(&clean(html, article.url.as_deref())) {
                    *finds.entry(kind).or_default() += 1;
                    println!("{name} #{number} {kind}: {what}");
                }
            }
        }
    }
    println!("{bodies} bodies, {finds:?}");
}

fn left_over(document: &Document) -> Vec<(&'static str, String)> {
    let mut finds = Vec::new();
    let addresses = document.links.iter().map(|link| &link.url);
    finds.extend(addresses.filter(|url| is_tracking(url)).map(|url| ("tracking", url.clone())));
    paragraphs(&document.blocks, &mut |text| {
        let plain: String = text.iter().filter(|span| !span.code).map(|span| span.text.as_str()).collect();
        let lower = plain.to_lowercase();
        let shown = || plain.chars().take(SHORT).collect::<String>();
        if let Some(entity) = entity(&plain) {
            finds.push(("entity", format!("{entity} in {}", shown())));
        }
        if TAGS.iter().any(|tag| has_tag(&lower, tag)) {
            finds.push(("tag", shown()));
        }
        if plain.contains("](http") || plain.starts_with("## ") || plain.starts_with("```") {
            finds.push(("markdown", shown()));
        }
        if lower.chars().count() <= SHORT && BOILERPLATE.iter().any(|phrase| lower.contains(phrase)) {
            finds.push(("boilerplate", shown()));
        }
        let is_sign = !plain.trim().is_empty() && plain.chars().all(|c| !c.is_alphanumeric());
        if is_sign && text.iter().any(|span| span.link.is_some()) {
            finds.push(("sign", shown()));
        }
    });
    finds
}

fn is_tracking(url: &str) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query).to_ascii_lowercase();
    let is_one = |name: &str| query.starts_with(name) || query.contains(&format!("&{name}"));
    TRACKING.iter().any(|name| is_one(name))
}

fn entity(text: &str) -> Option<&str> {
    text.match_indices('&').find_map(|(at, _)| {
        let end = text[at..].find(';').filter(|end| (3..12).contains(end))?;
        let name = &text[at + 1..at + end];
        name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#').then(|| &text[at..=at + end])
    })
}

fn has_tag(lower: &str, tag: &str) -> bool {
    ["<", "</"].iter().any(|open| [">", " ", "/>"].iter().any(|close| lower.contains(&format!("{open}{tag}{close}"))))
}

fn paragraphs(blocks: &[Block], found: &mut impl FnMut(&[Span])) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text } | Block::Image { caption: text, .. } => found(text),
            Block::List { items, .. } => items.iter().for_each(|item| paragraphs(item, found)),
            Block::Quote { blocks } => paragraphs(blocks, found),
            Block::Table { header, rows, .. } => header.iter().chain(rows.iter().flatten()).for_each(|cell| found(cell)),
            Block::Code { .. } | Block::Rule => {}
        }
    }
}
