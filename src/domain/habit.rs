//! How often a feed brings something, and whether it has been quiet for much longer than that. Rules only.

use jiff::{SignedDuration, Timestamp};

/// How far back from the newest article its habit is measured.
pub const MEASURED_OVER: SignedDuration = SignedDuration::from_hours(90 * 24);
/// A feed is never silent before so long: a week off is nobody's silence.
pub const SILENT_AT_LEAST: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Days with news that tell a habit; fewer tell nothing.
const FEWEST_DAYS: usize = 3;
/// A silence is this many times the usual pause, …
const USUAL_PAUSES: i64 = 3;
/// … and longer by half than the pauses that come now and then: nine of ten are no longer.
const OF_PAUSES: (usize, usize) = (9, 10);

/// How many articles came in how many days, before a feed fell silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habit {
    pub articles: u64,
    pub days: u64,
}

impl Habit {
    /// `4 a day`, `2 a week`, `1 a month`.
    pub fn words(self) -> String {
        let days = self.days.max(1);
        let of = |length: u64| (self.articles * length + days / 2) / days;
        match (of(1), of(7), of(30)) {
            (many @ 1.., ..) if self.articles >= days => format!("{many} a day"),
            (_, many @ 1.., _) => format!("{many} a week"),
            (.., many) => format!("{} a month", many.max(1)),
        }
    }
}

/// The habit of a feed that has fallen silent: `None` while it keeps to its habit, or when too little is known of it.
/// `days` are the days since 1970 on which something came, newest first, each with how many articles; `quiet_for` is
/// the time from its newest article to when it was last asked.
pub fn broken_habit(days: &[(i64, u64)], quiet_for: SignedDuration) -> Option<Habit> {
    let (newest, oldest) = (days.first()?.0, days.last()?.0);
    if days.len() < FEWEST_DAYS || quiet_for <= SILENT_AT_LEAST {
        return None;
    }
    let mut pauses: Vec<i64> = days.windows(2).map(|pair| pair[0].0 - pair[1].0).collect();
    pauses.sort_unstable();
    let usual = pauses[pauses.len() / 2] * USUAL_PAUSES * 24;
    let long = pauses[(pauses.len() - 1) * OF_PAUSES.0 / OF_PAUSES.1] * 36;
    let is_silent = quiet_for > SignedDuration::from_hours(usual.max(long));
    let articles = days.iter().map(|(_, count)| count).sum();
    is_silent.then(|| Habit { articles, days: u64::try_from(newest - oldest + 1).unwrap_or(1) })
}

/// Whole days from `then` to `now`; none when `then` is later.
pub fn days_between(then: Timestamp, now: Timestamp) -> i64 {
    (now.duration_since(then).as_hours() / 24).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_silent_when_its_own_pace_says_so() {
        let check = |what: &str, days_ago: &[i64], expected: Option<&str>| {
            let days: Vec<(i64, u64)> = days_ago.iter().map(|days| (1000 - days, 4)).collect();
            let quiet_for = SignedDuration::from_hours(days_ago.first().copied().unwrap_or(0) * 24);
            assert_eq!(broken_habit(&days, quiet_for).map(Habit::words).as_deref(), expected, "{what}");
        };
        check("a daily feed, eight days later", &[8, 9, 10, 11], Some("4 a day"));
        check("a daily feed, seven days later", &[7, 8, 9, 10], None);
        check("a weekly feed, three weeks later", &[21, 28, 35, 42], None);
        check("a weekly feed, a month later", &[30, 37, 44, 51], Some("5 a week"));
        check("a blog in bursts, within its usual pauses", &[15, 16, 17, 31, 32, 33, 47, 48, 49, 63], None);
        check("a blog in bursts, far beyond them", &[30, 31, 32, 46, 47, 48, 62, 63, 64, 78], Some("6 a week"));
        check("many on one day, then nothing", &[8], None);
        check("two days tell nothing", &[50, 51], None);
        check("no day tells nothing", &[], None);
    }

    #[test]
    fn a_habit_is_said_as_a_person_counts() {
        let check = |articles: u64, days: u64, expected: &str| assert_eq!(Habit { articles, days }.words(), expected);
        check(360, 90, "4 a day");
        check(90, 90, "1 a day");
        check(60, 90, "5 a week");
        check(13, 90, "1 a week");
        check(3, 90, "1 a month");
        check(5, 0, "5 a day");
    }
}
