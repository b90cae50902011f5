//! What the store makes of a feed's answers: which article is which, where it stands, what stays.

use jiff::Timestamp;
use matins::domain::article::{Article, NewArticle};
use matins::domain::clean_text::CleanText;
use matins::domain::document::{Block, Document, Span};
use matins::domain::feed::{Enclosure, FeedState, Validators, Way};
use matins::domain::full_text::PageText;
use matins::domain::list::ListQuery;
use matins::domain::status::Mark;
use matins::store::{FeedRecord, Saved, Visit};

use crate::store_sample::*;

fn read(store: &matins::store::Store, title: &str) -> Article {
    wait(store.front().article(id_of(store, title))).expect("reads").expect("an article")
}

#[test]
fn an_article_comes_back_as_it_was_saved() {
    let (_folder, store) = new_store();
    let saved = NewArticle {
        authors: vec![CleanText::new("Ann"), CleanText::new("Bo")],
        updated: Some(NOW - hours(1)),
        categories: vec![CleanText::new("Night")],
        enclosures: vec![Enclosure { url: "https://example.org/a.mp3".into(), media_type: None, length: Some(u64::MAX) }],
        comments_url: Some("https://example.org/a#comments".into()),
        ..article("a", 2)
    };
    save(&store, FEED, vec![saved.clone()]);
    let back = read(&store, "a");
    assert_eq!(back.row.feed_title.as_deref(), Some("The feed"));
    assert_eq!((back.row.author.as_deref(), back.row.url), (Some("Ann, Bo"), saved.url));
    assert_eq!((back.row.published, back.row.sorted_at), (saved.published, NOW - hours(2)));
    assert_eq!((back.authors, back.row.updated, back.categories), (saved.authors, saved.updated, saved.categories));
    assert_eq!((back.enclosures, back.comments_url, back.document), (saved.enclosures, saved.comments_url, saved.document));
    assert!(!back.row.is_changed);
}

#[test]
fn the_same_answer_again_changes_nothing() {
    let (_folder, store) = new_store();
    let articles = vec![article("a", 1), article("b", 2)];
    assert_eq!(save(&store, FEED, articles.clone()), Saved { new: 2, changed: 0 });
    assert_eq!(save(&store, FEED, articles), Saved { new: 0, changed: 0 });
    assert_eq!(titles(&store, ListQuery::default()), ["a", "b"]);
}

#[test]
fn a_changed_text_is_told_and_keeps_its_status_and_is_found_by_its_new_words_only() {
    let (folder, store) = new_store();
    save(&store, FEED, vec![article("a", 1)]);
    index_words(&store);
    let id = id_of(&store, "a");
    wait(store.front().mark(vec![id], Mark::Star, "star".into(), NOW)).expect("marks");
    let other_text = NewArticle { document: document("Quite another lantern"), ..article("a", 1) };
    assert_eq!(save(&store, FEED, vec![other_text.clone()]), Saved { new: 0, changed: 1 });
    let back = read(&store, "a");
    assert!(back.row.is_changed && back.row.status.is_starred && back.row.id == id);
    assert_eq!(back.document, other_text.document);
    let search = |words: &str| titles(&store, ListQuery { search: words.into(), ..ListQuery::default() });
    assert_eq!((search("lantern"), search("text")), (vec!["a".to_string()], vec![]));
    save(&store, FEED, vec![other_text]);
    assert!(read(&store, "a").row.is_changed, "once changed, always changed");
    drop(store);
    let file = rusqlite::Connection::open(folder.path().join(matins::store::FILE_NAME)).expect("the file");
    let before: i64 = file.query_row("SELECT count(*) FROM text_before WHERE title = 'Title a'", [], |row| row.get(0)).expect("counts");
    assert_eq!(before, 1, "the text before is kept");
}

