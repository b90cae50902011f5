//! Which articles of a document are read, whatever it is written in: not those beyond very many, and not always the last.

use super::{End, notes::Notes};
use crate::domain::clean_text::CleanText;

/// Articles of one document; the rest is left out.
const MAX_ARTICLES: usize = 20_000;

/// What an article is known by again, best first: names of which it has at least one.
pub(crate) type KnownBy = [&'static [&'static str]; 3];

/// Drops what is too much.
pub(crate) fn leave_out_many<A>(articles: &mut Vec<A>, notes: &mut Notes) {
    if articles.len() > MAX_ARTICLES {
        notes.add(format!("repaired: more than {MAX_ARTICLES} articles; the rest was left out"));
        articles.truncate(MAX_ARTICLES);
    }
}

/// Drops the last article, which the end of the document cut, when it has neither what its neighbours are known by nor a title:
/// it would come a second time when the document is whole. By its title the store knows it again. Says whether it did.
pub(crate) fn leave_out_cut<A>(
    articles: &mut Vec<A>,
    end: End,
    known_by: &KnownBy,
    has: impl Fn(&A, &[&str]) -> bool,
    title: impl Fn(&A) -> Option<CleanText>,
    notes: &mut Notes,
) -> bool {
    let Some((last, before)) = articles.split_last() else { return true };
    let of_others = known_by.iter().find(|names| before.iter().any(|article| has(article, names)));
    let is_known = of_others.map_or_else(|| known_by.iter().any(|names| has(last, names)), |names| has(last, names));
    let title = title(last);
    let is_left_out = end == End::ToCome || !(is_known || title.is_some());
    if is_left_out {
        notes.add_left_out(title);
        articles.pop();
    }
    is_left_out
}
