//! Namespaces of feeds: which family an element belongs to, by address, else by prefix. Knows no documents.

/// A family of elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Space {
    /// RSS of any version, CDF, and elements of no namespace.
    Core,
    Atom,
    Rdf,
    DublinCore,
    Content,
    Media,
    Itunes,
    Feedburner,
    Xhtml,
    Xml,
    /// Known to be something else.
    Other,
}

/// Words by which an address is recognised, whatever its scheme, version or ending.
const ADDRESSES: &[(&str, Space)] = &[
    ("w3.org/2005/atom", Space::Atom),
    ("purl.org/atom/ns", Space::Atom),
    ("purl.org/net/rss", Space::Core),
    ("w3.org/1999/02/22-rdf-syntax-ns", Space::Rdf),
    ("purl.org/rss/1.0/modules/content", Space::Content),
    ("purl.org/rss/1.0/modules", Space::Other),
    ("purl.org/rss", Space::Core),
    ("backend.userland.com", Space::Core),
    ("blogs.law.harvard.edu/tech/rss", Space::Core),
    ("cyber.law.harvard.edu/rss", Space::Core),
    ("my.netscape.com", Space::Core),
    ("channel.netscape.com", Space::Core),
    ("my.userland.com", Space::Core),
    ("rssboard.org/rss-specification", Space::Core),
    ("purl.org/dc", Space::DublinCore),
    ("search.yahoo.com/mrss", Space::Media),
    ("search.yahoo.com/rss", Space::Media),
    ("video.search.yahoo.com/mrss", Space::Media),
    ("rssboard.org/media-rss", Space::Media),
    ("itunes.com/dtds/podcast", Space::Itunes),
    ("itunes.com/rss", Space::Itunes),
    ("rssnamespace.org/feedburner", Space::Feedburner),
    ("w3.org/1999/xhtml", Space::Xhtml),
    ("w3.org/xml/1998/namespace", Space::Xml),
];

const PREFIXES: &[(&str, Space)] = &[
    ("atom", Space::Atom),
    ("atom10", Space::Atom),
    ("a10", Space::Atom),
    ("atom03", Space::Atom),
    ("rss", Space::Core),
    ("rdf", Space::Rdf),
    ("dc", Space::DublinCore),
    ("dcterms", Space::DublinCore),
    ("dct", Space::DublinCore),
    ("content", Space::Content),
    ("media", Space::Media),
    ("itunes", Space::Itunes),
    ("feedburner", Space::Feedburner),
    ("xhtml", Space::Xhtml),
    ("xml", Space::Xml),
];

/// The family of a namespace address; `None` when it is not a known one.
pub(crate) fn of_address(address: &str) -> Option<Space> {
    let lower = address.trim().to_ascii_lowercase();
    let plain = lower.trim_start_matches("http://").trim_start_matches("https://").trim_start_matches("www.");
    ADDRESSES.iter().find(|(start, _)| plain.starts_with(start)).map(|(_, space)| *space)
}

/// The prefix of a name, without the colon.
pub(crate) fn prefix(name: &str) -> &str {
    name.rsplit_once(':').map_or("", |(prefix, _)| prefix)
}

/// The family that a prefix customarily stands for.
pub(crate) fn of_prefix(prefix: &str) -> Option<Space> {
    PREFIXES.iter().find(|(name, _)| name.eq_ignore_ascii_case(prefix)).map(|(_, space)| *space)
}

/// The family of a declaration `xmlns:prefix="address"` (no prefix: the default namespace).
pub(crate) fn of_declaration(prefix: &str, address: &str) -> Space {
    let guess = if prefix.is_empty() { default_space(address) } else { of_prefix(prefix).unwrap_or(Space::Other) };
    of_address(address).unwrap_or(guess)
}

/// A default namespace that nobody knows is some spelling of RSS, unless it is markup of another kind.
fn default_space(address: &str) -> Space {
    let is_markup = ["svg", "mathml", "xlink"].iter().any(|word| address.to_ascii_lowercase().contains(word));
    if is_markup { Space::Other } else { Space::Core }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_recognised_in_every_spelling() {
        let check = |prefix: &str, address: &str, expected: Space| assert_eq!(of_declaration(prefix, address), expected, "{address}");
        check("", "http://www.w3.org/2005/Atom", Space::Atom);
        check("x", "https://www.w3.org/2005/atom/", Space::Atom);
        check("", "http://purl.org/atom/ns#", Space::Atom);
        check("media", "http://search.yahoo.com/mrss", Space::Media);
        check("m", "http://search.yahoo.com/mrss/", Space::Media);
        check("itunes", "http://www.itunes.com/DTDs/Podcast-1.0.dtd", Space::Itunes);
        check("", "http://backend.userland.com/rss2", Space::Core);
        check("slash", "http://purl.org/rss/1.0/modules/slash/", Space::Other);
        check("", "http://example.com/ours", Space::Core);
        check("dc", "http://example.com/wrong", Space::DublinCore);
        check("ours", "http://example.com/ours", Space::Other);
        check("", "http://www.w3.org/2000/svg", Space::Other);
    }
}
