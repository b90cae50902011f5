//! The line of running text that is open, run by run, and the style that each run has.

use std::cell::Cell as SharedNumber;
use std::rc::Rc;

use super::pictures::Picture;
use crate::clean::tree::{Id, Tree, look};
use crate::domain::clean_text::CleanText;
use crate::domain::document::{Block, Span, text_of};
use crate::domain::numbering::Numbering;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    bold: bool,
    italic: bool,
    code: bool,
    strike: bool,
    pub(super) link: Option<Rc<str>>,
}

impl Style {
    /// The style inside an element, when it is another.
    pub(super) fn inside(&self, tree: &Tree, id: Id) -> Option<Style> {
        let style = self.clone();
        Some(match tree.name(id) {
            "b" | "strong" | "mark" | "summary" | "dt" => Style { bold: true, ..style },
            "i" | "em" | "ins" | "cite" | "dfn" | "var" => Style { italic: true, ..style },
            "code" | "kbd" | "samp" | "tt" => Style { code: true, ..style },
            "s" | "strike" | "del" => Style { strike: true, ..style },
            "a" => Style { link: tree.attribute(id, "href").map(Rc::from), ..style },
            "span" | "font" => {
                let css = tree.attribute(id, "style")?.to_ascii_lowercase().replace(' ', "");
                let bold = style.bold || ["font-weight:bold", "font-weight:7", "font-weight:8"].iter().any(|rule| css.contains(rule));
                Style {
                    bold,
                    code: style.code || tree.is_monospaced(id),
                    italic: style.italic || css.contains("font-style:italic"),
                    ..style
                }
            }
            _ => return None,
        })
    }
}

/// A part of a line.
pub(super) enum Run {
    Text(String, Style),
    Break,
    Picture(Box<Picture>),
}

/// Runs of text that belong to one paragraph.
#[derive(Default)]
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
    has_words: bool,
}

impl Line {
    pub(super) fn push(&mut self, text: &str, style: Style) {
        look();
        self.has_words |= !text.trim().is_empty();
        push_text(&mut self.runs, text, style);
    }

    pub(super) fn push_break(&mut self) {
        self.runs.push(Run::Break);
    }

    pub(super) fn push_picture(&mut self, picture: Picture) {
        self.runs.push(Run::Picture(Box::new(picture)));
    }

    pub(super) fn is_blank(&self) -> bool {
        !self.has_words
    }
}

/// Whether runs say anything.
pub(super) fn has_words(runs: &[Run]) -> bool {
    runs.iter().any(|run| matches!(run, Run::Text(text, _) if !text.trim().is_empty()))
}

/// Adds text to the last run, when it has that style, or as one of its own.
pub(super) fn push_text(runs: &mut Vec<Run>, text: &str, style: Style) {
    match runs.last_mut() {
        Some(Run::Text(last, same)) if *same == style => last.push_str(text),
        _ => runs.push(Run::Text(text.to_string(), style)),
    }
}

/// Runs as spans, white space folded across them. `link_budget` is what addresses may still take, in bytes.
pub(super) fn spans(runs: Vec<Run>, link_budget: &SharedNumber<usize>) -> Vec<Span> {
    let mut spans = Vec::with_capacity(runs.len());
    let mut after_space = true;
    for run in runs {
        let (text, style) = match run {
            Run::Text(text, style) => (CleanText::inline(&text), style),
            Run::Break => (CleanText::preformatted("\n"), Style::default()),
            Run::Picture(_) => continue,
        };
        let text = if after_space && text.starts_with(' ') { CleanText::inline(text.trim_start_matches(' ')) } else { text };
        if !text.is_empty() {
            close_up(&mut spans, &text);
            part_from_struck(&mut spans, &text, style.strike);
            after_space = text.ends_with([' ', '\n']);
            spans.push(span(text, style, link_budget));
        }
    }
    spans
}

/// The space that ends a link before the end of its sentence stands in the source only.
fn close_up(spans: &mut [Span], next: &str) {
    let ends_sentence = next.strip_prefix(['.', ',']).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    if let Some(last) = spans.last_mut().filter(|last| ends_sentence && last.link.is_some() && last.text.ends_with(' ')) {
        last.text = CleanText::inline(last.text.trim_end());
    }
}

/// What was struck is no part of the word that stands for it.
fn part_from_struck(spans: &mut Vec<Span>, next: &str, is_struck: bool) {
    let is_glued = |last: &&Span| last.strike && !is_struck && last.text.ends_with(char::is_alphanumeric);
    if next.starts_with(char::is_alphanumeric) && spans.last().filter(is_glued).is_some() {
        spans.push(Span::plain(" "));
    }
}

fn span(text: CleanText, style: Style, link_budget: &SharedNumber<usize>) -> Span {
    let Style { bold, italic, code, strike, link } = style;
    let link = link.filter(|link| {
        let left = link_budget.get().checked_sub(link.len());
        link_budget.set(left.unwrap_or(link_budget.get()));
        left.is_some()
    });
    Span { text, bold, italic, code, strike, link: link.map(|link| link.to_string()) }
}

/// What is said of a picture, once.
fn with_caption(alt: CleanText, caption: Vec<Span>) -> Vec<Span> {
    let is_said = alt.is_empty() || text_of(&caption).trim() == alt.as_str();
    match (caption.is_empty(), is_said) {
        (true, _) => vec![Span { text: alt, ..Span::default() }],
        (false, true) => caption,
        (false, false) => [Span { text: alt, ..Span::default() }, Span::line_break()].into_iter().chain(caption).collect(),
    }
}

/// Code as a run of spans, its lines apart.
fn code_lines(text: &str) -> Vec<Span> {
    let line = |line: &str| Span { text: CleanText::preformatted(line.trim_end()), code: true, ..Span::default() };
    text.lines().flat_map(|one| [Span::line_break(), line(one)]).skip(1).collect()
}

/// Entries of a list, each behind its number or a bullet.
fn joined_items(items: Vec<Vec<Block>>, number: impl Fn(usize) -> Option<String>) -> Vec<Span> {
    let entry = |(place, item): (usize, Vec<Block>)| {
        let mark = number(place).map_or("• ".to_string(), |number| format!("{number}. "));
        let text = joined(item);
        if text.is_empty() { text } else { [vec![Span { text: CleanText::inline(&mark), ..Span::default() }], text].concat() }
    };
    let entries = items.into_iter().enumerate().map(entry).map(|text| Block::Paragraph { text });
    joined(entries.collect())
}

/// Blocks as one run of spans, a line each: for table cells and captions.
pub(super) fn joined(blocks: Vec<Block>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for block in blocks {
        let mut spans = match block {
            Block::Heading { text, .. } | Block::Paragraph { text } => text,
            Block::Quote { blocks } => joined(blocks),
            Block::List { ordered, start, reversed, numbering, items } if items.len() > 1 && numbering != Numbering::Terms => {
                joined_items(items, |place| ordered.then(|| numbering.at(place, start, reversed)))
            }
            Block::List { items, .. } => joined(items.into_iter().flatten().collect()),
            Block::Code { text, .. } => code_lines(&text),
            Block::Image { alt, caption, .. } => with_caption(alt, caption),
            Block::Table { .. } | Block::Rule => Vec::new(),
        };
        spans.retain(|span| !span.text.is_empty());
        if !out.is_empty() && !spans.is_empty() {
            out.push(Span::line_break());
        }
        out.append(&mut spans);
    }
    out
}
