//! The places where feeds usually are, for a page that names none.

use url::Url;

/// Beside the page, when it is not the first of its host.
const IN_FOLDERS: &[&str] = &["feed/", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml"];
/// At the top of the host.
const AT_THE_TOP: &[&str] =
    &["feed/", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json", "feeds/posts/default", "blog/feed/", "index.rdf"];

/// Addresses where a feed of the page at this address may be, those of its own folder first: at most sixteen.
#[must_use]
pub fn usual_places(address: &str) -> Vec<String> {
    let Some(top) = Url::parse(address).ok().filter(|url| url.has_host()).and_then(|url| url.join("/").ok()) else { return Vec::new() };
    let folder = folder(address).filter(|folder| *folder != top);
    let inside = folder.iter().flat_map(|folder| IN_FOLDERS.iter().filter_map(|name| folder.join(name).ok()));
    inside.chain(AT_THE_TOP.iter().filter_map(|name| top.join(name).ok())).map(String::from).collect()
}

/// The folder of a page; a last part that is no file name is itself one.
fn folder(address: &str) -> Option<Url> {
    let mut url = Url::parse(address).ok()?;
    url.set_query(None);
    url.set_fragment(None);
    let is_folder = url.path_segments()?.next_back().is_some_and(|last| !last.is_empty() && !last.contains('.'));
    if is_folder {
        url.path_segments_mut().ok()?.push("");
    }
    url.join(".").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_folder_comes_before_the_top_of_its_host() {
        let check = |address: &str, first: &str, count: usize| {
            let places = usual_places(address);
            assert_eq!((places.first().map(String::as_str), places.len()), (Some(first), count), "{address}");
        };
        check("https://a.example", "https://a.example/feed/", 10);
        check("https://a.example/index.html?x=1#top", "https://a.example/feed/", 10);
        check("https://a.example/blog", "https://a.example/blog/feed/", 16);
        check("https://a.example/blog/", "https://a.example/blog/feed/", 16);
        check("https://a.example/blog/one.html", "https://a.example/blog/feed/", 16);
        check("http://a.example:8080/x/y", "http://a.example:8080/x/y/feed/", 16);
        assert_eq!(usual_places("file:///srv/a.html"), [""; 0]);
        assert_eq!(usual_places("nonsense"), [""; 0]);
    }
}
