//! Breaks running text into lines by the Unicode rules (UAX 14), styles kept, no character split.
//! A word wider than the line is cut between characters.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use super::even::{self, Word, bare};
use super::measure::columns;
use super::phrases::{is_inside_word, is_japanese};
use crate::domain::setting::Piece;

/// Running text with its styles, ready to be broken.
#[derive(Default)]
pub(super) struct Text {
    text: String,
    /// Where each style ends, in order.
    styles: Vec<(usize, Piece)>,
    /// Marks of links, in order: a line ends neither before nor inside one.
    marks: Vec<Range<usize>>,
}

impl Text {
    /// Adds a run; the text of `style` is not used.
    pub(super) fn push(&mut self, text: &str, style: Piece) {
        self.text.push_str(text);
        self.styles.push((self.text.len(), style));
    }

    /// Adds a mark, whole and on the line of what came last.
    pub(super) fn push_mark(&mut self, mark: &str, style: Piece) {
        self.marks.push(self.text.len()..self.text.len() + mark.len());
        self.push(mark, style);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The lines of at most `width` columns, spaces at their ends gone.
    pub(super) fn lines(&self, width: usize) -> Vec<Vec<Piece>> {
        let mut styles = self.styles.as_slice();
        self.break_at(width).into_iter().map(|range| pieces(&self.text, range, &mut styles)).collect()
    }

    fn break_at(&self, width: usize) -> Vec<Range<usize>> {
        let mut lines = Filler { text: &self.text, width, marks: &self.marks, lines: Vec::new(), start: 0, end: 0, used: 0 };
        let mut together = Vec::new();
        let is_japanese = is_japanese(&self.text);
        self.words(|word, is_last| {
            if is_japanese {
                together.push(word);
            } else {
                lines.take(word);
            }
            if is_last && is_japanese {
                lines.take_all(std::mem::take(&mut together));
            } else if is_last {
                lines.end();
            }
        });
        lines.lines
    }

    /// Takes what cannot be broken, one after the other, and whether a line must end behind it.
    fn words(&self, mut take: impl FnMut(Word, bool)) {
        let mut glued = self.marks.iter().map(|mark| mark.start).peekable();
        let mut last = 0;
        for (at, opportunity) in linebreaks(&self.text) {
            while glued.next_if(|glue| *glue < at).is_some() {}
            let is_end = opportunity == BreakOpportunity::Mandatory;
            if !is_end && (glued.peek() == Some(&at) || is_inside_word(&self.text, at) || is_before_unit(&self.text, at)) {
                continue;
            }
            take(Word::new(&self.text, last..at), is_end);
            last = at;
        }
        if self.text.is_empty() {
            take(Word::new("", 0..0), true);
        }
    }
}

/// Whether a sign of a unit stands there, behind its number and a space.
pub(super) fn is_before_unit(text: &str, at: usize) -> bool {
    let is_number = |before: &str| before.strip_suffix(' ').is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()));
    text[at..].starts_with(['%', '‰']) && is_number(&text[..at])
}

/// Fills lines with what cannot be broken, one after the other.
struct Filler<'a> {
    text: &'a str,
    width: usize,
    marks: &'a [Range<usize>],
    lines: Vec<Range<usize>>,
    start: usize,
    end: usize,
    /// Columns of the line so far, spaces at its end counted.
    used: usize,
}

