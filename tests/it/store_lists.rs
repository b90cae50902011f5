//! What a list holds: its window, its caps, its filters, its search; and that counts say the same.

use matins::domain::article::{ArticleId, NewArticle};
use matins::domain::clean_text::CleanText;
use matins::domain::list::{Filter, LIST_LIMIT, ListQuery};
use matins::domain::status::{Mark, Status};
use matins::store::{ROWS_AHEAD, Store};
use proptest::prelude::*;

use crate::store_sample::*;

fn mark(store: &Store, title: &str, mark: Mark) {
    wait(store.front().mark(vec![id_of(store, title)], mark, "mark".into(), NOW)).expect("marks");
}

/// Articles 1 to 9, as many hours old; 8 is starred and unread, 9 starred and read, 2 read.
fn nine() -> (tempfile::TempDir, Store) {
    let (folder, store) = new_store();
    save(&store, FEED, (1..10).map(|hour| article(&hour.to_string(), hour)).collect());
    index_words(&store);
    for (title, to) in [("8", Mark::Star), ("9", Mark::Star), ("9", Mark::Read), ("2", Mark::Read)] {
        mark(&store, title, to);
    }
    (folder, store)
}

#[test]
fn a_list_holds_what_its_query_says() {
    let (_folder, store) = nine();
    let all = ListQuery::default();
    let since = ListQuery { since: Some(NOW - hours(4)), ..all.clone() };
    let check = |what: &str, query: ListQuery, expected: &str| {
        assert_eq!(titles(&store, query.clone()).join(" "), expected, "{what}");
        let unread = expected.split_whitespace().filter(|title| !["2", "9"].contains(title)).count() as u32;
        let counts = wait(store.front().counts(vec![query])).expect("counts");
        assert_eq!((counts[0].total as usize, counts[0].unread), (expected.split_whitespace().count(), unread), "{what}");
    };
    check("everything, newest first", all.clone(), "1 2 3 4 5 6 7 8 9");
    check("the window, with what is starred", since.clone(), "1 2 3 4 8 9");
    check("a moment belongs to the window that starts with it", ListQuery { since: Some(NOW - hours(1)), ..all.clone() }, "1 8 9");
    check("but not to the one that ends with it", ListQuery { before: Some(NOW - hours(7)), ..all.clone() }, "8 9");
    check("both ends", ListQuery { before: Some(NOW - hours(2)), ..since.clone() }, "3 4 8 9");
    check("the unread of the window", ListQuery { filter: Filter::Unread, ..since.clone() }, "1 3 4 8");
    check("the starred, whatever their date", ListQuery { filter: Filter::Starred, ..since.clone() }, "8 9");
    check("a cap, and what is starred beyond it", ListQuery { per_feed: Some(3), ..all.clone() }, "1 2 3 8 9");
    check("the unread under a cap are those of the list", ListQuery { per_feed: Some(3), filter: Filter::Unread, ..all.clone() }, "1 3 8");
    check("a cap of none", ListQuery { per_feed: Some(0), ..all.clone() }, "8 9");
    check("a limit", ListQuery { limit: 2, ..all.clone() }, "1 2");
    check("a limit of none", ListQuery { limit: 0, ..all.clone() }, "");
    check("another feed", ListQuery { feeds: Some(vec!["https://never".into()]), ..all.clone() }, "");
    check("no feed", ListQuery { feeds: Some(vec![]), ..all.clone() }, "");
    check("a feed named twice", ListQuery { feeds: Some(vec![FEED.into(), FEED.into()]), ..since.clone() }, "1 2 3 4 8 9");
    check("a search in the window, with what is starred", ListQuery { search: "title".into(), ..since.clone() }, "1 2 3 4 8 9");
    check("a search under a cap", ListQuery { search: "title".into(), per_feed: Some(1), ..all }, "1 8 9");
}

#[test]
fn a_star_brings_up_no_other_article_under_the_cap_of_a_feed() {
    let (_folder, store) = nine();
    let capped = ListQuery { per_feed: Some(3), ..ListQuery::default() };
    let before = titles(&store, capped.clone());
    mark(&store, "2", Mark::Star);
    assert_eq!(titles(&store, capped), before);
}

#[test]
fn feeds_are_merged_by_date_and_each_is_capped() {
    let (_folder, store) = new_store();
    save(&store, "https://a", vec![article("a1", 1), article("a3", 3), article("a5", 5)]);
    save(&store, "https://b", vec![article("b2", 2), article("b4", 4), article("b6", 6)]);
    let both = ListQuery { feeds: Some(vec!["https://b".into(), "https://a".into()]), ..ListQuery::default() };
    assert_eq!(titles(&store, both.clone()), ["a1", "b2", "a3", "b4", "a5", "b6"]);
    assert_eq!(titles(&store, ListQuery { per_feed: Some(1), ..both }), ["a1", "b2"]);
}

