//! Which sentences: the first that stands alone, then those that are near the beginning, say what the text keeps saying,
//! or say what the title says. No two that say the same.

use std::collections::HashMap;

use crate::briefing::language::Language;

use super::gather::Candidate;
use super::{MOST_SENTENCES, MOST_WORDS, phrases, words};

/// How much each fact about a sentence weighs; being the first weighs 1.
const CENTRAL: f64 = 0.5;
const OF_TITLE: f64 = 0.5;
const FINDING: f64 = 0.8;
const OWN: f64 = 1.0;
const NEXT: f64 = 0.4;
const OPENS: f64 = 0.1;
const QUESTION: f64 = -0.8;
const QUOTATION: f64 = -0.35;
const UNENDED: f64 = -0.3;
const DANGLING: f64 = -0.5;
const SHORT: f64 = -0.1;
const LONG: f64 = -0.3;
/// Words of what a colon points to that are worth having, where all of it is too long.
const LEAST_BEHIND_COLON: usize = 20;
/// What is added to the first sentence of the text when the first of the summary is sought, to the second half of it, and so on.
const LEAD: f64 = 0.6;
/// What a third sentence must weigh, and a second that does not follow the first.
const LEAST_OF_THIRD: f64 = 0.85;
const LEAST_OF_DISTANT: f64 = 0.75;
/// How fast a place in the text loses weight.
const DECAY: f64 = 0.25;
/// Words of a short and of a long sentence.
const FEW_WORDS: usize = 7;
const MANY_WORDS: usize = 42;
/// Sentences of a text whose repetitions say what it is about; in a shorter one they say less.
const MANY_SENTENCES: f64 = 20.0;
/// Words after which a summary of two sentences is enough.
const ENOUGH_WORDS: usize = 42;
/// Sentences among which the first of the summary is sought.
const MOST_FIRST: usize = 6;

/// The chosen sentences in order: at most [`MOST_SENTENCES`] and [`MOST_WORDS`], unless the only one is longer.
pub(super) fn choose<'c, 'a>(title: &str, candidates: &'c [Candidate<'a>], language: Option<&Language>) -> Vec<&'c Candidate<'a>> {
    let scores = scores(title, candidates, language);
    let Some(first) = first(candidates, &scores) else { return Vec::new() };
    let mut chosen = vec![first];
    if candidates[first].leads_on {
        chosen.extend(leads_to(candidates, first));
    }
    if candidates[first].words > MOST_WORDS {
        return vec![&candidates[first]];
    }
    while let Some(next) = best_addition(candidates, &scores, &chosen) {
        chosen.extend(next);
        chosen.sort_unstable();
    }
    chosen.into_iter().map(|index| &candidates[index]).collect()
}

