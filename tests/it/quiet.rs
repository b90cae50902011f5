//! Stories of sections and papers without articles: the screen says why, in words.

use crate::harness::{Reader, Setup, rss};
use matins::app::effect::Effect;
use matins::app::event::{Event, FeedOutcome};
use matins::domain::feed::{FeedHealth, FeedState};

const DAY: &str = "window = \"24h\"";

#[test]
fn a_section_says_since_when_there_is_nothing_new() {
    let old = rss("WHO", &[("Last week's news", 38, "<p>x</p>")]);
    let mut reader = Setup::new().section("Health", DAY, &[("WHO", old)]).open();
    reader.sees("Nothing new since Fri 20 Nov 18:00 (WHO)").sees("a shows all");
    reader.press("a").sees("Last week's news");
}

#[test]
fn a_failing_feed_is_named_with_its_error_and_its_next_try() {
    let old = rss("WHO", &[("Old", 90, "<p>x</p>")]);
    let setup = Setup::new().section("Health", DAY, &[("WHO", old), ("CDC", "this is no feed".into())]);
    let mut reader = setup.open();
    reader.sees("Nothing new since").sees("CDC failed:").sees("trying again");
    reader.press("j").sees("! CDC failed, ! shows why");
    reader.press("!").sees("Feed health").sees("! CDC").sees("2 feeds: 1 failing").does_not_see("shows why");
}

#[test]
fn a_paper_that_reaches_nothing_says_so_and_offers_the_sample_edition() {
    let (setup, absent) = (Setup::new(), "[[section]]\nname = \"Health\"\nfeeds = [\"file:///absent.xml\"]\n");
    let mut reader = Setup { feeds: absent.into(), ..setup }.open();
    reader.sees("Your only feed could not be reached").sees("no way to the network").sees("D opens the sample edition");
    reader.press("D");
    assert!(reader.left_over.contains(&Effect::OpenSample));
}

#[test]
fn a_paper_whose_feeds_all_answered_with_something_else_does_not_call_them_out_of_reach() {
    let mut reader = Setup::new().section("Health", DAY, &[("CDC", "no feed".into()), ("WHO", "none".into())]).size(150, 40).open();
    reader.sees("None of your 2 feeds brought anything: all sent no feed.").sees("D opens the sample edition");
    reader.does_not_see("reached").does_not_see("no way to the network");
    reader.press("D");
    assert!(reader.left_over.contains(&Effect::OpenSample));
}

#[test]
fn a_section_whose_feeds_have_no_articles_at_all_says_so() {
    let reader = Setup::new().section("Health", DAY, &[("WHO", rss("WHO", &[]))]).open();
    reader.sees("WHO answered, but had no articles at all.");
}

#[test]
fn news_that_grows_old_leaves_the_count_at_once_and_the_list_when_it_is_looked_at_again() {
    let feeds = [("CBC", rss("CBC", &[("This morning", 1, "<p>x</p>")]))];
    let mut reader =
        Setup::new().section("News", DAY, &feeds).section("Other", DAY, &[("WHO", rss("WHO", &[("Else", 1, "<p>x</p>")]))]).open();
    reader.sees("News 1");
    reader.later(30).press("R");
    reader.does_not_see("News 1").sees("This morning");
    reader.press("2 1").sees("Nothing new since yesterday 07:00 (CBC)");
}

#[test]
fn sentences_have_air_around_them_on_a_small_screen_too() {
    let feeds = [("WHO", rss("WHO", &[]))];
    let reader = Setup::new().section("Health", DAY, &feeds).size(80, 24).open();
    let screen = reader.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let at = lines.iter().position(|line| line.contains("WHO answered")).expect("a sentence");
    assert_eq!((lines[at - 1], lines[at + 1]), ("", ""), "{screen}");
    assert!(lines[at + 2].contains("asks these feeds now"), "{screen}");
}

#[test]
fn only_a_feed_whose_request_is_on_its_way_is_being_fetched_and_the_others_wait() {
    let feeds = ["WHO", "STAT", "CDC"].map(|name| (name, rss(name, &[("News", 1, "")])));
    let is_late = |effect: &Effect| matches!(effect, Effect::Refresh(_) | Effect::LoadHealth { .. });
    let mut reader = Setup::new().section("Health", DAY, &feeds).open_holding(is_late);
    reader.sees("WHO, STAT and CDC wait for their turn.").does_not_see("Fetching");
    reader.sees("a shows all that is stored").does_not_see("asks these feeds now");
    let urls: Vec<String> = reader.model.paper.feeds().into_iter().map(|feed| feed.url.clone()).collect();
    reader.happen(Event::RefreshPlanned { urls: urls.clone() });
    reader.happen(Event::FeedStarted { url: urls[1].clone() });
    reader.sees("Fetching STAT. That takes a few seconds.").sees("WHO and CDC wait for their turn.").does_not_see("Not asked yet");
    reader.sees("refreshing 0/3 · waiting for STAT");
    reader.press("!").sees("3 feeds: 3 still to answer").does_not_see("never asked");
    assert!(reader.line_with("STAT  ").contains("being asked now"));
    assert!(reader.line_with("CDC  ").contains("waits for its turn"));
    reader.press("j").sees("being asked now");
}

/// Thirty feeds in two sections, of which none has answered yet.
fn cut_off(late: fn(&Effect) -> bool) -> (Reader, Vec<String>) {
    let feeds = |from: usize, to: usize| (from..to).map(|number| format!("\"file:///absent{number}.xml\"")).collect::<Vec<_>>().join(", ");
    let section = |name: &str, feeds: String| format!("[[section]]\nname = \"{name}\"\nfeeds = [{feeds}]\n");
    let text = section("First", feeds(0, 25)) + &section("Second", feeds(25, 30));
    let mut reader = Setup { feeds: text, ..Setup::new() }.open_holding(late);
    let urls: Vec<String> = reader.model.paper.feeds().into_iter().map(|feed| feed.url.clone()).collect();
    reader.happen(Event::RefreshPlanned { urls: urls.clone() });
    (reader, urls)
}

