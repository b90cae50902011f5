//! Where one sentence of a text ends and the next begins, by the marks of UAX #29 and by what each language abbreviates.
//! Sentences are slices of the text; nothing is changed.

use super::language::{Language, has};

/// The longest word before a full stop that can be an abbreviation, in characters.
const MOST_OF_WORD: usize = 24;
/// A line that is at least so long was broken where it was full, not where its sentence ended.
const FULL_LINE: usize = 55;
/// Letters of a word that a sentence ends with where no space follows.
const LEAST_GLUED: usize = 4;
/// Particles of surnames, which are also common words: they do not show that a sentence begins.
const PARTICLES: &str = "le la les de du des der den die van von el los las da do dos di del o a";
/// Abbreviations before a name or word in any language, and before figures.
const ANYWHERE_BEFORE: &str = "dr prof mr mrs ms vs";
const ANYWHERE_BEFORE_FIGURE: &str = "no nr art fig vol p pp";

/// The sentences of a text in order, without the white space around them.
pub(super) fn split<'a>(text: &'a str, language: Option<&Language>) -> Vec<&'a str> {
    let (mut found, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(offset) = text[at..].find(is_mark) {
        let mark = at + offset;
        let stop = Stop::at(text, mark);
        at = stop.end;
        if stop.is_end_of_sentence(text, start, language) {
            found.push(&text[start..stop.cut]);
            start = stop.cut;
        }
    }
    found.push(&text[start..]);
    found.into_iter().map(str::trim).filter(|sentence| sentence.contains(char::is_alphanumeric)).collect()
}

/// Marks at the end of a sentence, with what closes behind them.
struct Stop {
    /// Where the first mark stands.
    mark: usize,
    /// Behind the marks and what closes.
    end: usize,
    /// Where the next sentence begins, if one ended.
    cut: usize,
    first: char,
    has_strong: bool,
    has_dots: bool,
    has_quote: bool,
}

impl Stop {
    fn at(text: &str, mark: usize) -> Stop {
        let first = text[mark..].chars().next().unwrap_or('.');
        let mut stop = Stop { mark, end: mark + first.len_utf8(), cut: mark, first, has_strong: false, has_dots: false, has_quote: false };
        if first == '\n' || is_bullet(first) {
            return stop;
        }
        let marks = text[mark..].chars().take_while(|c| is_mark(*c) && *c != '\n' && !is_bullet(*c)).collect::<String>();
        stop.end = mark + marks.len();
        stop.has_strong = marks.contains(|c| !matches!(c, '.' | '…'));
        stop.has_dots = marks.contains('…') || marks.contains("..");
        let closing = text[stop.end..].chars().take_while(|c| closes(*c, is_wide(first))).collect::<String>();
        stop.has_quote = closing.contains(|c| !matches!(c, ')' | ']' | '）') && !is_superscript(c));
        stop.end += closing.len();
        stop.end += footnote(&text[stop.end..]) + french_quote(&text[stop.end..]);
        stop.cut = stop.end;
        stop
    }

    fn is_end_of_sentence(&self, text: &str, start: usize, language: Option<&Language>) -> bool {
        let after = &text[self.end..];
        match self.first {
            '\n' => return is_end_of_line(&text[start..self.mark], after),
            c if is_bullet(c) => return after.starts_with(char::is_whitespace),
            c if is_wide(c) => return !goes_on_in_japanese_or_chinese(self, after),
            _ => {}
        }
        if !after.is_empty() && !after.starts_with(char::is_whitespace) {
            let is_ideographic = after.chars().next().is_some_and(is_ideograph) && self.has_strong;
            return is_ideographic || is_glued(&text[start..self.mark], after);
        }
        let next = after.trim_start_matches(|c: char| !c.is_alphanumeric() && !is_mark(c));
        match next.chars().next() {
            None => true,
            Some(c) if c.is_lowercase() => false,
            Some(c) if is_mark(c) => is_bullet(c) || c == '\n',
            _ if self.has_strong || self.has_dots => true,
            _ => self.is_full_stop(&text[start..self.mark], next, language),
        }
    }

