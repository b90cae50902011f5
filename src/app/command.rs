//! The one table of commands: what a person can name, where it holds, its keys and its title.
//! Dispatch, help, hints, `docs/keys.md` and the checks of the settings all read it.

/// What a person can ask for. A command carries no data but which of ten equal things is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    MoveDown,
    MoveUp,
    MoveToTop,
    MoveToBottom,
    HalfPageDown,
    HalfPageUp,
    PageDown,
    PageUp,
    ReadOn,
    NextSection,
    PreviousSection,
    GoToSection(usize),
    NextUnread,
    PreviousUnread,
    OpenArticle,
    ShowFullText,
    GoBack,
    ToggleRead,
    ToggleStar,
    MarkSectionRead,
    Undo,
    Redo,
    RefreshSection,
    RefreshAll,
    ShowArrived,
    ToggleAll,
    ToggleStarred,
    ToggleWide,
    OpenPage,
    CopyLink,
    CopyTitle,
    ShowLinks,
    FindInText,
    AcceptFind,
    ScrollLeft,
    ScrollRight,
    NextTheme,
    ShowHealth,
    TryCure,
    AcceptCure,
    DropCure,
    RefreshFeed,
    ShowHelp,
    OpenSample,
    Redraw,
    Suspend,
    Quit,
}

/// Where a command holds. The screen keeps a stack of these; the topmost hears a key first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The list of a section.
    List,
    /// An article in full width.
    Text,
    /// A sheet of text over the screen: help, feed health.
    Sheet,
    /// The sheet of an article's links.
    Links,
    /// What to find in a text is being typed.
    Find,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub command: Command,
    /// `noun.verb`, as the settings name it.
    pub id: &'static str,
    pub scopes: &'static [Scope],
    pub keys: &'static [&'static str],
    /// What it does, as the help says it.
    pub title: &'static str,
    /// One word for the bottom line; empty where it is not hinted at.
    pub hint: &'static str,
}

use Scope::{Find, Links, List, Sheet, Text};

const BOTH: &[Scope] = &[List, Text];
/// Where something can be scrolled.
const PANES: &[Scope] = &[List, Text, Sheet, Links];
const READING: &[Scope] = &[List, Text, Links];
const ALL: &[Scope] = &[List, Text, Sheet, Links, Find];

macro_rules! entry {
    ($command:expr, $id:literal, $scopes:expr, $keys:expr, $title:literal, $hint:literal) => {
        Entry { command: $command, id: $id, scopes: $scopes, keys: &$keys, title: $title, hint: $hint }
    };
}

