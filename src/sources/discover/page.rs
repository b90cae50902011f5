//! The feeds that a page leads to: those that it says it has, and links that look like one.

use url::Url;

use super::{looks_like_a_feed, site};
use crate::sources::links::Base;
use crate::sources::tree::{Element, Node, elements};

/// Feeds of each kind that are kept.
const MAX_LINKS: usize = 20;
/// Links of each kind that are looked at.
const MAX_FOUND: usize = 1_000;
/// Types of links that are feeds, as part of the type.
const FEED_TYPES: &[&str] = &["rss", "atom", "feed+json", "application/rdf"];
/// Types that feeds have, and much else: the address must look like a feed too.
const PLAIN_TYPES: &[&str] = &["application/json", "application/xml", "text/xml", ""];
/// Addresses that only describe a page to other programs.
const MACHINERY: &[&str] = &["/wp-json/", "oembed"];
const COMMENTS: &[&str] = &["comment", "kommentar", "comentario", "commenti", "reacties"];
/// Pages that offer a feed to a reader of their own, or to one's friends.
const ELSEWHERE: &[&str] =
    &["feedly.com", "inoreader.com", "newsblur.com", "theoldreader.com", "netvibes.com", "facebook.com", "twitter.com"];

/// Where a page leads; nobody wrote these addresses for us to trust.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Leads {
    /// The feeds that it says it has, in its order; those of comments last.
    pub(crate) links: Vec<String>,
    /// How many of them are not of comments.
    pub(crate) main: usize,
    /// Links that look like feeds, those of its own host first.
    pub(crate) maybe: Vec<String>,
    /// Where it sends its visitors at once (`<meta http-equiv="refresh" content="0; url=…">`).
    pub(crate) leads_on: Option<String>,
}

impl Leads {
    /// `text` is the page as it was read, `address` its own.
    pub(crate) fn new(nodes: &[Node<'_>], text: &str, address: Option<&str>) -> Leads {
        let mut base = None;
        let mut found = Found::default();
        each(nodes, &mut |element| {
            if base.is_none() && element.local().eq_ignore_ascii_case("base") {
                base = element.attribute("href");
            }
        });
        let base = Base::new(address).inside(base);
        each(nodes, &mut |element| found.look(element, &base));
        found.feeds.extend(address.and_then(|address| site::feed_of_text(text, address)));
        let host = |address: &str| Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_string));
        let own = address.and_then(host);
        found.maybe.sort_by_cached_key(|address| host(address) != own);
        let main = unique(found.feeds, &[]);
        let comments = unique(found.comments, &main);
        let mut maybe = unique(found.maybe, &main);
        maybe.retain(|address| !comments.contains(address));
        Leads { main: main.len(), links: main.into_iter().chain(comments).collect(), maybe, leads_on: found.leads_on }
    }
}

#[derive(Default)]
struct Found {
    feeds: Vec<String>,
    comments: Vec<String>,
    maybe: Vec<String>,
    leads_on: Option<String>,
}

impl Found {
    fn look(&mut self, element: &Element<'_>, base: &Base) {
        match element.local().to_ascii_lowercase().as_str() {
            "link" => self.look_at_link(element, base),
            "a" | "area" => {
                let address =
                    element.attribute("href").filter(|_| self.maybe.len() < MAX_FOUND).and_then(|address| feed_address(address, base));
                self.maybe.extend(
                    address.filter(|address| looks_like_a_feed(address) && !is_any_in(address, ELSEWHERE) && !is_of_comments(address)),
                );
            }
            "meta" if self.leads_on.is_none() => self.leads_on = leads_on(element).and_then(|address| base.web(&address)),
            _ => {}
        }
    }

    fn look_at_link(&mut self, element: &Element<'_>, base: &Base) {
        let value = |name: &str| element.attribute(name).unwrap_or_default().trim().to_ascii_lowercase();
        let (relation, kind) = (value("rel"), value("type"));
        let is = |wanted: &str| relation.split_whitespace().any(|word| word == wanted);
        let Some(address) = element.attribute("href").and_then(|address| feed_address(address, base)) else { return };
        let is_feed = is_any_in(&kind, FEED_TYPES)
            || (is("feed") && kind.is_empty())
            || (is("alternate") && kind.starts_with("text/xml"))
            || (PLAIN_TYPES.contains(&kind.as_str()) && looks_like_a_feed(&address) && !is("stylesheet"));
        if (is("alternate") || is("feed")) && is_feed {
            let is_of_comments = is_any_in(&value("title"), COMMENTS) || is_of_comments(&address);
            let kind = if is_of_comments { &mut self.comments } else { &mut self.feeds };
            kind.extend(Some(address).filter(|_| kind.len() < MAX_FOUND));
        }
    }
}

