//! A document as Markdown (CommonMark with the tables and strike-through of GitHub), so that reading it back gives the same text.

use crate::domain::document::{Block, Cell, Document, Span};
use crate::domain::numbering::Numbering;

/// The document as Markdown, blank lines between blocks, one line end at the end.
pub fn markdown(document: &Document) -> String {
    let lines = blocks(&document.blocks);
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn blocks(all: &[Block]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (at, one) in all.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        // two lists in a row would be read as one
        if at > 0 && matches!((&all[at - 1], one), (Block::List { .. }, Block::List { .. })) {
            lines.extend(["<!-- -->".to_string(), String::new()]);
        }
        lines.extend(block(one));
    }
    lines
}

fn block(block: &Block) -> Vec<String> {
    match block {
        Block::Heading { level, text } => vec![heading(*level, &spans(text).replace("\\\n", " "))],
        Block::Paragraph { text } => paragraph(text),
        Block::List { numbering: Numbering::Terms, items, .. } => terms(items),
        Block::List { ordered, start, reversed, items, .. } => list(*ordered, *start, *reversed, items),
        Block::Quote { blocks: inner } => blocks(inner).into_iter().map(|line| format!("> {line}")).collect(),
        Block::Code { language, text } => code(language.as_deref().unwrap_or_default(), text),
        Block::Table { header, rows, .. } => table(header, rows),
        Block::Image { alt, url, caption, link } => image(alt, url, caption, link.as_deref()),
        Block::Rule => vec!["---".to_string()],
    }
}

/// Signs at its end would be read as the heading's.
fn heading(level: u8, text: &str) -> String {
    let text = text.trim_end();
    let bare = text.trim_end_matches('#');
    let end = &text[bare.len()..];
    format!("{} {bare}{}{end}", "#".repeat(level.clamp(1, 6).into()), if end.is_empty() { "" } else { "\\" })
}

fn paragraph(text: &[Span]) -> Vec<String> {
    spans(text).lines().map(guard_start).collect()
}

/// A line of text that would begin a block is kept text.
fn guard_start(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let is_number = (1..10).contains(&digits) && line[digits..].starts_with(['.', ')']);
    match line.chars().next() {
        Some('#' | '+' | '-' | '=' | '>') => format!("\\{line}"),
        _ if is_number => format!("{}\\{}", &line[..digits], &line[digits..]),
        _ => line.to_string(),
    }
}

/// Terms, for which Markdown has no form: a list in which what a term means is the next line of its entry.
fn terms(items: &[Vec<Block>]) -> Vec<String> {
    let text = |block: &Block| if let Block::Paragraph { text } = block { Some(text.clone()) } else { None };
    let line_end = [Span::line_break()];
    let entry = |item: &Vec<Block>| {
        let lines: Vec<Vec<Span>> = item.iter().map_while(text).collect();
        let first = Some(Block::Paragraph { text: lines.join(&line_end[..]) }).filter(|_| !lines.is_empty());
        first.into_iter().chain(item[lines.len()..].iter().cloned()).collect()
    };
    list(false, 1, false, &items.iter().map(entry).collect::<Vec<_>>())
}

fn list(ordered: bool, start: i64, reversed: bool, items: &[Vec<Block>]) -> Vec<String> {
    let mut lines = Vec::new();
    let is_tight = items.iter().all(|item| item.iter().skip(1).all(|block| matches!(block, Block::List { .. })));
    for (place, item) in items.iter().enumerate() {
        let mark = if ordered { format!("{}. ", Numbering::Figures.at(place, start, reversed)) } else { "- ".to_string() };
        let indent = " ".repeat(mark.len());
        let inner = if is_tight { item.iter().flat_map(block).collect() } else { blocks(item) };
        if place > 0 && !is_tight {
            lines.push(String::new());
        }
        lines.extend(inner.into_iter().enumerate().map(|(at, line)| format!("{}{line}", if at == 0 { &mark } else { &indent })));
    }
    lines
}

fn code(language: &str, text: &str) -> Vec<String> {
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    let is_word = language.chars().all(|c| !c.is_whitespace() && c != '`');
    let first = format!("{fence}{}", if is_word { language } else { "" });
    std::iter::once(first).chain(text.split('\n').map(str::to_string)).chain([fence]).collect()
}

fn table(header: &[Cell], rows: &[Vec<Cell>]) -> Vec<String> {
    let columns = header.len().max(rows.first().map_or(0, Vec::len));
    let empty = vec![Cell::new(); columns];
    let cell = |cell: &Cell| spans(cell).replace('|', "\\|").replace("\\\n", "<br>");
    let line = |row: &[Cell]| format!("| {} |", row.iter().map(cell).collect::<Vec<_>>().join(" | "));
    let head = line(if header.is_empty() { &empty } else { header });
    let rule = format!("|{}", " --- |".repeat(columns));
    [head, rule].into_iter().chain(rows.iter().map(|row| line(row))).collect()
}

