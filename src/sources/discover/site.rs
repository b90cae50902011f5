//! Reads the table of well-known sites.

use url::Url;

use super::sites::{MARKS, Row, SAME_SITE, SITES};

/// Characters of a number or name that a page's text gives.
const LONGEST_ID: usize = 64;

/// What the places of a row took from an address.
type Taken<'a> = Vec<(&'a str, String)>;

/// The feeds of a page by its address alone, the best first; none where the site is not known.
#[must_use]
pub fn feeds_of_site(address: &str) -> Vec<String> {
    let Some(url) = web_url(address) else { return Vec::new() };
    let fitting = SITES.iter().find_map(|row| Some((row, fit(row, &url)?)));
    fitting.map(|((_, _, feeds), taken)| feeds.iter().map(|feed| fill(feed, &taken)).collect()).unwrap_or_default()
}

/// The feed whose number stands in the text of a page of that site.
pub(super) fn feed_of_text(text: &str, address: &str) -> Option<String> {
    let url = web_url(address)?;
    let host = site_of(url.host_str()?);
    let (_, mark, feeds) = MARKS.iter().find(|(site, ..)| *site == host)?;
    let id: String = text.split_once(mark)?.1.chars().take(LONGEST_ID).take_while(|c| is_plain(*c)).collect();
    feeds.first().filter(|_| !id.is_empty()).map(|feed| fill(feed, &vec![("id", id)]))
}

fn web_url(address: &str) -> Option<Url> {
    Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

fn site_of(host: &str) -> &str {
    SAME_SITE.iter().find_map(|start| host.strip_prefix(start)).unwrap_or(host)
}

fn fit<'r>((site, path, _): &'r Row, url: &Url) -> Option<Taken<'r>> {
    let host = url.host_str()?;
    let whole_host = url.port().map_or(host.to_string(), |port| format!("{host}:{port}"));
    let mut taken = vec![("scheme", url.scheme().to_string()), ("host", whole_host)];
    if *site != "*" {
        fit_parts(site.split('.').collect(), site_of(host).split('.').collect(), &mut taken)?;
    }
    let (path, parameter) = path.split_once('?').map_or((*path, None), |(path, parameter)| (path, parameter.split_once('=')));
    fit_parts(parts(path), parts(url.path()), &mut taken)?;
    if let Some((name, place)) = parameter {
        let value = url.query_pairs().find(|(given, _)| given == name)?.1.into_owned();
        fit_part(place, value.chars().all(is_plain).then_some(value.as_str())?, &mut taken)?;
    }
    Some(taken)
}

fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty()).collect()
}

fn fit_parts<'r>(mut wanted: Vec<&'r str>, mut given: Vec<&str>, taken: &mut Taken<'r>) -> Option<()> {
    if wanted.last() == Some(&"*") {
        wanted.pop();
        given.truncate(wanted.len());
    }
    (wanted.len() == given.len()).then_some(())?;
    wanted.iter().zip(given).try_for_each(|(wanted, given)| fit_part(wanted, given, taken))
}

/// One part: plain, or with one place at its end.
fn fit_part<'r>(wanted: &'r str, given: &str, taken: &mut Taken<'r>) -> Option<()> {
    let Some((before, place)) = wanted.strip_suffix('}').and_then(|wanted| wanted.split_once('{')) else {
        return wanted.eq_ignore_ascii_case(given).then_some(());
    };
    let value = given.strip_prefix(before).filter(|value| !value.is_empty())?;
    let (name, choice) = place.split_once('=').unwrap_or((place, ""));
    let is_fit = match choice {
        "" => true,
        "#" => value.bytes().all(|byte| byte.is_ascii_digit()),
        choice => choice.split('|').any(|one| one == value),
    };
    is_fit.then(|| taken.push((name, value.to_string())))
}

