//! OPML 1.0 to 2.0 as other programs write it. Nested folders become one section named by the whole path, `News / Canada`, as
//! newsboat makes one tag of it: so folders of the same name in two others stay apart.

use super::{Offer, OfferedFeed, no_filter, no_program, quoted, without_feed_scheme};
use crate::domain::clean_text::CleanText;
use crate::domain::section::{Feed, MOST_ATTRIBUTES, Section, Span, is_opml_attribute, is_own_attribute};
use crate::sources::Outline;

/// Characters of a name, and of a path of folders.
const LONGEST_NAME: usize = 200;
/// The address of a namespace that the file does not declare.
const UNDECLARED: &str = "urn:undeclared:";

pub(super) fn read(outlines: &[Outline], namespaces: &[(String, String)], offer: &mut Offer) {
    let mut reader = Reader { namespaces, offer, left_out: 0, overruled: 0, path: Vec::new(), around: Vec::new() };
    reader.outlines(outlines);
    let (left_out, overruled) = (reader.left_out, reader.overruled);
    let told = |count: usize, of: &str| match count {
        1 => format!("1 attribute{of} was"),
        count => format!("{count} attributes{of} were"),
    };
    if left_out > 0 {
        offer.notes.push(format!("{} too long or damaged, and not kept", told(left_out, "")));
    }
    if overruled > 0 {
        let of_folder = told(overruled, " of a folder");
        offer.notes.push(format!("{of_folder} not kept: what is in the folder has another of that name, or is no section"));
    }
}

struct Reader<'a> {
    namespaces: &'a [(String, String)],
    offer: &'a mut Offer,
    /// Attributes that cannot be kept.
    left_out: usize,
    /// Attributes of folders for which there is no place.
    overruled: usize,
    /// The paths of the folders around; the last is the section's name.
    path: Vec<String>,
    /// Attributes of the folders around that are no sections, for the first section in them.
    around: Vec<(String, String)>,
}

/// An attribute's value, whatever the case of its name; an empty one is none.
fn attribute<'o>(outline: &'o Outline, name: &str) -> Option<&'o str> {
    let found = outline.attributes.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

/// Its name as a person sees it; one that is only its address is none.
fn name_of(outline: &Outline) -> Option<CleanText> {
    let names = ["title", "text"].into_iter().filter_map(|name| attribute(outline, name));
    let address = address_of(outline);
    names.filter(|name| Some(*name) != address).map(|name| CleanText::new(cut(name))).find(|name| !name.is_empty())
}

/// The start of a name that is longer than names are: it would be kept once for every feed.
fn cut(name: &str) -> &str {
    name.char_indices().nth(LONGEST_NAME).map_or(name, |(end, _)| name[..end].trim_end())
}

fn address_of(outline: &Outline) -> Option<&str> {
    attribute(outline, "xmlUrl").or_else(|| attribute(outline, "url"))
}

impl Reader<'_> {
    fn outlines(&mut self, outlines: &[Outline]) {
        for outline in outlines {
            match address_of(outline) {
                Some(address) => {
                    self.feed(outline, address);
                    self.outlines(&outline.children);
                }
                None => self.folder(outline),
            }
        }
    }

    fn folder(&mut self, outline: &Outline) {
        let (opml, before) = (self.kept(outline), self.around.len());
        let Some(name) = name_of(outline) else {
            self.around.extend(opml);
            return self.inside(outline, before);
        };
        let name = self.path.last().map_or_else(|| name.to_string(), |path| cut(&format!("{path} / {name}")).to_string());
        let is_empty = outline.children.is_empty();
        if is_empty || outline.children.iter().any(|child| address_of(child).is_some()) {
            let opml = self.with_those_around(opml);
            self.offer.sections.push(options(&name, outline, opml));
        } else {
            self.around.extend(opml);
        }
        if is_empty {
            self.offer.empty.insert(name.clone());
        }
        self.path.push(name);
        self.inside(outline, before);
        self.path.pop();
    }

    /// What is in a folder; of its attributes and of those around it none but the first `before` may go further.
    fn inside(&mut self, outline: &Outline, before: usize) {
        self.outlines(&outline.children);
        self.overruled += self.around.len().saturating_sub(before);
        self.around.truncate(before);
    }

    /// A section's attributes with those of the folders around it, the inner before the outer.
    fn with_those_around(&mut self, mut opml: Vec<(String, String)>) -> Vec<(String, String)> {
        for (name, value) in std::mem::take(&mut self.around).into_iter().rev() {
            let is_free = name != "text" && opml.len() < MOST_ATTRIBUTES && opml.iter().all(|(known, _)| *known != name);
            match is_free {
                true => opml.push((name, value)),
                false => self.overruled += usize::from(!opml.contains(&(name, value))),
            }
        }
        opml.sort();
        opml
    }

    fn feed(&mut self, outline: &Outline, address: &str) {
        let title = name_of(outline);
        let place = title.as_deref().map_or_else(|| unnamed(address), quoted);
        if let Some(refusal) = refusal(outline, address, &place) {
            return self.offer.refuse(refusal);
        }
        let feed = Feed {
            url: without_feed_scheme(address),
            title: title.filter(|_| !is_from_feed(outline, "title")),
            full_text: attribute(outline, "matins:fullText") == Some("true"),
            user_agent: attribute(outline, "matins:userAgent").map(str::to_string),
            opml: self.kept(outline),
            ..Feed::default()
        };
        let is_fallback = attribute(outline, "matins:fallback") == Some("true");
        let section = self.path.last().cloned().or_else(|| category(outline));
        self.offer.offer(OfferedFeed { section, is_fallback, feed, place });
    }

    /// Attributes that mean nothing here, with the namespaces that they need.
    fn kept(&mut self, outline: &Outline) -> Vec<(String, String)> {
        let mut kept: Vec<(String, String)> = Vec::new();
        let means_something = |(name, value): &&(String, String)| {
            let says_nothing = value.is_empty() || is_understood(outline, name) || (name == "htmlUrl" && is_from_feed(outline, name));
            !says_nothing
        };
        for (name, value) in outline.attributes.iter().filter(means_something) {
            let name = NAMED_OTHERWISE.iter().find(|own| own.eq_ignore_ascii_case(name)).map_or(name.clone(), ToString::to_string);
            let name = &name;
            // What is white space in the file is a blank in XML anyway.
            let value = value.replace(['\n', '\r', '\t'], " ");
            let namespace = self.namespace(outline, name).filter(|(name, _)| kept.iter().all(|(known, _)| known != name));
            let is_fit = is_opml_attribute(name, &value) && namespace.as_ref().is_none_or(|(name, value)| is_opml_attribute(name, value));
            match is_fit && kept.len() + 2 <= MOST_ATTRIBUTES {
                true => kept.extend(namespace.into_iter().chain([(name.clone(), value)])),
                false => self.left_out += 1,
            }
        }
        kept.sort();
        kept
    }

    /// The declaration that a name with a prefix needs.
    fn namespace(&self, outline: &Outline, name: &str) -> Option<(String, String)> {
        let prefix = name.split_once(':')?.0;
        if prefix.eq_ignore_ascii_case("xml") {
            return None;
        }
        let declaration = format!("xmlns:{prefix}");
        let own = outline.attributes.iter().find(|(name, _)| *name == declaration).map(|(_, address)| address);
        let address = own.or_else(|| self.namespaces.iter().find(|(known, _)| known == prefix).map(|(_, address)| address));
        Some((declaration, address.cloned().unwrap_or_else(|| format!("{UNDECLARED}{prefix}"))))
    }
}