fn scores(title: &str, candidates: &[Candidate<'_>], language: Option<&Language>) -> Vec<f64> {
    let title = words::subjects(title, language);
    let central = centrality(candidates);
    let weight = CENTRAL * (candidates.len() as f64 / MANY_SENTENCES).min(1.0);
    candidates.iter().enumerate().map(|(index, candidate)| central[index] * weight + score(index, candidate, &title)).collect()
}

fn score(index: usize, candidate: &Candidate<'_>, title: &[String]) -> f64 {
    let lower = candidate.text.to_lowercase();
    let when = |is_so: bool, weight: f64| if is_so { weight } else { 0.0 };
    1.0 / (1.0 + index as f64 * DECAY)
        + OF_TITLE * words::shared(&candidate.subjects, title) as f64 / title.len().max(1) as f64
        + when(phrases::FINDINGS.split('|').any(|finding| lower.contains(finding)), FINDING)
        + when(candidate.is_own, OWN)
        + when(candidate.opens_paragraph, OPENS)
        + when(candidate.is_question, QUESTION)
        + when(candidate.is_quote, QUOTATION)
        + when(!candidate.has_end && !candidate.leads_on, UNENDED)
        + when(candidate.text.ends_with(':') && !candidate.leads_on, DANGLING)
        + when(candidate.words < FEW_WORDS && !candidate.leads_on, SHORT)
        + when(candidate.words > MANY_WORDS, LONG)
}

/// From 0 to 1: how much of what a sentence is about the other sentences are about.
fn centrality(candidates: &[Candidate<'_>]) -> Vec<f64> {
    let mut sentences_of: HashMap<&str, f64> = HashMap::new();
    candidates.iter().flat_map(|candidate| &candidate.subjects).for_each(|word| *sentences_of.entry(word).or_default() += 1.0);
    let weight = |candidate: &Candidate<'_>| -> f64 {
        let shared: f64 = candidate.subjects.iter().map(|word| sentences_of[word.as_str()] - 1.0).sum();
        shared / (candidate.subjects.len() as f64 + 4.0)
    };
    let weights: Vec<f64> = candidates.iter().map(weight).collect();
    let most = weights.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    weights.into_iter().map(|weight| weight / most).collect()
}

/// The sentence that a summary begins with: one that stands alone, and no question where there is anything else.
fn first(candidates: &[Candidate<'_>], scores: &[f64]) -> Option<usize> {
    let weight = |index: usize| scores[index] + LEAD / (1.0 + index as f64);
    let early = || {
        (0..candidates.len().min(MOST_FIRST)).rev().filter(|index| !candidates[*index].leads_on || leads_to(candidates, *index).is_some())
    };
    let best = |fits: &dyn Fn(&Candidate<'_>) -> bool| {
        early().filter(|index| fits(&candidates[*index])).max_by(|a, b| weight(*a).total_cmp(&weight(*b)))
    };
    best(&|candidate| !candidate.leans && !candidate.is_question && candidate.words <= MOST_WORDS)
        .or_else(|| best(&|candidate| !candidate.leans && !candidate.is_question))
        .or_else(|| best(&|candidate| !candidate.leans))
        .or_else(|| best(&|_| true))
}

/// What is best added: a sentence, with those that it cannot be understood without.
fn best_addition(candidates: &[Candidate<'_>], scores: &[f64], chosen: &[usize]) -> Option<Vec<usize>> {
    let words: usize = chosen.iter().map(|index| candidates[*index].words).sum();
    let is_short = candidates.len() <= MOST_SENTENCES && candidates.iter().map(|candidate| candidate.words).sum::<usize>() <= MOST_WORDS;
    if !is_short && chosen.len() > 1 && words >= ENOUGH_WORDS {
        return None;
    }
    let least = if chosen.len() < 2 { LEAST_OF_DISTANT } else { LEAST_OF_THIRD };
    let least = if is_short { f64::MIN } else { least };
    let mut best: Option<(f64, Vec<usize>)> = None;
    for index in 0..candidates.len() {
        let Some(added) = with_support(candidates, chosen, index) else { continue };
        let more: usize = added.iter().map(|index| candidates[*index].words).sum();
        let score = addition_score(candidates, scores, chosen, &added);
        let is_best = score >= least && best.as_ref().is_none_or(|(most, _)| score > *most);
        let fits = chosen.len() + added.len() <= MOST_SENTENCES && words + more <= MOST_WORDS;
        let is_early_question = candidates[index].is_question && index < chosen[0];
        let is_behind_cut = chosen.iter().any(|one| candidates[*one].is_cut && *one < index);
        let cuts_short = added.iter().any(|one| candidates[*one].is_cut && chosen.iter().any(|other| other > one));
        if is_best && fits && !is_early_question && !is_behind_cut && !cuts_short && is_new(candidates, chosen, &added) {
            best = Some((score, added));
        }
    }
    best.map(|(_, added)| added)
}

fn is_new(candidates: &[Candidate<'_>], chosen: &[usize], added: &[usize]) -> bool {
    added.iter().all(|one| chosen.iter().all(|other| !is_alike(&candidates[*one], &candidates[*other])))
}

fn addition_score(candidates: &[Candidate<'_>], scores: &[f64], chosen: &[usize], added: &[usize]) -> f64 {
    let mean = added.iter().map(|index| scores[*index]).sum::<f64>() / added.len() as f64;
    let follows = chosen.iter().any(|index| candidates[*index].at + 1 == candidates[added[0]].at);
    mean + if follows { NEXT } else { 0.0 }
}

/// A sentence with those that it leans on and those that it leads to, if they are to be had.
fn with_support(candidates: &[Candidate<'_>], chosen: &[usize], index: usize) -> Option<Vec<usize>> {
    let mut added = vec![index];
    while candidates[added[0]].leans && !chosen.contains(&added[0]) {
        let before = added[0].checked_sub(1).filter(|before| candidates[*before].at + 1 == candidates[added[0]].at)?;
        if chosen.contains(&before) {
            break;
        }
        added.insert(0, before);
    }
    if candidates[index].leads_on {
        added.push(leads_to(candidates, index)?);
    }
    added.retain(|one| !chosen.contains(one));
    (!chosen.contains(&index) && added.len() < MOST_SENTENCES).then_some(added)
}

/// What a colon at the end of a sentence points to: the sentence that follows it at once.
fn leads_to(candidates: &[Candidate<'_>], index: usize) -> Option<usize> {
    let next = candidates.get(index + 1)?;
    let fits = next.at == candidates[index].at + 1 && next.block <= candidates[index].block + 1 && !next.leads_on;
    (fits && candidates[index].words + next.words.min(LEAST_BEHIND_COLON) <= MOST_WORDS).then_some(index + 1)
}

fn is_alike(one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
    let least = one.subjects.len().min(other.subjects.len());
    words::shared(&one.subjects, &other.subjects) * 5 > least * 3
}
