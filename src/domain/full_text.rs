//! The text of an article's own page beside the text of its feed, and the gate between them: junk never replaces a teaser.
//! Rules only; nothing here fetches.

use std::collections::HashSet;

use super::clean_text::CleanText;
use super::document::{Block, Document, Span, text_of};
use super::teaser::is_teaser;
use super::words;

/// What an article's page gave, kept beside the feed's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageText {
    /// Its text is fit to be read in place of the feed's.
    Good(Document),
    /// It is not, and why.
    Refused(Refusal),
    /// Nothing came, and why in words.
    Failed(CleanText),
}

/// Why a page's text is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    LogIn,
    Subscription,
    Consent,
    Robots,
    Script,
    Denied,
    NoPage,
    Short,
    Links,
    Elsewhere,
}

/// Which of an article's texts is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Version {
    #[default]
    Feed,
    Page,
}

/// Words of a page below which it says nothing.
const FEW_WORDS: usize = 25;
/// Words of a page below which a wall's words are what it is about.
const WALL_WORDS: usize = 200;
/// How much of the feed's text a page must have.
const ENOUGH: f64 = 0.8;
/// The share of linked words from which a page is an index.
const MANY_LINKS: f64 = 0.6;
/// Words of the feed's text that are looked for on the page.
const KNOWN_WORDS: usize = 60;
/// So many words that say what a text is about must be known to say that a page is about something else, and this share of them be missing.
const KNOWN_ENOUGH: usize = 4;
const SHARED: f64 = 0.3;

/// How files begin that are no pages, in lower case.
const FILES: &[&str] = &["%pdf-", "{\\rtf", "%!ps"];
/// One in so many characters that could not be read is enough to say that nothing can.
const STRANGE: usize = 20;

/// What pages say instead of their text, in lower case.
const WALLS: &[(Refusal, &[&str])] = &[
    (
        Refusal::Robots,
        &[
            "verify you are human",
            "verifying you are human",
            "are you a robot",
            "not a robot",
            "checking your browser",
            "unusual traffic",
            "captcha",
            "pardon our interruption",
        ],
    ),
    (Refusal::Denied, &["access denied", "request blocked", "403 forbidden", "have permission to access"]),
    (
        Refusal::Subscription,
        &[
            "subscribe to continue",
            "subscribe to read",
            "subscribers only",
            "for subscribers",
            "become a subscriber",
            "already a subscriber",
            "subscription required",
            "this article is reserved",
            "réservé aux abonnés",
            "abonnez-vous",
            "jetzt abonnieren",
            "nur für abonnenten",
            "exclusivo para suscriptores",
            "free articles",
            "start your free trial",
            "unlock this article",
            "members only",
        ],
    ),
    (
        Refusal::LogIn,
        &[
            "log in to",
            "sign in to",
            "log in or",
            "sign in or",
            "please log in",
            "please sign in",
            "create an account",
            "forgot your password",
            "forgot password",
            "register to continue",
            "connectez-vous",
            "bitte melden sie sich an",
            "inicia sesión",
            "iniciar sesión",
        ],
    ),
    (
        Refusal::Consent,
        &[
            "we use cookies",
            "uses cookies",
            "use of cookies",
            "cookie policy",
            "accept cookies",
            "accept all",
            "cookie settings",
            "your privacy choices",
            "we value your privacy",
            "before you continue",
            "utilise des cookies",
            "verwendet cookies",
            "gdpr",
        ],
    ),
    (
        Refusal::Script,
        &[
            "enable javascript",
            "enable js",
            "javascript is disabled",
            "javascript to run this app",
            "requires javascript",
            "bitte aktivieren sie javascript",
            "activer javascript",
        ],
    ),
    // every wall ends so: what it asks for stands before
    (Refusal::Subscription, &["to continue reading"]),
];

