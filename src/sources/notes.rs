//! The repairs that reading a document needed, in words: the first few, and a count of the rest.

use crate::domain::clean_text::CleanText;
use crate::domain::wording::shortened;

/// Repairs told one by one; the rest is counted.
const NOTES_TOLD: usize = 20;
/// Characters of what is left out that are quoted.
const QUOTED: usize = 40;

/// Collects repairs. A repair that is told already is not told again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    told: Vec<String>,
    untold: usize,
}

impl Notes {
    /// Whether another note would be told; else its words need not be made.
    pub(crate) fn is_open(&self) -> bool {
        self.told.len() < NOTES_TOLD
    }

    pub(crate) fn add(&mut self, note: impl Into<String>) {
        if !self.is_open() {
            self.untold += 1;
            return;
        }
        let note = note.into();
        if !self.told.contains(&note) {
            self.told.push(note);
        }
    }

    /// Tells that the last article, cut by the end of the document, was left out.
    pub(crate) fn add_left_out(&mut self, title: Option<CleanText>) {
        let title = title.map(|title| format!(" ({title})")).unwrap_or_default();
        self.add(format!("repaired: the last article is cut; it was left out{title}"));
    }

    /// Tells of something that was left out, in its own words as far as they are short.
    pub(crate) fn add_quoted(&mut self, what: &str, text: &str) {
        let text = CleanText::new(text);
        if !text.is_empty() {
            self.add(format!("left out: {what} ({})", shortened(&text, QUOTED)));
        }
    }

    /// Tells of articles that were left out, as nothing could be shown of them.
    pub(crate) fn add_blank(&mut self, articles: usize) {
        match articles {
            0 => {}
            1 => self.add("left out: 1 article with nothing in it"),
            several => self.add(format!("left out: {several} articles with nothing in them")),
        }
    }

    /// Counts a repair without words for it; only sensible when [`Notes::is_open`] is false.
    pub(crate) fn count(&mut self) {
        self.untold += 1;
    }

    pub(crate) fn finish(mut self) -> Vec<String> {
        match self.untold {
            0 => {}
            1 => self.told.push("and 1 more repair".into()),
            more => self.told.push(format!("and {more} more repairs")),
        }
        self.told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_notes_are_told_and_the_rest_is_counted() {
        let mut notes = Notes::default();
        (0..23).for_each(|number| notes.add(format!("repaired: {number}")));
        let told = notes.finish();
        assert_eq!((told.len(), told[20].as_str()), (21, "and 3 more repairs"));
    }

    #[test]
    fn the_same_note_is_told_once() {
        let mut notes = Notes::default();
        notes.add("a");
        notes.add("a");
        assert_eq!(notes.finish(), ["a"]);
    }
}
