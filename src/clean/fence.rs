//! The fence in front of the HTML parser: one linear scan that caps bytes, depth, attributes and formatting, drops
//! what is never text (scripts, styles, drawings, comments), and closes what was left open. It must not judge content.

mod names;
mod scan;

use std::collections::HashMap;

use crate::domain::wrap::prefix_of_bytes;
use names::Kind;
use scan::{Scanner, Tag, Token};

/// Bytes of HTML that are read; the rest is left out, with a note.
pub(super) const MAX_BYTES: usize = 2_000_000;
/// Bytes of a whole web page that are looked at; most of a page is scripts, so more than of an article.
const MAX_PAGE_BYTES: usize = 8_000_000;
/// Bytes of what a page says of itself: its title, its language.
const MAX_SAYING_BYTES: usize = 1_000;
/// Open elements within one another; deeper tags go, their text stays.
const MAX_DEPTH: usize = 100;
/// Elements of one text; the tags of further ones go, their text stays.
pub(super) const MAX_ELEMENTS: usize = 60_000;
/// Formatting elements open at once; more than that nobody means.
const MAX_FORMATTING: usize = 16;
/// Formatting elements that are opened again when a block ends the paragraph they stand in.
const MAX_REOPENED: usize = 4;

/// How the note begins that a text is cut; its reader is told at its end.
pub(super) const LEFT_OUT: &str = "left out: everything after";

/// HTML that is safe to build a tree from, in time linear in its length.
pub(super) fn fence(html: &str, notes: &mut Vec<String>) -> String {
    fence_within(html, &mut { MAX_ELEMENTS }, notes)
}

/// [`fence`] for one of several texts that may have so many elements together; those that it has are taken off.
pub(super) fn fence_within(html: &str, elements: &mut usize, notes: &mut Vec<String>) -> String {
    fence_some(html, (MAX_BYTES, 2 * MAX_BYTES), elements, notes, |_| {})
}

/// Whether an element has no content and no end tag. `name` is in lower case.
pub(super) fn is_void(name: &str) -> bool {
    names::kind(name) == Kind::Void
}

/// A whole page behind the fence, with what stood in those of its parts that are no text.
#[derive(Debug, Default)]
pub(super) struct FencedPage {
    pub html: String,
    /// As the page has it, with its entities.
    pub title: String,
    /// A language tag, or empty.
    pub language: String,
}

/// [`fence`] for a whole page.
pub(super) fn fence_page(html: &str, notes: &mut Vec<String>) -> FencedPage {
    let (mut title, mut language) = (String::new(), String::new());
    let html = fence_some(html, (MAX_PAGE_BYTES, MAX_BYTES), &mut { MAX_ELEMENTS }, notes, |token| match token {
        Token::Skipped { name, content } if name == "title" && title.is_empty() => {
            title = prefix_of_bytes(content.trim(), MAX_SAYING_BYTES).replace('<', "&lt;");
        }
        Token::Tag(tag) if tag.name == "html" && !tag.is_end => {
            let says = tag.attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case("lang"));
            let is_tag = |value: &str| value.len() <= 35 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            language = says.map(|(_, value)| value.trim().to_string()).filter(|value| is_tag(value)).unwrap_or_default();
        }
        _ => {}
    });
    FencedPage { html, title, language }
}

