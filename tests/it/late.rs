//! Stories of answers that come late: a slow disk, a slow network, keys that are faster than both.

use crate::harness::{Reader, Setup, rss};
use matins::app::effect::Effect;
use matins::app::event::{Event, FeedOutcome};
use matins::domain::list::{ListQuery, Snapshot};

const DAY: &str = "window = \"24h\"";

fn paper() -> Setup {
    let long: String = (1..=80).map(|number| format!("<p>Paragraph {number} of a long report.</p>")).collect();
    let articles: &[(&str, i64, &str)] =
        &[("First", 1, "<p>Short.</p>"), ("Second", 2, &long), ("Third", 3, "<p>Third text.</p>"), ("Old", 40, "<p>Old.</p>")];
    Setup::new().section("News", DAY, &[("CBC", rss("CBC", articles))])
}

fn unread(reader: &Reader) -> usize {
    reader.model.list.rows().filter(|row| !row.status.is_read).count()
}

#[test]
fn rows_that_were_read_before_a_mark_do_not_take_it_from_the_screen() {
    let mut reader = paper().open();
    reader.hold(|effect| matches!(effect, Effect::LoadRows { .. })).happen(Event::StoreChanged);
    reader.press("m").does_not_see("● First");
    reader.let_go().does_not_see("● First");
    assert_eq!(unread(&reader), 2);
}

#[test]
fn a_second_space_does_not_mark_an_article_read_that_was_never_shown() {
    let mut reader = paper().open();
    reader.hold(|effect| matches!(effect, Effect::LoadArticle { .. })).press("space space");
    assert_eq!(unread(&reader), 2, "only the first was read");
    reader.let_go().sees("Paragraph 1 of a long report.");
    reader.press("space").sees("%");
    assert_eq!(unread(&reader), 2);
}

#[test]
fn a_key_pressed_on_a_list_that_is_still_empty_does_not_keep_it_empty() {
    let mut reader = paper().open_holding(|effect| matches!(effect, Effect::Refresh(_)));
    reader.press("j").does_not_see("First");
    reader.let_go().sees("● First").sees("● Third");
}

#[test]
fn a_list_that_fills_keeps_its_top_in_front_until_somebody_moves() {
    let mut reader = paper().open_holding(|effect| matches!(effect, Effect::Refresh(_)));
    let store = matins::store::Store::open(&reader.folder.path().join("matins.db")).expect("a store");
    let whole = tokio::runtime::Runtime::new().expect("a runtime").block_on(store.front().list(ListQuery::default()));
    let whole = whole.expect("a list");
    let part = |from: usize| Snapshot { ids: whole.ids[from..].to_vec(), rows: whole.rows[from..].to_vec() };
    let fill = |reader: &mut Reader, from| reader.happen(Event::ListLoaded { generation: reader.model.generation, snapshot: part(from) });
    fill(&mut reader, 2);
    assert!(reader.line_with("● Third").starts_with('▌'));
    fill(&mut reader, 1);
    assert!(reader.line_with("● Second").starts_with('▌'), "{}", reader.screen());
    reader.press("j");
    fill(&mut reader, 0);
    assert!(reader.line_with("● Third").starts_with('▌'), "{}", reader.screen());
}

#[test]
fn an_article_that_is_being_read_is_not_exchanged_when_more_arrives() {
    let mut reader = paper().open_holding(|effect| matches!(effect, Effect::Refresh(_)));
    reader.let_go().press("z").sees("Short.");
    reader.happen(Event::StoreChanged);
    reader.sees("Short.");
}

#[test]
fn escape_with_a_key_behind_it_acts_on_the_list_that_escape_leads_to() {
    let mut reader = paper().open();
    reader.press("a").sees("Old");
    reader.press("alt-A").sees("marked News read: 3 articles");
    reader.press("a").sees("● Old");
}

#[test]
fn keys_pressed_while_a_list_is_loading_find_no_article_of_the_old_one() {
    let mut reader = paper().section("Other", DAY, &[("WHO", rss("WHO", &[("Else", 1, "<p>Else.</p>")]))]).open();
    reader.hold(|effect| matches!(effect, Effect::LoadList { .. })).press("2 m").sees("there is no article here to mark");
    reader.let_go().sees("● Else");
}

#[test]
fn a_refresh_whose_feeds_are_all_in_other_hands_says_so() {
    let answers = |outcomes: &[FeedOutcome]| {
        let mut reader = paper().open();
        reader.hold(|effect| matches!(effect, Effect::Refresh(_))).press("R");
        for (number, outcome) in outcomes.iter().enumerate() {
            reader.happen(Event::FeedAnswered { url: format!("file:///{number}"), outcome: outcome.clone() });
        }
        reader.happen(Event::RefreshEnded);
        reader
    };
    answers(&[FeedOutcome::Elsewhere, FeedOutcome::NotDue]).sees("another matins is asking these feeds now");
    answers(&[FeedOutcome::Elsewhere, FeedOutcome::Unchanged]).does_not_see("another matins");
    answers(&[FeedOutcome::NotDue]).does_not_see("another matins");
}
