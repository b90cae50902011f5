//! What a server said, without the secrets that it was told: the one place where they are taken out of what is shown, noted
//! or kept. What its articles say is theirs.

use crate::domain::clean_text::CleanText;
use crate::domain::feed::Validators;
use crate::domain::secret::Hush;
use crate::fetch::{Answer, Trail, host_key};

use super::reading::Reading;

/// The note of a move that is not remembered.
pub(super) const HIDDEN_MOVE: &str = "redirected for good to an address that holds a secret of this feed: not remembered";

/// What was learnt on the way to a feed, and whether a move is left out.
pub(super) fn trail(hush: &Hush, url: &str, trail: Trail) -> (Trail, bool) {
    let own = host_key(url);
    let host = trail.host.map(|host| if Some(&host) == own.as_ref() { host } else { hush.hide(&host) });
    let is_move_hidden = trail.moved_to.as_ref().is_some_and(|to| hush.is_in(to));
    (Trail { host, moved_to: trail.moved_to.filter(|_| !is_move_hidden), ..trail }, is_move_hidden)
}

/// A good answer, whose document is still to be read.
pub(super) fn answer(hush: &Hush, answer: Answer) -> Answer {
    let kept = |value: Option<Vec<u8>>| value.filter(|value| !hush.is_in(&String::from_utf8_lossy(value)));
    let validators = |known: Validators| Validators { etag: kept(known.etag), last_modified: kept(known.last_modified) };
    match answer {
        Answer::Unchanged { status, validators: known } => Answer::Unchanged { status, validators: validators(known) },
        Answer::Body { status, bytes, content_type, final_url, validators: known, cut } => {
            Answer::Body { status, bytes, content_type, final_url, validators: validators(known), cut }
        }
    }
}

/// What is kept of a document beside its articles.
pub(super) fn reading(hush: &Hush, reading: Reading) -> Reading {
    Reading {
        title: reading.title.map(|title| CleanText::from(hush.hide(&title))),
        home_url: reading.home_url.filter(|home| !hush.is_in(home)),
        notes: reading.notes.iter().map(|note| hush.hide(note)).collect(),
        ..reading
    }
}
