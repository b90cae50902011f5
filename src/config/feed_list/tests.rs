//! What editing does to a list, and what it never does.

use super::*;

/// A list in a folder of its own, with this text if any.
fn folder(text: Option<&str>) -> (tempfile::TempDir, Paths) {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = Paths { config_dir: folder.path().join("config"), data_dir: folder.path().into() };
    if let Some(text) = text {
        std::fs::create_dir(&paths.config_dir).expect("made");
        std::fs::write(paths.feeds_file(), text).expect("written");
    }
    (folder, paths)
}

fn feed(url: &str) -> Feed {
    Feed { url: url.into(), ..Feed::default() }
}

fn saved(list: &FeedList) -> String {
    std::fs::read_to_string(list.save().expect("saved")).expect("read")
}

const TWO: &str = "# mine\n\n[[section]]\nname = \"Canadian News\" # home\nshort = \"Canada\"\nfeeds = [\n  # public\n  \"https://a.example/\",\n]\n\n\
    [[section]]\nname = \"Science\"\nfeeds = [\"https://b.example/\"]\nfallback = [\"https://a.example/\"]\n# the end\n";

#[test]
fn a_feed_more_costs_no_section_when_there_was_no_list() {
    let (_folder, paths) = folder(None);
    let mut list = FeedList::open(&paths).expect("open");
    assert_eq!((list.is_new(), list.text().as_str()), (true, assets::FEEDS));
    let added = list.add("CANADA", &Feed { title: Some(CleanText::new("New")), ..feed("https://new.example/") });
    assert_eq!(added.expect("added"), Added::New { section: "Canadian News".into(), is_new_section: false });
    let text = saved(&list);
    let without = text.replace("  { url = \"https://new.example/\", title = \"New\" },\n", "");
    assert_eq!(without, assets::FEEDS);
    assert!(!FeedList::open(&paths).expect("open").is_new());
}

#[test]
fn a_list_may_begin_without_the_shipped_sections() {
    let (_folder, paths) = folder(None);
    let mut list = FeedList::open_or_empty(&paths).expect("open");
    list.add("Local", &feed("https://new.example/")).expect("added");
    list.add("Other", &feed("https://new.example/")).expect("added");
    let text = saved(&list);
    assert!(text.starts_with("# The sections of the paper"), "{text}");
    let sections = "\n[[section]]\nname = \"Local\"\nfeeds = [\n  { url = \"https://new.example/\" },\n]\n\
                    \n[[section]]\nname = \"Other\"\nfeeds = [\n  { url = \"https://new.example/\" },\n]\n";
    assert!(text.ends_with(sections), "{text}");
}

#[test]
fn what_is_not_edited_stays_as_it_is_written() {
    let check = |edit: &dyn Fn(&mut FeedList), expected: &str| {
        let (_folder, paths) = folder(Some(TWO));
        let mut list = FeedList::open(&paths).expect("open");
        edit(&mut list);
        assert_eq!(saved(&list), expected);
    };
    check(&|_| {}, TWO);
    let to_canada = TWO.replace("a.example/\",\n", "a.example/\",\n  { url = \"https://c.example/\" },\n");
    check(&|list| drop(list.add("canadian news", &feed("https://c.example/"))), &to_canada);
    let spare = TWO.replace("[\"https://a.example/\"]", "[\"https://a.example/\", { url = \"https://c.example/\" }]");
    check(&|list| drop(list.add_fallback("Science", &feed("https://c.example/"))), &spare);
    let new = TWO.replace("# the end", "\n[[section]]\nname = \"New\"\nfeeds = [\n  { url = \"https://c.example/\" },\n]\n# the end");
    check(&|list| drop(list.add("New", &feed("https://c.example/"))), &new);
    let without = TWO.replace("  \"https://a.example/\",\n", "").replace("[\"https://a.example/\"]", "[]");
    check(&|list| drop(list.remove("https://a.example/")), &without);
    check(&|list| drop(list.remove("https://nowhere.example/")), TWO);
}

#[test]
fn it_says_what_was_done() {
    let (_folder, paths) = folder(Some(TWO));
    let mut list = FeedList::open(&paths).expect("open");
    let already = |section: &str| Added::Already { section: section.into() };
    assert_eq!(list.add("canada", &feed("https://a.example/")).expect("known"), already("Canadian News"));
    assert_eq!(list.add("science", &feed("https://a.example/")).expect("known"), already("Science"));
    assert_eq!(list.sections_of("https://a.example/"), ["Canadian News", "Science"]);
    assert_eq!(list.addresses(), ["https://a.example/", "https://b.example/", "https://a.example/"]);
    let from = |section: &str, is_fallback, left| Removed { section: section.into(), is_fallback, left };
    assert_eq!(list.remove("https://a.example/"), [from("Canadian News", false, 0), from("Science", true, 1)]);
    let wrong = list.add("X", &feed("javascript:alert(1)")).expect_err("refused").to_string();
    assert_eq!(wrong, "the address must begin with https://, http:// or file:///, not \"javascript:alert(1)\"");
    assert!(matches!(list.add(" \u{1b} ", &feed("https://c.example/")), Err(FeedListError::NoName)));
    assert!(!list.text().contains("\"X\""));
}