#[test]
fn a_text_that_changes_before_its_words_are_in_the_index_is_found_by_its_new_words_only() {
    let (_folder, store) = new_store();
    save(&store, FEED, vec![article("a", 1), article("b", 2)]);
    save(&store, FEED, vec![NewArticle { document: document("Quite another lantern"), ..article("a", 1) }]);
    index_words(&store);
    let search = |words: &str| titles(&store, ListQuery { search: words.into(), ..ListQuery::default() });
    assert_eq!((search("lantern"), search("text")), (vec!["a".to_string()], vec!["b".to_string()]));
}

#[test]
fn a_damaged_text_is_found_by_its_title_and_holds_up_no_other() {
    let (folder, store) = new_store();
    save(&store, FEED, vec![article("a", 1)]);
    index_words(&store);
    drop(store);
    let file = rusqlite::Connection::open(folder.path().join(matins::store::FILE_NAME)).expect("the file");
    file.execute_batch("DELETE FROM search; UPDATE body SET document = x'00'").expect("damaged");
    let store = matins::store::Store::open(&folder.path().join(matins::store::FILE_NAME)).expect("opens");
    save(&store, FEED, vec![article("b", 2)]);
    index_words(&store);
    let search = |words: &str| titles(&store, ListQuery { search: words.into(), ..ListQuery::default() });
    assert_eq!((search("title"), search("text")), (vec!["a".to_string(), "b".into()], vec!["b".to_string()]));
}

#[test]
fn a_new_address_or_date_alone_is_taken_over_without_a_word_and_without_moving() {
    let (_folder, store) = new_store();
    save(&store, FEED, vec![article("a", 5), article("b", 4)]);
    let moved = NewArticle { url: Some("https://example.org/new".into()), published: Some(NOW), ..article("a", 5) };
    assert_eq!(save(&store, FEED, vec![moved]), Saved { new: 0, changed: 0 });
    assert_eq!(titles(&store, ListQuery::default()), ["b", "a"]);
    let row = read(&store, "a").row;
    assert_eq!((row.url.as_deref(), row.published, row.sorted_at), (Some("https://example.org/new"), Some(NOW), NOW - hours(5)));
    assert!(!row.is_changed);
}

#[test]
fn a_changed_text_moves_up_to_its_later_date_but_never_down() {
    let (_folder, store) = new_store();
    save(&store, FEED, vec![article("a", 5), article("b", 4), article("c", 3)]);
    let with = |id: &str, hours_ago| NewArticle { document: document("new text"), ..article(id, hours_ago) };
    save(&store, FEED, vec![with("a", 1), with("c", 9)]);
    assert_eq!(titles(&store, ListQuery::default()), ["a", "c", "b"]);
    assert_eq!(read(&store, "c").row.sorted_at, NOW - hours(3));
}

#[test]
fn a_text_with_the_same_words_is_taken_over_without_a_word() {
    let (_folder, store) = new_store();
    save(&store, FEED, vec![article("a", 5)]);
    let linked = Span { link: Some("https://example.org/b".into()), ..Span::plain("Text of a") };
    let same_words =
        Document { blocks: vec![Block::Quote { blocks: vec![Block::Paragraph { text: vec![linked] }] }], ..Document::default() };
    let answer = NewArticle { document: same_words.clone(), ..article("a", 5) };
    assert_eq!(save(&store, FEED, vec![answer]), Saved { new: 0, changed: 0 });
    let back = read(&store, "a");
    assert!(back.document == same_words && !back.row.is_changed);
}

#[test]
fn an_article_that_its_feed_no_longer_lists_stays() {
    let (_folder, store) = new_store();
    save(&store, FEED, vec![article("a", 5)]);
    save(&store, FEED, vec![article("b", 4)]);
    save(&store, FEED, vec![]);
    assert_eq!(titles(&store, ListQuery::default()), ["b", "a"]);
}

#[test]
fn two_feeds_may_use_the_same_id() {
    let (_folder, store) = new_store();
    assert_eq!(save(&store, FEED, vec![article("a", 5)]).new, 1);
    assert_eq!(save(&store, "https://example.org/other", vec![article("a", 5)]).new, 1);
}

