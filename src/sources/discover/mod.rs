//! Where the feed behind an address may be: by the address alone, by what its page says, by the places where feeds usually
//! are. These are guesses to be asked and read; nothing here asks.

mod header;
pub(super) mod page;
mod site;
mod sites;
mod usual;

use url::Url;

use super::links::is_host_of_feeds;

pub use header::feeds_of_header;
pub use site::feeds_of_site;
pub use usual::usual_places;

/// Parts of paths that are nearly always of feeds.
const WORDS: &[&str] = &["feed", "feeds", "rss", "rss2", "atom", "rdf", "webfeed", "rss.php", "feed.php", "index.xml", "index.rdf"];
const ENDINGS: &[&str] = &[".rss", ".atom", ".rdf"];
/// Endings that feeds have whose name says so.
const DOCUMENTS: &[&str] = &[".xml", ".json", ".php", ".aspx"];
const PARAMETERS: &[&str] = &["feed", "format", "type", "alt", "output", "mode", "action"];
const PICTURES: &[&str] = &[".png", ".jpg", ".gif", ".svg", ".ico", ".css", ".js"];

/// Whether an address looks like that of a feed.
#[must_use]
pub fn looks_like_a_feed(address: &str) -> bool {
    let Ok(url) = Url::parse(&address.to_ascii_lowercase()) else { return false };
    let ends_with = |name: &str, endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let parts: Vec<&str> = url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let last = parts.last().copied().unwrap_or_default();
    let is_named = || ["feed", "rss", "atom"].iter().any(|word| last.contains(word)) && ends_with(last, DOCUMENTS);
    let is_asked_for = || url.query_pairs().any(|(name, value)| PARAMETERS.contains(&&*name) && WORDS.contains(&&*value));
    !ends_with(last, PICTURES)
        && (parts.iter().any(|part| WORDS.contains(part))
            || ends_with(last, ENDINGS)
            || is_named()
            || is_asked_for()
            || is_host_of_feeds(&url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_feeds_are_known_by_their_look() {
        let check = |address: &str, expected: bool| assert_eq!(looks_like_a_feed(address), expected, "{address}");
        check("https://a.example/feed/", true);
        check("https://a.example/blog/RSS.xml", true);
        check("https://a.example/index.xml", true);
        check("https://a.example/r/rust/.rss", true);
        check("https://a.example/one/two/releases.atom", true);
        check("https://a.example/webfeed/rss/rss-canada", true);
        check("https://a.example/?feed=rss2", true);
        check("https://a.example/tags?format=atom", true);
        check("https://a.example/videos/news_feed.json", true);
        check("https://feeds.example/ships", true);
        check("https://a.example/", false);
        check("https://a.example/rss/icon.png", false);
        check("https://a.example/sitemap.xml", false);
        check("https://a.example/feedback", false);
        check("https://a.example/?format=pdf", false);
        check("nonsense", false);
    }
}
