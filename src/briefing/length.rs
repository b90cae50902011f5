//! Keeps an edition short enough for a morning: what stands lower is told in one sentence first.

use crate::domain::edition::{EditionSection, EditionStory, WORDS_A_MINUTE};

/// Minutes that a whole edition may take.
const MOST_MINUTES: usize = 14;

/// Takes sentences from the end of summaries, the last story of every section first and the first one last, until the whole
/// is short enough or every summary is one sentence. What is left stays word for word.
pub(super) fn shorten(sections: &mut [EditionSection]) {
    let deepest = sections.iter().map(|section| section.stories.len()).max().unwrap_or(0);
    let mut words: usize = sections.iter().map(EditionSection::words).sum();
    for place in (0..deepest).rev() {
        for most in [2, 1] {
            for story in sections.iter_mut().filter_map(|section| section.stories.get_mut(place)) {
                if words <= MOST_MINUTES * WORDS_A_MINUTE {
                    return;
                }
                words -= cut(story, most);
            }
        }
    }
}

/// Leaves so many sentences; the words that went.
fn cut(story: &mut EditionStory, most: usize) -> usize {
    let before = story.words();
    if let Some(summary) = story.summary.as_mut().filter(|summary| summary.sentences.len() > most) {
        summary.sentences.truncate(most);
        summary.is_cut = false;
    }
    before - story.words()
}
