//! Finds the address of a picture that a script would load, drops trackers, and turns pictures of characters into characters.
//!
//! before: `<img src="data:image/gif;base64,R0" data-src="/a.jpg" alt="A dam"><img src="https://t.example/p" width="1" height="1"><img class="emoji" alt="🙂">`
//! after:  `<img alt="A dam" src="https://example.org/a.jpg">🙂`

use super::super::page::Page;
use super::super::tree::{Id, Tree};

/// Parts of addresses of pictures that only count readers, and of the icons of share bars.
const TRACKERS: &[&str] = &[
    "feeds.feedburner.com/~",
    "feedburner.com/~r/",
    "feedsportal.com",
    "pixel.wp.com",
    "stats.wordpress.com",
    "doubleclick.net",
    "quantserve.com",
    "scorecardresearch.com",
    "google-analytics.com",
    "/tracker/",
    "pixel.gif",
    "/pixel.png",
    "1x1.gif",
    "1x1.png",
    "spacer.gif",
    "blank.gif",
    "/~ff/",
    "rss-pixel",
    "feeds.wordpress.com/1.0/",
    "rsspixel",
    "counter.theconversation.com",
    "images.pheedo.com",
    "ads.pheedo.com",
    "feedads.g.",
    "pheedo.com/img",
    "/piwik.php",
    "/matomo.php",
    "b.scorecardresearch",
    "ad.doubleclick",
    "beacon.gif",
    "/trackingpixel",
    "transparent.gif",
    "rss.buysellads",
    "medium.com/_/stat",
    "/_/pixel",
    "/ping.gif",
    "tracking.feedpress",
];
/// Classes of pictures that stand for characters.
const CHARACTERS: &[&str] = &["emoji", "wp-smiley", "latex", "smiley", "inline_svg", "mwe-math-fallback-image-inline"];
/// Parts of addresses of such pictures.
const FACES: &[&str] = &["/smilies/", "/smileys/", "/emoji/", "/emoticons/"];
/// Characters of the text of one.
const MAX_FACE: usize = 12;
/// What pictures on the buttons of share bars say, in lower case.
const BUTTONS: &[&str] = &[
    "add to facebook",
    "add to twitter",
    "add to reddit",
    "add to stumbleupon",
    "add to del.icio.us",
    "add to digg",
    "digg this",
    "share on ",
    "share this",
    "email this",
    "tweet this",
    "print this",
    "bookmark and share",
    "pin on pinterest",
    "share via",
];
/// Texts of pictures that say what a click does and nothing of the picture.
const CLICKS: &[&str] =
    &["图片点击可在新窗口打开查看", "click to enlarge", "click to view larger image", "opens in a new window", "opens in a new tab"];
/// Attributes in which scripts look for the real picture, best first.
const SOURCES: &[&str] = &["data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-url", "data-hi-res-src", "src"];

/// Attributes of a picture that a script shows when it comes into view.
const LATER: &[&str] = &["data-src", "data-lazy-src", "data-original", "data-srcset", "data-lazy-srcset"];

pub(super) fn run(tree: &mut Tree, page: &Page) {
    for id in tree.elements() {
        if !tree.is(id, &["img"]) {
            continue;
        }
        let mut alt = tree.attribute(id, "alt").unwrap_or_default().trim().to_string();
        if CLICKS.contains(&alt.to_lowercase().as_str()) {
            alt.clear();
            tree.set_attribute(id, "alt", "");
        }
        let source = source(tree, id, page);
        if is_character(tree, id, source.as_deref(), &alt) {
            let text = tree.text_node(&alt);
            tree.replace(id, text);
        } else if is_tracker(tree, id, source.as_deref(), &alt) || (source.is_none() && alt.is_empty()) {
            tree.detach(id);
        } else {
            SOURCES.iter().for_each(|name| tree.remove_attribute(id, name));
            tree.remove_attribute(id, "srcset");
            tree.set_attribute(id, "src", source.as_deref().unwrap_or_default());
        }
    }
}

