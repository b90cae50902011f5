//! Reads HTML that was escaped as text once more, where a text is clearly that.
//!
//! before: `<div>&lt;p&gt;One &lt;b&gt;two&lt;/b&gt;&lt;/p&gt;</div>`
//! after:  `<div><p>One <b>two</b></p></div>`

use std::collections::HashMap;

use super::super::fence::{fence_within, is_void};
use super::super::page::Page;
use super::super::tree::{Id, ROOT, Tree, parse};
use super::entities::decode;
use crate::domain::html_names::{is_block, is_element, is_inline};

/// Elements of the page that hold whole texts, where others hold words of the author's.
const HOLDERS: &[&str] = &["div", "section", "article", "main", "body"];
/// Elements that stand in a list or a table only; without it they are what an author writes about.
const PARTS: &[&str] = &["li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"];
/// Elements of which nothing would be seen: an author who names one writes about it.
const UNSEEN: &[&str] = &["script", "style", "title", "template", "form", "fieldset", "select", "option", "button", "label", "textarea"];
/// Words before a tag that tell to write it.
const TELLING: &[&str] = &["write", "Write", "type", "Type"];
/// Texts and breaks behind a paragraph that are looked at.
const MAX_LINES: usize = 100;
/// Words of a text that is about markup.
const ABOUT: &[&str] =
    &["tag", "tags", "html", "xml", "element", "elements", "markup", "markdown", "attribute", "css", "syntax", "browser"];

pub(super) fn run(tree: &mut Tree, page: &Page) {
    let texts: Vec<Id> = tree.texts().into_iter().filter(|id| !is_blank(tree, *id)).collect();
    let is_only = texts.len() == 1;
    let mut elements = page.elements.get();
    for id in texts {
        let is_in = |names: &[&str]| is_only && tree.parent(id).is_none_or(|parent| parent == ROOT || tree.is(parent, names));
        let is_markup = |text: &str| is_markup(text, is_in(HOLDERS)) || ((is_in(HOLDERS) || is_in(&["p"])) && is_clear(text.trim()));
        let Some(html) = tree.text(id).and_then(|text| markup_in(text, is_markup)) else { continue };
        if (is_only || is_whole(tree, id, &html)) && !tree.is_in_code(id) {
            let inner = parse(&fence_within(&html, &mut elements, &mut Vec::new()));
            tree.graft(id, inner);
        }
    }
    page.elements.set(elements);
}

fn is_blank(tree: &Tree, id: Id) -> bool {
    tree.text(id).is_some_and(|text| text.trim().is_empty())
}

/// Whether a text is all that an element for whole texts holds: beside real markup the tags are what the author writes about.
fn is_whole(tree: &Tree, id: Id, html: &str) -> bool {
    let is_twice = |parent: Id| tree.is(parent, &["p"]) && html.trim_start().starts_with("<p>");
    let holder = tree.parent(id).filter(|parent| tree.is(*parent, HOLDERS) || is_twice(*parent));
    let first = holder.and_then(|holder| tree.first(holder));
    let all_of_it =
        first.is_some() && std::iter::successors(first, |child| tree.after(*child)).all(|child| child == id || is_blank(tree, child));
    all_of_it || tree.parent(id).and_then(|parent| tree.first(parent)).is_some_and(|first| is_before_lines(tree, id, first, html))
}

/// Whether a paragraph stands first of all, and only lines of text without markup come behind it.
fn is_before_lines(tree: &Tree, id: Id, first: Id, html: &str) -> bool {
    let rest = || std::iter::successors(Some(first), |child| tree.after(*child)).skip_while(|child| is_blank(tree, *child));
    let is_line = |child: Id| tree.is(child, &["br"]) || tree.text(child).is_some_and(|text| !text.contains('<') && !is_about_markup(text));
    html.trim_start().starts_with("<p>") && rest().next() == Some(id) && rest().skip(1).take(MAX_LINES).all(is_line)
}

/// The markup that a text is, decoded once more if it needs that.
fn markup_in(text: &str, is_markup: impl Fn(&str) -> bool) -> Option<String> {
    if !text.contains('<') && text.contains("&lt;") {
        return decode(text).filter(|decoded| is_markup(decoded));
    }
    is_markup(text).then(|| text.to_string())
}

