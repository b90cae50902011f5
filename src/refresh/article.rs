//! From an article as its feed states it to one that can be stored: the body cleaned, and a title in any case.

use crate::clean::clean_within;
use crate::domain::article::NewArticle;
use crate::domain::clean_text::CleanText;
use crate::domain::document::{Block, Document, Span, text_of};
use crate::domain::feed::ParsedArticle;

/// The longest title made of a text, in words and in characters.
const TITLE_WORDS: usize = 14;
const TITLE_CHARACTERS: usize = 90;
/// For an article without a title, a text and an address.
const UNTITLED: &str = "(no title)";

/// Cleans an article. `base_url` is the feed's, for relative addresses that its reader left; `elements` are what is left
/// to the texts of the feed.
pub(super) fn to_new(parsed: ParsedArticle, base_url: &str, elements: &mut usize) -> NewArticle {
    let document = body(&parsed, base_url, elements);
    let title = parsed.title.filter(|title| !title.trim().is_empty());
    let title = title.or_else(|| title_of_text(&document)).or_else(|| parsed.url.as_deref().map(CleanText::new));
    NewArticle {
        id: parsed.id,
        url: parsed.url,
        title: title.unwrap_or_else(|| CleanText::new(UNTITLED)),
        authors: parsed.authors,
        published: parsed.published,
        updated: parsed.updated,
        categories: parsed.categories,
        enclosures: parsed.enclosures,
        comments_url: parsed.comments_url,
        document,
        is_cut: parsed.is_cut,
    }
}

/// The content; the summary when there is none, or when nothing of the content is left.
fn body(parsed: &ParsedArticle, base_url: &str, elements: &mut usize) -> Document {
    let base = parsed.url.as_deref().unwrap_or(base_url);
    let bodies = [&parsed.content_html, &parsed.summary_html].into_iter().flatten();
    let mut bodies = bodies.map(|html| clean_within(html, Some(base), elements));
    let first = bodies.next().unwrap_or_default();
    if first.blocks.is_empty() { bodies.next().unwrap_or(first) } else { first }
}

/// The first words of the text, with a mark when there are more.
fn title_of_text(document: &Document) -> Option<CleanText> {
    let text = document.blocks.iter().find_map(first_text)?;
    let mut title = String::new();
    let mut words = text.split_whitespace();
    for word in words.by_ref().take(TITLE_WORDS) {
        if title.chars().count() + word.chars().count() >= TITLE_CHARACTERS {
            let rest = TITLE_CHARACTERS.saturating_sub(title.chars().count() + 1);
            // A text without spaces is cut inside; of others the last word goes.
            let head: String = if title.is_empty() { word.chars().take(rest).collect() } else { String::new() };
            return Some(CleanText::new(&format!("{title}{head} …")));
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    Some(CleanText::new(&if words.next().is_some() { title + " …" } else { title }))
}

fn first_text(block: &Block) -> Option<String> {
    let join = |spans: &[Span]| {
        let text = text_of(spans);
        (!text.trim().is_empty()).then_some(text)
    };
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text } => join(text),
        Block::List { items, .. } => items.iter().flatten().find_map(first_text),
        Block::Quote { blocks } => blocks.iter().find_map(first_text),
        Block::Code { text, .. } => (!text.trim().is_empty()).then(|| text.to_string()),
        Block::Table { header, rows, .. } => std::iter::once(header).chain(rows).flatten().find_map(|cell| join(cell)),
        Block::Image { alt, caption, .. } => join(caption).or_else(|| (!alt.is_empty()).then(|| alt.to_string())),
        Block::Rule => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(article: &NewArticle) -> Option<String> {
        article.document.blocks.iter().find_map(first_text)
    }

    #[test]
    fn the_body_is_the_content_or_else_the_summary() {
        let check = |content: Option<&str>, summary: Option<&str>, expected: Option<&str>| {
            let own = |html: Option<&str>| html.map(str::to_string);
            let parsed = ParsedArticle { content_html: own(content), summary_html: own(summary), ..ParsedArticle::default() };
            assert_eq!(text(&to_new(parsed, "https://a.example/", &mut 100)).as_deref(), expected, "{content:?} {summary:?}");
        };
        check(Some("<p>Whole</p>"), Some("Short"), Some("Whole"));
        check(None, Some("Short"), Some("Short"));
        check(Some(" "), Some("Short"), Some("Short"));
        check(Some("<script>x</script>"), Some("Short"), Some("Short"));
        check(None, None, None);
    }

    #[test]
    fn every_article_has_a_title() {
        let check = |title: Option<&str>, html: &str, url: Option<&str>, expected: &str| {
            let parsed = ParsedArticle {
                title: title.map(CleanText::new),
                content_html: Some(html.into()),
                url: url.map(str::to_string),
                ..ParsedArticle::default()
            };
            assert_eq!(to_new(parsed, "https://a.example/", &mut 100).title.as_str(), expected, "{title:?} {html}");
        };
        check(Some("News"), "<p>Text</p>", None, "News");
        check(None, "<p>A short <b>note</b></p><p>more</p>", None, "A short note");
        check(Some(""), "<ul><li>One</li></ul>", None, "One");
        check(None, &"word ".repeat(20), None, &format!("{}…", "word ".repeat(14)));
        check(
            None,
            &"syllables-and-syllables ".repeat(9),
            None,
            "syllables-and-syllables syllables-and-syllables syllables-and-syllables …",
        );
        check(None, &"長".repeat(300), None, &format!("{} …", "長".repeat(89)));
        check(None, "", Some("https://a.example/1"), "https://a.example/1");
        check(None, "", None, "(no title)");
    }

    #[test]
    fn relative_addresses_stand_on_the_article_or_else_the_feed() {
        let link = |url: Option<&str>| {
            let html = Some("<p><a href='x'>x</a></p>".to_string());
            let parsed = ParsedArticle { url: url.map(str::to_string), content_html: html, ..ParsedArticle::default() };
            to_new(parsed, "https://a.example/feed/", &mut 100).document.links[0].url.clone()
        };
        assert_eq!(link(Some("https://b.example/1/")), "https://b.example/1/x");
        assert_eq!(link(None), "https://a.example/feed/x");
    }
}
