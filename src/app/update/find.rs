//! Finding words in the text that is open.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::KeyCode;
use crate::app::model::Model;
use crate::app::model::find::Find;

/// Lines above what was found, so that it does not stand at the edge.
const LINES_ABOVE: usize = 3;

/// Begins to find words in the text that is open; where a list is, says which text that would be.
pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
    if !model.is_text_open {
        let [find, open] = [Command::FindInText, Command::OpenArticle].map(|command| model.keymap.key_of(command));
        model.say(format!("{find} finds in a text: {open} opens it"));
        return Vec::new();
    }
    let (find, top) = (Find::new(model.list.selected_id()), model.text.offset());
    model.text.find = Some(match model.shown_text() {
        Some(text) => find.again(text, top),
        None => find,
    });
    Vec::new()
}

/// Takes a key that is part of the words to find.
pub(super) fn typed(model: &mut Model, key: KeyCode) -> bool {
    let Some(find) = &mut model.text.find else { return false };
    let mut query = find.query.clone();
    match key {
        KeyCode::Char(character) | KeyCode::Pasted(character) => query.push(character),
        KeyCode::Backspace => drop(query.pop()),
        _ => return false,
    }
    find.look_for(query);
    let begun_at = find.begun_at;
    if find.has_no_text() {
        return true;
    }
    if find.count() > 0 {
        show(model)
    } else {
        scroll(model, begun_at)
    }
    true
}

/// Ends the typing; what is found stays marked.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let is_coming = model.text.is_find_waiting();
    let Some(find) = &mut model.text.find else { return Vec::new() };
    find.is_typing = false;
    let (query, count) = (find.query.trim().to_string(), find.count());
    if is_coming && !query.is_empty() {
        return Vec::new();
    }
    if query.is_empty() || count == 0 {
        model.text.find = None;
    }
    if !query.is_empty() && count == 0 {
        model.say(format!("“{query}” is not in this text"));
    }
    Vec::new()
}

/// The text in which words were to be found has come: what was typed meanwhile is looked for.
pub(super) fn text_came(model: &mut Model) {
    match &model.text.find {
        Some(find) if find.count() > 0 => show(model),
        Some(find) if !find.is_typing => drop(accept(model)),
        _ => {}
    }
}

pub(super) fn step(model: &mut Model, is_forward: bool) -> Vec<Effect> {
    if let Some(find) = &mut model.text.find {
        find.step(is_forward);
    }
    show(model);
    Vec::new()
}

/// Ends it; false when nothing was being found.
pub(super) fn end(model: &mut Model) -> bool {
    let was_on = model.find().is_some();
    if was_on {
        model.text.find = None;
    }
    was_on
}

/// Scrolls to the place that one is at, unless it is on the screen.
fn show(model: &mut Model) {
    let Some(line) = model.text.find.as_ref().and_then(Find::line) else { return };
    let (top, height) = (model.text.offset(), model.text_height());
    if !(top..top + height).contains(&line) {
        scroll(model, line.saturating_sub(LINES_ABOVE.min(height / 2)));
    }
}

fn scroll(model: &mut Model, line: usize) {
    let height = model.text_height();
    model.text.scroll_to(line, height);
}
