//! What each event does to the model, and which effects it asks for. One file a pane.

mod find;
mod health;
mod links;
mod list;
mod marks;
mod page;
mod refresh;
mod sections;
mod sheet;
mod start;
mod text;

use jiff::Timestamp;

use super::command::{Command, Scope};
use super::effect::Effect;
use super::event::Event;
use super::key::{Key, KeyCode};
use super::keymap::Meaning;
use super::model::Model;
use super::model::list::View;

/// Takes one event that happened at `now`; the effects are to be performed in order.
pub fn update(model: &mut Model, event: Event, now: Timestamp) -> Vec<Effect> {
    model.now = now;
    let event = if model.is_ascii { super::plain::event(event) } else { event };
    let effects = take(model, event);
    text::keep_true(model);
    effects
}

fn take(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        Event::Started => start::open(model),
        Event::KeyPressed(key) => press(model, key),
        Event::Resized { width, height } => start::resize(model, width, height),
        Event::Resumed => vec![Effect::Redraw],
        Event::Woken => refresh::wake(model),
        Event::PlaceRecalled(place) => start::recall(model, place),
        Event::ThemeLoaded(theme) => start::take_theme(model, *theme),
        Event::ListLoaded { generation, snapshot } => list::take_snapshot(model, generation, snapshot),
        Event::ListFailed { generation, error } => list::take_failure(model, generation, error),
        Event::RowsLoaded { rows, marks } => list::take_rows(model, rows, marks),
        Event::ArrivedListed { generation, ids } => list::take_arrived(model, generation, &ids),
        Event::UnreadFound { generation, ids } => sections::take_unread(model, generation, &ids),
        Event::CountsLoaded { counts, marks } => sections::take_counts(model, counts, marks),
        Event::HealthLoaded { feeds } => refresh::take_health(model, feeds),
        Event::ArticleLoaded { article, version, setting } => text::take(model, *article, version, setting),
        Event::PageFetched { id, result } => page::fetched(model, id, result),
        Event::PageKept { id } => page::kept(model, id),
        Event::ArticleFailed { id, error } => text::take_failure(model, id, error),
        Event::Marked { ids, mark, told } => marks::marked(model, &ids, mark, told),
        Event::MarkFailed { error } => marks::failed(model, &error),
        Event::Undone { label, ids, is_redo } => marks::undone(model, label, ids, is_redo),
        Event::Waiting(is_waiting) => {
            model.is_waiting = is_waiting;
            Vec::new()
        }
        Event::StoreChanged => refresh::store_changed(model),
        Event::StoreFailed { error } => refresh::store_failed(model, error),
        Event::RefreshPlanned { urls } => refresh::planned(model, urls),
        Event::FeedStarted { url } => refresh::started(model, url),
        Event::FeedArrived { url } => refresh::arrived(model, url),
        Event::FeedAnswered { url, outcome } => refresh::answered(model, &url, outcome),
        Event::RefreshEnded => refresh::ended(model),
        Event::CureTried { generation, result } => health::tried(model, generation, result),
        Event::CureKept { feed, is_accepted } => health::kept(model, feed, is_accepted),
        Event::AddressOpened { url, program } => links::opened(model, &url, &program),
        Event::AddressNotOpened { url, reason } => links::not_opened(model, &url, &reason),
        Event::Copied { what, is_sent } => links::copied(model, &what, is_sent),
        Event::NotCopied { reason } => links::not_copied(model, &reason),
        Event::RefreshRefused { error } => refresh::refused(model, error),
        Event::RefreshBroke => refresh::broke(model),
    }
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    if model.pressed.is_empty() && is_typed(model, key) {
        model.notice = None;
        return Vec::new();
    }
    model.pressed.push(key);
    match model.keymap.meaning(model.scope(), &model.pressed) {
        Meaning::Unfinished => Vec::new(),
        Meaning::Nothing => {
            model.pressed.clear();
            if key.is_alt { press_apart(model, key) } else { Vec::new() }
        }
        Meaning::Command(command) => {
            model.pressed.clear();
            model.notice = None;
            perform(model, command)
        }
    }
}

/// Whether a key leaves the reader even while it waits for the store.
pub fn leaves(model: &Model, key: Key) -> bool {
    let is_text = model.scope() == Scope::Find && !key.is_ctrl;
    !is_text && matches!(model.keymap.meaning(model.scope(), &[key]), Meaning::Command(Command::Quit))
}

/// Takes a key as text where text is typed.
fn is_typed(model: &mut Model, key: Key) -> bool {
    match model.scope() {
        _ if key.is_ctrl || key.is_alt => false,
        Scope::Find => find::typed(model, key.code),
        Scope::Links => links::typed(model, key.code),
        _ => false,
    }
}

