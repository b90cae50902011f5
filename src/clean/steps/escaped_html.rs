//! Reads HTML that was escaped as text once more, where a text is clearly that.
//!
//! before: `<div>&lt;p&gt;One &lt;b&gt;two&lt;/b&gt;&lt;/p&gt;</div>`
//! after:  `<div><p>One <b>two</b></p></div>`

use super::super::fence::fence_within;
use super::super::page::Page;
use super::super::tree::{Id, ROOT, Tree, parse};
use super::entities::decode;

/// Elements that make blocks: HTML that was escaped as a whole has one of them.
const BLOCKS: &[&str] =
    &["p", "div", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "table", "pre", "figure", "section", "article"];
/// Elements without an end tag; one of these is as good as a block where the text is all there is.
const VOID: &[&str] = &["br", "img", "hr", "input", "wbr", "source", "col", "embed", "link", "meta"];
/// Elements of the page that hold whole texts, where others hold words of the author's.
const HOLDERS: &[&str] = &["div", "section", "article", "main", "body"];

pub(super) fn run(tree: &mut Tree, page: &Page) {
    let texts: Vec<Id> = tree.texts().into_iter().filter(|id| !is_blank(tree, *id)).collect();
    let is_only = texts.len() == 1;
    let mut elements = page.elements.get();
    for id in texts {
        let is_bare = is_only && tree.parent(id).is_none_or(|parent| parent == ROOT || tree.is(parent, HOLDERS));
        let Some(html) = tree.text(id).and_then(|text| markup_in(text, is_bare)) else { continue };
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
    first.is_some() && std::iter::successors(first, |child| tree.after(*child)).all(|child| child == id || is_blank(tree, child))
}

/// The markup that a text is, decoded once more if it needs that.
fn markup_in(text: &str, is_bare: bool) -> Option<String> {
    if !text.contains('<') && text.contains("&lt;") {
        return decode(text).filter(|decoded| is_markup(decoded, is_bare));
    }
    is_markup(text, is_bare).then(|| text.to_string())
}

/// Whether a text is HTML as a whole: every tag has its end, and one makes a block. A text among others also begins and ends with a tag.
fn is_markup(text: &str, is_bare: bool) -> bool {
    let text = text.trim();
    let mut open: Vec<String> = Vec::new();
    let (mut has_block, mut has_void) = (false, false);
    for tag in tags(text) {
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        if tag.starts_with('/') {
            if open.pop().is_none_or(|start| start != name) {
                return false;
            }
            has_block |= BLOCKS.contains(&name.as_str());
        } else if VOID.contains(&name.as_str()) {
            has_void = true;
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    let is_framed = text.starts_with('<') && text.ends_with('>');
    open.is_empty() && if is_bare { has_block || has_void } else { has_block && is_framed }
}

/// What stands between the angles of each tag.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    let starts_tag = |rest: &&str| rest.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
    text.split('<').skip(1).filter(starts_tag).filter_map(|rest| Some(rest.split_once('>')?.0))
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
    }

    #[test]
    fn text_about_markup_stays_text() {
        let check_same = |html: &str| check(super::run, html, html);
        check_same("<p>use &lt;b> or &lt;em> for that</p>");
        check_same("<code>&lt;p>x&lt;/p></code>");
        check_same("a &lt; b");
        check_same("<p>Use &lt;strong> and &lt;em> for emphasis; &lt;/strong> closes it.</p>");
        check_same("<h2>Headings</h2><p>We use &lt;h1> once, then &lt;h2> and &lt;/h2>.</p><p>some <em>real</em> markup</p>");
        check_same("<p>Use &lt;b>text&lt;/b> in HTML. The &lt;p> tag makes paragraphs; &lt;br> breaks lines.</p>");
        check_same("<p>A &lt;br> breaks a line.</p>");
        check_same("<p>Write &lt;p>one&lt;/p> and</p><p>&lt;h1>Title&lt;/h1></p>");
    }
}
