//! How the pages of articles are asked for, and what goes with it.

use matins::domain::article::ArticleId;
use matins::domain::full_text::PageText;
use matins::domain::secret::{Login, Secret};
use matins::domain::section::{Feed, Section};
use matins::domain::settings::FetchSettings;
use matins::refresh::{Outcome, Plan};
use tokio::sync::mpsc;

use crate::etiquette_world::{A, DAY, MINUTE, Reader, World, insisting};
use crate::fetch_server::{Asked, answer, say};

const PAGE: &str = "http://a.example/page";
const PROSE: &str = "The old bridge over the river was closed on Monday, after engineers had found cracks in two of its pillars.";

/// A feed of so many articles, each with a page of its own; any other address is such a page.
fn site(asked: &Asked, articles: usize) -> Vec<u8> {
    if asked.path != A {
        return answer("200 OK", &[], format!("<html><body><div>{}</div></body></html>", format!("<p>{PROSE}</p>").repeat(5)));
    }
    let article = |number| format!("<item><title>Bridge {number}</title><guid>{number}</guid><link>{PAGE}{number}</link></item>");
    answer(
        "200 OK",
        &[],
        format!("<rss version=\"2.0\"><channel><title>A</title>{}</channel></rss>", (0..articles).map(article).collect::<String>()),
    )
}

fn plan(feed: Feed) -> Plan {
    let sections = insisting(&[A]).sections;
    let sections = sections.into_iter().map(|section| Section { feeds: vec![Feed { url: A.into(), ..feed.clone() }], ..section });
    Plan { sections: sections.collect(), ..insisting(&[A]) }
}

/// Refreshes, then fetches pages ahead; how many gave a text.
async fn refresh(reader: &Reader, feed: Feed) -> usize {
    let plan = plan(feed);
    reader.refresh(plan.clone()).await;
    let (report, mut kept) = mpsc::unbounded_channel();
    reader.refresher.pages_ahead(&plan, report).await;
    std::iter::from_fn(|| kept.try_recv().ok()).count()
}

/// Pages of articles are asked for only where a feed wants full text, each once.
#[tokio::test]
async fn pages_ahead() {
    let world = World::answering(|asked| site(asked, 3));
    let reader = world.reader();
    assert_eq!(refresh(&reader, Feed::default()).await, 0);
    assert_eq!(world.times_of(PAGE).len(), 0);
    assert_eq!(refresh(&reader, Feed { full_text: true, ..Feed::default() }).await, 3);
    assert_eq!(refresh(&reader, Feed { full_text: true, ..Feed::default() }).await, 0);
    assert_eq!(world.times_of(PAGE).len(), 3);
}

/// Pages are asked for once also between two instances that fetch them at the same time.
#[tokio::test]
async fn pages_of_two_instances() {
    let world = World::answering(|asked| site(asked, 3));
    let (one, other) = (world.reader(), world.reader());
    let plan = plan(Feed { full_text: true, ..Feed::default() });
    one.refresh(plan.clone()).await;
    let ahead = async |reader: &Reader| reader.refresher.pages_ahead(&plan, mpsc::unbounded_channel().0).await;
    tokio::join!(ahead(&one), ahead(&other));
    assert_eq!(world.times_of(PAGE).len(), 3);
}

/// While a person's page is fetched its host is busy for other instances too: they wait for a while, then say so.
#[tokio::test]
async fn page_by_hand() {
    let (begun, mut waiting) = mpsc::unbounded_channel();
    let (free, freed) = std::sync::mpsc::channel::<()>();
    let freed = std::sync::Mutex::new(freed);
    let world = World::new(move |asked, stream| {
        if asked.path != A {
            let _ = begun.send(());
            let _ = freed.lock().expect("the line").recv();
        }
        say(stream, &site(asked, 2));
    });
    let (one, other) = (world.reader(), world.impatient_reader(0));
    let feed = Feed { url: A.into(), ..Feed::default() };
    one.refresh(plan(feed.clone())).await;
    let meanwhile = async {
        waiting.recv().await.expect("a request");
        let page = other.refresher.page(&feed, ArticleId(1)).await;
        let (_, outcomes) = other.refresh(insisting(&[A])).await;
        free.send(()).expect("a server");
        (page, outcomes[A].clone())
    };
    let (first, (page, outcome)) = tokio::join!(one.refresher.page(&feed, ArticleId(2)), meanwhile);
    assert!(matches!(first, Ok(PageText::Good(_))), "{first:?}");
    assert_eq!(page, Err("another matins is asking this host right now; try again in a moment".into()));
    assert_eq!(outcome, Outcome::AskedElsewhere);
    free.send(()).expect("a server");
    let again = other.refresher.page(&feed, ArticleId(2)).await;
    assert!(again.is_ok(), "the host is free again, and a person may ask for a page anew: {again:?}");
}

