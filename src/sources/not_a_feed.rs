//! What a document is that is no feed, in words that help: so that a person sees a log-in page for what it is.

use serde_json::error::Category;

use super::discover::page::Leads;
use super::tree::{Element, Node, elements};
use super::{decode, titles};
use crate::domain::clean_text::CleanText;
use crate::domain::cure::Trouble;
use crate::domain::entities;
use crate::domain::html_names::is_element;
use crate::domain::wording::shortened;
use crate::domain::wrap::prefix_of_bytes;

/// Bytes of a page that are looked at.
const LOOKED_AT: usize = 200_000;
/// Bytes of a title or text that are decoded to be quoted, and characters that are quoted then.
const DECODED: usize = 2_000;
const QUOTED: usize = 60;

/// Bytes of a document in which controls are counted, and how many bytes of a text there are to one control at least.
const BYTES_COUNTED: usize = 10_000;
const TEXT_TO_CONTROLS: usize = 20;

/// First bytes of files that are no text.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\0\0\x01\0", "an icon"),
    (b"RIFF", "an image or a sound"),
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"\x1f\x8b", "damaged gzip data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"Rar!\x1a", "a RAR file"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an Office file"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"BZh", "bzip2 data"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound or a film"),
];

/// Parts of scripts and addresses that only pages have that ask a browser to prove itself.
const CHALLENGE_SCRIPTS: &[&str] = &[
    "cf-chl",
    "cf_chl",
    "challenge-platform",
    "cf-browser-verification",
    "_incapsula_resource",
    "captcha-delivery.com",
    "px-captcha",
    "sgcaptcha",
    "aws-waf-token",
    "awswafintegration",
    "awswafcookiedomainlist",
    "/challenge.js",
    "sucuri_cloudproxy",
    "ddos-guard",
    "anubis_challenge",
    "/.within.website/",
    "testcookie",
];
/// Parts of the puzzles that tell a person from a program; where a page has little else, it is for them.
const PUZZLES: &[&str] = &["g-recaptcha", "h-captcha", "cf-turnstile"];
/// Words in the titles of pages that ask for a log-in in two steps, the password in the second.
#[rustfmt::skip]
const LOG_INS: &[&str] = &[
    "log in", "log-in", "login", "sign in", "sign-in", "signin", "anmelden", "anmeldung", "einloggen", "inloggen", "se connecter",
    "connexion", "iniciar sesión", "accedi",
];
/// Kinds of pages by words in their titles or, on a page with little text, anywhere in it. The first that fits is told.
const KINDS: &[(&str, &[&str])] = &[
    (
        CHALLENGE,
        &[
            "just a moment",
            "client challenge",
            "sucuri website firewall",
            "checking your browser",
            "attention required",
            "you are human",
            "you're human",
            "not a robot",
            "are you a robot",
            "captcha",
            "not a bot",
            "enable javascript and cookies",
            "please enable javascript",
            "ddos protection",
            "access denied",
            "pardon our interruption",
            "request blocked",
            "unusual traffic",
            "security check",
            "bot verification",
            "one moment, please",
        ],
    ),
    ("a page that asks for consent", &["before you continue", "cookie consent", "your privacy choices"]),
    ("a page that says that there is nothing at this address", &["404", "not found", "page introuvable", "nicht gefunden"]),
    (
        "an error page",
        &["403 forbidden", "500 internal", "502 bad gateway", "503 service", "504 gateway", "bad gateway", "service unavailable"],
    ),
    ("a page of a site under maintenance", &["maintenance", "coming soon", "be right back"]),
    (
        "a page that offers its address for sale",
        &["domain is for sale", "buy this domain", "domain parking", "parked domain", "domain for sale"],
    ),
];
const CHALLENGE: &str = "an HTML page that asks for a browser or a person";
const LOG_IN: &str = "a log-in page";
/// Words up to which a page says little, so that those few tell what it is.
const LITTLE: usize = 120;

/// A document that is no feed, and what it seems to be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{words}{}", leads.words())]
pub struct NotAFeed {
    words: String,
    leads: Leads,
}

impl NotAFeed {
    fn new(what: &str) -> NotAFeed {
        NotAFeed::said(format!("this seems to be {what}, not a feed"))
    }

