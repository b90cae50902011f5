//! Cuts HTML into text and tags in one pass. Comments, declarations and the content of scripts and styles are
//! passed over. It must not look ahead further than what it then consumes, or time is no longer linear.

use std::collections::HashSet;

use crate::domain::wrap::prefix_of_bytes;

/// Attributes kept on one element.
pub(super) const MAX_ATTRIBUTES: usize = 100;
/// Bytes of an attribute's value; a longer one (an image as data, a whole style sheet) is left out.
const MAX_VALUE_BYTES: usize = 8_192;
/// Bytes of an element's or attribute's name.
const MAX_NAME_BYTES: usize = 64;

/// Elements whose content is not text.
const SKIPPED: &[&str] = &["script", "style", "svg", "noembed", "noframes", "template", "select", "canvas", "map", "title", "textarea"];
/// An element whose own tag counts, and whose content is for browsers that do not know it.
const FRAME: &str = "iframe";

/// How addresses of scripts begin, behind their scheme, that write somebody's text into the page.
const SHOWN_SCRIPT: &str = "gist.github.com/";

pub(super) enum Token<'a> {
    Text(&'a str),
    /// Text that looks like a tag and must not be taken for one.
    Literal(&'a str),
    Tag(Tag<'a>),
    /// An element whose content is not text, with that content.
    Skipped {
        name: String,
        content: &'a str,
    },
}

pub(super) struct Tag<'a> {
    /// Lower case.
    pub name: String,
    pub attributes: Vec<(&'a str, &'a str)>,
    pub is_end: bool,
}

pub(super) struct Scanner<'a> {
    html: &'a str,
    at: usize,
    is_in_cdata: bool,
    /// Where the last quote of each sort and the last `>` stand: no search goes past them.
    last_double: usize,
    last_single: usize,
    last_close: usize,
    /// What was looked for to the end of the text and is not there.
    missing: HashSet<&'static str>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(html: &'a str) -> Scanner<'a> {
        let last = |mark| html.rfind(mark).unwrap_or(0);
        Scanner {
            html,
            at: 0,
            is_in_cdata: false,
            last_double: last('"'),
            last_single: last('\''),
            last_close: last('>'),
            missing: HashSet::new(),
        }
    }

    pub(super) fn next_token(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = &self.html[self.at..];
            if rest.is_empty() {
                return None;
            }
            if !rest.starts_with('<') {
                let length = rest.find('<').unwrap_or(rest.len());
                return Some(Token::Text(self.text(length)));
            }
            match rest.as_bytes().get(1) {
                Some(b'!' | b'?') => self.pass_declaration(),
                Some(b'/') if rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) => return self.tag(true),
                Some(letter) if letter.is_ascii_alphabetic() => {
                    let tag = match self.tag(false) {
                        Some(Token::Tag(tag)) => tag,
                        other => return other,
                    };
                    let start = self.at;
                    if !self.pass_content(&tag.name) {
                        return Some(Token::Tag(tag));
                    }
                    if is_shown(&tag) {
                        return Some(Token::Tag(Tag { name: FRAME.to_string(), ..tag }));
                    }
                    let passed = &self.html[start..self.at];
                    let content = passed.rfind("</").map_or(passed, |end| &passed[..end]);
                    return Some(Token::Skipped { name: tag.name, content });
                }
                _ => return Some(Token::Text(self.take(1))),
            }
        }
    }

    /// Text up to the next tag; without the mark that ends a CDATA section, when we are in one.
    fn text(&mut self, length: usize) -> &'a str {
        let text = &self.html[self.at..self.at + length];
        match text.find("]]>").filter(|_| self.is_in_cdata) {
            Some(end) => {
                self.is_in_cdata = false;
                let text = self.take(end);
                self.at += 3;
                text
            }
            None => self.take(length),
        }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let start = self.at;
        self.at += length;
        &self.html[start..self.at]
    }

    /// Passes over a comment, a declaration or an instruction; of a CDATA section only over its mark.
    fn pass_declaration(&mut self) {
        let rest = &self.html[self.at..];
        if rest.starts_with("<![CDATA[") {
            self.at += "<![CDATA[".len();
            self.is_in_cdata = true;
            return;
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            if comment.starts_with('>') || comment.starts_with("->") {
                self.at += 5;
                return;
            }
            if let Some(end) = self.find_once(4, "-->") {
                self.at += end + 3;
                return;
            }
        }
        self.at = if self.at >= self.last_close { self.html.len() } else { self.at + rest.find('>').map_or(rest.len(), |end| end + 1) };
    }

    /// Where `mark` stands after the place we are at; a mark that is missing is not looked for again.
    fn find_once(&mut self, from: usize, mark: &'static str) -> Option<usize> {
        if self.missing.contains(mark) {
            return None;
        }
        let found = self.html[self.at + from..].find(mark).map(|end| end + from);
        if found.is_none() {
            self.missing.insert(mark);
        }
        found
    }

    /// After a start tag: passes over the whole content when it is not text. Says whether it did.
    fn pass_content(&mut self, name: &str) -> bool {
        if name == FRAME {
            self.at = self.end_tag_of(FRAME).unwrap_or(self.at);
            return false;
        }
        let Some(name) = SKIPPED.iter().find(|skipped| **skipped == name) else { return false };
        match self.end_tag_of(name) {
            Some(end) => self.at = end,
            // like a browser: the rest is script or style; of the others only the tag is lost
            None if matches!(*name, "script" | "style") => self.at = self.html.len(),
            None => {}
        }
        true
    }

    fn end_tag_of(&mut self, name: &'static str) -> Option<usize> {
        if self.missing.contains(name) {
            return None;
        }
        let rest = &self.html[self.at..];
        let is_end =
            |at: usize| rest.as_bytes().get(at + 2..at + 2 + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()));
        let found = rest.match_indices("</").map(|(at, _)| at).find(|at| is_end(*at));
        let Some(at) = found else {
            self.missing.insert(name);
            return None;
        };
        Some(self.at + rest[at..].find('>').map_or(rest.len(), |end| at + end + 1))
    }

    /// A start or end tag; `None` when the text ends inside it.
    fn tag(&mut self, is_end: bool) -> Option<Token<'a>> {
        if self.at >= self.last_close {
            return if is_cut_off(&self.html[self.at..]) { None } else { Some(Token::Literal(self.take(1))) };
        }
        self.at += 1 + usize::from(is_end);
        let name = self.word(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'<'));
        let name = prefix_of_bytes(name, MAX_NAME_BYTES).to_ascii_lowercase();
        let name = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_')).collect();
        let attributes = self.attributes(is_end);
        Some(Token::Tag(Tag { name, attributes, is_end }))
    }

    fn byte(&self) -> Option<u8> {
        self.html.as_bytes().get(self.at).copied()
    }

    fn word(&mut self, is_end: impl Fn(u8) -> bool) -> &'a str {
        let start = self.at;
        let bytes = self.html.as_bytes();
        while self.at < bytes.len() && !is_end(bytes[self.at]) {
            self.at += 1;
        }
        &self.html[start..self.at]
    }

    /// The attributes up to and with the `>`.
    fn attributes(&mut self, is_end: bool) -> Vec<(&'a str, &'a str)> {
        let mut attributes: Vec<(&str, &str)> = Vec::new();
        while let Some(byte) = self.byte() {
            match byte {
                b'>' => {
                    self.at += 1;
                    break;
                }
                // a tag that was never closed: the next one begins
                b'<' => break,
                b'/' | b'=' | b'"' | b'\'' => self.at += 1,
                byte if byte.is_ascii_whitespace() => self.at += 1,
                _ => {
                    let (name, value) = self.attribute();
                    if !is_end && attributes.len() < MAX_ATTRIBUTES && is_attribute_name(name) && value.len() <= MAX_VALUE_BYTES {
                        attributes.push((name, value));
                    }
                }
            }
        }
        attributes
    }

    fn attribute(&mut self) -> (&'a str, &'a str) {
        let name = self.word(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/' | b'<'));
        self.word(|byte| !byte.is_ascii_whitespace());
        if self.byte() != Some(b'=') {
            return (name, "");
        }
        self.at += 1;
        self.word(|byte| !byte.is_ascii_whitespace());
        (name, self.value())
    }

    fn value(&mut self) -> &'a str {
        let (quote, last) = match self.byte() {
            Some(b'"') => (b'"', self.last_double),
            Some(b'\'') => (b'\'', self.last_single),
            _ => return self.word(|byte| byte.is_ascii_whitespace() || byte == b'>'),
        };
        self.at += 1;
        if self.at > last {
            // a quote that is never closed ends with the tag
            self.word(|byte| byte == b'>');
            return "";
        }
        let value = self.word(|byte| byte == quote);
        self.at += 1;
        value
    }
}

/// Whether a script stands for a text that it would write.
fn is_shown(tag: &Tag) -> bool {
    let is_shown = |address: &str| {
        address.split_once("//").is_some_and(|(scheme, rest)| matches!(scheme, "" | "https:" | "http:") && rest.starts_with(SHOWN_SCRIPT))
    };
    tag.name == "script" && tag.attributes.iter().any(|(name, value)| name.eq_ignore_ascii_case("src") && is_shown(value.trim()))
}

/// Whether a text that ends without `>` ends in the middle of a tag, rather than having a `<` in its prose.
fn is_cut_off(rest: &str) -> bool {
    rest.len() <= MAX_VALUE_BYTES && !rest[1..].contains('<') && (rest.len() < 24 || rest.contains('='))
}

fn is_attribute_name(name: &str) -> bool {
    name.len() <= MAX_NAME_BYTES && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'))
}
