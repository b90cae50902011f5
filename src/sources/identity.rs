//! What an article is known by from fetch to fetch: the feed's own id, else its address, else a digest.
//! Never random, never dependent on the order of a document.

use std::collections::{HashMap, HashSet};

use crate::domain::article::MADE_ID;
use crate::domain::feed::{ParsedArticle, ParsedFeed};

use super::links::normalise_link;
use super::notes::Notes;

/// Gives every article an id that no other article has. A copy of an article has that article's id: it stays in the
/// document's order, and the store keeps one of them.
pub(crate) fn complete(feed: &mut ParsedFeed, notes: &mut Notes) {
    let home = feed.home_url.as_deref().map(normalise_link).unwrap_or_default();
    for article in &mut feed.articles {
        if article.id.is_empty() {
            article.id = own_id(article, &home);
        }
    }
    part_shared_ids(&mut feed.articles, notes);
    let mut seen = HashSet::new();
    let copied: HashSet<&str> = feed.articles.iter().map(|article| article.id.as_str()).filter(|id| !seen.insert(*id)).collect();
    match copied.len() {
        0 => {}
        1 => notes.add("repaired: 1 article given more than once"),
        several => notes.add(format!("repaired: {several} articles given more than once")),
    }
}

fn own_id(article: &ParsedArticle, home: &str) -> String {
    match &article.url {
        Some(url) => normalise_link(url),
        None => format!("{MADE_ID}{}", digest(&[home, &words(article)])),
    }
}

/// The title, else the text: an article without both has nothing to be known by.
fn words(article: &ParsedArticle) -> String {
    let title = article.title.as_ref().map(|title| title.to_string());
    let file = || article.enclosures.first().map(|file| file.url.clone());
    title.or_else(|| article.content_html.clone()).or_else(|| article.summary_html.clone()).or_else(file).unwrap_or_default()
}

fn date(article: &ParsedArticle) -> String {
    article.published.map(|moment| moment.to_string()).unwrap_or_default()
}

/// Where several articles claim one id, each gets its address added where those differ, then a digest of title and date
/// where titles still do.
fn part_shared_ids(articles: &mut [ParsedArticle], notes: &mut Notes) {
    let address = |article: &ParsedArticle| article.url.as_deref().map(normalise_link).unwrap_or_default();
    let by_address = part(articles, address, |article| format!("{} {}", article.id, address(article)).trim().to_string());
    let by_words = part(articles, words, |article| format!("{} {}", article.id, digest(&[&words(article), &date(article)])));
    let parted = by_address.union(&by_words).count();
    if parted > 0 {
        notes.add(format!("repaired: {parted} articles that share an id"));
    }
}

/// Gives new ids to articles of one id that differ in a respect; says which articles.
fn part(
    articles: &mut [ParsedArticle],
    respect: impl Fn(&ParsedArticle) -> String,
    new_id: impl Fn(&ParsedArticle) -> String,
) -> HashSet<usize> {
    let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, article) in articles.iter().enumerate() {
        groups.entry(&article.id).or_default().push(index);
    }
    let differ = |group: &Vec<usize>| group.iter().map(|index| respect(&articles[*index])).collect::<HashSet<_>>().len() > 1;
    let parted: HashSet<usize> = groups.into_values().filter(|group| group.len() > 1 && differ(group)).flatten().collect();
    for index in &parted {
        articles[*index].id = new_id(&articles[*index]);
    }
    parted
}

/// 128 bits of FNV-1a over the parts, in hexadecimal: the same in every version of the program.
fn digest(parts: &[&str]) -> String {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    let hash = bytes.fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clean_text::CleanText;

    fn article(id: &str, url: &str, title: &str) -> ParsedArticle {
        let url = (!url.is_empty()).then(|| url.to_string());
        let title = (!title.is_empty()).then(|| CleanText::new(title));
        ParsedArticle { id: id.into(), url, title, ..ParsedArticle::default() }
    }

    fn ids(articles: Vec<ParsedArticle>) -> Vec<String> {
        let mut feed = ParsedFeed { articles, ..ParsedFeed::default() };
        complete(&mut feed, &mut Notes::default());
        feed.articles.into_iter().map(|article| article.id).collect()
    }

    #[test]
    fn the_feeds_own_id_comes_first_then_the_address_then_a_digest() {
        let found = ids(vec![
            article("tag:1", "http://e.example/1", "a"),
            article("", "http://e.example/2?utm_source=x", "b"),
            article("", "", "c"),
        ]);
        assert_eq!(found[..2], ["tag:1", "https://e.example/2"]);
        assert_eq!(found[2], "digest:a68b389e9e8b5822836dbc7894c32da8");
    }

    #[test]
    fn ids_do_not_depend_on_the_order() {
        let articles = || {
            vec![
                article("x", "http://e.example/1", "a"),
                article("x", "http://e.example/2", "b"),
                article("", "", "c"),
                article("", "", "d"),
            ]
        };
        let mut backwards = articles();
        backwards.reverse();
        let mut found = ids(backwards);
        found.reverse();
        assert_eq!(ids(articles()), found);
    }

    #[test]
    fn a_shared_id_is_parted() {
        assert_eq!(
            ids(vec![article("x", "http://e.example/1", "a"), article("x", "http://e.example/2", "a")]),
            ["x https://e.example/1", "x https://e.example/2"]
        );
        let found = ids(vec![article("x", "", "a"), article("x", "", "b")]);
        assert!(found[0] != found[1] && found[0].starts_with("x "));
    }

    #[test]
    fn a_shared_address_does_not_make_two_articles_one() {
        let found = ids(vec![
            article("x", "http://e.example/1", "a"),
            article("x", "http://e.example/1", "b"),
            article("x", "http://e.example/2", "c"),
            article("", "http://e.example/9", "d"),
            article("", "http://e.example/9", "e"),
        ]);
        assert_eq!(found.iter().collect::<HashSet<_>>().len(), 5, "{found:?}");
    }

    #[test]
    fn copies_are_counted_in_words() {
        let told = |copies: usize| {
            let articles = vec![article("x", "http://e.example/1", "a"); copies + 1];
            let (mut feed, mut notes) = (ParsedFeed { articles, ..ParsedFeed::default() }, Notes::default());
            complete(&mut feed, &mut notes);
            notes.finish()
        };
        assert_eq!(told(0), Vec::<String>::new());
        assert_eq!(told(1), ["repaired: 1 article given more than once"]);
        assert_eq!(told(3), ["repaired: 1 article given more than once"]);
    }

    #[test]
    fn a_copy_has_the_id_of_its_article() {
        assert_eq!(ids(vec![article("x", "http://e.example/1", "a"), article("x", "http://e.example/1", "a")]), ["x", "x"]);
    }
}
