//! RSS of every version, RDF, Atom and CDF, out of a tree: finds the feed's head and its articles wherever they stand.

use crate::domain::feed::ParsedFeed;

use super::articles::{self, KnownBy};
use super::links::{self, Base};
use super::markup::Place;
use super::texts::{self, Untyped};
use super::tree::{Element, Node, elements, is_one_of};
use super::xml_article::{self, Surroundings};
use super::{End, best::Best, dates::Dates, extras, hints, identity, names, notes::Notes, space::Space, titles};

/// What an article is known by again, best first.
const KNOWN_BY: KnownBy = [&["guid", "id"], &["link"], &["title"]];
/// Containers that are looked into for articles.
const MAX_LEVELS: usize = 12;

/// Where things stand in a document.
#[derive(Default)]
struct Parts<'t, 'a> {
    /// The root and the channel.
    heads: Vec<&'t Element<'a>>,
    articles: Vec<&'t Element<'a>>,
    images: Vec<&'t Element<'a>>,
}

/// The feed in a document; `None` when there is none.
pub(crate) fn read(nodes: &[Node<'_>], end: End, base_url: Option<&str>, notes: &mut Notes) -> Option<ParsedFeed> {
    let mut parts = Parts::default();
    match root(nodes, 0) {
        Some(root) => {
            parts.collect(root, 0);
            parts.collect_more(nodes, root, notes);
        }
        None => {
            elements(nodes).for_each(|element| parts.collect_loose(element, 0));
            notes.add("repaired: articles without a feed around them");
        }
    }
    if parts.heads.is_empty() && parts.articles.is_empty() {
        return None;
    }
    notes.add_blank(parts.articles.iter().map(|article| blanks(article)).sum());
    parts.articles.retain(|article| !is_blank(article));
    if parts.articles.last().is_some_and(|last| last.is_cut) {
        let has = |article: &&Element<'_>, names: &[&str]| article.elements().any(|child| child.is_named(names));
        let title = |article: &&Element<'_>| article.child("title").and_then(texts::title);
        articles::leave_out_cut(&mut parts.articles, end, &KNOWN_BY, has, title, notes);
    }
    articles::leave_out_many(&mut parts.articles, notes);
    Some(parts.feed(base_url, notes))
}

fn is_root(element: &Element<'_>, level: usize) -> bool {
    let name = element.local();
    let has_articles = || elements(&element.children).any(|child| is_article(child) || child.local().eq_ignore_ascii_case("title"));
    match name {
        _ if is_one_of(name, &["rss", "rdf", "feed"]) => true,
        _ => name.eq_ignore_ascii_case("channel") && (level == 0 || has_articles()),
    }
}

/// Whether there is nothing in an article that could be shown.
fn is_blank(article: &Element<'_>) -> bool {
    article.attributes.is_empty() && !article.has_elements() && article.text().is_empty()
}

/// How many articles with nothing in them this is and has.
fn blanks(article: &Element<'_>) -> usize {
    let inside = elements(&article.children).filter(|child| is_article(child) && is_blank(child)).count();
    inside + usize::from(is_blank(article))
}

fn is_article(element: &Element<'_>) -> bool {
    matches!(element.space, Space::Core | Space::Atom) && element.is_named(&["item", "entry"])
}

/// The feed's root, also inside the warnings that a program printed before it.
fn root<'t, 'a>(nodes: &'t [Node<'a>], level: usize) -> Option<&'t Element<'a>> {
    if level > MAX_LEVELS {
        return None;
    }
    elements(nodes)
        .find(|element| is_root(element, level))
        .or_else(|| elements(nodes).find_map(|element| root(&element.children, level + 1)))
}

impl<'t, 'a> Parts<'t, 'a> {
    fn collect(&mut self, element: &'t Element<'a>, level: usize) {
        self.heads.push(element);
        for child in elements(&element.children) {
            let is_container = child.is_named(&["channel", "items", "entries", "rss", "feed"]);
            if is_article(child) {
                self.articles.push(child);
            } else if child.is(Space::Core, "image") {
                self.images.push(child);
            } else if is_container && child.space != Space::Other && level < MAX_LEVELS {
                self.collect(child, level + 1);
            }
        }
    }