#[test]
fn of_two_articles_with_one_id_in_one_answer_the_first_counts_every_time() {
    let (_folder, store) = new_store();
    let twice = vec![article("a", 5), NewArticle { title: CleanText::new("Title other"), ..article("a", 5) }];
    assert_eq!(save(&store, FEED, twice.clone()), Saved { new: 1, changed: 0 });
    assert_eq!(save(&store, FEED, twice), Saved { new: 0, changed: 0 });
    assert_eq!(titles(&store, ListQuery::default()), ["a"]);
}

#[test]
fn articles_without_a_date_stand_at_their_arrival_in_the_order_of_the_feed() {
    let (_folder, store) = new_store();
    let undated = |id: &str| NewArticle { published: None, ..article(id, 0) };
    save(&store, FEED, vec![undated("a"), undated("b"), undated("c")]);
    assert_eq!(titles(&store, ListQuery::default()), ["a", "b", "c"]);
    assert_eq!(read(&store, "b").row.sorted_at, NOW);
    assert_eq!(read(&store, "b").row.published, None);
    let later = matins::store::FetchedFeed { at: NOW + hours(1), ..fetched(FEED, vec![undated("d"), undated("a")]) };
    wait(store.back().save(later, Visit::default())).expect("saves");
    assert_eq!(titles(&store, ListQuery::default()), ["d", "a", "b", "c"]);
}

#[test]
fn a_date_in_the_future_counts_as_the_arrival_and_one_without_published_as_its_update() {
    let (_folder, store) = new_store();
    let updated = NewArticle { published: None, updated: Some(NOW - hours(7)), ..article("updated", 0) };
    let far = NewArticle { published: Some(Timestamp::MAX), ..article("far", 0) };
    let early = NewArticle { published: Some(Timestamp::MIN), ..article("early", 0) };
    save(&store, FEED, vec![early, updated, article("future", -48), far]);
    assert_eq!(titles(&store, ListQuery::default()), ["future", "far", "updated", "early"]);
    assert_eq!(read(&store, "future").row.sorted_at, NOW);
    assert_eq!(read(&store, "updated").row.sorted_at, NOW - hours(7));
}

#[test]
fn validators_are_kept_byte_for_byte_with_the_articles() {
    let (_folder, store) = new_store();
    let (etag, date) = (b"W/\"\xff\x00 odd\"".to_vec(), b"Wed, 21 Oct 2015".to_vec());
    let validators = Validators { etag: Some(etag.clone()), last_modified: Some(date.clone()) };
    let answer = matins::store::FetchedFeed { validators: validators.clone(), ..fetched(FEED, vec![article("a", 3)]) };
    wait(store.back().save(answer, Visit::default())).expect("saves");
    let record = || wait(store.back().records(vec!["https://never".into(), FEED.into()])).expect("records");
    let expected = FeedRecord {
        url: FEED.into(),
        validators,
        next_try: Some(NOW + hours(1)),
        failures_in_a_row: 0,
        last_success: Some(NOW),
        newest: Some(NOW - hours(3)),
        ..FeedRecord::default()
    };
    assert_eq!(record(), [FeedRecord { url: "https://never".into(), ..FeedRecord::default() }, expected]);
    let only_etag = Validators { etag: Some(b"\"2\"".to_vec()), last_modified: None };
    wait(store.back().unchanged(FEED.into(), only_etag, Some(304), NOW + hours(1), NOW + hours(2), Visit::default())).expect("keeps");
    assert_eq!(record()[1].validators, Validators { etag: Some(b"\"2\"".to_vec()), last_modified: Some(date) });
    wait(store.back().failed(FEED.into(), Some(500), "it broke".into(), NOW + hours(2), NOW + hours(3), Visit::default())).expect("keeps");
    assert_eq!((record()[1].validators.etag.as_deref(), record()[1].failures_in_a_row), (Some(&b"\"2\""[..]), 1));
    save(&store, FEED, vec![]);
    assert_eq!(record()[1].validators, Validators::default(), "a whole new answer brings its own or none");
}