/// Every command, in the order of the help.
pub const COMMANDS: &[Entry] = &[
    entry!(Command::MoveDown, "cursor.down", PANES, ["j", "down"], "down a line or an article", ""),
    entry!(Command::MoveUp, "cursor.up", PANES, ["k", "up"], "up a line or an article", ""),
    entry!(Command::MoveToTop, "cursor.top", PANES, ["g", "home"], "to the top", ""),
    entry!(Command::MoveToBottom, "cursor.bottom", PANES, ["G", "end"], "to the end", ""),
    entry!(Command::HalfPageDown, "cursor.half_page_down", PANES, ["ctrl-d"], "half a page down", ""),
    entry!(Command::HalfPageUp, "cursor.half_page_up", PANES, ["ctrl-u"], "half a page up", ""),
    entry!(Command::PageDown, "cursor.page_down", PANES, ["pagedown", "ctrl-f"], "a page down", ""),
    entry!(Command::PageUp, "cursor.page_up", PANES, ["pageup", "ctrl-b"], "a page up", ""),
    entry!(Command::OpenArticle, "article.open", &[List, Links], ["enter"], "read the article in full width, or open the link", "read"),
    entry!(Command::ReadOn, "article.read_on", BOTH, ["space"], "a page on; at the end mark read, next unread", "on"),
    entry!(Command::GoBack, "screen.back", ALL, ["esc", "backspace"], "back out one level", "back"),
    entry!(Command::NextUnread, "unread.next", BOTH, ["n"], "next unread, across sections", "next unread"),
    entry!(Command::PreviousUnread, "unread.previous", BOTH, ["N"], "previous unread, across sections", ""),
    entry!(Command::NextSection, "section.next", BOTH, ["tab", "l", "right"], "next section", ""),
    entry!(Command::PreviousSection, "section.previous", BOTH, ["shift-tab", "h", "left"], "previous section", ""),
    entry!(Command::GoToSection(0), "section.first", BOTH, ["1"], "first section", ""),
    entry!(Command::GoToSection(1), "section.second", BOTH, ["2"], "second section", ""),
    entry!(Command::GoToSection(2), "section.third", BOTH, ["3"], "third section", ""),
    entry!(Command::GoToSection(3), "section.fourth", BOTH, ["4"], "fourth section", ""),
    entry!(Command::GoToSection(4), "section.fifth", BOTH, ["5"], "fifth section", ""),
    entry!(Command::GoToSection(5), "section.sixth", BOTH, ["6"], "sixth section", ""),
    entry!(Command::GoToSection(6), "section.seventh", BOTH, ["7"], "seventh section", ""),
    entry!(Command::GoToSection(7), "section.eighth", BOTH, ["8"], "eighth section", ""),
    entry!(Command::GoToSection(8), "section.ninth", BOTH, ["9"], "ninth section", ""),
    entry!(Command::GoToSection(9), "section.tenth", BOTH, ["0"], "tenth section", ""),
    entry!(Command::ToggleRead, "article.toggle_read", BOTH, ["m"], "mark read or unread", "read/unread"),
    entry!(Command::ToggleStar, "article.toggle_star", BOTH, ["s"], "star or unstar", "star"),
    entry!(Command::ShowFullText, "article.full_text", BOTH, ["f"], "fetch and show the full text", ""),
    entry!(Command::MarkSectionRead, "section.mark_read", &[List], ["A"], "mark all on this list read", "all read"),
    entry!(Command::Undo, "mark.undo", BOTH, ["u"], "undo the last change of status", "undo"),
    entry!(Command::Redo, "mark.redo", BOTH, ["U"], "redo what was undone", ""),
    entry!(Command::ShowArrived, "list.show_arrived", &[List], ["."], "show what has arrived", ""),
    entry!(Command::ToggleAll, "list.toggle_all", &[List], ["a"], "the section's window, or all that is stored", ""),
    entry!(Command::ToggleStarred, "list.toggle_starred", &[List], ["S"], "starred articles of every feed, and back", ""),
    entry!(Command::RefreshSection, "section.refresh", BOTH, ["r"], "refresh this section", ""),
    entry!(Command::RefreshAll, "paper.refresh", BOTH, ["R"], "refresh all sections", "refresh"),
    entry!(Command::ShowHealth, "feeds.show_health", BOTH, ["!"], "feed health: what failed, why, next try", ""),
    entry!(Command::TryCure, "feed.try_cure", &[Sheet], ["t"], "try a cure for the feed under the cursor", "try"),
    entry!(Command::AcceptCure, "feed.accept_cure", &[Sheet], ["enter"], "ask the feed in the way that was tried", "accept"),
    entry!(Command::DropCure, "feed.drop_cure", &[Sheet], ["u"], "take back what was accepted for the feed", "take back"),
    entry!(Command::RefreshFeed, "feed.refresh", &[Sheet], ["r"], "ask the feed under the cursor now", "ask now"),
    entry!(Command::OpenPage, "article.open_page", READING, ["o"], "open article or link in the browser", "browser"),
    entry!(Command::CopyLink, "article.copy_link", READING, ["y"], "copy the link of the article, or cursor", "copy link"),
    entry!(Command::CopyTitle, "article.copy_title", READING, ["Y"], "copy title and link", ""),
    entry!(Command::ShowLinks, "links.show", READING, ["L"], "the article's links, to open and copy", "links"),
    entry!(Command::FindInText, "text.find", BOTH, ["/"], "find in the open text; n and N go on, Esc ends", "find"),
    entry!(Command::AcceptFind, "find.accept", &[Find], ["enter"], "go from place to place with n and N", "go on"),
    entry!(Command::ScrollRight, "text.right", BOTH, [">"], "see the right of wide tables and code", ""),
    entry!(Command::ScrollLeft, "text.left", BOTH, ["<"], "see the left of wide tables and code", ""),
    entry!(Command::ToggleWide, "screen.toggle_wide", BOTH, ["z"], "reading pane only, and back", ""),
    entry!(Command::NextTheme, "screen.next_theme", BOTH, ["t"], "next theme", ""),
    entry!(Command::OpenSample, "paper.open_sample", &[List], ["D"], "open the sample edition, if no feed answers", ""),
    entry!(Command::Redraw, "screen.redraw", ALL, ["ctrl-l"], "draw the screen anew", ""),
    entry!(Command::Suspend, "screen.suspend", ALL, ["ctrl-z"], "back to the shell for a while", ""),
    entry!(Command::ShowHelp, "help.show", PANES, ["?", "f1", ":", "ctrl-p"], "the keys in force here", "keys"),
    entry!(Command::Quit, "reader.quit", ALL, ["q", "ctrl-c"], "leave", "quit"),
];

/// The command of that id.
pub fn by_id(id: &str) -> Option<&'static Entry> {
    COMMANDS.iter().find(|entry| entry.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_are_noun_dot_verb_and_stand_once() {
        let mut seen = HashSet::new();
        for entry in COMMANDS {
            let parts: Vec<&str> = entry.id.split('.').collect();
            assert!(parts.len() == 2 && parts.iter().all(|part| part.chars().all(|c| c.is_ascii_lowercase() || c == '_')), "{}", entry.id);
            assert!(seen.insert(entry.id), "twice: {}", entry.id);
            assert!(!entry.title.is_empty() && !entry.scopes.is_empty() && !entry.keys.is_empty(), "{}", entry.id);
        }
    }
}