    /// Whether the full stop belongs to the sentence and not to the word before it.
    fn is_full_stop(&self, before: &str, next: &str, language: Option<&Language>) -> bool {
        let word = last_word(before);
        let next = Next::of(next, language);
        let is_at_start = before.trim_start().len() == word.len();
        let lower = word.to_lowercase();
        if word.is_empty() {
            return true;
        }
        if word.chars().all(|c| c.is_ascii_digit()) {
            let is_ordinal = language.is_some_and(|language| language.has_ordinals) && word.len() <= 2;
            return !is_at_start && (!is_ordinal || next.is_common() || next.is_figure());
        }
        if word.chars().count() == 1 {
            return is_after_initial(before, word, is_at_start, &next);
        }
        let (long, figure, either) = language.map_or(("", "", ""), |known| (known.before, known.before_figure, known.either));
        if !self.has_quote && (has(ANYWHERE_BEFORE, &lower) || has(long, &lower)) {
            return false;
        }
        if next.is_figure() && (has(ANYWHERE_BEFORE_FIGURE, &lower) || has(figure, &lower)) {
            return false;
        }
        let is_abbreviated = is_dotted(&lower) || has(either, &lower);
        !is_abbreviated || self.has_quote || next.is_common()
    }
}

/// Whether a feed lost the space between two sentences: `the season.The last`, but not `Node.Js` nor `example.Com`.
fn is_glued(before: &str, after: &str) -> bool {
    let word = last_word(before);
    let next: String = after.chars().take_while(|c| c.is_alphanumeric()).take(MOST_OF_WORD).collect();
    let is_capitalized = next.starts_with(char::is_uppercase) && next.chars().skip(1).all(char::is_lowercase);
    let is_word = word.chars().count() >= LEAST_GLUED && word.chars().all(char::is_lowercase);
    is_word && is_capitalized && after[next.len()..].starts_with([' ', ','])
}

/// An initial belongs to a name, a letter of a series ends a sentence where a common word begins the next.
fn is_after_initial(before: &str, word: &str, is_at_start: bool, next: &Next<'_>) -> bool {
    let is_letter = word.starts_with(char::is_alphabetic);
    if !is_letter || word.chars().next().is_some_and(is_ideograph) {
        return true;
    }
    let earlier = before[..before.len() - word.len()].trim_end();
    // "ten o'clock e. g." and "z. B." are one abbreviation
    let is_name = earlier.ends_with('.') || is_at_start;
    !is_name && next.is_common() && !has(PARTICLES, &next.word.to_lowercase())
}

/// What follows a full stop.
struct Next<'a> {
    text: &'a str,
    word: &'a str,
    language: Option<&'a Language>,
}

impl<'a> Next<'a> {
    fn of(text: &'a str, language: Option<&'a Language>) -> Next<'a> {
        let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
        Next { text, word: &text[..end], language }
    }

    /// Whether it says that a sentence begins. A letter with a full stop is an initial, whatever else it means.
    fn is_common(&self) -> bool {
        let is_initial = self.word.chars().count() == 1 && self.text[self.word.len()..].starts_with('.');
        let known = |known: &Language| known.is_common(&self.word.to_lowercase()) || known.leans(self.text);
        !is_initial && self.language.is_some_and(known)
    }

    /// Arabic or Roman.
    fn is_figure(&self) -> bool {
        let is_roman = || self.word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C')) && !self.is_common();
        self.word.starts_with(|c: char| c.is_numeric()) || is_roman()
    }
}

/// A mark that ends a sentence, a line, or an article of a list in running text.
fn is_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '\n' | '‼' | '⁇' | '⁈' | '⁉') || is_wide(c) || is_bullet(c)
}

/// Marks that need no space behind them: of East and South Asia, Arabic, Armenian, Ethiopic.
fn is_wide(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '．' | '؟' | '۔' | '।' | '॥' | '։' | '።' | '။' | '។' | '෴')
}

fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '▪' | '‣' | '■' | '►' | '▶' | '●')
}

pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Signs that close right behind a mark. In German `“` and `«` do; after `。` they open.
fn closes(c: char, is_wide: bool) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '）' | '」' | '』' | '】' | '》' | '〉')
        || !is_wide && matches!(c, '“' | '«' | '‹' | '‘')
        || is_superscript(c)
}

/// A note's number.
pub(super) fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Bytes of a number in square brackets behind a mark.
fn footnote(after: &str) -> usize {
    let digits = after.strip_prefix('[').map_or(0, |rest| rest.chars().take_while(char::is_ascii_digit).count());
    if digits > 0 && after[1 + digits..].starts_with(']') { digits + 2 } else { 0 }
}

/// Bytes of a `»` that French sets off with a space, and not of one that opens.
fn french_quote(after: &str) -> usize {
    let space = after.chars().next().filter(|c| c.is_whitespace() && *c != '\n').map_or(0, char::len_utf8);
    let is_closing = space > 0 && after[space..].strip_prefix('»').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    if is_closing { space + '»'.len_utf8() } else { 0 }
}

/// A quotation that is only the beginning: `「……。」と述べた`, `“……！”他说`.
fn goes_on_in_japanese_or_chinese(stop: &Stop, after: &str) -> bool {
    let next = after.chars().next().unwrap_or(' ');
    let is_kana = matches!(next, '\u{3041}'..='\u{309f}');
    matches!(next, '、' | '，' | ',') || stop.has_quote && (is_kana || is_ideograph(next) && stop.first != '。')
}

/// Whether a line that the author broke is a sentence's end, and not a full line of a text that was set before.
fn is_end_of_line(line: &str, after: &str) -> bool {
    let line = line.trim_end().rsplit('\n').next().unwrap_or_default();
    let next = after.trim_start().chars().next();
    let is_full = line.chars().count() >= FULL_LINE && line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-'));
    let is_running = next.is_some_and(char::is_lowercase) || is_full && next.is_some_and(char::is_alphanumeric);
    after.trim_start_matches(' ').starts_with('\n') || !is_running
}

