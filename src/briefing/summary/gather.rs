//! The sentences that a summary may be made of, with what speaks for and against each.

use crate::briefing::language::Language;
use crate::briefing::sentences;

use super::passages::Passage;
use super::{noise, words};

/// Sentences after which no further paragraph is looked at.
const MOST_LOOKED_AT: usize = 60;
/// Sentences that are joined at most to keep a quotation whole.
const MOST_JOINED: usize = 4;
/// Characters of a place and an agency before the dash that opens a report.
const LONGEST_DATELINE: usize = 60;

/// Words below which a paragraph without a mark at its end is a line above the article.
const LONGEST_LINE: usize = 30;
/// Words of the beginning of a sentence that is worth having beside whole ones.
const LEAST_OF_CUT: usize = 8;

/// A sentence, or several of one quotation.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    pub text: &'a str,
    pub block: usize,
    /// Its number among all sentences of the running text, those left out too.
    pub at: usize,
    pub words: usize,
    pub subjects: Vec<String>,
    /// Whether it is understood only with the one before it.
    pub leans: bool,
    pub is_question: bool,
    /// Whether it is broken off where its feed broke the text off.
    pub is_cut: bool,
    /// Whether it ends with a mark, as sentences do.
    pub has_end: bool,
    pub is_quote: bool,
    /// Whether it stands in what the article gives as its own summary.
    pub is_own: bool,
    pub opens_paragraph: bool,
    /// Whether it ends with a colon, and is nothing without what follows it.
    pub leads_on: bool,
}

/// The candidates of an article in order: no noise, and nothing that only says its title again. Where there are none,
/// what is not whole will do.
pub(super) fn gather<'a>(title: &str, passages: &'a [Passage], language: Option<&Language>) -> Vec<Candidate<'a>> {
    let title = words::subjects(title, language);
    let all = all(passages, language);
    let announces = |candidate: &Candidate<'_>| candidate.leads_on && candidate.at == 0;
    let says = |candidate: &Candidate<'_>| !noise::is_empty_talk(candidate.text) && !is_title_again(candidate, &title);
    let sound = |candidate: &&Candidate<'_>| announces(candidate) || says(candidate);
    let is_whole = |candidate: &Candidate<'_>| if candidate.is_cut { candidate.words >= LEAST_OF_CUT } else { is_balanced(candidate.text) };
    let whole = |candidate: &&Candidate<'_>| sound(candidate) && is_whole(candidate);
    let is_line = |candidate: &Candidate<'_>| {
        candidate.opens_paragraph && candidate.words < LONGEST_LINE && !candidate.is_cut && !candidate.has_end && !candidate.leads_on
    };
    let ended = |candidate: &&Candidate<'_>| whole(candidate) && !is_line(candidate);
    let tiers: [Vec<usize>; 3] = [indices(&all, ended), indices(&all, whole), indices(&all, sound)];
    let chosen = tiers.into_iter().find(|tier| tier.iter().any(|index| !all[*index].leads_on)).unwrap_or_default();
    all.into_iter().enumerate().filter(|(index, _)| chosen.binary_search(index).is_ok()).map(|(_, candidate)| candidate).collect()
}

fn indices<'a>(all: &[Candidate<'a>], fits: impl Fn(&&Candidate<'a>) -> bool) -> Vec<usize> {
    all.iter().enumerate().filter(|(_, candidate)| fits(candidate)).map(|(index, _)| index).collect()
}

/// Every sentence of the passages.
fn all<'a>(passages: &'a [Passage], language: Option<&Language>) -> Vec<Candidate<'a>> {
    let own = own_summary(passages);
    let mut found: Vec<Candidate<'a>> = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        if found.len() >= MOST_LOOKED_AT {
            break;
        }
        let text = if index == 0 { after_dateline(after_label(&passage.text)) } else { &passage.text };
        let sentences = whole_quotations(text, sentences::split(text, language));
        let last = sentences.len().saturating_sub(1);
        for (number, sentence) in sentences.into_iter().enumerate() {
            let (at, is_cut) = (found.len(), passage.is_cut && number == last);
            let answers = number > 0 && found.last().is_some_and(|before| before.is_question);
            let one = candidate(sentence, passage, at, is_cut, number == 0, language);
            found.push(Candidate { is_own: passage.is_abstract || own == Some(index), leans: one.leans || answers, ..one });
        }
    }
    found
}

fn candidate<'a>(
    text: &'a str,
    passage: &Passage,
    at: usize,
    is_cut: bool,
    opens_paragraph: bool,
    language: Option<&Language>,
) -> Candidate<'a> {
    let has_end = noise::ends_with_mark(text) || text.ends_with([':', '：']);
    Candidate {
        text,
        block: passage.block,
        at,
        // where no mark ends it, a sign stands between it and the next
        words: words::count(text) + usize::from(!has_end),
        subjects: words::subjects(text, language),
        leans: at > 0 && language.is_some_and(|language| language.leans(text)),
        is_question: text.trim_end_matches(['"', '”', '»', ' ', '\u{a0}', '\u{202f}', '」']).ends_with(['?', '？', '؟']),
        is_cut,
        has_end,
        is_quote: text.starts_with(['"', '“', '«', '„', '»', '‘', '「', '『', '(', '[', '—', '–']),
        is_own: false,
        opens_paragraph,
        leads_on: text.ends_with([':', '：']) && !is_cut,
    }
}

