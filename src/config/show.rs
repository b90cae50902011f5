//! Settings and feeds in force as TOML that could be saved as `settings.toml` and `feeds.toml`. Says everything, defaults too.

use jiff::SignedDuration;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

use super::settings_table::{ROWS, whole};
use super::visible;
use crate::domain::secret::{Login, Secret};
use crate::domain::section::{Feed, Paper, Section, Span};
use crate::domain::settings::Settings;

/// The settings as `settings.toml` would say them.
pub fn settings_toml(settings: &Settings) -> String {
    let mut document = DocumentMut::new();
    for row in ROWS {
        let section = document.entry(row.section).or_insert_with(|| Item::Table(Table::new()));
        section[row.key] = Item::Value(row.show(settings));
    }
    let mut keys = Table::new();
    for key in &settings.keys {
        keys.insert_formatted(&visible::key(&key.command), Item::Value(key.keys.iter().collect::<Array>().into()));
    }
    document.insert("keys", Item::Table(keys));
    visible::text(document)
}

/// A TOML text as JSON.
///
/// # Errors
/// When the text is not TOML.
pub fn json_of_toml(text: &str) -> Result<serde_json::Value, toml::de::Error> {
    toml::from_str(text)
}

/// The paper as `feeds.toml` would say it.
pub fn feeds_toml(paper: &Paper) -> String {
    let mut document = DocumentMut::new();
    document.insert("section", Item::ArrayOfTables(paper.sections.iter().map(section_table).collect::<ArrayOfTables>()));
    visible::text(document)
}

fn section_table(section: &Section) -> Table {
    let mut table = section_options(section);
    let mut insert = |key: &str, value: Value| drop(table.insert(key, Item::Value(value)));
    insert("feeds", feed_array(&section.feeds));
    insert("fallback", feed_array(&section.fallback));
    table
}

/// A section without its feeds.
pub(super) fn section_options(section: &Section) -> Table {
    let mut table = Table::new();
    let mut insert = |key: &str, value: Value| drop(table.insert(key, Item::Value(value)));
    insert("name", section.name.as_str().into());
    insert("short", section.short_name.as_str().into());
    insert("icon", section.icon.as_str().into());
    insert("window", time(section.window));
    insert("limit", whole(section.limit));
    insert("per_feed", whole(section.per_feed));
    if !section.opml.is_empty() {
        insert("opml", attributes(&section.opml));
    }
    table
}

fn time(time: SignedDuration) -> Value {
    String::from(Span(time)).into()
}

/// One feed a line.
fn feed_array(feeds: &[Feed]) -> Value {
    let mut array = Array::new();
    for feed in feeds {
        array.push_formatted(Value::InlineTable(feed_table(feed)).decorated("\n  ", ""));
    }
    if !feeds.is_empty() {
        array.set_trailing_comma(true);
        array.set_trailing("\n");
    }
    array.into()
}

pub(super) fn feed_table(feed: &Feed) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("url", feed.url.as_str().into());
    if let Some(title) = &feed.title {
        table.insert("title", title.as_str().into());
    }
    if feed.full_text {
        table.insert("full_text", true.into());
    }
    if let Some(user_agent) = &feed.user_agent {
        table.insert("user_agent", user_agent.as_str().into());
    }
    match &feed.login {
        Some(Login::Password { user, password }) => {
            table.insert("user", user.as_str().into());
            table.insert("password", secret_value(password));
        }
        Some(Login::Token(token)) => drop(table.insert("token", secret_value(token))),
        None => {}
    }
    if !feed.headers.is_empty() {
        let headers: InlineTable = feed.headers.iter().map(|(name, value)| (name.as_str(), secret_value(value))).collect();
        table.insert("headers", headers.into());
    }
    if !feed.opml.is_empty() {
        table.insert("opml", attributes(&feed.opml));
    }
    table
}

fn attributes(attributes: &[(String, String)]) -> Value {
    attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<InlineTable>().into()
}

/// Where a secret is kept; never what it is.
fn secret_value(secret: &Secret) -> Value {
    match secret {
        Secret::Text(text) => text.as_str().into(),
        Secret::Environment(name) => InlineTable::from_iter([("env", name.as_str())]).into(),
        Secret::Command(words) => InlineTable::from_iter([("command", Value::from_iter(words.iter().map(String::as_str)))]).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::domain::clean_text::is_hidden;

    #[test]
    fn what_does_not_show_is_escaped_and_means_the_same() {
        let settings = "[keys]\n\"list.\u{202e}'down\\\"\" = [\"\u{202e}\\\\\", \"'\u{9b}\"]\n";
        let feed = "{ url = \"https://a.example/\", token = { command = [\"say\u{200b}\"] }, opml = { a = \"\u{202e}'\\\"\u{e0068}\" } }";
        let feeds = format!("[[section]]\nname = \"A\"\nopml = {{ b = \"\u{2066}\" }}\nfeeds = [{feed}]\n");
        let before = parse(Some(("s", settings)), Some(("f", &feeds)));
        let shown = (settings_toml(&before.settings), feeds_toml(&before.paper));
        assert!(!(shown.0.clone() + &shown.1).contains(|c| is_hidden(c) && c != '\n'), "{shown:?}");
        let after = parse(Some(("s", &shown.0)), Some(("f", &shown.1)));
        let keys = |settings: &Settings| settings.keys.iter().map(|key| (key.command.clone(), key.keys.clone())).collect::<Vec<_>>();
        assert_eq!((keys(&after.settings), &after.paper), (keys(&before.settings), &before.paper));
        assert_eq!((keys(&before.settings).len(), &before.problems), (1, &Vec::new()));
    }

    #[test]
    fn what_is_shown_can_be_saved_and_means_the_same() {
        let settings = "[screen]\nmeasure = 66\n[fetch]\nuser_agent = \"it's \\\"me\\\"\"\ninterval = \"90s\"\n[keys]\n\"a b\\\"\" = [\"'\", \"\\\"\"]\nview.help = []\n";
        let feeds = "[[section]]\nname = \"A \\\"quoted\\\" 'name'\"\nfeeds = [{ url = \"https://a.example/?a=b\", full_text = true, user_agent = \"x\", opml = { \"a:b\" = \"\\\"c\\\"\" } }]\n";
        for (settings, feeds) in [(None, None), (Some(("s", settings)), Some(("f", feeds)))] {
            let before = parse(settings, feeds);
            let after = parse(Some(("s", &settings_toml(&before.settings))), Some(("f", &feeds_toml(&before.paper))));
            assert_eq!((&before.problems, &after.problems), (&vec![], &vec![]));
            let without_lines = |settings: &Settings| {
                let mut settings = settings.clone();
                settings.keys.iter_mut().for_each(|key| key.line = 0);
                settings
            };
            assert_eq!(without_lines(&after.settings), without_lines(&before.settings));
            assert_eq!(after.paper, before.paper);
        }
    }
}
