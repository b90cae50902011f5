//! Titles and names as plain text: entities decoded, doubly escaped ones too, tags removed. `a < b` stays, and `<canvas>`.

use crate::domain::clean_text::CleanText;
use crate::domain::{entities, html_names, wording};

use super::tags;

/// Characters of a title; a longer one is cut.
const LONGEST_TITLE: usize = 1000;
const LONGEST_DESCRIPTION: usize = 4000;
/// Characters of a name, a category and the like.
const LONGEST_NAME: usize = 200;

/// A title from HTML, or from text that may be HTML; what stands for the picture when it is nothing else.
pub(crate) fn title(text: &str) -> Option<CleanText> {
    line(text, LONGEST_TITLE).or_else(|| line(&entities::decode(alternative(text)?), LONGEST_TITLE))
}

/// A title that says of itself that it has no markup (RFC 4287, section 3.1.1.1).
pub(crate) fn literal(text: &str) -> Option<CleanText> {
    shortened(&entities::decode(text), LONGEST_TITLE)
}

/// The text that an image has instead of itself.
fn alternative(text: &str) -> Option<&str> {
    let start = text.to_ascii_lowercase().find("<img")?;
    let (_, after) = text[start..].split_once("alt=")?;
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after[1..].split(quote).next()
}

/// A name or category.
pub(crate) fn name(text: &str) -> Option<CleanText> {
    line(text, LONGEST_NAME)
}

/// What a feed says of itself, from HTML.
pub(crate) fn description(text: &str) -> Option<CleanText> {
    line(text, LONGEST_DESCRIPTION)
}

fn line(text: &str, longest: usize) -> Option<CleanText> {
    shortened(&plain(text), longest)
}

fn shortened(text: &str, longest: usize) -> Option<CleanText> {
    let text = CleanText::new(&wording::shortened(&CleanText::new(text), longest));
    (!text.is_empty()).then_some(text)
}

/// HTML as text. What is still escaped after that was escaped twice, and is decoded once more.
pub(crate) fn plain(text: &str) -> String {
    let once = entities::decode(&tags::without(text)).into_owned();
    if has_pair(&once) || entities::has_reference(&once) {
        let stripped = if has_pair(&once) { tags::without(&once) } else { once };
        return entities::decode(&stripped).into_owned();
    }
    once
}

/// Whether the text has an element of HTML with its end: then it is markup, not a text about markup.
fn has_pair(text: &str) -> bool {
    let end = |at: usize| text.get(at..).map(|rest| tags::name(&rest[2..]));
    text.match_indices("</")
        .filter_map(|(at, _)| end(at))
        .take(50)
        .any(|name| html_names::is_element(name) && text.contains(&format!("<{name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        assert_eq!(title(input).map(CleanText::into_string).unwrap_or_default(), expected, "{input:?}");
    }

    #[test]
    fn entities_are_decoded_also_when_escaped_twice() {
        check("AT&amp;T &amp;amp; &#8220;Bell&#8221;", "AT&T & “Bell”");
        check("it&amp;#8217;s", "it’s");
        check("R&D and Q&A", "R&D and Q&A");
        check("Caf&eacute;&nbsp;bar", "Café bar");
    }

    #[test]
    fn tags_go_and_signs_stay() {
        check("<b>Bold</b> and <i class=\"x > y\">italic</i>", "Bold and italic");
        check("one<br/>two", "one two");
        check("H<sub>2</sub>O", "H2O");
        check("a < b", "a < b");
        check("x<y and y>z", "x<y and y>z");
        check("if a<b then", "if a<b then");
        check("Vec<T> and Option<&str>", "Vec<T> and Option<&str>");
        check("&lt;b&gt;bold&lt;/b&gt;", "bold");
        check("How to use the &lt;b&gt; tag", "How to use the <b> tag");
        check("I <3 you", "I <3 you");
        check("<script>alert(1)</script>ok", "ok");
        check("<img src='a.png' alt='Ships &amp;amp; boats<br>today'/>", "Ships & boats today");
        check("<img src='a.png'>", "");
        check("<!-- hidden -->shown", "shown");
    }

    #[test]
    fn nothing_in_a_title_can_act() {
        check("red\u{1b}[31m", "red");
        check("a&#27;]0;x&#7;", "a");
        check(" \n ", "");
    }

    #[test]
    fn a_title_has_an_end() {
        assert_eq!(title(&"x".repeat(5000)).map(|title| title.chars().count()), Some(LONGEST_TITLE + 1));
    }
}
