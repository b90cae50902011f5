//! Feeds put into and taken out of a list in `feeds.toml`, so that comments and layout of everything else stay as they are.

use toml_edit::{Array, ArrayOfTables, InlineTable, Item, RawString, Table, TableLike, Value};

/// Characters of a list that stays on one line.
const LONGEST_LINE: usize = 120;

/// The addresses of a list's feeds as they are written, in order.
pub(super) fn addresses(list: &Item) -> Vec<&str> {
    match list {
        Item::Value(Value::Array(feeds)) => feeds.iter().map(|feed| address(feed).unwrap_or_default()).collect(),
        Item::ArrayOfTables(feeds) => feeds.iter().map(|feed| feed.get("url").and_then(Item::as_str).unwrap_or_default()).collect(),
        _ => Vec::new(),
    }
}

fn address(feed: &Value) -> Option<&str> {
    feed.as_str().or_else(|| feed.as_inline_table()?.get("url")?.as_str())
}

/// Puts a feed at the end of a list.
pub(super) fn push(list: &mut Item, feed: InlineTable) {
    match list {
        Item::Value(Value::Array(feeds)) => push_value(feeds, feed),
        Item::ArrayOfTables(feeds) => push_table(feeds, feed),
        _ => {}
    }
}

/// Takes a feed out of a list, with the comment on its own line; those above it stay, but for those above a table, which are
/// taken for its own.
pub(super) fn remove(list: &mut Item, index: usize) {
    match list {
        Item::Value(Value::Array(feeds)) => remove_value(feeds, index),
        Item::ArrayOfTables(feeds) => drop(feeds.remove(index)),
        _ => {}
    }
}

/// The feed at a place of a list as a table; one that is only an address becomes one.
pub(super) fn table(list: &mut Item, index: usize) -> Option<&mut dyn TableLike> {
    match list {
        Item::Value(Value::Array(feeds)) => {
            let feed = feeds.get_mut(index)?;
            if let Some(url) = feed.as_str().map(str::to_string) {
                let decor = feed.decor().clone();
                *feed = InlineTable::from_iter([("url", url)]).into();
                *feed.decor_mut() = decor;
            }
            let table = feed.as_inline_table_mut()?;
            // The blank before the end would stand before a comma if something came after it.
            table.fmt();
            Some(table)
        }
        Item::ArrayOfTables(feeds) => feeds.get_mut(index).map(|table| table as &mut dyn TableLike),
        _ => None,
    }
}

fn push_table(feeds: &mut ArrayOfTables, feed: InlineTable) {
    let mut table: Table = feed.into_table();
    table.decor_mut().set_prefix("\n");
    feeds.push(table);
}

fn push_value(feeds: &mut Array, feed: InlineTable) {
    let end = take_suffix(feeds) + text(Some(feeds.trailing()));
    let is_one_line = !feeds.is_empty() && !end.contains('\n') && !feeds.iter().any(|feed| prefix(feed).contains('\n'));
    if is_one_line {
        feeds.push_formatted(Value::InlineTable(feed).decorated(" ", ""));
        feeds.set_trailing(end);
        if feeds.to_string().chars().count() > LONGEST_LINE {
            one_a_line(feeds);
        }
        return;
    }
    let indent = feeds
        .len()
        .checked_sub(1)
        .and_then(|last| feeds.get(last))
        .map(|feed| last_line(prefix(feed)).to_string())
        .filter(|indent| !indent.is_empty());
    let indent = indent.unwrap_or_else(|| "  ".into());
    feeds.push_formatted(Value::InlineTable(feed).decorated(format!("{}\n{indent}", end.trim_end()), ""));
    let closing = if end.contains('\n') { last_line(&end) } else { "" };
    feeds.set_trailing(format!("\n{closing}"));
    feeds.set_trailing_comma(true);
}

fn one_a_line(feeds: &mut Array) {
    for feed in feeds.iter_mut() {
        feed.decor_mut().set_prefix("\n  ");
        feed.decor_mut().set_suffix("");
    }
    feeds.set_trailing("\n");
    feeds.set_trailing_comma(true);
}

fn remove_value(feeds: &mut Array, index: usize) {
    let removed = feeds.remove(index);
    let above = prefix(&removed).to_string();
    let after = match feeds.get(index) {
        Some(next) => suffix(&removed) + prefix(next),
        None => suffix(&removed) + text(Some(feeds.trailing())),
    };
    let gap = match after.find('\n') {
        Some(end_of_line) => format!("{}{}", above.trim_end(), &after[end_of_line..]),
        None if above.contains('#') => above,
        None => {
            if index < feeds.len() {
                above
            } else {
                after
            }
        }
    };
    match feeds.get_mut(index) {
        Some(next) => next.decor_mut().set_prefix(gap),
        None => feeds.set_trailing(gap),
    }
    if feeds.is_empty() {
        feeds.set_trailing_comma(false);
    }
}

