//! Stories of feeds that give their articles other ids: what has the same link and title is the same article, whatever its id.

use matins::domain::list::ListQuery;
use matins::domain::status::Mark;

use crate::refresh_newsroom::{NOON, Newsroom, plan_of};

/// An article in few words: guid, link, title, text; an empty guid or link is none.
type Written<'a> = (&'a str, &'a str, &'a str, &'a str);

fn feed(articles: &[Written], is_dated: bool) -> String {
    let date = if is_dated { "<pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate>" } else { "" };
    let element = |name: &str, text: &str| if text.is_empty() { String::new() } else { format!("<{name}>{text}</{name}>") };
    let one = |(guid, link, title, text): &Written| {
        let parts = [element("guid", guid), element("link", link), element("title", title), element("description", text)].concat();
        format!("<item>{parts}{date}</item>")
    };
    format!("<rss version='2.0'><channel><title>Paper</title>{}</channel></rss>", articles.iter().map(one).collect::<String>())
}

/// All articles are starred between two answers: how many are then new, changed, stored, and still starred.
async fn after(before: &str, then: &str) -> (u32, u32, usize, usize) {
    let newsroom = Newsroom::new();
    let url = newsroom.file("one.xml", before);
    newsroom.refresh(plan_of(&[&url])).await;
    let front = newsroom.store.front();
    let at = jiff::Timestamp::from_second(NOON).expect("a moment");
    front.mark_matching(ListQuery::default(), Mark::Star, "star".into(), at).await.expect("marks");
    newsroom.wait(120);
    newsroom.file("one.xml", then);
    let (_, told) = newsroom.refresh(plan_of(&[&url])).await;
    let outcome = crate::refresh_newsroom::outcomes(&told).remove(&url);
    let (new, changed) = if let Some(matins::refresh::Outcome::Saved { new, changed }) = outcome { (new, changed) } else { (99, 99) };
    let rows = front.list(ListQuery::default()).await.expect("a list").rows;
    (new, changed, rows.len(), rows.iter().filter(|row| row.status.is_starred).count())
}

/// What is told, what stood in the feed before and after, and how many are then new, changed, listed and starred.
type Variant<'a> = (&'a str, &'a [Written<'a>], &'a [Written<'a>], (u32, u32, usize, usize));

const A: &str = "https://a.example/1";
const B: &str = "https://a.example/2";

#[tokio::test]
async fn an_article_with_another_id_but_the_same_link_and_title_is_not_new() {
    let one: &[Written] = &[("g1", A, "One", "text")];
    let two: &[Written] = &[("g1", A, "One", "text"), ("g2", B, "Two", "text")];
    let live: &[Written] = &[("g1", A, "At noon", "text"), ("g2", A, "At one", "text")];
    let twins: &[Written] = &[("g1", A, "One", "first"), ("g2", A, "One", "second")];
    let variants: &[Variant] = &[
        ("guid changed", one, &[("h1", A, "One", "text")], (0, 0, 1, 1)),
        ("guid dropped", one, &[("", A, "One", "text")], (0, 0, 1, 1)),
        ("guid added", &[("", A, "One", "text")], one, (0, 0, 1, 1)),
        ("every guid changed", two, &[("h1", A, "One", "text"), ("h2", B, "Two", "text")], (0, 0, 2, 2)),
        ("guid and text changed", one, &[("h1", A, "One", "another text")], (0, 1, 1, 1)),
        (
            "guid changed, link over http and with tracking",
            one,
            &[("h1", "http://a.example/1?utm_source=rss", "One", "text")],
            (0, 0, 1, 1),
        ),
        ("guid changed, a new article above", one, &[("g2", B, "Two", "text"), ("h1", A, "One", "text")], (1, 0, 2, 1)),
        ("guid and title changed", one, &[("h1", A, "Another", "text")], (1, 0, 2, 1)),
        ("guid and link changed", one, &[("h1", B, "One", "text")], (1, 0, 2, 1)),
        ("a live page goes on under its one link", live, &[("g3", A, "At two", "text"), live[0], live[1]], (1, 0, 3, 2)),
        ("a second article of that link and title beside the first", one, &[one[0], ("g2", A, "One", "more")], (1, 0, 2, 1)),
        ("two of one link and title", twins, &[("h1", A, "One", "first"), ("h2", A, "One", "second")], (0, 0, 2, 2)),
        ("no links at all", &[("g1", "", "One", "text")], &[("h1", "", "One", "text")], (0, 0, 1, 1)),
        ("no links at all, and another title", &[("g1", "", "One", "text")], &[("h1", "", "Two", "text")], (1, 0, 2, 1)),
        ("a link that was not there", &[("g1", "", "One", "text")], &[("h1", A, "One", "text")], (1, 0, 2, 1)),
    ];
    for (what, before, then, expected) in variants {
        for is_dated in [true, false] {
            assert_eq!(after(&feed(before, is_dated), &feed(then, is_dated)).await, *expected, "{what}, dates: {is_dated}");
        }
    }
}

/// As [`feed`], cut behind the last place where the words stand.
fn cut_behind(articles: &[Written], words: &str) -> String {
    let whole = feed(articles, false);
    let end = whole.rfind(words).expect("the words") + words.len();
    whole[..end].to_string()
}

