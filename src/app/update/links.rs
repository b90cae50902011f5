//! Addresses that leave the program: opened in the browser, copied; and the sheet that lists those of an article.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::KeyCode;
use crate::app::model::Model;
use crate::app::model::sheet::{ArticleLink, Sheet, SheetKind};
use crate::app::words;
use crate::domain::address::is_openable;

/// The sheet of the links of the article in the reading pane; none, and a word of it, when there is none.
pub(super) fn sheet(model: &mut Model) -> Option<Sheet> {
    let Some(text) = model.shown_text() else {
        super::text::say_not_shown(model, Command::ShowLinks, "lists the links");
        return None;
    };
    let links = words::article_links(&text.article, text.version);
    if links.is_empty() {
        model.say("this article has no links");
        return None;
    }
    Some(Sheet { links, ..Sheet::new(SheetKind::Links) })
}

/// Takes a digit of a link's number: the cursor goes to the link that has it.
pub(super) fn typed(model: &mut Model, key: KeyCode) -> bool {
    let Some(sheet) = model.sheet.as_mut() else { return false };
    let digit = if let KeyCode::Char(character) = key { character.to_digit(10) } else { None };
    let Some(digit) = digit.and_then(|digit| usize::try_from(digit).ok()) else {
        sheet.typed = 0;
        return false;
    };
    let place = |number: usize| sheet.links.iter().position(|link| link.mark == format!("[{number}]"));
    let longer = sheet.typed.saturating_mul(10).saturating_add(digit);
    let found = place(longer).map(|at| (longer, at)).or_else(|| place(digit).map(|at| (digit, at)));
    if let Some((number, at)) = found {
        (sheet.typed, sheet.cursor) = (number, at);
    }
    super::sheet::keep_inside(model);
    true
}

/// Opens the link under the cursor, else the page of the article.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    match address(model) {
        Some(link) if is_openable(&link.url) => vec![Effect::OpenAddress { url: link.url }],
        Some(link) => {
            model.warn(format!("only http, https and mailto addresses are opened, not {}", words::shown_address(&link.url)));
            Vec::new()
        }
        None => {
            model.say("this article has no page of its own");
            Vec::new()
        }
    }
}

/// Copies that address, with the title or the text of the link if asked.
pub(super) fn copy(model: &mut Model, with_title: bool) -> Vec<Effect> {
    let Some(link) = address(model) else {
        model.say("this article has no link to copy");
        return Vec::new();
    };
    let what = if with_title { format!("title and link of {}", words::quoted(&link.text)) } else { words::shown_address(&link.url) };
    let text = if with_title { format!("{}\n{}", link.text, link.url) } else { link.url };
    vec![Effect::Copy { text, what }]
}

/// The link under the cursor of the sheet, else the page of the article under the cursor of the list.
fn address(model: &Model) -> Option<ArticleLink> {
    if let Some(link) = model.sheet.as_ref().and_then(Sheet::link) {
        return Some(link.clone());
    }
    let row = model.list.selected_row()?;
    Some(ArticleLink { mark: String::new(), text: row.title.to_string(), url: row.url.clone()? })
}

pub(super) fn opened(model: &mut Model, url: &str, program: &str) -> Vec<Effect> {
    model.say(format!("{program} opens {}", words::shown_address(url)));
    Vec::new()
}

pub(super) fn not_opened(model: &mut Model, url: &str, reason: &str) -> Vec<Effect> {
    let key = model.keymap.key_of(Command::CopyLink);
    model.warn(format!("{reason}, {key} copies it: {}", words::shown_address(url)));
    Vec::new()
}

pub(super) fn copied(model: &mut Model, what: &str, is_sent: bool) -> Vec<Effect> {
    model.say(if is_sent { format!("sent to your terminal: {what}") } else { format!("copied {what}") });
    Vec::new()
}

pub(super) fn not_copied(model: &mut Model, reason: &str) -> Vec<Effect> {
    model.warn(format!("not copied: {reason}"));
    Vec::new()
}
