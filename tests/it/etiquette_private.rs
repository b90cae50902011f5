//! What only a feed's own server may learn, and proxies.

use matins::domain::secret::{Login, Secret};
use matins::domain::section::Feed;
use matins::domain::settings::FetchSettings;
use matins::refresh::{Plan, Reveal};

use crate::etiquette_world::{A, B, ELSEWHERE, World, due, feed, feed_with, insisting, redirect};
use crate::fetch_server::{answer, say};

const HUSH: &str = "correct-horse-battery";
/// "me:correct-horse-battery" in base 64.
const PACKED: &str = "Basic bWU6Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5";

fn hushed() -> Secret {
    Secret::Command(vec!["echo".into(), HUSH.into()])
}

/// A plan over one feed with options.
fn with_options(feed: Feed) -> Plan {
    let mut plan = insisting(&[A]);
    plan.sections[0].feeds = vec![Feed { url: A.into(), ..feed }];
    plan
}

/// The value of a header in each request so far.
fn sent(world: &World, name: &str) -> Vec<String> {
    world.log().iter().map(|logged| String::from_utf8_lossy(logged.asked.header(name).unwrap_or(b"-")).into_owned()).collect()
}

/// The user agent and headers are the feed's own where its settings say so.
#[tokio::test]
async fn own_headers() {
    let world = World::answering(|_| feed(&["One"]));
    let reader = world.reader();
    reader.refresh(with_options(Feed::default())).await;
    let headers = vec![("Accept-Language".into(), Secret::Text("fr".into())), ("X-Key".into(), hushed())];
    reader.refresh(with_options(Feed { user_agent: Some("other/1.0".into()), headers, ..Feed::default() })).await;
    let agents = sent(&world, "user-agent");
    assert!(agents[0].starts_with("matins/") && agents[1] == "other/1.0", "{agents:?}");
    assert_eq!((sent(&world, "accept-language"), sent(&world, "x-key")), (vec!["-".into(), "fr".into()], vec!["-".into(), HUSH.into()]));
}

/// Basic and bearer authentication, with secrets from programs and from the environment.
#[tokio::test]
async fn authentication() {
    let world = World::answering(|_| feed(&["One"]));
    let reader = world.reader();
    let logins = [
        Login::Password { user: "me".into(), password: hushed() },
        Login::Token(hushed()),
        Login::Token(Secret::Environment("PATH".into())),
    ];
    for login in logins {
        reader.refresh(with_options(Feed { login: Some(login), ..Feed::default() })).await;
    }
    let named = sent(&world, "authorization").pop().expect("a request");
    assert_eq!(sent(&world, "authorization")[..2], [PACKED.to_string(), format!("Bearer {HUSH}")]);
    assert!(named.starts_with("Bearer "), "{named}");
    let missing = Login::Token(Secret::Environment("MATINS_NO_SUCH_NAME".into()));
    let (summary, _) = reader.refresh(with_options(Feed { login: Some(missing), ..Feed::default() })).await;
    assert!(summary.failed[0].1.contains("the environment has no MATINS_NO_SUCH_NAME"), "{summary:?}");
    assert_eq!(world.log().len(), 3, "without its secret nothing is asked");
}

/// A feed that waits for its secret keeps no other from being asked, and has no claim.
#[tokio::test]
async fn waiting_for_a_secret() {
    let asked = std::sync::Arc::new(tokio::sync::Notify::new());
    let notify = asked.clone();
    let world = World::answering(move |request| {
        if request.path == B {
            notify.notify_one();
        }
        feed(&["One"])
    });
    let settings = FetchSettings { at_once: 1, proxy: world.address(), ..world.settings(20_000) };
    // The secret comes when the other feed was asked.
    let reveal: Reveal = std::sync::Arc::new(move |_| {
        let asked = asked.clone();
        Box::pin(async move {
            asked.notified().await;
            Ok(HUSH.to_string())
        })
    });
    let reader = world.reader_revealing(settings, reveal);
    let mut plan = due(&[A, B]);
    plan.sections[0].feeds[0].login = Some(Login::Token(hushed()));
    // A wait without end would fail nothing.
    let refresh = reader.refresher.refresh(plan, tokio::sync::mpsc::unbounded_channel().0);
    let summary = tokio::time::timeout(std::time::Duration::from_secs(60), refresh).await.expect("an end");
    assert_eq!(summary.ok, 2);
}

