//! Attributes of OPML given to feeds and sections that stand in the list. What they have already stays as it is.

use toml_edit::{InlineTable, Item, TableLike, Value};

use super::{FeedList, LISTS, position};
use crate::config::feed_array;
use crate::domain::clean_text::CleanText;
use crate::domain::section::MOST_ATTRIBUTES;

/// What became of attributes that were offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Completed {
    /// Those that were lacking.
    pub taken: usize,
    /// Those that say something else there, or for which there is no place.
    pub left: usize,
}

impl FeedList {
    /// Gives the feed of that address, where it stands first, the attributes that it lacks.
    pub fn complete(&mut self, url: &str, attributes: &[(String, String)]) -> Completed {
        for table in self.tables_mut() {
            for key in LISTS {
                let Some(index) = position(table, key, url) else { continue };
                let feed = table.get_mut(key).and_then(|list| feed_array::table(list, index));
                return feed.map_or_else(|| none(attributes), |feed| complete(feed, attributes));
            }
        }
        none(attributes)
    }

    /// Gives the section of that name the attributes that it lacks.
    pub fn complete_section(&mut self, name: &CleanText, attributes: &[(String, String)]) -> Completed {
        let Some(place) = self.find(name) else { return none(attributes) };
        self.tables_mut().get_mut(place).map_or_else(|| none(attributes), |table| complete(*table, attributes))
    }
}

fn none(attributes: &[(String, String)]) -> Completed {
    Completed { taken: 0, left: attributes.len() }
}

fn complete(table: &mut dyn TableLike, attributes: &[(String, String)]) -> Completed {
    let mut completed = Completed::default();
    for (name, value) in attributes {
        let kept = table.entry("opml").or_insert_with(|| Item::Value(Value::InlineTable(InlineTable::new())));
        let Some(kept) = kept.as_table_like_mut() else { return none(attributes) };
        match kept.get(name).map(|known| known.as_str() == Some(value)) {
            Some(true) => {}
            None if kept.len() < MOST_ATTRIBUTES => {
                kept.insert(name, Item::Value(value.as_str().into()));
                completed.taken += 1;
            }
            Some(false) | None => completed.left += 1,
        }
    }
    // What stands on one line has no comments, and blanks before its end that belong elsewhere now.
    if completed.taken > 0
        && let Some(Value::InlineTable(kept)) = table.get_mut("opml").and_then(Item::as_value_mut)
    {
        kept.fmt();
    }
    completed
}
