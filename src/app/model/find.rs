//! Finding words in the text of the reading pane, over line ends and whatever their case.

use unicode_segmentation::UnicodeSegmentation;

use super::text::Text;
use crate::domain::article::ArticleId;
use crate::domain::columns::columns;

/// Characters of what is looked for.
const LONGEST_QUERY: usize = 80;
/// Places that are found at most.
const MOST_FOUND: usize = 10_000;

/// What is being found, and where.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// The article in whose text it is; the text may still be on its way.
    pub article: Option<ArticleId>,
    pub query: String,
    /// Whether the query is still being typed.
    pub is_typing: bool,
    /// The line on top when it began.
    pub begun_at: usize,
    characters: Vec<Character>,
    found: Vec<Vec<Run>>,
    /// The place that one is at, among those found.
    pub at: usize,
}

/// A run of columns of a line, counted from the line's beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub line: usize,
    pub column: usize,
    pub columns: usize,
}

/// One character of the text, folded, and where it stands.
#[derive(Clone, Copy, Debug)]
struct Character {
    folded: char,
    run: Run,
}

impl Find {
    /// Begins to find something in the text of an article, as soon as it is there.
    pub fn new(article: Option<ArticleId>) -> Find {
        Find { article, is_typing: true, ..Find::default() }
    }

    /// The same in another setting of the text, or in the first that comes, which has this line on top.
    pub fn again(self, text: &Text, top: usize) -> Find {
        let was_waiting = self.has_no_text();
        let mut find = Find { characters: characters(text), ..self };
        if was_waiting {
            find.begun_at = top;
            let query = std::mem::take(&mut find.query);
            find.look_for(query);
        } else {
            find.search();
        }
        find
    }

    /// Whether no text to find it in has come yet.
    pub fn has_no_text(&self) -> bool {
        self.characters.is_empty()
    }

    /// Looks for something else, and goes to the first place at or below the line where it began.
    pub fn look_for(&mut self, query: String) {
        self.query = query.chars().take(LONGEST_QUERY).collect();
        self.search();
        self.at = self.found.iter().position(|runs| runs[0].line >= self.begun_at).unwrap_or(0);
    }

    fn search(&mut self) {
        let mut query: Vec<char> = self.query.trim().graphemes(true).filter_map(folded).collect();
        query.dedup_by(|next, last| (*next, *last) == (' ', ' '));
        self.found = Vec::new();
        let mut at = 0;
        while !query.is_empty() && at + query.len() <= self.characters.len() && self.found.len() < MOST_FOUND {
            let window = &self.characters[at..at + query.len()];
            if window.iter().zip(&query).all(|(character, wanted)| character.folded == *wanted) {
                self.found.push(runs(window));
                at += query.len();
            } else {
                at += 1;
            }
        }
        self.at = self.at.min(self.found.len().saturating_sub(1));
    }

    /// How many places there are.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// Goes to the next place or the one before, in a circle.
    pub fn step(&mut self, is_forward: bool) {
        let count = self.found.len().max(1);
        self.at = if is_forward { self.at + 1 } else { self.at + count - 1 } % count;
    }

    /// The line of the place that one is at.
    pub fn line(&self) -> Option<usize> {
        self.found.get(self.at).map(|runs| runs[0].line)
    }

    /// What was found in a line, and whether one is at it.
    pub fn in_line(&self, line: usize) -> impl Iterator<Item = (Run, bool)> {
        let first = self.found.partition_point(|runs| runs.last().is_none_or(|run| run.line < line));
        let near = self.found.iter().enumerate().skip(first).take_while(move |(_, runs)| runs[0].line <= line);
        near.flat_map(move |(at, runs)| runs.iter().filter(move |run| run.line == line).map(move |run| (*run, at == self.at)))
    }
}

/// The characters of a text without the signs that typesetting added; a line end is a space.
fn characters(text: &Text) -> Vec<Character> {
    let mut out: Vec<Character> = Vec::new();
    for (number, line) in text.lines(0).enumerate() {
        let mut column = 0;
        let mut is_first = true;
        for piece in &line.pieces {
            for cluster in piece.text.graphemes(true) {
                let columns = columns(cluster);
                let run = Run { line: number, column, columns };
                column += columns;
                let Some(folded) = folded(cluster).filter(|_| columns > 0 && !piece.role.is_sign()) else { continue };
                let follows = out.last().is_some_and(|last| last.folded != ' ');
                if std::mem::take(&mut is_first) && folded != ' ' && follows {
                    out.push(Character { folded: ' ', run: Run { columns: 0, ..run } });
                }
                if folded != ' ' || out.last().is_some_and(|last| last.folded != ' ') {
                    out.push(Character { folded, run });
                }
            }
        }
    }
    out
}

/// A character as it is compared; none for what has no width.
fn folded(cluster: &str) -> Option<char> {
    let first = cluster.chars().next()?;
    Some(match first {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '–' | '—' | '‑' => '-',
        space if space.is_whitespace() => ' ',
        other => other.to_lowercase().next().unwrap_or(other),
    })
}

/// The columns of neighbouring characters as one run a line.
fn runs(characters: &[Character]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for Character { run, .. } in characters.iter().filter(|character| character.run.columns > 0) {
        match runs.last_mut() {
            Some(last) if last.line == run.line => last.columns = run.column + run.columns - last.column,
            _ => runs.push(*run),
        }
    }
    runs
}