/// A secret that cannot be had is looked for once a refresh, however many feeds want it.
#[tokio::test]
async fn secret_that_cannot_be_had() {
    let world = World::answering(|_| feed(&["One"]));
    let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counting = count.clone();
    let reveal: Reveal = std::sync::Arc::new(move |_| {
        counting.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Box::pin(std::future::ready(Err("the store of passwords is locked".to_string())))
    });
    let settings = FetchSettings { proxy: world.address(), ..world.settings(20_000) };
    let reader = world.reader_revealing(settings, reveal);
    let mut plan = insisting(&[A, B, ELSEWHERE]);
    for feed in &mut plan.sections[0].feeds {
        feed.login = Some(Login::Token(hushed()));
    }
    for round in 1..3 {
        let summary = reader.refresher.refresh(plan.clone(), tokio::sync::mpsc::unbounded_channel().0).await;
        assert_eq!((summary.failed.len(), count.load(std::sync::atomic::Ordering::SeqCst)), (3, round));
    }
    assert_eq!(world.log().len(), 0);
}

/// A secret goes to its feed's own host and to no other, redirected or moved; it is not stored, and no message holds it.
#[tokio::test]
async fn secrets_stay() {
    let world = World::answering(|asked| match asked.path.as_str() {
        A => redirect("301 Moved", ELSEWHERE),
        _ => feed(&["One"]),
    });
    let reader = world.reader();
    let headers = vec![("X-Key".into(), hushed())];
    let feed = Feed { login: Some(Login::Password { user: "me".into(), password: hushed() }), headers, ..Feed::default() };
    for _ in 0..3 {
        reader.refresh(with_options(feed.clone())).await;
    }
    assert_eq!(sent(&world, "authorization"), [PACKED, "-", PACKED, "-", "-"]);
    assert_eq!(sent(&world, "x-key"), [HUSH, "-", HUSH, "-", "-"]);
    let shown = format!("{:?} {:?}", reader.health(A).await, Secret::Text(HUSH.into()));
    drop(reader);
    let stored = std::fs::read(world.store_file()).expect("the store");
    let is_stored = |text: &str| stored.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(is_stored(A) && !is_stored(HUSH) && !is_stored(&PACKED[6..]) && !shown.contains(HUSH));
}

/// A secret that its server says back, as it is or encoded, is not shown, noted or kept, and neither is a move to an address that
/// holds it.
#[tokio::test]
async fn secret_said_back() {
    let spelled = HUSH.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
    let page = |said: &str| answer("200 OK", &[], format!("<!doctype html><html><head><title>No {said} here</title></head></html>"));
    let document = feed_with(&format!("<title>Of {HUSH}</title><link>http://a.example/?t={HUSH}</link>"), &["One"]);
    let document = document.replace("<item>", &format!("<item><pubDate>{HUSH}</pubDate>"));
    let tagged = answer("200 OK", &[("ETag", &format!("\"{HUSH}\""))], document);
    for said in [page(HUSH), page(&HUSH.to_uppercase()), page(&spelled), page(&PACKED[6..]), tagged] {
        assert_unsaid(said, "[secret]").await;
    }
    assert_unsaid(redirect("301 Moved", &format!("http://a.example/to?t={HUSH}")), "an address that holds a secret").await;
    assert_unsaid(redirect("301 Moved", &format!("http://a.example/to?t={spelled}")), "an address that holds a secret").await;
}

