//! Addresses: relative ones made absolute, those that nobody should follow refused, tracking taken off.
//! Fetches nothing.

use std::cell::Cell;
use std::rc::Rc;

use url::Url;

use super::controls;
use crate::domain::tracking::is_tracking;

/// No address is longer.
const LONGEST: usize = 16_000;
/// No address against which others are resolved is longer.
const LONGEST_BASE: usize = 2_000;
/// Bytes of relative addresses that one document may have written out in full; beyond them they stay as they are.
const MOST_WRITTEN: usize = 16_000_000;
/// Words beyond ASCII of one address that are shown as they are written.
const MOST_RUNS: usize = 40;
/// Beginnings of the names of hosts that only have feeds.
const HOSTS_OF_FEEDS: [&str; 4] = ["feed.", "feeds.", "rss.", "feedproxy."];

/// An address that relative ones are resolved against; may be none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Base {
    url: Option<Url>,
    /// Whether relative addresses stay: nobody knows where the document is from.
    is_unknown: bool,
    /// Bytes that have been written out against this base and all others of the document.
    written: Rc<Cell<usize>>,
}

impl Base {
    /// A base of the web. Without an address relative ones stay as they are; in a document from elsewhere they lead nowhere.
    pub(crate) fn new(address: Option<&str>) -> Base {
        Base { url: address.and_then(base_url), is_unknown: address.is_none(), ..Base::default() }
    }

    /// The base inside an element that has this `xml:base`, itself perhaps relative.
    pub(crate) fn inside(&self, xml_base: Option<&str>) -> Base {
        let inner = xml_base.filter(|text| !text.is_empty()).and_then(|text| self.absolute(text)).and_then(|text| base_url(&text));
        inner.map_or_else(|| self.clone(), |url| Base { url: Some(url), is_unknown: false, written: self.written.clone() })
    }

    /// What a document's relative addresses are resolved against: its own address, and the page of its site where that is unknown
    /// or of a host that only hands out the feeds of others.
    pub(crate) fn or_site(&self, home: Option<&str>) -> Base {
        match &self.url {
            Some(own) if !is_host_of_feeds(own) => self.clone(),
            _ => self.inside(home),
        }
    }

    /// Whether an address of so many bytes may still be written out; it is counted.
    pub(crate) fn affords(&self, bytes: usize) -> bool {
        let written = self.written.get() + bytes;
        let is_within = written <= MOST_WRITTEN;
        self.written.set(if is_within { written } else { self.written.get() });
        is_within
    }

    /// The absolute form of an address of any scheme; what is absolute already stays as it is written.
    pub(crate) fn absolute(&self, text: &str) -> Option<String> {
        let text = plain(text)?;
        if has_scheme(&text) {
            let url = Url::parse(&text).ok()?;
            let is_plain = !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\\'));
            // `http:/host` is meant as `http://host`, and opens as that.
            let is_short = is_web(&url) && !text.contains("://");
            return Some(if is_plain && !is_short { text } else { url.into() });
        }
        if text.starts_with("www.") {
            return Url::parse(&format!("http://{text}")).ok().map(String::from);
        }
        match &self.url {
            Some(base) if !self.affords(base.as_str().len() + text.len()) => None,
            Some(base) => base.join(&text).ok().map(|url| with_letters(url.into(), &text)),
            None if text.starts_with("//") => Url::parse(&format!("https:{text}")).ok().map(String::from),
            None => None,
        }
    }

    /// The absolute form of an address that may be opened: `http`, `https` or `mailto`. A relative one where the base is unknown.
    pub(crate) fn web(&self, text: &str) -> Option<String> {
        match self.absolute(text) {
            Some(address) => Some(address).filter(|address| starts_with_any(address, &["http://", "https://", "mailto:"])),
            None if self.is_unknown => relative(text),
            None => None,
        }
    }
}

fn base_url(address: &str) -> Option<Url> {
    Url::parse(address.trim()).ok().filter(|url| is_web(url) && url.as_str().len() <= LONGEST_BASE)
}

/// An address without what no address has in it: white space around it, and characters that are not seen.
fn plain(text: &str) -> Option<String> {
    let text: String = text.trim().chars().filter(|c| !c.is_control() && !controls::turns_text(*c)).collect();
    // Escaped twice: no address has `&amp;` in it.
    let text = if text.contains("&amp;") { text.replace("&amp;", "&") } else { text };
    (!text.is_empty() && text.len() <= LONGEST).then_some(text)
}

/// A relative address, if the text can be one: words of a sentence and names of files on this machine are none.
fn relative(text: &str) -> Option<String> {
    let text = plain(text).filter(|text| !has_scheme(text) && !text.starts_with(['#', '-']))?;
    let is_odd = text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\\' | ':'));
    let is_path = text.starts_with('?') || text.contains(['/', '.']);
    (is_path && !is_odd).then_some(text)
}

/// Letters beyond ASCII again as they are written (RFC 3987), as in an address that was absolute from the beginning.
fn with_letters(url: String, written: &str) -> String {
    let runs = written.split(|c: char| c.is_ascii()).filter(|run| !run.is_empty());
    runs.take(MOST_RUNS).fold(url, |url, run| url.replace(&run.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>(), run))
}

