//! What an article says in its own words: sentences of its text, never one that is not there.

use serde::{Deserialize, Serialize};

use super::clean_text::CleanText;

/// Sentences of one article, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub sentences: Vec<Sentence>,
    /// Whether the last one goes on in the article, or was broken off by its feed.
    pub is_cut: bool,
}

/// Words of the article as they stand there, without the dots of a feed that broke them off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    pub text: CleanText,
    /// The block of [`super::document::Document::blocks`] that it stands in.
    pub block: usize,
}

impl Summary {
    /// The sentences as one line of text; `…` stands where the last one is cut, `·` behind one that has no mark at its end.
    pub fn text(&self) -> String {
        let mut line = String::new();
        for sentence in &self.sentences {
            line.push_str(between(line.chars().next_back(), &sentence.text));
            line.push_str(&sentence.text);
        }
        if self.is_cut {
            line.push('…');
        }
        line
    }
}

/// What stands between two sentences: nothing behind the marks of scripts that put no spaces.
fn between(last: Option<char>, next: &str) -> &'static str {
    match last {
        None | Some('。' | '！' | '？' | '」' | '』' | '｡') => "",
        Some('”' | '…' | '）') if next.starts_with(|first: char| ('\u{3000}'..='\u{9fff}').contains(&first)) => "",
        Some(last) if last.is_alphanumeric() => " · ",
        Some(_) => " ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_stand_beside_each_other() {
        let check = |sentences: &[&str], is_cut: bool, expected: &str| {
            let sentences = sentences.iter().map(|text| Sentence { text: CleanText::new(text), block: 0 }).collect();
            assert_eq!(Summary { sentences, is_cut }.text(), expected);
        };
        check(&["It rained.", "It stopped."], false, "It rained. It stopped.");
        check(&["“It rained.”", "It stopped."], false, "“It rained.” It stopped.");
        check(&["It rained and"], true, "It rained and…");
        check(&["Bridge closed", "It rained."], false, "Bridge closed · It rained.");
        check(&["雨が降った。", "止んだ。"], false, "雨が降った。止んだ。");
        check(&[], false, "");
    }
}