    fn said(words: String) -> NotAFeed {
        NotAFeed { words, leads: Leads::default() }
    }

    /// The same, with feeds that the page's server names beside it.
    #[must_use]
    pub fn with_feeds(mut self, addresses: Vec<String>) -> NotAFeed {
        self.leads.add(addresses);
        self
    }

    /// The feeds that the page links to, the best first; they may be asked, but nobody wrote these addresses for us to trust.
    #[must_use]
    pub fn links(&self) -> &[String] {
        &self.leads.links
    }

    /// The same without those of comments.
    #[must_use]
    pub fn feeds(&self) -> &[String] {
        &self.leads.links[..self.leads.main]
    }

    /// Only those of comments.
    #[must_use]
    pub fn feeds_of_comments(&self) -> &[String] {
        &self.leads.links[self.leads.main..]
    }

    /// Other links of the page that look like feeds.
    #[must_use]
    pub fn links_like_feeds(&self) -> &[String] {
        &self.leads.maybe
    }

    /// The page that this one sends its visitors to at once.
    #[must_use]
    pub fn leads_on(&self) -> Option<&str> {
        self.leads.leads_on.as_deref()
    }

    /// What it means for a cure.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        if self.words.contains(CHALLENGE) { Trouble::Challenge } else { Trouble::NoFeed }
    }

    pub(super) fn empty() -> NotAFeed {
        NotAFeed::said("this is empty, not a feed".into())
    }

    /// A file that its first bytes show to be no text.
    pub(super) fn of_bytes(body: &[u8]) -> Option<NotAFeed> {
        MAGIC.iter().find(|(magic, _)| body.starts_with(magic)).map(|(_, what)| NotAFeed::new(what))
    }

    pub(super) fn of_json(error: Option<&serde_json::Error>) -> NotAFeed {
        match error.map(serde_json::Error::classify) {
            None => NotAFeed::new("JSON of another kind"),
            Some(Category::Eof) => NotAFeed::new("JSON that was cut off"),
            Some(_) => NotAFeed::new("damaged JSON"),
        }
    }

    /// Bytes that have no feed in them, and the text that they were read as.
    pub(super) fn of_document(body: &[u8], text: &str, nodes: &[Node<'_>], base_url: Option<&str>) -> NotAFeed {
        if is_binary(body) { NotAFeed::new("binary data") } else { NotAFeed::of_text(text, nodes, base_url) }
    }

    fn of_text(text: &str, nodes: &[Node<'_>], base_url: Option<&str>) -> NotAFeed {
        let start = text.trim_start();
        let first = elements(nodes).next();
        let is_html = start.get(..14).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype html")) || find(nodes, &["html"]).is_some();
        if is_html || first.is_some_and(|element| element.space == super::space::Space::Core && is_element(element.name)) {
            return NotAFeed::of_page(text, nodes, base_url);
        }
        match first {
            Some(root) if start.starts_with('<') => NotAFeed::new(&xml(root)),
            _ if start.starts_with('<') => NotAFeed::new("damaged XML"),
            _ => NotAFeed::new(&format!("plain text ({})", quoted(start))),
        }
    }

    fn of_page(text: &str, nodes: &[Node<'_>], base_url: Option<&str>) -> NotAFeed {
        let lower = prefix_of_bytes(text, LOOKED_AT).to_lowercase();
        let title = find(nodes, &["title"])
            .and_then(|title| titles::title(&title.text()))
            .map(|title| format!(" ({})", quoted(&title)))
            .unwrap_or_default();
        let kind = kind_of(&lower, &title.to_lowercase(), nodes);
        let leads = Leads::new(nodes, text, base_url);
        NotAFeed { words: format!("this seems to be {kind}{title}, not a feed"), leads }
    }
}

/// Whether so many of the first bytes are controls that they are no text, and not one of wide characters either.
pub(super) fn is_binary(body: &[u8]) -> bool {
    let body = &body[..body.len().min(BYTES_COUNTED)];
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    body.iter().filter(is_control).count() * TEXT_TO_CONTROLS > body.len() && !decode::is_wide(body)
}

fn kind_of(lower: &str, title: &str, nodes: &[Node<'_>]) -> &'static str {
    let mut text = String::new();
    push_words(nodes, &mut text);
    let text = text.to_lowercase();
    let says_little = text.split_whitespace().nth(LITTLE).is_none();
    let is_kind = |words: &&str| title.contains(words) || (says_little && text.contains(words));
    if CHALLENGE_SCRIPTS.iter().any(|script| lower.contains(script)) && says_little {
        return CHALLENGE;
    }
    if ["type=\"password\"", "type=password", "type='password'"].iter().any(|field| lower.contains(field)) {
        return LOG_IN;
    }
    if says_little && LOG_INS.iter().any(|words| has_words(title, words)) && find(nodes, &["form"]).is_some() {
        return LOG_IN;
    }
    if says_little && PUZZLES.iter().any(|puzzle| lower.contains(puzzle)) {
        return CHALLENGE;
    }
    KINDS.iter().find(|(_, words)| words.iter().any(is_kind)).map_or("an HTML page", |(kind, _)| kind)
}

/// Whether a text has the words, and not only within others: `blog in` is no log-in.
fn has_words(text: &str, words: &str) -> bool {
    let has_end = |at: usize| !text[at + words.len()..].starts_with(char::is_alphanumeric);
    text.match_indices(words).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric) && has_end(at))
}

/// The words that a page shows.
fn push_words(nodes: &[Node<'_>], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) | Node::Cdata(text) => {
                out.push(' ');
                out.push_str(text);
            }
            Node::Element(element) if element.is_named(&["script", "style", "title"]) => {}
            Node::Element(element) => push_words(&element.children, out),
        }
    }
}