/// Whether a text is HTML as a whole: every tag has its end, and one makes a block. A text among others also begins and ends with a tag.
fn is_markup(text: &str, is_bare: bool) -> bool {
    let text = text.trim();
    let mut open: Vec<String> = Vec::new();
    let (mut has_block, mut has_void) = (false, false);
    for tag in tags(text) {
        if tag.is_end {
            if open.pop().is_none_or(|start| start != tag.name) {
                return false;
            }
            has_block |= is_block(&tag.name) && !is_part(&tag.name);
        } else if is_void(&tag.name) {
            has_void |= matches!(tag.name.as_str(), "br" | "hr") || tag.has_address();
        } else if !tag.inside.ends_with('/') {
            open.push(tag.name);
        }
    }
    let is_framed = text.starts_with('<') && text.ends_with('>');
    open.is_empty() && if is_bare { has_block || has_void } else { has_block && is_framed }
}

/// Whether a text is clearly HTML without being whole: each tag is one that there is and stands close to its words, each end has
/// its start, and a start has no end only where that is usual or the text is cut off. A text about markup says so, outside of its tags.
fn is_clear(text: &str) -> bool {
    let mut waiting: HashMap<String, usize> = HashMap::new();
    let (mut has_pair, mut has_address) = (false, false);
    for tag in tags(text) {
        let is_loose = if tag.is_end { tag.before.ends_with(char::is_whitespace) } else { tag.after.starts_with(char::is_whitespace) };
        if !is_element(&tag.name) || (is_loose && is_inline(&tag.name) && !is_void(&tag.name)) {
            return false;
        }
        has_address |= tag.has_address();
        if tag.is_end {
            let Some(count) = waiting.get_mut(&tag.name).filter(|count| **count > 0) else { return false };
            *count -= 1;
            has_pair |= !is_part(&tag.name) && !UNSEEN.contains(&tag.name.as_str());
        } else if !is_void(&tag.name) && !tag.inside.ends_with('/') {
            *waiting.entry(tag.name).or_default() += 1;
        }
    }
    let is_whole = waiting.iter().all(|(name, count)| *count == 0 || name == "p" || is_part(name));
    let begins = tags(text).next().is_some_and(|tag| {
        let is_beginning = tag.name == "p" || (!is_void(&tag.name) && tag.inside.contains('='));
        tag.before.is_empty() && is_beginning && !tag.after.starts_with(char::is_whitespace)
    });
    (is_whole || is_cut_off(text)) && (begins || ((has_pair || has_address) && !is_about_markup(text)))
}

/// Whether a text ends inside a tag or inside a sentence.
fn is_cut_off(text: &str) -> bool {
    text.rfind('<') > text.rfind('>') || text.ends_with("...") || !text.ends_with(['.', '!', '?', ':', ';', ')', '"', '”', '>'])
}

fn is_part(name: &str) -> bool {
    PARTS.contains(&name)
}

fn is_about_markup(text: &str) -> bool {
    let first = tags(text).next().map_or(text, |tag| tag.before);
    let outside = tags(text).filter_map(|tag| tag.after.split('<').next());
    let mut words = std::iter::once(first).chain(outside).flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.any(|word| ABOUT.contains(&word.to_lowercase().as_str())) || tags(text).any(|tag| is_told(tag.before))
}

/// Whether a text ends by telling to write what comes.
fn is_told(before: &str) -> bool {
    let clause = |word: &&str| before.trim_end().strip_suffix(*word);
    TELLING.iter().filter_map(clause).any(|clause| !clause.trim_end().ends_with(char::is_alphanumeric))
}

/// A tag in a text, with the text before it and behind it.
struct Tag<'a> {
    name: String,
    is_end: bool,
    /// What stands between its angles.
    inside: &'a str,
    before: &'a str,
    after: &'a str,
}

impl Tag<'_> {
    /// Whether it says where to go or what to show.
    fn has_address(&self) -> bool {
        let address = match self.name.as_str() {
            "a" => "href=",
            "img" => "src=",
            _ => return false,
        };
        self.inside.contains(address)
    }
}

fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    text.match_indices('<').filter_map(|(at, _)| {
        let inside = text[at + 1..].split('<').next()?.split_once('>')?.0;
        let bare = inside.trim_start_matches('/');
        let name = bare.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        let tag = Tag { name, is_end: bare.len() < inside.len(), inside, before: &text[..at], after: &text[at + inside.len() + 2..] };
        bare.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(tag)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn escaped_markup_is_read_as_markup() {
        let after = "<div><p>One <b>two</b></p></div>";
        check(super::run, "<div>&lt;p&gt;One &lt;b&gt;two&lt;/b&gt;&lt;/p&gt;</div>", after);
        check(super::run, "<div>&amp;lt;p&amp;gt;One &amp;lt;b&amp;gt;two&amp;lt;/b&amp;gt;&amp;lt;/p&amp;gt;</div>", after);
        check(super::run, "a&lt;br/&gt;b", "a<br>b");
        check(super::run, "&lt;p&gt;A&lt;/p&gt;<br/>tail", "<p>A</p><br>tail");
    }

    #[test]
    fn escaped_markup_that_is_cut_or_only_inside_a_line_is_read_too() {
        check(super::run, "&lt;b&gt;Hello&lt;/b&gt; world", "<b>Hello</b> world");
        check(super::run, "<p>&lt;em&gt;Hello&lt;/em&gt; world</p>", "<p><em>Hello</em> world</p>");
        check(super::run, "&lt;p&gt;One &lt;b&gt;two&lt;/b&gt; and so", "<p>One <b>two</b> and so</p>");
        check(super::run, "&lt;p&gt;One &lt;b&gt;two and so", "<p>One <b>two and so</b></p>");
        check(super::run, "&lt;p&gt;One&lt;p&gt;Two.", "<p>One</p><p>Two.</p>");
        check(super::run, "&lt;b&gt;&lt;i&gt;One&lt;/b&gt;&lt;/i&gt; two.", "<b><i>One</i></b> two.");
        check(super::run, "One &lt;a href=\"/x\"&gt;two&lt;/a&gt; three &lt;a href=\"/y", "One <a href=\"/x\">two</a> three ");
        check(super::run, "1 &lt; 2, said &lt;i&gt;Ann&lt;/i&gt;.", "1 &lt; 2, said <i>Ann</i>.");
    }

    #[test]
    fn only_words_outside_of_tags_say_what_a_text_is_about() {
        let address = "https://example.org/html/page.html";
        check(
            super::run,
            &format!("<p>See &lt;a href=\"{address}\"&gt;it&lt;/a&gt; there.</p>"),
            &format!("<p>See <a href=\"{address}\">it</a> there.</p>"),
        );
        check(super::run, "<p>It snowed. &lt;img src=\"/a.jpg\"&gt;</p>", "<p>It snowed. <img src=\"/a.jpg\"></p>");
        check(super::run, "<p>One &lt;a href=\"/x\"&gt;two and so</p>", "<p>One <a href=\"/x\">two and so</a></p>");
        check(super::run, "&lt;div class=\"a\"&gt;One two and so", "<div class=\"a\">One two and so</div>");
        check(super::run, "The browser&lt;br&gt;is new", "The browser<br>is new");
    }

    #[test]
    fn text_about_markup_stays_text() {
        let check_same = |html: &str| check(super::run, html, html);
        check_same("<p>&lt;script>alert(1)&lt;/script> is XSS</p>");
        check_same("<p>&lt;form>&lt;input>&lt;/form> is a form</p>");
        check_same("<p>How the &lt;img loading=\"lazy\"> attribute works.</p>");
        check_same("<p>How &lt;img loading=\"lazy\"> works</p>");
        check_same("How the &lt;img loading=\"lazy\"> attribute works.");
        check_same("<p>In HTML the tag &lt;input type=\"date\"> makes a picker.</p>");
        check_same("<p>The element &lt;a href=\"/x\">x&lt;/a> is a link.</p>");
        check_same("<p>To link, write &lt;a href=\"page.html\">text&lt;/a>.</p>");
        check_same("<p>use &lt;b> or &lt;em> for that</p>");
        check_same("<code>&lt;p>x&lt;/p></code>");
        check_same("a &lt; b");
        check_same("<p>Use &lt;strong> and &lt;em> for emphasis; &lt;/strong> closes it.</p>");
        check_same("<h2>Headings</h2><p>We use &lt;h1> once, then &lt;h2> and &lt;/h2>.</p><p>some <em>real</em> markup</p>");
        check_same("<p>Use &lt;b>text&lt;/b> in HTML. The &lt;p> tag makes paragraphs; &lt;br> breaks lines.</p>");
        check_same("<p>A &lt;br> breaks a line.</p>");
        check_same("use &lt;b> or &lt;em> for that");
        check_same("Use &lt;b>text&lt;/b> in HTML, and no other tag.");
        check_same("A cell of a table is &lt;td> and ends with &lt;/td>");
        check_same("How &lt;b> and &lt;/b> differ");
        check_same("&lt;b> makes text bold, as in &lt;b>this&lt;/b>.");
        check_same("Vec&lt;T> and Option&lt;u8>&lt;/u8>");
        check_same("One &lt;b>two&lt;/b> beside <i>markup</i>");
        check_same("&lt;p>A&lt;/p><br>is the tag of a paragraph");
        check_same("<code>&lt;b>x&lt;/b></code>");
        check_same("<p>Write &lt;p>one&lt;/p> and</p><p>&lt;h1>Title&lt;/h1></p>");
    }
}
