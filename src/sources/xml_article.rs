//! One article of an XML feed: each child element says a part of it; where several say the same the best wins.

use jiff::Timestamp;

use crate::domain::clean_text::CleanText;
use crate::domain::feed::{Enclosure, ParsedArticle};

use super::best::Best;
use super::links::{Base, is_web_address};
use super::markup::Place;
use super::names::Authors;
use super::space::Space;
use super::texts::{self, Untyped};
use super::tree::{Element, elements};
use super::{controls, dates::Dates, notes::Notes, titles};

/// Categories, authors and files of one article; the rest is left out.
const MAX_LISTED: usize = 100;

/// What is said of an address that nobody can open.
pub(crate) const LEADS_NOWHERE: &str = "address that leads nowhere";

/// What the text of an article is in.
const TEXTS: &[&str] = &["description", "summary", "content", "encoded", "body", "fullitem"];

/// What an article has from the feed around it.
pub(crate) struct Surroundings {
    pub(crate) base: Base,
    pub(crate) authors: Vec<CleanText>,
    pub(crate) dates: Dates,
}

/// Elements that hold dates.
const DATES: &[(&[Space], &[&str])] = &[
    (&[Space::Core, Space::Atom], &["pubdate", "published", "issued", "created", "updated", "modified", "date"]),
    (&[Space::DublinCore], &["date", "issued", "created", "modified"]),
];

/// Reads one article. Its id is empty when the feed gives none.
pub(crate) fn read(article: &Element<'_>, around: &Surroundings, notes: &mut Notes) -> ParsedArticle {
    let base = around.base.inside(article.xml_attribute("base"));
    let mut parts = ArticleParts { dates: around.dates, ..ArticleParts::default() };
    parts.take_attributes(article, &base);
    article.elements().for_each(|field| parts.take(field, &base));
    parts.take_bodies(article, &base);
    parts.nowhere.iter().for_each(|address| notes.add_quoted(LEADS_NOWHERE, address));
    let mut read = parts.finish();
    if read.authors.is_empty() {
        let source = article.child("source").map(|source| {
            let mut authors = Authors::default();
            source.elements().for_each(|field| authors.take(field));
            authors.finish()
        });
        read.authors = source.filter(|authors| !authors.is_empty()).unwrap_or_else(|| around.authors.clone());
    }
    read.is_cut = article.is_cut && (is_text_cut(article) || (read.id.is_empty() && read.url.is_none()));
    if read.published.is_none() {
        dates_of(article).for_each(|date| _ = around.dates.read_noted(&date, notes));
    }
    read
}

/// Whether the end of the document cut the text, or came before there was any.
fn is_text_cut(article: &Element<'_>) -> bool {
    let mut texts = elements(&article.children).filter(|child| child.is_named(TEXTS) && child.space != Space::Media).peekable();
    texts.peek().is_none() || texts.any(|text| text.is_cut)
}

/// The dates of an article, or of a feed's head, as they are written.
pub(crate) fn dates_of(element: &Element<'_>) -> impl Iterator<Item = String> {
    let is_date = |field: &&Element<'_>| DATES.iter().any(|(spaces, names)| spaces.contains(&field.space) && field.is_named(names));
    element.elements().filter(is_date).map(Element::text)
}

/// How good a `<link href>` is as the address to read, lowest best; `None` when it leads elsewhere.
pub(crate) fn rank_of_link(link: &Element<'_>) -> Option<u8> {
    let kind = link.attribute("type").unwrap_or("text/html").to_ascii_lowercase();
    let is_page = kind.contains("html") || kind == "text";
    match link.attribute("rel").map(str::to_ascii_lowercase).as_deref() {
        None | Some("alternate" | "http://www.iana.org/assignments/relation/alternate") => Some(if is_page { 1 } else { 3 }),
        _ => None,
    }
}

/// The address in an id; a relative one only where the feed says that it is an address.
fn permalink(id: &Element<'_>, base: &Base) -> Option<String> {
    let text = id.text();
    let claims = id.attribute("isPermaLink").map(|is| is.eq_ignore_ascii_case("true"));
    let is_address = is_web_address(&text) || (claims == Some(true) && text.starts_with('/'));
    base.web(&text).filter(|url| is_address && claims != Some(false) && is_web_address(url))
}

#[derive(Default)]
struct ArticleParts {
    id: Best<String>,
    permalink: Best<String>,
    url: Best<String>,
    /// A link that leads nowhere.
    nowhere: Option<String>,
    title: Best<CleanText>,
    authors: Authors,
    published: Best<Timestamp>,
    updated: Best<Timestamp>,
    summary: Best<String>,
    content: Best<String>,
    categories: Vec<CleanText>,
    enclosures: Vec<Enclosure>,
    comments: Best<String>,
    language: Best<String>,
    dates: Dates,
}

