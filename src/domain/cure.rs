//! What is wrong with a feed that failed, which cures fit it, and what a person can do where none does. Rules only:
//! nothing is tried here.

use jiff::Timestamp;

use super::feed::{FeedHealth, FeedState, Way};

/// Why a feed failed, as far as it matters for a cure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing is at its address any more (404, 410).
    Gone,
    UnknownHost,
    /// The server does not want us (403, 406 and their like).
    Refused,
    /// Nobody listens there.
    Closed,
    /// It hung up, or never answered.
    Cut,
    Slow,
    /// It asks who we are (401).
    Login,
    /// The proxy asks who we are, or is not there (407).
    Proxy,
    /// It is down or busy, which passes.
    Busy,
    Certificate,
    TooLarge,
    /// A page or a file in the feed's place.
    NoFeed,
    /// A page that asks for a browser or a person.
    Challenge,
    /// Sent where no server may send us.
    Misled,
    Other,
}

/// As the store keeps them.
const WORDS: &[(Trouble, &str)] = &[
    (Trouble::Gone, "gone"),
    (Trouble::UnknownHost, "unknown-host"),
    (Trouble::Refused, "refused"),
    (Trouble::Closed, "closed"),
    (Trouble::Cut, "cut"),
    (Trouble::Slow, "slow"),
    (Trouble::Login, "login"),
    (Trouble::Proxy, "proxy"),
    (Trouble::Busy, "busy"),
    (Trouble::Certificate, "certificate"),
    (Trouble::TooLarge, "too-large"),
    (Trouble::NoFeed, "no-feed"),
    (Trouble::Challenge, "challenge"),
    (Trouble::Misled, "misled"),
    (Trouble::Other, "other"),
];

impl Trouble {
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(trouble, _)| *trouble == self).map_or("other", |(_, word)| word)
    }

    pub fn from_word(word: &str) -> Trouble {
        WORDS.iter().find(|(_, known)| *known == word).map_or(Trouble::Other, |(trouble, _)| *trouble)
    }

    /// What an HTTP status that is no answer means.
    pub fn of_status(status: u16) -> Trouble {
        match status {
            401 => Trouble::Login,
            404 | 410 => Trouble::Gone,
            407 => Trouble::Proxy,
            408 | 425 | 429 | 500.. => Trouble::Busy,
            400..500 => Trouble::Refused,
            _ => Trouble::Other,
        }
    }
}

/// Something to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cure {
    /// Ask this address instead.
    Address(String),
    /// Ask for the feed that this page links to.
    LinkedFrom(String),
    /// Speak HTTP/1.1.
    Http1,
    /// Speak HTTP/1.1 and accept what a browser accepts.
    Plain,
}

/// A cure that worked: how to ask from now on, and what came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub way: Way,
    pub status: Option<u16>,
    pub articles: usize,
    pub newest: Option<Timestamp>,
}

impl Cure {
    /// What is tried, to stand behind "try": `the feed that https://example.org/ links to`.
    pub fn words(&self) -> String {
        match self {
            Cure::Address(url) => url.clone(),
            Cure::LinkedFrom(page) => format!("the feed that {page} links to"),
            Cure::Http1 => "HTTP/1.1".into(),
            Cure::Plain => "HTTP/1.1 with the `Accept` of a browser".into(),
        }
    }
}

/// The cures that fit a feed, the likeliest first; none for a feed that is well and has not moved.
pub fn cures(feed: &FeedHealth) -> Vec<Cure> {
    let asked = feed.way.address.as_ref().unwrap_or(&feed.url);
    let moved = feed.way.moving_to.clone().map(Cure::Address);
    let home = home_page(feed).map(Cure::LinkedFrom);
    let https = || asked.strip_prefix("http://").filter(|rest| !has_port(rest)).map(|rest| Cure::Address(format!("https://{rest}")));
    let others = match (feed.state, feed.trouble) {
        _ if !is_web(asked) => vec![],
        (FeedState::Silent, _) => vec![home],
        (FeedState::Failing, Some(Trouble::NoFeed)) => vec![Some(Cure::LinkedFrom(asked.clone())), home],
        (FeedState::Failing, Some(Trouble::Challenge)) => vec![Some(Cure::Plain), home],
        (FeedState::Failing, Some(Trouble::Gone)) => vec![https(), home],
        (FeedState::Failing, Some(Trouble::UnknownHost)) => vec![home.filter(|_| feed.home_url.is_some())],
        // A 403 and a connection that was cut off were asked over HTTP/1.1 once already.
        (FeedState::Failing, Some(Trouble::Refused)) if feed.http_status == Some(403) => vec![https(), Some(Cure::Plain)],
        (FeedState::Failing, Some(Trouble::Refused | Trouble::Cut)) => vec![https(), Some(Cure::Http1), Some(Cure::Plain)],
        (FeedState::Failing, Some(Trouble::Closed)) => vec![https()],
        _ => vec![],
    };
    let mut cures = Vec::new();
    for cure in [moved].into_iter().chain(others).flatten() {
        if !cures.contains(&cure) && cure != Cure::Address(asked.clone()) {
            cures.push(cure);
        }
    }
    cures
}