#[test]
fn a_list_has_all_ids_and_the_first_rows_and_the_others_come_when_asked() {
    let (_folder, store) = new_store();
    save(&store, FEED, (0..500).map(|hour| article(&hour.to_string(), hour)).collect());
    let list = wait(store.front().list(ListQuery::default())).expect("a list");
    assert_eq!((list.ids.len(), list.rows.len()), (500, ROWS_AHEAD));
    assert!(list.rows.iter().zip(&list.ids).all(|(row, id)| row.id == *id));
    let wanted = vec![list.ids[499], ArticleId(-1), list.ids[300], ArticleId(i64::MAX)];
    let rows = wait(store.front().rows(wanted)).expect("rows");
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [list.ids[499], list.ids[300]]);
    assert_eq!(wait(store.front().article(ArticleId(-1))).expect("reads"), None);
}

#[test]
fn a_search_finds_every_word_by_its_start_in_title_or_text() {
    let (_folder, store) = new_store();
    let with = |id: &str, title: &str, text: &str| NewArticle { title: CleanText::new(title), document: document(text), ..article(id, 1) };
    let articles = vec![
        with("1", "Café lantern", "harbour at night"),
        with("2", "Harbours", "a ship's lanterns and it's dark"),
        with("3", "Nothing", "AND OR NOT NEAR title body"),
    ];
    save(&store, FEED, articles);
    index_words(&store);
    let check = |search: &str, expected: &[&str]| {
        let rows = wait(store.front().list(ListQuery { search: search.into(), ..ListQuery::default() })).expect(search).rows;
        assert_eq!(rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), expected, "{search:?}");
    };
    check("lantern", &["Café lantern", "Harbours"]);
    check("harb lant", &["Café lantern", "Harbours"]);
    check("CAFE", &["Café lantern"]);
    check("ship's", &["Harbours"]);
    check("night dark", &[]);
    check("NOT", &["Nothing"]);
    check("lantern \"unclosed", &[]);
    check("title:café", &[]);
    check("  ", &["Café lantern", "Harbours", "Nothing"]);
}

#[test]
fn no_list_is_longer_than_the_limit_but_a_mark_reaches_everything() {
    let (_folder, store) = new_store();
    let many = LIST_LIMIT + 50;
    save(&store, FEED, (0..many).map(|number| NewArticle { document: Default::default(), ..article(&number.to_string(), 1) }).collect());
    let query = ListQuery { limit: usize::MAX, ..ListQuery::default() };
    assert_eq!(wait(store.front().list(query.clone())).expect("a list").ids.len(), LIST_LIMIT);
    let some = ListQuery { limit: 7, ..ListQuery::default() };
    let marked = wait(store.front().mark_matching(some, Mark::Read, "some".into(), NOW)).expect("marks");
    assert_eq!(marked.changed.len(), 7);
    let marked = wait(store.front().mark_matching(query.clone(), Mark::Read, "all".into(), NOW)).expect("marks");
    assert_eq!(marked.changed.len(), many - 7);
    let undone = wait(store.front().undo(NOW)).expect("undoes").expect("an act");
    assert_eq!((undone.label.as_str(), undone.ids.len()), ("all", many - 7));
}

/// One article of the random stores: its feed, its age in hours, its status, whether it has the word.
type Wild = (usize, i64, bool, bool, bool);

fn wild_query() -> impl Strategy<Value = ListQuery> {
    let feeds = prop::option::of(prop::collection::vec(0..5usize, 0..4));
    let ages = (prop::option::of(0..40i64), prop::option::of(0..40i64));
    let filter = prop::sample::select(vec![Filter::All, Filter::Unread, Filter::Starred]);
    let bounds = (prop::option::of(0..150usize), prop_oneof![0..300usize, Just(LIST_LIMIT)], any::<bool>());
    (feeds, ages, filter, bounds).prop_map(|(feeds, (since, before), filter, (per_feed, limit, is_search))| ListQuery {
        feeds: feeds.map(|feeds| feeds.into_iter().map(feed_url).collect()),
        since: since.map(|age| NOW - hours(age)),
        before: before.map(|age| NOW - hours(age)),
        per_feed,
        filter,
        search: if is_search { "lantern".into() } else { String::new() },
        limit,
    })
}

fn feed_url(feed: usize) -> String {
    format!("https://example.org/{feed}")
}

