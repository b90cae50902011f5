//! The names (classes and ids) that sites give to boxes beside a text. A name counts by its words: `related-posts` has
//! the word `related`, `unrelated` has not.

/// Words that say so wherever they stand in a name.
const WORDS: &[&str] = &[
    "comment",
    "comments",
    "respond",
    "replies",
    "outbrain",
    "taboola",
    "sharing",
    "follow",
    "newsletter",
    "newsletters",
    "signup",
    "ad",
    "ads",
    "adslot",
    "breadcrumb",
    "breadcrumbs",
    "tag",
    "tags",
    "taglist",
    "author",
    "authors",
    "bio",
    "dateline",
    "timestamp",
    "sidebar",
    "sidenav",
    "footer",
    "foot",
    "navigation",
    "nav",
    "navbar",
    "menu",
    "masthead",
    "copyright",
    "consent",
    "gdpr",
    "popup",
    "modal",
    "overlay",
    "pager",
    "pagination",
    "prev",
    "next",
    "trending",
    "popular",
    "mostread",
    "readmore",
    "also",
    "upnext",
    "teaser",
    "teasers",
    "caption",
    "captions",
    "credit",
    "credits",
    "gallery",
    "slideshow",
    "carousel",
    "toolbar",
    "toolbox",
    "print",
    "widget",
    "widgets",
    "metadata",
    "meta",
    "postmeta",
    "rating",
    "hidden",
    "offscreen",
    "banner",
    "callout",
    "alert",
    "notice",
    "disclaimer",
    "topic",
    "topics",
    "category",
    "categories",
    "keywords",
    "readnext",
    "affiliate",
    "videoplayer",
    "player",
    "poll",
    "survey",
    "quiz",
    "donate",
    "donation",
    "membership",
];
/// How such words begin.
const STEMS: &[&str] = &[
    "disqus",
    "related",
    "recommend",
    "share",
    "social",
    "subscri",
    "promo",
    "sponsor",
    "advert",
    "byline",
    "cookie",
    "skip",
    "partner",
    "jw",
    "feedback",
];
/// Words that say so only together.
const PAIRS: &[(&str, &str)] = &[
    ("sign", "up"),
    ("side", "nav"),
    ("header", "nav"),
    ("most", "read"),
    ("read", "more"),
    ("more", "from"),
    ("more", "stories"),
    ("up", "next"),
    ("sr", "only"),
    ("visually", "hidden"),
    ("read", "next"),
    ("video", "player"),
    ("screen", "reader"),
    ("off", "screen"),
];

/// Whether one of these names is that of a box beside a text.
pub(super) fn are_beside(names: &str) -> bool {
    names.split_whitespace().any(|name| {
        let name = name.to_lowercase();
        let words: Vec<&str> = name.split(['-', '_']).collect();
        let says = |word: &&str| WORDS.contains(word) || STEMS.iter().any(|stem| word.starts_with(stem));
        words.iter().any(says) || words.windows(2).any(|pair| PAIRS.contains(&(pair[0], pair[1])))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_count_by_their_words() {
        let check = |names: &str, expected: bool| assert_eq!(are_beside(names), expected, "{names:?}");
        check("related-posts", true);
        check("post__relatedStories", true);
        check("c-block RelatedStories", true);
        check("article-Share_bar", true);
        check("most-read", true);
        check("most read", false);
        check("unrelated", false);
        check("reading-pane mostly", false);
        check("entry-content", false);
        check("", false);
    }
}
