//! The feeds that a page leads to: those that it says it has, and links that look like one.

use url::Url;

use super::{PICTURES, looks_like_a_feed, site};
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
const MACHINERY: &[&str] = &["/wp-json/", "oembed", "/~ff/"];
/// Beginnings of words for what readers write below an article, and words that begin so by chance.
const COMMENTS: &[&str] = &["comment", "kommentar", "comentario", "commenti", "reacties"];
const NO_COMMENTS: &[&str] = &["commentar", "commentat"];
/// What a link is called that leads to a feed, or to a page of feeds; the latter where it is not called much else.
const FEED_WORDS: &[&str] = &["rss", "rss2", "atom"];
const PLAIN_FEED_WORDS: &[&str] = &["feed", "feeds", "xml"];
/// Words of such a name.
const MOST_WORDS: usize = 6;
const MOST_PLAIN_WORDS: usize = 2;
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
        found.maybe.append(&mut found.called);
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

impl Leads {
    /// Adds feeds of the page after those that it names itself.
    pub(crate) fn add(&mut self, addresses: Vec<String>) {
        for address in unique(addresses, &self.links) {
            self.links.insert(self.main, address);
            self.main += 1;
        }
    }

    /// The end of a sentence about the page.
    pub(crate) fn words(&self) -> String {
        match (self.links.as_slice(), &self.leads_on, self.maybe.first()) {
            ([only], _, _) => format!("; it links to {only}"),
            ([first, rest @ ..], _, _) => format!("; it links to {first} and {} more", rest.len()),
            ([], Some(address), _) => format!("; it leads on to {address}"),
            ([], None, Some(address)) => format!("; it has a link that may be a feed: {address}"),
            ([], None, None) => String::new(),
        }
    }
}

#[derive(Default)]
struct Found {
    feeds: Vec<String>,
    comments: Vec<String>,
    maybe: Vec<String>,
    /// Links that do not look like feeds, but are called so.
    called: Vec<String>,
    leads_on: Option<String>,
}

impl Found {
    fn look(&mut self, element: &Element<'_>, base: &Base) {
        match element.local().to_ascii_lowercase().as_str() {
            "link" => self.look_at_link(element, base),
            "a" | "area" => {
                let found = self.maybe.len() + self.called.len();
                let address = element.attribute("href").filter(|_| found < MAX_FOUND).and_then(|address| feed_address(address, base));
                match address.filter(|address| !is_any_in(address, ELSEWHERE) && !is_of_comments(address)) {
                    Some(address) if looks_like_a_feed(&address) => self.maybe.push(address),
                    Some(address) if is_called_a_feed(element) && !is_picture(&address) => self.called.push(address),
                    _ => {}
                }
            }
            "meta" if self.leads_on.is_none() => self.leads_on = leads_on(element).and_then(|address| base.web(&address)),
            _ => {}
        }
    }

    fn look_at_link(&mut self, element: &Element<'_>, base: &Base) {
        let value = |name: &str| element.attribute(name).unwrap_or_default().trim().to_ascii_lowercase();
        let Some(address) = element.attribute("href").and_then(|address| feed_address(address, base)) else { return };
        if names_a_feed(&value("rel"), &value("type"), &address) {
            let is_of_comments = is_called_comments(&value("title")) || is_of_comments(&address);
            let kind = if is_of_comments { &mut self.comments } else { &mut self.feeds };
            kind.extend(Some(address).filter(|_| kind.len() < MAX_FOUND));
        }
    }
}

/// Whether a link of that relation and type, both in lower case, is one to a feed of the page.
pub(super) fn names_a_feed(relation: &str, kind: &str, address: &str) -> bool {
    let is = |wanted: &str| relation.split_whitespace().any(|word| word == wanted);
    let is_feed = is_any_in(kind, FEED_TYPES)
        || (is("feed") && kind.is_empty())
        || (is("alternate") && kind.starts_with("text/xml"))
        || (PLAIN_TYPES.contains(&kind) && looks_like_a_feed(address) && !is("stylesheet"));
    (is("alternate") || is("feed")) && is_feed
}

/// Whether a link's words, its title or the words of its picture say that it leads to a feed.
fn is_called_a_feed(link: &Element<'_>) -> bool {
    let of = |element: &Element<'_>, names: &[&str]| -> Vec<String> {
        names.iter().filter_map(|name| element.attribute(name)).map(str::to_lowercase).collect()
    };
    let mut labels = of(link, &["title", "aria-label"]);
    labels.push(link.text().to_lowercase());
    each(&link.children, &mut |inner| labels.extend(of(inner, &["alt", "title", "aria-label"])));
    is_any_in(&link.attribute("type").unwrap_or_default().to_ascii_lowercase(), FEED_TYPES)
        || labels.iter().any(|label| is_feed_name(label))
}

/// Whether a name in lower case is that of a feed: `RSS`, `Subscribe by Atom`, `XML feed`; not `Feed the birds`.
fn is_feed_name(name: &str) -> bool {
    let words: Vec<&str> = words(name).take(MOST_WORDS + 1).collect();
    let has = |names: &[&str]| words.iter().any(|word| names.contains(word));
    (words.len() <= MOST_WORDS && has(FEED_WORDS)) || (words.len() <= MOST_PLAIN_WORDS && has(PLAIN_FEED_WORDS))
}

fn is_called_comments(title: &str) -> bool {
    let starts = |word: &str, starts: &[&str]| starts.iter().any(|start| word.starts_with(start));
    words(title).any(|word| starts(word, COMMENTS) && !starts(word, NO_COMMENTS))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_picture(address: &str) -> bool {
    let path = address.split('?').next().unwrap_or_default().to_ascii_lowercase();
    PICTURES.iter().any(|ending| path.ends_with(ending))
}

pub(super) fn feed_address(address: &str, base: &Base) -> Option<String> {
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
    fn links_that_are_called_feeds_come_after_those_that_look_like_one() {
        let check = |inside: &str, expected: &[&str]| assert_eq!(page(inside).links_like_feeds(), expected, "{inside}");
        let (hidden, news) = ("https://a.example/hidden/my.xml", "https://a.example/rss/news");
        check("<a href='/hidden/my.xml'>RSS</a> <a href=/rss/news>News</a>", &[news, hidden]);
        check("<a href='/hidden/my.xml' title='Subscribe by RSS'>+</a>", &[hidden]);
        check("<a href='/hidden/my.xml'><img src=/i.png alt='XML feed'></a>", &[hidden]);
        check("<a href='/hidden/my.xml' type='application/atom+xml'>all</a>", &[hidden]);
        check("<a href=/birds>Feed the birds</a><a href=/feedback>Feedback</a><a href=/i.png>RSS</a>", &[]);
        check("<a href=/about>Why nobody reads by RSS any more, and what we do</a><a href=/x>Atoms</a>", &[]);
    }

    #[test]
    fn a_commentary_is_no_feed_of_comments() {
        let title = |title: &str| page(&format!("<link rel=alternate type=application/rss+xml title='{title}' href=/x>")).feeds().len();
        assert_eq!(["Commentary", "Our commentators", "Ships", "Comments", "Ships: comments"].map(title), [1, 1, 1, 0, 0]);
    }

    #[test]
    fn a_page_may_lead_on() {
        assert_eq!(page("<meta http-equiv=Refresh content='0; URL=/en/'>").leads_on(), Some("https://a.example/en/"));
        assert_eq!(page("<meta name=x content='a=/en/'>").leads_on(), None);
    }
}
