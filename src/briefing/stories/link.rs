//! The page that an article leads to, as a hash: equal for addresses that differ only in what follows the reader.

use url::Url;

use super::word::hash;
use crate::domain::tracking::is_tracking;

/// The hash of the page behind an address; none when the address is no page of its own, such as the front of a site.
pub(super) fn page(address: &str) -> Option<u64> {
    let url = Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let query: Vec<&str> = url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
    let host = url.host_str()?;
    let host = ["www.", "m.", "amp."].iter().find_map(|start| host.strip_prefix(start)).unwrap_or(host);
    let path = url.path().trim_end_matches('/');
    if path.is_empty() && query.is_empty() {
        return None;
    }
    let fragment = url.fragment().filter(|fragment| !fragment.split('&').all(is_tracking)).unwrap_or_default();
    Some(hash(&format!("{host}{path}?{}#{fragment}", query.join("&"))))
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn addresses_of_one_page_are_one() {
        let check = |one: &str, other: &str, expected: bool| assert_eq!(page(one) == page(other), expected, "{one} {other}");
        check("https://example.org/a?utm_source=rss", "http://www.example.org/a/", true);
        check("https://example.org/a?id=7", "https://example.org/a?id=8", false);
        check("https://example.org/a#part", "https://example.org/a", false);
        check("https://example.org/a#xtor=RSS-1", "https://example.org/a", true);
        assert_eq!(page("https://example.org/?utm_source=rss"), None, "the front of a site is nobody's story");
        assert_eq!(page("mailto:a@example.org"), None);
    }
}