#[test]
fn the_sample_edition_is_offered_as_soon_as_enough_feeds_have_failed_and_no_longer_when_one_has_come() {
    let is_late = |effect: &Effect| matches!(effect, Effect::Refresh(_) | Effect::LoadHealth { .. });
    let fail = |reader: &mut Reader, url: &String| {
        reader.happen(Event::FeedAnswered { url: url.clone(), outcome: FeedOutcome::Failed { error: "no way to it".into() } });
    };
    let (mut reader, urls) = cut_off(is_late);
    urls[..19].iter().for_each(|url| fail(&mut reader, url));
    reader.does_not_see("sample edition");
    fail(&mut reader, &urls[19]);
    reader.sees("None of the 20 feeds that were asked so far").sees("brought anything; 10 are still to answer.");
    reader.sees("D opens the sample edition");
    reader.happen(Event::FeedAnswered { url: urls[20].clone(), outcome: FeedOutcome::Saved { new: 3 } });
    reader.does_not_see("sample edition");
    let (mut reader, urls) = cut_off(is_late);
    reader.press("2");
    urls[25..].iter().for_each(|url| fail(&mut reader, url));
    reader.sees("D opens the sample edition");
    reader.press("D");
    assert!(reader.left_over.contains(&Effect::OpenSample), "all of the section in front");
    let (mut reader, urls) = cut_off(is_late);
    fail(&mut reader, &urls[0]);
    reader.does_not_see("sample edition");
    reader.later(1);
    fail(&mut reader, &urls[1]);
    reader.sees("D opens the sample edition");
}

#[test]
fn a_reason_has_the_room_that_there_is_on_the_sheet_of_feed_health() {
    let reason = "the certificate of host1.example is not valid: it ended on 3 November and the clock here says 22 November";
    let is_late = |effect: &Effect| matches!(effect, Effect::Refresh(_) | Effect::LoadHealth { .. });
    for (width, height) in [(120, 40), (80, 24)] {
        let (setup, names) = (Setup::new(), ["WHO", "CDC"]);
        let feed = |name: &str| format!("{{ url = \"https://{name}.example/\", title = \"{name}\" }}");
        let feeds = format!("[[section]]\nname = \"Health\"\nfeeds = [{}]\n", names.map(feed).join(", "));
        let mut reader = Setup { feeds, ..setup }.size(width, height).open_holding(is_late);
        let failing = |url: &String| FeedHealth { state: FeedState::Failing, error: Some(reason.to_string()), ..FeedHealth::never(url) };
        let urls: Vec<String> = reader.model.paper.feeds().into_iter().map(|feed| feed.url.clone()).collect();
        reader.happen(Event::HealthLoaded { feeds: urls.iter().map(failing).collect() });
        reader.press("!");
        let told = reader.screen().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            told.matches("clock here says 22 November").count() >= 3,
            "two rows and the details at {width}x{height}\n{}",
            reader.screen()
        );
        assert!(!told.contains('…'), "{}", reader.screen());
    }
}

/// A paper of one section with an article and one with eight feeds that fail.
fn eight_failing(size: (u16, u16)) -> Setup {
    let failing: Vec<(String, String)> = (1..9).map(|number| (format!("Feed {number}"), "no feed".to_string())).collect();
    let failing: Vec<(&str, String)> = failing.iter().map(|(title, text)| (title.as_str(), text.clone())).collect();
    let well = [("CBC", rss("CBC", &[("One", 1, "")]))];
    Setup::new().section("News", "", &well).section("Health", "", &failing).size(size.0, size.1)
}

#[test]
fn a_section_names_every_feed_that_failed_and_the_next_step_where_they_have_room() {
    for size in [(120, 40), (80, 24)] {
        let mut reader = eight_failing(size).open();
        reader.press("2").sees("Feed 1 failed: ").sees("Feed 8 failed: ").sees("again at 09:00.").sees("r asks these feeds now");
        reader.does_not_see("more feed");
    }
}

#[test]
fn the_next_step_is_seen_before_the_last_failure_is() {
    for (size, told) in [((80, 17), "more feeds failed."), ((40, 20), "more feeds failed.")] {
        eight_failing(size).open().press("2").sees("Feed 1 failed: ").sees(told).sees("r asks these feeds now");
    }
}

#[test]
fn the_end_of_a_refresh_tells_what_came_and_how_many_failed() {
    let is_late = |effect: &Effect| matches!(effect, Effect::Refresh(_));
    let feeds = [("CBC", rss("CBC", &[("One", 1, "")])), ("CTV", rss("CTV", &[("Two", 1, "")]))];
    let mut reader = Setup::new().section("News", "", &feeds).open_holding(is_late);
    let urls: Vec<String> = reader.model.paper.feeds().into_iter().map(|feed| feed.url.clone()).collect();
    reader.happen(Event::RefreshPlanned { urls: urls.clone() });
    reader.press("R").sees("a refresh is under way");
    reader.happen(Event::FeedAnswered { url: urls[0].clone(), outcome: FeedOutcome::Saved { new: 3 } });
    reader.happen(Event::FeedAnswered { url: urls[1].clone(), outcome: FeedOutcome::Failed { error: "403 Forbidden".into() } });
    reader.happen(Event::RefreshEnded);
    reader.sees("3 new articles · 1 feed failed, ! shows why").does_not_see("under way");
}
