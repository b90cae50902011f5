//! HTML as text: written from a tree, and its relative addresses made absolute. It cleans nothing: that is `clean`'s.

use std::fmt::Write;

use super::links::{self, Base};
use super::tree::{Element, Node, is_one_of};
use super::{controls, space::Space};
use crate::domain::wrap::prefix_of_bytes;
use crate::domain::{entities, html_names};

/// Attributes that hold one address.
const ADDRESSES: &[&str] = &[
    "href",
    "src",
    "poster",
    "cite",
    "data",
    "action",
    "formaction",
    "background",
    "longdesc",
    "lowsrc",
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-href",
    "xlink:href",
    "codebase",
    "classid",
    "usemap",
    "profile",
];
/// Attributes that hold a list of addresses with sizes.
const ADDRESS_LISTS: &[&str] = &["srcset", "data-srcset", "imagesrcset"];

/// Attributes that hold addresses between white space or commas.
const BARE_LISTS: &[&str] = &["ping", "archive"];
/// Bytes of a tag in which the base of its own addresses is looked for.
const CODEBASE_WITHIN: usize = 2_000;

/// Where relative addresses of a body lead.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) base: Base,
    /// The article's own address, for links to places inside it.
    pub(crate) page: Option<String>,
}

impl Place {
    fn absolute(&self, address: &str) -> Option<String> {
        match address.trim() {
            "" => None,
            fragment if fragment.starts_with('#') => {
                let page = self.page.as_ref()?.split('#').next()?;
                self.base.affords(page.len() + fragment.len()).then(|| format!("{page}{fragment}"))
            }
            address if links::has_scheme(address) => None,
            address => self.base.absolute(address),
        }
    }

    /// As inside a tag whose own addresses have a base of their own (HTML 4, section 13.3.1).
    fn with_codebase(&self, codebase: &str) -> Place {
        Place { base: self.base.inside(Some(codebase)), page: self.page.clone() }
    }

    pub(crate) fn inside(&self, element: &Element<'_>) -> Place {
        Place { base: self.base.inside(element.xml_attribute("base")), page: self.page.clone() }
    }
}

/// The markup inside an element. Text directly in it is markup too, unless `is_xml`; deeper text never is.
pub(crate) fn inner(element: &Element<'_>, place: &Place, is_xml: bool) -> String {
    let mut out = String::new();
    push_nodes(&mut out, &element.children, place, is_xml);
    out
}