/// Whether a picture stands for a character, or for a face made of a few.
fn is_character(tree: &Tree, id: Id, source: Option<&str>, alt: &str) -> bool {
    let is_face = |source: &str| FACES.iter().any(|part| source.contains(part));
    tree.has_class(id, CHARACTERS) || (!alt.is_empty() && alt.chars().count() <= MAX_FACE && source.is_some_and(is_face))
}

fn source(tree: &Tree, id: Id, page: &Page) -> Option<String> {
    let plain = SOURCES.iter().filter_map(|name| tree.attribute(id, name)).find_map(|address| page.picture(address));
    plain.or_else(|| {
        let set = tree.attribute(id, "srcset").or_else(|| tree.attribute(id, "data-srcset"))?;
        page.picture(set.split_whitespace().next()?.trim_end_matches(','))
    })
}

/// Whether a picture is there to be asked for, not to be seen.
fn is_tracker(tree: &Tree, id: Id, source: Option<&str>, alt: &str) -> bool {
    let is_point = |name| matches!(tree.attribute(id, name).map(|size| size.trim().trim_end_matches("px")), Some("0" | "1"));
    let is_known = source.is_some_and(|source| TRACKERS.iter().any(|part| source.contains(part)));
    let is_linked = tree.parent(id).is_some_and(|parent| tree.is(parent, &["a"]));
    let alt = alt.to_lowercase();
    let is_button = is_linked && BUTTONS.iter().any(|text| alt.starts_with(text));
    is_known || is_button || is_unseen(tree, id) || (alt.is_empty() && (is_point("width") || is_point("height")))
}

/// Whether a picture is hidden or a point, and no script is known to show it later.
fn is_unseen(tree: &Tree, id: Id) -> bool {
    let size = |name| tree.attribute(id, name).map(|size| size.trim().trim_end_matches("px"));
    let style: String = tree.attribute(id, "style").unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    let says = |name: &str, values: &[&str]| {
        style.split(';').filter_map(|rule| rule.split_once(':')).any(|(key, value)| key == name && values.contains(&value))
    };
    let is_point = |name| matches!(size(name), Some("0" | "1")) || says(name, &["0", "0px", "1px"]);
    let is_later = || LATER.iter().any(|name| tree.attribute(id, name).is_some()) || tree.classes(id).any(|class| class.contains("lazy"));
    let is_hidden = says("display", &["none"]) || says("visibility", &["hidden"]);
    (is_hidden || (is_point("width") && is_point("height"))) && !is_later()
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn pictures_are_found_and_trackers_go() {
        check(
            super::run,
            "<img src=\"data:image/gif;base64,R0\" data-src=\"/a.jpg\" alt=\"A dam\"><img src=\"https://t.example/p\" width=\"1\" height=\"1\"><img class=\"emoji\" alt=\"🙂\">",
            "<img alt=\"A dam\" src=\"https://example.org/a.jpg\">🙂",
        );
        check(super::run, "<img src=https://feeds.feedburner.com/~r/x alt=x>", "");
        check(super::run, "<img src=/a.jpg width=1 height=1 alt=Count>", "");
        check(super::run, "<img src=/a.jpg style='display: none' alt=Count><img src=/a.jpg style='width:1px;height:1px' alt=Count>", "");
        let later = "<img class=\"lazy\" style=\"display:none\" src=\"https://example.org/a.jpg\">";
        check(super::run, later, later);
        check(
            super::run,
            "<img data-src=/a.jpg width=1 height=1 alt='A chart'>",
            "<img width=\"1\" height=\"1\" alt=\"A chart\" src=\"https://example.org/a.jpg\">",
        );
        check(super::run, "<a href=x><img src=/fb.png alt='Share on Facebook'></a>", "<a href=\"x\"></a>");
        check(super::run, "<img src=/forum/smilies/1.gif alt=:)>", ":)");
        check(super::run, "<img src=/a.jpg alt='Click to enlarge'>", "<img alt=\"\" src=\"https://example.org/a.jpg\">");
        check(super::run, "<img srcset='/s.jpg 1x, /b.jpg 2x'>", "<img src=\"https://example.org/s.jpg\">");
        check(super::run, "<img src=javascript:x><img src='data:,' alt=kept>", "<img alt=\"kept\" src=\"\">");
    }
}
