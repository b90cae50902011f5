//! How matins asks, rule by rule: each story of the files beside this one is one rule, and `docs/etiquette.md` is written
//! from their names and first lines. One server on loopback stands for the whole internet; the clock is the story's own.

use crate::etiquette_world::{DAY, ELSEWHERE, HOUR, MINUTE, Reader, World, due, feed, feed_with, redirect};
use crate::fetch_server::answer;
use crate::refresh_newsroom::NOON;

/// Fourteen days of two instances that look every quarter of an hour, with three restarts: every rule at once.
#[tokio::test]
async fn fourteen_days() {
    let begun = NOON;
    let world = World::timed(move |asked, now| {
        let day = (now - begun) / DAY;
        match asked.path.as_str() {
            "http://plain.example/" => feed(&["One"]),
            "http://patient.example/" => answer("200 OK", &[("Cache-Control", "max-age=21600")], feed_with("", &["One"])),
            "http://night.example/" => {
                let hours: String = (0..6).map(|hour| format!("<hour>{hour}</hour>")).collect();
                answer("200 OK", &[], feed_with(&format!("<skipHours>{hours}</skipHours>"), &["One"]))
            }
            "http://ends.example/" if day >= 5 => answer("410 Gone", &[], ""),
            "http://moves.example/" if day >= 2 => redirect("301 Moved", ELSEWHERE),
            "http://busy.example/1" | "http://busy.example/2" if day == 3 => answer("429 Slow", &[], ""),
            "http://breaks.example/" if (6..9).contains(&day) => answer("500 Oh", &[], ""),
            _ => feed(&["One"]),
        }
    });
    let hosts = ["plain", "patient", "night", "ends", "moves", "breaks"];
    let urls: Vec<String> = hosts.iter().map(|host| format!("http://{host}.example/")).collect();
    let mut urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    urls.extend(["http://busy.example/1", "http://busy.example/2"]);
    let mut readers: [Reader; 2] = [world.reader(), world.reader()];
    for quarter in 0..14 * 24 * 4 {
        if [3, 7, 11].contains(&(quarter / 96)) && quarter % 96 == 50 {
            readers = [world.reader(), world.reader()];
        }
        let (one, other) = tokio::join!(readers[0].refresh(due(&urls)), readers[1].refresh(due(&urls)));
        assert!(one.0.asked + other.0.asked <= urls.len());
        world.wait(15 * MINUTE);
    }
    let gaps = |url: &str| -> Vec<i64> { world.times_of(url).windows(2).map(|pair| pair[1] - pair[0]).collect() };
    for url in &urls {
        assert!(gaps(url).iter().all(|gap| *gap >= HOUR), "{url}: never twice within an hour: {:?}", gaps(url));
    }
    assert_eq!(world.times_of("http://plain.example/").len(), 14 * 24);
    assert_eq!(world.times_of("http://patient.example/").len(), 14 * 4);
    assert_eq!(world.times_of("http://night.example/").len(), 14 * 18);
    assert!(world.times_of("http://night.example/").iter().all(|at| (at + 12 * HOUR) % DAY >= 6 * HOUR));
    assert_eq!(world.times_of("http://ends.example/").len(), 5 * 24 + 1);
    assert_eq!(world.times_of("http://moves.example/").len(), 2 * 24 + 2);
    assert_eq!(world.times_of(ELSEWHERE).len(), 12 * 24);
    let broken = world.times_of("http://breaks.example/").into_iter().filter(|at| (6 * DAY..9 * DAY).contains(at)).count();
    assert!((6..=8).contains(&broken), "{broken}");
    let busy = world.times_of("http://busy.example/").into_iter().filter(|at| (3 * DAY..4 * DAY).contains(at)).count();
    assert!((4..=7).contains(&busy), "two feeds, one host: {busy}");
    for reader in &readers {
        assert_eq!(reader.health("http://moves.example/").await.articles, 1);
    }
}