/// Takes what stands between the last feed and the next comma or bracket.
fn take_suffix(feeds: &mut Array) -> String {
    let last = feeds.len().checked_sub(1);
    let Some(last) = last.and_then(|last| feeds.get_mut(last)) else { return String::new() };
    let found = suffix(last);
    last.decor_mut().set_suffix("");
    found
}

fn prefix(feed: &Value) -> &str {
    text(feed.decor().prefix())
}

fn suffix(feed: &Value) -> String {
    text(feed.decor().suffix()).to_string()
}

fn text(raw: Option<&RawString>) -> &str {
    raw.and_then(RawString::as_str).unwrap_or_default()
}

fn last_line(text: &str) -> &str {
    text.rsplit_once('\n').map_or("", |(_, line)| line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml_edit::DocumentMut;

    fn edited(text: &str, edit: impl Fn(&mut Item)) -> String {
        let mut document: DocumentMut = text.parse().expect("TOML");
        edit(&mut document["feeds"]);
        document.to_string()
    }

    #[test]
    fn a_feed_is_added_in_the_manner_of_its_list() {
        let check = |text: &str, expected: &str| {
            let added = edited(text, |list| push(list, InlineTable::from_iter([("url", "new")])));
            assert_eq!(added, expected, "{text:?}");
        };
        check("feeds = []\n", "feeds = [\n  { url = \"new\" },\n]\n");
        check("feeds = [\n  # none yet\n]\n", "feeds = [\n  # none yet\n  { url = \"new\" },\n]\n");
        check("feeds = [\"a\"]\n", "feeds = [\"a\", { url = \"new\" }]\n");
        check("feeds = [ \"a\" ] # mine\n", "feeds = [ \"a\", { url = \"new\" } ] # mine\n");
        check("feeds = [\n    \"a\", # slow\n]\n", "feeds = [\n    \"a\", # slow\n    { url = \"new\" },\n]\n");
        check("feeds = [\n\t\"a\" # slow\n\t# the end\n\t]\n", "feeds = [\n\t\"a\", # slow\n\t# the end\n\t{ url = \"new\" },\n\t]\n");
        let long = "a".repeat(LONGEST_LINE);
        check(&format!("feeds = [\"{long}\"]\n"), &format!("feeds = [\n  \"{long}\",\n  {{ url = \"new\" }},\n]\n"));
        check("[[feeds]]\nurl = \"a\"\n", "[[feeds]]\nurl = \"a\"\n\n[[feeds]]\nurl = \"new\"\n");
    }

    #[test]
    fn a_feed_is_removed_with_its_own_line_and_nothing_else() {
        let check = |text: &str, index: usize, expected: &str| assert_eq!(edited(text, |list| remove(list, index)), expected, "{text:?}");
        check("feeds = [\"a\", \"b\"]\n", 0, "feeds = [\"b\"]\n");
        check("feeds = [\"a\", \"b\"]\n", 1, "feeds = [\"a\"]\n");
        check("feeds = [ \"a\", \"b\", ]\n", 1, "feeds = [ \"a\", ]\n");
        check("feeds = [\n  \"a\",\n]\n", 0, "feeds = [\n]\n");
        let lines = "feeds = [\n  # first\n  \"a\", # of a\n  # second\n  \"b\", # of b\n  # third\n  \"c\" # of c\n  # end\n]\n";
        check(lines, 0, "feeds = [\n  # first\n  # second\n  \"b\", # of b\n  # third\n  \"c\" # of c\n  # end\n]\n");
        check(lines, 1, "feeds = [\n  # first\n  \"a\", # of a\n  # second\n  # third\n  \"c\" # of c\n  # end\n]\n");
        check(lines, 2, "feeds = [\n  # first\n  \"a\", # of a\n  # second\n  \"b\" # of b\n  # third\n  # end\n]\n");
        check("feeds = [\n  \"a\", # of a\n  \"b\"]\n", 1, "feeds = [\n  \"a\" # of a\n  ]\n");
        check("[[feeds]]\nurl = \"a\"\n\n[[feeds]]\nurl = \"b\"\n", 1, "[[feeds]]\nurl = \"a\"\n");
    }
}
