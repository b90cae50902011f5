//! Column widths of a table, shared out by html2text. What it is given is ours: one row of plain ASCII tags whose cells are
//! as many `x` as the column's text is wide, so that nothing from outside ever reaches it.

use crate::domain::foreign::guarded;

/// Columns of the table at most.
const MAX_COLUMNS: usize = 40;
/// Columns of text that a cell is taken for at most: more would only starve its neighbours.
const MAX_NATURAL: usize = 400;
/// The longest word that a column is made wide enough for.
const MAX_WORD: usize = 18;

/// What the cells of one column need.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Need {
    /// Columns of the widest cell set on one line.
    pub natural: usize,
    /// The same of the cells under the header, and of half of the header, which may be broken once.
    pub body: usize,
    /// Columns of the longest word.
    pub word: usize,
    /// Columns of the longest number, which is never broken.
    pub number: usize,
}

impl Need {
    fn least(self) -> usize {
        self.word.min(MAX_WORD).max(self.number).max(1)
    }
}

/// Widths of the columns that together with `gap` columns between them take `width` at most; `None` when there is no
/// room for that without breaking words or numbers.
pub(super) fn share(needs: &[Need], width: usize, gap: usize, may_measure: impl FnOnce() -> bool) -> Option<Vec<usize>> {
    let gaps = gap * needs.len().saturating_sub(1);
    let room = width.checked_sub(gaps)?;
    let natural: Vec<usize> = needs.iter().map(|need| need.natural.max(1)).collect();
    if natural.iter().sum::<usize>() <= room {
        return Some(natural);
    }
    let least: usize = needs.iter().map(|need| need.least()).sum();
    if needs.is_empty() || needs.len() > MAX_COLUMNS || least > room || !may_measure() {
        return None;
    }
    let widths = measured(needs, room + needs.len() - 1)?;
    Some(with_least(widths, needs, room))
}

/// Asks html2text for the widths: it draws the table, and the widths stand between the joints of its border.
fn measured(needs: &[Need], width: usize) -> Option<Vec<usize>> {
    let cells: String = needs.iter().map(|need| format!("<td>{}</td>", "x".repeat(need.natural.clamp(1, MAX_NATURAL)))).collect();
    let markup = format!("<table><tr>{cells}</tr></table>");
    let draw = || html2text::config::plain_no_decorate().string_from_read(markup.as_bytes(), width);
    let drawn = guarded(draw)?.ok()?;
    let border = drawn.lines().next()?;
    let widths: Vec<usize> = border.split('┬').map(|part| part.chars().count()).collect();
    (widths.len() == needs.len() && border.chars().all(|c| matches!(c, '─' | '┬'))).then_some(widths)
}

/// Takes from columns that have more than they need for those that have less than their longest word or number.
fn with_least(mut widths: Vec<usize>, needs: &[Need], room: usize) -> Vec<usize> {
    let least = least(needs, room);
    for ((width, need), least) in widths.iter_mut().zip(needs).zip(&least) {
        let most = if need.body <= *least { *least } else { need.natural };
        *width = (*width).clamp(*least, most.max(*least));
    }
    let over = |widths: &[usize]| widths.iter().sum::<usize>().saturating_sub(room);
    while over(&widths) > 0 {
        let spare = |at: &usize| widths[*at].saturating_sub(least[*at]);
        let Some(widest) = (0..widths.len()).max_by_key(spare).filter(|at| spare(at) > 0) else { break };
        widths[widest] -= 1;
    }
    let mut left = room.saturating_sub(widths.iter().sum());
    // the longest first: the others have what they need
    let mut order: Vec<usize> = (0..needs.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(needs[*at].natural));
    for at in order {
        let more = needs[at].natural.saturating_sub(widths[at]).min(left);
        widths[at] += more;
        left -= more;
    }
    widths
}

/// What each column gets at least: all that its cells want where that is no more than its fair share, if there is room for that.
fn least(needs: &[Need], room: usize) -> Vec<usize> {
    let share = fair_share(needs, room);
    let whole: Vec<usize> = needs.iter().map(|need| if need.body <= share { need.body } else { 0 }.max(need.least())).collect();
    if whole.iter().sum::<usize>() <= room { whole } else { needs.iter().map(|need| need.least()).collect() }
}

/// Columns that each may have when those that want less leave the rest to the others.
fn fair_share(needs: &[Need], room: usize) -> usize {
    let mut wanted: Vec<usize> = needs.iter().map(|need| need.body).collect();
    wanted.sort_unstable();
    let mut left = room;
    for (at, body) in wanted.iter().enumerate() {
        let share = left / (wanted.len() - at);
        if *body > share {
            return share;
        }
        left -= body;
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(needs: &[(usize, usize, usize)], width: usize, expected: Option<&[usize]>) {
        let needs: Vec<Need> =
            needs.iter().map(|(natural, word, number)| Need { natural: *natural, body: *natural, word: *word, number: *number }).collect();
        assert_eq!(share(&needs, width, 2, || true).as_deref(), expected, "{needs:?} in {width}");
    }

    #[test]
    fn a_table_that_fits_has_its_own_widths() {
        check(&[(7, 7, 0), (5, 5, 5)], 40, Some(&[7, 5]));
    }

    #[test]
    fn long_text_gives_way_and_numbers_do_not() {
        check(&[(7, 7, 0), (9, 9, 9), (200, 11, 0)], 40, Some(&[7, 9, 20]));
        check(&[(100, 6, 0), (100, 6, 0)], 42, Some(&[20, 20]));
    }

    #[test]
    fn short_columns_stay_whole_beside_a_long_one() {
        check(&[(3, 3, 0), (14, 8, 0), (5, 5, 5), (4, 4, 4), (90, 9, 0)], 72, Some(&[3, 14, 5, 4, 38]));
        let header = [(9, 9), (14, 8), (14, 8), (70, 70)].map(|(natural, body)| Need { natural, body, word: 8, number: 0 });
        assert_eq!(share(&header, 64, 2, || true), Some(vec![9, 8, 8, 33]));
        check(&[(14, 8, 0), (90, 40, 0), (200, 40, 40)], 72, Some(&[8, 19, 41]));
    }

    #[test]
    fn what_cannot_fit_is_refused() {
        check(&[(30, 12, 12), (30, 12, 12)], 20, None);
        check(&[(30, 12, 0); 41], 400, None);
        assert_eq!(share(&[Need { natural: 90, body: 90, word: 5, number: 0 }; 2], 40, 2, || false), None);
    }
}
