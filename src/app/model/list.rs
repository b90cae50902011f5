//! The list of a section: a snapshot of ids that does not move by itself, and the rows near the screen.

use std::collections::{HashMap, HashSet};

use crate::domain::article::{ArticleId, Row};
use crate::domain::list::Snapshot;
use crate::domain::status::{Mark, Status};

/// Rows kept loaded around the screen, in screens.
const SCREENS_LOADED: usize = 3;
/// Rows that may be loaded at once; beyond it, those further from the screen than half of it are let go.
const ROWS_KEPT: usize = 600;

/// What a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// What came within the section's window.
    #[default]
    Window,
    /// All that is stored of the section.
    All,
    /// What is starred of every feed, also of those that have left the paper.
    Starred,
}

/// The list of the section in front.
#[derive(Clone, Debug, Default)]
pub struct ListPane {
    ids: Vec<ArticleId>,
    places: HashMap<ArticleId, usize>,
    rows: HashMap<ArticleId, Row>,
    selected: usize,
    offset: usize,
    pub view: View,
    /// Whether an answer of the store is awaited for the list itself.
    pub is_loading: bool,
    /// Why the list could not be loaded.
    pub failure: Option<String>,
    /// Whether arrivals may join without being asked for: the list was opened empty and nobody has moved in it.
    pub is_filling: bool,
    /// Articles that came after the snapshot was taken.
    pub arrived: usize,
    /// Lines above the pane of what stands there when the list is empty.
    pub quiet_offset: usize,
}

impl ListPane {
    /// An empty list whose contents are awaited.
    pub fn awaited(view: View) -> ListPane {
        ListPane { view, is_loading: true, ..ListPane::default() }
    }

    /// Takes a new snapshot, the cursor on `keep` if it is there, else on the first.
    pub fn show(&mut self, snapshot: Snapshot, keep: Option<ArticleId>, visible: usize) {
        self.places = snapshot.ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        self.ids = snapshot.ids;
        self.rows = snapshot.rows.into_iter().map(|row| (row.id, row)).collect();
        self.selected = keep.and_then(|id| self.position(id)).unwrap_or(0);
        self.is_loading = false;
        self.failure = None;
        self.arrived = 0;
        self.offset = 0;
        self.scroll(visible);
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub fn ids(&self) -> &[ArticleId] {
        &self.ids
    }

    pub fn selected(&self) -> usize {
        self.selected
    }

    pub fn offset(&self) -> usize {
        self.offset
    }

    pub fn selected_id(&self) -> Option<ArticleId> {
        self.ids.get(self.selected).copied()
    }

    pub fn selected_row(&self) -> Option<&Row> {
        self.row(self.selected)
    }

    /// The row at a place of the list, when it is loaded.
    pub fn row(&self, index: usize) -> Option<&Row> {
        self.rows.get(self.ids.get(index)?)
    }

    pub fn row_of(&self, id: ArticleId) -> Option<&Row> {
        self.rows.get(&id)
    }

    pub fn position(&self, id: ArticleId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// The loaded rows, in no order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.values()
    }

    /// Puts the cursor at a place, as near as the list reaches, and keeps it on the screen.
    pub fn select(&mut self, index: usize, visible: usize) {
        self.selected = index.min(self.ids.len().saturating_sub(1));
        self.scroll(visible);
    }

    /// Moves the window of rows so that the cursor is in it and no row is wasted at the end.
    pub fn scroll(&mut self, visible: usize) {
        let last = self.ids.len().saturating_sub(visible);
        self.offset = self.offset.clamp((self.selected + 1).saturating_sub(visible), self.selected).min(last);
    }

    /// Ids near the screen whose rows are not loaded yet.
    pub fn missing(&self, visible: usize) -> Vec<ArticleId> {
        let start = self.offset.saturating_sub(visible);
        let near = self.ids.iter().skip(start).take(visible * SCREENS_LOADED);
        let missing: Vec<ArticleId> = near.filter(|id| !self.rows.contains_key(id)).copied().collect();
        let on_screen = self.ids.iter().skip(self.offset).take(visible + 1);
        if on_screen.into_iter().any(|id| !self.rows.contains_key(id)) { missing } else { Vec::new() }
    }

    /// Ids near the screen, to ask whether their rows changed.
    pub fn near(&self, visible: usize) -> Vec<ArticleId> {
        self.ids.iter().skip(self.offset.saturating_sub(visible)).take(visible * SCREENS_LOADED).copied().collect()
    }

    /// Takes rows that are on this list. Those far from the screen are let go when there are many.
    pub fn take_rows(&mut self, rows: Vec<Row>) {
        let taken: HashSet<ArticleId> = rows.iter().map(|row| row.id).collect();
        self.rows.extend(rows.into_iter().map(|row| (row.id, row)));
        if self.rows.len() > ROWS_KEPT {
            let is_near = |id: &ArticleId| self.places.get(id).is_some_and(|at| at.abs_diff(self.offset) <= ROWS_KEPT / 2);
            self.rows.retain(|id, _| taken.contains(id) || is_near(id));
        }
    }

    /// Forgets all rows but these, which are asked for anew.
    pub fn keep_rows(&mut self, ids: &[ArticleId]) {
        let kept: std::collections::HashSet<&ArticleId> = ids.iter().collect();
        self.rows.retain(|id, _| kept.contains(id));
    }

    /// Changes statuses on the screen.
    pub fn apply(&mut self, ids: &[ArticleId], mark: Mark) {
        for id in ids {
            if let Some(row) = self.rows.get_mut(id) {
                row.status = mark.apply(row.status);
            }
        }
    }

    pub fn status(&self, id: ArticleId) -> Option<Status> {
        self.rows.get(&id).map(|row| row.status)
    }

    /// The place of the next of these articles after the cursor, or before it.
    pub fn neighbour(&self, wanted: &[ArticleId], is_forward: bool) -> Option<usize> {
        let places = wanted.iter().filter_map(|id| self.position(*id));
        if is_forward { places.filter(|at| *at > self.selected).min() } else { places.filter(|at| *at < self.selected).max() }
    }

    /// The place of the first of these articles on the list, or the last.
    pub fn outermost(&self, wanted: &[ArticleId], is_forward: bool) -> Option<usize> {
        let places = wanted.iter().filter_map(|id| self.position(*id));
        if is_forward { places.min() } else { places.max() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::article::Stamp;
    use crate::domain::clean_text::CleanText;
    use jiff::Timestamp;

    fn row(id: ArticleId) -> Row {
        Row {
            id,
            feed_url: String::new(),
            feed_title: None,
            title: CleanText::default(),
            url: None,
            author: None,
            published: None,
            updated: None,
            sorted_at: Timestamp::UNIX_EPOCH,
            status: Status::default(),
            is_changed: false,
            stamp: Stamp::default(),
        }
    }

    #[test]
    fn going_down_a_long_list_keeps_the_rows_near_the_screen_and_no_more() {
        for visible in [1, 20, 250] {
            let mut list = ListPane::default();
            list.show(Snapshot { ids: (0..10_000).map(ArticleId).collect(), rows: Vec::new() }, None, visible);
            for at in (0..10_000).step_by(visible) {
                list.select(at, visible);
                let missing = list.missing(visible);
                list.take_rows(missing.into_iter().map(row).collect());
                assert_eq!(list.missing(visible), [], "{visible} rows on the screen, at {at}");
                assert!(list.rows().count() <= ROWS_KEPT + SCREENS_LOADED * visible);
            }
        }
    }
}
