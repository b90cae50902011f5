//! Cuts markup into tags and text, taking each byte once; makes the best of broken tags. Keeps no account of nesting.

use std::borrow::Cow;

use super::{nesting, php};
use crate::sources::tree::Attribute;

/// Attributes of one element that are kept.
const MAX_ATTRIBUTES: usize = 96;
const CDATA: &str = "<![CDATA[";

/// One piece of markup.
pub(super) enum Token<'a> {
    Text(&'a str),
    /// A CDATA section, and whether its end was there.
    Cdata(&'a str, bool),
    /// The internal subset of a document type.
    Doctype(&'a str),
    Start(StartTag<'a>),
    End(&'a str),
    /// A comment or instruction.
    Hidden,
    /// The XML declaration, and whether it is as it must be.
    Declaration(bool),
    /// A comment that XML does not allow.
    OddComment,
    /// Something that had to be left out, in words.
    Skipped(&'static str),
}

/// A start tag with its attributes, each name once.
pub(super) struct StartTag<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) is_closed: bool,
    /// What was wrong with it.
    pub(super) fault: Option<&'static str>,
}

/// Reads markup from its beginning to its end.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// From where on there is no such end any more: searching again would make the time quadratic.
    no_comment_end_from: usize,
    no_quote_from: [usize; 2],
    /// Where the next CDATA section ends, once looked for.
    cdata_end: usize,
    has_doctype: bool,
    /// Attributes that were looked at, each time.
    #[cfg(test)]
    pub(super) steps: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Lexer<'a> {
        Lexer {
            text,
            at: 0,
            no_comment_end_from: usize::MAX,
            no_quote_from: [usize::MAX; 2],
            cdata_end: 0,
            has_doctype: false,
            #[cfg(test)]
            steps: 0,
        }
    }

    /// Bytes read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Whether nothing but white space stands before the place.
    pub(super) fn is_blank_before(&self, position: usize) -> bool {
        self.text[..position].trim_start().is_empty()
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// A CDATA section. One without end ends with the element `open` that it is in; that it has none shows where the element's
    /// end tag comes, and then another section begins before any ends, or the feed goes on.
    fn cdata(&mut self, open: &str) -> Token<'a> {
        self.at += CDATA.len();
        let rest = self.rest();
        let end = self.find_cdata_end();
        let inside = &rest[..end.unwrap_or(rest.len())];
        // Who quotes `]]>` in a section splits it: `]]]]><![CDATA[>`.
        let (next, is_split) = (inside.find(CDATA), end.is_some() && inside.ends_with("]]"));
        let own_end = match (end, next) {
            (None, _) => own_end(inside, open),
            (Some(_), Some(next)) if !is_split => own_end(&inside[..next], open),
            // The end that is found is a stray one, when the feed went on before it.
            (Some(_), None) if !is_split => own_end(inside, open).filter(|end| is_before_feed_word(&inside[*end..])),
            _ => None,
        };
        self.at += own_end.unwrap_or_else(|| end.map_or(rest.len(), |end| end + "]]>".len()));
        Token::Cdata(&inside[..own_end.unwrap_or(inside.len())], end.is_some() && own_end.is_none())
    }

    /// The bytes up to the next `]]>`, which is looked for once.
    fn find_cdata_end(&mut self) -> Option<usize> {
        if self.cdata_end < self.at {
            self.cdata_end = self.rest().find("]]>").map_or(usize::MAX, |end| self.at + end);
        }
        (self.cdata_end < usize::MAX).then(|| self.cdata_end - self.at)
    }

    /// The next piece, inside an element of the name `open`.
    pub(super) fn next(&mut self, open: &str) -> Option<Token<'a>> {
        let rest = self.rest();
        if let Some(length) = php::message_at(rest) {
            self.at += length;
            return Some(Token::Skipped("output of PHP"));
        }
        let bytes = rest.as_bytes();
        match (bytes.first()?, bytes.get(1)) {
            (b'<', Some(b'!')) => Some(self.declaration(open)),
            (b'<', Some(b'?')) => Some(self.instruction()),
            (b'<', Some(b'/')) if rest[2..].trim_start().starts_with(is_name_start) => Some(self.end_tag()),
            (b'<', Some(_)) if rest[1..].starts_with(is_name_start) && nesting::is_tag_in(open, name(&rest[1..]), rest) => self.start_tag(),
            (b'<', None) => {
                self.at = self.text.len();
                Some(Token::Skipped("the document ends inside a tag"))
            }
            _ => Some(self.plain_text()),
        }
    }

    fn plain_text(&mut self) -> Token<'a> {
        let rest = self.rest();
        // A `<` that came here begins no tag: it is text.
        let skipped = usize::from(rest.starts_with('<'));
        let end = rest[skipped..].find('<').map_or(rest.len(), |at| at + skipped);
        self.at += end;
        Token::Text(&rest[..end])
    }

    fn declaration(&mut self, open: &str) -> Token<'a> {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            return self.comment();
        }
        if rest.starts_with(CDATA) {
            return self.cdata(open);
        }
        if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!DOCTYPE")) {
            return self.doctype();
        }
        match rest.find('>') {
            Some(end) => {
                self.at += end + 1;
                Token::Skipped("a declaration left out")
            }
            None => {
                self.at = self.text.len();
                Token::Skipped("the document ends inside a declaration")
            }
        }
    }

    fn comment(&mut self) -> Token<'a> {
        let start = self.at;
        self.at += "<!--".len();
        if self.rest().starts_with('>') {
            self.at += 1;
            return Token::Hidden;
        }
        if start < self.no_comment_end_from {
            if let Some(end) = self.rest().find("-->") {
                let inside = &self.rest()[..end];
                self.at += end + "-->".len();
                let is_sound = !inside.contains("--") && !inside.ends_with('-');
                return if is_sound { Token::Hidden } else { Token::OddComment };
            }
            self.no_comment_end_from = start;
        }
        Token::Skipped("comment without end")
    }

    fn instruction(&mut self) -> Token<'a> {
        let rest = self.rest();
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        self.at += end;
        match rest[..end].strip_prefix("<?xml").filter(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '?')) {
            Some(declaration) => Token::Declaration(declaration.ends_with("?>") && has_quotes(declaration)),
            None => Token::Hidden,
        }
    }

    /// `<!DOCTYPE name … [subset]>`, quotes heeded.
    fn doctype(&mut self) -> Token<'a> {
        let rest = self.rest();
        let head = rest.find(['[', '>']).unwrap_or(rest.len());
        // A second one has no meaning; its end is not looked for, or time would be quadratic.
        if std::mem::replace(&mut self.has_doctype, true) || !rest[head..].starts_with('[') {
            self.at += (head + 1).min(rest.len());
            return Token::Doctype("");
        }
        let subset = &rest[head + 1..];
        let mut quote = None;
        let end = subset.bytes().position(|byte| match (quote, byte) {
            (Some(open), byte) if open == byte => {
                quote = None;
                false
            }
            (Some(_), _) => false,
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                false
            }
            (None, byte) => byte == b']',
        });
        let Some(end) = end else {
            self.at += head + 1;
            return Token::Skipped("document type without end");
        };
        let after = &subset[end..];
        self.at += head + 1 + end + after.find('>').map_or(1, |close| close + 1);
        Token::Doctype(&subset[..end])
    }

    fn end_tag(&mut self) -> Token<'a> {
        let rest = self.rest();
        let body = rest[2..].trim_start();
        let name = name(body);
        let offset = rest.len() - body.len() + name.len();
        let close = rest[offset..].find(['>', '<']);
        self.at += match close {
            Some(close) if rest[offset + close..].starts_with('>') => offset + close + 1,
            Some(close) => offset + close,
            None => {
                self.at = self.text.len();
                return Token::Skipped("the document ends inside a tag");
            }
        };
        Token::End(name)
    }

    /// `None` when the document ends inside the tag.
    fn start_tag(&mut self) -> Option<Token<'a>> {
        let (start, name) = (self.at, name(&self.rest()[1..]));
        self.at += 1 + name.len();
        let mut tag = StartTag { name, attributes: Vec::new(), is_closed: false, fault: None };
        loop {
            let before = self.rest();
            self.at += before.len() - before.trim_start().len();
            let rest = self.rest();
            match rest.as_bytes().first() {
                None => return Some(Token::Skipped("the document ends inside a tag")),
                Some(b'>') => {
                    self.at += 1;
                    return Some(Token::Start(tag));
                }
                // `a <b then c<` is no tag: it has words where attributes have values. All that was passed is its text: from the
                // first `<` in a quoted value on, it would be passed again and again.
                Some(b'<') if tag.attributes.first().is_some_and(|first| first.value.is_empty()) && !nesting::is_feed_word(name) => {
                    return Some(Token::Text(&self.text[start..self.at]));
                }
                Some(b'<') => {
                    tag.fault = Some("tag without >");
                    return Some(Token::Start(tag));
                }
                Some(b'/') => {
                    self.at += 1;
                    tag.is_closed = self.rest().starts_with('>');
                }
                Some(_) => {
                    if rest.len() == before.len() && !tag.attributes.is_empty() {
                        tag.fault = tag.fault.or(Some("no space between attributes"));
                    }
                    self.attribute(&mut tag);
                }
            }
        }
    }

    fn attribute(&mut self, tag: &mut StartTag<'a>) {
        #[cfg(test)]
        {
            self.steps += 1;
        }
        let rest = self.rest();
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<')).unwrap_or(rest.len());
        let name = &rest[..end];
        self.at += end;
        let after = rest[end..].trim_start();
        let value = match after.strip_prefix('=') {
            Some(value) => {
                let value = value.trim_start();
                self.at = self.text.len() - value.len();
                self.value(tag)
            }
            None => {
                tag.fault = tag.fault.or(Some("attribute without value"));
                ""
            }
        };
        if value.contains('<') {
            tag.fault = tag.fault.or(Some("< in an attribute"));
        }
        // A lone `=` or quote: step over it, so that reading goes on.
        if name.is_empty() || name.starts_with(['"', '\'']) {
            self.at = self.at.max(self.text.len() - rest.len() + rest.chars().next().map_or(1, char::len_utf8));
            tag.fault = Some("stray character in a tag");
            return;
        }
        if tag.attributes.len() >= MAX_ATTRIBUTES {
            tag.fault = Some("too many attributes");
        } else if tag.attributes.iter().any(|known| known.name == name) {
            tag.fault = Some("attribute given twice");
        } else {
            tag.attributes.push(Attribute { name, value: Cow::Borrowed(value) });
        }
    }

    fn value(&mut self, tag: &mut StartTag<'a>) -> &'a str {
        let rest = self.rest();
        let which = match rest.as_bytes().first() {
            Some(b'"') => 0,
            Some(b'\'') => 1,
            _ => return self.bare_value(tag),
        };
        let body = &rest[1..];
        if self.at < self.no_quote_from[which] {
            match body.find(['"', '\''][which]) {
                Some(end) if is_end_of_value(&body[..end], &body[end + 1..]) => {
                    self.at += end + 2;
                    // The quote that was found opens the next value: its own is missing.
                    let Some(end) = before_next_name(&body[..end], &body[end + 1..]) else { return &body[..end] };
                    tag.fault = Some("attribute without closing quote");
                    self.at = self.text.len() - body.len() + end;
                    return body[..end].trim_end();
                }
                Some(_) => {}
                None => self.no_quote_from[which] = self.at,
            }
        }
        tag.fault = Some("attribute without closing quote");
        let end = body.find(['>', '<']).unwrap_or(body.len());
        self.at += 1 + end;
        body[..end].trim_end_matches('/')
    }

    fn bare_value(&mut self, tag: &mut StartTag<'a>) -> &'a str {
        tag.fault = Some("attribute without quotes");
        let rest = self.rest();
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '<')).unwrap_or(rest.len());
        // `<a href=x/>` closes; `<a href=http://x/>` is an address that ends in a slash.
        let value = &rest[..end];
        let value = value.strip_suffix('/').filter(|value| rest[end..].starts_with('>') && !value.contains('/')).unwrap_or(value);
        self.at += value.len();
        value
    }
}

