//! The lines that machines put into and around a text: "Read more", "Advertisement", "Photo 3 of 7", bylines, dates.
//! A line counts only as a whole; a sentence that begins like one of them stays.

use super::runs::Run;

/// Characters of the longest such line.
const LONGEST: usize = 120;

/// What a line says, in lower case, without the marks around it, besides [`LABELS`].
const WHOLE: &[&str] = &[
    "read this",
    "read on",
    "read now",
    "see it",
    "see now",
    "also see",
    "also on",
    "also",
    "more",
    "more from",
    "more on",
    "more stories",
    "more news",
    "more like this",
    "recommended for you",
    "you might also like",
    "you may also like",
    "may also like",
    "don't miss this",
    "must-see",
    "must-read",
    "must-watch",
    "must see",
    "must watch",
    "just watched",
    "trending now",
    "trending news",
    "trending stories",
    "most read",
    "most popular",
    "most viewed",
    "popular",
    "top stories",
    "top video",
    "top videos",
    "watch now",
    "watch live",
    "watch more",
    "watch next",
    "watch this",
    "ad",
    "advert",
    "adverts",
    "advertisements",
    "advertising",
    "sponsored content",
    "promoted",
    "promoted content",
    "follow us",
    "follow me",
    "tweet",
    "whatsapp",
    "facebook",
    "email",
    "print",
    "comment",
    "comments",
    "view all",
    "view comments",
    "view gallery",
    "report error",
    "report a typo",
    "get short url",
    "next",
    "next article",
    "next story",
    "next post",
    "previous",
    "replay",
    "more videos",
    "show comments",
    "tag",
    "tags",
    "category",
    "categories",
    "topic",
    "topics",
    "in this article",
    "mehr zum thema",
    "смотрите также",
    "もっと見る",
    "関連記事",
    "author",
    "about the author",
    "photo",
    "photos",
    "video",
    "gallery",
    "caption",
    "close",
    "image",
    "credit",
    "source",
    "sources",
    "join the conversation",
    "skip",
];
/// How a line begins that says no more than this, whatever comes after.
const BEGINNINGS: &[&str] = &[
    "related stor",
    "related article",
    "related post",
    "related link",
    "related content",
    "related read",
    "related roundup",
    "related news",
    "related topic",
    "related video",
    "story continues",
    "article continues",
    "continue reading",
    "click here",
    "sign up",
    "subscribe",
    "share this",
    "share on",
    "share it",
    "like us",
    "like this story",
    "leave a comment",
    "leave a reply",
    "this slideshow requires",
    "media playback is unsupported",
    "image copyright",
    "media copyright",
    "image caption",
    "media caption",
    "loading",
    "more in",
    "more about",
    "read full article",
    "skip to",
    "this material may not be published",
    "material may not be published",
    "copyright",
    "all rights reserved",
    "contact us",
    "get the app",
    "get our newsletter",
    "download the app",
    "download our app",
];
/// The same, and what stands before a colon or a bar when a link to something else follows.
const LABELS: &[&str] = &[
    "read more",
    "read next",
    "read also",
    "see more",
    "see also",
    "related",
    "related story",
    "related article",
    "don't miss",
    "don’t miss",
    "more on this",
    "also read",
    "watch",
    "recommended",
    "must read",
    "up next",
    "trending",
    "sponsored",
    "advertisement",
    "leggi anche",
    "lea también",
    "lee también",
    "leia também",
    "leia mais",
    "lire aussi",
    "à lire aussi",
    "lesen sie auch",
    "читайте также",
];
/// The words that a byline or a line of notes about an article begins with.
const BYLINES: &[&str] = &[
    "by",
    "von",
    "por",
    "par",
    "di",
    "автор",
    "published",
    "publicado",
    "publiziert",
    "publié",
    "posted",
    "updated",
    "last updated",
    "written",
    "reporting",
    "photo",
    "photos",
    "image",
    "credit",
    "credits",
    "source",
    "tag",
    "tags",
    "category",
    "categories",
    "filed under",
    "comment",
    "comments",
    "share",
    "min read",
];

/// Whether a run is such a line.
pub(super) fn is_one(run: &Run) -> bool {
    let text = run.text.to_lowercase();
    if run.links > 0.3 && LABELS.iter().any(|label| starts_with_label(&text, label)) {
        return true;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    run.length < LONGEST
        && ([WHOLE, LABELS].iter().any(|lines| lines.contains(&bare))
            || BEGINNINGS.iter().any(|beginning| bare.starts_with(beginning))
            || text.starts_with('©')
            || counts(bare))
}

fn starts_with_label(text: &str, label: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| !c.is_alphanumeric()).strip_prefix(label);
    rest.is_some_and(|rest| rest.trim_start().starts_with([':', '|', '>', '»', '–', '—', '-']))
}

/// "3 of 7", "image 3 of 7", "12 comments".
fn counts(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match words.as_slice() {
        [number, "of", all] | ["image" | "photo" | "slide", number, "of", all] => is_number(number) && is_number(all),
        [number, "comment" | "comments"] => is_number(number),
        _ => false,
    }
}

/// Whether a line begins as a byline does.
pub(super) fn is_byline(text: &str) -> bool {
    let text = text.to_lowercase();
    BYLINES.iter().any(|word| text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// Whether a line holds a year, a date in figures, or a time of day.
pub(super) fn has_date(text: &str) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '.' | '/' | '-'))).any(|word| {
        let parts: Vec<&str> = word.split([':', '.', '/', '-']).filter(|part| !part.is_empty()).collect();
        let numbers = parts.iter().take_while(|part| part.len() <= 4 && part.bytes().all(|byte| is_digit(&byte))).count();
        let is_year =
            |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20")) && part.bytes().all(|byte| is_digit(&byte));
        parts.iter().any(is_year)
            || numbers >= 3
            || (parts.len() == 2 && parts[0].len() <= 2 && starts_with_minutes(parts[1]) && numbers >= 1)
    })
}

fn starts_with_minutes(part: &str) -> bool {
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    digits == 2 && part[2..].chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, links: f64) -> Run {
        Run { owner: 0, nodes: Vec::new(), text: text.to_string(), length: text.chars().count(), links }
    }

    #[test]
    fn lines_of_machines_are_known() {
        let check = |text: &str, links: f64, expected: bool| assert_eq!(is_one(&run(text, links)), expected, "{text:?}");
        check("READ MORE »", 1.0, true);
        check("Image 3 of 7", 0.0, true);
        check("12 comments", 1.0, true);
        check("READ MORE: The bridge closes", 0.7, true);
        check("Related: the bridge, which we crossed, is closed.", 0.0, false);
        check("Read more books, said the minister.", 0.0, false);
        check("Advertisement", 0.0, true);
        check("Share this story with a friend!", 0.0, true);
        check("Comments were heard.", 0.0, false);
    }

    #[test]
    fn bylines_and_dates_are_known() {
        let byline = |text: &str, expected: bool| assert_eq!(is_byline(text), expected, "{text:?}");
        byline("By Ann Lee", true);
        byline("Bystanders saw it", false);
        byline("Published 3 May", true);
        let date = |text: &str, expected: bool| assert_eq!(has_date(text), expected, "{text:?}");
        date("20 Nov, 2019 05:47", true);
        date("11/18/19", true);
        date("at 5:27am", true);
        date("It cost 1999999 crowns", false);
        date("version 1.5", false);
        date("Room 12", false);
    }
}