#[test]
fn health_tells_what_the_feed_last_said() {
    let (_folder, store) = new_store();
    let health = || wait(store.front().feeds(Some(vec!["https://never".into(), FEED.into()]))).expect("health");
    assert!(health().iter().all(|feed| feed.state == FeedState::Never));
    wait(store.back().failed(FEED.into(), None, "no answer in 20 s".into(), NOW, NOW + hours(1), Visit::default())).expect("keeps");
    wait(store.back().failed(FEED.into(), Some(503), "busy".into(), NOW + hours(1), NOW + hours(2), Visit::default())).expect("keeps");
    let failing = &health()[1];
    assert_eq!((failing.state, failing.failures_in_a_row, failing.http_status), (FeedState::Failing, 2, Some(503)));
    assert_eq!((failing.error.as_deref(), failing.last_error, failing.last_success), (Some("busy"), Some(NOW + hours(1)), None));
    let answer = matins::store::FetchedFeed { notes: vec!["repaired".into()], ..fetched(FEED, vec![article("a", 1), article("b", 2)]) };
    wait(store.back().save(answer, Visit::default())).expect("saves");
    wait(store.front().mark(vec![id_of(&store, "a")], Mark::Read, "read".into(), NOW)).expect("marks");
    let well = &health()[1];
    assert_eq!((well.state, well.failures_in_a_row, well.error.as_deref()), (FeedState::Ok, 0, None));
    assert_eq!((well.articles, well.unread, well.newest), (2, 1, Some(NOW - hours(1))));
    assert_eq!((well.title.as_deref(), &well.notes[..]), (Some("The feed"), &["repaired".to_string()][..]));
    assert_eq!(well.last_error, Some(NOW + hours(1)), "when it last failed stays known");
    assert_eq!(wait(store.front().feeds(None)).expect("health").len(), 1);
}

#[test]
fn a_feed_that_answers_but_brings_nothing_falls_silent_and_comes_back() {
    let (_folder, store) = new_store();
    save(&store, FEED, (0..10).map(|day| article(&day.to_string(), day * 24)).collect());
    let asked = |days: i64| {
        wait(store.back().unchanged(FEED.into(), Validators::default(), Some(304), NOW + hours(days * 24), NOW, Visit::default()))
    };
    let state = || wait(store.front().feeds(None)).expect("health")[0].state;
    asked(6).expect("keeps");
    assert_eq!(state(), FeedState::Ok);
    asked(8).expect("keeps");
    assert_eq!(state(), FeedState::Silent);
    let answer = matins::store::FetchedFeed { at: NOW + hours(200), ..fetched(FEED, vec![article("new", -199)]) };
    wait(store.back().save(answer, Visit::default())).expect("saves");
    assert_eq!(state(), FeedState::Ok);
}

#[test]
fn what_is_not_clean_in_the_file_is_cleaned_on_the_way_out() {
    let (folder, store) = new_store();
    save(&store, FEED, vec![article("a", 1)]);
    let file = rusqlite::Connection::open(folder.path().join(matins::store::FILE_NAME)).expect("the file");
    file.execute("UPDATE text SET title = ?1", ["red\u{1b}[31m"]).expect("forged");
    let rows = wait(store.front().list(ListQuery::default())).expect("a list").rows;
    assert_eq!(rows[0].title.as_str(), "red");
}

