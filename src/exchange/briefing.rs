//! An edition as text, Markdown, an HTML page, JSON and a mail: the same stories in the same order in each. They only write;
//! every word comes from the edition.

mod html;
mod json;
mod mail;
mod markdown;
mod text;

pub use html::html;
pub use json::{Told, told};
pub use mail::{Addresses, mail};
pub use markdown::markdown;
pub use text::text;

use crate::domain::address::is_openable;
use crate::domain::clean_text::CleanText;
use crate::domain::edition::{Edition, EditionStory, FailedSource};
use crate::domain::wording::count_of;

/// The last line of every edition.
const OVER: &str = "That is all for this morning.";

/// `31 stories, about 9 minutes to read.`
fn size(edition: &Edition) -> String {
    let stories = count_of(edition.stories().count(), "story");
    format!("{stories}, about {} to read.", count_of(edition.reading_minutes, "minute"))
}

/// The line under a headline: `CBC, today 05:40, also Global` and whether there is nothing but the headline.
fn byline(story: &EditionStory) -> String {
    let bare = if story.summary.is_none() { format!("; {}", EditionStory::HEADLINE_ONLY) } else { String::new() };
    format!("{}{bare}", story.byline())
}

/// What is new of a story that was told before, as a sentence.
fn change(story: &EditionStory) -> Option<String> {
    let mut letters = story.change.chars();
    let first = letters.next()?;
    Some(format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

/// `46 feeds asked, 42 answered, the last asked today 05:58.` and what was never asked.
fn asked(edition: &Edition) -> String {
    let sources = &edition.sources;
    let last = if sources.last_asked.is_empty() { String::new() } else { format!(", the last asked {}", sources.last_asked) };
    let never: Vec<&str> = sources.not_asked.iter().map(CleanText::as_str).collect();
    let never = if never.is_empty() { String::new() } else { format!(" Never asked: {}.", never.join(", ")) };
    format!("{} asked, {} answered{last}.{never}", count_of(sources.asked, "feed"), sources.ok)
}

/// `CTV: 403 Forbidden; trying again at 08:40`
fn failure(failed: &FailedSource) -> String {
    let next = if failed.next_try.is_empty() { String::new() } else { format!("; trying again {}", failed.next_try) };
    format!("{}: {}{next}", failed.name, failed.error)
}

/// The address of a story, when it is one that a browser may be given.
fn address(story: &EditionStory) -> Option<&str> {
    story.url.as_deref().filter(|url| is_openable(url))
}

#[cfg(test)]
mod tests;