fn fill(feed: &str, taken: &Taken) -> String {
    taken.iter().fold(feed.to_string(), |feed, (name, value)| feed.replace(&format!("{{{name}}}"), value))
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: &[&str]) {
        assert_eq!(feeds_of_site(address), expected, "{address}");
    }

    #[test]
    fn sites_of_films_and_sounds() {
        let youtube = "https://www.youtube.com/feeds/videos.xml";
        check("https://www.youtube.com/channel/UC123-_x/videos", &[&format!("{youtube}?channel_id=UC123-_x")]);
        check("http://m.youtube.com/channel/UC123", &[&format!("{youtube}?channel_id=UC123")]);
        check("https://youtube.com/user/ships", &[&format!("{youtube}?user=ships")]);
        check("https://www.youtube.com/playlist?si=x&list=PL12", &[&format!("{youtube}?playlist_id=PL12")]);
        check("https://www.youtube.com/watch?v=1&list=PL12", &[&format!("{youtube}?playlist_id=PL12")]);
        check("https://www.youtube.com/playlist?list=a%26b", &[]);
        check("https://www.youtube.com/@ships", &[]);
        check("https://vimeo.com/ships", &["https://vimeo.com/ships/videos/rss"]);
        check("https://vimeo.com/channels/staffpicks", &["https://vimeo.com/channels/staffpicks/videos/rss"]);
        check("https://vimeo.com/65836516", &[]);
    }

    #[test]
    fn sites_of_talk() {
        check("https://old.reddit.com/r/rust/", &["https://www.reddit.com/r/rust/.rss"]);
        check("https://www.reddit.com/r/rust/top/", &["https://www.reddit.com/r/rust/top/.rss"]);
        check("https://www.reddit.com/r/rust/comments/1abc/a_title/", &["https://www.reddit.com/r/rust/comments/1abc/.rss"]);
        check("https://www.reddit.com/u/someone", &["https://www.reddit.com/user/someone/.rss"]);
        check("https://news.ycombinator.com/", &["https://news.ycombinator.com/rss"]);
        check("https://news.ycombinator.com/show", &["https://news.ycombinator.com/showrss"]);
        check("https://news.ycombinator.com/item?id=1", &[]);
        check("https://lobste.rs", &["https://lobste.rs/rss"]);
        check("https://lobste.rs/t/rust,linux", &["https://lobste.rs/t/rust,linux.rss"]);
        check("https://lobste.rs/~someone", &["https://lobste.rs/~someone/stories.rss"]);
        check("https://lobste.rs/domains/a.example", &["https://lobste.rs/domains/a.example.rss"]);
        check("https://lobste.rs/newest", &["https://lobste.rs/newest.rss"]);
        check("https://stackoverflow.com/questions/tagged/rust?sort=newest", &["https://stackoverflow.com/feeds/tag/rust"]);
        check("https://unix.stackexchange.com/questions/12/how-to", &["https://unix.stackexchange.com/feeds/question/12"]);
        check("https://askubuntu.com/users/7/someone", &["https://askubuntu.com/feeds/user/7"]);
        check("https://bsky.app/profile/a.example", &["https://bsky.app/profile/a.example/rss"]);
        check("https://social.example:8443/@someone", &["https://social.example:8443/@someone.rss"]);
        check("https://social.example/users/someone", &["https://social.example/users/someone.rss"]);
        check("https://social.example/@someone/1234", &[]);
    }

    #[test]
    fn sites_of_programs() {
        let repo = "https://github.com/rust-lang/rust";
        check("https://github.com/rust-lang", &["https://github.com/rust-lang.atom"]);
        check(repo, &[&format!("{repo}/releases.atom"), &format!("{repo}/tags.atom"), &format!("{repo}/commits.atom")]);
        check(&format!("{repo}/releases"), &[&format!("{repo}/releases.atom")]);
        check(&format!("{repo}/tags"), &[&format!("{repo}/tags.atom")]);
        check(&format!("{repo}/commits/stable"), &[&format!("{repo}/commits/stable.atom")]);
        check(&format!("{repo}/discussions/3"), &[&format!("{repo}/discussions.atom")]);
        check("https://gitlab.com/a/b/-/tags", &["https://gitlab.com/a/b/-/tags?format=atom"]);
        let gitlab = ["https://gitlab.com/a/b/-/releases.atom", "https://gitlab.com/a/b/-/tags?format=atom", "https://gitlab.com/a/b.atom"];
        check("https://gitlab.com/a/b", &gitlab);
        check("https://codeberg.org/a/b", &["https://codeberg.org/a/b/releases.rss", "https://codeberg.org/a/b.rss"]);
    }

    #[test]
    fn sites_of_writing() {
        check("https://ships.substack.com/p/one", &["https://ships.substack.com/feed"]);
        check("https://medium.com/@someone", &["https://medium.com/feed/@someone"]);
        check("https://medium.com/tag/ships", &["https://medium.com/feed/tag/ships"]);
        check("https://medium.com/harbour/tagged/ships", &["https://medium.com/feed/harbour/tagged/ships"]);
        check("https://medium.com/harbour/an-article-12ab", &["https://medium.com/feed/harbour"]);
        check("https://someone.medium.com/", &["https://someone.medium.com/feed"]);
        check("https://ships.wordpress.com/category/sail/", &["https://ships.wordpress.com/category/sail/feed/"]);
        check("https://ships.wordpress.com/2026/01/one", &["https://ships.wordpress.com/feed/"]);
        check("http://ships.blogspot.com/2026/01/one.html", &["https://ships.blogspot.com/feeds/posts/default"]);
        check("https://ships.blogspot.com/search/label/Sail", &["https://ships.blogspot.com/feeds/posts/default/-/Sail"]);
        check("https://ships.tumblr.com", &["https://ships.tumblr.com/rss"]);
        check("https://ships.tumblr.com/tagged/sail", &["https://ships.tumblr.com/tagged/sail/rss"]);
        check("https://www.tumblr.com/ships", &["https://ships.tumblr.com/rss"]);
        check("https://www.tumblr.com/tagged/sail", &[]);
        check("https://arxiv.org/list/cs.AI/recent", &["https://rss.arxiv.org/rss/cs.AI"]);
        let wikipedia = "https://fr.wikipedia.org/w";
        check("https://fr.wikipedia.org/wiki/Bateau", &[&format!("{wikipedia}/index.php?title=Bateau&action=history&feed=atom")]);
        let changes = format!("{wikipedia}/api.php?action=feedrecentchanges&feedformat=atom");
        check("https://fr.wikipedia.org/wiki/Special:RecentChanges", &[&changes]);
    }

    #[test]
    fn other_addresses_are_of_no_known_site() {
        for address in ["https://a.example/", "https://notreddit.com/r/rust", "file:///@someone", "nonsense", "https://a.example/@/"] {
            check(address, &[]);
        }
    }

    #[test]
    fn some_pages_know_their_feed_by_number() {
        let check = |text: &str, address: &str, expected: Option<&str>| {
            assert_eq!(feed_of_text(text, address).as_deref(), expected, "{address}");
        };
        let youtube = "https://www.youtube.com/feeds/videos.xml?channel_id=UC1-_x";
        check("{\"externalId\":\"UC1-_x\",", "https://www.youtube.com/@ships", Some(youtube));
        let sounds = "https://feeds.soundcloud.com/users/soundcloud:users:77/sounds.rss";
        check("content=\"soundcloud://users:77\"", "https://soundcloud.com/ships", Some(sounds));
        check("content=\"soundcloud://users:\"", "https://soundcloud.com/ships", None);
        check("content=\"soundcloud://users:77\"", "https://a.example/ships", None);
    }

    #[test]
    fn every_place_in_a_feed_is_taken_from_its_row() {
        for (site, path, feeds) in SITES {
            for feed in *feeds {
                let places = feed.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
                for name in places.filter(|name| !["scheme", "host"].contains(name)) {
                    let is_taken =
                        [site, path].iter().any(|text| text.contains(&format!("{{{name}}}")) || text.contains(&format!("{{{name}=")));
                    assert!(is_taken, "{feed} has no {name}");
                }
            }
        }
    }
}
