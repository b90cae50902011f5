//! Whether an article without a link that came under a new id is one that is stored under another id and the same title. Rules
//! only. Many feeds give all articles one title (a comic, a photo of the day, the weather): those are to stay apart.

/// Words from which a text that comes again, with another date, is the same article and not the same weather.
const TELLING_WORDS: usize = 20;
const DAY_MICROS: i64 = 24 * 3600 * 1_000_000;

/// How the dates of two articles compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dates {
    /// Neither has one.
    None,
    /// The same moment.
    Same,
    /// The same day, of which no hour is known: midnight.
    SameDay,
    Other,
}

impl Dates {
    /// Microseconds since 1970.
    pub(super) fn of(one: Option<i64>, other: Option<i64>) -> Dates {
        match (one, other) {
            (None, None) => Dates::None,
            (Some(one), Some(other)) if one != other => Dates::Other,
            (Some(moment), Some(_)) if moment % DAY_MICROS == 0 => Dates::SameDay,
            (Some(_), Some(_)) => Dates::Same,
            _ => Dates::Other,
        }
    }
}

/// `does_title_tell` says that neither the store nor the answer has another article of that title without a link. `words` are
/// those of the text; whether the text is the same, pictures and all, is looked up only where it matters.
pub(super) fn is_same(does_title_tell: bool, dates: Dates, words: usize, has_same_text: impl FnOnce() -> bool) -> bool {
    match (does_title_tell, dates) {
        (true, Dates::Same) => true,
        (true, Dates::SameDay | Dates::None) | (false, Dates::Same | Dates::SameDay) => has_same_text(),
        (true, Dates::Other) => words >= TELLING_WORDS && has_same_text(),
        (false, Dates::Other | Dates::None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_compared_by_the_moment_and_by_the_day_where_no_hour_is_known() {
        let check =
            |one: Option<i64>, other: Option<i64>, expected: Dates| assert_eq!(Dates::of(one, other), expected, "{one:?} {other:?}");
        check(None, None, Dates::None);
        check(Some(1), Some(1), Dates::Same);
        check(Some(DAY_MICROS), Some(DAY_MICROS), Dates::SameDay);
        check(Some(1), Some(2), Dates::Other);
        check(Some(1), None, Dates::Other);
        check(None, Some(1), Dates::Other);
    }

    #[test]
    fn what_is_the_same_article_under_another_id() {
        let check = |what: &str, does_title_tell: bool, dates: Dates, words: usize, has_same_text: bool, expected: bool| {
            assert_eq!(is_same(does_title_tell, dates, words, || has_same_text), expected, "{what}");
        };
        check("a corrected text", true, Dates::Same, 100, false, true);
        check("the same text, undated", true, Dates::None, 3, true, true);
        check("the same text on the same day", true, Dates::SameDay, 3, true, true);
        check("a long text that was given another date", true, Dates::Other, TELLING_WORDS, true, true);
        check("sunny again an hour later", true, Dates::Other, 3, true, false);
        check("the weather later on the same day", true, Dates::SameDay, 30, false, false);
        check("the next weather, undated", true, Dates::None, 30, false, false);
        check("the second photo, with another date", true, Dates::Other, 30, false, false);
        check("one of many photos, given another id", false, Dates::Same, 0, true, true);
        check("one of many of that day", false, Dates::SameDay, 0, true, true);
        check("two photos of one moment", false, Dates::Same, 0, false, false);
        check("one of many that are undated", false, Dates::None, 100, true, false);
        check("one of many, with another date", false, Dates::Other, 100, true, false);
    }
}
