//! Breaks running text into lines by the Unicode rules (UAX 14), styles kept, no character split.
//! A word wider than the line is cut between characters.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use super::measure::columns;
use super::phrases::{Ends, is_inside_word};
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
        let ends = Ends::new(&self.text, width);
        let mut lines = Filler { text: &self.text, width, marks: &self.marks, lines: Vec::new(), start: 0, end: 0, used: 0, ends };
        let mut glued = self.marks.iter().map(|mark| mark.start).peekable();
        let mut last = 0;
        for (at, opportunity) in linebreaks(&self.text) {
            while glued.next_if(|glue| *glue < at).is_some() {}
            let is_end = at == self.text.len();
            if !is_end && (glued.peek() == Some(&at) || is_inside_word(&self.text, at) || is_before_unit(&self.text, at)) {
                continue;
            }
            lines.take(last..at);
            last = at;
            if opportunity == BreakOpportunity::Mandatory && !is_end {
                lines.end();
            }
        }
        lines.end();
        lines.lines
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
    ends: Ends,
}

impl Filler<'_> {
    fn take(&mut self, word: Range<usize>) {
        let text = &self.text[word.clone()];
        let bare = text.trim_end_matches([' ', '\n']);
        let wide = columns(bare);
        if self.used > 0 && self.used + wide > self.width {
            self.end_before(wide);
        }
        if self.used == 0 {
            self.start = word.start;
        }
        if wide > self.width {
            self.cut(word.start, bare);
        } else {
            self.used += wide;
        }
        self.end = word.end;
        self.ends.note(self.text, self.end, self.used);
        self.used += text.len() - bare.len();
    }

    /// Ends the line before a word of so many columns, which takes with it what it fits with.
    fn end_before(&mut self, wide: usize) {
        let full = self.end;
        let best = self.ends.take().filter(|best| *best < full);
        let carried = best.map(|best| (best, columns(&self.text[best..full]))).filter(|(_, carried)| carried + wide <= self.width);
        self.end = carried.map_or(full, |(best, _)| best);
        self.end();
        if let Some((best, carried)) = carried {
            (self.start, self.end, self.used) = (best, full, carried);
        }
    }

    /// Sets a word that is wider than the line, in one pass over its characters.
    fn cut(&mut self, start: usize, word: &str) {
        for (at, character) in word.grapheme_indices(true) {
            if let Some(mark) = self.mark_at(start + at) {
                if mark.start == start + at {
                    self.cut_before(mark.start, &self.text[mark]);
                }
                continue;
            }
            // two styles may have made one character of what fits alone
            if columns(character) > self.width {
                character.char_indices().for_each(|(inner, c)| self.cut_before(start + at + inner, c.encode_utf8(&mut [0; 4])));
            } else {
                self.cut_before(start + at, character);
            }
        }
    }

    /// The mark that a place is in; one that is wider than the line is text like other.
    fn mark_at(&self, at: usize) -> Option<Range<usize>> {
        let next = self.marks.partition_point(|mark| mark.end <= at);
        self.marks.get(next).filter(|mark| mark.contains(&at) && columns(&self.text[mark.start..mark.end]) <= self.width).cloned()
    }

    fn cut_before(&mut self, at: usize, character: &str) {
        let wide = columns(character);
        if self.used > 0 && self.used + wide > self.width {
            self.end = at;
            self.end();
        }
        self.used += wide;
    }

    fn end(&mut self) {
        let line = self.text[self.start..self.end].trim_end_matches([' ', '\n']);
        self.lines.push(self.start..self.start + line.len());
        (self.start, self.used) = (self.end, 0);
        self.ends.take();
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
        check("띄어쓰기로나눈다", 8, &["띄어쓰기", "로나눈다"]);
        check("👍🏽👍🏽👍🏽", 9, &["👍🏽👍🏽", "👍🏽"]);
    }

    #[test]
    fn japanese_lines_end_between_phrases_where_that_is_near() {
        check("商品の出所を表示する機能です", 22, &["商品の出所を表示する", "機能です"]);
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