impl Filler<'_> {
    fn take(&mut self, word: Word) {
        if self.used > 0 && self.used + word.bare > self.width {
            self.end();
        }
        if self.used == 0 {
            self.start = word.range.start;
        }
        if word.bare > self.width {
            for unit in self.units(&word) {
                self.cut_before(unit);
            }
        } else {
            self.used += word.bare;
        }
        self.end = word.range.end;
        self.used += word.full - word.bare;
    }

    /// Fills lines with words together.
    fn take_all(&mut self, words: Vec<Word>) {
        let words: Vec<Word> =
            words.into_iter().flat_map(|word| if word.bare > self.width { self.unit_words(&word) } else { vec![word] }).collect();
        for line in even::lines(self.text, &words, self.width) {
            (self.start, self.end) = (words[line.start].range.start, words[line.end - 1].range.end);
            self.end();
        }
    }

    fn unit_words(&self, word: &Word) -> Vec<Word> {
        let mut units: Vec<Word> = self.units(word).into_iter().map(|unit| Word::new(self.text, unit)).collect();
        // the spaces behind it
        if let Some(last) = units.last_mut() {
            *last = Word::new(self.text, last.range.start..word.range.end);
        }
        units
    }

    /// What a word that is wider than the line is cut into: its characters, and marks. One that is wider than the line is text
    /// like other.
    fn units(&self, word: &Word) -> Vec<Range<usize>> {
        let (mut units, mut at) = (Vec::new(), word.range.start);
        let end = at + bare(&self.text[word.range.clone()]).len();
        let first = self.marks.partition_point(|mark| mark.start < at);
        let marks = self.marks[first..].iter().take_while(|mark| mark.end <= end);
        for mark in marks.filter(|mark| columns(&self.text[(*mark).clone()]) <= self.width) {
            self.push_characters(at..mark.start, &mut units);
            units.push(mark.clone());
            at = mark.end;
        }
        self.push_characters(at..end, &mut units);
        units
    }

    fn push_characters(&self, part: Range<usize>, units: &mut Vec<Range<usize>>) {
        for (at, character) in self.text[part.clone()].grapheme_indices(true) {
            let start = part.start + at;
            if columns(character) > self.width {
                // two styles may have made one character of what fits alone
                units.extend(character.char_indices().map(|(inner, c)| start + inner..start + inner + c.len_utf8()));
            } else {
                units.push(start..start + character.len());
            }
        }
    }

    fn cut_before(&mut self, unit: Range<usize>) {
        let wide = columns(&self.text[unit.clone()]);
        if self.used > 0 && self.used + wide > self.width {
            self.end = unit.start;
            self.end();
        }
        self.used += wide;
    }

    fn end(&mut self) {
        let line = self.text[self.start..self.end].trim_end_matches([' ', '\n']);
        self.lines.push(self.start..self.start + line.len());
        (self.start, self.used) = (self.end, 0);
    }
}