/// The paragraph that stands above the article as its own summary: the first, set off from a longer text.
fn own_summary(passages: &[Passage]) -> Option<usize> {
    let first = passages.first()?;
    let length = words::count(&first.text);
    let rest: usize = passages.iter().skip(1).take(20).map(|passage| words::count(&passage.text)).sum();
    let is_own = first.is_set_off && (10..=super::MOST_WORDS).contains(&length) && rest > 2 * length && noise::ends_with_mark(&first.text);
    is_own.then_some(0)
}

/// Sentences with those joined again that one quotation or bracket holds together.
fn whole_quotations<'a>(text: &'a str, sentences: Vec<&'a str>) -> Vec<&'a str> {
    let start = |sentence: &str| sentence.as_ptr() as usize - text.as_ptr() as usize;
    let (mut whole, mut from): (Vec<&str>, usize) = (Vec::new(), 0);
    while from < sentences.len() {
        let joined = |to: usize| &text[start(sentences[from])..start(sentences[to]) + sentences[to].len()];
        let last = sentences.len().min(from + MOST_JOINED);
        let to = (from..last).find(|to| is_balanced(joined(*to))).unwrap_or(from);
        whole.push(without_notes(joined(to).trim_start_matches("[…]").trim_start_matches("[...]").trim_start()));
        from = to + 1;
    }
    whole
}

/// A sentence without the numbers of notes behind its mark: `It rained.¹`, `It rained.[1]`.
fn without_notes(sentence: &str) -> &str {
    let bare = sentence.trim_end_matches(sentences::is_superscript);
    let number =
        bare.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')).filter(|(_, number)| number.chars().all(|c| c.is_ascii_digit()));
    number.map_or(bare, |(before, _)| before)
}

/// Whether every quotation and bracket that opens in a text closes in it.
fn is_balanced(text: &str) -> bool {
    let count = |sign: char| text.matches(sign).count();
    let curly = if count('„') > 0 { count('„') == count('“').max(count('”')) } else { count('“') == count('”') };
    count('"').is_multiple_of(2) && curly && count('«') == count('»') && count('(') == count(')') && count('「') == count('」')
}

/// Whether a sentence has little that its title has not.
fn is_title_again(candidate: &Candidate<'_>, title: &[String]) -> bool {
    let shared = words::shared(&candidate.subjects, title);
    let new = candidate.subjects.len() - shared;
    shared > 0 && (new == 0 || new == 1 && shared * 4 >= title.len() * 3)
}

/// A text without the word "Abstract:" and the like that it begins with.
fn after_label(text: &str) -> &str {
    let labels =
        ["TL;DR:", "TL;DR", "Abstract:", "Abstract.", "ABSTRACT:", "ABSTRACT", "Abstract", "Summary:", "Résumé :", "Zusammenfassung:"];
    let found = text.find("Abstract: ").filter(|at| text[..*at].contains("Announce Type")).map(|at| &text[at + 10..]);
    let plain = || labels.iter().find_map(|label| text.strip_prefix(label));
    let next = |rest: &&str| rest.trim_start().starts_with(char::is_alphabetic);
    found.or_else(plain).filter(next).map_or(text, str::trim_start)
}

/// A report without its place and agency: `OTTAWA — `, `PARIS (AP) - `, `Berlin (dpa) – `, `[The Herald] `.
fn after_dateline(text: &str) -> &str {
    if let Some((name, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        return if name.len() < LONGEST_DATELINE && rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“')) {
            rest
        } else {
            text
        };
    }
    let dashes = ["—", " – ", " -- ", ".- ", " - ", ": "];
    let found = dashes.iter().filter_map(|dash| text.find(dash).map(|at| (at, dash.len()))).min();
    let Some((at, length)) = found.filter(|(at, _)| *at <= LONGEST_DATELINE) else { return text };
    let rest = text[at + length..].trim_start();
    let place = text[..at].trim();
    let first = place.split([' ', ',', '(', '/']).next().unwrap_or_default();
    let is_shouted = first.chars().count() > 2 && first.chars().all(|c| c.is_uppercase() || c == '.');
    let has_agency = place.ends_with(')') && place.contains('(') && place.split_whitespace().count() <= 6;
    let is_place = (is_shouted || has_agency) && place.starts_with(|c: char| c.is_uppercase() || c == '(') && !place.contains(". ");
    if is_place && rest.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic() && !c.is_whitespace()) { rest } else { text }
}
