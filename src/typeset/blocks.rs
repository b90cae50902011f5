//! Sets blocks one after the other: what stands around each, how much air is between them.

use std::collections::HashMap;

use super::glyphs::{Glyphs, glyphs};
use super::measure::{columns, narrowed};
use super::paragraph::Text;
use super::sheet::Sheet;
use super::{LinkMarks, Options, code, highlight, table};
use crate::domain::document::{Block, Span, text_of};
use crate::domain::numbering::Numbering;
use crate::domain::plain_text::plain;
use crate::domain::setting::{Line, Piece, Role};

/// Bytes of text of a list's entries, on average, up to which they stand without air between them.
const MAX_TIGHT_BYTES: usize = 180;
/// Columns of the indent of what a term means.
const MEANING_INDENT: usize = 4;
/// Columns of code's indent where there is room for one.
const CODE_INDENT: usize = 2;
/// Columns of a line of code that is scrolled; what is longer goes on in the next line.
const LONGEST_CODE: usize = 500;
/// Columns from which code is indented.
const CODE_INDENT_FROM: usize = 30;
/// Columns from which a screen has a rule beside it.
const CODE_RULE_FROM: usize = 10;
/// Tables whose columns html2text measures; the tables of a document of more are set as records where they do not fit.
const MAX_MEASURED_TABLES: usize = 100;

pub(super) struct Setter<'a> {
    pub options: &'a Options,
    pub glyphs: &'static Glyphs,
    pub sheet: Sheet,
    numbers: &'a HashMap<&'a str, usize>,
    /// The role that running text has here.
    role: Role,
    /// Lists around the text, and how many of them have bullets.
    list_depth: usize,
    bullet_depth: usize,
    measured_tables: usize,
}