/// The list by its definition, one rule after the other.
fn by_definition(stored: &[(ArticleId, Wild)], query: &ListQuery) -> Vec<(ArticleId, bool)> {
    let is_asked = |feed: usize| query.feeds.as_ref().is_none_or(|urls| urls.contains(&feed_url(feed)));
    let mut taken = [0; 5];
    let mut newest_first = stored.to_vec();
    newest_first.sort_by_key(|(id, (_, age, ..))| (*age, std::cmp::Reverse(*id)));
    newest_first.retain(|(_, (feed, age, is_read, is_starred, has_word))| {
        let sorted_at = NOW - hours(*age);
        let is_in = is_asked(*feed)
            && (*is_starred || query.since.is_none_or(|since| sorted_at >= since))
            && query.before.is_none_or(|before| sorted_at < before)
            && (query.search.is_empty() || *has_word);
        taken[*feed] += usize::from(is_in);
        let is_capped = !is_starred && query.per_feed.is_some_and(|cap| taken[*feed] > cap);
        let is_shown = match query.filter {
            Filter::All => true,
            Filter::Unread => !is_read,
            Filter::Starred => *is_starred,
        };
        is_in && !is_capped && is_shown
    });
    newest_first.iter().take(query.limit).map(|(id, (_, _, is_read, ..))| (*id, *is_read)).collect()
}

fn fill(store: &Store, articles: &[Wild]) -> Vec<(ArticleId, Wild)> {
    for feed in 0..5 {
        let own = articles.iter().enumerate().filter(|(_, (of, ..))| *of == feed);
        let own = own.map(|(number, (_, age, _, _, has_word))| NewArticle {
            document: document(if *has_word { "a lantern" } else { "dark" }),
            ..article(&number.to_string(), *age)
        });
        save(store, &feed_url(feed), own.collect());
    }
    index_words(store);
    let snapshot = wait(store.front().list(ListQuery::default())).expect("a list");
    let rows = wait(store.front().rows(snapshot.ids)).expect("rows");
    let numbered = rows.iter().map(|row| (row.id, articles[row.title.trim_start_matches("Title ").parse::<usize>().expect("a number")]));
    let stored: Vec<(ArticleId, Wild)> = numbered.collect();
    let of = |has: fn(&Wild) -> bool| stored.iter().filter(|(_, wild)| has(wild)).map(|(id, _)| *id).collect();
    wait(store.front().mark(of(|wild| wild.2), Mark::Read, "read".into(), NOW)).expect("marks");
    wait(store.front().mark(of(|wild| wild.3), Mark::Star, "star".into(), NOW)).expect("marks");
    stored
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lists_and_counts_are_what_their_definition_says(
        articles in prop::collection::vec((0..5usize, 0..40i64, any::<bool>(), prop::bool::weighted(0.2), any::<bool>()), 0..700),
        queries in prop::collection::vec(wild_query(), 12),
    ) {
        let (_folder, store) = new_store();
        let stored = fill(&store, &articles);
        let counts = wait(store.front().counts(queries.clone())).expect("counts");
        for (query, counts) in queries.into_iter().zip(counts) {
            let expected = by_definition(&stored, &query);
            let list = wait(store.front().list(query.clone())).expect("a list");
            prop_assert_eq!(&list.ids, &expected.iter().map(|(id, _)| *id).collect::<Vec<_>>(), "{:?}", query);
            let unread = expected.iter().filter(|(_, is_read)| !is_read).count();
            prop_assert_eq!((counts.total as usize, counts.unread as usize), (expected.len(), unread), "{:?}", query);
        }
    }

    #[test]
    fn no_search_is_a_mistake(search in any::<String>(), odd in "[\"'*():^+\\-{}\0 a-cAND]{0,40}") {
        let (_folder, store) = new_store();
        save(&store, FEED, vec![article("a", 1)]);
        for search in [search, odd] {
            let list = wait(store.front().list(ListQuery { search, ..ListQuery::default() }));
            prop_assert!(list.is_ok(), "{list:?}");
        }
    }

    #[test]
    fn undo_and_redo_lead_through_the_same_statuses(acts in prop::collection::vec((prop::collection::vec(0..12usize, 0..12), 0..4usize), 0..12)) {
        let (_folder, store) = new_store();
        save(&store, FEED, (0..12).map(|hour| article(&hour.to_string(), hour)).collect());
        let statuses = || -> Vec<Status> { wait(store.front().list(ListQuery::default())).expect("a list").rows.iter().map(|row| row.status).collect() };
        let ids = wait(store.front().list(ListQuery::default())).expect("a list").ids;
        let mut past = vec![statuses()];
        for (which, mark) in acts {
            let mark = [Mark::Read, Mark::Unread, Mark::Star, Mark::Unstar][mark];
            let marked = wait(store.front().mark(which.iter().map(|index| ids[*index]).collect(), mark, "act".into(), NOW)).expect("marks");
            if !marked.changed.is_empty() {
                past.push(statuses());
            }
        }
        for before in past.iter().rev().skip(1) {
            prop_assert!(wait(store.front().undo(NOW)).expect("undoes").is_some());
            prop_assert_eq!(&statuses(), before);
        }
        prop_assert_eq!(wait(store.front().undo(NOW)).expect("undoes"), None);
        for after in past.iter().skip(1) {
            prop_assert!(wait(store.front().redo(NOW)).expect("redoes").is_some());
            prop_assert_eq!(&statuses(), after);
        }
        prop_assert_eq!(wait(store.front().redo(NOW)).expect("redoes"), None);
    }
}
