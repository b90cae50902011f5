//! Which `<…>` of a line are tags of HTML and which are words, as in a title about `<canvas>`; the line without the tags.
//! Entities are no concern of this file.

use std::collections::HashMap;

use crate::domain::html_names;

/// Elements whose text is not shown.
const UNSEEN: &[&str] = &["script", "style", "template"];
/// Elements that stand for themselves; of the others that have no content people write.
const EMPTY: &[&str] = &["br", "hr", "img", "wbr"];
/// Elements that end without an end tag.
const ENDED_BY_OTHERS: &[&str] = &["p", "li", "dt", "dd", "tr", "td", "th"];

/// Where the tags of one name are in a text.
#[derive(Default)]
struct Places {
    starts: usize,
    first_start: usize,
    last_end: Option<usize>,
}

/// A tag as it is found.
struct Tag<'a> {
    at: usize,
    /// From `<` to `>`.
    text: &'a str,
    name: &'a str,
    is_end: bool,
}

/// Removes tags of HTML and comments; a `<` that begins neither stays.
pub(crate) fn without(text: &str) -> String {
    let places = places(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Once an end is missing it is not looked for again: that keeps the time linear.
    let mut has_ends = true;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            let length = comment_length(rest, &mut has_ends);
            out.push(if length > 0 { ' ' } else { '<' });
            rest = &rest[length.max(1)..];
            continue;
        }
        let Some(tag) = Tag::at_start(rest, text.len() - rest.len()).filter(|tag| tag.is_markup(text, &places)) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        if !html_names::is_inline(tag.name) {
            out.push(' ');
        }
        rest = &rest[tag.text.len()..];
        if !tag.is_end && html_names::is_one_of(tag.name, UNSEEN) && has_ends {
            rest = after_end(rest, tag.name, &mut has_ends);
        }
    }
    out.push_str(rest);
    out
}

/// The letters and digits that the text begins with.
pub(crate) fn name(text: &str) -> &str {
    &text[..text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len())]
}

/// Whether the `<` that a line begins with is that of a word, as nothing in the rest of the line shows it to be markup.
pub(crate) fn begins_with_word(line: &str) -> bool {
    Tag::at_start(line, 0).is_some_and(|tag| !tag.is_end && !tag.is_markup(line, &places(line)))
}

fn places(text: &str) -> HashMap<String, Places> {
    let mut places: HashMap<String, Places> = HashMap::new();
    for (at, _) in text.match_indices('<') {
        let Some(tag) = Tag::at_start(&text[at..], at) else { continue };
        let found = places.entry(tag.name.to_ascii_lowercase()).or_default();
        if tag.is_end {
            found.last_end = Some(at);
        } else {
            found.first_start = if found.starts == 0 { at } else { found.first_start };
            found.starts += 1;
        }
    }
    places
}

impl<'a> Tag<'a> {
    /// The tag that the text begins with.
    fn at_start(text: &'a str, at: usize) -> Option<Tag<'a>> {
        let length = tag_length(text);
        let is_end = text[1..].starts_with('/');
        (length > 0).then(|| Tag { at, text: &text[..length], name: name(&text[1 + usize::from(is_end)..]), is_end })
    }

    /// Paired, at the edge of the text, formatting, or of an element that needs no end: what is left is a word.
    fn is_markup(&self, text: &str, places: &HashMap<String, Places>) -> bool {
        let Some(found) = places.get(&self.name.to_ascii_lowercase()) else { return false };
        let is = |names| html_names::is_one_of(self.name, names);
        let is_alone = match self.is_end {
            true => found.starts == 0 || found.first_start > self.at,
            false => found.last_end.is_none_or(|end| end < self.at),
        };
        let is_last = || text[self.at + self.text.len()..].trim().is_empty();
        let is_first = || text[..self.at].trim().is_empty();
        !is_alone
            || is(EMPTY)
            || (html_names::is_inline(self.name) && !self.has_words())
            || (self.is_end && is_last())
            || (is(ENDED_BY_OTHERS) && (self.is_end || found.starts > 1 || is_first()))
    }

    /// Whether words stand where attributes would have values, as in `<b and c>`.
    fn has_words(&self) -> bool {
        let mut rest = self.text[1 + usize::from(self.is_end) + self.name.len()..].trim_end_matches('>').trim_end_matches('/').trim();
        while !rest.is_empty() {
            let Some((attribute, value)) = rest.split_once('=') else { return true };
            if attribute.trim().contains(char::is_whitespace) {
                return true;
            }
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let end = quote.map_or_else(|| value.find(char::is_whitespace), |quote| value[1..].find(quote).map(|end| end + 2));
            rest = end.map_or("", |end| &value[end..]).trim_start();
        }
        false
    }
}

fn comment_length(text: &str, has_ends: &mut bool) -> usize {
    let end = if *has_ends { text.find("-->") } else { None };
    *has_ends = end.is_some();
    end.map_or(0, |end| end + 3)
}

/// What follows the next end tag, or all when there is none.
fn after_end<'a>(text: &'a str, of: &str, has_ends: &mut bool) -> &'a str {
    let end = text.match_indices("</").find(|(at, _)| name(&text[at + 2..]).eq_ignore_ascii_case(of));
    *has_ends = end.is_some();
    end.map_or(text, |(at, _)| &text[at..])
}

/// Bytes of the tag that the text begins with; 0 when it is none.
fn tag_length(text: &str) -> usize {
    let body = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let name = name(body);
    if !html_names::is_element(name) || !body[name.len()..].starts_with([' ', '\t', '\n', '/', '>']) {
        return 0;
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return at + 1,
            (None, b'<') => return 0,
            (None, _) => {}
        }
    }
    // A quote in a tag like `<b it's>` is never closed: the first `>` ends it.
    text.find('>').map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_that_nothing_shows_to_be_markup_is_a_word() {
        let check = |input: &str, expected: &str| {
            assert_eq!(without(input).split_whitespace().collect::<Vec<_>>().join(" "), expected, "{input:?}")
        };
        check("a<b and c>d", "a<b and c>d");
        check("The <canvas> element", "The <canvas> element");
        check("How to use <div> in HTML", "How to use <div> in HTML");
        check("Use <script> tags", "Use <script> tags");
        check("<marquee>", "<marquee>");
        check("Never <input type=number>", "Never <input type=number>");
        check("Why <p> is no <div>", "Why <p> is no <div>");
        check("<canvas>drawn</canvas> and <svg>", "drawn and <svg>");
        check("the </body> that is missing", "the </body> that is missing");
        check("<script>alert(1)</script>ok <style>", "ok <style>");
    }

    #[test]
    fn what_is_paired_empty_formatting_or_at_the_edge_is_markup() {
        let check = |input: &str, expected: &str| {
            assert_eq!(without(input).split_whitespace().collect::<Vec<_>>().join(" "), expected, "{input:?}")
        };
        check("<div class='x'>News</DIV>", "News");
        check("one<br>two<hr/>three <img src=a alt='b c'>", "one two three");
        check("<b>Bold and <i class=\"x\" id=y>italic", "Bold and italic");
        check("<p>News", "News");
        check("<p>One<p>Two", "One Two");
        check("News</div>", "News");
        check("News</p> and more", "News and more");
        check("<b and c>d</b>", "d");
        check("<a href=x target=\"_blank\" >d", "d");
        check("<em/>d", "d");
    }
}
