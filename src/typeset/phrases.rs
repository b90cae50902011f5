//! Where lines of Korean and Japanese end, beyond UAX 14, which lets them end at any syllable: Korean between its words only,
//! Japanese rather between phrases. Chinese fills its lines, as print does.

/// Signs after which a Korean particle belongs to what is inside.
const CLOSING: &[char] = &[')', ']', '}', '”', '’', '"', '\'', '」', '』', '》', '〉', '>'];
/// Signs at which a reader pauses, whatever comes next.
const PAUSES: &[char] = &['、', '。', '，', '．', '！', '？', '!', '?', '…'];
/// Prefixes of politeness: what follows is their word.
const PREFIXES: &[char] = &['お', 'ご'];

/// The sign behind a note that stands for its way back; it never begins a line.
const WAY_BACK: char = '↩';

/// Whether a place between two characters is inside a Korean word, or before the sign that ends a note.
pub(super) fn is_inside_word(text: &str, at: usize) -> bool {
    let Some((before, after)) = around(text, at) else { return false };
    after == WAY_BACK
        || (is_hangul(before) && after.is_alphanumeric())
        || (is_hangul(after) && (before.is_alphanumeric() || CLOSING.contains(&before)))
}

pub(super) fn is_japanese(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_kana)
}

/// How well a line of Japanese ends here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    InsidePhrase,
    /// Between kanji and katakana, letters or figures.
    BetweenScripts,
    BetweenPhrases,
    AtSign,
}

/// Between hiragana, which ends phrases, and what begins one.
pub(super) fn rank(text: &str, at: usize) -> Rank {
    let Some((before, after)) = around(text, at) else { return Rank::AtSign };
    let is_particle = is_hiragana(before) && !PREFIXES.contains(&before);
    match (before.is_alphanumeric(), after.is_alphanumeric()) {
        (_, false) => Rank::AtSign,
        _ if PAUSES.contains(&before) => Rank::AtSign,
        (false, true) if !is_hiragana(after) => Rank::AtSign,
        (false, true) => Rank::BetweenPhrases,
        (true, true) if is_particle && !is_hiragana(after) => Rank::BetweenPhrases,
        (true, true) if !is_hiragana(before) && !is_hiragana(after) && is_kana(before) != is_kana(after) => Rank::BetweenScripts,
        _ => Rank::InsidePhrase,
    }
}

fn around(text: &str, at: usize) -> Option<(char, char)> {
    text[..at].chars().next_back().zip(text[at..].chars().next())
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}')
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7ff}')
}
