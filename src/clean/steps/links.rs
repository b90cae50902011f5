//! Makes links absolute and frees them of tracking; a link that leads nowhere becomes its text, one to a share page goes.
//!
//! before: `<a href="/x?utm_source=rss">x</a> <a href="javascript:void(0)">y</a> <a href="https://t.me/share/url?url=x">Tell</a>`
//! after:  `<a href="https://example.org/x">x</a> y `

use super::super::page::Page;
use super::super::tree::{Id, Tree};

/// Parts of addresses at which one's friends are told of the article.
const SHARING: &[&str] = &[
    "facebook.com/sharer",
    "facebook.com/share.php",
    "twitter.com/intent/",
    "twitter.com/share",
    "twitter.com/home?status=",
    "x.com/intent/",
    "linkedin.com/sharearticle",
    "linkedin.com/sharing/",
    "plus.google.com/share",
    "pinterest.com/pin/create",
    "reddit.com/submit",
    "addtoany.com/share",
    "api.whatsapp.com/send",
    "t.me/share/",
    "getpocket.com/save",
    "news.ycombinator.com/submitlink",
    "tumblr.com/share",
];
/// Bytes of text above which a link was written by somebody.
const MAX_SHARING_TEXT: usize = 24;

pub(super) fn run(tree: &mut Tree, page: &Page) {
    for id in tree.elements() {
        if !tree.is(id, &["a"]) {
            continue;
        }
        let href = tree.attribute(id, "href").unwrap_or_default().trim().to_string();
        let url = page.link(&href);
        if url.as_deref().is_some_and(|url| is_sharing(tree, id, url)) {
            tree.detach(id);
            continue;
        }
        match url {
            Some(url) => tree.set_attribute(id, "href", &url),
            None => tree.unwrap(id),
        }
    }
}

fn is_sharing(tree: &Tree, id: Id, url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    SHARING.iter().any(|part| url.contains(part)) && tree.inner_text(id, MAX_SHARING_TEXT).trim().len() < MAX_SHARING_TEXT
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn links_lead_somewhere_or_are_text() {
        check(
            super::run,
            "<a href=\"/x?utm_source=rss\">x</a> <a href=\"javascript:void(0)\">y</a> <a href=\"https://t.me/share/url?url=x\">Tell</a>",
            "<a href=\"https://example.org/x\">x</a> y ",
        );
        check(super::run, "<a name=here>a <b>b</b></a>", "a <b>b</b>");
        check(super::run, "a<a href='https://twitter.com/intent/tweet?url=x'><img src=t.png></a>", "a");
    }
}
