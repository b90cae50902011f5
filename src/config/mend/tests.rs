//! What is left of lists of feeds and of settings with slips in them.

use super::*;
use crate::config::parse;

/// The sections with their addresses, and the lines of the mistakes that are told.
fn paper(text: &str) -> (Vec<String>, Vec<usize>) {
    let config = parse(None, Some(("f.toml", text)));
    let urls = |section: &crate::domain::section::Section| section.all_feeds().map(|feed| feed.url.clone()).collect::<Vec<_>>().join(" ");
    let sections = config.paper.sections.iter().map(|section| format!("{}: {}", section.name, urls(section))).collect();
    (sections, config.problems.iter().map(|problem| problem.line).collect())
}

fn check(why: &str, text: &str, sections: &[&str], lines: &[usize]) {
    let text = text.replace('@', "https://").replace('¶', "\n");
    let expected = (sections.iter().map(|section| section.replace('@', "https://")).collect(), lines.to_vec());
    assert_eq!(paper(&text), expected, "{why}\n{text}");
    assert_eq!(paper(&text.replace('\n', "\r\n")).0, expected.0, "{why}, as Windows ends lines");
}

const A: &str = "[[section]]¶name = \"A\"¶feeds = [\"@a.example/\"]¶";
const B: &str = "[[section]]¶name = \"B\"¶feeds = [\"@b.example/\"]¶";

#[test]
fn a_slip_costs_its_own_line() {
    for line in
        ["window = \"30d", "window = 30d", "limit = ", "hello world", "= 3", "====", "limit 3", "name = \"C\"", "icon = \"\"\"", "]"]
    {
        check(line, &format!("{A}{line}¶{B}nme = 1¶"), &["A: @a.example/", "B: @b.example/"], &[4, 8]);
    }
}

#[test]
fn a_list_keeps_what_is_right_in_it() {
    let list = |elements: &str| format!("[[section]]¶name = \"A\"¶feeds = [¶{elements}¶{B}");
    let (ab, b) = ("A: @a.example/ @b.example/", "B: @b.example/");
    check("no bracket at the end", &list("\"@a.example/\",¶\"@b.example/\" # mine"), &[ab, b], &[5]);
    check("no bracket and an empty line", &list("\"@a.example/\",¶\"@b.example/\",¶"), &[ab, b], &[5]);
    check("no comma", &list("\"@a.example/\"¶\"@b.example/\"¶]"), &[ab, b], &[5]);
    check("an open quote", &list("\"@a.example/\",¶\"@x.example/,¶\"@b.example/\",¶]"), &[ab, b], &[5]);
    check("an open brace", &list("\"@a.example/\",¶{ url = \"@x.example/\",¶\"@b.example/\",¶]"), &[ab, b], &[5]);
    check(
        "an open brace and a key",
        &list("\"@a.example/\",¶{ url = \"@x.example/\"¶]¶limit = 3¶nme = 1"),
        &["A: @a.example/", b],
        &[5, 8],
    );
    check("junk", &list("\"@a.example/\",¶junk¶\"@b.example/\",¶]¶junk"), &[ab, b], &[5, 8]);
    check("the next key", &list("\"@a.example/\",¶fallback = [\"@b.example/\"]"), &[ab, b], &[4]);
    let long = "{¶url = \"@a.example/\",¶title = \"x\"¶},¶\"@b.example/\",¶]¶window = \"1d";
    check("a feed of several lines beside it", &list(long), &[ab, b], &[10]);
}

#[test]
fn half_a_file_has_its_first_half() {
    let half = format!("{A}[[section]]¶name = \"B\"¶feeds = [");
    check("inside a list", &format!("{half}¶\"@b.example/\",¶\"@c.exam"), &["A: @a.example/", "B: @b.example/"], &[8]);
    check("inside an address", &format!("{half}\"@b.exam"), &["A: @a.example/"], &[4, 6]);
}

#[test]
fn a_section_keeps_its_name_and_its_bounds() {
    let both = ["A: @a.example/", "B: @b.example/"];
    check("its name is not closed", &format!("{A}{}", B.replace("\"B\"", "\"B")), &both, &[5]);
    for header in ["[[section]", "[section]]", "[[section", "[section"] {
        check(header, &format!("{A}{}", B.replace("[[section]]", header)), &both, &[4]);
    }
    check("of no name that can be told", &format!("{A}{}", B.replace("[[section]]", "[[sec tion]]")), &both[..1], &[4]);
}

#[test]
fn a_feed_with_a_slip_in_it_is_left_out_whole_and_its_secrets_go_to_no_other() {
    let feed = |name: &str| format!("[[section.feeds]]¶url = \"@{name}.example/\"¶[section.feeds.headers]¶X-Key = \"{name}\"¶");
    let text = format!("[[section]]¶name = \"S\"¶{}{}", feed("a"), feed("b"));
    check("all is well", &text, &["S: @a.example/ @b.example/"], &[]);
    for slip in ["url = \"@b.example/\"¶token = \"x", "url = \"@b.example/", "url"] {
        let text = text.replace("url = \"@b.example/\"", slip);
        check(slip, &text, &["S: @a.example/"], &[if slip.contains('¶') { 9 } else { 8 }]);
        let text = text.replace('@', "https://").replace('¶', "\n");
        let headers = &parse(None, Some(("f.toml", &text))).paper.sections[0].feeds[0].headers;
        assert_eq!(headers.len(), 1, "{slip}");
    }
}

#[test]
fn where_nothing_is_right_the_shipped_list_is_in_force() {
    for text in ["{\"json\": true}", "[[[[", "hello", "feeds = [", "\"\"\"", "[[section]]\nname = \"A\"\nfeeds = [\"https://a"] {
        let config = parse(None, Some(("f.toml", text)));
        assert_eq!(config.paper, parse(None, None).paper, "{text}");
        assert!(config.problems.iter().any(|problem| problem.message.contains("the shipped feeds are in force")), "{:?}", config.problems);
    }
}

#[test]
fn a_second_table_of_one_name_is_left_out() {
    let (text, wrong) = mended("[fetch]\na = 1\n[screen]\nb = 2\n[fetch]\nc = 3");
    assert_eq!(text.as_deref(), Some("[fetch]\na = 1\n[screen]\nb = 2\n\n"));
    assert_eq!(wrong.keys().collect::<Vec<_>>(), [&4]);
}