#[test]
fn an_emptied_section_stays_and_takes_feeds_again() {
    let (_folder, paths) = folder(Some(TWO));
    let mut list = FeedList::open(&paths).expect("open");
    list.remove("https://a.example/");
    list.save().expect("saved");
    let mut list = FeedList::open(&paths).expect("open again");
    list.add("Canada", &feed("https://a.example/")).expect("added");
    assert_eq!(list.sections_of("https://a.example/"), ["Canadian News"]);
    list.save().expect("saved");
}

#[test]
fn other_notations_of_the_same_are_edited_too() {
    let check = |text: &str, removed: &str| {
        let (_folder, paths) = folder(Some(text));
        let mut list = FeedList::open(&paths).expect("open");
        list.add("a", &feed("https://new.example/")).expect("added");
        list.add("B", &feed("https://other.example/")).expect("added");
        list.save().expect(text);
        let mut list = FeedList::open(&paths).expect(text);
        assert_eq!((list.sections_of("https://new.example/").len(), list.sections_of("https://other.example/").len()), (1, 1), "{text}");
        list.remove("https://a.example/");
        list.remove("https://new.example/");
        assert_eq!(saved(&list), removed, "{text}");
    };
    let b = "\n[[section]]\nname = \"B\"\nfeeds = [\n  { url = \"https://other.example/\" },\n]\n";
    check(
        "[[section]]\nname = \"A\"\n[[section.feeds]]\nurl = \"https://a.example/\"\n",
        &format!("[[section]]\nname = \"A\"\nfeeds = []\n{b}"),
    );
    check(
        "section = [{ name = \"A\", feeds = [\"https://a.example/\"] }]",
        "section = [{ name = \"A\", feeds = [] }, { name = \"B\", feeds = [\n  { url = \"https://other.example/\" },\n] }]\n",
    );
    let windows = |text: &str| text.replace('\n', "\r\n");
    check(
        &windows("[[section]]\nname = \"A\"\nfeeds = [\n  \"https://a.example/\",\n]\n"),
        &windows(&format!("[[section]]\nname = \"A\"\nfeeds = [\n]\n{b}")),
    );
}

#[test]
fn a_file_with_mistakes_is_not_touched() {
    let check = |text: &str, expected: &str| {
        let (folder, paths) = folder(Some(text));
        let told = FeedList::open(&paths).err().map(|error| error.to_string().replace(&format!("{}/", folder.path().display()), ""));
        let advice = "nothing was changed: mend what `matins config check` names, then try again";
        assert_eq!(told, Some(format!("config/feeds.toml{expected}; {advice}")), "{text}");
    };
    check("[[section]\n", ":1: this is not TOML: unclosed array table, expected `]`; what is right in the file is in force (and 3 more)");
    check(&TWO.replace("short", "shrot"), ":5: `shrot` means nothing in a section; did you mean `short`?");
    let none = ":3: `Canadian News` has no feeds and is left out; give it feeds = [\"https://example.com/feed.xml\"] (and 3 more)";
    check(&TWO.replace("feeds", "feed"), none);
}

#[test]
fn a_mistake_or_another_ones_change_is_not_written_over() {
    let (_folder, paths) = folder(Some(TWO));
    let mut list = FeedList::open(&paths).expect("open");
    std::fs::write(paths.feeds_file(), "# changed\n").expect("written");
    assert!(matches!(list.save(), Err(FeedListError::Changed(_))));
    list.remove("https://a.example/");
    list.remove("https://b.example/");
    assert!(matches!(list.save(), Err(FeedListError::Refused { .. })), "a list without feeds");
    assert_eq!(std::fs::read_to_string(paths.feeds_file()).expect("read"), "# changed\n");
}

#[test]
fn a_list_of_empty_sections_takes_a_feed() {
    let (_folder, paths) = folder(Some("[[section]]\nname = \"Tech\"\nshort = \"T\"\nfeeds = []\n"));
    let mut list = FeedList::open(&paths).expect("open");
    assert_eq!((list.section_names(), list.section("t")), (vec!["Tech".to_string()], Some("Tech".to_string())));
    let added = list.add("tech", &feed("https://new.example/")).expect("added");
    assert_eq!(added, Added::New { section: "Tech".into(), is_new_section: false });
    assert!(saved(&list).contains("https://new.example/"));
}
