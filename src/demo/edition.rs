//! The sample edition as files to serve, made once when the server starts. It opens no connection and reads no clock.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use jiff::Timestamp;

use super::template::{RFC_822, RFC_3339, Template, Text, Texts};
use crate::assets;

/// A feed that cannot be reached, so that the sample shows how that looks.
const UNAVAILABLE_FEED: &str = "/feeds/clinic-dispatch.rss";
/// A feed that takes its time, and how long, so that the sample shows that nothing waits for it.
const SLOW_FEED: &str = "/feeds/long-view.atom";
const SLOW_FEED_DELAY: Duration = Duration::from_secs(3);

/// Everything that the server answers with.
pub(super) struct Edition {
    files: HashMap<String, File>,
    pub(super) feeds_toml: String,
}

/// One answer.
pub(super) struct File {
    pub(super) media_type: &'static str,
    pub(super) body: String,
    /// Quoted, as HTTP wants it.
    pub(super) etag: String,
    pub(super) delay: Duration,
}

impl Edition {
    /// The edition of `now`, for a server at `base` (no slash at its end).
    pub(super) fn new(base: &str, now: Timestamp) -> Edition {
        let none = Texts::new();
        let plain = Template { base, now, date_format: RFC_3339, texts: &none };
        let texts: Texts = files_in("articles/").flat_map(|(_, file)| split_articles(&plain.fill(file))).collect();
        let feeds = files_in("feeds/").map(|(name, file)| {
            let date_format = if name.ends_with(".rss") { RFC_822 } else { RFC_3339 };
            (format!("/{name}"), Template { base, now, date_format, texts: &texts }.fill(file))
        });
        let pictures = files_in("pictures/").map(|(name, file)| (format!("/{name}"), file.to_string()));
        let bodies = feeds.chain(pictures).chain(pages(&texts, &plain.fill(asset("page.html"))));
        Edition {
            files: bodies.map(|(path, body)| (path.clone(), File::new(&path, body))).collect(),
            feeds_toml: plain.fill(asset("feeds.toml")),
        }
    }

    /// The file at a path, or status and reason why there is none.
    pub(super) fn file(&self, path: &str) -> Result<&File, (u16, &'static str)> {
        match self.files.get(path) {
            Some(file) => Ok(file),
            None if path == UNAVAILABLE_FEED => Err((503, "Service Unavailable")),
            None => Err((404, "Not Found")),
        }
    }
}

impl File {
    fn new(path: &str, body: String) -> File {
        let mut hasher = DefaultHasher::new();
        body.hash(&mut hasher);
        let delay = if path == SLOW_FEED { SLOW_FEED_DELAY } else { Duration::ZERO };
        File { media_type: media_type(path), etag: format!("\"{:016x}\"", hasher.finish()), body, delay }
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("rss") => "application/rss+xml; charset=utf-8",
        Some("atom") => "application/atom+xml; charset=utf-8",
        Some("rdf") => "application/rdf+xml; charset=utf-8",
        Some("json") => "application/feed+json; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/html; charset=utf-8",
    }
}

/// A web page for every article, and one that lists them all.
fn pages(texts: &Texts, shell: &str) -> Vec<(String, String)> {
    let page = |title: &str, html: &str| shell.replace("{{headline}}", title).replace("{{text}}", html);
    let mut links: Vec<String> =
        texts.iter().map(|(slug, text)| format!("<li><a href=\"/articles/{slug}\">{}</a></li>\n", text.title)).collect();
    links.sort();
    let mut pages: Vec<_> = texts.iter().map(|(slug, text)| (format!("/articles/{slug}"), page(&text.title, &text.html))).collect();
    pages.push(("/".into(), page("The sample edition", &format!("<ul>\n{}</ul>", links.concat()))));
    pages
}

/// The articles of one file: each `<article id="SLUG">` begins with its `<h1>`.
fn split_articles(file: &str) -> Vec<(String, Text)> {
    let article = |part: &str| {
        let (slug, rest) = part.split_once("\">")?;
        let (title, rest) = rest.split_once("<h1>")?.1.split_once("</h1>")?;
        let html = rest.split_once("</article>")?.0;
        Some((slug.to_string(), Text { title: title.trim().to_string(), html: html.trim().to_string() }))
    };
    file.split("<article id=\"").skip(1).filter_map(article).collect()
}

fn files_in(folder: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    assets::DEMO.iter().copied().filter(move |(name, _)| name.starts_with(folder))
}

fn asset(name: &str) -> &'static str {
    assets::DEMO.iter().find(|(known, _)| *known == name).map_or("", |(_, file)| file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition() -> Edition {
        Edition::new("http://127.0.0.1:1", "2026-11-22T06:30:00Z".parse().expect("a moment"))
    }

    #[test]
    fn everything_in_braces_is_filled_in() {
        let edition = edition();
        let unfilled: Vec<_> = edition.files.iter().filter(|(_, file)| file.body.contains("{{")).map(|(path, _)| path).collect();
        assert_eq!(unfilled, Vec::<&String>::new());
        assert!(!edition.feeds_toml.contains("{{"));
    }

    #[test]
    fn articles_are_split_at_their_tags() {
        let file = "<article id=\"a\">\n<h1>One</h1>\n<p>x</p>\n</article>\n<article id=\"b\"><h1>Two</h1></article>";
        let text = |title: &str, html: &str| Text { title: title.into(), html: html.into() };
        assert_eq!(split_articles(file), [("a".into(), text("One", "<p>x</p>")), ("b".into(), text("Two", ""))]);
    }

    #[test]
    fn no_two_articles_share_a_slug() {
        let mut slugs: Vec<_> = files_in("articles/").flat_map(|(_, file)| split_articles(file)).map(|(slug, _)| slug).collect();
        slugs.sort();
        let count = slugs.len();
        slugs.dedup();
        assert_eq!(slugs.len(), count);
    }

    #[test]
    fn every_article_stands_in_a_feed_but_the_one_about_the_sample() {
        let edition = edition();
        let feeds: String =
            edition.files.iter().filter(|(path, _)| path.starts_with("/feeds/")).map(|(_, file)| file.body.as_str()).collect();
        let slugs = files_in("articles/").flat_map(|(_, file)| split_articles(file)).map(|(slug, _)| slug);
        let unused: Vec<_> = slugs.filter(|slug| !feeds.contains(&format!("/articles/{slug}"))).collect();
        assert_eq!(unused, ["about-the-sample"]);
    }

    #[test]
    fn every_link_to_the_sample_has_its_page() {
        let edition = edition();
        for (path, file) in &edition.files {
            for link in file.body.split("http://127.0.0.1:1").skip(1) {
                let target = link.split(['"', '<', '\\', '#', '?', '&', '\'']).next().unwrap_or_default();
                assert!(edition.file(target).is_ok(), "{path} links to {target}");
            }
        }
    }
}
