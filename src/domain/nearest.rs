//! The right name for a mistyped one, by edit distance.

/// Characters of a name that are compared; a longer one is no slip of the fingers.
const LONGEST_NAME: usize = 64;

/// The name that `given` was most likely meant to be: at most a third of its characters (but always one) inserted,
/// left out, changed or swapped with a neighbour. The first of several equally near ones.
pub fn nearest<'n>(given: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let given: Vec<char> = given.to_lowercase().chars().take(LONGEST_NAME + 1).collect();
    if given.len() > LONGEST_NAME {
        return None;
    }
    let measured = names.into_iter().filter_map(|name| {
        let letters: Vec<char> = name.to_lowercase().chars().collect();
        let distance = distance(&given, &letters);
        let allowed = (given.len().max(letters.len()) / 3).max(1);
        (distance <= allowed && distance < letters.len()).then_some((distance, name))
    });
    measured.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// Optimal string alignment: edits and swaps of neighbours, each counted once.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (row, letter) in from.iter().enumerate() {
        let mut here = vec![row + 1];
        for (column, wanted) in to.iter().enumerate() {
            let changed = above[column] + usize::from(letter != wanted);
            let mut best = changed.min(above[column + 1] + 1).min(here[column] + 1);
            if row > 0 && column > 0 && *letter == to[column - 1] && from[row - 1] == *wanted {
                best = best.min(before[column - 1] + 1);
            }
            here.push(best);
        }
        before = std::mem::replace(&mut above, here);
    }
    above[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_finds_the_name_that_was_meant() {
        let names = ["theme", "glyphs", "measure", "headline_lines", "refresh_at_start", "at_once", "at_once_per_host"];
        let check = |given: &str, expected: Option<&str>| assert_eq!(nearest(given, names), expected, "{given:?}");
        check("mesure", Some("measure"));
        check("measrue", Some("measure"));
        check("THEME", Some("theme"));
        check("glyph", Some("glyphs"));
        check("refresh_on_start", Some("refresh_at_start"));
        check("headline-lines", Some("headline_lines"));
        check("at_once_host", Some("at_once_per_host"));
        check("colour", None);
        check("", None);
        check("x", None);
        check(&"measure".repeat(20), None);
    }

    #[test]
    fn a_swap_of_neighbours_is_one_edit() {
        let check = |from: &str, to: &str, expected: usize| {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(distance(&letters(from), &letters(to)), expected, "{from} {to}");
        };
        check("abcd", "acbd", 1);
        check("kitten", "sitting", 3);
        check("", "abc", 3);
        check("abc", "", 3);
        check("abc", "abc", 0);
    }
}
