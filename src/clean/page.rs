//! The page that an article stands on: where its relative addresses lead, and which addresses may stay.

use std::borrow::Cow;
use std::cell::Cell;

use url::Url;

use super::fence::MAX_ELEMENTS;
use super::redirects::behind;
use crate::domain::tracking::bare;

/// Bytes of an address; a longer one is no use to a reader.
const MAX_ADDRESS_BYTES: usize = 2_048;
/// Bytes that the addresses of one document may gain by being written out; against a long base a short one grows a hundredfold.
const MAX_BYTES: usize = 8_000_000;

/// How `&` looks in an address that was escaped once too often.
const AMPERSANDS: [&str; 3] = ["&amp;", "&#038;", "&#38;"];

/// The address an article was found at.
#[derive(Debug)]
pub(super) struct Page {
    base: Option<Url>,
    /// Bytes that addresses may still gain.
    left: Cell<usize>,
    /// Elements that its text may still have, where markup in it is read once more.
    pub(super) elements: Cell<usize>,
}

impl Page {
    pub(super) fn new(base_url: Option<&str>) -> Page {
        let base = base_url.and_then(|base| Url::parse(base.trim()).ok()).filter(|base| matches!(base.scheme(), "http" | "https"));
        Page { base, left: Cell::new(MAX_BYTES), elements: Cell::new(MAX_ELEMENTS) }
    }

    /// A link's address, absolute, without tracking and redirection; `None` for what is no place of a network and no mail address.
    pub(super) fn link(&self, address: &str) -> Option<String> {
        let mut url = behind(self.resolve(address)?);
        drop_tracking(&mut url);
        let is_wanted = match url.scheme() {
            "http" | "https" | "ftp" | "gemini" | "gopher" => url.has_host(),
            scheme => scheme == "mailto" && url.path().contains('@'),
        };
        self.written(address, url).filter(|_| is_wanted)
    }

    /// A picture's address, absolute; `None` for what is not http or https.
    pub(super) fn picture(&self, address: &str) -> Option<String> {
        let url = self.resolve(address).filter(|url| matches!(url.scheme(), "http" | "https"))?;
        self.written(address, url)
    }

    /// Whether an address would lead somewhere if it were known which page it stands on.
    pub(super) fn is_lost(&self, address: &str) -> bool {
        let is_relative = || matches!(Url::parse(address.trim()), Err(url::ParseError::RelativeUrlWithoutBase));
        self.base.is_none() && !address.trim().is_empty() && is_relative()
    }

    fn written(&self, address: &str, url: Url) -> Option<String> {
        let url = Some(String::from(url)).filter(|url| url.len() <= MAX_ADDRESS_BYTES)?;
        self.left.set(self.left.get().saturating_sub(url.len().saturating_sub(address.len())));
        Some(url)
    }

    /// Whether an address is that of the page itself, whatever parameters that track it has.
    pub(super) fn is_here(&self, address: &str) -> bool {
        let Some((mut base, mut url)) = self.base.clone().zip(self.resolve(address)) else { return false };
        [&mut base, &mut url].into_iter().for_each(|url| {
            drop_tracking(url);
            url.set_fragment(None);
        });
        let path = |url: &Url| url.path().trim_end_matches('/').to_string();
        base.host_str() == url.host_str() && path(&base) == path(&url) && base.query() == url.query()
    }

    fn resolve(&self, address: &str) -> Option<Url> {
        let address = &once_more(address.trim());
        if address.is_empty() || address.len() > 2 * MAX_ADDRESS_BYTES {
            return None;
        }
        match (Url::parse(address), &self.base) {
            (Ok(url), _) => Some(url),
            (Err(url::ParseError::RelativeUrlWithoutBase), Some(_)) if self.left.get() < MAX_ADDRESS_BYTES => None,
            (Err(url::ParseError::RelativeUrlWithoutBase), Some(base)) => base.join(address).ok(),
            (Err(url::ParseError::RelativeUrlWithoutBase), None) if address.starts_with("//") => {
                Url::parse(&format!("https:{address}")).ok()
            }
            _ => None,
        }
    }
}

/// An address whose signs between parameters were escaped twice, as the text around it was.
fn once_more(address: &str) -> Cow<'_, str> {
    let is_escaped = AMPERSANDS.iter().any(|ampersand| address.contains(ampersand));
    let decode = |address: String| AMPERSANDS.iter().fold(address, |address, ampersand| address.replace(ampersand, "&"));
    if is_escaped { Cow::Owned(decode(address.to_string())) } else { Cow::Borrowed(address) }
}

fn drop_tracking(url: &mut Url) {
    if let Some(bare) = bare(url.as_str()).and_then(|bare| Url::parse(&bare).ok()) {
        *url = bare;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_absolute_and_free_of_tracking() {
        let page = Page::new(Some("https://example.org/news/1"));
        let check = |address: &str, expected: Option<&str>| assert_eq!(page.link(address).as_deref(), expected, "{address:?}");
        check("../a?id=7&utm_source=rss&fbclid=x#top", Some("https://example.org/a?id=7#top"));
        check("https://b.example/?utm_medium=x", Some("https://b.example/"));
        check("//c.example/x", Some("https://c.example/x"));
        check("/story?at_medium=RSS&page=2", Some("https://example.org/story?page=2"));
        check("/p?source=rss----3&attr=1", Some("https://example.org/p?attr=1"));
        check("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2Fx%3Ffbclid%3Dy&h=z", Some("https://a.example/x"));
        check("/p#utm_source=rss", Some("https://example.org/p"));
        check("https://youtu.be/abc?si=x", Some("https://youtu.be/abc"));
        check("/p?source=book", Some("https://example.org/p?source=book"));
        check("?a=1&&b", Some("https://example.org/news/1?a=1&&b"));
        check("mailto:desk@example.org", Some("mailto:desk@example.org"));
        check(" http://e.example/\u{1b}[2J\n x ", Some("http://e.example/%1B[2J%20x"));
        check("https://e.example/?a=1&amp;b=2&#038;utm_source=x", Some("https://e.example/?a=1&b=2"));
        check("ftp://e.example/a.txt", Some("ftp://e.example/a.txt"));
        check("gemini://e.example/", Some("gemini://e.example/"));
        check("javascript:alert(1)", None);
        check("data:text/html,x", None);
        check("file:///etc/passwd", None);
        check("mailto:", None);
        check("", None);
        check(&format!("https://e.example/{}", "a".repeat(9000)), None);
    }

    #[test]
    fn a_page_knows_itself() {
        let page = Page::new(Some("https://example.org/a/?p=1&utm_source=x"));
        assert!(page.is_here("http://example.org/a?p=1#top") && page.is_here("?p=1"));
        assert!(!page.is_here("https://example.org/a/") && !page.is_here("https://example.com/a/?p=1") && !Page::new(None).is_here("/"));
    }

    #[test]
    fn without_a_page_only_whole_addresses_lead_anywhere() {
        let page = Page::new(None);
        assert_eq!(page.link("a.html"), None);
        assert!(page.is_lost("a.html") && !page.is_lost("javascript:x") && !page.is_lost(" "));
        assert_eq!(page.picture("//cdn.example/a.png").as_deref(), Some("https://cdn.example/a.png"));
        assert_eq!(page.picture("mailto:a@b"), None);
    }
}