/// The page of an article is asked for without its feed's secrets, and with its user agent.
#[tokio::test]
async fn secrets_stay_from_pages() {
    let world = World::answering(|asked| site(asked, 1));
    let login = Some(Login::Token(Secret::Text("correct-horse".into())));
    let headers = vec![("X-Key".into(), Secret::Text("battery".into()))];
    let feed = Feed { full_text: true, login, headers, user_agent: Some("other/1.0".into()), ..Feed::default() };
    assert_eq!(refresh(&world.reader(), feed).await, 1);
    let log = world.log();
    let of = |path: &str| log.iter().find(|logged| logged.asked.path.starts_with(path)).expect("a request");
    assert!(of(A).asked.header("authorization").is_some() && of(A).asked.header("x-key").is_some());
    let page = &of(PAGE).asked;
    assert_eq!((page.header("authorization"), page.header("x-key"), page.header("user-agent")), (None, None, Some(&b"other/1.0"[..])));
}

/// A page that asks for a browser or a person is told as such.
#[tokio::test]
async fn page_that_asks_for_a_person() {
    let world = World::answering(|asked| match asked.path.as_str() {
        A => site(asked, 1),
        _ => answer("403 Forbidden", &[("cf-mitigated", "challenge")], ""),
    });
    let (reader, feed) = (world.reader(), Feed { url: A.into(), ..Feed::default() });
    reader.refresh(plan(feed.clone())).await;
    let told = Err("403 Forbidden with a page that asks for a browser or a person".to_string());
    assert_eq!(reader.refresher.page(&feed, ArticleId(1)).await, told);
    let cure = matins::domain::cure::Cure::Address(format!("{PAGE}0"));
    assert_eq!(reader.refresher.try_cure(&feed, &cure).await.err(), told.err());
}

/// A 429 for a page backs off its whole host: no page of it is fetched ahead until then.
#[tokio::test]
async fn too_many_pages() {
    let world = World::answering(|asked| match asked.path.as_str() {
        A => site(asked, 9),
        _ => answer("429 Too Many Requests", &[], ""),
    });
    let reader = world.reader();
    let feed = Feed { full_text: true, ..Feed::default() };
    refresh(&reader, feed.clone()).await;
    let asked = world.times_of(PAGE).len();
    assert!((1..=4).contains(&asked), "{asked}");
    world.wait(10 * MINUTE);
    let plan = plan(feed);
    reader.refresher.pages_ahead(&plan, mpsc::unbounded_channel().0).await;
    assert_eq!(world.times_of(PAGE).len(), asked);
    world.wait(DAY);
    reader.refresher.pages_ahead(&plan, mpsc::unbounded_channel().0).await;
    assert!(world.times_of(PAGE).len() > asked);
}

/// A page that came late, broken off or too large counts against what may be fetched ahead.
#[tokio::test]
async fn prefetch_bytes() {
    let world = World::answering(|asked| match asked.path.as_str() {
        A => site(asked, 20),
        _ => answer("200 OK", &[("Content-Encoding", "gzip")], [0x1f, 0x8b, 0x08, 7].repeat(500)),
    });
    let settings = FetchSettings { prefetch_bytes: 8_000, proxy: world.address(), ..world.settings(20_000) };
    assert_eq!(refresh(&world.reader_with(settings), Feed { full_text: true, ..Feed::default() }).await, 0);
    assert!((4..8).contains(&world.times_of(PAGE).len()), "{}", world.times_of(PAGE).len());
}
