//! What two headlines cannot both say of one event: other numbers of one counted thing, other security holes, an act and its contrary.

use super::numbers;
use super::print::Print;
use super::series;
use super::sureness::Pair;
use super::tokens::Token;
use super::word::{Word, hash};

/// Words before a number that make it a name.
const COUNTED: &str = "flight game week day night stage round episode part chapter season issue number no volume match phase puzzle test \
    heat lap leg article section patch build release version quarter etappe folge spieltag runde teil journee etape jornada etapa lot stufe";
/// Words before a number that do not: it changes while the event goes on.
const MEASURES: &str = "category magnitude level top grade covid at least over nearly about";
/// Acts and their contraries; an event is one or the other.
const CONTRARY: &[(&str, &str)] = &[
    (
        "approve approves approved pass passes passed uphold upholds upheld backs allow allows",
        "reject rejects rejected block blocks blocked strikes struck halt halts",
    ),
    ("arrest arrests arrested detained jailed", "release releases released freed frees bail"),
    ("raise raises raised hike hikes", "cut cuts lower lowers lowered trims slashes"),
    ("acquitted cleared", "convicted guilty"),
    ("wins won", "loses lost"),
    ("survives survived", "loses lost toppled"),
];

/// Whether two tellings cannot be of one event.
pub(super) fn is_contrary(pair: &Pair) -> bool {
    let (one, other) = (pair.one, pair.other);
    let languages = one.language.zip(other.language).is_some_and(|(one, other)| one != other);
    let poles = one.poles & (other.poles.rotate_left(16));
    languages || has_other_code(one, other) || has_other_count(one, other) || poles != 0 || is_next_of_series(pair)
}

fn has_other_code(one: &Print, other: &Print) -> bool {
    let codes = |print: &Print| print.words.iter().filter(|word| word.is(Word::CODE)).map(|word| word.key()).collect::<Vec<_>>();
    let (one, other) = (codes(one), codes(other));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|code| other.contains(code))
}

fn has_other_count(one: &Print, other: &Print) -> bool {
    one.counted.iter().any(|(thing, _)| {
        let numbers =
            |print: &Print| print.counted.iter().filter(|(other, _)| other == thing).map(|(_, number)| *number).collect::<Vec<_>>();
        let (one, other) = (numbers(one), numbers(other));
        !other.is_empty() && !one.iter().any(|number| other.contains(number))
    })
}

/// The same headline of one feed but for its date, or the very same over another text.
fn is_next_of_series(pair: &Pair) -> bool {
    let (one, other) = (pair.one, pair.other);
    let is_frame = one.frame == other.frame && pair.is_one_feed;
    is_frame && (one.dates != other.dates || (one.title == other.title && one.lead != other.lead))
}

/// The counted things of a headline: "Flight 7", "Rust 1.97", "14th stage".
pub(super) fn counted(title: &[Token]) -> Box<[(u32, u32)]> {
    let short = |text: &str| u32::try_from(hash(text) & 0xffff_ffff).unwrap_or_default();
    let mut counted = Vec::new();
    for (place, token) in title.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| &title[before]).filter(|_| token.is_next);
        if let (Some(number), Some(before)) = (&token.number, before)
            && is_counted(before, number)
        {
            counted.push((short(&before.stem), short(number)));
        }
        if let Some(ordinal) = numbers::ordinal(&token.text) {
            let things = title[place + 1..].iter().take(2).filter(|thing| thing.is_next && thing.number.is_none());
            counted.extend(things.map(|thing| (short(&thing.stem), short(&ordinal.to_string()))));
        }
    }
    counted.into()
}

fn is_counted(before: &Token, number: &str) -> bool {
    let is_in = |words: &str| words.split_whitespace().any(|word| word == before.folded);
    let is_count = number.len() <= 6 && !number.contains('-');
    let is_name = before.is_capital && before.number.is_none() && !is_in(MEASURES) && !series::is_date(&before.folded);
    is_count && (is_in(COUNTED) || is_name)
}

/// A bit for each act of [`CONTRARY`] that the headline has, and one 16 places higher for its contrary; none where it has both.
pub(super) fn poles(title: &[Token]) -> u32 {
    let folded: Vec<&str> = title.iter().map(|token| token.folded.as_str()).collect();
    let has = |words: &str| words.split_whitespace().any(|word| folded.contains(&word));
    CONTRARY.iter().enumerate().fold(0, |poles, (place, (act, contrary))| match (has(act), has(contrary)) {
        (true, false) => poles | 1 << place,
        (false, true) => poles | 1 << (place + 16),
        _ => poles,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn things_that_are_counted_are_told_apart() {
        let print = |title: &str| Print { counted: counted(&tokens(title)), ..Print::default() };
        let check = |one: &str, other: &str, expected: bool| {
            assert_eq!(has_other_count(&print(one), &print(other)), expected, "{one} / {other}");
        };
        check("Starlifter's Flight 7 ends", "Starlifter's Flight 8 delayed", true);
        check("Rust 1.97.0 is out", "Rust 1.97 released", false);
        check("Rust 1.97 released", "Rust 1.98 released", true);
        check("Dodgers win Game 7", "Dodgers win seventh game", false);
        check("Van Loon wins 15th stage", "Pogorelc wins Stage 14", true);
        check("At least 12 dead", "At least 15 dead", false);
        check("Storm now Category 4", "Storm now Category 5", false);
    }

    #[test]
    fn an_act_and_its_contrary_are_two_events() {
        let check = |one: &str, other: &str, expected: bool| {
            assert_eq!(poles(&tokens(one)) & poles(&tokens(other)).rotate_left(16) != 0, expected, "{one} / {other}");
        };
        check("Court upholds ban", "Court blocks ban", true);
        check("Bank raises rate", "Bank cuts rate", true);
        check("Bank cuts rate", "Bank lowers rate", false);
        check("Senate passes bill", "Senate bill: what is in it", false);
    }
}
