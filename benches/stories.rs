//! How well tellings of one event are joined, on the pairs of `tests/fixtures/stories.tsv`, and how long it takes with a
//! hundred thousand tellings in the window. `cargo bench --bench stories`; `-- first` prints the pairs of that half that went wrong.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench tells its figures, and its set is written for it")]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use matins::briefing::stories::{Stories, Telling};
use matins::domain::article::ArticleId;

const SET: &str = include_str!("../tests/fixtures/stories.tsv");
/// What both halves are to reach.
const PRECISION: f64 = 0.98;
const RECALL: f64 = 0.7;
const MORNING: i64 = 1_790_000_000;

type Text = (&'static str, &'static str);

struct Pair {
    one: usize,
    other: usize,
    is_same: bool,
    kind: &'static str,
}

/// A half of the set: its tellings, each with its hour and the group of pairs that it stands in.
#[derive(Default)]
struct Half {
    texts: Vec<Text>,
    hours: Vec<f64>,
    group: Vec<usize>,
    is_series: HashSet<usize>,
    pairs: Vec<Pair>,
}

fn main() {
    let shown = std::env::args().nth(1).unwrap_or_default();
    let is_good: Vec<bool> = halves().iter().map(|(name, half)| report(name, half, &joined(half), *name == shown)).collect();
    if shown.is_empty() || shown == "--bench" {
        time();
    }
    assert!(is_good.iter().all(|is_good| *is_good), "precision {PRECISION} and recall {RECALL} are to be reached by both halves");
}

fn halves() -> Vec<(&'static str, Half)> {
    let mut halves: Vec<(&str, Half)> = Vec::new();
    for line in SET.lines() {
        if let Some(name) = line.strip_prefix("# ").and_then(|line| line.strip_suffix(" half")) {
            halves.push((name, Half::default()));
        } else if let (Some((_, half)), false) = (halves.last_mut(), line.starts_with('#')) {
            half.add(line);
        }
    }
    halves
}

impl Half {
    fn add(&mut self, line: &'static str) {
        let [title, lead, hours, other_title, other_lead, label, kind] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let one = self.place((title, lead), None);
        let other = self.place((other_title, other_lead), Some((one, hours.parse().unwrap())));
        if kind == "series" {
            self.is_series.extend([one, other]);
        }
        self.pairs.push(Pair { one, other, is_same: label == "same", kind });
    }

    fn place(&mut self, text: Text, after: Option<(usize, f64)>) -> usize {
        let hours = after.map_or(0.0, |(one, hours)| self.hours[one] + hours);
        let group = after.map_or(self.texts.len(), |(one, _)| self.group[one]);
        // The same title and lead at another hour of one group is another telling.
        let known =
            |place: &usize| self.texts[*place] == text && (after.is_none() || self.group[*place] == group && self.hours[*place] == hours);
        (0..self.texts.len()).find(known).unwrap_or_else(|| {
            self.texts.push(text);
            self.hours.push(hours);
            self.group.push(group);
            self.texts.len() - 1
        })
    }
}

/// The story of each telling, all of the half added in one stream by their hours.
fn joined(half: &Half) -> Vec<ArticleId> {
    let mut order: Vec<usize> = (0..half.texts.len()).collect();
    order.sort_by(|one, other| half.hours[*one].total_cmp(&half.hours[*other]));
    let (mut stories, mut found) = (Stories::default(), vec![ArticleId(0); order.len()]);
    for place in order {
        let (title, lead) = half.texts[place];
        let feed = if half.is_series.contains(&place) { format!("series {}", half.group[place]) } else { format!("feed {place}") };
        let minutes = (half.hours[place] * 60.0) as i64;
        let arrived = Timestamp::from_second(MORNING).unwrap() + SignedDuration::from_mins(minutes);
        found[place] = stories.add(&Telling { id: ArticleId(place as i64), feed: &feed, title, lead, url: None, arrived });
    }
    found
}