/// What each is called in the store, and what the page does, after "the page".
const REFUSALS: &[(Refusal, &str, &str)] = &[
    (Refusal::LogIn, "log_in", "shows a log-in"),
    (Refusal::Subscription, "subscription", "asks for a subscription"),
    (Refusal::Consent, "consent", "asks for consent"),
    (Refusal::Robots, "robots", "asks whether you are a robot"),
    (Refusal::Script, "script", "needs JavaScript"),
    (Refusal::Denied, "denied", "denies access"),
    (Refusal::NoPage, "no_page", "is a file and no text"),
    (Refusal::Short, "short", "has no more text"),
    (Refusal::Links, "links", "is a list of links"),
    (Refusal::Elsewhere, "elsewhere", "is about something else"),
];

impl Refusal {
    /// What the page does, after "the page".
    pub fn words(self) -> &'static str {
        self.row().2
    }

    /// One word for the store.
    pub fn id(self) -> &'static str {
        self.row().1
    }

    /// The one of that word.
    pub fn named(id: &str) -> Option<Refusal> {
        REFUSALS.iter().find(|(_, name, _)| *name == id).map(|(refusal, _, _)| *refusal)
    }

    fn row(self) -> &'static (Refusal, &'static str, &'static str) {
        REFUSALS.iter().find(|(refusal, _, _)| *refusal == self).unwrap_or(&REFUSALS[0])
    }
}

/// A page's text without the headline that stands above every text.
#[must_use]
pub fn without_headline(mut page: Document, title: &str) -> Document {
    let is_headline = |text: &[Span]| {
        let text = text_of(text);
        text.trim().to_lowercase() == title.trim().to_lowercase()
    };
    if matches!(page.blocks.first(), Some(Block::Heading { text, .. }) if is_headline(text)) {
        page.blocks.remove(0);
    }
    page
}

/// Judges what came from a page against what its feed says of the article.
///
/// # Errors
/// Why the feed's text stays.
pub fn judge(page: &Document, feed: &Document, title: &str) -> Result<(), Refusal> {
    let text = page.plain_text().to_lowercase();
    let (told, title) = (feed.plain_text().to_lowercase(), title.to_lowercase());
    if is_no_text(&text) {
        return Err(Refusal::NoPage);
    }
    let (words, known) = (page.word_count(), feed.word_count());
    // words of the article itself are none of a wall's
    let says = |wall: &&str| text.contains(*wall) && !told.contains(*wall) && !title.contains(*wall);
    if words < WALL_WORDS
        && let Some((wall, _)) = WALLS.iter().find(|(_, walls)| walls.iter().any(says))
    {
        return Err(*wall);
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    let is_less = (words as f64) < ENOUGH * known as f64;
    if words < FEW_WORDS || is_less || (words <= known && text == told) {
        return Err(Refusal::Short);
    }
    if link_share(page) > MANY_LINKS {
        return Err(Refusal::Links);
    }
    if is_elsewhere(&text, &told, &title) { Err(Refusal::Elsewhere) } else { Ok(()) }
}

/// Whether bytes that are no text were read as one.
fn is_no_text(text: &str) -> bool {
    let strange = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    FILES.iter().any(|start| text.starts_with(start)) || strange * STRANGE > text.chars().count()
}

/// Whether next to nothing that the feed says of the article stands on the page.
fn is_elsewhere(page: &str, told: &str, title: &str) -> bool {
    let known: HashSet<&str> = words::telling(title).chain(words::telling(told).take(KNOWN_WORDS)).collect();
    let there: HashSet<&str> = words::telling(page).collect();
    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    let share = known.intersection(&there).count() as f64 / known.len().max(1) as f64;
    known.len() >= KNOWN_ENOUGH && share < SHARED
}

/// The share of a text's letters that are linked.
fn link_share(document: &Document) -> f64 {
    let (mut all, mut linked) = (0, 0);
    spans(&document.blocks, &mut |span| {
        all += span.text.len();
        linked += if span.link.is_some() { span.text.len() } else { 0 };
    });
    #[expect(clippy::cast_precision_loss, reason = "lengths of texts")]
    let share = linked as f64 / all.max(1) as f64;
    share
}

fn spans(blocks: &[Block], take: &mut impl FnMut(&Span)) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text } => text.iter().for_each(&mut *take),
            Block::List { items, .. } => items.iter().for_each(|item| spans(item, take)),
            Block::Quote { blocks } => spans(blocks, take),
            Block::Table { header, rows, .. } => header.iter().chain(rows.iter().flatten()).flatten().for_each(&mut *take),
            Block::Code { .. } | Block::Image { .. } | Block::Rule => {}
        }
    }
}