/// Whether nothing but feeds is to be had there, by its name.
pub(crate) fn is_host_of_feeds(url: &Url) -> bool {
    url.host_str().is_some_and(|host| HOSTS_OF_FEEDS.iter().any(|start| host.starts_with(start)))
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// Whether a text begins with `scheme:`.
pub(crate) fn has_scheme(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    // `host:8080/path` and `Title: text` are no schemes.
    is_scheme && !rest.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit())
}

/// Whether a text is an address of the web in full.
pub(crate) fn is_web_address(text: &str) -> bool {
    starts_with_any(text, &["http://", "https://"]) && !text.contains(char::is_whitespace)
}

fn starts_with_any(text: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

/// An address without what varies between two links to one article: tracking parameters, `http` or `https`,
/// a tracking fragment. Only for comparing; never to be opened.
pub(crate) fn normalise_link(address: &str) -> String {
    let Ok(mut url) = Url::parse(address.trim()) else { return address.trim().to_string() };
    if url.scheme() == "http" {
        let _ = url.set_scheme("https");
    }
    let kept: Vec<&str> = url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
    let query = kept.join("&");
    url.set_query((!query.is_empty()).then_some(query.as_str()));
    if url.fragment().is_some_and(|fragment| fragment.is_empty() || fragment.split('&').all(is_tracking)) {
        url.set_fragment(None);
    }
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracking_is_no_part_of_an_address() {
        let check = |input: &str, expected: &str| assert_eq!(normalise_link(input), expected, "{input:?}");
        check("http://Example.com/a?utm_source=rss&id=7&utm_medium=feed", "https://example.com/a?id=7");
        check("https://example.com/a?utm_source=x", "https://example.com/a");
        check("https://example.com/a?fbclid=1#xtor=RSS-1", "https://example.com/a");
        check("https://example.com/a?ref=rss&ref=main", "https://example.com/a?ref=main");
        check("https://example.com/a#part-2", "https://example.com/a#part-2");
        check("https://example.com:443/a?q=a+b&x=%20", "https://example.com/a?q=a+b&x=%20");
        check("not an address", "not an address");
    }

    #[test]
    fn addresses_are_made_absolute() {
        let base = Base::new(Some("https://example.com/news/feed.xml"));
        let check = |input: &str, expected: Option<&str>| assert_eq!(base.web(input).as_deref(), expected, "{input:?}");
        check("a.html", Some("https://example.com/news/a.html"));
        check("/a?b=c", Some("https://example.com/a?b=c"));
        check("http://other.example/?b=2&amp;c=3", Some("http://other.example/?b=2&c=3"));
        check("//other.example/x", Some("https://other.example/x"));
        check("?page=2", Some("https://example.com/news/feed.xml?page=2"));
        check(" http://other.example ", Some("http://other.example"));
        check("http://other.example/a b", Some("http://other.example/a%20b"));
        check("http://other.example/é", Some("http://other.example/é"));
        check("http://other.exa\nmple/x", Some("http://other.example/x"));
        check("www.other.example/x", Some("http://www.other.example/x"));
        check("http:/other.example/x", Some("http://other.example/x"));
        check("Seeküste/é?q=ü", Some("https://example.com/news/Seeküste/é?q=ü"));
        check("http://other.example/\u{202e}x", Some("http://other.example/x"));
        check("mailto:a@example.com", Some("mailto:a@example.com"));
        for refused in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://", ""] {
            check(refused, None);
        }
        assert_eq!(Base::default().web("a.html"), None);
        assert_eq!(Base::default().web("//other.example/x").as_deref(), Some("https://other.example/x"));
    }

    #[test]
    fn relative_addresses_stay_where_nobody_knows_the_base() {
        let check = |input: &str, expected: Option<&str>| assert_eq!(Base::new(None).web(input).as_deref(), expected, "{input:?}");
        check("/2025/a", Some("/2025/a"));
        check(" a.html ", Some("a.html"));
        check("?p=1", Some("?p=1"));
        check("//other.example/x", Some("https://other.example/x"));
        for refused in ["what is love?", "#top", "news", "javascript:a/b", "C:\\a.txt", "--help.x", ""] {
            check(refused, None);
        }
        assert_eq!(Base::new(Some("file:///feed.xml")).web("/etc/passwd"), None);
    }

    #[test]
    fn a_long_base_is_not_written_out_without_end() {
        let address = |letters: usize| format!("http://example.com/{}/", "d".repeat(letters));
        assert_eq!(Base::new(Some(&address(3_000))).absolute("x"), None);
        assert_eq!(Base::new(Some("http://a.example/")).inside(Some(&address(3_000))).absolute("x").as_deref(), Some("http://a.example/x"));
        let base = Base::new(Some(&address(1_900)));
        let written =
            |base: &Base| (0..10_000).filter_map(|_| base.inside(Some("a/")).absolute("x")).map(|address| address.len()).sum::<usize>();
        let first = written(&base);
        assert!((1_000_000..16_000_000).contains(&first), "{first} bytes");
        assert_eq!(written(&base.clone()), 0, "of which nothing is left");
    }

    #[test]
    fn bases_nest() {
        let base = Base::new(None).inside(Some("http://example.com/a/")).inside(Some("b/")).inside(Some("javascript:x"));
        assert_eq!(base.web("c").as_deref(), Some("http://example.com/a/b/c"));
    }
}
