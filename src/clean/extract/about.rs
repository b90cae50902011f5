//! What a page says of itself: title, author, language, site. Nothing is guessed from its text.

use super::Extract;
use super::witness::Witness;
use crate::clean::fence::{FencedPage, fence};
use crate::clean::tree;
use crate::clean::tree::ROOT;
use crate::domain::clean_text::CleanText;

/// Characters of a name or title; a longer one is none.
const LONGEST: usize = 400;

pub(super) fn of(page: &FencedPage, witness: &Witness) -> Extract {
    let said = |text: &str| Some(plain(text)).filter(|text| !text.is_empty() && text.chars().count() <= LONGEST);
    let byline = witness.byline.as_deref().filter(|name| !name.contains("://"));
    let site = witness.site.as_deref().and_then(said);
    let title = said(&witness.title).or_else(|| said(&page.title));
    Extract {
        title: title.map(|title| without_site(title, site.as_deref())),
        byline: byline.and_then(said),
        language: Some(page.language.clone()).filter(|language| !language.is_empty()),
        site,
        ..Extract::default()
    }
}

/// `Bridge closed` of `Bridge closed - The Courier`.
fn without_site(title: CleanText, site: Option<&str>) -> CleanText {
    let rest =
        site.and_then(|site| title.strip_suffix(site)).map(|rest| rest.trim_end_matches([' ', '-', '–', '—', '|', '·', ':', '«', '»']));
    rest.filter(|rest| !rest.is_empty()).map_or_else(|| title.clone(), CleanText::new)
}

/// The text of a little HTML, on one line.
fn plain(html: &str) -> CleanText {
    let tree = tree::parse(&fence(html, &mut Vec::new()));
    CleanText::new(&tree.inner_text(ROOT, usize::MAX))
}
