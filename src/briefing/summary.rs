//! Two or three sentences of an article that say what it says: word for word, in its order, always the same.
//! Nothing is written here that the article does not have.

mod choose;
mod gather;
mod noise;
mod passages;
mod phrases;
mod words;

use crate::domain::clean_text::CleanText;
use crate::domain::document::Document;
use crate::domain::summary::{Sentence, Summary};
use crate::domain::teaser::before_the_break;

use super::language::Language;
use gather::Candidate;

/// Words and sentences that a summary has at most.
pub const MOST_WORDS: usize = 60;
pub const MOST_SENTENCES: usize = 3;

/// The summary of an article; none when it has no text, or no more than its title and what surrounds it. `is_teaser` when
/// the document is only a beginning.
pub fn summary(title: &str, document: &Document, is_teaser: bool) -> Option<Summary> {
    let passages = passages::passages(document, is_teaser);
    let language = language_of(title, &passages);
    let candidates = gather::gather(title, &passages, language);
    let chosen = choose::choose(title, &candidates, language);
    let before_last: usize = chosen.iter().rev().skip(1).map(|candidate| candidate.words).sum();
    let mut sentences: Vec<Sentence> = chosen.iter().map(|candidate| sentence(candidate, candidate.text)).collect();
    let is_cut = sentences
        .last_mut()
        .zip(chosen.last())
        .is_some_and(|(last, candidate)| end(last, candidate, MOST_WORDS.saturating_sub(before_last)));
    (!sentences.is_empty()).then_some(Summary { sentences, is_cut })
}

fn sentence(candidate: &Candidate<'_>, text: &str) -> Sentence {
    Sentence { text: CleanText::new(text), block: candidate.block }
}

/// Takes the dots off the last sentence, and the words that there is no room for; whether more of it stands in the article.
fn end(last: &mut Sentence, candidate: &Candidate<'_>, room: usize) -> bool {
    let undotted = before_the_break(candidate.text);
    let is_broken = candidate.is_cut || undotted.is_some_and(|text| !noise::ends_with_mark(text));
    let is_long = candidate.words > room;
    let mut text = undotted.unwrap_or(candidate.text);
    if is_long {
        text = words::first(text, room);
    }
    if is_long || is_broken {
        text = text.trim_end_matches([',', ';', ':', '-', '–', '—', '(', ' ']);
    }
    *last = sentence(candidate, text);
    is_long || is_broken
}

