//! What a list costs, counted in SQLite's own steps, never in time.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, StatementStatus};

use super::super::tests::{article, fetched};
use super::super::{migrate, save};
use super::*;

const NOW: Timestamp = Timestamp::constant(1_760_000_000, 0);

/// Forty feeds, an article of each every hour, back from now.
fn stored(articles: usize) -> Connection {
    let connection = Connection::open_in_memory().expect("a store");
    migrate::bring_up_to_date(&connection, std::path::Path::new(":memory:"), migrate::MIGRATIONS).expect("the schema");
    for feed in 0..40 {
        let each = (0..articles / 40).map(|hour| article(hour, NOW - SignedDuration::from_hours(hour as i64), "text"));
        let prepared = save::prepare(&connection, fetched(&url(feed), each.collect(), NOW)).expect("prepared");
        save::save(&connection, &prepared).expect("saved");
    }
    connection
}

fn url(feed: usize) -> String {
    format!("https://example.org/{feed}")
}

fn section() -> ListQuery {
    let feeds = (0..8).map(url).collect();
    ListQuery { feeds: Some(feeds), since: Some(NOW - SignedDuration::from_hours(20)), ..ListQuery::default() }
}

/// Steps of SQLite's machine, and of them full scans, since the statements were last looked at.
fn steps(connection: &Connection) -> (i32, i32) {
    let mut sum = (0, 0);
    for sql in [NEWEST, UNREAD, STARRED, "SELECT feed FROM feed WHERE url = ?1"] {
        let statement = connection.prepare_cached(sql).expect("prepared");
        sum.0 += statement.reset_status(StatementStatus::VmStep);
        sum.1 += statement.reset_status(StatementStatus::FullscanStep);
    }
    sum
}

#[test]
fn a_list_costs_the_same_however_much_is_stored() {
    let cost = |articles| {
        let connection = stored(articles);
        assert_eq!(ids(&connection, &section(), 10_000).expect("a list").len(), 8 * 21);
        let list = steps(&connection);
        assert_eq!(counts(&connection, &section(), 10_000).expect("counts"), Counts { total: 168, unread: 168, is_capped: false });
        let counted = steps(&connection);
        let unread = ListQuery { filter: Filter::Unread, ..section() };
        assert_eq!(ids(&connection, &unread, 10_000).expect("a list").len(), 168);
        (list, counted, steps(&connection))
    };
    let (small, large) = (cost(1000), cost(20_000));
    assert_eq!(small, large);
    assert!(small.0.0 > 168 && small.0.0 < 168 * 20, "{small:?}");
    assert_eq!(small.0.1, 0, "no full scan");
}

#[test]
fn a_list_is_read_from_an_index_alone_and_needs_no_sorting() {
    let connection = stored(40);
    for sql in [NEWEST, UNREAD, STARRED] {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a plan");
        let plan: Vec<String> = statement.query_map([1; 5], |row| row.get(3)).expect("rows").map(|line| line.expect("a line")).collect();
        assert!(plan.len() == 1 && plan[0].contains("USING COVERING INDEX"), "{plan:?}");
    }
}
