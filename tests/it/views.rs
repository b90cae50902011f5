//! Stories of what a list shows: the section's window, all that is stored, and what waits to be shown.

use crate::harness::{Reader, Setup, rss};
use matins::app::effect::Effect;
use matins::app::event::Event;
use matins::domain::list::Counts;

const DAY: &str = "window = \"24h\"";

#[test]
fn that_all_that_is_stored_is_listed_is_said_once() {
    let feeds = [("CBC", rss("CBC", &[("Today", 1, ""), ("Yesterday", 30, "")]))];
    for (width, height) in [(120, 40), (80, 24), (40, 20)] {
        let mut reader = Setup::new().size(width, height).section("News", DAY, &feeds).open();
        reader.press("a").sees("Yesterday");
        assert_eq!(reader.screen().matches("all that is stored").count(), 1, "{}", reader.screen());
        reader.press("a").sees("the last 24h of News").does_not_see("all that is stored");
    }
}

#[test]
fn a_count_that_is_larger_than_the_list_says_how_many_wait_to_be_shown() {
    let articles = [("One", 2, ""), ("Two", 3, ""), ("Three", 1, ""), ("Four", 1, "")];
    for (width, height, expected) in [
        (120, 40, "1 of 2 · 4 unread with 2 new, press . to show"),
        (80, 24, "1 of 2 · 4 unread with 2 new, press . to show"),
        (40, 20, " 1/2 +2"),
    ] {
        let setup = Setup::new().size(width, height).section("News", DAY, &[("CBC", rss("CBC", &articles[..2]))]);
        let mut reader = setup.open();
        std::fs::write(reader.folder.path().join("CBC.xml"), rss("CBC", &articles)).expect("a feed");
        reader.press("r").sees("News 4").sees(expected);
        reader.press(".").does_not_see("new, press").does_not_see("+2").sees("Four");
    }
}

#[test]
fn the_headline_under_the_cursor_is_one_patch_in_the_terminals_own_ink_and_paper() {
    use ratatui::style::{Color, Modifier};
    let feeds = [("CBC", rss("CBC", &[("One", 1, ""), ("Two", 2, "")]))];
    let mut reader = Setup::new().settings("[screen]\ntheme = \"terminal\"\n").section("News", DAY, &feeds).open();
    reader.press("s").sees("★");
    let picture = reader.picture();
    let is_reversed = |cell: &&ratatui::buffer::Cell| cell.modifier.contains(Modifier::REVERSED);
    let patch: Vec<_> = picture.content().iter().filter(is_reversed).collect();
    assert_eq!(patch.iter().map(|cell| cell.symbol()).collect::<String>(), "One", "the headline");
    assert!(patch.iter().all(|cell| cell.fg == Color::Reset && !cell.modifier.contains(Modifier::DIM)));
    assert!(patch[0].modifier.contains(Modifier::BOLD), "unread is bold there too");
}

#[test]
fn starred_articles_of_every_feed_also_a_removed_one_are_listed_on_a_key_and_back_leads_to_the_same_place() {
    let who = rss("WHO", &[("Kept of WHO", 2, "<p>Of a feed that has left.</p>"), ("Not kept", 3, "")]);
    let cbc = rss("CBC", &[("First of CBC", 1, ""), ("Kept of CBC", 300, "<p>Old.</p>")]);
    let ours = Setup::new().section("News", DAY, &[("CBC", cbc)]);
    let kept = ours.feeds.clone();
    let mut both = ours.section("Health", DAY, &[("WHO", who)]).open();
    both.press("a G").sees("Kept of CBC");
    both.press("s 2 s");
    let mut reader = both.reopen(|setup| Setup { feeds: kept, ..setup });
    reader.press("1 g").does_not_see("Kept of WHO");
    reader.press("S").sees("1 of 2 · starred, of every feed").sees("Kept of WHO").sees("Kept of CBC").does_not_see("First of CBC");
    let starred = matins::domain::list::Filter::Starred;
    let listed = reader.list(matins::domain::list::ListQuery { filter: starred, ..Default::default() });
    let shown: Vec<String> =
        reader.model.list.ids().iter().filter_map(|id| Some(reader.model.list.row_of(*id)?.title.to_string())).collect();
    assert_eq!(shown, listed, "as `matins list --starred` has them");
    reader.sees("Of a feed that has left.");
    reader.press("s").sees("Kept of WHO").does_not_see("★ Kept");
    reader.press("n").sees("Old.");
    reader.press("A").sees("2 articles read · u undoes it");
    reader.press("esc").sees("1 of 2 · 1 unread").sees("▌● First of CBC").does_not_see("Kept of WHO");
    reader.press("S").sees("1 of 1 · starred").does_not_see("Kept of WHO");
    reader.press("s S S").sees("Nothing is starred").sees("s stars an article, S leads back to News");
    reader.press("a").sees("all that is stored").sees("First of CBC");
}