/// The word that a text ends with, with the full stops and hyphens inside it, and without an elided article.
fn last_word(text: &str) -> &str {
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '&' | '/');
    let length: usize = text.chars().rev().take_while(|c| is_inside(*c)).take(MOST_OF_WORD).map(char::len_utf8).sum();
    text[text.len() - length..].trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// `u.s`, `p.m`, `ph.d`, `ee.uu`, but no address and no figure.
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::languages::LANGUAGES;

    /// `|` stands in `expected` where one sentence ends and another begins.
    fn check(tag: &str, expected: &str) {
        let text = expected.replace('|', "");
        let language = LANGUAGES.iter().find(|language| language.tag == tag);
        let found: Vec<&str> = split(&text, language);
        let expected: Vec<&str> = expected.split('|').map(str::trim).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_end_sentences_and_take_what_closes_with_them() {
        check("en", "It rained.| It stopped!| Did it?| Yes.");
        check("en", "What?!| No way...| Then it went on… and on.");
        check("en", "“It rained,” he said.| “It stopped.”| He left.");
        check("en", "He said: “It rained.”| (It had not.)| We left.");
        check("en", "\"Why?\" he asked.| \"Because.\"| She left.");
        check("en", "It grew by half.[12]| Nobody knew.¹| They asked.");
        check("en", "Yahoo! said it would pay.");
        check("en", "One |• two |• three");
        check("en", "It was the end of the season.|The last match was lost.");
        check("en", "No mark at the end");
    }

    #[test]
    fn abbreviations_initials_and_figures_end_nothing() {
        check("en", "Mr. Smith met Dr. Jones, e.g. in St. John’s.| They spoke.");
        check("en", "The U.S. Senate met.| It left the U.S.| The vote was close.");
        check("en", "See Fig. 3 and No. 5 of vol. 2, pp. 3-4.| The answer is no.| He left.");
        check("en", "J. K. Rowling and J.R.R. Tolkien wrote.| George W. Bush read.");
        check("en", "It costs 3.14 dollars in v2.0.1 of example.com and Node.js.| Nobody pays.");
        check("en", "Version 2.0.| It is new.| It came in 2019.| Ten people came.");
        check("en", "Acme Inc. Chairman Bob left Acme Inc.| He was late.");
        check(
            "en",
            "It opens at 9 a.m. Monday and at 1 p.m. EDT closes.| At 5 p.m. A.M. Best comes.| It stays until 6 p.m.| The rest goes.",
        );
        check("en", "The plan B.| The plan C.");
        check("en", "1. Open the box.| 2. Close it.");
        check("en", "He lives at 5 Main St.| The house is red.| Gov. Jane Doe left.");
        check("en", "On Jan. 5 and Sept. 11 it rained.| Lt. Gov. Doe knew.");
        check("en", "Elvis vs. Prince.| The Ph.D. student.");
    }

    #[test]
    fn french_is_known() {
        check("fr", "M. Dupont et Mme Durand ont ri.| Selon l’art. 5, c’est « oui ! »| Pourquoi ?| Parce que.");
        check("fr", "« Non. »| Il est parti.| M. Le Pen aussi.| Il a dit : « Oui. »");
        check("fr", "Le fig. 2 et le n. 5 du vol. 3, etc.| Les autres suivent.");
    }

    #[test]
    fn german_is_known() {
        check("de", "Das gilt z. B. am 3. Oktober.| Dr. Weiß kam um 8 Uhr.| „Ja.“| Er ging.");
        check("de", "Im 19. Jahrhundert lebten z.B. Bauern, d. h. Leute vom Land.| Nr. 5 fehlt.");
        check("de", "»Ja.«| Er ging.| »Nein.«");
        check("de", "Es kamen 20.| Die anderen blieben usw.| Das war alles.");
    }

    #[test]
    fn other_languages_are_known() {
        check("es", "El Sr. Pérez viajó a EE. UU. con la Sra. Gil.| ¿Por qué?| ¡Nadie sabe!| Fin.");
        check("it", "Il dott. Rossi e il sig. Verdi, cfr. art. 5, ecc.| Il resto no.");
        check("pt", "O Sr. Silva e a Dra. Costa saíram.| Não voltaram.");
        check("nl", "Dhr. Jansen kwam bijv. om acht uur.| Hij ging.| Zie nr. 5.");
        check("ru", "В г. Москве, ул. Тверская, жил И. И. Петров.| Он ушёл.| Это было в 2019 г.| Он вернулся.");
        check("uk", "У м. Києві жив проф. Коваль.| Він пішов.");
        check("pl", "Np. prof. Nowak przyjechał 3. maja.| To był on.");
        check("cs", "Např. prof. Novák přišel 3. Května.| On odešel.");
        check("tr", "Dr. Yılmaz geldi.| Sonra gitti.");
        check("da", "Det sker den 3. Oktober kl. 8.| Han kom.");
    }

    #[test]
    fn scripts_without_spaces_or_capitals_are_known() {
        check("", "雨が降った。|彼は「止んだ。」と言った。|終わり！");
        check("", "下雨了。|“停了！”他说。|“好。”|她走了？|是的。");
        check("", "کیا بارش ہوئی؟| ہاں، بارش ہوئی۔| پھر رک گئی۔");
        check("", "هل أمطرت؟| نعم.| ثم توقفت.");
        check("", "बारिश हुई।| फिर रुक गई।");
        check("", "비가 왔다.| 그쳤다.");
    }

    #[test]
    fn lines_that_the_author_broke_end_a_sentence_unless_they_run_on() {
        check("en", "A headline\n|A sentence.\n|Another.");
        check("en", "A line that was broken because it had become as long as it may be\nToronto is in it.");
        check("en", "It goes\non.");
        check("en", "One\n\n|two");
    }

    #[test]
    fn nothing_of_a_text_is_lost_or_changed() {
        let text = "…a. ?B.\n\n“C!” 。。d … ";
        let mut rest = text;
        for sentence in split(text, None) {
            let at = rest.find(sentence).expect("a slice, in order");
            assert!(!rest[..at].contains(char::is_alphanumeric));
            rest = &rest[at + sentence.len()..];
        }
        assert!(split("", None).is_empty() && split(" .… ", None).is_empty());
    }
}