/// Whether every value has its quotes.
fn has_quotes(declaration: &str) -> bool {
    declaration.split('=').skip(1).all(|value| value.trim_start().starts_with(['"', '\'']))
}

/// Where the end tag of the element is in the text, when no start tag of that name comes before it.
fn own_end(text: &str, name: &str) -> Option<usize> {
    let is_tag = |after: &str| after.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    let find = |tag: String, text: &str| text.match_indices(&tag).map(|(at, _)| at).find(|at| is_tag(&text[at + tag.len()..]));
    let end = find(format!("</{name}"), text)?;
    find(format!("<{name}"), &text[..end]).is_none().then_some(end)
}

/// Whether what follows the end tag that a text begins with is markup of a feed.
fn is_before_feed_word(text: &str) -> bool {
    let after = text.split_once('>').and_then(|(_, after)| after.trim_start().strip_prefix('<'));
    after.map(|tag| name(tag.strip_prefix('/').unwrap_or(tag))).is_some_and(|name| nesting::is_feed_word(name) || nesting::is_article(name))
}

/// Whether a quote ends a value: not when the value has swallowed tags and what follows cannot follow a value.
fn is_end_of_value(value: &str, after: &str) -> bool {
    fits_after_value(after) || !value.contains('<')
}

fn fits_after_value(after: &str) -> bool {
    after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '?'))
}

/// Where the space is before ` name=` at the end of a value, when what follows shows that its quote is not the value's.
fn before_next_name(value: &str, after: &str) -> Option<usize> {
    let (before, name) = value.strip_suffix('=')?.rsplit_once(char::is_whitespace)?;
    let is_name = name.starts_with(is_name_start) && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ':' | '-' | '_'));
    (is_name && !fits_after_value(after)).then_some(before.len())
}

fn name(text: &str) -> &str {
    &text[..text.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<' | '=' | '"' | '\'' | '&')).unwrap_or(text.len())]
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}
