//! What a headline says about its kind: one of a series, or one that reports many things at once. Neither is the report of one event.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::tokens::Token;

/// Phrases of headlines over a series or over many reports at once.
const PHRASES: &str = "live blog|live updates|live coverage|en direct|minuto a minuto|morning links|weekend links|links for|daily links\
    |weekly links|link roundup|open thread|weekly thread|mots croises|connections hints|hints and answer|hints and answers|in brief|en bref\
    |kurz notiert|round up|week in|this week s|this week in|weekly digest|daily digest|morning briefing|evening briefing|daily briefing\
    |news briefing|weekly briefing|morning brief|daily brief|the briefing|front pages|deal of the day|deals of the day|best deals|in pictures\
    |en images|bilder des tages|photos of the|letters to the editor|word of the day|picture of the day|photo of the day\
    |thought for the day|on this day|today in history|things to know|what to watch|weekend reads|reading list|ask a manager\
    |revue de presse|scheduled maintenance|status report|market wrap|who is hiring";
/// Words that say so at the edge of a headline or beside a number; in its middle they may be what it is about.
const WORDS: &str = "liveblog newsblog liveticker newsticker directo newsletter podcast crossword sudoku kreuzwortratsel crucigrama wordle \
    horoscope horoskop horoscopo quiz puzzle kompakt roundup cartoon schlagzeilen presseschau episode folge";
/// Words before and after which such a word stands at the edge.
const EDGE: usize = 2;
/// Words of a sentence, and letters of its last word: shorter ones are abbreviations.
const SENTENCE_WORDS: usize = 4;
/// Words that with one of [`EDITIONS`] before or after them head many reports at once.
const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday morning evening daily weekly weekend today";
const EDITIONS: &str = "briefing brief links update wrap recap digest edition headlines bulletin news notes";
/// Words for a date; a series changes them.
const DATES: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october \
    november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec montag dienstag mittwoch donnerstag freitag \
    samstag sonntag januar februar marz juni juli oktober dezember lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier avril mai \
    juin juillet aout septembre octobre novembre decembre lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo \
    junio julio agosto septiembre octubre noviembre diciembre";

/// Whether a headline is over a live blog, a list of links, a digest, a puzzle or the like: only an exact copy is the same story.
pub(super) fn is_mixed(title: &str, tokens: &[Token]) -> bool {
    let words: Vec<&str> = tokens.iter().map(|token| token.folded.as_str()).collect();
    let is_phrase = |phrase: &str| words.windows(phrase.split(' ').count()).any(|run| run.iter().copied().eq(phrase.split(' ')));
    let is_edition = |pair: &[&str]| is_in(DAYS, pair[0]) && is_in(EDITIONS, pair[1]);
    let is_word = |place: usize| is_in(WORDS, words[place]) && (is_edge(place, words.len()) || is_numbered(place, tokens));
    (0..words.len()).any(is_word)
        || words.windows(2).any(is_edition)
        || is_live(title)
        || is_several(title)
        || PHRASES.split('|').any(is_phrase)
}

/// Whether a headline has two sentences, as those of digests: "Mayor of Oldhaven resigns. Bridge to open in May."
fn is_several(title: &str) -> bool {
    let is_end = |text: &str| {
        let last = text.split_whitespace().next_back().unwrap_or_default();
        last.chars().count() >= SENTENCE_WORDS && last.ends_with(char::is_lowercase)
    };
    let is_long = |text: &str| text.split_whitespace().count() >= SENTENCE_WORDS;
    title.match_indices(". ").any(|(at, stop)| is_end(&title[..at]) && is_long(&title[..at]) && is_long(&title[at + stop.len()..]))
}

fn is_edge(place: usize, words: usize) -> bool {
    place < EDGE || place + EDGE >= words
}

fn is_numbered(place: usize, tokens: &[Token]) -> bool {
    tokens[place + 1..].iter().take(EDGE).any(|token| token.number.is_some())
}

/// "Crisis live: …", "Live: …", "… - live", "… – as it happened".
fn is_live(title: &str) -> bool {
    let lower = title.to_lowercase();
    let parts: Vec<&str> = lower.split([':', '|', '–', '—', '+']).flat_map(|part| part.split(" - ")).map(str::trim).collect();
    parts.len() > 1 && parts.iter().any(|part| matches!(*part, "live" | "direct" | "as it happened") || is_live_name(part))
}

/// Whether a part of a headline ends in "live" as the name of a kind of report, and not as a verb.
fn is_live_name(part: &str) -> bool {
    let first = part.split_whitespace().next().unwrap_or_default();
    part.ends_with(" live") && !["where", "how", "why", "who", "what", "when", "they", "we", "to", "long"].contains(&first)
}

/// The words of a headline without dates and numbers, and its date; two of one series share the first and differ in the second.
/// Numbers alone are no date: a toll rises.
pub(super) fn parted(title: &[Token]) -> (String, String) {
    let is_date_word = |token: &Token| is_date(&token.folded);
    let join = |tokens: Vec<&Token>| tokens.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
    let (date, words): (Vec<&Token>, Vec<&Token>) = title.iter().partition(|token| token.number.is_some() || is_date_word(token));
    let is_date = date.iter().any(|token| is_date_word(token));
    (join(words), if is_date { join(date) } else { String::new() })
}

/// Whether a word, in lower case and without accents, is part of a date.
pub(super) fn is_date(word: &str) -> bool {
    static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| DATES.split_whitespace().collect());
    SET.contains(word)
}

fn is_in(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn headlines_over_many_reports_are_known() {
        let check = |title: &str, expected: bool| assert_eq!(is_mixed(title, &tokens(title)), expected, "{title:?}");
        check("Sudan crisis live: convoy reaches El Fasher", true);
        check("Iran-Liveblog: ++ neue Gespräche ++", true);
        check("Cup final – as it happened", true);
        check("Tuesday briefing: strikes in Nantes", true);
        check("Morning links: Tuesday", true);
        check("The Daily Harbour: Episode 812", true);
        check("Quick crossword No 17,204", true);
        check("Mayor of Oldhaven resigns. Bridge to Pell will open in May.", true);
        check("Gov. Ada Marsh of Pell resigns", false);
        check("White House cancels briefing on Tuesday", false);
        check("Where millions live: a city's lost quarter", false);
        check("Police question host of crime podcast after threats", false);
        check("Weekly quiz: how closely did you read?", true);
        check("Pop star to play live in Lisbon", false);
    }

    #[test]
    fn dates_are_taken_from_a_headline() {
        let parted = |title: &str| parted(&tokens(title));
        assert_eq!(parted("Harbour log, Tuesday 4 March"), ("harbour log".into(), "tuesday 4 march".into()));
        assert_eq!(parted("Ferry sinks, 12 dead"), ("ferry sinks dead".into(), String::new()));
    }
}