    /// Articles of the feeds that follow the first in one body; of what else stands around it, a note tells.
    fn collect_more(&mut self, nodes: &'t [Node<'a>], first: &Element<'a>, notes: &mut Notes) {
        for other in elements(nodes).filter(|other| !std::ptr::eq(*other, first)) {
            if is_root(other, 0) {
                let mut more = Parts::default();
                more.collect(other, 0);
                self.articles.append(&mut more.articles);
                notes.add("repaired: more than one feed in the document; the articles of all were read");
            } else {
                notes.add("repaired: markup around the feed");
            }
        }
    }

    /// Articles in a document that has no root of a feed.
    fn collect_loose(&mut self, element: &'t Element<'a>, level: usize) {
        if is_article(element) && element.elements().any(|child| child.is_named(&["title", "link", "guid", "id"])) {
            self.articles.push(element);
        } else if level < MAX_LEVELS {
            elements(&element.children).for_each(|child| self.collect_loose(child, level + 1));
        }
    }

    fn feed(&self, base_url: Option<&str>, notes: &mut Notes) -> ParsedFeed {
        let document = self.heads.iter().fold(self.own_base(base_url), |base, head| base.inside(head.xml_attribute("base")));
        let has_xml_base = self.heads.iter().any(|head| head.xml_attribute("base").is_some());
        let home_url = self.home(&document);
        let base = if has_xml_base { document.clone() } else { document.or_site(home_url.as_deref()) };
        let language = self.language();
        let texts = self.articles.iter().copied().chain(self.heads.iter().copied()).flat_map(xml_article::dates_of);
        let dates = Dates::of_feed(texts, language.as_deref(), notes);
        let mut feed = ParsedFeed { language, ..self.head(&document, dates, notes) };
        let around = Surroundings { base, authors: self.authors(), dates };
        feed.articles = self.articles.iter().map(|article| xml_article::read(article, &around, notes)).collect();
        extras::add_media(&self.articles, &around.base, &mut feed.articles, notes);
        feed.home_url = home_url;
        feed.hints = hints::read(self.fields());
        identity::complete(&mut feed, notes);
        feed
    }

    /// The document's address: as it was fetched, else as it says of itself.
    fn own_base(&self, base_url: Option<&str>) -> Base {
        let is_self = |field: &&Element<'_>| {
            field.local().eq_ignore_ascii_case("link") && field.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("self"))
        };
        let itself = self.fields().filter(is_self).find_map(|field| field.attribute("href"));
        Base::new(base_url.or(itself.filter(|address| links::is_web_address(address))))
    }

    fn fields(&self) -> impl Iterator<Item = &'t Element<'a>> {
        self.heads.iter().flat_map(|head| head.elements())
    }

    fn home(&self, base: &Base) -> Option<String> {
        let mut home = Best::default();
        for head in &self.heads {
            if let Some(address) = head.attribute("href") {
                home.offer(3, || base.web(address));
            }
        }
        for field in self.fields().filter(|field| field.local().eq_ignore_ascii_case("link")) {
            let base = base.inside(field.xml_attribute("base"));
            match (field.space, field.attribute("href")) {
                (Space::Core | Space::Atom, Some(address)) => match (xml_article::rank_of_link(field), field.space) {
                    (Some(rank), Space::Core) => home.offer_later(rank - 1, || base.web(address)),
                    (Some(rank), _) => home.offer(rank, || base.web(address)),
                    (None, _) => {}
                },
                (Space::Core | Space::Atom, None) => home.offer_later(0, || base.web(&field.text())),
                _ => {}
            }
        }
        home.take()
    }

    fn language(&self) -> Option<String> {
        let mut language = Best::default();
        for field in self.fields() {
            match (field.space, field.local().to_ascii_lowercase().as_str()) {
                (Space::Core | Space::Atom, "language") => language.offer(0, || field.some_text()),
                (Space::DublinCore, "language") => language.offer(1, || field.some_text()),
                _ => {}
            }
        }
        for head in &self.heads {
            language.offer(2, || head.xml_attribute("lang").or(head.attribute("lang")).filter(|lang| !lang.is_empty()).map(str::to_string));
        }
        language.take().and_then(|language| xml_article::language(&language))
    }

    fn head(&self, base: &Base, dates: Dates, notes: &mut Notes) -> ParsedFeed {
        let place = Place { base: base.clone(), page: None };
        let (mut title, mut description, mut icon, mut updated) = (Best::default(), Best::default(), Best::default(), Best::default());
        for field in self.fields() {
            let described = || texts::html(field, &place, Untyped::Html).and_then(|html| titles::description(&html));
            let address = || field.attribute("href").or(field.attribute("url")).map(str::to_string).or_else(|| field.some_text());
            match (field.space, field.local().to_ascii_lowercase().as_str()) {
                (Space::Core | Space::Atom, "title") => title.offer(0, || texts::title(field)),
                (Space::DublinCore, "title") => title.offer(1, || texts::title(field)),
                (Space::Itunes | Space::Media, "title") => title.offer(2, || texts::title(field)),
                (Space::Core | Space::Atom, "description" | "subtitle" | "tagline" | "abstract") => description.offer(0, described),
                (Space::DublinCore, "description") => description.offer(1, described),
                (Space::Itunes, "summary") => description.offer(2, described),
                (Space::Itunes, "subtitle") => description.offer(3, described),
                (Space::Core | Space::Atom | Space::Feedburner, "info" | "browserfriendly") => description.offer(4, described),
                (Space::Core | Space::Atom, "icon") => icon.offer(0, || base.web(&field.text())),
                (Space::Other, "icon") => icon.offer(1, || base.web(&address()?)),
                (Space::Core | Space::Atom, "logo") => icon.offer(2, || base.web(&field.text())),
                (Space::Itunes, "image") => icon.offer(3, || base.web(&address()?)),
                (Space::Media, "thumbnail") => icon.offer(4, || base.web(&address()?)),
                (Space::Core | Space::Atom, "lastbuilddate" | "updated" | "modified") => updated.offer(0, || dates.read(&field.text())),
                (Space::Core | Space::Atom, "pubdate") => updated.offer(1, || dates.read(&field.text())),
                (Space::DublinCore, "modified" | "date") => updated.offer(2, || dates.read(&field.text())),
                _ => {}
            }
        }
        let is_date = |field: &&Element<'_>| field.is_named(&["lastbuilddate", "updated", "modified"]);
        if updated.peek().is_none() {
            for field in self.fields().filter(is_date) {
                dates.read_noted(&field.text(), notes);
            }
        }
        for head in &self.heads {
            updated.offer(3, || dates.read(head.attribute("lastmod")?));
        }
        for image in &self.images {
            icon.offer(1, || base.web(&image.child("url")?.text()));
        }
        ParsedFeed {
            title: title.take(),
            description: description.take(),
            icon_url: icon.take(),
            updated: updated.take(),
            ..ParsedFeed::default()
        }
    }

    /// Who writes the whole feed: the author of its articles that name none.
    fn authors(&self) -> Vec<crate::domain::clean_text::CleanText> {
        let mut found = names::Authors::default();
        self.fields().for_each(|field| found.take(field));
        self.fields().for_each(|field| found.take_editor(field));
        found.finish()
    }
}

#[cfg(test)]
mod tests;