/// Prints the figures of a half; whether they are good enough.
fn report(name: &str, half: &Half, stories: &[ArticleId], is_shown: bool) -> bool {
    let mut kinds: BTreeMap<(&str, bool), (usize, usize)> = BTreeMap::new();
    for pair in &half.pairs {
        let is_joined = stories[pair.one] == stories[pair.other];
        let count = kinds.entry((pair.kind, pair.is_same)).or_default();
        *count = (count.0 + usize::from(is_joined), count.1 + 1);
        if is_shown && is_joined != pair.is_same {
            let what = if is_joined { "WRONG " } else { "missed" };
            println!("{what} [{} {}] {} // {}", pair.one, pair.other, half.texts[pair.one].0, half.texts[pair.other].0);
        }
    }
    let sum = |is_same: bool| {
        kinds.iter().filter(|(kind, _)| kind.1 == is_same).fold((0, 0), |sum, (_, count)| (sum.0 + count.0, sum.1 + count.1))
    };
    let ((right, same), (wrong, different)) = (sum(true), sum(false));
    let across = across(half, stories, is_shown);
    let (precision, recall) = (right as f64 / (right + wrong + across).max(1) as f64, right as f64 / same as f64);
    println!("{name} half: {same} pairs of one event, {different} of two, and {across} joins of what stands in no pair");
    println!("    precision {precision:.3} ({right} right, {wrong} wrong), recall {recall:.3}");
    for ((kind, is_same), (joined, all)) in kinds {
        println!("    {kind:16} {:9} {joined:3} of {all:3} joined", if is_same { "same" } else { "different" });
    }
    precision >= PRECISION && recall >= RECALL
}

/// Pairs of different groups that were joined; the groups are of different events.
fn across(half: &Half, stories: &[ArticleId], is_shown: bool) -> usize {
    let mut by_story: HashMap<ArticleId, Vec<usize>> = HashMap::new();
    (0..stories.len()).for_each(|place| by_story.entry(stories[place]).or_default().push(place));
    let pairs = by_story.values().flat_map(|places| places.iter().flat_map(|one| places.iter().map(move |other| (*one, *other))));
    let wrong: Vec<_> = pairs.filter(|(one, other)| one < other && half.group[*one] != half.group[*other]).collect();
    wrong.iter().filter(|_| is_shown).for_each(|(one, other)| println!("ACROSS {} // {}", half.texts[*one].0, half.texts[*other].0));
    wrong.len()
}

/// A hundred thousand tellings of made-up words, and a thousand more.
fn time() {
    let made: Vec<Made> = (0..101_000).map(made).collect();
    let (stored, new) = made.split_at(100_000);
    let start = Instant::now();
    let mut stories = Stories::default();
    for made in stored {
        stories.add(&made.telling());
    }
    println!("100,000 tellings added one by one: {:?}", start.elapsed());
    let start = Instant::now();
    let joined = new.iter().filter(|made| stories.add(&made.telling()) != ArticleId(made.number)).count();
    println!("1,000 more: {:?}, {joined} of them joined", start.elapsed());
}

struct Made {
    number: i64,
    feed: String,
    title: String,
    lead: String,
}

impl Made {
    fn telling(&self) -> Telling<'_> {
        let arrived = Timestamp::from_second(MORNING + self.number * 2).unwrap();
        let Made { number, feed, title, lead } = self;
        Telling { id: ArticleId(*number), feed, title, lead, url: None, arrived }
    }
}

/// A telling whose words are as unevenly spread as those of a language; every third is another's, told by another feed.
fn made(number: i64) -> Made {
    let event = if number % 3 == 2 { number - 1 } else { number };
    let word = |place: i64| {
        let mut state = (event * 1_000 + place).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) as u64;
        state = (state ^ (state >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 11;
        let share = state as f64 / (1_u64 << 53) as f64;
        let rank = (60_000_f64.powf(share)) as u64;
        let letters = [b"bdfgklmnprst", b"vzchjwqxbdfg"];
        (0..3).fold(String::new(), |word, place| {
            let digit = (rank / 36_u64.pow(place)) % 36;
            format!(
                "{word}{}{}",
                letters[(digit % 2) as usize][(digit % 12) as usize] as char,
                [b'a', b'e', b'o'][(digit / 12) as usize] as char
            )
        })
    };
    let words = |from: i64, to: i64| (from..to).map(word).collect::<Vec<_>>().join(" ");
    let lead = words(5, if number == event { 40 } else { 25 });
    Made { number, feed: format!("feed {}", number % 300), title: words(0, if number == event { 9 } else { 7 }), lead }
}