/// Reads at most so many bytes and writes about so many.
fn fence_some(
    html: &str,
    (most, most_written): (usize, usize),
    elements: &mut usize,
    notes: &mut Vec<String>,
    mut look: impl FnMut(&Token),
) -> String {
    let html = html.trim_start_matches('\u{feff}');
    let kept = prefix_of_bytes(html, most);
    if kept.len() < html.len() {
        notes.push(format!("{LEFT_OUT} the first {most} bytes"));
    }
    let most_elements = (*elements).min(MAX_ELEMENTS);
    let mut fence = Fence { out: String::with_capacity(kept.len()), budget: kept.len(), left: most_elements, ..Fence::default() };
    let mut scanner = Scanner::new(kept);
    while let Some(token) = scanner.next_token() {
        if fence.out.len() > most_written {
            notes.push(format!("{LEFT_OUT} {most_written} bytes of text and tags"));
            break;
        }
        look(&token);
        match token {
            Token::Text(text) => fence.out.push_str(text),
            Token::Literal(text) => fence.out.push_str(&text.replace('<', "&lt;")),
            Token::Tag(tag) if tag.is_end => fence.close(&tag),
            Token::Tag(tag) => fence.open(&tag),
            Token::Skipped { .. } => {}
        }
    }
    if fence.is_deep {
        notes.push(format!("flattened: tags more than {MAX_DEPTH} deep"));
    }
    if fence.is_long {
        notes.push(format!("flattened: tags after the first {most_elements}"));
    }
    *elements -= most_elements - fence.left;
    fence.out
}

#[derive(Default)]
struct Fence {
    out: String,
    open: Vec<Open>,
    /// Tags left out, whose end tags have not come yet.
    dropped: HashMap<String, usize>,
    is_deep: bool,
    is_long: bool,
    /// Elements that may still be written.
    left: usize,
    /// Bytes that may still be written twice.
    budget: usize,
}

struct Open {
    name: String,
    kind: Kind,
    /// The attributes as they were written out.
    attributes: std::ops::Range<usize>,
}

impl Fence {
    fn open(&mut self, tag: &Tag) {
        let kind = names::kind(&tag.name);
        if kind == Kind::Ignored {
            return;
        }
        if self.left == 0 {
            return self.leave_out(tag, kind);
        }
        let reopened = if names::ends_paragraph(&tag.name) { self.end_paragraph(&tag.name) } else { Vec::new() };
        self.end_implied(&tag.name);
        if matches!(kind, Kind::Void | Kind::Frame) {
            self.write_tag(tag);
            self.out.push_str(if kind == Kind::Frame { "</iframe>" } else { "" });
            return self.reopen(reopened);
        }
        if self.is_full(kind) {
            self.is_deep = true;
            *self.dropped.entry(tag.name.clone()).or_default() += 1;
            return;
        }
        let attributes = self.write_tag(tag);
        self.open.push(Open { name: tag.name.clone(), kind, attributes });
        self.reopen(reopened);
    }

    /// Leaves out a tag after too many; words that it parted stay parted.
    fn leave_out(&mut self, tag: &Tag, kind: Kind) {
        self.is_long = true;
        if kind != Kind::Formatting {
            self.out.push(' ');
        }
        if !matches!(kind, Kind::Void | Kind::Frame) {
            *self.dropped.entry(tag.name.clone()).or_default() += 1;
        }
    }

    fn is_full(&self, kind: Kind) -> bool {
        let formatting = || self.open.iter().filter(|open| open.kind == Kind::Formatting).count();
        self.open.len() >= MAX_DEPTH || (kind == Kind::Formatting && formatting() >= MAX_FORMATTING)
    }

    fn close(&mut self, tag: &Tag) {
        if let Some(count) = self.dropped.get_mut(&tag.name).filter(|count| **count > 0) {
            *count -= 1;
            return;
        }
        match self.find(&tag.name) {
            Some(at) if self.open[at].kind == Kind::Formatting => self.take_out(at),
            Some(at) => self.close_from(at),
            // both stand for something even without a start: an empty paragraph, a line break
            None if (tag.name == "p" || tag.name == "br") && self.left > 0 => {
                self.left -= 1;
                self.out.push_str(if tag.name == "p" { "</p>" } else { "<br>" });
            }
            None => {}
        }
    }

