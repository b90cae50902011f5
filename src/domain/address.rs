//! Which addresses may leave the program: to a browser, or to the terminal as a link; and which hosts belong together. What else
//! addresses say is not read here.

/// Bytes of an address that is opened or linked at most, as terminals take it.
const MOST_BYTES: usize = 2083;

/// Whether an address is one for a browser or a mail program, and harmless on a command line and in a terminal: its scheme
/// is http, https or mailto, and every byte of it a visible ASCII character (RFC 3986 has no others).
pub fn is_openable(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).unwrap_or_default();
    let is_known = matches!(scheme.as_str(), "http" | "https" | "mailto");
    is_known && url.len() <= MOST_BYTES && url.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether a host is this one or below it. Both are in lower case.
pub(crate) fn is_host_in(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_host_is_in_a_domain_with_all_of_its_name() {
        let check = |host: &str, expected: bool| assert_eq!(super::is_host_in(host, "example.org"), expected, "{host}");
        check("example.org", true);
        check("www.example.org", true);
        check("my-example.org", false);
        check("org", false);
    }

    #[test]
    fn only_visible_addresses_of_the_web_and_of_mail_are_opened() {
        let check = |url: &str, expected: bool| assert_eq!(super::is_openable(url), expected, "{url:?}");
        check("https://example.org/a?b=c#d", true);
        check("HTTP://example.org", true);
        check("mailto:editor@example.org", true);
        check("file:///etc/passwd", false);
        check("javascript:alert(1)", false);
        check("-https://example.org", false);
        check("https://example.org/a b", false);
        check("https://example.org/\u{1b}]8;;\u{7}", false);
        check("https://example.org/é", false);
        check("example.org", false);
        check(&format!("https://example.org/{}", "a".repeat(3000)), false);
    }
}