/// Asks a feed with a password three times, which is said back by its server, and looks for it in everything told and stored.
async fn assert_unsaid(said: Vec<u8>, expected: &str) {
    let world = World::answering(move |asked| if asked.path == A { said.clone() } else { feed(&["One"]) });
    let reader = world.reader();
    let own = Feed { login: Some(Login::Password { user: "me".into(), password: hushed() }), ..Feed::default() };
    let mut told = String::new();
    for _ in 0..3 {
        told += &format!("{:?}", reader.refresh(with_options(own.clone())).await);
    }
    told += &format!("{:?}", reader.health(A).await);
    drop(reader);
    told += &String::from_utf8_lossy(&std::fs::read(world.store_file()).expect("the store"));
    let told = told.to_lowercase();
    assert!(told.contains(expected), "{told}");
    let forms = [HUSH.to_string(), PACKED[6..].to_lowercase(), "%63%6f%72%72%65".into()];
    assert!(forms.iter().all(|form| !told.contains(form.as_str())), "{told}");
}

/// A password in an address is refused when the settings are read, and not quoted.
#[test]
fn passwords_in_addresses() {
    let address = format!("https://me:{HUSH}@a.example/feed");
    let wrong = matins::config::feed_url(&address).expect_err("refused");
    assert!(wrong.contains("without name and password") && !wrong.contains(HUSH), "{wrong}");
    let wrong = matins::config::parse(Some(("s", &format!("[fetch]\nproxy = \"http://me:{HUSH}@a.example\""))), None).problems;
    assert!(wrong.len() == 1 && !wrong[0].message.contains(HUSH), "{wrong:?}");
}

/// An HTTP proxy is asked for everything but this machine.
#[tokio::test]
async fn http_proxy() {
    let world = World::answering(|_| feed(&["One"]));
    let own = crate::fetch_server::Server::answering(feed(&["Own"]));
    let (summary, _) = world.reader().refresh(due(&[A, B, &own.url("/")])).await;
    assert_eq!((summary.new, world.log().len(), own.asked().len()), (3, 2, 1));
}

/// A SOCKS proxy is asked, and with `socks5h` it looks up the names.
#[tokio::test]
async fn socks_proxy() {
    let (address, names) = crate::etiquette_world::socks_proxy(feed(&["One"]));
    let world = World::answering(|_| feed(&["Not through the proxy"]));
    let reader = world.reader_with(FetchSettings { proxy: format!("socks5h://{address}"), ..world.settings(20_000) });
    assert_eq!(reader.refresh(due(&[A])).await.0.new, 1);
    assert_eq!((names.recv().expect("a name"), world.log().len()), ("a.example".to_string(), 0));
}

/// Without a proxy in the settings, those of the environment are asked; with "none", none.
#[test]
#[expect(clippy::disallowed_methods, reason = "the story needs an environment of its own")]
fn environment_proxy() {
    let world = World::answering(|_| feed(&["One"]));
    let program = std::env::current_exe().expect("this program");
    let mut run = std::process::Command::new(program);
    run.args(["--ignored", "--exact", "etiquette_private::in_an_environment_with_a_proxy"]);
    run.env("HTTP_PROXY", world.address()).env("http_proxy", world.address()).env_remove("NO_PROXY").env_remove("no_proxy");
    let output = run.output().expect("a run");
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
    assert_eq!(world.log().len(), 1);
}

#[tokio::test]
#[ignore = "run by the story above, in an environment of its own"]
async fn in_an_environment_with_a_proxy() {
    let world = World::answering(|_| feed(&["Not through the proxy"]));
    let refresh = async |proxy: &str, timeout: i64| {
        let settings = FetchSettings { proxy: proxy.into(), ..world.settings(timeout) };
        world.reader_with(settings).refresh(insisting(&["http://192.0.2.7/feed"])).await.0.new
    };
    assert_eq!((refresh("", 20_000).await, refresh("none", 500).await), (1, 0));
}

