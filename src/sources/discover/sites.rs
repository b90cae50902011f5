//! Where well-known sites have the feeds of their pages: data only, read by `site`. The first row that fits counts.

/// A row: host, path and the addresses of the feeds, the best first.
///
/// In host and path `{name}` takes one part, `{name=a|b}` one of these, `{name=#}` a number; a host of `*` is any host, and
/// `/*` at the end is anything more or nothing. `?list={id}` takes a parameter. `{scheme}` and `{host}` are as they were written.
pub(super) type Row = (&'static str, &'static str, &'static [&'static str]);

/// What a host may begin with and still be the same site.
pub(super) const SAME_SITE: &[&str] = &["www.", "m.", "mobile.", "old.", "new."];

pub(super) const SITES: &[Row] = &[
    ("youtube.com", "/channel/{id}/*", &["https://www.youtube.com/feeds/videos.xml?channel_id={id}"]),
    ("youtube.com", "/user/{name}/*", &["https://www.youtube.com/feeds/videos.xml?user={name}"]),
    ("youtube.com", "/playlist?list={id}", &["https://www.youtube.com/feeds/videos.xml?playlist_id={id}"]),
    ("youtube.com", "/watch?list={id}", &["https://www.youtube.com/feeds/videos.xml?playlist_id={id}"]),
    // Only the page of a handle knows its channel.
    ("youtube.com", "/*", &[]),
    ("reddit.com", "/", &["https://www.reddit.com/.rss"]),
    ("reddit.com", "/r/{name}/comments/{id}/*", &["https://www.reddit.com/r/{name}/comments/{id}/.rss"]),
    ("reddit.com", "/r/{name}/{sort=hot|new|rising|controversial|top}", &["https://www.reddit.com/r/{name}/{sort}/.rss"]),
    ("reddit.com", "/r/{name}/*", &["https://www.reddit.com/r/{name}/.rss"]),
    ("reddit.com", "/{is=u|user}/{name}/*", &["https://www.reddit.com/user/{name}/.rss"]),
    ("github.com", "/{owner}", &["https://github.com/{owner}.atom"]),
    ("github.com", "/{owner}/{repo}/releases/*", &["https://github.com/{owner}/{repo}/releases.atom"]),
    ("github.com", "/{owner}/{repo}/tags/*", &["https://github.com/{owner}/{repo}/tags.atom"]),
    ("github.com", "/{owner}/{repo}/commits", &["https://github.com/{owner}/{repo}/commits.atom"]),
    ("github.com", "/{owner}/{repo}/{is=commits|tree}/{branch}", &["https://github.com/{owner}/{repo}/commits/{branch}.atom"]),
    ("github.com", "/{owner}/{repo}/discussions/*", &["https://github.com/{owner}/{repo}/discussions.atom"]),
    ("github.com", "/{owner}/{repo}/wiki/*", &["https://github.com/{owner}/{repo}/wiki.atom"]),
    (
        "github.com",
        "/{owner}/{repo}/*",
        &[
            "https://github.com/{owner}/{repo}/releases.atom",
            "https://github.com/{owner}/{repo}/tags.atom",
            "https://github.com/{owner}/{repo}/commits.atom",
        ],
    ),
    ("gitlab.com", "/{owner}", &["https://gitlab.com/{owner}.atom"]),
    ("gitlab.com", "/{owner}/{repo}/-/releases/*", &["https://gitlab.com/{owner}/{repo}/-/releases.atom"]),
    ("gitlab.com", "/{owner}/{repo}/-/tags/*", &["https://gitlab.com/{owner}/{repo}/-/tags?format=atom"]),
    ("gitlab.com", "/{owner}/{repo}/-/commits/{branch}", &["https://gitlab.com/{owner}/{repo}/-/commits/{branch}?format=atom"]),
    (
        "gitlab.com",
        "/{owner}/{repo}",
        &[
            "https://gitlab.com/{owner}/{repo}/-/releases.atom",
            "https://gitlab.com/{owner}/{repo}/-/tags?format=atom",
            "https://gitlab.com/{owner}/{repo}.atom",
        ],
    ),
    ("codeberg.org", "/{owner}", &["https://codeberg.org/{owner}.rss"]),
    ("codeberg.org", "/{owner}/{repo}/*", &["https://codeberg.org/{owner}/{repo}/releases.rss", "https://codeberg.org/{owner}/{repo}.rss"]),
    ("bsky.app", "/profile/{name}/*", &["https://bsky.app/profile/{name}/rss"]),
    ("{name}.substack.com", "/*", &["https://{name}.substack.com/feed"]),
    ("medium.com", "/@{name}/*", &["https://medium.com/feed/@{name}"]),
    ("medium.com", "/tag/{tag}/*", &["https://medium.com/feed/tag/{tag}"]),
    ("medium.com", "/{name}/tagged/{tag}", &["https://medium.com/feed/{name}/tagged/{tag}"]),
    ("medium.com", "/{name}/*", &["https://medium.com/feed/{name}"]),
    ("{name}.medium.com", "/*", &["https://{name}.medium.com/feed"]),
    ("{name}.wordpress.com", "/{is=category|tag|author}/{of}/*", &["https://{name}.wordpress.com/{is}/{of}/feed/"]),
    ("{name}.wordpress.com", "/*", &["https://{name}.wordpress.com/feed/"]),
    ("{name}.blogspot.com", "/search/label/{label}", &["https://{name}.blogspot.com/feeds/posts/default/-/{label}"]),
    ("{name}.blogspot.com", "/*", &["https://{name}.blogspot.com/feeds/posts/default"]),
    ("tumblr.com", "/{is=tagged|search|explore|dashboard|login|register}/*", &[]),
    ("tumblr.com", "/{name}/*", &["https://{name}.tumblr.com/rss"]),
    ("{name}.tumblr.com", "/tagged/{tag}", &["https://{name}.tumblr.com/tagged/{tag}/rss"]),
    ("{name}.tumblr.com", "/*", &["https://{name}.tumblr.com/rss"]),
    ("news.ycombinator.com", "/show", &["https://news.ycombinator.com/showrss"]),
    ("news.ycombinator.com", "/{is=news|front}", &["https://news.ycombinator.com/rss"]),
    ("news.ycombinator.com", "/", &["https://news.ycombinator.com/rss"]),
    ("lobste.rs", "/", &["https://lobste.rs/rss"]),
    ("lobste.rs", "/t/{tags}", &["https://lobste.rs/t/{tags}.rss"]),
    ("lobste.rs", "/domains/{domain}", &["https://lobste.rs/domains/{domain}.rss"]),
    ("lobste.rs", "/~{name}/*", &["https://lobste.rs/~{name}/stories.rss"]),
    ("lobste.rs", "/newest", &["https://lobste.rs/newest.rss"]),
    ("arxiv.org", "/list/{category}/*", &["https://rss.arxiv.org/rss/{category}"]),
    ("arxiv.org", "/archive/{category}", &["https://rss.arxiv.org/rss/{category}"]),
    ("{site=stackoverflow|serverfault|superuser|askubuntu|stackapps}.com", "/questions/tagged/{tag}", &["https://{host}/feeds/tag/{tag}"]),
    ("{site=stackoverflow|serverfault|superuser|askubuntu|stackapps}.com", "/questions/{id=#}/*", &["https://{host}/feeds/question/{id}"]),
    ("{site=stackoverflow|serverfault|superuser|askubuntu|stackapps}.com", "/users/{id=#}/*", &["https://{host}/feeds/user/{id}"]),
    ("{site}.stackexchange.com", "/questions/tagged/{tag}", &["https://{host}/feeds/tag/{tag}"]),
    ("{site}.stackexchange.com", "/questions/{id=#}/*", &["https://{host}/feeds/question/{id}"]),
    ("{site}.stackexchange.com", "/users/{id=#}/*", &["https://{host}/feeds/user/{id}"]),
    ("vimeo.com", "/{is=channels|groups}/{name}/*", &["https://vimeo.com/{is}/{name}/videos/rss"]),
    ("vimeo.com", "/{id=#}/*", &[]),
    ("vimeo.com", "/{name}", &["https://vimeo.com/{name}/videos/rss"]),
    (
        "{language}.wikipedia.org",
        "/wiki/Special:RecentChanges",
        &["https://{language}.wikipedia.org/w/api.php?action=feedrecentchanges&feedformat=atom"],
    ),
    ("{language}.wikipedia.org", "/wiki/Main_Page", &[]),
    ("{language}.wikipedia.org", "/wiki/{page}", &["https://{language}.wikipedia.org/w/index.php?title={page}&action=history&feed=atom"]),
    // Mastodon and what speaks like it, under any name.
    ("*", "/@{name}", &["{scheme}://{host}/@{name}.rss"]),
    ("*", "/users/{name}", &["{scheme}://{host}/users/{name}.rss"]),
];

/// Sites whose pages have the feed's number in their text: host, the words before it, the address.
pub(super) const MARKS: &[Row] = &[
    ("youtube.com", "\"externalId\":\"", &["https://www.youtube.com/feeds/videos.xml?channel_id={id}"]),
    ("soundcloud.com", "soundcloud://users:", &["https://feeds.soundcloud.com/users/soundcloud:users:{id}/sounds.rss"]),
];