fn language_of(title: &str, passages: &[passages::Passage]) -> Option<&'static Language> {
    let texts = passages.iter().map(|passage| passage.text.as_str());
    let text: String = texts.chain([title]).flat_map(|text| [text, " "]).collect();
    Language::of(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::{Block, Span};
    use crate::domain::teaser::is_teaser;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph { text: vec![Span::plain(text)] }
    }

    fn heading(text: &str) -> Block {
        Block::Heading { level: 2, text: vec![Span::plain(text)] }
    }

    fn of(title: &str, blocks: Vec<Block>) -> Option<Summary> {
        let document = Document { blocks, ..Document::default() };
        summary(title, &document, is_teaser(&document))
    }

    /// The summary of paragraphs, one a line; empty when there is none.
    fn check(title: &str, text: &str, expected: &str) {
        let found = of(title, text.lines().map(|line| paragraph(line.trim())).collect());
        assert_eq!(found.map(|summary| summary.text()).unwrap_or_default(), expected, "{text}");
    }

    const REST: &str = "\nIt was built in 1911 by the Grand Trunk railway, which never used it and sold it to the town for a dollar. \
        The town has spent forty million dollars on its paint. The paint comes from Lake Merrow, where nobody paints anything.";

    #[test]
    fn a_teaser_is_its_own_summary() {
        check(
            "Bridge closes",
            "The harbour bridge closes for a night. Ferries will run.",
            "The harbour bridge closes for a night. Ferries will run.",
        );
        check("Bridge closes", "The harbour bridge closes for one night in [...]", "The harbour bridge closes for one night in…");
        check("Bridge closes", "The harbour bridge closes for one night, Read more »", "The harbour bridge closes for one night…");
        check("Bridge closes", "The harbour bridge closes for one night.… Read more »", "The harbour bridge closes for one night.");
        check("Bridge closes", "The harbour bridge closes for a night. Here we…", "The harbour bridge closes for a night.");
        check("Bridge closes", "Ferries run from the old harbour on those nights", "Ferries run from the old harbour on those nights");
    }

    #[test]
    fn an_article_without_text_of_its_own_has_none() {
        check("Bridge closes", "", "");
        check("Bridge closes tonight", "Bridge closes tonight.", "");
        check("Bridge closes", "Comments", "");
        check("Bridge closes", "submitted by /u/jane [link] [comments]", "");
        check("Bridge closes", "https://a.example/bridge", "");
        let code = Block::Code { language: None, text: CleanText::preformatted("The bridge is closed. It is shut.") };
        assert_eq!(of("Bridge closes", vec![code]), None);
    }

    #[test]
    fn the_lead_stands_without_what_surrounds_it() {
        let lead = "The harbour bridge will be shut for eleven nights in February, the town said.";
        for before in [
            "OTTAWA — ",
            "OTTAWA (AP) — ",
            "KHARTOUM: ",
            "[The Herald] ",
            "TL;DR: ",
            "By Jane Doe\n",
            "A bridge. (Photo by Jane Doe)\n",
            "Welcome back!\n",
        ] {
            check("Works", &format!("{before}{lead}"), lead);
        }
        check("Works", &format!("{lead}¹\nSubscribe to our newsletter for the latest news."), lead);
        check("Bridge closes", &format!("Bridge closes.\n{lead}"), lead);
    }

    #[test]
    fn a_sentence_is_taken_with_the_one_that_it_leans_on_or_not_at_all() {
        let long = "The harbour bridge will be shut for eleven nights in February while its lift cables and their eleven wheels \
            are replaced by a crew from Port Ansell that has done the same work on four other bridges along this coast in the \
            last six years, the town said on Monday.";
        let quote = "“It is a fine bridge,” the mayor said of it in a speech to the full council on Monday, and sat down.";
        check("Works", &format!("{long}\n{quote}\nHe wept."), long);
        let question = format!("Who paints a bridge?\nThe town paints its bridge every year.{REST}");
        let expected = "The town paints its bridge every year. It was built in 1911 by the Grand Trunk railway, which never \
            used it and sold it to the town for a dollar. The town has spent forty million dollars on its paint.";
        check("Works", &question, expected);
    }

    #[test]
    fn a_quotation_stays_whole() {
        check(
            "Works",
            "“It is closed. It stays closed,” the mayor said. Ferries will run.",
            "“It is closed. It stays closed,” the mayor said. Ferries will run.",
        );
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_words_end_and_marked() {
        let long = format!("The bridge {}closes.", "and the road ".repeat(30));
        let found = of("Works", vec![paragraph(&long)]).unwrap();
        assert!(found.is_cut && found.text().ends_with("road and…") && long.contains(found.sentences[0].text.as_str()), "{}", found.text());
        assert_eq!(found.text().split_whitespace().count(), MOST_WORDS);
    }

    #[test]
    fn a_paper_gives_its_abstract_and_what_it_found() {
        let background = "Legumes interact with a wide range of microbes in their roots.";
        let known = "Much is known of those that live in the lowlands of the north, and of their enemies.";
        let finding = "Here we show that one fungus uses the same door as the bacteria.";
        let blocks = vec![
            paragraph("Received in May by the editors of this journal."),
            heading("Abstract"),
            paragraph(&[background, known, known, finding].join(" ")),
            heading("References"),
            paragraph("Doe, J.: Legumes of the north, their doors and their keepers."),
        ];
        let found = of("A fungus at the door", blocks).unwrap();
        assert_eq!(found.sentences.iter().map(|sentence| sentence.block).collect::<Vec<_>>(), vec![2; found.sentences.len()]);
        assert!(found.text().starts_with(background) && found.text().ends_with(finding), "{}", found.text());
    }

    #[test]
    fn lists_and_quotations_speak_where_no_paragraph_does() {
        let sentence = "The harbour bridge closes for eleven nights in February.";
        let list = Block::List {
            ordered: false,
            start: 1,
            reversed: false,
            numbering: Default::default(),
            items: vec![vec![paragraph(sentence)]],
        };
        let quote = Block::Quote { blocks: vec![paragraph("The ferry takes nobody who has a moose with him.")] };
        let text = |blocks: Vec<Block>| of("Works", blocks).unwrap().text();
        assert_eq!(text(vec![list.clone(), quote.clone()]), sentence);
        assert_eq!(text(vec![quote.clone()]), "The ferry takes nobody who has a moose with him.");
        let announced = "Jane Doe, writing for the Herald on what happens to those who must cross:";
        assert_eq!(text(vec![paragraph(announced), quote]), format!("{announced} The ferry takes nobody who has a moose with him."));
    }

    #[test]
    fn what_a_blog_quotes_stands_behind_who_said_it() {
        let quote = |text: &str| Block::Quote { blocks: vec![paragraph(text)] };
        let text =
            |quoted: &str| of("Works", vec![paragraph("Jane Doe:"), quote(quoted), paragraph("What a fine bridge.")]).unwrap().text();
        assert_eq!(
            text("The ferry takes nobody who has a moose."),
            "Jane Doe: The ferry takes nobody who has a moose. What a fine bridge."
        );
        let long = text(&format!("The ferry {}takes nobody.", "and the crane ".repeat(30)));
        assert!(long.starts_with("Jane Doe: The ferry and") && long.ends_with('…'), "{long}");
        assert_eq!(long.split_whitespace().count(), MOST_WORDS);
    }

    #[test]
    fn a_sentence_that_code_completes_is_cut() {
        let code = Block::Code { language: None, text: CleanText::preformatted("x = 1") };
        let blocks = vec![paragraph("To keep the bridge shut for a night, write this into the file of its motor:"), code];
        assert_eq!(of("Works", blocks).unwrap().text(), "To keep the bridge shut for a night, write this into the file of its motor…");
    }

    #[test]
    fn other_languages_are_summed_up_by_the_same_rules() {
        check(
            "Travaux",
            "OTTAWA — Le pont du port sera fermé onze nuits en février, a dit M. Roy. Il restera ouvert le jour.",
            "Le pont du port sera fermé onze nuits en février, a dit M. Roy. Il restera ouvert le jour.",
        );
        check(
            "Arbeiten",
            "Die Brücke wird am 3. Februar für elf Nächte gesperrt. Von Jana Sinram (dpa).",
            "Die Brücke wird am 3. Februar für elf Nächte gesperrt.",
        );
        check(
            "工事",
            "港の橋は二月に十一夜閉鎖されると町が発表した。昼は開いている。",
            "港の橋は二月に十一夜閉鎖されると町が発表した。昼は開いている。",
        );
    }
}