impl<'a> Setter<'a> {
    pub(super) fn new(options: &'a Options, numbers: &'a HashMap<&'a str, usize>) -> Setter<'a> {
        let sheet = Sheet::new(options.fit.measure);
        Setter {
            options,
            glyphs: glyphs(options.is_ascii),
            sheet,
            numbers,
            role: Role::Text,
            list_depth: 0,
            bullet_depth: 0,
            measured_tables: 0,
        }
    }

    pub(super) fn finish(self) -> Vec<Line> {
        self.sheet.finish()
    }

    /// Blocks with air between them, but for a short list in a list: it belongs to the line above it.
    pub(super) fn set_blocks(&mut self, blocks: &[Block]) {
        for (at, block) in blocks.iter().enumerate() {
            let leads_in = self.list_depth > 0 && at > 0 && matches!(blocks[at - 1], Block::Paragraph { .. }) && is_tight_list(block);
            if !leads_in {
                self.sheet.gap();
            }
            self.set_block(block);
        }
    }

    fn set_block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => self.set_heading(*level, text),
            Block::Paragraph { text } => self.set_text(text, &Piece { role: self.role, ..Piece::default() }),
            Block::List { numbering: Numbering::Terms, items, .. } => self.set_terms(items),
            Block::List { ordered, start, reversed, numbering, items } => {
                self.set_list(numbers(*ordered, *start, *reversed, *numbering), items)
            }
            Block::Quote { blocks } => self.set_quote(blocks),
            Block::Code { language, text } => self.set_code(language.as_deref(), text),
            Block::Table { header, rows, wide } => table::set(self, header, rows, wide),
            Block::Image { alt, url, caption, link } => self.set_image((alt, url), caption, link.as_deref()),
            Block::Rule => self.set_rule(),
        }
    }

    /// The first two levels have a rule beneath, the others before them: bold alone is a paragraph.
    fn set_heading(&mut self, level: u8, text: &[Span]) {
        let style = Piece { role: Role::Heading, is_bold: true, is_italic: level > 3, ..Piece::default() };
        let first = self.sheet.len();
        if self.options.is_for_screen && level > 2 {
            let lead = format!("{} ", self.glyphs.rule.repeat(if level == 3 { 2 } else { 1 }));
            self.sheet.push_margin(Some(&lead), &" ".repeat(columns(&lead)));
            self.set_text(text, &style);
            self.sheet.pop_margin();
            return;
        }
        self.set_text(text, &style);
        if self.options.is_for_screen {
            let rule = if level == 1 { self.glyphs.heavy_rule } else { self.glyphs.rule };
            let text = rule.repeat(self.sheet.widest_from(first));
            self.sheet.push(vec![Piece { text, role: Role::Mark, ..Piece::default() }]);
        }
    }

    /// Running text as a block of its own.
    pub(super) fn set_text(&mut self, spans: &[Span], style: &Piece) {
        let text = self.text(spans, style);
        self.set_lines(&text);
    }

    pub(super) fn set_lines(&mut self, text: &Text) {
        for line in text.lines(self.sheet.room()) {
            self.sheet.push(line);
        }
    }

    /// Spans as running text, with the marks of their links.
    pub(super) fn text(&self, spans: &[Span], style: &Piece) -> Text {
        let mut text = Text::default();
        for run in spans.chunk_by(|one, next| one.link == next.link) {
            let link = run[0].link.as_deref().and_then(|url| self.numbers.get(url).copied());
            // the number stands before the space that ends a link, not after it
            let last = run.last().map_or("", |span| span.text.as_str());
            let after = if link.is_some() { &last[last.trim_end_matches(' ').len()..] } else { "" };
            for (at, span) in run.iter().enumerate() {
                let is_last = at + 1 == run.len();
                let shown = if is_last { &span.text[..span.text.len() - after.len()] } else { &span.text };
                let sign = self.sign_of(span);
                let is_other = |beside: Option<&Span>| beside.is_none_or(|beside| self.sign_of(beside) != sign);
                let sign_where = |is_end: bool| if is_end { sign } else { "" };
                let signs = (sign_where(at == 0 || is_other(run.get(at - 1))), sign_where(is_other(run.get(at + 1))));
                self.push_span(&mut text, shown, styled(span, link, style), signs);
            }
            if let Some(number) = link {
                self.push_mark(&mut text, number);
            }
            text.push(after, style.clone());
        }
        text
    }

    /// What stands around a run: on a screen around code, elsewhere around what is struck, as there nothing else tells of it.
    fn sign_of(&self, span: &Span) -> &'static str {
        match self.options.is_for_screen {
            true if span.code => self.glyphs.tick,
            false if span.strike => "~",
            _ => "",
        }
    }

    /// A run, with the signs that it starts and ends with.
    fn push_span(&self, text: &mut Text, span: &str, style: Piece, (open, close): (&str, &str)) {
        let bare = span.trim();
        if (open.is_empty() && close.is_empty()) || bare.is_empty() {
            return text.push(&self.shown(span), style);
        }
        let is_tick = self.options.is_for_screen;
        let sign = if is_tick { Piece { role: Role::CodeSign, link: style.link, ..Piece::default() } } else { style.clone() };
        let start = span.len() - span.trim_start().len();
        text.push(&self.shown(&span[..start]), style.clone());
        text.push(open, sign.clone());
        text.push(&self.shown(bare), style.clone());
        text.push(close, sign);
        text.push(&self.shown(&span[start + bare.len()..]), style);
    }

    /// The number of a link, after its text.
    pub(super) fn push_mark(&self, text: &mut Text, number: usize) {
        if self.options.links == LinkMarks::Numbered {
            text.push_mark(&format!("[{number}]"), Piece { role: Role::Mark, link: Some(number), ..Piece::default() });
        }
    }

    /// A text as it is shown at this width and in these characters.
    pub(super) fn shown(&self, text: &str) -> String {
        let text = if self.options.is_ascii { plain(text) } else { text.to_string() };
        narrowed(&text, self.sheet.room()).into_owned()
    }

    /// `number` gives the number of an entry by its place, from 0, where there are numbers.
    fn set_list(&mut self, number: Option<impl Fn(usize) -> String>, items: &[Vec<Block>]) {
        let ordered = number.is_some();
        let widest = number.iter().flat_map(|number| (0..items.len()).map(|place| number(place).len())).max().unwrap_or(1);
        let is_tight = is_tight(items);
        for (place, item) in items.iter().enumerate() {
            if place > 0 && !is_tight {
                self.sheet.gap();
            }
            let mark = match &number {
                Some(number) => format!("{:>widest$}. ", number(place)),
                None => format!("{} ", self.glyphs.bullets[self.bullet_depth % self.glyphs.bullets.len()]),
            };
            self.sheet.push_margin(Some(&mark), &" ".repeat(columns(&mark)));
            self.list_depth += 1;
            self.bullet_depth += usize::from(!ordered);
            if is_tight {
                item.iter().for_each(|block| self.set_block(block))
            } else {
                self.set_blocks(item)
            }
            self.list_depth -= 1;
            self.bullet_depth -= usize::from(!ordered);
            self.sheet.pop_margin();
        }
    }

    /// Each term against the margin, what it means indented beneath.
    fn set_terms(&mut self, items: &[Vec<Block>]) {
        let is_tight = are_tight_terms(items);
        for (place, item) in items.iter().enumerate() {
            let Some((term, meaning)) = item.split_first() else { continue };
            if place > 0 && !is_tight {
                self.sheet.gap();
            }
            self.set_block(term);
            self.sheet.push_margin(None, &" ".repeat(MEANING_INDENT));
            self.list_depth += 1;
            for (at, block) in meaning.iter().enumerate() {
                if at > 0 && !is_tight {
                    self.sheet.gap();
                }
                self.set_block(block);
            }
            self.list_depth -= 1;
            self.sheet.pop_margin();
        }
    }

    fn set_quote(&mut self, blocks: &[Block]) {
        let outer = std::mem::replace(&mut self.role, Role::Quote);
        let rule = format!("{} ", self.glyphs.quote);
        self.sheet.push_margin(None, &rule);
        self.set_blocks(blocks);
        self.sheet.pop_margin();
        self.role = outer;
    }

    /// Where there is a pane to scroll in, lines stay whole.
    fn set_code(&mut self, language: Option<&str>, text: &str) {
        let rule = self.code_rule();
        let indent = if rule.is_none() && self.sheet.room() >= CODE_INDENT_FROM { CODE_INDENT } else { 0 };
        self.sheet.push_margin(None, &" ".repeat(indent));
        let first = self.sheet.len();
        let room = if self.has_pane() { LONGEST_CODE.max(self.sheet.room()) } else { self.sheet.room() };
        let shown = narrowed(text, self.sheet.room());
        let tokens = if self.options.is_for_screen { highlight::tokens(language, &shown) } else { Vec::new() };
        let tokens = |at: usize| tokens.get(at).map_or(&[][..], Vec::as_slice);
        let room = room - rule.iter().map(|rule| columns(&rule.text)).sum::<usize>();
        let mut lines: Vec<Vec<Piece>> =
            shown.split('\n').enumerate().flat_map(|(at, line)| code::pieces(line, tokens(at), room, self.glyphs.cut)).collect();
        if let Some(rule) = rule {
            code::frame(&mut lines, &rule, self.sheet.room());
        }
        lines.into_iter().for_each(|line| self.sheet.push(line));
        self.sheet.widen_from(first);
        self.sheet.pop_margin();
    }

    /// What stands before each line of code on a screen, where there is room for it.
    fn code_rule(&self) -> Option<Piece> {
        let text = format!("{} ", self.glyphs.code_rule);
        let has_room = self.sheet.room() >= CODE_RULE_FROM;
        (self.options.is_for_screen && has_room).then(|| Piece { text, role: Role::CodeSign, ..Piece::default() })
    }

    fn has_pane(&self) -> bool {
        self.options.fit.pane > self.options.fit.measure
    }

    /// Columns that a table may take: those of the measure, and of the whole pane.
    pub(super) fn rooms(&self) -> (usize, usize) {
        (self.sheet.room(), self.sheet.room() + self.options.fit.pane - self.options.fit.measure)
    }

    /// What the picture shows, and the site that it leads to, if any.
    fn set_image(&mut self, (alt, url): (&str, &str), caption: &[Span], leads_to: Option<&str>) {
        let style = Piece { role: Role::Caption, is_italic: true, ..Piece::default() };
        let link = self.numbers.get(url).copied();
        let same = text_of(caption).trim() == alt;
        let label = if alt.is_empty() || same { "[image]".to_string() } else { format!("[image: {alt}]") };
        let mut text = Text::default();
        text.push(&self.shown(&label), Piece { role: Role::Caption, link, ..Piece::default() });
        if let Some(number) = link {
            self.push_mark(&mut text, number);
        }
        if let Some(address) = leads_to {
            let link = self.numbers.get(address).copied();
            text.push(&format!(" {} ", self.glyphs.leads_to), Piece { role: Role::Mark, ..Piece::default() });
            text.push(&self.shown(site(address)), Piece { role: Role::Link, link, ..Piece::default() });
            link.into_iter().for_each(|number| self.push_mark(&mut text, number));
        }
        self.set_lines(&text);
        if !caption.is_empty() {
            self.set_text(caption, &style);
        }
    }

    fn set_rule(&mut self) {
        let rule = self.glyphs.rule.repeat(self.sheet.room());
        self.sheet.push(vec![Piece { text: rule, role: Role::Mark, ..Piece::default() }]);
    }

    /// Whether one more table may be measured.
    pub(super) fn may_measure_table(&mut self) -> bool {
        self.measured_tables += 1;
        self.measured_tables <= MAX_MEASURED_TABLES
    }
}

