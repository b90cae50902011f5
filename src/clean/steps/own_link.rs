//! Drops a link at the end of a text that leads to the very article and says no more, or is only a sign: "Permalink", "★"; and
//! frees a picture of a link to the article that it stands in.
//!
//! before: `<a href="/news/"><img></a><p>Text.</p><p><a href="https://example.org/news/?utm_source=rss">★</a></p>`
//! after:  `<img><p>Text.</p>`

use super::super::page::Page;
use super::super::tree::{Id, ROOT, Tree};

/// Elements that show something without a word.
const SHOWN: &[&str] = &["img", "iframe", "video", "audio"];
/// Bytes of what such a paragraph may say.
const MAX_TEXT: usize = 60;
/// Characters of a sign.
const MAX_SIGN: usize = 2;
/// Such links one after another.
const MOST: usize = 3;

pub(super) fn run(tree: &mut Tree, page: &Page) {
    let pictures = tree.elements().into_iter().filter(|id| tree.is(*id, &["img"]));
    let around = |picture| tree.parent(picture).filter(|link| tree.is(*link, &["a"]) && is_here(tree, *link, page));
    let mut links: Vec<Id> = pictures.filter_map(around).collect();
    links.dedup();
    for link in links {
        tree.unwrap(link);
    }
    for _ in 0..MOST {
        let Some(paragraph) = last_paragraph(tree, page) else { return };
        tree.detach(paragraph);
    }
}

/// The last thing that says something, when it is only such a link and something stands before it.
fn last_paragraph(tree: &Tree, page: &Page) -> Option<Id> {
    let is_word = |id: Id| tree.text(id).is_some_and(|text| text.chars().any(char::is_alphanumeric));
    let is_sign =
        |id: Id| tree.text(id).is_some_and(|text| !text.trim().is_empty()) && tree.ancestors(id).any(|ancestor| tree.is(ancestor, &["a"]));
    let says_something = |id: &Id| is_word(*id) || is_sign(*id) || tree.is(*id, SHOWN);
    let said: Vec<Id> = tree.descendants(ROOT).filter(says_something).collect();
    let last = *said.last()?;
    let link = tree.ancestors(last).find(|id| tree.is(*id, &["a"]))?;
    if !(is_short_sign(tree, link) || is_here(tree, link, page)) || tree.is(last, SHOWN) {
        return None;
    }
    let whole = tree
        .ancestors(link)
        .find(|id| tree.is(*id, &["p", "div", "center", "section"]))
        .or_else(|| begins_line(tree, link).then_some(link))?;
    let text = tree.inner_text(whole, MAX_TEXT);
    let rest = text.replacen(tree.inner_text(link, MAX_TEXT).trim(), "", 1);
    let is_alone = text.len() < MAX_TEXT && !rest.chars().any(char::is_alphanumeric);
    let has_picture = tree.descendants(whole).any(|id| tree.is(id, SHOWN));
    let is_within = |id: &&Id| tree.ancestors(**id).any(|ancestor| ancestor == whole);
    (is_alone && !has_picture && said.iter().any(|id| !is_within(&id))).then_some(whole)
}

fn is_here(tree: &Tree, link: Id, page: &Page) -> bool {
    tree.attribute(link, "href").is_some_and(|href| page.is_here(href))
}

fn is_short_sign(tree: &Tree, link: Id) -> bool {
    let text = tree.inner_text(link, MAX_TEXT);
    let text = text.trim();
    !text.is_empty() && text.chars().count() <= MAX_SIGN && !text.contains(char::is_alphanumeric)
}

/// Whether nothing stands before a link on its line.
fn begins_line(tree: &Tree, link: Id) -> bool {
    let mut before = tree.before(link);
    while let Some(blank) = before.filter(|id| tree.text(*id).is_some_and(|text| !text.contains(char::is_alphanumeric))) {
        before = tree.before(blank);
    }
    before.is_none_or(|id| tree.is(id, &["br", "p", "div", "hr", "ul", "ol", "blockquote", "table", "figure"]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn a_link_to_the_article_itself_goes() {
        check(super::run, "<p>Text.</p><p><a href=\"https://example.org/news/?utm_source=rss\">★</a></p>", "<p>Text.</p>");
        check(super::run, "<a href=\"/news/\"><img></a><p>Text.</p>", "<img><p>Text.</p>");
        check(super::run, "<p>Text.</p><p><a href=\"/linked\">◉</a></p>", "<p>Text.</p>");
        check(super::run, "<p>Text.</p><p>[<a href=/news/>Permalink</a>]</p>\n", "<p>Text.</p>\n");
    }

    #[test]
    fn a_link_elsewhere_or_in_a_sentence_stays() {
        let check_same = |html: &str| check(super::run, html, html);
        check_same("<p>Text.</p><p><a href=\"/other\">Source</a></p>");
        check_same("<p>Text.</p><p>See <a href=\"/news/\">this</a></p>");
        check_same("by me <a href=\"/x\">[link]</a> <a href=\"/news/\">[comments]</a>");
        check_same("<p><a href=\"/news/\">All there is</a></p>");
        check_same("<p>Text.</p><p><a href=\"/other/\"><img></a></p>");
    }
}
