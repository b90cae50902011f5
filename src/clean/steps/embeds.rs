//! Turns what is shown from another site into a link that names the site and, where known, the title.
//!
//! before: `<iframe src="https://www.youtube.com/embed/abc" title="Storm"></iframe><audio src="/a.mp3"></audio>`
//! after:  `<p><a href="https://www.youtube.com/watch?v=abc">YouTube: Storm</a></p><p><a href="https://example.org/a.mp3">Audio: a.mp3</a></p>`

use super::super::page::Page;
use super::super::tree::{Id, Tree};
use crate::domain::address::is_host_in;

/// The end of a host's name and what people call the site.
const SITES: &[(&str, &str)] = &[
    ("youtube.com", "YouTube"),
    ("youtube-nocookie.com", "YouTube"),
    ("youtu.be", "YouTube"),
    ("vimeo.com", "Vimeo"),
    ("dailymotion.com", "Dailymotion"),
    ("soundcloud.com", "SoundCloud"),
    ("spotify.com", "Spotify"),
    ("apple.com", "Apple"),
    ("bandcamp.com", "Bandcamp"),
    ("twitter.com", "Twitter"),
    ("x.com", "X"),
    ("instagram.com", "Instagram"),
    ("facebook.com", "Facebook"),
    ("tiktok.com", "TikTok"),
    ("reddit.com", "Reddit"),
    ("codepen.io", "CodePen"),
    ("datawrapper.de", "Datawrapper"),
    ("dwcdn.net", "Datawrapper"),
    ("flourish.studio", "Flourish"),
    ("google.com", "Google"),
    ("ted.com", "TED"),
    (GIST, "GitHub gist"),
    ("github.com", "GitHub"),
    ("archive.org", "Internet Archive"),
    ("tumblr.com", "Tumblr"),
    ("bsky.app", "Bluesky"),
    ("megaphone.fm", "Megaphone"),
    ("simplecast.com", "Simplecast"),
    ("libsyn.com", "Libsyn"),
    ("scribd.com", "Scribd"),
    ("documentcloud.org", "DocumentCloud"),
    ("jsfiddle.net", "JSFiddle"),
    ("peertube.tv", "PeerTube"),
];
/// Pieces of code that a script writes into the page.
const GIST: &str = "gist.github.com";
/// What is said of an embed of which no more is known than its address.
const EMBEDDED: &str = "Embedded";
/// Frames that count readers and show nothing.
const UNSEEN: &[&str] = &[
    "googletagmanager.com",
    "doubleclick.net",
    "googlesyndication.com",
    "amazon-adsystem.com",
    "facebook.com/plugins/like",
    "slashdot-it.pl",
];

/// Elements that stand for a player until somebody presses them, and where it is.
const PLAYERS: &[(&str, &str)] = &[
    ("lite-youtube", "https://www.youtube.com/embed/"),
    ("amp-youtube", "https://www.youtube.com/embed/"),
    ("lite-vimeo", "https://player.vimeo.com/video/"),
    ("amp-vimeo", "https://player.vimeo.com/video/"),
];

pub(super) fn run(tree: &mut Tree, page: &Page) {
    for id in tree.elements() {
        if !tree.is(id, &["iframe", "video", "audio", "embed", "object"]) && player(tree, id).is_none() {
            continue;
        }
        let source = source(tree, id);
        let url = source.as_deref().and_then(|source| page.link(source)).filter(|url| !UNSEEN.iter().any(|unseen| is_at(url, unseen)));
        match url {
            Some(url) => replace_by_link(tree, id, &url),
            None if source.as_deref().is_some_and(|source| page.is_lost(source)) => replace_by_name(tree, id, &source.unwrap_or_default()),
            None if tree.is(id, &["object"]) => tree.unwrap(id),
            None => tree.detach(id),
        }
    }
}

/// Where an embed comes from; `None` for one of no size.
fn source(tree: &Tree, id: Id) -> Option<String> {
    let is_nothing = |name| matches!(tree.attribute(id, name).map(str::trim), Some("0" | "1" | "0px" | "1px"));
    if tree.name(id) == "iframe" && (is_nothing("width") || is_nothing("height")) {
        return None;
    }
    let own = ["src", "data-src", "data-lazy-src", "data"]
        .iter()
        .find_map(|name| tree.attribute(id, name))
        .filter(|source| !source.starts_with("about:"));
    let inner = || tree.child_elements(id).into_iter().find_map(|child| tree.attribute(child, "src"));
    own.or_else(inner).map(str::to_string).or_else(|| player(tree, id))
}