impl ArticleParts {
    fn take_attributes(&mut self, article: &Element<'_>, base: &Base) {
        if let Some(about) = article.attribute("about") {
            self.id.offer(1, || Some(about.to_string()));
            self.permalink.offer(3, || base.web(about).filter(|url| is_web_address(url)));
        }
        if let Some(address) = article.attribute("href") {
            self.url.offer(3, || base.web(address));
        }
        let dates = self.dates;
        self.updated.offer(3, || dates.read(article.attribute("lastmod")?));
        self.language.offer(1, || article.xml_attribute("lang").filter(|lang| !lang.is_empty()).map(str::to_string));
    }

    fn take(&mut self, field: &Element<'_>, base: &Base) {
        let base = &base.inside(field.xml_attribute("base"));
        let name = field.local().to_ascii_lowercase();
        let some_text = || field.some_text().map(|text| controls::remove(&text).replace(['\n', '\t'], " "));
        let dates = self.dates;
        let date = || dates.read(&field.text());
        match (field.space, name.as_str()) {
            (Space::Core | Space::Atom, "title") => self.title.offer(0, || texts::title(field)),
            (Space::DublinCore, "title") => self.title.offer(1, || texts::title(field)),
            (Space::Media | Space::Itunes, "title") => self.title.offer(2, || texts::title(field)),
            (Space::Core | Space::Atom, "link") => self.take_link(field, base),
            (Space::Feedburner, "origlink") => self.url.offer(0, || base.web(&field.text())),
            (Space::Core | Space::Atom, "guid" | "id") => {
                self.id.offer(0, some_text);
                self.permalink.offer(0, || permalink(field, base));
            }
            (Space::DublinCore, "identifier") => self.id.offer(2, some_text),
            (Space::Core | Space::Atom, "pubdate" | "published") => self.published.offer(0, date),
            (Space::Core | Space::Atom, "issued") => self.published.offer(1, date),
            (Space::Core | Space::Atom, "created") => self.published.offer(3, date),
            (Space::DublinCore, "issued" | "created" | "available" | "date.taken") => self.published.offer(1, date),
            (Space::DublinCore, "date") | (Space::Core, "date") => self.published.offer(2, date),
            (Space::Core | Space::Atom, "updated" | "modified" | "lastbuilddate") => self.updated.offer_later(0, date),
            (Space::DublinCore, "modified") => self.updated.offer(1, date),
            (Space::Core | Space::Atom, "category") => self.take_category(field),
            (Space::Core, "tags") => field.text().split(',').for_each(|word| self.categorise(Some(word.to_string()))),
            (Space::DublinCore, "subject") => self.categorise(field.some_text()),
            (Space::Itunes, "category") => self.take_nested_categories(field),
            (Space::Itunes | Space::Media, "keywords") => field.text().split(',').for_each(|word| self.categorise(Some(word.to_string()))),
            (Space::Media, "category") => self.categorise(field.attribute("label").map(str::to_string).or_else(|| field.some_text())),
            (Space::Core, "enclosure") => self.enclose(field, field.attribute("url").or(field.attribute("href")), base),
            (Space::Core | Space::Atom, "comments") => self.comments.offer(0, || base.web(&field.text())),
            (Space::Core | Space::Atom, "language") => self.language.offer(0, some_text),
            (Space::DublinCore, "language") => self.language.offer(0, some_text),
            _ => self.authors.take(field),
        }
    }

    fn take_link(&mut self, link: &Element<'_>, base: &Base) {
        let Some(address) = link.attribute("href") else {
            let text = link.text();
            self.tell_nowhere(&text, base);
            return self.url.offer_later(1, || base.web(&text));
        };
        match link.attribute("rel").map(str::to_ascii_lowercase).as_deref() {
            Some("enclosure") => self.enclose(link, Some(address), base),
            Some("replies") => {
                let is_page = link.attribute("type").is_none_or(|kind| kind.contains("html"));
                self.comments.offer(if is_page { 1 } else { 2 }, || base.web(address).filter(|_| is_page));
            }
            _ => {
                rank_of_link(link).iter().for_each(|_| self.tell_nowhere(address, base));
                // Atom's first alternate is the chief one; RSS knows one link, and the last corrects those before it.
                match (rank_of_link(link), link.space) {
                    (Some(rank), Space::Core) => self.url.offer_later(rank, || base.web(address)),
                    (Some(rank), _) => self.url.offer(rank, || base.web(address)),
                    (None, _) => {}
                }
            }
        }
    }

    fn tell_nowhere(&mut self, address: &str, base: &Base) {
        if base.web(address).is_none() {
            self.nowhere = Some(address.to_string());
        }
    }