/// The pieces of one line. Lines come in order, so styles that lie before it are passed for good.
fn pieces(text: &str, line: Range<usize>, styles: &mut &[(usize, Piece)]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = line.start;
    while let Some(((end, style), rest)) = styles.split_first() {
        let end = (*end).min(line.end);
        if end > at {
            out.push(Piece { text: text[at..end].to_string(), ..style.clone() });
            at = end;
        }
        if at >= line.end {
            break;
        }
        *styles = rest;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, width: usize, expected: &[&str]) {
        let mut running = Text::default();
        running.push(text, Piece::default());
        let lines: Vec<String> = running.lines(width).iter().map(|line| line.iter().map(|piece| piece.text.as_str()).collect()).collect();
        assert_eq!(lines, expected, "{text:?} at {width}");
    }

    #[test]
    fn lines_are_filled_and_broken_between_words() {
        check("one two three", 7, &["one two", "three"]);
        check("one two three", 8, &["one two", "three"]);
        check("a\nb c", 9, &["a", "b c"]);
        check("", 5, &[""]);
        check("grew 2.5 % more", 8, &["grew", "2.5 %", "more"]);
        check("well-known fact", 6, &["well-", "known", "fact"]);
        check("in 1,234,567 cases", 8, &["in", "1,234,56", "7 cases"]);
    }

    #[test]
    fn other_scripts_break_by_their_own_rules() {
        check("日本語です。次", 6, &["日本語", "です。", "次"]);
        check("日本。次", 4, &["日", "本。", "次"]);
        check("한국어는 띄어쓰기로", 12, &["한국어는", "띄어쓰기로"]);
        check("2019년 KBS가 “한국”은", 8, &["2019년", "KBS가", "“한국”은"]);
        check("See the note. ↩", 13, &["See the", "note. ↩"]);
        check("Note text.\n↩", 20, &["Note text.", "↩"]);
        check("2019\n년", 20, &["2019", "년"]);
        check("grew 2.5 \n%", 20, &["grew 2.5", "%"]);
        check("띄어쓰기로나눈다", 8, &["띄어쓰기", "로나눈다"]);
        check("👍🏽👍🏽👍🏽", 9, &["👍🏽👍🏽", "👍🏽"]);
    }

    #[test]
    fn japanese_lines_end_between_phrases_where_that_is_near() {
        check("商品の出所を表示する機能です", 22, &["商品の出所を表示する", "機能です"]);
        check(
            "消費者はりんごのマークをみて、それがアップル社の商品だと理解します",
            36,
            &["消費者はりんごのマークをみて、", "それがアップル社の商品だと理解します"],
        );
        check("今日は雪です。明日は雨です", 17, &["今日は雪です。", "明日は雨です"]);
        check("一度に売り上げを伸ばした", 18, &["一度に売り上げを", "伸ばした"]);
        check("スマートフォンを見ればわかる", 18, &["スマートフォンを", "見ればわかる"]);
        check("とてもながいことばがつづく", 12, &["とてもながい", "ことばがつづ", "く"]);
        check("天气很好。我们去公园散步吧", 20, &["天气很好。我们去公园", "散步吧"]);
    }

    #[test]
    fn words_wider_than_the_line_are_cut_between_characters() {
        check("abcdefgh ij", 3, &["abc", "def", "gh", "ij"]);
        check("x abcdef", 3, &["x", "abc", "def"]);
        check("e\u{301}e\u{301}", 1, &["e\u{301}", "e\u{301}"]);
        check("त्रि", 2, &["त्र", "ि"]);
    }

    #[test]
    fn a_mark_stays_with_its_word() {
        let mut running = Text::default();
        running.push("日本", Piece::default());
        running.push_mark("[12]", Piece::default());
        let lines: Vec<String> = running.lines(7).iter().map(|line| line.iter().map(|piece| piece.text.as_str()).collect()).collect();
        assert_eq!(lines, ["日", "本[12]"]);
    }

    #[test]
    fn signs_that_join_a_mark_have_their_columns() {
        for (before, after) in [("ab", "\u{e49}\u{e33}x>"), ("ab\u{600}", "x")] {
            let mut running = Text::default();
            running.push(before, Piece::default());
            running.push_mark("[1]", Piece::default());
            running.push(after, Piece::default());
            for width in 1..9 {
                let lines = running.lines(width);
                let wide = |line: &Vec<Piece>| columns(&line.iter().map(|piece| piece.text.as_str()).collect::<String>());
                assert!(lines.iter().all(|line| wide(line) <= width.max(2)), "{before} at {width}: {lines:?}");
            }
        }
    }

    #[test]
    fn a_mark_is_never_cut() {
        let mut running = Text::default();
        running.push("unbelievably", Piece::default());
        running.push_mark("[12]", Piece::default());
        running.push(",", Piece::default());
        let lines =
            |width| running.lines(width).iter().map(|line| line.iter().map(|piece| piece.text.as_str()).collect()).collect::<Vec<String>>();
        assert_eq!(lines(14), ["unbelievably", "[12],"]);
        assert_eq!(lines(3), ["unb", "eli", "eva", "bly", "[12", "],"]);
    }

    #[test]
    fn styles_follow_the_text_over_line_ends() {
        let mut running = Text::default();
        running.push("one ", Piece::default());
        running.push("two three", Piece { is_bold: true, ..Piece::default() });
        let lines = running.lines(7);
        assert_eq!(lines[0].len(), 2);
        assert!(lines[0][1].is_bold && lines[1][0].is_bold);
        assert_eq!(lines[1][0].text, "three");
    }
}