fn push_nodes(out: &mut String, nodes: &[Node<'_>], place: &Place, is_xml: bool) {
    for node in nodes {
        match node {
            Node::Text(text) if is_xml => push_escaped(out, text),
            Node::Cdata(text) if is_xml && !text.contains('<') => push_escaped(out, text),
            Node::Text(text) | Node::Cdata(text) => out.push_str(&absolute(text, place)),
            Node::Element(element) => push_element(out, element, place),
        }
    }
}

fn push_element(out: &mut String, element: &Element<'_>, place: &Place) {
    let inside = element.xml_attribute("base").map(|_| place.inside(element));
    let place = inside.as_ref().unwrap_or(place);
    let name = if element.space == Space::Xhtml { element.local() } else { element.name };
    out.push('<');
    out.push_str(name);
    let coded = element.attribute("codebase").filter(|_| has_codebase(name)).map(|codebase| place.with_codebase(codebase));
    for attribute in &element.attributes {
        if element.space == Space::Xhtml && attribute.name.starts_with("xmlns") || attribute.name == "xml:base" {
            continue;
        }
        let place = coded.as_ref().filter(|_| !is_codebase(attribute.name)).unwrap_or(place);
        let value = rewritten(attribute.name, &attribute.value, place);
        let _ = write!(out, " {}=\"", attribute.name);
        push_escaped(out, value.as_deref().unwrap_or(&attribute.value));
        out.push('"');
    }
    out.push('>');
    if html_names::is_void(name) {
        return;
    }
    push_nodes(out, &element.children, place, true);
    let _ = write!(out, "</{name}>");
}

/// The attribute's value with absolute addresses; `None` when it stays.
fn rewritten(name: &str, value: &str, place: &Place) -> Option<String> {
    match name {
        // The map of an image is in its own page, also where others show the page.
        name if name.eq_ignore_ascii_case("usemap") && value.trim_start().starts_with('#') => None,
        name if name.eq_ignore_ascii_case("href") && value.trim().is_empty() => place.page.clone(),
        name if is_one_of(name, ADDRESSES) => place.absolute(value),
        name if is_one_of(name, ADDRESS_LISTS) => Some(rewritten_list(value, place)),
        name if is_one_of(name, BARE_LISTS) => Some(rewritten_bare_list(value, place)),
        name if name.eq_ignore_ascii_case("style") => rewritten_style(value, place),
        _ => None,
    }
}

fn rewritten_bare_list(list: &str, place: &Place) -> String {
    let parts = list.split_inclusive(|c: char| c.is_whitespace() || c == ',').map(|part| {
        let address = part.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
        format!("{}{}", place.absolute(address).as_deref().unwrap_or(address), &part[address.len()..])
    });
    parts.collect()
}

/// CSS with the addresses in `url(…)` made absolute.
fn rewritten_style(style: &str, place: &Place) -> Option<String> {
    let lower = style.to_ascii_lowercase();
    let (mut out, mut done) = (String::new(), 0);
    for (at, open) in lower.match_indices("url(") {
        let start = at + open.len();
        let Some(inside) = style[start..].split_once(')').map(|(inside, _)| inside).filter(|_| at >= done) else { continue };
        let address = inside.trim().trim_matches(['"', '\'']);
        if let Some(whole) = place.absolute(address) {
            let before = inside.find(address).unwrap_or(0);
            out.push_str(&style[done..start + before]);
            out.push_str(&whole);
            done = start + before + address.len();
        }
    }
    out.push_str(&style[done..]);
    (done > 0).then_some(out)
}

fn has_codebase(name: &str) -> bool {
    is_one_of(name, &["object", "applet"])
}

fn is_codebase(name: &str) -> bool {
    name.eq_ignore_ascii_case("codebase")
}

/// The base that a tag has for its own addresses; `rest` begins after its name.
fn codebase_in(rest: &str) -> Option<String> {
    let near = prefix_of_bytes(rest, CODEBASE_WITHIN);
    let tag = &near[..near.find('>')?];
    let at = tag.to_ascii_lowercase().find("codebase")?;
    let value = tag[at + "codebase".len()..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => value[1..].split(quote).next()?,
        None => value.split_whitespace().next()?,
    };
    Some(entities::decode(value).into_owned())
}

/// `address 2x, address 640w` (HTML, section 4.8.4.2.1).
fn rewritten_list(list: &str, place: &Place) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut rest = list.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    while !rest.is_empty() {
        let (address, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        let (size, after) = match address.ends_with(',') {
            true => ("", after),
            false => after.split_at(after.find(',').unwrap_or(after.len())),
        };
        let address = address.trim_end_matches(',');
        let whole = place.absolute(address);
        out.push(format!("{} {}", whole.as_deref().unwrap_or(address), size.trim()).trim_end().to_string());
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }
    out.join(", ")
}

/// HTML with its relative addresses made absolute, and not a byte else changed.
pub(crate) fn absolute(html: &str, place: &Place) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let name = tag[1..].bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(tag.len() - 1);
        out.push_str(&tag[..=name]);
        rest = &tag[name + 1..];
        if name > 0 {
            let coded = has_codebase(&tag[1..=name]).then(|| codebase_in(rest)).flatten().map(|codebase| place.with_codebase(&codebase));
            rest = attributes(rest, place, coded.as_ref(), &mut out);
        }
    }
    out.push_str(rest);
    out
}

/// Copies the attributes of one tag up to its `>`, and returns what follows; `coded` is the place of a tag with a base of its own.
fn attributes<'a>(text: &'a str, place: &Place, coded: Option<&Place>, out: &mut String) -> &'a str {
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        match next {
            '>' | '<' => return rest,
            c if c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '=') => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
            _ => {
                let is_own = rest.get(.."codebase".len()).is_some_and(is_codebase);
                rest = attribute(rest, coded.filter(|_| !is_own).unwrap_or(place), out);
            }
        }
    }
    rest
}

fn attribute<'a>(text: &'a str, place: &Place, out: &mut String) -> &'a str {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<')).unwrap_or(text.len());
    let (name, after) = text.split_at(end);
    out.push_str(name);
    let Some(value) = after.trim_start().strip_prefix('=') else { return after };
    let value = value.trim_start();
    out.push('=');
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (raw, rest) = match quote {
        Some(quote) => match value[1..].split_once(quote) {
            Some(parts) => parts,
            None => {
                out.push_str(value);
                return "";
            }
        },
        None => value.split_at(value.find(|c: char| c.is_whitespace() || matches!(c, '>' | '<')).unwrap_or(value.len())),
    };
    match rewritten(name, &entities::decode(raw), place) {
        Some(whole) => {
            let _ = write!(out, "\"{}\"", escape(&whole));
        }
        None => {
            out.extend(quote);
            out.push_str(raw);
            out.extend(quote);
        }
    }
    rest
}

/// A plain text as HTML: escaped, blank lines part paragraphs, line ends are kept.
pub(crate) fn from_plain(text: &str) -> String {
    let text = text.trim();
    if !text.contains('\n') {
        return escape(text);
    }
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    paragraphs.map(|paragraph| format!("<p>{}</p>", escape(paragraph).replace('\n', "<br>"))).collect()
}

/// Whether a text that claims to be plain is HTML after all.
pub(crate) fn is_html(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let body = &text[at + 1..];
        let is_end = body.starts_with('/');
        let body = body.trim_start_matches('/');
        let name = &body[..body.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(body.len())];
        let is_tag = matches!(body.as_bytes().get(name.len()), Some(b'>' | b' ' | b'/'));
        is_tag && html_names::is_element(name) && (is_end || html_names::is_void(name) || name.eq_ignore_ascii_case("p"))
    })
}

