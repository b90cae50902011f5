//! Summaries of whole articles: what stands in one stands in its article, word for word, in order, and is short.

use std::fs;
use std::path::{Path, PathBuf};

use matins::briefing::summary::{MOST_SENTENCES, MOST_WORDS, summary};
use matins::clean::clean;
use matins::domain::document::Document;
use matins::domain::summary::Summary;
use matins::domain::teaser::is_teaser;
use matins::sources::{RawFeed, read};

/// An article as far as its summary depends on it.
struct Told {
    title: String,
    document: Document,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Files of a folder in order, or none, with a message, when it is not there.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        eprintln!("skipped: {} is not here", folder.display());
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// The articles of a feed document, cleaned as they are when they are saved.
fn of_feed(path: &Path) -> Vec<Told> {
    let body = fs::read(path).expect("a feed");
    let Ok(feed) = read(RawFeed { body: &body, ..RawFeed::default() }) else { return Vec::new() };
    let told = |article: matins::domain::feed::ParsedArticle| {
        let mut bodies = [&article.content_html, &article.summary_html].into_iter().flatten().map(|html| clean(html, None));
        let document = bodies.find(|document| !document.blocks.is_empty()).unwrap_or_default();
        Told { title: article.title.map(String::from).unwrap_or_default(), document }
    };
    feed.articles.into_iter().map(told).collect()
}

/// The articles of the sample edition, as they stand in its files.
fn of_sample(path: &Path) -> Vec<Told> {
    let file = fs::read_to_string(path).expect("articles");
    let told = |part: &str| {
        let (title, rest) = part.split_once("<h1>")?.1.split_once("</h1>")?;
        let document = clean(rest.split_once("</article>")?.0, None);
        Some(Told { title: title.trim().to_string(), document })
    };
    file.split("<article id=\"").skip(1).filter_map(told).collect()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Asserts what holds for every summary of every article.
fn assert_true(article: &Told, summary: &Summary, at: &str) {
    let text = folded(&article.document.plain_text());
    let mut rest = text.as_str();
    for sentence in &summary.sentences {
        let wanted = folded(&sentence.text);
        let found = rest.find(&wanted);
        assert!(found.is_some(), "{at}: not in the article, or not in this order: {wanted:?}\n{text}");
        rest = &rest[found.unwrap_or_default() + wanted.len()..];
        let block = Document { blocks: vec![article.document.blocks[sentence.block].clone()], ..Document::default() };
        assert!(folded(&block.plain_text()).contains(&wanted), "{at}: not in block {}: {wanted:?}", sentence.block);
    }
    assert!((1..=MOST_SENTENCES).contains(&summary.sentences.len()), "{at}");
    assert!(summary.text().split_whitespace().count() <= MOST_WORDS, "{at}: {}", summary.text());
    assert_eq!(summary.is_cut, summary.text().ends_with('…') && !text.is_empty(), "{at}: {}", summary.text());
}

fn check_all(articles: impl Iterator<Item = (String, Told)>) -> (usize, usize) {
    let (mut all, mut summed) = (0, 0);
    for (at, article) in articles {
        let summarise = || summary(&article.title, &article.document, is_teaser(&article.document));
        let found = summarise();
        assert_eq!(found, summarise(), "{at}: twice the same");
        all += 1;
        if let Some(found) = found {
            assert_true(&article, &found, &at);
            summed += 1;
        }
    }
    (all, summed)
}

fn named(path: &Path, articles: Vec<Told>) -> impl Iterator<Item = (String, Told)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    articles.into_iter().map(move |article| (format!("{name}: {}", article.title), article))
}

#[test]
fn every_sentence_of_every_summary_of_real_feeds_is_in_its_article() {
    let files = files(&folder("../shared/corpora/realfeeds"));
    let (all, summed) = check_all(files.iter().flat_map(|path| named(path, of_feed(path))));
    assert!(files.is_empty() || all > 4_000 && summed > all * 3 / 4, "{summed} of {all}");
}

#[test]
fn every_article_of_the_sample_edition_has_a_summary_of_its_own_words() {
    let files = files(&folder("assets/demo/articles"));
    let (all, summed) = check_all(files.iter().flat_map(|path| named(path, of_sample(path))));
    assert!(all > 60 && all == summed, "{summed} of {all}");
}
