//! The right names for a wrong one: by edit distance, else by the words that it holds.

/// Characters of a name that are compared; a longer one is no slip of the fingers.
const LONGEST_NAME: usize = 64;
/// Letters of a word that is not met by chance.
const LONG_WORD: usize = 6;
/// Names told of several that hold the same word.
const MOST_NAMES: usize = 3;

/// What a wrong name may have been meant to be, quoted: "`theme`", or all names of which it is a word: "`connect_timeout` or
/// `total_timeout`".
pub fn suggestion<'n>(given: &str, names: impl IntoIterator<Item = &'n str> + Clone) -> Option<String> {
    let quoted = |name: &str| format!("`{name}`");
    if let Some(name) = nearest(given, names.clone()) {
        return Some(quoted(name));
    }
    let holding = |is_held: fn(&str, &str) -> bool| {
        let mut holding: Vec<String> = Vec::new();
        for name in names.clone().into_iter().filter(|name| words_of(name).any(|word| is_held(word, given))).map(quoted) {
            if holding.len() < MOST_NAMES && !holding.contains(&name) {
                holding.push(name);
            }
        }
        (!holding.is_empty()).then(|| holding.join(" or "))
    };
    holding(str::eq_ignore_ascii_case).or_else(|| holding(is_near_word))
}

/// The words of a name like `connect_timeout`, `article.toggle_read` or `Local weather`.
fn words_of(name: &str) -> impl Iterator<Item = &str> {
    name.split(['_', '.', ' '])
}

/// Whether a long word was meant, with a slip of the fingers.
fn is_near_word(word: &str, given: &str) -> bool {
    word.len() >= LONG_WORD && nearest(given, [word]).is_some()
}

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
    fn a_word_of_longer_names_finds_them_all() {
        let names = ["connect_timeout", "total_timeout", "connect_timeout", "app.quit", "at_once"];
        let check = |given: &str, expected: Option<&str>| assert_eq!(suggestion(given, names).as_deref(), expected, "{given:?}");
        check("timeout", Some("`connect_timeout` or `total_timeout`"));
        check("Quit", Some("`app.quit`"));
        check("at_onc", Some("`at_once`"));
        check("time", None);
        check("", None);
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