fn feed_address(address: &str, base: &Base) -> Option<String> {
    let address = base.web(address.split('#').next()?)?;
    (!address.starts_with("mailto:") && !is_any_in(&address, MACHINERY)).then_some(address)
}

fn is_of_comments(address: &str) -> bool {
    ["/comments/", "/comments.", "feed=comments"].iter().any(|part| address.to_ascii_lowercase().contains(part))
}

fn is_any_in(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

fn unique(addresses: Vec<String>, known: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for address in addresses {
        if kept.len() < MAX_LINKS && !kept.contains(&address) && !known.contains(&address) {
            kept.push(address);
        }
    }
    kept
}

fn leads_on(meta: &Element<'_>) -> Option<String> {
    let is_refresh = meta.attribute("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"));
    let (_, address) = meta.attribute("content").filter(|_| is_refresh)?.split_once('=')?;
    Some(address.trim_matches(['"', '\'', ' ']).to_string())
}

fn each<'t, 'a>(nodes: &'t [Node<'a>], look: &mut impl FnMut(&'t Element<'a>)) {
    for element in elements(nodes) {
        look(element);
        each(&element.children, look);
    }
}

#[cfg(test)]
mod tests {
    use crate::sources::{NotAFeed, RawFeed, read};

    fn page(inside: &str) -> NotAFeed {
        let body = format!("<!doctype html><html>{inside}</html>");
        read(RawFeed { body: body.as_bytes(), content_type: None, base_url: Some("https://a.example/blog/"), is_cut: false })
            .expect_err("a page")
    }

    #[test]
    fn a_page_says_which_feeds_it_has_in_any_order_and_case() {
        let check = |inside: &str, expected: &[&str]| assert_eq!(page(inside).feeds(), expected, "{inside}");
        check("<link rel=alternate type=application/rss+xml href=feed>", &["https://a.example/blog/feed"]);
        check("<LINK HREF='/x' TYPE='Application/ATOM+XML; charset=utf-8' REL='Alternate Home'>", &["https://a.example/x"]);
        check("<head><base href='https://b.example/c/'><link rel=alternate type=text/rss href=d>", &["https://b.example/c/d"]);
        check("<link rel=feed href=/x><link rel=feed href=/x#y>", &["https://a.example/x"]);
        check("<link rel=alternate type=text/xml href=/x>", &["https://a.example/x"]);
        check("<link rel=alternate type=application/json href=/feed.json>", &["https://a.example/feed.json"]);
        check("<link rel=alternate type=application/json href=/wp-json/wp/v2/feed>", &[]);
        check("<link rel=alternate type=application/json+oembed href=/oembed?format=json&feed=rss>", &[]);
        check("<link rel=alternate hreflang=fr href=/fr/>", &[]);
        check("<link rel=stylesheet type=application/rss+xml href=/x>", &[]);
        check("<link rel=alternate type=application/rss+xml href='javascript:x'>", &[]);
    }

    #[test]
    fn feeds_of_comments_are_told_apart_and_come_last() {
        let link = |title: &str, address: &str| format!("<link rel=alternate type=application/rss+xml title='{title}' href='{address}'>");
        let page = page(&(link("All Comments", "/c") + &link("", "/comments/feed/") + &link("Ships", "/feed/")));
        assert_eq!(page.feeds(), ["https://a.example/feed/"]);
        assert_eq!(page.links(), ["https://a.example/feed/", "https://a.example/c", "https://a.example/comments/feed/"]);
        assert_eq!(page.feeds_of_comments(), ["https://a.example/c", "https://a.example/comments/feed/"]);
    }

    #[test]
    fn links_that_look_like_feeds_are_kept_apart() {
        let check = |inside: &str, expected: &[&str]| assert_eq!(page(inside).links_like_feeds(), expected, "{inside}");
        check("<a href=https://b.example/rss>1</a><a href=/rss.xml>2</a>", &["https://a.example/rss.xml", "https://b.example/rss"]);
        check("<a href=/feed><link rel=alternate type=application/rss+xml href=/feed></a>", &[]);
        check("<a href='https://feedly.com/i/subscription/feed/https://a.example/feed'>+</a><a href=/about>2</a>", &[]);
        check("<a href='mailto:feed@a.example'>1</a><a href='#feed'>2</a><a href='/comments/feed'>3</a>", &[]);
    }

    #[test]
    fn a_page_may_lead_on() {
        assert_eq!(page("<meta http-equiv=Refresh content='0; URL=/en/'>").leads_on(), Some("https://a.example/en/"));
        assert_eq!(page("<meta name=x content='a=/en/'>").leads_on(), None);
    }
}