/// The address of a player that a script would put in the place of an element.
fn player(tree: &Tree, id: Id) -> Option<String> {
    let (_, address) = PLAYERS.iter().find(|(name, _)| tree.is(id, &[name]))?;
    let video = tree.attribute(id, "videoid").or_else(|| tree.attribute(id, "data-videoid"))?.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (!video.is_empty() && video.chars().all(is_name)).then(|| format!("{address}{video}"))
}

fn replace_by_link(tree: &mut Tree, id: Id, url: &str) {
    let text = label(tree, id, url);
    let (paragraph, link) = (tree.element("p"), tree.element("a"));
    tree.set_attribute(link, "href", &watch_address(url));
    let text = tree.text_node(&text);
    tree.append(link, text);
    tree.append(paragraph, link);
    tree.replace(id, paragraph);
}

/// Where it would lead is not known, so it is named only.
fn replace_by_name(tree: &mut Tree, id: Id, source: &str) {
    let text = label(tree, id, source);
    let (paragraph, text) = (tree.element("p"), tree.text_node(&text));
    tree.append(paragraph, text);
    tree.replace(id, paragraph);
}

fn label(tree: &Tree, id: Id, url: &str) -> String {
    let host = url.split('/').nth(2).unwrap_or_default().trim_start_matches("www.");
    let site = match tree.name(id) {
        "audio" => "Audio",
        "video" => "Video",
        _ if !url.contains("//") => EMBEDDED,
        _ => SITES.iter().find(|(end, _)| is_at(url, end)).map_or(host, |(_, name)| name),
    };
    let is_of_a_file = matches!(site, "Audio" | "Video" | EMBEDDED);
    let file = || url.split(['?', '#']).next().and_then(|path| path.trim_end_matches('/').rsplit('/').next()).filter(|_| is_of_a_file);
    let named = ["title", "aria-label", "playlabel"].iter().find_map(|name| tree.attribute(id, name));
    let title = named.map(|title| title.trim().trim_start_matches("Play: ")).filter(|title| !title.is_empty());
    let gist = || url.split_once(GIST).map(|(_, path)| path.trim_start_matches('/')).filter(|_| is_at(url, GIST)).map(gist_name);
    match title.filter(|title| !is_empty_title(title)).or_else(file).or_else(gist) {
        Some(title) => format!("{site}: {title}"),
        None => format!("{EMBEDDED}: {site}"),
    }
}

/// The file that is shown of a gist, or whose it is and which.
fn gist_name(path: &str) -> &str {
    let (gist, file) = path.split_once("?file=").unwrap_or((path, ""));
    if file.is_empty() { gist.trim_end_matches(".js") } else { file }
}

/// Titles that players give themselves.
fn is_empty_title(title: &str) -> bool {
    let title = title.to_lowercase();
    matches!(title.as_str(), "youtube video player" | "embedded content" | "iframe" | "embed" | "video" | "spotify embed" | "vimeo player")
}

/// Whether an address is of a host, or one below it, and of a path there; what stands in its query says nothing.
fn is_at(url: &str, place: &str) -> bool {
    let (wanted, wanted_path) = place.split_once('/').unwrap_or((place, ""));
    let after = url.split_once("//").map_or("", |(_, after)| after);
    let (host, path) = after.split_at(after.find(['/', '?', '#']).unwrap_or(after.len()));
    is_host_in(host, wanted) && path.trim_start_matches('/').starts_with(wanted_path)
}

