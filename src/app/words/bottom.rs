//! The bottom line: what is going on, in ever fewer words, and the few keys that matter here.

use super::{due, failing_feeds, health_name, is_health_shown, list_footer, text_footer};
use crate::app::command::{Command, Scope};
use crate::app::keymap::written;
use crate::app::model::{Model, Notice};

/// Feeds that are still to answer of which one is named.
const FEW_LEFT: usize = 3;

/// Characters of words that are longer than the line while they are typed: their end.
const ENDS_TYPED: [usize; 3] = [24, 12, 5];

/// What is said in the bottom line.
pub struct Said {
    /// What is going on, in ever fewer words; empty when there is nothing to say.
    pub going_on: Vec<String>,
    /// What was just told and must be seen whole, over other rows if it has to.
    pub notice: Option<Notice>,
}

impl Said {
    /// Both on one line, in ever fewer words: `12/38 · marked Canada read`. Of a failure the line tells all or nothing, since
    /// rows of its own tell more of it.
    pub fn together(&self) -> Vec<String> {
        let Some(notice) = &self.notice else { return self.going_on.clone() };
        let most = if notice.is_failure { 1 } else { notice.forms.len() };
        let beside = |form: &String| self.going_on.last().map_or(form.clone(), |progress| format!("{progress} · {form}"));
        notice.forms.iter().take(most).map(beside).collect()
    }
}

/// A wait that keys wait for too, what is being typed, a notice, or what is going on; a notice leaves room for how far a
/// refresh is.
pub fn said(model: &Model) -> Said {
    if model.is_waiting {
        return Said { going_on: waiting(model), notice: None };
    }
    if let Some(notice) = model.notice.clone().filter(|_| model.scope() != Scope::Find) {
        return Said { going_on: refreshing(model).unwrap_or_default(), notice: Some(notice) };
    }
    let going_on = match find(model).or_else(|| page(model)).or_else(|| refreshing(model)) {
        Some(forms) => forms,
        None if model.layout().tells_of_list() => failing(model),
        // where there is no other row for it: how far one is in the text, or in the list
        None if model.is_text_open => Some(vec![text_footer(model)]).filter(|forms| !forms[0].is_empty()).unwrap_or_else(|| failing(model)),
        None => Some(failing(model)).filter(|forms| !forms.is_empty()).unwrap_or_else(|| list_footer(model)),
    };
    Said { going_on, notice: None }
}

/// What keys wait for, and how one leaves all the same.
fn waiting(model: &Model) -> Vec<String> {
    let quit = model.keymap.key_of(Command::Quit);
    let words = ["waiting for the store, which is busy or slow", "waiting for the store", "waiting"];
    words.map(|words| format!("{words}; {quit} leaves")).into_iter().chain(["waiting…".into()]).collect()
}

/// `/rail▏  2 of 7` while it is typed, then `“rail” 2 of 7`.
fn find(model: &Model) -> Option<Vec<String>> {
    let find = model.find()?;
    let place = format!("{} of {}", find.at + 1, find.count());
    let (count, short) = match find.count() {
        _ if find.query.trim().is_empty() => ("words to find in this text", ""),
        0 if model.text.is_find_waiting() => ("the text is on its way", "…"),
        0 => ("not in this text", "none"),
        _ => (place.as_str(), place.as_str()),
    };
    if !find.is_typing {
        return Some(vec![format!("“{}” {count}", find.query.trim()), count.to_string(), short.to_string()]);
    }
    let cursor = if model.is_ascii { "_" } else { "▏" };
    let typed = format!("/{}{cursor}", find.query);
    let ends = ENDS_TYPED.map(|most| format!("…{}{cursor}", end_of(&find.query, most)));
    Some([format!("{typed}  {count}"), format!("{typed}  {short}"), typed].into_iter().chain(ends).collect())
}

/// As many of the last characters.
fn end_of(text: &str, most: usize) -> &str {
    text.char_indices().rev().take(most).last().map_or("", |(at, _)| &text[at..])
}