/// Which text is shown and why, in words.
pub fn in_words(feed: &Document, page: Option<&PageText>, shown: Version) -> String {
    let feed_text = if is_teaser(feed) { "a teaser" } else { "the feed’s text" };
    match (shown, page) {
        (Version::Page, Some(PageText::Good(_))) => "the page’s text".into(),
        (_, Some(PageText::Refused(refusal))) => format!("{feed_text}: the page {}", refusal.words()),
        (_, Some(PageText::Failed(error))) => format!("{feed_text}: {error}"),
        _ => feed_text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Document {
        Document { blocks: vec![Block::Paragraph { text: vec![Span::plain(words)] }], ..Document::default() }
    }

    fn long(about: &str) -> Document {
        text(&format!("The {about} was closed on Monday after engineers had found cracks. ").repeat(12))
    }

    #[test]
    fn every_refusal_is_known_by_its_word() {
        assert!(REFUSALS.iter().all(|(refusal, id, words)| Refusal::named(id) == Some(*refusal) && refusal.words() == *words));
        assert_eq!(Refusal::named("other"), None);
    }

    #[test]
    fn junk_never_replaces_a_teaser() {
        let teaser = text("The bridge was closed by engineers after cracks were found in its pillars on Monday …");
        let check = |page: &Document, expected: Result<(), Refusal>, why: &str| {
            assert_eq!(judge(page, &teaser, "Old bridge closed to traffic"), expected, "{why}");
        };
        check(&long("bridge"), Ok(()), "the article");
        check(&text(&format!("{} Please log in to read on.", "The bridge was closed. ".repeat(8))), Err(Refusal::LogIn), "a log-in");
        check(&text("We use cookies to give you the best experience. Accept all or choose."), Err(Refusal::Consent), "a consent box");
        check(&text("Accept all cookies to continue reading."), Err(Refusal::Consent), "a consent box that ends as a paywall does");
        check(&text("Register to continue reading."), Err(Refusal::LogIn), "a log-in that ends as a paywall does");
        check(&text("Pay to continue reading."), Err(Refusal::Subscription), "a paywall");
        check(&text("%PDF-1.7 stream endobj"), Err(Refusal::NoPage), "a file for printing");
        check(&text(&"a\u{fffd}\u{fffd}b ".repeat(40)), Err(Refusal::NoPage), "bytes");
        check(&text("Subscribe to continue reading this article about the bridge."), Err(Refusal::Subscription), "a paywall");
        check(&text("Please verify you are human to go on to the bridge."), Err(Refusal::Robots), "a check for robots");
        check(&text("You need to enable JavaScript to run this app."), Err(Refusal::Script), "a page that a script would write");
        check(&text("Please enable JS and disable any ad blocker to go on. CAPTCHA"), Err(Refusal::Robots), "a check that wants a script");
        check(&text("Access Denied. You don't have permission to access this page on this server."), Err(Refusal::Denied), "a refusal");
        check(&text("The bridge is closed."), Err(Refusal::Short), "next to nothing");
        check(&text(&"Football results of the weekend with all tables and goals. ".repeat(20)), Err(Refusal::Elsewhere), "another article");
        check(&teaser, Err(Refusal::Short), "the same again");
    }

    #[test]
    fn a_long_article_may_speak_of_walls() {
        let article =
            text(&format!("{} Some readers had to log in to see it.", "The bridge was closed after cracks were found. ".repeat(40)));
        assert_eq!(judge(&article, &text("The bridge is closed."), "Bridge closed"), Ok(()));
    }

    #[test]
    fn a_short_article_about_walls_is_none() {
        let told = "Regulators fined the company on Monday because its use of cookies broke the GDPR.";
        let article = text(&format!("{told} {}", "The company said that it would appeal against the decision. ".repeat(6)));
        assert_eq!(judge(&article, &text(told), "Company fined"), Ok(()));
        assert_eq!(judge(&article, &text("Regulators fined the company on Monday."), "Use of cookies broke GDPR"), Ok(()));
        assert_eq!(judge(&article, &text("Regulators fined the company on Monday."), "Company fined"), Err(Refusal::Consent));
    }

    #[test]
    fn languages_without_spaces_are_judged_alike() {
        let check = |page: &str, feed: &str, title: &str, expected: Result<(), Refusal>| {
            assert_eq!(judge(&text(page), &text(feed), title), expected, "{title}");
        };
        let bridge = "月曜日、技術者が橋脚に亀裂を見つけたため、古い橋は通行止めになった。修理には三か月かかる見込みだ。";
        let football = "週末のサッカーの試合では、首都のチームが三対一で勝利し、監督は選手の努力を称賛した。";
        let teaser = "橋脚の亀裂により古い橋が通行止めに。技術者は修理を急ぐ。";
        check(&bridge.repeat(6), teaser, "古い橋、通行止め", Ok(()));
        check(&football.repeat(6), teaser, "古い橋、通行止め", Err(Refusal::Elsewhere));
        check("古い橋は通行止めになった。", teaser, "古い橋、通行止め", Err(Refusal::Short));
        check(&bridge.repeat(2), &bridge.repeat(6), "古い橋", Err(Refusal::Short));
        let closed = "สะพานเก่าถูกปิดในวันจันทร์หลังจากวิศวกรพบรอยร้าวที่เสา การซ่อมแซมจะใช้เวลาสามเดือน ";
        let match_ = "ทีมฟุตบอลของเมืองหลวงชนะการแข่งขันเมื่อสุดสัปดาห์ ผู้จัดการทีมยกย่องผู้เล่นทุกคน ";
        check(&closed.repeat(6), "วิศวกรพบรอยร้าว สะพานเก่าจึงปิด", "ปิดสะพานเก่า", Ok(()));
        check(&match_.repeat(6), "วิศวกรพบรอยร้าว สะพานเก่าจึงปิด", "ปิดสะพานเก่า", Err(Refusal::Elsewhere));
    }

    #[test]
    fn less_than_the_feed_has_is_refused() {
        assert_eq!(judge(&text(&"The bridge was closed. ".repeat(10)), &long("bridge"), "Bridge"), Err(Refusal::Short));
    }

    #[test]
    fn the_headline_of_a_page_is_not_told_twice() {
        let heading = |words: &str| Block::Heading { level: 1, text: vec![Span::plain(words)] };
        let page = Document { blocks: [vec![heading("Old Bridge closed")], text("It was closed.").blocks].concat(), ..Document::default() };
        assert_eq!(without_headline(page.clone(), "Old bridge closed ").blocks, text("It was closed.").blocks);
        assert_eq!(without_headline(page.clone(), "Bridge closed"), page);
    }

    #[test]
    fn a_list_of_links_is_refused() {
        let link = Span { link: Some("https://example.org/".into()), ..Span::plain("The old bridge was closed after cracks were found. ") };
        let page = Document { blocks: vec![Block::Paragraph { text: vec![link; 20] }], ..Document::default() };
        assert_eq!(judge(&page, &text("The bridge is closed."), "Bridge closed"), Err(Refusal::Links));
    }

    #[test]
    fn words_say_which_text_is_shown_and_why() {
        let (teaser, whole) = (text("The bridge is closed…"), long("bridge"));
        let good = PageText::Good(whole.clone());
        let refused = PageText::Refused(Refusal::LogIn);
        assert_eq!(in_words(&teaser, None, Version::Feed), "a teaser");
        assert_eq!(in_words(&whole, None, Version::Feed), "the feed’s text");
        assert_eq!(in_words(&teaser, Some(&good), Version::Page), "the page’s text");
        assert_eq!(in_words(&whole, Some(&good), Version::Feed), "the feed’s text");
        assert_eq!(in_words(&whole, Some(&refused), Version::Page), "the feed’s text: the page shows a log-in");
        assert_eq!(in_words(&teaser, Some(&refused), Version::Feed), "a teaser: the page shows a log-in");
    }
}
