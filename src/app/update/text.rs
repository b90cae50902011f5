//! The reading pane: loading, opening, scrolling.

use std::sync::Arc;

use jiff::Timestamp;

use super::{find, list, marks, page, sections, start, target};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::find::Find;
use crate::app::model::text::{Header, Text, Which};
use crate::app::words;
use crate::domain::article::{Article, ArticleId};
use crate::domain::full_text::Version;
use crate::domain::setting::Setting;
use crate::domain::status::Mark;

/// Columns that wide tables and code move by.
const COLUMNS_ASIDE: usize = 16;
const NO_ARTICLE: &str = "there is no article here to read";

/// Brings the article under the cursor into the reading pane, if there is one on the screen.
pub(super) fn load_selected(model: &mut Model) -> Vec<Effect> {
    let layout = model.layout();
    let Some(id) = model.list.selected_id() else {
        model.text.clear();
        model.text.find = None;
        model.is_text_open = false;
        return Vec::new();
    };
    if layout.text.is_empty() {
        return Vec::new();
    }
    let fit = layout.fit();
    if model.text.show_kept(id, fit, model.list.selected_row()) {
        let height = model.text_height();
        model.text.scroll_to(model.text.offset(), height);
        return Vec::new();
    }
    load(model, id, model.text.version(id))
}

/// Loads an article in that version, for the columns that the pane has.
pub(super) fn load(model: &mut Model, id: ArticleId, version: Version) -> Vec<Effect> {
    let fit = model.layout().fit();
    model.text.awaited = Some(Which { article: id, version, fit });
    vec![Effect::LoadArticle { id, fit, version }]
}

pub(super) fn take(model: &mut Model, article: Article, version: Version, setting: Arc<Setting>) -> Vec<Effect> {
    let width = setting.fit.measure;
    let header = header(model, &article, version, width);
    let links = words::text_links(&article, version, width);
    let was_waiting = model.text.find.as_ref().is_some_and(Find::has_no_text);
    let before = model.text.shown().map(Text::which);
    model.text.take(Text::new(article, version, setting, header, links));
    page::tell_version(model, before);
    let height = model.text_height();
    model.text.scroll_to(model.text.offset(), height);
    if was_waiting {
        find::text_came(model);
    }
    Vec::new()
}

fn header(model: &Model, article: &Article, version: Version, width: usize) -> Header {
    let name = words::feed_name(&model.paper, &article.row);
    let names = (&*model.plain(&article.row.title), name.as_str());
    Header { lines: words::text_header(article, version, names, model.now, &model.zone, width), minute: minute(model.now) }
}

fn minute(moment: Timestamp) -> i64 {
    moment.as_second().div_euclid(60)
}

/// Says anew how old the shown article is, when another minute has begun.
pub(super) fn keep_true(model: &mut Model) {
    let outdated = model.text.shown().filter(|text| text.header.minute != minute(model.now));
    if let Some(header) = outdated.map(|text| header(model, &text.article, text.version, text.fit.measure)) {
        model.text.set_header(header);
    }
}

/// The article could not be had: nothing of another one stays beside its headline.
pub(super) fn take_failure(model: &mut Model, id: ArticleId, error: String) -> Vec<Effect> {
    if model.text.awaited.is_some_and(|awaited| awaited.article == id) {
        model.text.clear();
        model.warn(error);
    }
    Vec::new()
}

/// Opens the article in full width or goes back to the list. Opening by Enter is reading.
pub(super) fn toggle(model: &mut Model, is_reading: bool) -> Vec<Effect> {
    if model.is_text_open {
        return close(model);
    }
    if model.list.selected_id().is_none() {
        model.say(NO_ARTICLE);
        return Vec::new();
    }
    model.is_text_open = true;
    model.list.is_filling = false;
    model.text.forget_outdated(model.list.selected_row());
    let mut effects = load_selected(model);
    if is_reading {
        effects.extend(mark_opened(model));
    }
    effects.push(start::remember(model));
    effects
}

/// Says when a key does something that is about a text: the one under the cursor is not on the screen.
pub(super) fn say_not_shown(model: &mut Model, command: Command, what_it_does: &str) {
    let [key, open] = [command, Command::OpenArticle].map(|command| model.keymap.key_of(command));
    model.say(match model.list.selected_id() {
        None => NO_ARTICLE.to_string(),
        Some(_) if model.layout().text.is_empty() => format!("{key} {what_it_does} of an article when its text is shown: {open} opens it"),
        Some(_) => format!("{key} {what_it_does} of an article when its text is shown"),
    });
}

/// Marks the article under the cursor read, because it was opened.
pub(super) fn mark_opened(model: &mut Model) -> Vec<Effect> {
    match model.list.selected_row() {
        Some(row) if !row.status.is_read => {
            let (id, label) = (row.id, words::quoted(&row.title));
            marks::set(model, id, Mark::Read, format!("opened {label}"))
        }
        _ => Vec::new(),
    }
}

pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    model.is_text_open = false;
    model.text.find = None;
    model.text.forget_outdated(model.list.selected_row());
    let visible = model.rows_visible();
    model.list.scroll(visible);
    let mut effects = load_selected(model);
    effects.extend(list::load_missing(model));
    effects.push(start::remember(model));
    effects
}

/// Opens the article again that was open when the reader was left.
pub(super) fn restore(model: &mut Model) -> Vec<Effect> {
    model.is_text_open = true;
    load_selected(model)
}

pub(super) fn travel(model: &mut Model, command: Command) -> Vec<Effect> {
    let height = model.text_height();
    let length = model.text.shown().map_or(0, Text::len);
    let line = target(command, model.text.offset(), height, length);
    model.text.scroll_to(line, height);
    Vec::new()
}

/// Moves what is wider than the pane.
pub(super) fn scroll_sideways(model: &mut Model, is_right: bool) -> Vec<Effect> {
    if !model.text.scroll_sideways(COLUMNS_ASIDE, is_right) {
        model.say(if is_right { "nothing goes on to the right" } else { "this is the left edge" });
    }
    Vec::new()
}

/// A page further; at the end of the text, marks it read and goes on to the next unread article.
pub(super) fn read_on(model: &mut Model) -> Vec<Effect> {
    let height = model.text_height();
    let has_pane = !model.layout().text.is_empty();
    if has_pane && model.text.awaited.is_some() {
        return Vec::new();
    }
    model.list.is_filling &= model.list.is_empty();
    if has_pane && model.text.shown().is_some() && !model.text.is_at_end(height) {
        let line = model.text.offset() + height.saturating_sub(1).max(1);
        model.text.scroll_to(line, height);
        return Vec::new();
    }
    if !has_pane && model.list.selected_id().is_some() {
        return toggle(model, true);
    }
    let mut effects = mark_opened(model);
    effects.extend(sections::find_unread(model, true));
    effects
}
