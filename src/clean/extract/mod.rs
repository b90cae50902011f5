//! A whole web page to the text that it was made for. Several look for it: what the site's rule says, a readability
//! crate, and how the text is spread over the page; the place where they agree most is taken, and trimmed.
//! It must not fail: where nothing is found, the whole body's text goes through the cleaner.

mod about;
mod choose;
mod names;
mod phrases;
mod runs;
mod strip;
mod trim;
mod witness;

use super::fence;
use super::page::Page;
use super::sites;
use super::tree::{self, ROOT, Tree};
use crate::domain::clean_text::CleanText;
use crate::domain::document::Document;

/// What was found on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extract {
    /// The main text; the whole body's when no main text was found.
    pub document: Document,
    pub title: Option<CleanText>,
    /// Who wrote it, as the page says it.
    pub byline: Option<CleanText>,
    /// A language tag as the page gives it, such as `en-CA`.
    pub language: Option<String>,
    pub site: Option<CleanText>,
}

/// Takes the main text out of a whole page. Relative addresses are resolved against `base_url`, whose host also says
/// which site's rules hold.
pub fn extract(html: &str, base_url: Option<&str>) -> Extract {
    let mut notes = Vec::new();
    let page = fence::fence_page(html, &mut notes);
    let witness = witness::ask(&page);
    let mut extract = about::of(&page, &witness);
    let mut tree = tree::parse(&page.html);
    main_text(&mut tree, base_url, &extract, &witness.text);
    extract.document = super::clean_tree(tree, &Page::new(base_url), notes.clone());
    if extract.document.blocks.is_empty() {
        extract.document = super::clean_tree(tree::parse(&page.html), &Page::new(base_url), notes);
        extract.document.notes.push("no main text was found: this is all the text of the page".into());
    }
    extract
}

/// Leaves nothing in the tree but the main text, if there is one.
fn main_text(tree: &mut Tree, base_url: Option<&str>, about: &Extract, witnessed: &witness::Text) {
    let rule = sites::of(base_url);
    strip::machinery(tree);
    rule.inspect(|rule| rule.remove(tree));
    let main = rule.and_then(|rule| rule.main(tree));
    strip::boxes(tree, main);
    let Some(place) = main.or_else(|| choose::place(tree, witnessed)) else { return };
    trim::trim(tree, place, about.title.as_deref().unwrap_or_default());
    if place != ROOT {
        tree.detach(place);
        tree.children(ROOT).into_iter().for_each(|other| tree.detach(other));
        tree.append(ROOT, place);
    }
}

#[cfg(test)]
mod tests;
