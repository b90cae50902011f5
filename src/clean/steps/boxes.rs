//! Drops share bars, follow bars, newsletter and advertisement boxes, links to related articles, by the names that sites give them.
//!
//! before: `<p>a</p><div class="feedflare"><a href="x">Digg</a></div><div class="wp-block-newsletter-form">Sign up</div>`
//! after:  `<p>a</p>`

use super::super::page::Page;
use super::super::tree::{Id, ROOT, Tree};

const NAMES: &[&str] = &[
    "feedflare",
    "sharedaddy",
    "sd-sharing",
    "sharing",
    "share",
    "share-bar",
    "share-buttons",
    "share-button",
    "share-links",
    "share-tools",
    "post-share",
    "article-share",
    "social-share",
    "social-sharing",
    "social-links",
    "social-buttons",
    "social-icons",
    "social-media-links",
    "social-bar",
    "follow-us",
    "jp-relatedposts",
    "related-posts",
    "related-articles",
    "yarpp-related",
    "yarpp",
    "newsletter",
    "newsletter-box",
    "mc_embed_signup",
    "signup-form",
    "subscribe-box",
    "subscription-widget-wrap",
    "subscription-widget",
    "subscribe-widget",
    "advertisement",
    "advert",
    "ad",
    "ads",
    "adsbygoogle",
    "promo-box",
    "ad-container",
    "ad-wrapper",
    "ad-slot",
    "ad-unit",
    "ad-banner",
    "adbox",
    "taboola",
    "outbrain",
    "addtoany_content",
    "post-edit-link",
    "mw-editsection",
    "headerlink",
    "header-anchor",
    "heading-anchor",
    "anchorjs-link",
    "copy-button",
    "wp-block-buttons",
    "image-link-expand",
    "comment-respond",
    "reblog",
    "likes-widget-placeholder",
    "wpcnt",
    "robots-nocontent",
    "mw-jump-link",
    "printfooter",
    "a2a_kit",
    "reply-link",
    "sharrre",
    "entry-share",
    "article__share",
    "follow-bar",
    "followbuttons",
    "newsletter-signup",
    "newsletter-form",
    "email-signup",
    "sponsor-box",
    "advertising",
    "ad-label",
    "adv",
    "banner-ad",
    "code-block-ad",
    "ai-viewports",
    "subscribe",
    "subscription-cta",
    "button-wrapper",
    "recirculation",
    "related-content",
    "related-links",
    "read-more-link",
    "more-link",
    "continue-reading",
];
const PREFIXES: &[&str] = &[
    "addtoany",
    "sharethis",
    "share-this",
    "social-share",
    "newsletter-",
    "wp-block-newsletter",
    "google-ad",
    "gpt-ad",
    "dfp-",
    "adsense",
    "taboola-",
    "outbrain-",
    "mc4wp",
    "jetpack-sharing",
    "shareaholic",
    "heateor",
    "ssba",
    "wp-block-jetpack-subscriptions",
    "wp-block-jetpack-sharing",
];
/// Those that are words of their own: a box that is called so, and holds a sentence and no link or picture, is the author's.
const WORDS: &[&str] = &["share", "sharing", "ad", "ads", "adv", "advert", "subscribe"];
/// Words from which a text is a sentence.
const SENTENCE: usize = 5;
/// Bytes of text above which a box is taken for a wrapper with an unlucky name.
const MAX_TEXT: usize = 700;
/// Bytes of text beside a box up to which the box is the article.
const MAX_BESIDE: usize = 16;

pub(super) fn run(tree: &mut Tree, _: &Page) {
    let lengths = tree.text_lengths();
    // where somebody wrote, rather than put links
    let paragraphs = tree.sums(|id| tree.is(id, &["p"]), |one, other| one || other);
    for id in tree.elements() {
        let is_article = lengths[ROOT] - lengths[id] <= MAX_BESIDE && paragraphs[id];
        if lengths[id] < MAX_TEXT && is_box(tree, id) && !is_article && !is_sentence(tree, id) {
            tree.detach(id);
        }
    }
}

fn is_box(tree: &Tree, id: Id) -> bool {
    if tree.is(id, &["p", "li", "pre", "code", "table", "tr", "td", "img", "figure", "blockquote"]) {
        return false;
    }
    let starts = |name: &str, prefix: &str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let is_known =
        |name: &str| NAMES.iter().any(|known| known.eq_ignore_ascii_case(name)) || PREFIXES.iter().any(|prefix| starts(name, prefix));
    tree.classes(id).any(is_known) || tree.attribute(id, "id").is_some_and(is_known)
}

/// Whether an element with a word for its class says a sentence, and offers nothing.
fn is_sentence(tree: &Tree, id: Id) -> bool {
    let Some(text) = Some(id).filter(|id| tree.has_class(*id, WORDS)).and_then(|id| tree.short_text(id, MAX_TEXT)) else { return false };
    let is_said = text.trim_end().ends_with(['.', '!', '?', '。']) && text.split_whitespace().count() >= SENTENCE;
    is_said && !tree.descendants(id).any(|inner| tree.is(inner, &["a", "img", "iframe", "ins"]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn bars_and_boxes_go_and_the_text_beside_them_stays() {
        let header = "<p>a</p><div class=\"feedflare\"><a href=\"x\">Digg</a></div><div class=\"wp-block-newsletter-form\">Sign up</div>";
        check(super::run, header, "<p>a</p>");
        let wrapper = format!("<div class=\"share\">{}</div>", "text ".repeat(200));
        check(super::run, &wrapper, &wrapper);
        let whole = "<div class=\"newsletter\"><div class=\"newsletter-content\"><p>It snowed in the night.</p></div></div>";
        check(super::run, whole, whole);
        check(super::run, &format!("<p>The dam was opened on Monday.</p>{whole}"), "<p>The dam was opened on Monday.</p>");
        check(super::run, "<div class=feedflare><a href=x>Digg</a></div>", "");
        let sentence = "<p>a</p><div class=\"share\"><p>A share is a part of a company.</p></div>";
        check(super::run, sentence, sentence);
        check(super::run, "<p>a</p><div class=ad><a href=x>The best car of the year is here.</a></div>", "<p>a</p>");
        check(super::run, "<p>a</p><div class=ad>Advertisement</div>", "<p>a</p>");
        check(super::run, "<p class=\"ad\">a</p>", "<p class=\"ad\">a</p>");
        check(super::run, "<div class=\"address shared reading\">a</div>", "<div class=\"address shared reading\">a</div>");
    }
}
