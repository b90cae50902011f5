//! Which of a section's stories stand in the edition and in what order: coverage by several sources first where enough feeds
//! take part, the newest first where not. What one feed has told already counts against it, so that none fills a section.

/// Feeds of a section with something to tell from which on it says something that several report a story.
pub(super) const ENOUGH_FEEDS: usize = 3;
/// Further sources of one story that count.
const MOST_SOURCES: usize = 5;
/// What a story is worth for each story of its feed that stands above it.
const DECAY: f64 = 0.5;
/// What a story is worth that an earlier edition told.
const AGAIN: f64 = 0.5;
/// What the reader's own star is worth: half the way from the oldest to the newest.
const STAR: f64 = 0.5;
/// What each place in the order of the feeds costs.
const PLACE: f64 = 0.02;

/// What ranking looks at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing {
    /// The place of its feed among those of the section, from 0.
    pub feed: usize,
    /// Feeds that report it, of any section.
    pub sources: usize,
    /// How old it is: 0 is now, 1 the end of the section's window.
    pub age: f64,
    pub is_again: bool,
    pub is_starred: bool,
}

/// A story that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    /// Its place among the standings.
    pub at: usize,
    /// Stories of its feed that stand above it.
    pub before: usize,
}

/// At most `limit` of them, the first first. Of two that are worth the same the one that stands first.
pub(super) fn choose(standings: &[Standing], has_coverage: bool, limit: usize) -> Vec<Chosen> {
    let mut left: Vec<usize> = (0..standings.len()).collect();
    let mut chosen: Vec<Chosen> = Vec::new();
    while chosen.len() < limit && !left.is_empty() {
        let before = |at: usize| chosen.iter().filter(|one| standings[one.at].feed == standings[at].feed).count();
        let worths: Vec<f64> = left.iter().map(|at| worth(&standings[*at], has_coverage, before(*at))).collect();
        let best = (0..left.len()).fold(0, |best, next| if worths[next] > worths[best] { next } else { best });
        let before = before(left[best]);
        chosen.push(Chosen { at: left.remove(best), before });
    }
    chosen
}

fn worth(standing: &Standing, has_coverage: bool, before: usize) -> f64 {
    let sources = if has_coverage { standing.sources.saturating_sub(1).min(MOST_SOURCES) } else { 0 };
    let star = if standing.is_starred { STAR } else { 0.0 };
    let again = if standing.is_again { AGAIN } else { 1.0 };
    let decay = DECAY.powi(i32::try_from(before).unwrap_or(i32::MAX));
    let newness = 1.0 - standing.age.clamp(0.0, 1.0);
    (sources as f64 + newness + star) * again * decay - PLACE * standing.feed as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each as feed, sources, age in tenths of the window.
    fn check(standings: &[(usize, usize, u8)], has_coverage: bool, limit: usize, expected: &[usize], why: &str) {
        let standing = |(feed, sources, age): &(usize, usize, u8)| Standing {
            feed: *feed,
            sources: *sources,
            age: f64::from(*age) / 10.0,
            ..Standing::default()
        };
        let standings: Vec<Standing> = standings.iter().map(standing).collect();
        let order: Vec<usize> = choose(&standings, has_coverage, limit).iter().map(|one| one.at).collect();
        assert_eq!(order, expected, "{why}");
    }

    #[test]
    fn what_several_report_comes_first_and_no_feed_fills_a_section() {
        check(&[(0, 1, 0), (1, 3, 9), (2, 2, 5)], true, 3, &[1, 2, 0], "the most sources first, then the newest");
        check(&[(0, 1, 0), (1, 3, 9), (2, 2, 5)], false, 3, &[0, 2, 1], "with few feeds the newest first");
        check(&[(0, 1, 0), (0, 1, 1), (0, 1, 2), (1, 1, 5), (1, 1, 9)], false, 3, &[0, 3, 1], "a second feed comes in");
        check(&[(0, 1, 0), (0, 1, 0), (0, 1, 0), (1, 1, 3)], true, 2, &[0, 3], "before the first feed tells again");
        check(&[(1, 1, 3), (0, 1, 3)], false, 2, &[1, 0], "of two alike the feed that the settings name first");
        check(&[(0, 1, 3), (0, 1, 3)], false, 1, &[0], "no more than the limit");
        check(&[], true, 5, &[], "nothing");
    }

    #[test]
    fn stars_raise_a_story_and_an_earlier_telling_lowers_it() {
        let plain = Standing { age: 0.5, sources: 1, ..Standing::default() };
        let order = |standings: [Standing; 2]| choose(&standings, true, 2)[0].at;
        assert_eq!(order([plain, Standing { is_starred: true, age: 0.9, ..plain }]), 1);
        assert_eq!(order([Standing { is_again: true, age: 0.1, ..plain }, plain]), 1);
    }
}