/// Rules whose stories need more than this world: what they say, the file and the story.
const HELD_ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "A redirect from `https` to `http` is refused.",
        include_str!("fetch_secure.rs"),
        "a_trusted_server_is_read_and_may_not_send_us_out_of_encryption",
    ),
    (
        "A redirect to a name that resolves to a private address is refused; a private address that a person wrote is asked.",
        include_str!("../../src/fetch/tests.rs"),
        "a_redirect_to_a_name_that_resolves_to_a_private_address_is_refused",
    ),
    (
        "A redirect to another port of the private host that a person wrote is followed where that host itself sends us, and nowhere else.",
        include_str!("../../src/fetch/address.rs"),
        "a_redirect_leads_only_where_the_person_or_the_public_goes",
    ),
    (
        "A feed that a page links to is asked with the trust of a redirect: `add` is led to no private address.",
        include_str!("add.rs"),
        "no_public_page_leads_to_a_private_address",
    ),
    (
        "Private addresses are known in every dress: decimal, octal, hexadecimal, short, mapped, translated, NAT64, 6to4, Teredo.",
        include_str!("../../src/fetch/address.rs"),
        "private_addresses_are_known_in_every_dress",
    ),
    (
        "Requests to one host are a pause apart, redirects and second tries included.",
        include_str!("../../src/fetch/hosts.rs"),
        "requests_to_one_host_are_a_pause_apart",
    ),
    (
        "Who is redirected to a host that others are asking waits two minutes for it at most, then says so and is asked again later.",
        include_str!("../../src/fetch/tests.rs"),
        "who_is_redirected_waits_for_a_crowded_host_so_long_and_no_longer",
    ),
    (
        "An answer that breaks off leaves no validators, so that the whole one comes next time.",
        include_str!("broken_off.rs"),
        "nothing_of_a_half_answer_keeps_the_whole_one_away",
    ),
];

/// What no rule says.
const NOT_KEPT: &str = "
Kept within one instance only, as two of them know of each other what the store says, and it names the host that is asked first:

* One connection to a host that a redirect leads to.
* One connection to the host of a page that `add` looks at, or of a cure that is tried.
* The second after a page of an article.
";

/// The stories, in the order of the page.
const FILES: [&str; 6] = [
    include_str!("etiquette_when.rs"),
    include_str!("etiquette_answers.rs"),
    include_str!("etiquette_ways.rs"),
    include_str!("etiquette_private.rs"),
    include_str!("etiquette_pages.rs"),
    include_str!("etiquette.rs"),
];

/// Name and sentence of each rule, in order.
fn rules() -> Vec<(String, String)> {
    let lines: Vec<&str> = FILES.iter().flat_map(|file| file.lines()).collect();
    let is_story = |at: &usize| lines[*at].starts_with("#[tokio::test") || lines[*at] == "#[test]";
    let rule = |at: usize| {
        let sentence: Vec<&str> = lines[..at].iter().rev().map_while(|line| line.strip_prefix("/// ")).collect();
        let head = lines[at..].iter().find_map(|line| line.split_once("fn ")).expect("a story").1;
        let name = head.split('(').next().unwrap_or_default().replace('_', " ");
        (name, sentence.into_iter().rev().collect::<Vec<_>>().join(" "))
    };
    (0..lines.len()).filter(is_story).map(rule).filter(|(_, sentence)| !sentence.is_empty()).collect()
}

#[test]
fn the_page_of_etiquette_is_up_to_date() {
    let mut page = String::from(
        "# Etiquette\n\nHow matins asks servers. This page is written from the stories in `tests/it/etiquette*.rs` by a test; \
         each rule is a story there of the same name.\n\n| Rule | |\n| --- | --- |\n",
    );
    for (name, sentence) in rules() {
        page += &format!("| {name} | {sentence} |\n");
    }
    page += "\nHeld beside the code:\n\n";
    for (sentence, file, story) in HELD_ELSEWHERE {
        assert!(file.contains(&format!("fn {story}()")), "no story {story}");
        page += &format!("* {sentence} (`{story}`)\n");
    }
    page += NOT_KEPT;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/etiquette.md");
    if std::fs::read_to_string(&path).unwrap_or_default() != page {
        std::fs::write(&path, page).expect("written");
        panic!("docs/etiquette.md was out of date and is written anew: commit it");
    }
}
