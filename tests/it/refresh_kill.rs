//! A refresh that is killed while another process marks: the store opens, every mark that was answered is there, a search finds
//! every article that is, and the next refresh completes what the killed one left, with nothing twice.

use std::collections::HashSet;
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use crate::commands::{Home, feed};
use crate::fetch_server::{Server, answer, hang, say};
use crate::screen::{Start, Terminal};

/// Feeds that bring new articles in every round, and how many each.
const FEEDS: usize = 8;
const ARTICLES: usize = 150;
/// Articles that were there before, to be marked.
const MARKED: usize = 20;

/// A paper of the feeds that are marked in and of those that bring news; with an address, also one that never answers, so that no
/// refresh comes to its end before it is killed.
fn paper(home: &Home, stuck: Option<&str>) -> String {
    let files = (0..FEEDS).map(|number| home.url(&format!("{number}.xml"))).chain([home.url("marked.xml")]);
    let addresses: Vec<String> = files.chain(stuck.map(str::to_string)).map(|url| format!("\"{url}\"")).collect();
    format!("[[section]]\nname = \"News\"\nfeeds = [{}]\n", addresses.join(", "))
}

/// Every feed brings the articles of this round besides those of all rounds before.
fn publish(home: &Home, round: usize) {
    for number in 0..FEEDS {
        let titles: Vec<String> =
            (0..=round).flat_map(|round| (0..ARTICLES).map(move |article| format!("{number}.{round}.{article}"))).collect();
        let articles: Vec<(&str, bool)> = titles.iter().rev().map(|title| (title.as_str(), false)).collect();
        home.write(&format!("{number}.xml"), &feed(&format!("Feed {number}"), &articles));
    }
}

/// How many feeds the progress bar says have finished.
fn finished(screen: &str) -> usize {
    let bar = screen.split("refreshing ").nth(1).and_then(|rest| rest.split('/').next());
    bar.and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Refreshes until so many feeds have finished, marking one article after the other meanwhile, and kills the refresh.
fn refresh_and_kill(home: &Home, enough: usize, to_mark: &[String]) {
    let start = Start { size: (80, 24), arguments: &["refresh"], folder: home.folder.path(), variables: &[] };
    let mut terminal = Terminal::start(&start);
    terminal.sees("refreshing ");
    for number in to_mark {
        assert_eq!(home.prints(&["mark", "read", number]), "1 changed\n");
    }
    terminal.until("enough feeds", |screen| finished(screen) >= enough);
    let process = rustix::process::Pid::from_raw(terminal.process_id().cast_signed()).expect("a process");
    rustix::process::kill_process(process, rustix::process::Signal::KILL).expect("killed");
    assert!(!terminal.ends().success(), "it was killed, it did not end by itself");
}

/// The numbers of all articles, or of those that are read.
fn numbers(home: &Home, is_wanted: impl Fn(&serde_json::Value) -> bool) -> HashSet<String> {
    let listed = home.json(&["list", "--all", "--json"]);
    listed.as_array().expect("an array").iter().filter(|article| is_wanted(article)).map(|article| article["id"].to_string()).collect()
}

/// The numbers of the articles that a search for what every text says finds.
fn numbers_found(home: &Home) -> HashSet<String> {
    let found = home.json(&["list", "--all", "--search", "the text of", "--json"]);
    found.as_array().expect("an array").iter().map(|article| article["id"].to_string()).collect()
}

fn check_integrity(home: &Home) {
    let file = rusqlite::Connection::open(home.store()).expect("the store");
    let check: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("checks");
    assert_eq!(check, "ok");
}

#[test]
fn a_refresh_that_is_killed_costs_no_mark_and_is_completed_by_the_next() {
    let home = Home::empty();
    let titles: Vec<String> = (0..MARKED).map(|number| format!("Marked {number}")).collect();
    home.write("marked.xml", &feed("Marked", &titles.iter().map(|title| (title.as_str(), false)).collect::<Vec<_>>()));
    home.feeds(&paper(&home, None));
    let setup = home.run(&["refresh", "--feed", &home.url("marked.xml")]);
    assert_eq!(setup.code, 0, "{setup:?}");
    let mut all: Vec<String> = numbers(&home, |_| true).into_iter().collect();
    all.sort();
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let stuck = format!("http://{}/", silent.local_addr().expect("an address"));
    for (round, (enough, marks)) in [(0, 0), (1, 1), (3, 5), (6, 10)].into_iter().enumerate() {
        publish(&home, round);
        home.feeds(&paper(&home, Some(&stuck)));
        home.prints(&["mark", "unread", "--all"]);
        refresh_and_kill(&home, enough, &all[..marks]);
        check_integrity(&home);
        assert_eq!(numbers_found(&home), numbers(&home, |_| true), "round {round}");
        let marked: HashSet<String> = all[..marks].iter().cloned().collect();
        assert_eq!(numbers(&home, |article| article["is_read"] == true), marked, "round {round}");
        home.feeds(&paper(&home, None));
        home.prints(&["refresh", "--force"]);
        let titles = home.titles(&[]);
        assert_eq!(titles.len(), MARKED + (round + 1) * FEEDS * ARTICLES, "round {round}");
        assert_eq!(titles.iter().collect::<HashSet<_>>().len(), titles.len(), "nothing is there twice in round {round}");
        assert_eq!(numbers(&home, |article| article["is_read"] == true), marked, "after the next refresh in round {round}");
    }
}

#[test]
fn what_a_killed_refresh_had_in_hand_is_asked_by_the_next_one_at_once() {
    let (is_well, (asked, requests)) = (Arc::new(AtomicBool::new(false)), mpsc::channel());
    let (answers, asked) = (Arc::clone(&is_well), Mutex::new(asked));
    let server = Server::start(move |request, stream| {
        if answers.load(Ordering::SeqCst) {
            return say(stream, &answer("200 OK", &[], feed(&request.path, &[(&request.path, false)])));
        }
        asked.lock().expect("the sender").send(()).expect("the story listens");
        hang(stream);
    });
    let home = Home::empty();
    let urls: Vec<String> = ["/a", "/b", "/c"].map(|path| format!("\"{}\"", server.url(path))).to_vec();
    home.feeds(&format!("[[section]]\nname = \"News\"\nfeeds = [{}]\n", urls.join(", ")));
    let mut killed = home.command(&["refresh"]).spawn().expect("matins runs");
    requests.recv().expect("a request, the only one at a time");
    killed.kill().expect("killed");
    killed.wait().expect("its end");
    is_well.store(true, Ordering::SeqCst);
    let told = home.run(&["refresh"]);
    assert_eq!((told.code, told.out.as_str()), (0, "3 feeds asked, 3 answered, 3 new articles\n"), "{told:?}");
}