    /// Atom's label, which is for people, and its term where that is a word too.
    fn take_category(&mut self, field: &Element<'_>) {
        let (label, term) = (field.attribute("label"), field.attribute("term"));
        let is_word = |term: &&str| !is_web_address(term) && !term.bytes().all(|byte| byte.is_ascii_digit());
        let is_same = |term: &&str| label.is_some_and(|label| label.to_lowercase() == term.to_lowercase());
        match (label, term) {
            (None, None) => self.categorise(field.some_text()),
            (None, Some(term)) => self.categorise(Some(term.to_string())),
            (Some(label), term) => {
                self.categorise(Some(label.to_string()));
                self.categorise(term.filter(is_word).filter(|term| !is_same(term)).map(str::to_string));
            }
        }
    }

    fn take_nested_categories(&mut self, field: &Element<'_>) {
        self.categorise(field.attribute("text").map(str::to_string).or_else(|| field.some_text()));
        field.elements().filter(|inner| inner.is(Space::Itunes, "category")).for_each(|inner| self.take_nested_categories(inner));
    }

    fn categorise(&mut self, category: Option<String>) {
        let Some(category) = category.and_then(|text| titles::name(&text)) else { return };
        if self.categories.len() < MAX_LISTED && !self.categories.contains(&category) {
            self.categories.push(category);
        }
    }

    fn enclose(&mut self, field: &Element<'_>, address: Option<&str>, base: &Base) {
        let Some(url) = address.and_then(|address| base.web(address)) else { return };
        let media_type = field.attribute("type").map(|kind| CleanText::new(kind).into_string()).filter(|kind| !kind.is_empty());
        let length = field.attribute("length").and_then(|length| length.replace([',', '.', ' '], "").parse().ok());
        if self.enclosures.len() < MAX_LISTED && !self.enclosures.iter().any(|known| known.url == url) {
            self.enclosures.push(Enclosure { url, media_type, length });
        }
    }

    /// Bodies come last: links inside them lead to the article, whose address must be known.
    fn take_bodies(&mut self, article: &Element<'_>, base: &Base) {
        let page = self.url.peek().or(self.permalink.peek()).cloned();
        // Where both are given, RSS's description is the longer one.
        let has_summary = article.elements().any(|field| field.is(Space::Core, "summary"));
        let place = &Place { base: base.clone(), page };
        for field in article.elements() {
            let name = field.local().to_ascii_lowercase();
            let html = |kind| move || texts::html(field, place, kind);
            match (field.space, name.as_str()) {
                (Space::Content, "encoded") => self.content.offer(0, html(Untyped::Html)),
                (Space::Atom, "content") => self.content.offer(1, html(Untyped::Plain)),
                (Space::Core, "content" | "fullitem") => self.content.offer(1, html(Untyped::Html)),
                (Space::Xhtml | Space::Core, "body") => self.content.offer(2, html(Untyped::Html)),
                (Space::Atom, "summary") => self.summary.offer(0, html(Untyped::Plain)),
                (Space::Core, "description") if has_summary => self.content.offer(3, html(Untyped::Html)),
                (Space::Core, "description" | "summary" | "abstract") => self.summary.offer(0, html(Untyped::Html)),
                (Space::DublinCore, "description" | "abstract") => self.summary.offer(1, html(Untyped::Html)),
                (Space::Content, "description") => self.summary.offer(1, html(Untyped::Html)),
                (Space::Itunes, "summary") => self.summary.offer(2, html(Untyped::Plain)),
                (Space::Media, "description") => self.summary.offer(3, html(Untyped::Plain)),
                (Space::Media, "group") => {
                    let description = field.elements().find(|inner| inner.is(Space::Media, "description"));
                    self.summary.offer(3, || texts::html(description?, place, Untyped::Plain));
                }
                (Space::Itunes, "subtitle") => self.summary.offer(4, html(Untyped::Plain)),
                _ => {}
            }
        }
    }

    fn finish(self) -> ParsedArticle {
        let language = self.language.take().and_then(|text| language(&text));
        let comments_url = self.comments.take();
        ParsedArticle {
            id: self.id.take().unwrap_or_default(),
            // An article whose own address is none still has the page where it is talked about.
            url: self.url.take().or_else(|| self.permalink.take()).or_else(|| comments_url.clone()),
            title: self.title.take(),
            authors: self.authors.finish(),
            published: self.published.take(),
            updated: self.updated.take(),
            summary_html: self.summary.take(),
            content_html: self.content.take(),
            categories: self.categories,
            enclosures: self.enclosures,
            comments_url,
            language,
            is_cut: false,
        }
    }
}

/// A language tag (RFC 5646) as feeds write it; `en_US` is `en-US`.
pub(crate) fn language(text: &str) -> Option<String> {
    titles::name(text).map(|language| language.replace('_', "-"))
}