#[tokio::test]
async fn an_article_that_was_cut_before_its_link_is_the_one_that_comes_whole() {
    let two: &[Written] = &[("", A, "One", "text"), ("", B, "Two", "all of it")];
    let parts = [cut_behind(two, "<title>Two</title>"), cut_behind(two, B)];
    let guided: &[Written] = &[("g1", A, "One", "text"), ("g2", B, "Two", "all of it")];
    let late =
        feed(guided, false).replace("<guid>g2</guid>", "").replace("all of it</description>", "all of it</description><guid>g2</guid>");
    let late_part = late[..late.find("g2").expect("a guid")].to_string();
    let (whole, guided) = (feed(two, false), feed(guided, false));
    let namesake = whole.replace("</channel>", "<item><title>Two</title><link>https://a.example/3</link></item></channel>");
    let third = namesake.replace("<item><title>Two</title><link>https://a.example/3</link></item>", "<item><title>Two</title><link>htt");
    let third = third[..third.rfind("htt").expect("a cut link") + 3].to_string();
    let variants = [
        ("cut before the link, then whole", vec![&parts[0], &whole], 2),
        ("cut inside the link, then whole", vec![&parts[1], &whole], 2),
        ("cut at several places", vec![&parts[0], &parts[1], &parts[0], &whole, &parts[0], &whole], 2),
        ("whole, then cut before the link", vec![&whole, &parts[0]], 2),
        ("cut before the guid, then whole", vec![&late_part, &late, &guided], 2),
        ("another of its title is there", vec![&whole, &third, &namesake], 3),
    ];
    for (what, answers, expected) in variants {
        let newsroom = Newsroom::new();
        let mut new = 0;
        for answer in answers {
            let url = newsroom.file("one.xml", answer);
            let (_, told) = newsroom.refresh(plan_of(&[&url])).await;
            let outcome = crate::refresh_newsroom::outcomes(&told).remove(&url);
            let Some(matins::refresh::Outcome::Saved { new: came, changed: 0 }) = outcome else { panic!("{what}: {outcome:?}") };
            new += came;
            newsroom.wait(120);
        }
        let rows = newsroom.store.front().list(ListQuery::default()).await.expect("a list").rows;
        assert_eq!((new, rows.len()), (expected, expected as usize), "{what}");
        assert!(rows.iter().all(|row| row.url.is_some() || what.starts_with("another")), "{what}");
    }
}

/// An article without a link in few words: guid, date, title, text; an empty date is none.
type Unlinked<'a> = (&'a str, &'a str, &'a str, &'a str);

/// See [`Variant`].
type UnlinkedVariant<'a> = (&'a str, &'a [Unlinked<'a>], &'a [Unlinked<'a>], (u32, u32, usize, usize));

fn unlinked(articles: &[Unlinked]) -> String {
    let one = |(guid, date, title, text): &Unlinked| {
        let date = if date.is_empty() { String::new() } else { format!("<pubDate>{date} GMT</pubDate>") };
        format!("<item><guid>{guid}</guid><title>{title}</title><description><![CDATA[{text}]]></description>{date}</item>")
    };
    format!("<rss version='2.0'><channel><title>Paper</title>{}</channel></rss>", articles.iter().map(one).collect::<String>())
}

const EIGHT: &str = "Sun, 22 Nov 2026 08:00:00";
const NINE: &str = "Sun, 22 Nov 2026 09:00:00";
const DAY: &str = "Sun, 22 Nov 2026 00:00:00";
const DAY_BEFORE: &str = "Sat, 21 Nov 2026 00:00:00";
const LONG: &str = "The council met on Tuesday evening and talked for three hours about the bridge, the school and the price of the ferry.";

#[tokio::test]
async fn without_a_link_title_date_and_text_say_what_is_the_same_article() {
    let (one, other) = (format!("<img src='http://a.example/1.png'>{LONG}"), format!("<img src='http://a.example/2.png'>{LONG}"));
    let weather = "Current conditions";
    let comics: &[Unlinked] = &[("g1", DAY, "Comic", &one), ("g2", DAY_BEFORE, "Comic", &other)];
    let undated: &[Unlinked] = &[("g1", "", "Comic", &one), ("g2", "", "Comic", &other)];
    let variants: &[UnlinkedVariant] = &[
        ("guid changed", &[("g1", EIGHT, "One", "text")], &[("h1", EIGHT, "One", "text")], (0, 0, 1, 1)),
        ("guid and text changed", &[("g1", EIGHT, "One", "text")], &[("h1", EIGHT, "One", "more")], (0, 1, 1, 1)),
        ("guid and date changed", &[("g1", EIGHT, "One", LONG)], &[("h1", NINE, "One", LONG)], (0, 0, 1, 1)),
        ("the weather an hour later", &[("g1", EIGHT, weather, "Sunny")], &[("g2", NINE, weather, "Rain")], (1, 0, 2, 1)),
        ("the same weather an hour later", &[("g1", EIGHT, weather, "Sunny")], &[("g2", NINE, weather, "Sunny")], (1, 0, 2, 1)),
        ("the weather later that day", &[("g1", DAY, weather, "Sunny")], &[("g2", DAY, weather, "Rain")], (1, 0, 2, 1)),
        ("the next comic", &comics[1..], &[("g1", DAY, "Comic", &one)], (1, 0, 2, 1)),
        ("the next comic, undated", &undated[1..], &undated[..1], (1, 0, 2, 1)),
        ("comics with other ids", comics, &[("h1", DAY, "Comic", &one), ("h2", DAY_BEFORE, "Comic", &other)], (0, 0, 2, 2)),
        ("undated comics with other ids", undated, &[("h1", "", "Comic", &one), ("h2", "", "Comic", &other)], (2, 0, 4, 2)),
    ];
    for (what, before, then, expected) in variants {
        assert_eq!(after(&unlinked(before), &unlinked(then)).await, *expected, "{what}");
    }
}