    /// The innermost open element of that name that an end tag may reach.
    fn find(&self, name: &str) -> Option<usize> {
        let is_table_part = names::kind(name) == Kind::TablePart;
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.name == name {
                return Some(at);
            }
            if if is_table_part { open.name == "table" } else { open.kind == Kind::TablePart } {
                return None;
            }
        }
        None
    }

    /// Closes the elements from `at` on, innermost first.
    fn close_from(&mut self, at: usize) {
        for open in self.open.drain(at..).rev() {
            self.out.push_str("</");
            self.out.push_str(&open.name);
            self.out.push('>');
        }
    }

    /// Closes a formatting element that blocks may still be open in; the parser knows how to split those.
    fn take_out(&mut self, at: usize) {
        let open = self.open.remove(at);
        self.out.push_str(&format!("</{}>", open.name));
    }

    /// A block ends the paragraph it stands in; formatting that was open there is given back to be opened inside.
    fn end_paragraph(&mut self, next: &str) -> Vec<Open> {
        let Some(at) = self.find("p") else { return Vec::new() };
        let within: Vec<Open> = self.open.split_off(at + 1);
        for open in within.iter().rev() {
            self.out.push_str(&format!("</{}>", open.name));
        }
        self.close_from(at);
        let is_kept = |open: &Open| open.kind == Kind::Formatting && next != "hr";
        within.into_iter().filter(is_kept).take(MAX_REOPENED).collect()
    }

    fn reopen(&mut self, elements: Vec<Open>) {
        for element in elements {
            let length = element.attributes.len() + element.name.len() + 2;
            if self.is_full(element.kind) || length > self.budget || self.left == 0 {
                return;
            }
            self.budget -= length;
            self.left -= 1;
            let written = self.out[element.attributes.clone()].to_string();
            self.out.push('<');
            self.out.push_str(&element.name);
            let start = self.out.len();
            self.out.push_str(&written);
            let attributes = start..self.out.len();
            self.out.push('>');
            self.open.push(Open { attributes, ..element });
        }
    }

    /// Start tags that end an element of their own sort: `<li>` after `<li>`, `<td>` after `<td>`, `<a>` inside `<a>`.
    fn end_implied(&mut self, name: &str) {
        let (ends, within) = names::implied_ends(name);
        let reaches = self.open.iter().rposition(|open| ends.contains(&open.name.as_str()) || within.contains(&open.name.as_str()));
        let Some(at) = reaches.filter(|at| ends.contains(&self.open[*at].name.as_str())) else { return };
        match self.open[at].kind {
            Kind::Formatting => self.take_out(at),
            _ => self.close_from(at),
        }
    }

    /// Writes a start tag; says where its attributes stand.
    fn write_tag(&mut self, tag: &Tag) -> std::ops::Range<usize> {
        self.left -= 1;
        self.out.push('<');
        self.out.push_str(&tag.name);
        let start = self.out.len();
        for (name, value) in &tag.attributes {
            self.out.push_str(&format!(" {name}=\""));
            self.out.push_str(&value.replace('"', "&quot;"));
            self.out.push('"');
        }
        let end = self.out.len();
        self.out.push('>');
        start..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        assert_eq!(fence(input, &mut Vec::new()), expected, "{input:?}");
    }

    #[test]
    fn ordinary_markup_passes_as_it_is() {
        check("<p>One <b>two</b></p>", "<p>One <b>two</b></p>");
        check("<a href=x title='a \"b\"'>l</a>", "<a href=\"x\" title=\"a &quot;b&quot;\">l</a>");
        check("<p class=it's>a", "<p class=\"it's\">a");
        check("a < b and <3 and <- c", "a < b and <3 and <- c");
        check("<IMG SRC=a.png /><br/>", "<img SRC=\"a.png\"><br>");
        check("", "");
    }

    #[test]
    fn what_is_never_text_is_gone() {
        check("a<script>if (a<b) '</p>'</script>b", "ab");
        check("a<STYLE>p{}</Style >b<!-- c -->d<?php e ?>f<!DOCTYPE html>g", "abdfg");
        check("<![CDATA[<p>x]]>", "<p>x");
        check("<svg><path d='x'/><title>t</title></svg>x", "x");
        check("<plaintext>a<p>b", "a<p>b");
        check("a<!-- never ends <p>b", "ab");
        check("a<script>never ends", "a");
        check("a<script src=https://gist.github.com/me/1.js></script>b", "a<iframe src=\"https://gist.github.com/me/1.js\"></iframe>b");
    }

    #[test]
    fn a_tag_that_is_cut_off_costs_only_itself() {
        check("text <a href=\"http://x", "text ");
        check("a <b", "a ");
        check("a <b c=\"d>e", "a <b c=\"\">e");
    }

    #[test]
    fn what_was_left_open_is_closed_where_it_ends() {
        check("<p>a<p>b", "<p>a</p><p>b");
        check("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>");
        check("<table><tr><td>a<td>b<tr><td>c</table>", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>");
        check("<p><a href=x><div>d</div></a>", "<p><a href=\"x\"></a></p><div><a href=\"x\">d</a></div>");
        check("<a href=x>a<a href=y>b", "<a href=\"x\">a</a><a href=\"y\">b");
        check("<table><tr><td></div>a</td>", "<table><tr><td>a</td>");
        check("<ul><li><ul><li>a</ul><li>b</ul>", "<ul><li><ul><li>a</li></ul></li><li>b</li></ul>");
    }

    #[test]
    fn depth_attributes_and_formatting_are_capped() {
        let deep = fence(&"<div>".repeat(5000), &mut Vec::new());
        assert_eq!(deep.matches("<div>").count(), MAX_DEPTH);
        let many: String = (0..5000).map(|n| format!(" a{n}=1")).collect();
        assert_eq!(fence(&format!("<p{many}>"), &mut Vec::new()).matches('=').count(), scan::MAX_ATTRIBUTES);
        let fonts: String = (0..500).map(|n| format!("<font size={n}>")).collect();
        assert_eq!(fence(&fonts, &mut Vec::new()).matches("<font").count(), MAX_FORMATTING);
        check(
            &format!("{}x{}<p>y", "<div>".repeat(300), "</div>".repeat(300)),
            &format!("{}x{}<p>y", "<div>".repeat(100), "</div>".repeat(100)),
        );
        let long = format!("<p title={}>x", "y".repeat(100_000));
        check(&long, "<p>x");
    }

    #[test]
    fn elements_are_counted_and_the_text_after_too_many_stays() {
        let check = |piece: &str, expected: &str| {
            let mut notes = Vec::new();
            let fenced = fence(&piece.repeat(MAX_ELEMENTS + 2), &mut notes);
            let elements = fenced.matches('<').count() - fenced.matches("</").count() + fenced.matches("</p>").count();
            assert!(elements <= MAX_ELEMENTS, "{elements} of {piece}");
            assert!(fenced.ends_with(expected), "{piece}: {}", &fenced[fenced.len() - 20..]);
            assert_eq!(notes, ["flattened: tags after the first 60000"], "{piece}");
        };
        check("a<br>", "a<br>a a ");
        check("<b>a</b>", "<b>a</b>aa");
        check("<div>a</div>", "<div>a</div> a a");
        check("<li>a", "<li>a a a");
    }

    #[test]
    fn texts_of_one_feed_share_their_elements() {
        let (mut left, mut notes) = (3, Vec::new());
        assert_eq!(fence_within("<p>a</p><p>b</p>", &mut left, &mut notes), "<p>a</p><p>b</p>");
        assert!(notes.is_empty());
        assert_eq!(fence_within("<p>a</p><p>b</p>", &mut left, &mut notes), "<p>a</p> b");
        assert_eq!((left, notes), (0, vec!["flattened: tags after the first 1".to_string()]));
    }

    #[test]
    fn reopened_formatting_cannot_swell_the_text() {
        let attack = format!("<p><a href={}>{}", "x".repeat(4000), "<div></div><p><i>".repeat(20_000));
        assert!(fence(&attack, &mut Vec::new()).len() < attack.len() * 3);
    }

    #[test]
    fn a_note_says_what_was_left_out() {
        let mut notes = Vec::new();
        fence(&"x".repeat(MAX_BYTES + 1), &mut notes);
        fence(&"<div>".repeat(200), &mut notes);
        assert_eq!(notes, ["left out: everything after the first 2000000 bytes", "flattened: tags more than 100 deep"]);
    }
}
