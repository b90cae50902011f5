//! What a person types for a feed, as the addresses that may be meant: with or without `https://`, `feed://`, a path.

use std::path::Path;

use url::Url;

use crate::config::feed_url;

/// The addresses that may be meant; the first at which somebody answers is. `folder` is where the person is, `is_file` looks
/// whether there is a file.
///
/// # Errors
/// What is wrong with it and how to write it.
pub(super) fn addresses(text: &str, folder: &Path, is_file: impl Fn(&Path) -> bool) -> Result<Vec<String>, String> {
    let text = without_feed_scheme(text.trim());
    let path = folder.join(text);
    let is_path = text.starts_with(['/', '.']) && !text.starts_with("//");
    if is_path || (!text.is_empty() && !text.contains("://") && is_file(&path)) {
        // Read again, an address has no `..` in it.
        let address = Url::from_file_path(&path).ok().and_then(|url| Url::parse(url.as_str()).ok());
        return feed_url(&address.map(String::from).unwrap_or_default()).map(|address| vec![address]);
    }
    let bare = text.trim_start_matches('/');
    match is_bare(bare) {
        true => ["https", "http"].iter().map(|scheme| feed_url(&format!("{scheme}://{bare}"))).collect(),
        false => feed_url(text).map(|address| vec![address]),
    }
}

/// `feed://host/` is the address of a feed without its scheme, `feed:https://host/` the same with it.
fn without_feed_scheme(text: &str) -> &str {
    match text.get(..5).filter(|start| start.eq_ignore_ascii_case("feed:")) {
        Some(_) => &text[5..],
        None => text,
    }
}

/// Whether this is a host, perhaps with more behind it.
fn is_bare(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let is_host = name.contains('.') || name.eq_ignore_ascii_case("localhost") || name.starts_with('[');
    is_host && !name.contains(['@', ' ']) && port.bytes().all(|byte| byte.is_ascii_digit() || byte == b']')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Result<Vec<String>, String> {
        addresses(text, Path::new("/srv/jane"), |path| path.ends_with("saved.xml"))
    }

    #[test]
    fn an_address_is_understood_as_people_write_it() {
        let check = |text: &str, expected: &[&str]| assert_eq!(typed(text).expect(text), expected, "{text}");
        check("https://www.cbc.ca/news", &["https://www.cbc.ca/news"]);
        check("cbc.ca", &["https://cbc.ca", "http://cbc.ca"]);
        check("//cbc.ca/news?x=http://y", &["https://cbc.ca/news?x=http://y", "http://cbc.ca/news?x=http://y"]);
        check("localhost:8080/feed", &["https://localhost:8080/feed", "http://localhost:8080/feed"]);
        check("127.0.0.1:8080", &["https://127.0.0.1:8080", "http://127.0.0.1:8080"]);
        check("[::1]:8080/x", &["https://[::1]:8080/x", "http://[::1]:8080/x"]);
        check("feed://cbc.ca/rss", &["https://cbc.ca/rss", "http://cbc.ca/rss"]);
        check("feed:https://cbc.ca/rss", &["https://cbc.ca/rss"]);
        check("/srv/two words.xml", &["file:///srv/two%20words.xml"]);
        check("./a.xml", &["file:///srv/jane/a.xml"]);
        check("../a.xml", &["file:///srv/a.xml"]);
        check("saved.xml", &["file:///srv/jane/saved.xml"]);
        check("file:///srv/a.xml", &["file:///srv/a.xml"]);
    }

    #[test]
    fn what_is_no_address_is_told_how_to_be_written() {
        for text in
            ["", "news", "ftp://a.example/", "javascript:alert(1)", "mailto:me@a.example", "https://me:pw@a.example/", "a b.example"]
        {
            typed(text).expect_err(text);
        }
    }
}
