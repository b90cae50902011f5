//! A document as HTML: a fragment of plain elements without classes or scripts, every text escaped.

use std::fmt::Write;

use crate::domain::document::{Block, Cell, Document, Span, WideCell};
use crate::domain::numbering::Numbering;
use crate::sources::escape;

/// The document as an HTML fragment, a block a line.
pub fn html(document: &Document) -> String {
    let mut out = String::new();
    blocks(&mut out, &document.blocks);
    out
}

fn blocks(out: &mut String, all: &[Block]) {
    for one in all {
        block(out, one);
        out.push('\n');
    }
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading { level, text } => element(out, &format!("h{}", (*level).clamp(1, 6)), text),
        Block::Paragraph { text } => element(out, "p", text),
        Block::List { numbering: Numbering::Terms, items, .. } => terms(out, items),
        Block::List { ordered, start, reversed, numbering, items } => list(out, (*ordered, *start, *reversed), *numbering, items),
        Block::Quote { blocks: inner } => wrap(out, "blockquote", |out| blocks(out, inner)),
        Block::Code { language, text } => {
            let class = language.as_ref().map(|language| format!(" class=\"language-{}\"", escape(language))).unwrap_or_default();
            let _ = write!(out, "<pre><code{class}>{}</code></pre>", escape(text));
        }
        Block::Table { header, rows, wide } => table(out, header, rows, wide),
        Block::Image { alt, url, caption, link } => image(out, (alt, url), caption, link.as_deref()),
        Block::Rule => out.push_str("<hr>"),
    }
}

fn wrap(out: &mut String, tag: &str, inside: impl FnOnce(&mut String)) {
    let _ = write!(out, "<{tag}>");
    inside(out);
    let _ = write!(out, "</{}>", tag.split(' ').next().unwrap_or_default());
}

fn element(out: &mut String, tag: &str, text: &[Span]) {
    wrap(out, tag, |out| spans(out, text));
}

fn list(out: &mut String, (ordered, start, reversed): (bool, i64, bool), numbering: Numbering, items: &[Vec<Block>]) {
    let mut tag = match (ordered, reversed) {
        (false, _) => "ul".to_string(),
        (true, false) if start == 1 => "ol".to_string(),
        (true, false) => format!("ol start=\"{start}\""),
        (true, true) => format!("ol start=\"{start}\" reversed"),
    };
    if ordered && !numbering.is_figures() {
        tag.push_str(&format!(" type=\"{}\"", numbering.html()));
    }
    wrap(out, &tag, |out| {
        for item in items {
            wrap(out, "li", |out| inside(out, item));
        }
    });
}

fn terms(out: &mut String, items: &[Vec<Block>]) {
    wrap(out, "dl", |out| {
        for item in items {
            for (at, one) in item.iter().enumerate() {
                wrap(out, if at == 0 { "dt" } else { "dd" }, |out| inside(out, std::slice::from_ref(one)));
            }
        }
    });
}

/// A paragraph that is all there is needs no element of its own.
fn inside(out: &mut String, all: &[Block]) {
    match all {
        [Block::Paragraph { text }] => spans(out, text),
        all => blocks(out, all),
    }
}

fn table(out: &mut String, header: &[Cell], rows: &[Vec<Cell>], wide: &[WideCell]) {
    wrap(out, "table", |out| {
        if !header.is_empty() {
            wrap(out, "tr", |out| header.iter().for_each(|cell| element(out, "th", cell)));
        }
        let mut wide = wide.iter().peekable();
        for (at, cells) in rows.iter().enumerate() {
            wrap(out, "tr", |out| row(out, cells, std::iter::from_fn(|| wide.next_if(|cell| cell.row <= at))));
        }
    });
}

/// `wide` are the cells of the row that stand over several columns.
fn row<'a>(out: &mut String, cells: &[Cell], wide: impl Iterator<Item = &'a WideCell>) {
    let mut wide = wide.peekable();
    let mut column = 0;
    while let Some(cell) = cells.get(column) {
        match wide.next_if(|wide| wide.column <= column) {
            Some(wide) => {
                wrap(out, &format!("td colspan=\"{}\"", wide.columns), |out| spans(out, cell));
                column += wide.columns.max(1);
            }
            None => {
                element(out, "td", cell);
                column += 1;
            }
        }
    }
}

fn image(out: &mut String, (alt, url): (&str, &str), caption: &[Span], link: Option<&str>) {
    let picture = format!("<img src=\"{}\" alt=\"{}\">", escape(url), escape(alt));
    wrap(out, "figure", |out| {
        match link {
            Some(link) => wrap(out, &format!("a href=\"{}\"", escape(link)), |out| out.push_str(&picture)),
            None => out.push_str(&picture),
        }
        if !caption.is_empty() {
            element(out, "figcaption", caption);
        }
    });
}

fn spans(out: &mut String, spans: &[Span]) {
    for span in spans {
        if span.is_line_break() {
            out.push_str("<br>");
            continue;
        }
        let marks = [(span.bold, "strong"), (span.italic, "em"), (span.strike, "del"), (span.code, "code")];
        let open = marks.iter().filter(|(is_on, _)| *is_on).map(|(_, tag)| *tag).collect::<Vec<_>>();
        if let Some(url) = &span.link {
            let _ = write!(out, "<a href=\"{}\">", escape(url));
        }
        open.iter().for_each(|tag| out.push_str(&format!("<{tag}>")));
        out.push_str(&escape(&span.text));
        open.iter().rev().for_each(|tag| out.push_str(&format!("</{tag}>")));
        out.push_str(if span.link.is_some() { "</a>" } else { "" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clean_text::CleanText;

    #[test]
    fn terms_are_what_they_were() {
        let check = |source: &str, expected: &str| {
            let document = crate::clean::clean(source, None);
            assert_eq!(html(&document), expected, "{source}");
            assert_eq!(crate::clean::clean(expected, None), document, "{source}");
        };
        check(
            "<dl><dt>A<dd>One<dd><ul><li>x</ul></dl>",
            "<dl><dt><strong>A</strong></dt><dd>One</dd><dd><ul><li>x</li></ul>\n</dd></dl>\n",
        );
    }

    #[test]
    fn every_text_is_escaped() {
        let span = Span { bold: true, link: Some("https://e.example/?a=1&b=\"".into()), ..Span::plain("a<b & \"c\"") };
        let document = Document {
            blocks: vec![
                Block::Paragraph { text: vec![span] },
                Block::Code { language: Some(CleanText::new("c\"")), text: CleanText::preformatted("<x>\n") },
                Block::List { ordered: true, start: 3, reversed: false, numbering: Numbering::Roman, items: vec![vec![Block::Rule]] },
                Block::Table { header: vec![], rows: vec![vec![vec![Span::plain("1")]]], wide: vec![] },
            ],
            ..Document::default()
        };
        let expected = "<p><a href=\"https://e.example/?a=1&amp;b=&quot;\"><strong>a&lt;b &amp; &quot;c&quot;</strong></a></p>\n\
            <pre><code class=\"language-c&quot;\">&lt;x&gt;\n</code></pre>\n<ol start=\"3\" type=\"i\"><li><hr>\n</li></ol>\n<table><tr><td>1</td></tr></table>\n";
        assert_eq!(html(&document), expected);
    }
}