/// A text as HTML that shows it.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    push_escaped(&mut out, text);
    out
}

/// [`escape`] onto the end of a string; also right inside a quoted attribute. Controls are left out: references may have
/// brought them in after the text was rid of them.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if controls::is_unwanted(c) => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place { base: Base::new(Some("http://example.com/d/")), page: Some("http://example.com/d/a.html".into()) }
    }

    #[test]
    fn relative_addresses_become_absolute_and_nothing_else_changes() {
        let check = |input: &str, expected: &str| assert_eq!(absolute(input, &place()), expected, "{input:?}");
        check("<a href='x'>y</a>", "<a href=\"http://example.com/d/x\">y</a>");
        check("<IMG SRC=/i.png ALT=x>", "<IMG SRC=\"http://example.com/i.png\" ALT=x>");
        check(
            "<a href=\"http://other.example/?a=1&amp;b=2\" title='a > b'>y",
            "<a href=\"http://other.example/?a=1&amp;b=2\" title='a > b'>y",
        );
        check("<a href=\"?a=1&amp;b=2\">", "<a href=\"http://example.com/d/?a=1&amp;b=2\">");
        check("<img srcset=\"a&#x202e;.png 1x, b\">", "<img srcset=\"http://example.com/d/a.png 1x, http://example.com/d/b\">");
        check("<img srcset=\"a.png 1x, /b.png 2x\">", "<img srcset=\"http://example.com/d/a.png 1x, http://example.com/b.png 2x\">");
        check(
            "<video poster=p.jpg><source src=v.mp4>",
            "<video poster=\"http://example.com/d/p.jpg\"><source src=\"http://example.com/d/v.mp4\">",
        );
        check("<blockquote cite='q'>", "<blockquote cite=\"http://example.com/d/q\">");
        check("<a href=\"#note\">1</a>", "<a href=\"http://example.com/d/a.html#note\">1</a>");
        check("<a href=\"javascript:x\"> 1 < 2 </a> a=b", "<a href=\"javascript:x\"> 1 < 2 </a> a=b");
        check("<a href=''>x</a>", "<a href=\"http://example.com/d/a.html\">x</a>");
        check("<a ping='/p /q'>", "<a ping=\"http://example.com/p http://example.com/q\">");
        check("<img usemap='#m' src=''>", "<img usemap='#m' src=''>");
        check("<img usemap='m.html#m'>", "<img usemap=\"http://example.com/d/m.html#m\">");
        check("<head profile='p'>", "<head profile=\"http://example.com/d/p\">");
        check(
            "<object codebase='/c/' data='x.swf' classid='y' archive='a.jar /b.jar'>",
            "<object codebase=\"http://example.com/c/\" data=\"http://example.com/c/x.swf\" classid=\"http://example.com/c/y\" archive=\"http://example.com/c/a.jar http://example.com/b.jar\">",
        );
        check(
            "<applet archive='a.jar,b.jar' codebase='c/'><a href='z'>",
            "<applet archive=\"http://example.com/d/c/a.jar,http://example.com/d/c/b.jar\" codebase=\"http://example.com/d/c/\"><a href=\"http://example.com/d/z\">",
        );
        check(
            "<p style='background: url(i.png); src: URL( \"/j.png\" )'>",
            "<p style=\"background: url(http://example.com/d/i.png); src: URL( &quot;http://example.com/j.png&quot; )\">",
        );
        check("<p style='color: red'>", "<p style='color: red'>");
        check("<p style='background: url(data:image/png;base64,x)'>", "<p style='background: url(data:image/png;base64,x)'>");
        check("<p style='background: url(i.png'>", "<p style='background: url(i.png'>");
        check("<a href=\"never closed", "<a href=\"never closed");
        check("<", "<");
    }

    #[test]
    fn the_address_of_the_article_is_not_written_out_without_end() {
        let page = Some(format!("http://example.com/{}", "d".repeat(1_900)));
        let written = absolute(&"<a href='#n'>".repeat(10_000), &Place { page, ..place() });
        assert!(written.len() < 17_000_000, "{} bytes", written.len());
        assert!(written.ends_with("<a href='#n'>"));
    }

    #[test]
    fn plain_text_keeps_its_paragraphs() {
        let check = |input: &str, expected: &str| assert_eq!(from_plain(input), expected, "{input:?}");
        check("a < b & c", "a &lt; b &amp; c");
        check("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>");
    }

    #[test]
    fn escaping_and_resolving_are_inverse() {
        let text = "a < b & \"c\" > d &amp; &lt;";
        assert_eq!(entities::decode(&escape(text)), text);
    }

    #[test]
    fn html_is_told_from_text() {
        let check = |input: &str, expected: bool| assert_eq!(is_html(input), expected, "{input:?}");
        check("<p>x", true);
        check("a<br/>b", true);
        check("<i>x</i>", true);
        check("a < b > c", false);
        check("the <b> tag", false);
        check("Vec<T></T>", false);
    }
}
