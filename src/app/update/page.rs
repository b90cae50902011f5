//! The full text: fetching an article's page, going to its text and back to the feed's. No text changes under the eyes:
//! what comes is shown at once only where the person has just asked for it and has not begun to read on.

use super::text;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::text::{PageWait, Which};
use crate::domain::article::ArticleId;
use crate::domain::full_text::{PageText, Version};

/// Fetches the page of the article that is shown, or goes from one of its texts to the other.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let Some(shown) = model.shown_text() else {
        text::say_not_shown(model, Command::ShowFullText, "shows the full text");
        return Vec::new();
    };
    let (id, article, version) = (shown.article.row.id, shown.article.clone(), shown.version);
    if model.text.is_outdated(model.list.row_of(id)) {
        return text::load(model, id, version);
    }
    if version == Version::Page {
        return show(model, id, Version::Feed);
    }
    if (article.has_page() && !article.is_page_old()) || model.text.has_arrived(id) {
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

/// `example.org` of `https://example.org/news/1`.
fn host(url: &str) -> String {
    let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_string));
    host.unwrap_or_else(|| "this article".into())
}

fn show(model: &mut Model, id: ArticleId, version: Version) -> Vec<Effect> {
    model.text.prefer(id, version);
    text::load(model, id, version)
}

/// Says which of its texts an article shows now, where that is another than `before`.
pub(super) fn tell_version(model: &mut Model, before: Option<Which>) {
    let Some(text) = model.shown_text() else { return };
    let is_turned = before.is_some_and(|before| before.article == text.article.row.id && before.version != text.version);
    let key = model.keymap.key_of(Command::ShowFullText);
    let told = match text.version {
        Version::Page => format!("the page’s text; {key} goes back to the feed’s"),
        Version::Feed if text.article.is_page_old() => format!("the feed’s text; {key} fetches the page again"),
        Version::Feed => format!("the feed’s text; {key} shows the page’s"),
    };
    // why the page's text is the one from before is said already
    if is_turned && model.notice.is_none() {
        model.say(told);
    }
}

/// What came of a page that a person asked for.
pub(super) fn fetched(model: &mut Model, id: ArticleId, result: Result<PageText, String>) -> Vec<Effect> {
    let is_here = model.shown_text().is_some_and(|text| text.article.row.id == id);
    let wait = model.text.page.take_if(|wait| wait.id == id).filter(|_| is_here);
    let is_still = wait.as_ref().is_some_and(|wait| wait.offset == model.text.offset());
    match result {
        Ok(PageText::Good(_)) if is_still => show(model, id, Version::Page),
        Ok(PageText::Good(_)) => kept(model, id),
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
    model.shown_text().is_some_and(|text| text.article.has_page())
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
    // what is on its way may have been read before it came
    let awaited = model.text.awaited.filter(|awaited| awaited.article == id);
    awaited.map(|awaited| text::load(model, id, awaited.version)).unwrap_or_default()
}

/// Leaves the wait for a page; whether there was one. What still comes is kept and announced.
pub(super) fn leave(model: &mut Model) -> bool {
    let was_waiting = model.text.page.take().is_some();
    if was_waiting {
        model.say("not waiting for the page any more");
    }
    was_waiting
}
