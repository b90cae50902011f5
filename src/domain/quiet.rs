//! What is said of feeds that brought nothing, in the same words by the reader and by an edition. Of which feeds, they choose.

use super::wording::{count_of, listed};

/// Feeds named in one sentence.
pub const NAMED: usize = 4;

/// `Nothing new since yesterday 18:20 (WHO, STAT and CIDRAP)`, without a full stop.
pub fn nothing_since(moment: &str, names: &[String]) -> String {
    format!("Nothing new since {moment} ({})", listed(names, NAMED))
}

/// `WHO and CDC answered, but had no articles at all.`
pub fn no_articles(names: &[String]) -> String {
    format!("{} answered, but had no articles at all.", listed(names, NAMED))
}

/// `CDC failed: no answer in 20 s; trying again at 08:10.`
pub fn failed(name: &str, why: &str, next: Option<String>) -> String {
    let next = next.map(|next| format!("; trying again {next}")).unwrap_or_default();
    format!("{name} failed: {why}{next}.")
}

/// The first of those sentences, and how many there are besides.
pub fn first_failures(mut failures: Vec<String>, most: usize) -> Vec<String> {
    let more = failures.len().saturating_sub(most);
    failures.truncate(most);
    failures.extend((more > 0).then(|| format!("{} failed.", count_of(more, "more feed"))));
    failures
}

/// `Not asked yet: WHO and CDC.`
pub fn not_asked(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| format!("Not asked yet: {}.", listed(names, NAMED)))
}