fn xml(root: &Element<'_>) -> String {
    let name = root.local().to_ascii_lowercase();
    match name.as_str() {
        "opml" => "an OPML list of feeds".into(),
        "urlset" | "sitemapindex" => "a site map".into(),
        "svg" => "an SVG image".into(),
        "error" => "an error message of a server in XML".into(),
        _ => format!("XML of another kind (<{}>)", quoted(root.name)),
    }
}

fn quoted(text: &str) -> String {
    shortened(&CleanText::new(&entities::decode(prefix_of_bytes(text, DECODED))), QUOTED).into_owned()
}

fn find<'t, 'a>(nodes: &'t [Node<'a>], names: &[&str]) -> Option<&'t Element<'a>> {
    elements(nodes).find_map(|element| {
        let is_it = element.is_named(names);
        if is_it { Some(element) } else { find(&element.children, names) }
    })
}

#[cfg(test)]
mod tests {
    use crate::sources::{RawFeed, read};

    fn check(page: &str, expected: &str) {
        let told = read(RawFeed { body: format!("<!doctype html><html>{page}</html>").as_bytes(), ..RawFeed::default() });
        assert_eq!(told.expect_err(page).to_string(), format!("this seems to be {expected}, not a feed"), "{page}");
    }

    #[test]
    fn a_page_with_a_puzzle_and_little_else_asks_for_a_person() {
        for puzzle in ["g-recaptcha", "h-captcha", "cf-turnstile"] {
            let page = format!("<title>harbour.example</title><form><div class=\"{puzzle}\" data-sitekey=\"x\"></div></form>");
            check(&page, "an HTML page that asks for a browser or a person (harbour.example)");
            check(&format!("{page}<p>{}</p>", "News of the harbour. ".repeat(40)), "an HTML page (harbour.example)");
            check(&format!("{page}<input type=password>"), "a log-in page (harbour.example)");
        }
    }

    #[test]
    fn a_form_below_a_title_that_asks_to_log_in_is_a_log_in() {
        let form = "<form action=\"/signin\"><input name=\"mail\"></form>";
        for title in ["Log in to continue", "Sign In", "Quay - Login", "Anmelden", "Se connecter"] {
            check(&format!("<title>{title}</title>{form}"), &format!("a log-in page ({title})"));
        }
        check(&format!("<title>My blog in Spain</title>{form}"), "an HTML page (My blog in Spain)");
        check("<title>Log in to continue</title>", "an HTML page (Log in to continue)");
        let long = format!("<title>How to log in</title>{form}<p>{}</p>", "First the harbour. ".repeat(60));
        check(&long, "an HTML page (How to log in)");
    }
}