/// What a person can do about a feed that fails, beyond what can be tried here.
pub fn advice(feed: &FeedHealth) -> Option<String> {
    let said = match feed.trouble.filter(|_| feed.state == FeedState::Failing)? {
        // Without a network no host is found, and none of them has gone for that.
        Trouble::UnknownHost if !feed.do_others_answer => return None,
        Trouble::Gone | Trouble::UnknownHost => format!("if it has gone for good: `matins remove {}`", feed.url),
        Trouble::Refused | Trouble::Challenge => {
            "`user_agent` for it in feeds.toml may help: some servers refuse names they do not know".into()
        }
        Trouble::Login => "give its `user` and `password`, or its `token`, in feeds.toml, from the environment or from a command".into(),
        Trouble::Proxy => "look at `proxy` in settings.toml; one that wants a name and a password goes into ALL_PROXY instead".into(),
        Trouble::TooLarge => "`max_body_mb` in settings.toml allows more".into(),
        Trouble::Slow => "`total_timeout` in settings.toml waits longer".into(),
        Trouble::Certificate => "its owner has to mend that; matins never asks past a bad certificate".into(),
        Trouble::NoFeed if !is_web(&feed.url) => return None,
        Trouble::NoFeed => "`matins add` with the address of its site looks for a feed in more places".into(),
        Trouble::Busy => "its server is down or busy; it is asked again by itself".into(),
        Trouble::Cut | Trouble::Closed => "else its server is down for a while; it is asked again by itself".into(),
        Trouble::Misled | Trouble::Other => return None,
    };
    Some(said)
}

/// The page of the site: as the feed said, else the front page of its host.
fn home_page(feed: &FeedHealth) -> Option<String> {
    let said = feed.home_url.clone().filter(|home| is_web(home) && *home != feed.url);
    let front = || {
        let (scheme, rest) = feed.url.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next().map(|host| host.rsplit('@').next().unwrap_or(host))?;
        Some(format!("{scheme}://{host}/"))
    };
    said.or_else(front)
}

fn is_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// Whether an address names its port, which no other scheme shares.
fn has_port(rest: &str) -> bool {
    rest.split('/').next().is_some_and(|host| host.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(url: &str, trouble: Option<Trouble>) -> FeedHealth {
        let state = if trouble.is_some() { FeedState::Failing } else { FeedState::Ok };
        FeedHealth { state, trouble, ..FeedHealth::never(url) }
    }

    fn words(feed: &FeedHealth) -> Vec<String> {
        cures(feed).iter().map(Cure::words).collect()
    }

    #[test]
    fn each_failing_has_the_cures_that_fit_it() {
        let check = |url: &str, trouble: Trouble, expected: &[&str]| assert_eq!(words(&feed(url, Some(trouble))), expected, "{trouble:?}");
        let https = "https://a.example/feed";
        check(https, Trouble::Gone, &["the feed that https://a.example/ links to"]);
        check("http://a.example/feed", Trouble::Gone, &[https, "the feed that http://a.example/ links to"]);
        check(https, Trouble::NoFeed, &["the feed that https://a.example/feed links to", "the feed that https://a.example/ links to"]);
        check("http://a.example/feed", Trouble::Closed, &[https]);
        check("http://a.example:81/feed", Trouble::Closed, &[]);
        check(https, Trouble::Cut, &["HTTP/1.1", "HTTP/1.1 with the `Accept` of a browser"]);
        check(https, Trouble::UnknownHost, &[]);
        check(https, Trouble::Busy, &[]);
        check(https, Trouble::Certificate, &[]);
        check("file:///feed.xml", Trouble::Gone, &[]);
    }

    #[test]
    fn a_feed_that_moves_or_falls_silent_has_cures_and_one_that_is_well_has_none() {
        let well = feed("https://a.example/feed", None);
        assert_eq!(words(&well), Vec::<String>::new());
        let moving = Way { moving_to: Some("https://b.example/".into()), ..Way::default() };
        assert_eq!(words(&FeedHealth { way: moving, ..well.clone() }), ["https://b.example/"]);
        let silent = FeedHealth { state: FeedState::Silent, home_url: Some("https://site.example/".into()), ..well };
        assert_eq!(words(&silent), ["the feed that https://site.example/ links to"]);
    }

    #[test]
    fn a_feed_is_called_gone_only_while_others_answer() {
        let check = |trouble: Trouble, do_others_answer: bool, expected: Option<&str>| {
            let feed = FeedHealth { do_others_answer, ..feed("https://a.example/feed", Some(trouble)) };
            assert_eq!(advice(&feed).as_deref(), expected, "{trouble:?} {do_others_answer}");
        };
        let gone = Some("if it has gone for good: `matins remove https://a.example/feed`");
        check(Trouble::UnknownHost, true, gone);
        check(Trouble::UnknownHost, false, None);
        check(Trouble::Gone, false, gone);
    }

    #[test]
    fn a_proxy_that_wants_a_password_is_set_where_one_is_taken() {
        let said = advice(&feed("https://a.example/feed", Some(Trouble::Proxy)));
        assert!(said.is_some_and(|said| said.contains("ALL_PROXY") && !said.contains("in its address")));
    }

    #[test]
    fn a_name_and_a_password_do_not_stand_in_the_front_page() {
        assert_eq!(home_page(&feed("https://me:pw@a.example/feed", None)).as_deref(), Some("https://a.example/"));
    }

    #[test]
    fn what_the_store_keeps_of_a_trouble_is_read_back() {
        for (trouble, word) in WORDS {
            assert_eq!((trouble.word(), Trouble::from_word(word)), (*word, *trouble));
        }
    }
}