/// A terminal sends Alt with a key as Escape and the key; where that means nothing, they were two keys pressed fast.
fn press_apart(model: &mut Model, key: Key) -> Vec<Effect> {
    let mut effects = press(model, Key::plain(KeyCode::Esc));
    effects.push(Effect::Press(Key { is_alt: false, ..key }));
    effects
}

/// Does what a command says where the topmost scope is.
pub fn perform(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Quit if model.sheet.is_some() => sheet::close(model),
        Command::Quit => quit(model),
        Command::Redraw => vec![Effect::Redraw],
        Command::Suspend => vec![Effect::Suspend],
        Command::NextTheme => vec![Effect::LoadNextTheme { after: model.theme.name.to_string() }],
        Command::ShowHelp | Command::ShowHealth | Command::ShowLinks => sheet::toggle(model, command),
        Command::TryCure | Command::AcceptCure | Command::DropCure | Command::RefreshFeed => health::perform(model, command),
        Command::GoBack => go_back(model),
        Command::OpenPage => links::open(model),
        Command::OpenArticle if model.scope() == Scope::Links => links::open(model),
        Command::CopyLink | Command::CopyTitle => links::copy(model, command == Command::CopyTitle),
        Command::FindInText => find::begin(model),
        Command::AcceptFind => find::accept(model),
        Command::NextUnread | Command::PreviousUnread if model.find().is_some() => find::step(model, command == Command::NextUnread),
        Command::ScrollLeft | Command::ScrollRight => text::scroll_sideways(model, command == Command::ScrollRight),
        Command::OpenArticle | Command::ToggleWide => text::toggle(model, command == Command::OpenArticle),
        Command::ShowFullText => page::ask(model),
        Command::ReadOn => text::read_on(model),
        Command::NextSection => sections::step(model, true),
        Command::PreviousSection => sections::step(model, false),
        Command::GoToSection(index) => sections::go_to(model, index),
        Command::NextUnread => sections::find_unread(model, true),
        Command::PreviousUnread => sections::find_unread(model, false),
        Command::ToggleRead | Command::ToggleStar => marks::toggle(model, command == Command::ToggleStar),
        Command::MarkSectionRead => marks::section_read(model),
        Command::Undo => vec![Effect::Undo],
        Command::Redo => vec![Effect::Redo],
        Command::RefreshSection => refresh::ask(model, Some(model.section)),
        Command::RefreshAll => refresh::ask(model, None),
        Command::ShowArrived => list::show_arrived(model),
        Command::ToggleAll => list::toggle(model, View::All),
        Command::ToggleStarred => list::toggle(model, View::Starred),
        Command::OpenSample => start::open_sample(model),
        Command::MoveDown
        | Command::MoveUp
        | Command::MoveToTop
        | Command::MoveToBottom
        | Command::HalfPageDown
        | Command::HalfPageUp
        | Command::PageDown
        | Command::PageUp => travel(model, command),
    }
}

fn travel(model: &mut Model, command: Command) -> Vec<Effect> {
    match model.scope() {
        Scope::List => list::travel(model, command),
        Scope::Text | Scope::Find => text::travel(model, command),
        Scope::Sheet | Scope::Links => sheet::travel(model, command),
    }
}

/// Where a movement leads from `at` in something of `length` places of which `page` are on the screen.
fn target(command: Command, at: usize, page: usize, length: usize) -> usize {
    match command {
        Command::MoveDown => at + 1,
        Command::MoveUp => at.saturating_sub(1),
        Command::MoveToTop => 0,
        Command::MoveToBottom => length,
        Command::HalfPageDown => at + (page / 2).max(1),
        Command::HalfPageUp => at.saturating_sub((page / 2).max(1)),
        Command::PageDown => at + page.saturating_sub(1).max(1),
        Command::PageUp => at.saturating_sub(page.saturating_sub(1).max(1)),
        _ => at,
    }
}

fn go_back(model: &mut Model) -> Vec<Effect> {
    if health::leave_trial(model) {
        return Vec::new();
    }
    if model.sheet.is_some() {
        return sheet::close(model);
    }
    if find::end(model) || page::leave(model) {
        return Vec::new();
    }
    if model.is_text_open {
        return text::close(model);
    }
    if model.list.view == View::Window { Vec::new() } else { list::show(model, View::Window) }
}

/// Leaves the reader, whatever lies on the screen, keeping the place.
pub fn quit(model: &Model) -> Vec<Effect> {
    vec![start::remember(model), Effect::Quit]
}
