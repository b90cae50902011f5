//! Addresses of feeds as people write them: http, https and file. Says how to write those that cannot be asked.

use url::{ParseError, Url};

/// Bytes of an address; longer ones are a paste that went wrong.
const LONGEST_ADDRESS: usize = 4096;

/// The address, as written where it is plain ASCII, else in its ASCII form.
///
/// # Errors
/// What is wrong with it and how to write it, as the end of a sentence that begins with a name for it.
pub fn feed_url(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.len() > LONGEST_ADDRESS {
        return Err(format!("is longer than {LONGEST_ADDRESS} bytes; is it an address?"));
    }
    if let Some(advice) = path_advice(text) {
        return Err(advice);
    }
    match Url::parse(text) {
        Ok(url) => checked(text, &url),
        Err(ParseError::RelativeUrlWithoutBase) => Err(without_scheme(text)),
        Err(error) => Err(format!("is not an address ({error}): \"{}\"", super::report::shortened(text))),
    }
}

fn checked(text: &str, url: &Url) -> Result<String, String> {
    if !url.username().is_empty() || url.password().is_some() {
        // An address is shown and stored, so it holds no secret; nor does this message.
        return Err("must be without name and password: write user = \"…\", password = { env = \"NAME\" } beside it".into());
    }
    match url.scheme() {
        "http" | "https" => Ok(plain(text, url)),
        "file" if url.to_file_path().is_ok() && text.get(5..6) == Some("/") => Ok(plain(text, url)),
        "file" => Err(format!("must name a whole path, as in file:///home/you/feeds/news.xml, not \"{}\"", super::report::shortened(text))),
        _ => Err(without_scheme(text)),
    }
}

/// What was written is what scripts and `--feed` look for; only what a request could not carry is changed.
fn plain(text: &str, url: &Url) -> String {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic()) && text.starts_with(&format!("{}://", url.scheme()));
    if is_plain { text.to_string() } else { url.to_string() }
}

fn path_advice(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some("is empty: write an address like https://example.com/feed.xml".into());
    }
    if text.starts_with('/') && !text.starts_with("//") {
        let address = Url::from_file_path(text).map_or_else(|()| format!("file://{text}"), String::from);
        return Some(format!("is a path; as an address it is \"{}\"", super::report::shortened(&address)));
    }
    let is_home = text.starts_with('~') || text.starts_with("file:~") || text.starts_with("file://~") || text.starts_with("file:///~");
    is_home.then(|| "must name a whole path, as in file:///home/you/feeds/news.xml: `~` is not understood here".into())
}

fn without_scheme(text: &str) -> String {
    let (host, rest) = text.trim_start_matches('/').split_once('/').unwrap_or((text, ""));
    let looks_like_a_host = host.contains('.') && !host.starts_with('.') && !host.contains(':') && !rest.is_empty();
    match looks_like_a_host {
        true => format!("has no https:// before it; did you mean \"https://{}\"?", super::report::shortened(text.trim_start_matches('/'))),
        false => format!("must begin with https://, http:// or file:///, not \"{}\"", super::report::shortened(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_can_be_asked_stay_as_they_were_written() {
        let check = |text: &str, expected: &str| assert_eq!(feed_url(text).as_deref(), Ok(expected), "{text:?}");
        check("https://www.cbc.ca/webfeed/rss/rss-canada", "https://www.cbc.ca/webfeed/rss/rss-canada");
        check("https://example.com", "https://example.com");
        check(" http://127.0.0.1:8080/a?b=c&d=%20 ", "http://127.0.0.1:8080/a?b=c&d=%20");
        check("file:///srv/feeds/a.xml", "file:///srv/feeds/a.xml");
        check("file:/srv/a.xml", "file:///srv/a.xml");
        check("file:///srv/two words.xml", "file:///srv/two%20words.xml");
        check("HTTPS://Example.com/A", "https://example.com/A");
        check("https://münchen.example/ä", "https://xn--mnchen-3ya.example/%C3%A4");
        check("https://example.com/\u{202e}lmx", "https://example.com/%E2%80%AElmx");
    }

    #[test]
    fn other_addresses_are_told_how_to_be_written() {
        let check = |text: &str, expected: &str| assert_eq!(feed_url(text), Err(expected.to_string()), "{text:?}");
        check("", "is empty: write an address like https://example.com/feed.xml");
        check("www.cbc.ca/rss", "has no https:// before it; did you mean \"https://www.cbc.ca/rss\"?");
        check("//www.cbc.ca/rss", "has no https:// before it; did you mean \"https://www.cbc.ca/rss\"?");
        check("/srv/a b.xml", "is a path; as an address it is \"file:///srv/a%20b.xml\"");
        check("feeds/a.xml", "must begin with https://, http:// or file:///, not \"feeds/a.xml\"");
        check("./a.xml", "must begin with https://, http:// or file:///, not \"./a.xml\"");
        check("ftp://example.com/a", "must begin with https://, http:// or file:///, not \"ftp://example.com/a\"");
        check("localhost:8080/a", "must begin with https://, http:// or file:///, not \"localhost:8080/a\"");
        check("javascript:alert(1)", "must begin with https://, http:// or file:///, not \"javascript:alert(1)\"");
        check("~/a.xml", "must name a whole path, as in file:///home/you/feeds/news.xml: `~` is not understood here");
        check("file://~/a.xml", "must name a whole path, as in file:///home/you/feeds/news.xml: `~` is not understood here");
        check("file:a.xml", "must name a whole path, as in file:///home/you/feeds/news.xml, not \"file:a.xml\"");
        check("file://server/a.xml", "must name a whole path, as in file:///home/you/feeds/news.xml, not \"file://server/a.xml\"");
        check("https://", "is not an address (empty host): \"https://\"");
        check("https://a b/", "is not an address (invalid international domain name): \"https://a b/\"");
        check("https://example.com:99999/", "is not an address (invalid port number): \"https://example.com:99999/\"");
        check(&format!("https://{}", "a".repeat(5000)), "is longer than 4096 bytes; is it an address?");
    }
}