/// Refreshes this machine, another one, this one redirected to the other, and a file; only the other must be told of as kept back.
fn keeps_to_this_machine(settings: &[u8], variable: Option<&str>, expected: &str) {
    let server = crate::fetch_server::Server::start(|asked, stream| match asked.path.as_str() {
        "/away" => say(stream, &redirect("302 Found", "http://192.0.2.2/feed")),
        _ => say(stream, &feed(&["Here"])),
    });
    let home = crate::commands::Home::new();
    std::fs::write(home.path("settings.toml"), settings).expect("written");
    let feeds = [server.url("/"), server.url("/away"), "http://192.0.2.2/feed".to_string(), home.url("cbc.xml")];
    home.feeds(&format!("[[section]]\nname = \"News\"\nfeeds = {feeds:?}\n"));
    let proxy = server.url("");
    let told =
        crate::commands::Told::of(&home.command(&["refresh"]).env("http_proxy", variable.unwrap_or(&proxy)).output().expect("a run"));
    assert_eq!(told.err.matches(expected).count(), 2, "{told:?}");
    assert_eq!(told.err.matches("; until that is mended, only files and this machine are asked\n").count(), 2, "{told:?}");
    assert!(told.out.contains("4 feeds asked, 2 answered") && !format!("{told:?}").contains(HUSH), "{told:?}");
    assert!(server.asked().iter().all(|asked| asked.path.starts_with('/')), "asked as a proxy: {:?}", server.asked().len());
}

/// Nothing is asked past a proxy that is named and cannot be used, in the settings or in the environment; files are read, and this
/// machine is asked.
#[test]
fn unusable_proxy() {
    let wrong = "the proxy in settings.toml (line 2) cannot be used: ";
    keeps_to_this_machine(b"[fetch]\nproxy = \"sock5://127.0.0.1:9050\"", None, wrong);
    keeps_to_this_machine(format!("[fetch]\nproxy = \"http://u:{HUSH}@127.0.0.1:1\"").as_bytes(), None, wrong);
    let wrong = "the proxy in the environment variable http_proxy cannot be used: ";
    keeps_to_this_machine(b"", Some(&format!("bogus://me:{HUSH}@x:1")), wrong);
}

/// The same where `settings.toml` cannot be read: it may name a proxy.
#[test]
fn unreadable_settings() {
    let wrong = ": settings.toml cannot be read, and may name a proxy (`matins config check` says more); until that is mended";
    keeps_to_this_machine(b"[fetch]\nproxy = \"http://caf\xe9.example:1\"\n", None, wrong);
    keeps_to_this_machine(&[b'\n'; 4_000_001], None, wrong);
    let wrong = "the proxy in settings.toml (line 1) cannot be used: the file is not TOML; mend it";
    keeps_to_this_machine(b"fetch = { \"proxy\" = \"http://127.0.0.1:1\", at_once = }", None, wrong);
}

/// A proxy that is not there is named as such, and not the server behind it.
#[test]
fn dead_proxy() {
    let proxy = format!("http://127.0.0.1:{}", crate::fetch_server::dead_port());
    let check = |settings: &str, variable: &str, except: &str, expected: &str| {
        let home = crate::commands::Home::empty();
        home.write("settings.toml", settings);
        home.feeds("[[section]]\nname = \"News\"\nfeeds = [\"http://192.0.2.2/feed\", \"https://192.0.2.2/feed\"]\n");
        let mut command = home.command(&["refresh"]);
        command.env("ALL_PROXY", variable).env("NO_PROXY", except).env_remove("http_proxy").env_remove("HTTP_PROXY");
        let told = crate::commands::Told::of(&command.env_remove("https_proxy").env_remove("HTTPS_PROXY").output().expect("a run"));
        assert_eq!(told.err.matches(expected).count(), 2, "{told:?}");
    };
    let expected = "the proxy does not let us through: it refuses connections";
    check(&format!("[fetch]\nproxy = \"{proxy}\""), "", "", expected);
    check("", &proxy, "", expected);
    check("", &proxy, "a.example", expected);
}