#[test]
fn a_way_that_a_person_accepts_while_the_feed_is_asked_in_another_one_is_kept() {
    let (_folder, store) = new_store();
    let way = || wait(store.front().feeds(Some(vec![FEED.into()]))).expect("health")[0].way.clone();
    let validators = Validators { etag: Some(b"\"v1\"".to_vec()), last_modified: None };
    let save = |visit: Visit| {
        let answer = matins::store::FetchedFeed { validators: validators.clone(), ..fetched(FEED, vec![article("a", 3)]) };
        wait(store.back().save(answer, visit)).expect("saves");
        wait(store.back().records(vec![FEED.into()])).expect("records")[0].validators.etag.is_some()
    };
    let accepted = Way { address: Some("https://new.example/".into()), ..Way::default() };
    wait(store.front().cure(FEED.into(), Some(accepted), NOW)).expect("keeps");
    assert!(!save(Visit::default()), "an answer to what was asked before leaves no validators");
    let accepted = way();
    assert_eq!((accepted.address.as_deref(), accepted.accepted_at), (Some("https://new.example/"), Some(NOW)));
    assert!(save(Visit { accepted_before: Some(NOW), way: accepted, ..Visit::default() }));
    let lapsed = Visit { accepted_before: Some(NOW), ..Visit::default() };
    wait(store.back().failed(FEED.into(), Some(404), "404 Not Found".into(), NOW, NOW, lapsed)).expect("keeps");
    let record = wait(store.back().records(vec![FEED.into()])).expect("records").remove(0);
    assert_eq!((record.way, record.validators), (Way::default(), Validators::default()));
}

#[test]
fn others_answer_when_one_of_them_has_since_the_feed_was_last_asked_in_vain() {
    let (_folder, store) = new_store();
    let other = "https://other.example/feed";
    let do_others = || wait(store.back().do_others_answer(FEED.into())).expect("a look");
    let answered = |url: &str, hour: i64| {
        let (at, visit) = (NOW + hours(hour), Visit { host: Some("a host".into()), ..Visit::default() });
        wait(store.back().unchanged(url.into(), Validators::default(), Some(304), at, at, visit)).expect("keeps");
    };
    answered(other, 1);
    answered(FEED, 1);
    assert!(!do_others(), "it never failed");
    wait(store.back().failed(FEED.into(), None, "no way".into(), NOW + hours(2), NOW, Visit::default())).expect("keeps");
    assert!(!do_others(), "the answer is from before");
    answered(FEED, 3);
    assert!(!do_others(), "its own is none of another");
    answered(other, 3);
    assert!(do_others());
}

#[test]
fn a_text_that_changed_is_not_hidden_behind_the_page_that_was_kept_before() {
    let (_folder, store) = new_store();
    let check = |before: &str, after: &str, is_kept: bool| {
        let feed = format!("https://example.org/{is_kept}");
        let with = |text: &str| vec![NewArticle { document: document(text), ..article(&feed, 1) }];
        save(&store, &feed, with(before));
        let id = id_of(&store, &feed);
        wait(store.back().keep_page(id, PageText::Good(document("The page")), NOW)).expect("keeps");
        save(&store, &feed, with(before));
        assert!(read(&store, &feed).page.is_some(), "nothing changed");
        save(&store, &feed, with(after));
        assert_eq!(read(&store, &feed).page.is_some(), is_kept, "{after:.20}");
    };
    check("Points: 12, comments: 3", "Points: 13, comments: 4", true);
    check("Two died.", &"Nobody died, as was found out later on that day. ".repeat(9), false);
}

#[test]
fn what_comes_late_leaves_the_claim_of_who_took_the_feed_over() {
    let (folder, store) = new_store();
    let other = matins::store::Store::open(&folder.path().join(matins::store::FILE_NAME)).expect("opens");
    let claim = |back: matins::store::BackDesk, hour: i64| {
        let (now, until) = (NOW + hours(hour), NOW + hours(hour + 1));
        wait(back.claim(matins::store::Intent { url: FEED.into(), host: None, now, until }, |_| true)).expect("claims");
    };
    let claimed_until = || wait(store.back().records(vec![FEED.into()])).expect("records")[0].claimed_until;
    claim(store.back(), 0);
    claim(other.back(), 2);
    let answered = |back: matins::store::BackDesk| {
        let visit = Visit { host: Some("example.org".into()), ..Visit::default() };
        wait(back.unchanged(FEED.into(), Validators::default(), Some(304), NOW, NOW, visit)).expect("keeps");
    };
    answered(store.back());
    assert_eq!(claimed_until(), Some(NOW + hours(3)));
    answered(other.back());
    assert_eq!(claimed_until(), None);
}

