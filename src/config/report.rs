//! The mistakes of one TOML file, each with its line, and how such a file is opened. Knows nothing of what the file is for.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mend;
use crate::domain::{clean_text::CleanText, nearest::suggestion, settings::Problem, wording};

/// The most mistakes told of one file; more would hide the first ones.
const MISTAKES_TOLD: usize = 200;

/// What is wrong with one file.
pub(super) struct Report {
    file: String,
    line_starts: Vec<usize>,
    problems: Vec<Problem>,
    /// Mistakes beyond those that are told.
    untold: usize,
    /// Whether the file is TOML from its first line to its last.
    pub is_toml: bool,
}

/// One `key = value` of a table, with the place of the key.
pub(super) struct Entry<'a> {
    pub key: &'a str,
    pub at: Range<usize>,
    pub value: &'a DeValue<'a>,
}

/// The entries of a table in the order of the file.
pub(super) fn entries<'a>(table: &'a DeTable<'_>) -> Vec<Entry<'a>> {
    let entry =
        |(key, value): (&'a Spanned<_>, &'a Spanned<DeValue<'a>>)| Entry { key: key_text(key), at: key.span(), value: value.get_ref() };
    let mut entries: Vec<Entry<'a>> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.at.start);
    entries
}

fn key_text<'a>(key: &'a Spanned<std::borrow::Cow<'_, str>>) -> &'a str {
    key.get_ref()
}

impl Report {
    pub fn new(file: &str, text: &str) -> Report {
        Report { file: file.to_string(), line_starts: line_starts(text), problems: Vec::new(), untold: 0, is_toml: true }
    }

    /// The document, or what is right in it where it is not TOML; nothing where nothing is, which is told with the words in `instead`.
    /// `room` is for the text without what is wrong.
    pub fn open<'t>(&mut self, text: &'t str, room: &'t mut String, instead: &str) -> Option<DeTable<'t>> {
        if let Ok(table) = DeTable::parse(text) {
            return Some(table.into_inner());
        }
        self.is_toml = false;
        let (mended, wrong) = mend::mended(text);
        let consequence = mended.as_ref().map_or(instead, |_| "what is right in the file is in force");
        for (number, (line, wrong)) in wrong.iter().enumerate() {
            let consequence = if number == 0 { format!("; {consequence}") } else { String::new() };
            self.tell_in(line + 1, &format!("this is not TOML: {wrong}{consequence}"));
        }
        *room = mended?;
        self.line_starts = line_starts(room);
        DeTable::parse(room).ok().map(Spanned::into_inner)
    }

    /// The line of a byte, from 1.
    pub fn line(&self, at: &Range<usize>) -> usize {
        self.line_starts.partition_point(|start| *start <= at.start).max(1)
    }

    pub fn tell(&mut self, at: &Range<usize>, message: impl AsRef<str>) {
        self.tell_in(self.line(at), message.as_ref());
    }

    fn tell_in(&mut self, line: usize, message: &str) {
        match self.is_full() {
            true => self.untold += 1,
            false => self.push(line, message),
        }
    }

    fn is_full(&self) -> bool {
        self.problems.len() >= MISTAKES_TOLD
    }

    /// Tells of the file as a whole.
    pub fn tell_of_file(&mut self, message: impl AsRef<str>) {
        self.push(0, message.as_ref());
    }

    fn push(&mut self, line: usize, message: &str) {
        self.problems.push(Problem { file: self.file.clone(), line, message: CleanText::new(message).into_string() });
    }

    /// Puts a value that is right into its place; tells of one that is wrong, and leaves the place as it was.
    pub fn keep<T>(&mut self, entry: &Entry, value: Result<T, String>, place: &mut T) {
        match value {
            Ok(value) => *place = value,
            Err(wrong) => self.tell(&entry.at, format!("`{}` {wrong}", entry.key)),
        }
    }

    /// Tells of a key that means nothing here, with the nearest name that does.
    pub fn unknown(&mut self, entry: &Entry, place: &str, known: &[&str]) {
        if self.is_full() {
            self.untold += 1;
            return;
        }
        let advice = match suggestion(entry.key, known.iter().copied()) {
            Some(names) => format!("did you mean {names}?"),
            None => format!("known there: {}", known.join(", ")),
        };
        self.tell(&entry.at, format!("`{}` means nothing {place}; {advice}", shortened(entry.key)));
    }

    /// Every mistake, by line.
    pub fn into_problems(mut self) -> Vec<Problem> {
        if self.untold > 0 {
            self.tell_of_file(format!("{} more mistakes; they are told when these are mended", self.untold));
        }
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// Text of a file as a message may quote it.
pub(super) fn shortened(text: &str) -> String {
    /// Characters quoted; the line number shows where the rest is.
    const QUOTED: usize = 60;
    wording::shortened(text, QUOTED).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems_of(text: &str) -> Vec<String> {
        let mut report = Report::new("f.toml", text);
        let mut room = String::new();
        let table = report.open(text, &mut room, "nothing is in force");
        for entry in entries(&table.unwrap_or_default()) {
            report.unknown(&entry, "here", &["theme", "measure"]);
        }
        report.into_problems().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_key_is_told_with_its_line_and_the_nearest_name() {
        let check = |text: &str, expected: &[&str]| assert_eq!(problems_of(text), expected, "{text:?}");
        check("", &[]);
        check("\n\nthem = 1\n", &["f.toml:3: `them` means nothing here; did you mean `theme`?"]);
        check("zzz = 1", &["f.toml:1: `zzz` means nothing here; known there: theme, measure"]);
        check("\"\\u001b[31m\" = 1", &["f.toml:1: `` means nothing here; known there: theme, measure"]);
    }

    #[test]
    fn keys_are_told_in_the_order_of_the_file() {
        assert_eq!(problems_of("zz = 1\nyy = 2\nxx = 3\n").iter().filter_map(|told| told.get(7..8)).collect::<String>(), "123");
    }

    #[test]
    fn every_error_of_the_notation_has_its_line() {
        let told = problems_of("a = \nb = 2\nc = \"open\nd = ]\n");
        let lines: Vec<&str> = told.iter().filter_map(|told| told.split(": ").next()).collect();
        assert_eq!(lines, ["f.toml:1", "f.toml:2", "f.toml:3", "f.toml:4"], "{told:#?}");
        assert!(told[0].ends_with("; what is right in the file is in force"), "{told:#?}");
    }

    #[test]
    fn of_too_many_mistakes_the_first_are_told_and_the_rest_counted() {
        let text: String = (0..500).map(|number| format!("unheard{number} = 1\n")).collect();
        let told = problems_of(&text);
        assert_eq!(
            (told.len(), told.first().map(String::as_str)),
            (201, Some("f.toml: 300 more mistakes; they are told when these are mended"))
        );
    }
}