/// The site of an address, or all of one that names none.
fn site(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let site = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    site.strip_prefix("www.").unwrap_or(site)
}

fn styled(span: &Span, link: Option<usize>, style: &Piece) -> Piece {
    let role = match (link, span.code) {
        (_, true) => Role::Code,
        (Some(_), false) => Role::Link,
        (None, false) => style.role,
    };
    Piece {
        text: String::new(),
        role,
        is_bold: style.is_bold || span.bold,
        is_italic: style.is_italic || span.italic,
        is_struck: span.strike,
        link,
    }
}

/// The numbers of an ordered list by the places of its entries.
fn numbers(ordered: bool, start: i64, reversed: bool, numbering: Numbering) -> Option<impl Fn(usize) -> String> {
    ordered.then_some(move |place| numbering.at(place, start, reversed))
}

/// Whether entries stand without air between them: each is one short paragraph, with lists under it at most.
fn is_tight(items: &[Vec<Block>]) -> bool {
    let total: usize = items.iter().filter_map(|item| item.first()).map(length).sum();
    if total > items.len() * MAX_TIGHT_BYTES {
        return false;
    }
    let is_short = |item: &[Block]| match item {
        [] => true,
        [first, rest @ ..] => matches!(first, Block::Paragraph { .. } | Block::List { .. }) && rest.iter().all(is_tight_list),
    };
    items.iter().all(|item| is_short(item))
}

fn is_tight_list(block: &Block) -> bool {
    match block {
        Block::List { numbering: Numbering::Terms, items, .. } => are_tight_terms(items),
        Block::List { items, .. } => is_tight(items),
        _ => false,
    }
}

/// The same for terms and what they mean, all of them paragraphs.
fn are_tight_terms(items: &[Vec<Block>]) -> bool {
    let total: usize = items.iter().flatten().map(length).sum();
    total <= items.len() * MAX_TIGHT_BYTES && items.iter().flatten().all(|block| matches!(block, Block::Paragraph { .. }))
}

/// Bytes of a paragraph.
fn length(block: &Block) -> usize {
    if let Block::Paragraph { text } = block { text.iter().map(|span| span.text.len()).sum() } else { 0 }
}
