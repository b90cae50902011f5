//! Numbers as the news writes them, brought to one form: "$3.2bn" and "3,2 milliards", "2.25 per cent" and "2.25%", "1.97.0" and "1.97".

/// Words after a number that make it larger, and how much.
const SCALES: &[(&str, f64)] = &[
    ("k", 1e3),
    ("thousand", 1e3),
    ("tausend", 1e3),
    ("m", 1e6),
    ("mn", 1e6),
    ("mio", 1e6),
    ("million", 1e6),
    ("millions", 1e6),
    ("millionen", 1e6),
    ("millones", 1e6),
    ("b", 1e9),
    ("bn", 1e9),
    ("billion", 1e9),
    ("mrd", 1e9),
    ("milliarde", 1e9),
    ("milliarden", 1e9),
    ("milliard", 1e9),
    ("milliards", 1e9),
    ("tn", 1e12),
    ("trillion", 1e12),
];
/// Small numbers in words; the place is the number.
const WORDS: &str = "zero one two three four five six seven eight nine ten eleven twelve";
/// Ordinal numbers in words, from the first.
const ORDINALS: &str = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth";
/// Digits of a number that is still read as one.
const MOST_DIGITS: usize = 15;

/// The number that a word is, in one form for all ways of writing it.
pub(super) fn number(word: &str) -> Option<String> {
    if is_score(word) || is_code(word) {
        return Some(word.to_ascii_uppercase().replace('–', "-"));
    }
    let lower = word.to_lowercase();
    if let Some(value) = WORDS.split(' ').position(|name| name == lower) {
        return (value > 1).then(|| value.to_string());
    }
    let bare = lower.trim_start_matches(['$', '€', '£', '¥']).trim_end_matches(['%', '€', '$']);
    let digits_end = bare.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(bare.len());
    let (digits, scale) = bare.split_at(digits_end);
    let factor = if scale.is_empty() { 1.0 } else { factor(scale)? };
    plain(digits, factor)
}

/// That number times the word after it, if that is a scale.
pub(super) fn scaled(number: &str, word: &str) -> Option<String> {
    let factor = factor(&word.to_lowercase()).filter(|_| word.len() > 1)?;
    number.parse::<f64>().ok().map(|value| (value * factor).to_string())
}

fn factor(word: &str) -> Option<f64> {
    SCALES.iter().find(|(name, _)| *name == word).map(|(_, factor)| *factor)
}

fn plain(digits: &str, factor: f64) -> Option<String> {
    let digits = digits.trim_end_matches(['.', ',']);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || digits.len() > MOST_DIGITS {
        return None;
    }
    let parts: Vec<&str> = digits.split(['.', ',']).collect();
    let is_thousands = |parts: &[&str]| parts[0].len() <= 3 && parts[0] != "0" && parts[1..].iter().all(|part| part.len() == 3);
    let value = match parts.as_slice() {
        [whole] => whole.parse().ok()?,
        _ if is_thousands(&parts) => parts.concat().parse().ok()?,
        [whole, fraction] => format!("{whole}.{fraction}").parse::<f64>().ok()?,
        // A version: trailing zeros say nothing.
        _ => return Some(digits.trim_end_matches(".0").to_string()),
    };
    Some((value * factor).to_string())
}

/// The number of an ordinal word: "14th", "seventh".
pub(super) fn ordinal(word: &str) -> Option<u32> {
    let lower = word.to_lowercase();
    if let Some(place) = ORDINALS.split(' ').position(|name| name == lower) {
        return u32::try_from(place + 1).ok();
    }
    let ending = ["st", "nd", "rd", "th"].into_iter().find_map(|ending| lower.strip_suffix(ending));
    ending.filter(|digits| digits.len() <= 4).and_then(|digits| digits.parse().ok())
}

/// Whether the hyphens and dots of a word belong to it.
pub(super) fn is_whole(word: &str) -> bool {
    is_score(word) || is_code(word)
}

fn is_score(word: &str) -> bool {
    let is_count = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once(['-', '–', ':']).is_some_and(|(ours, theirs)| is_count(ours) && is_count(theirs))
}

/// Whether a word is the number of a security hole, which names one event and no other.
pub(super) fn is_code(word: &str) -> bool {
    let upper = word.to_ascii_uppercase();
    upper.starts_with("CVE-") && upper.len() >= "CVE-2026-1234".len() || upper.starts_with("GHSA-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_form() {
        let check = |word: &str, expected: Option<&str>| assert_eq!(number(word).as_deref(), expected, "{word:?}");
        check("1,000", Some("1000"));
        check("29.114", Some("29114"));
        check("37,5", Some("37.5"));
        check("2.25%", Some("2.25"));
        check("$3.2bn", Some("3200000000"));
        check("€120m", Some("120000000"));
        check("1.97.0", Some("1.97"));
        check("twelve", Some("12"));
        check("3-1", Some("3-1"));
        check("cve-2026-31207", Some("CVE-2026-31207"));
        for word in ["", "one", "Athens", "4x4x", "99999999999999999999", "$"] {
            check(word, None);
        }
        assert_eq!(scaled("3.2", "billion").as_deref(), Some("3200000000"));
        assert_eq!(scaled("3", "dogs"), None);
    }

    #[test]
    fn ordinals_are_read() {
        let check = |word: &str, expected: Option<u32>| assert_eq!(ordinal(word), expected, "{word:?}");
        check("14th", Some(14));
        check("Second", Some(2));
        check("month", None);
        check("north", None);
    }
}