#[test]
fn next_unread_leads_from_the_starred_articles_into_the_section_behind_them() {
    let cbc = rss("CBC", &[("Starred", 1, "<p>Kept.</p>"), ("Unread", 2, "<p>Not read yet.</p>")]);
    let mut reader = Setup::new().section("News", DAY, &[("CBC", cbc)]).open();
    reader.press("s m S").sees("Starred").does_not_see("Unread");
    reader.press("n").sees("Not read yet.").sees("2 of 2");
    reader.press("m S n").sees("nothing else is unread");
}

#[test]
fn leaving_from_the_starred_articles_comes_back_to_the_place_in_the_section() {
    let cbc = rss("CBC", &[("First", 1, ""), ("Second", 2, ""), ("Third", 3, "")]);
    let setup = Setup::new().section("News", DAY, &[("CBC", cbc)]);
    let feeds = setup.feeds.clone();
    let mut reader = setup.open();
    reader.press("j j s k S enter").sees("Third");
    let reader = reader.reopen(|setup| Setup { feeds, ..setup });
    reader.sees("▌● Second").sees("2 of 3");
}

#[test]
fn the_top_says_that_one_looks_at_starred_articles_and_how_one_gets_back() {
    for (width, height) in [(120, 40), (80, 24), (40, 20), (20, 5)] {
        let news = [("CBC", rss("CBC", &[("One", 1, "")]))];
        let health = [("WHO", rss("WHO", &[("Two", 1, "")]))];
        let mut reader = Setup::new().size(width, height).section("News", DAY, &news).section("Health", DAY, &health).open();
        let top = |reader: &Reader| reader.screen().lines().take(2).collect::<Vec<_>>().join("\n");
        assert!(top(&reader).contains("▌ News"));
        reader.press("s S");
        assert!(top(&reader).contains("★ Starred") && !top(&reader).contains("▌ News"), "{}", reader.screen());
        assert!(width < 30 || top(&reader).contains("S back to News"), "{}", reader.screen());
        assert!(width < 80 || top(&reader).contains("of all sections"), "{}", reader.screen());
        assert_eq!(reader.screen().matches("tarred").count(), 1 + usize::from(width >= 80), "it is said once\n{}", reader.screen());
        reader.press("1");
        assert!(top(&reader).contains("▌ News") && !top(&reader).contains("Starred"), "its own number leads back\n{}", reader.screen());
    }
}

#[test]
fn what_was_just_marked_is_counted_in_the_same_picture() {
    let feeds = [("CBC", rss("CBC", &[("One", 1, ""), ("Two", 2, "")]))];
    let mut reader = Setup::new().section("News", DAY, &feeds).open();
    reader.hold(|effect| matches!(effect, Effect::LoadCounts { .. }));
    reader.press("m").sees("News 1").sees("1 of 2 · 1 unread");
    reader.press("m").sees("News 2").sees("2 unread");
    reader.press("A").sees("0 unread").does_not_see("News 2");
    let before = Counts { total: 2, unread: 2, is_capped: false };
    reader.happen(Event::CountsLoaded { counts: vec![before], marks: 0 });
    reader.sees("0 unread").does_not_see("News 2");
    reader.let_go().sees("0 unread");
}