fn image(alt: &str, url: &str, caption: &[Span], link: Option<&str>) -> Vec<String> {
    let picture = format!("![{}]({})", escape(alt), address(url));
    let mut lines = match link {
        _ if url.is_empty() => paragraph(&[Span { link: link.map(str::to_string), ..Span::plain(alt) }]),
        Some(link) => vec![format!("[{picture}]({})", address(link))],
        None => vec![picture],
    };
    if !caption.is_empty() {
        lines.push(String::new());
        lines.extend(paragraph(caption));
    }
    lines
}

/// Spans as text; a line break of the author as `\` and a line end.
fn spans(spans: &[Span]) -> String {
    let mut out = String::new();
    for run in spans.chunk_by(|one, next| one.link.is_some() && one.link == next.link) {
        let text: String = run.iter().map(span).collect();
        match run[0].link.as_deref() {
            Some(url) => {
                let (lead, body, trail) = split_spaces(&text);
                out.push_str(&format!("{lead}[{body}]({}){trail}", address(url)));
            }
            None => out.push_str(&text),
        }
    }
    out
}

fn span(span: &Span) -> String {
    if span.is_line_break() {
        return "\\\n".to_string();
    }
    let (lead, body, trail) = split_spaces(&span.text);
    if body.is_empty() {
        return span.text.to_string();
    }
    // in code, more than one space is an indent
    let indented = Some(format!("{lead}{body}")).filter(|_| span.code && lead.len() > 1);
    let lead = if indented.is_some() { "" } else { lead };
    let mut text = if span.code { inline_code(indented.as_deref().unwrap_or(body)) } else { escape(body) };
    for (is_on, mark) in [(span.strike, "~~"), (span.italic, "*"), (span.bold, "**")] {
        text = if is_on { format!("{mark}{text}{mark}") } else { text };
    }
    format!("{lead}{text}{trail}")
}

fn inline_code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`') + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn split_spaces(text: &str) -> (&str, &str, &str) {
    let body = text.trim_matches(' ');
    if body.is_empty() {
        return (text, "", "");
    }
    let start = text.len() - text.trim_start_matches(' ').len();
    (&text[..start], body, &text[start + body.len()..])
}

fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or(0)
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let is_reference = || text[at + 1..].starts_with(|next: char| next == '#' || next.is_ascii_alphabetic());
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~') || (c == '&' && is_reference()) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn address(url: &str) -> String {
    if url.contains(['(', ')', ' ']) { format!("<{url}>") } else { url.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clean_text::CleanText;

    fn check(blocks: Vec<Block>, expected: &str) {
        assert_eq!(markdown(&Document { blocks, ..Document::default() }), expected);
    }

    #[test]
    fn text_that_looks_like_markdown_stays_text() {
        let paragraph = |text: &str| Block::Paragraph { text: vec![Span::plain(text)] };
        check(vec![paragraph("# not *a* heading_")], "\\# not \\*a\\* heading\\_\n");
        check(vec![paragraph("1. no [link](x) <b>")], "1\\. no \\[link\\](x) \\<b>\n");
        check(vec![paragraph("- no list")], "\\- no list\n");
        check(vec![paragraph("&lt; & AT&T")], "\\&lt; & AT\\&T\n");
        check(vec![Block::Heading { level: 2, text: vec![Span::plain("Learn C #")] }], "## Learn C \\#\n");
        check(vec![Block::Code { language: Some(CleanText::new("a`b")), text: CleanText::preformatted("x") }], "```\nx\n```\n");
    }

    #[test]
    fn blocks_have_their_marks() {
        let span = Span { link: Some("https://e.example/a_(b)".into()), ..Span::plain(" x ") };
        check(vec![Block::Paragraph { text: vec![Span::plain("a"), span, Span::plain("b")] }], "a [x](<https://e.example/a_(b)>) b\n");
        check(vec![Block::Code { language: None, text: CleanText::preformatted("a ``` b") }], "````\na ``` b\n````\n");
        let cell = |text: &str| vec![Span::plain(text)];
        check(
            vec![Block::Table { header: vec![cell("A"), cell("B")], rows: vec![vec![cell("1|2"), cell("")]], wide: vec![] }],
            "| A | B |\n| --- | --- |\n| 1\\|2 |  |\n",
        );
        check(vec![Block::Quote { blocks: vec![Block::Rule, Block::Rule] }], "> ---\n>\n> ---\n");
    }
}