/// Whether an export of ours took the attribute from what the feed said of itself.
fn is_from_feed(outline: &Outline, name: &str) -> bool {
    attribute(outline, "matins:fromFeed").is_some_and(|names| names.split(' ').any(|said| said == name))
}

/// Attributes that an export says of itself, and that are kept where they say something else.
const NAMED_OTHERWISE: [&str; 2] = ["text", "type"];

/// Whether the attribute is read here, says what an export says of itself, or declares what is read here.
fn is_understood(outline: &Outline, name: &str) -> bool {
    let is = |own: &str| own.eq_ignore_ascii_case(name);
    let is_usual = |usual: Option<&str>| usual.is_none_or(|usual| attribute(outline, name) == Some(usual));
    match name {
        _ if is("text") => is_usual(attribute(outline, "title")),
        _ if is("type") => address_of(outline).is_some() && is_usual(Some("rss")),
        _ => is_own_attribute(name) || name.starts_with("xmlns:"),
    }
}

/// A feed without a name as a sentence calls it: an address with a password in it is not shown.
fn unnamed(address: &str) -> String {
    if address.contains('@') { "a feed without a title".into() } else { quoted(address) }
}

fn refusal(outline: &Outline, address: &str, place: &str) -> Option<String> {
    let kind = attribute(outline, "type").unwrap_or_default().to_lowercase();
    if let Some(program) = address.strip_prefix('|').or_else(|| address.strip_prefix("exec:")) {
        return Some(no_program(place, &quoted(program)));
    }
    if attribute(outline, "filtercmd").is_some() || address.starts_with("filter:") {
        return Some(no_filter(place, if address.starts_with("filter:") { "" } else { address }));
    }
    if kind.contains("xpath") || kind.starts_with("json+") {
        return Some(format!(
            "{place}: is read out of a page by rules that matins does not know; `matins add` looks for the page's own feed"
        ));
    }
    let is_link = matches!(kind.as_str(), "link" | "include") && attribute(outline, "xmlUrl").is_none();
    is_link.then(|| format!("{place}: leads to another document and is no feed; `matins import` reads that one when you have saved it"))
}

/// The first of the categories, `/News/Canada,/Daily`, in the way of a path of folders.
fn category(outline: &Outline) -> Option<String> {
    let first = attribute(outline, "category")?.split(',').find(|category| !category.trim().is_empty())?;
    let parts: Vec<&str> = first.split('/').map(str::trim).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| cut(&parts.join(" / ")).to_string())
}

/// A section with what an export of ours says of it.
fn options(name: &str, outline: &Outline, opml: Vec<(String, String)>) -> Section {
    let own = |name: &str| attribute(outline, &format!("matins:{name}"));
    let mut section = Section { name: CleanText::new(name), opml, ..Section::default() };
    section.short_name = own("short").map(CleanText::new).unwrap_or_default();
    section.icon = own("icon").map(CleanText::new).unwrap_or_default();
    section.window = own("window").and_then(|text| text.parse::<Span>().ok()).map_or(section.window, |span| span.0);
    section.limit = own("limit").and_then(|text| text.parse().ok()).unwrap_or(section.limit);
    section.per_feed = own("perFeed").and_then(|text| text.parse().ok()).unwrap_or(section.per_feed);
    section
}