#[test]
fn another_version_of_the_program_reads_another_text_and_the_publisher_has_changed_none() {
    let (folder, store) = new_store();
    save(&store, FEED, vec![article("a", 5)]);
    drop(store);
    let path = folder.path().join(matins::store::FILE_NAME);
    let file = rusqlite::Connection::open(&path).expect("the file");
    file.execute_batch("UPDATE text SET reader = '0.0.1'").expect("an older version's");
    let store = matins::store::Store::open(&path).expect("opens");
    let stamp = read(&store, "a").row.stamp;
    let with = |text: &str| vec![NewArticle { document: document(text), published: Some(NOW), ..article("a", 5) }];
    assert_eq!(save(&store, FEED, with("Text of a, cleaner")), Saved { new: 0, changed: 0 });
    let back = read(&store, "a");
    assert_eq!((back.document.clone(), back.row.is_changed, back.row.stamp), (document("Text of a, cleaner"), false, stamp));
    assert_eq!(save(&store, FEED, with("Text of a, corrected")), Saved { new: 0, changed: 1 });
    assert_ne!(read(&store, "a").row.stamp, stamp);
}

#[test]
fn a_correction_is_told_also_when_another_version_or_the_rest_came_with_the_same_words_before_it() {
    let check = |before: NewArticle, reader: &str| {
        let (folder, store) = new_store();
        save(&store, FEED, vec![before]);
        let file = rusqlite::Connection::open(folder.path().join(matins::store::FILE_NAME)).expect("the file");
        file.execute_batch(reader).expect("an older version's");
        assert_eq!(save(&store, FEED, vec![article("a", 5)]), Saved { new: 0, changed: 0 });
        assert_eq!(save(&store, FEED, vec![NewArticle { document: document("Corrected"), ..article("a", 5) }]).changed, 1, "{reader}");
        assert!(read(&store, "a").row.is_changed, "{reader}");
    };
    check(article("a", 5), "UPDATE text SET reader = '0.0.9'");
    check(article("a", 5), "UPDATE text SET reader = ''");
    check(NewArticle { is_cut: true, ..article("a", 5) }, "");
}

#[test]
fn a_count_of_comments_is_no_change_and_a_number_in_the_text_is() {
    let (_folder, store) = new_store();
    let with = |text: &str| vec![NewArticle { document: document(text), published: Some(NOW), ..article("a", 5) }];
    save(&store, FEED, with("5 ships are late. 12 comments"));
    assert_eq!(save(&store, FEED, with("5 ships are late. 13 comments")), Saved { new: 0, changed: 0 });
    assert_eq!(read(&store, "a").document, document("5 ships are late. 13 comments"));
    assert_eq!(save(&store, FEED, with("7 ships are late. 13 comments")), Saved { new: 0, changed: 1 });
}

#[test]
fn a_cut_text_hides_no_whole_one_and_gives_way_to_it() {
    let (_folder, store) = new_store();
    let cut = |id: &str| NewArticle { document: document(""), is_cut: true, ..article(id, 5) };
    save(&store, FEED, vec![article("a", 5), cut("b")]);
    let stamp = read(&store, "b").row.stamp;
    assert_eq!(save(&store, FEED, vec![article("b", 5), cut("a")]), Saved { new: 0, changed: 0 });
    assert_eq!((read(&store, "a").document, read(&store, "b").document), (document("Text of a"), document("Text of b")));
    let row = read(&store, "b").row;
    assert!(!row.is_changed && row.stamp != stamp, "a text on the screen is told that the rest has come");
    assert_eq!(save(&store, FEED, vec![NewArticle { document: document("other"), ..article("b", 5) }]).changed, 1);
}