/// That a page is waited for, or that its text has come for the article that is shown.
fn page(model: &Model) -> Option<Vec<String>> {
    let key = |command| model.keymap.key_of(command);
    if let Some(wait) = &model.text.page {
        let back = key(Command::GoBack);
        return Some(vec![format!("fetching the page of {}, {back} leaves it", wait.host), format!("fetching, {back} ends it")]);
    }
    let shown = model.shown_text()?.article.row.id;
    let full = key(Command::ShowFullText);
    if model.text.is_outdated(model.list.row_of(shown)) {
        return Some(vec![format!("this text has changed, {full} shows it as it is now"), format!("{full} shows the new text")]);
    }
    let has_come = model.text.has_arrived(shown);
    has_come.then(|| vec![format!("the page’s text has come, {full} shows it"), format!("{full} shows the full text")])
}

/// `refreshing 31/38 · 1 failing`, and what is being waited for at the end.
fn refreshing(model: &Model) -> Option<Vec<String>> {
    if !model.refresh.is_running {
        return None;
    }
    let (answered, planned) = model.refresh.progress();
    let failed = match model.refresh.failed.len() {
        0 => String::new(),
        count => format!(" · {count} failing"),
    };
    let waiting = match model.refresh.waiting_for() {
        _ if planned - answered > FEW_LEFT || model.refresh.under_way.is_empty() => String::new(),
        Some(url) => format!(" · waiting for {}", health_name(&model.paper, url, model.health.get(url))),
        None => " · saving".to_string(),
    };
    let progress = if planned == 0 { "refreshing".to_string() } else { format!("refreshing {answered}/{planned}") };
    Some(vec![format!("{progress}{failed}{waiting}"), format!("{progress}{failed}"), progress, format!("{answered}/{planned}")])
}

/// `! CTV failed: 403 Forbidden, next 08:40`, or how many failed; nothing beside the sheet that shows them.
fn failing(model: &Model) -> Vec<String> {
    if is_health_shown(model) {
        return Vec::new();
    }
    let key = model.keymap.key_of(Command::ShowHealth);
    match failing_feeds(model).as_slice() {
        [] => Vec::new(),
        [feed] => {
            let next = feed.next_try.map(|next| format!(", next {}", due(model, next))).unwrap_or_default();
            let name = health_name(&model.paper, &feed.url, model.health.get(&feed.url));
            let named = [format!("! {name} failed: {}{next}", feed.error), format!("! {name} failed, {key} shows why")];
            named.into_iter().chain([format!("1 failed, {key} why"), "! 1 failed".into()]).collect()
        }
        many => {
            let count = many.len();
            vec![format!("{count} feeds failed, {key} shows why"), format!("{count} failed, {key} why"), format!("! {count} failed")]
        }
    }
}

/// The few keys that matter in the topmost scope, the help last: (key, word).
pub fn hints(model: &Model) -> Vec<(String, &'static str)> {
    let (scope, is_finding) = (model.scope(), model.find().is_some());
    let wanted: &[Command] = match scope {
        Scope::Find => &[Command::AcceptFind, Command::GoBack],
        Scope::Text if is_finding => &[Command::NextUnread, Command::GoBack, Command::PreviousUnread, Command::ShowHelp],
        Scope::Text => &[
            Command::GoBack,
            Command::NextUnread,
            Command::ToggleRead,
            Command::FindInText,
            Command::ToggleStar,
            Command::OpenPage,
            Command::ShowLinks,
            Command::Quit,
            Command::ShowHelp,
        ],
        Scope::List if model.list.is_empty() => &[Command::NextUnread, Command::RefreshAll, Command::Quit, Command::ShowHelp],
        Scope::List => &[
            Command::OpenArticle,
            Command::ToggleRead,
            Command::ToggleStar,
            Command::NextUnread,
            Command::MarkSectionRead,
            Command::RefreshAll,
            Command::Quit,
            Command::ShowHelp,
        ],
        Scope::Sheet | Scope::Links => &[Command::GoBack, Command::ShowHelp],
    };
    let hint = |command: &Command| {
        let binding = model.keymap.bindings(scope).find(|binding| binding.entry.command == *command)?;
        let word = match command {
            Command::NextUnread if is_finding => "next match",
            Command::PreviousUnread if is_finding => "match before",
            Command::GoBack if is_finding => "end",
            _ => binding.entry.hint,
        };
        Some((written(binding.sequences.first()?), word))
    };
    wanted.iter().filter_map(hint).collect()
}
