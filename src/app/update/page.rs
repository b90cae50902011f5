//! The full text: fetching an article's page, going to its text and back to the feed's. No text changes under the eyes:
//! what comes is shown at once only where the person has just asked for it and has not begun to read on.

use super::text;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::text::PageWait;
use crate::domain::article::{Article, ArticleId};
use crate::domain::full_text::{PageText, Version};

/// Fetches the page of the article that is shown, or goes from one of its texts to the other.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let Some(shown) = model.shown_text() else {
        model.say("there is no article here to read");
        return Vec::new();
    };
    let (id, article, version) = (shown.article.row.id, shown.article.clone(), shown.version);
    if model.text.is_outdated(model.list.row_of(id)) {
        return text::load(model, id, version);
    }
    if version == Version::Page {
        let effects = show(model, id, Version::Feed);
        if article.is_page_old() {
            model.say(format!("the feed’s text; {} fetches the page again", model.keymap.key_of(Command::ShowFullText)));
        }
        return effects;
    }
    if (has_page(&article) && !article.is_page_old()) || model.text.has_arrived(id) {
        return show(model, id, Version::Page);
    }
    let Some(url) = &article.row.url else {
        model.say("its feed names no page for this article");
        return Vec::new();
    };
    if model.text.page.as_ref().is_some_and(|wait| wait.id == id) {
        return Vec::new();
    }
    model.text.page = Some(PageWait { id, host: host(url), offset: model.text.offset() });
    vec![Effect::FetchPage { id, feed: article.row.feed_url.clone() }]
}

fn has_page(article: &Article) -> bool {
    matches!(article.page, Some(PageText::Good(_)))
}

/// `example.org` of `https://example.org/news/1`.
fn host(url: &str) -> String {
    let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_string));
    host.unwrap_or_else(|| "this article".into())
}

fn show(model: &mut Model, id: ArticleId, version: Version) -> Vec<Effect> {
    model.text.prefer(id, version);
    let key = model.keymap.key_of(Command::ShowFullText);
    model.say(match version {
        Version::Page => format!("the page’s text; {key} goes back to the feed’s"),
        Version::Feed => format!("the feed’s text; {key} shows the page’s"),
    });
    text::load(model, id, version)
}

/// What came of a page that a person asked for.
pub(super) fn fetched(model: &mut Model, id: ArticleId, result: Result<PageText, String>) -> Vec<Effect> {
    let is_here = model.shown_text().is_some_and(|text| text.article.row.id == id) && !model.layout().text.is_empty();
    let wait = model.text.page.take_if(|wait| wait.id == id).filter(|_| is_here);
    let is_still = wait.as_ref().is_some_and(|wait| wait.offset == model.text.offset());
    match result {
        Ok(PageText::Good(_)) if is_still => show(model, id, Version::Page),
        Ok(PageText::Good(_)) => {
            model.text.arrive(id);
            Vec::new()
        }
        Ok(PageText::Refused(refusal)) if wait.is_some() && has_kept(model) => show_kept(model, id, &format!("now it {}", refusal.words())),
        Err(error) if wait.is_some() && has_kept(model) => show_kept(model, id, &error),
        Ok(PageText::Refused(refusal)) if wait.is_some() => {
            model.warn(format!("the feed’s text stays: the page {}", refusal.words()));
            // the same text, with the reason above it
            text::load(model, id, Version::Feed)
        }
        Err(error) if wait.is_some() => {
            model.warn(format!("the feed’s text stays: {error}"));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn has_kept(model: &Model) -> bool {
    model.shown_text().is_some_and(|text| has_page(&text.article))
}

/// Shows what the page gave before, and why that is all.
fn show_kept(model: &mut Model, id: ArticleId, why: &str) -> Vec<Effect> {
    let effects = show(model, id, Version::Page);
    model.warn(format!("the page as it was: {why}"));
    effects
}

/// The text of a page was fetched ahead: it is shown when the article is opened, or announced where it is open.
pub(super) fn kept(model: &mut Model, id: ArticleId) -> Vec<Effect> {
    model.text.arrive(id);
    Vec::new()
}

/// Leaves the wait for a page; whether there was one. What still comes is kept and announced.
pub(super) fn leave(model: &mut Model) -> bool {
    let was_waiting = model.text.page.take().is_some();
    if was_waiting {
        model.say("not waiting for the page any more");
    }
    was_waiting
}