/// The page a person would watch on, where the player's address tells it.
fn watch_address(url: &str) -> String {
    let after = |mark: &str| url.split_once(mark).map_or("", |(_, id)| id.split(['?', '&', '/', '#']).next().unwrap_or_default());
    let is_video = |place: &str, mark: &str| is_at(url, place) && !matches!(after(mark), "" | "videoseries");
    if is_video("youtube.com/embed/", "/embed/") || is_video("youtube-nocookie.com/embed/", "/embed/") {
        format!("https://www.youtube.com/watch?v={}", after("/embed/"))
    } else if is_video("player.vimeo.com/video/", "/video/") {
        format!("https://vimeo.com/{}", after("/video/"))
    } else if is_at(url, GIST) {
        url.split('?').next().unwrap_or(url).trim_end_matches(".js").to_string()
    } else {
        url.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn an_embed_becomes_a_link_that_names_the_site() {
        check(
            super::run,
            "<iframe src=\"https://www.youtube.com/embed/abc\" title=\"Storm\"></iframe><audio src=\"/a.mp3\"></audio>",
            "<p><a href=\"https://www.youtube.com/watch?v=abc\">YouTube: Storm</a></p><p><a href=\"https://example.org/a.mp3\">Audio: a.mp3</a></p>",
        );
        check(super::run, "<iframe src=//player.vimeo.com/video/7?h=1>", "<p><a href=\"https://vimeo.com/7\">Embedded: Vimeo</a></p>");
        check(super::run, "<video><source src=/v.mp4></video>", "<p><a href=\"https://example.org/v.mp4\">Video: v.mp4</a></p>");
        check(
            super::run,
            "<iframe src=https://maps.example.net/x>a",
            "<p><a href=\"https://maps.example.net/x\">Embedded: maps.example.net</a></p>a",
        );
        check(super::run, "<iframe src=https://netflix.com/x>", "<p><a href=\"https://netflix.com/x\">Embedded: netflix.com</a></p>");
    }

    #[test]
    fn players_that_wait_for_a_click_are_embeds() {
        let link = "<p><a href=\"https://www.youtube.com/watch?v=abc\">YouTube: Storm</a></p>";
        check(super::run, "<lite-youtube videoid=abc playlabel='Play: Storm'></lite-youtube>", link);
        check(super::run, "<amp-youtube data-videoid=abc title=Storm></amp-youtube>", link);
        check(super::run, "<lite-vimeo videoid=7></lite-vimeo>", "<p><a href=\"https://vimeo.com/7\">Embedded: Vimeo</a></p>");
    }

    #[test]
    fn an_address_that_only_holds_that_of_a_site_stays_whole() {
        let check = |address: &str, site: &str| {
            let link = format!("<p><a href=\"{address}\">Embedded: {site}</a></p>");
            check(super::run, &format!("<iframe src=\"{address}\"></iframe>"), &link);
        };
        check("https://e.example/embed?id=7&u=https://gist.github.com/x/y", "e.example");
        check("https://e.example/embed/7?from=youtube", "e.example");
        check("https://e.example/play?v=7&u=https://player.vimeo.com/video/8", "e.example");
        check("https://e.example/play?v=7&ads=https://pubads.doubleclick.net/x", "e.example");
        super::super::testing::check_text("a<script src='https://e.example/x.js?u=https://gist.github.com/x/y'></script>", "a");
    }

    #[test]
    fn a_gist_is_named_by_its_file_or_its_owner() {
        let check = |html: &str, text: &str| super::super::testing::check_text(html, text);
        check(
            "<p>a</p><script src='https://gist.github.com/mara/0a1b.js'></script><p>b</p>",
            "a\n\n[GitHub gist: mara/0a1b](https://gist.github.com/mara/0a1b)\n\nb",
        );
        check(
            "<script src='https://gist.github.com/mara/0a1b.js?file=dam.py'></script>",
            "[GitHub gist: dam.py](https://gist.github.com/mara/0a1b)",
        );
    }

    #[test]
    fn an_embed_whose_page_is_not_known_is_named() {
        let check = |html: &str, text: &str| assert_eq!(crate::clean::clean(html, None).plain_text().trim_end(), text, "{html}");
        check("<video src=a/b.mp4></video>", "Video: b.mp4");
        check("<iframe src=/embed/12></iframe>", "Embedded: 12");
        check("<audio title='The talk' src=a.mp3></audio><iframe src=javascript:1></iframe>", "Audio: The talk");
    }

    #[test]
    fn frames_that_show_nothing_go() {
        check(super::run, "<iframe src='https://www.googletagmanager.com/ns.html?id=1'></iframe>a", "a");
        check(super::run, "<iframe width=1 height=1 src='https://t.example/'></iframe><iframe src=javascript:1></iframe>", "");
        check(super::run, "<object><p>instead</p></object>", "<p>instead</p>");
    }
}
