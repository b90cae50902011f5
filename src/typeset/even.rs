//! Fills the lines of a paragraph together, so that many of them end where a reader pauses: for Japanese, which may end a line at
//! almost any character. Time in proportion to the text and the columns of a line.

use std::ops::Range;

use super::measure::columns;
use super::phrases::{Rank, rank};

/// What stands on one line, and the columns it takes without and with the spaces at its end.
pub(super) struct Word {
    pub range: Range<usize>,
    pub bare: usize,
    pub full: usize,
}

impl Word {
    pub(super) fn new(text: &str, range: Range<usize>) -> Word {
        let text = &text[range.clone()];
        let wide = columns(bare(text));
        Word { range, bare: wide, full: wide + text.len() - bare(text).len() }
    }
}

/// A text without the spaces at its end, which no line shows.
pub(super) fn bare(text: &str) -> &str {
    text.trim_end_matches([' ', '\n'])
}

/// Columns of a last line, in parts of the width, below which it looks forgotten.
const FORGOTTEN: usize = 8;
/// How much shorter a line may be for the sake of a better end, in parts of the width: than one that ends inside a phrase, between
/// two scripts, between phrases; and for a last line that does not look forgotten.
const INSIDE: usize = 2;
const SCRIPTS: usize = 3;
const PHRASES: usize = 4;
const LAST: usize = 6;

/// The lines of words of which none is wider than `width`: the first and the one behind the last of each.
pub(super) fn lines(text: &str, words: &[Word], width: usize) -> Vec<Range<usize>> {
    let mut best: Vec<Best> = vec![Best { cost: 0, start: 0 }];
    for end in 1..=words.len() {
        let after = if end == words.len() { 0 } else { penalty(rank(text, words[end - 1].range.end), width) };
        let next = best_line(words, end, width, &best);
        best.push(Best { cost: next.cost.saturating_add(after), ..next });
    }
    let starts = std::iter::successors(Some(words.len()), |end| Some(best[*end].start)).take_while(|end| *end > 0);
    let mut lines: Vec<Range<usize>> = starts.map(|end| best[end].start..end).collect();
    lines.reverse();
    lines
}

/// The least that the words up to one can cost, and where the last line of them begins.
struct Best {
    cost: usize,
    start: usize,
}

/// The best line that ends before a word, given the best of all before it.
fn best_line(words: &[Word], end: usize, width: usize, best: &[Best]) -> Best {
    let is_last = end == words.len();
    let mut least = Best { cost: usize::MAX, start: end - 1 };
    let mut used = 0;
    for start in (0..end).rev() {
        used += if start + 1 == end { words[start].bare } else { words[start].full };
        if used > width && start + 1 < end {
            break;
        }
        let own = match is_last {
            true if used < width / FORGOTTEN && start > 0 => square(width / LAST),
            true => 0,
            false => square(width.saturating_sub(used)),
        };
        let cost = best[start].cost.saturating_add(own);
        if cost < least.cost {
            least = Best { cost, start };
        }
    }
    least
}

/// What it costs to end a line there, in squares of columns.
fn penalty(rank: Rank, width: usize) -> usize {
    match rank {
        Rank::AtSign => 0,
        Rank::BetweenPhrases => square(width / PHRASES),
        Rank::BetweenScripts => square(width / SCRIPTS),
        Rank::InsidePhrase => square(width / INSIDE),
    }
}

fn square(columns: usize) -> usize {
    columns * columns
}
