//! Numbers in a text that count what its readers do, as `12 comments` below a teaser: they change by themselves, and say nothing
//! of the article. A number in what the author says is never one of them.

use std::borrow::Cow;

/// What is counted, in lower case.
const COUNTED: &str = "\
    boosts comment comments favorites favourites like likes point points reactions reads replies reply reposts retweets \
    score shares upvotes view views vote votes antworten aufrufe kommentar kommentare stimmen commentaire commentaires \
    réponses vues comentario comentarios respuestas visitas comentário comentários curtidas commenti commento risposte \
    reactie reacties kommentarer kommentit kommenttia komentarz komentarze komentarzy komentáře komentářů комментариев \
    комментарии комментарий комментария коментарі коментарів コメント 评论 評論 댓글";
/// What parts such counts from one another and from the text before them.
const PARTING: &[char] = &['|', '·', '•', '–', '—', '(', ')', '[', ']', '\n'];

/// The text without the numbers of such counts.
pub fn without_counts(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (start, end) in pieces(text) {
        if is_count(&text[start..end]) {
            out.push_str(&text[done..start]);
            out.extend(text[start..end].chars().filter(|c| !c.is_numeric()));
            done = end;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Where the pieces of a text are: a sentence, or what stands in brackets.
fn pieces(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let is_end = |before: char, c: char| c.is_whitespace() && matches!(before, '.' | '!' | '?' | '…');
    let mut before = ' ';
    let parted = text.char_indices().filter(move |(_, c)| {
        let is_parting = PARTING.contains(c) || is_end(before, *c);
        before = *c;
        is_parting
    });
    let mut start = 0;
    parted
        .map(|(at, c)| (at, at + c.len_utf8()))
        .chain([(text.len(), text.len())])
        .map(move |(end, next)| (std::mem::replace(&mut start, next), end))
}

/// Whether a piece is numbers and what they count, and nothing else.
fn is_count(piece: &str) -> bool {
    let words = || piece.split(|c: char| c.is_whitespace() || matches!(c, ':' | '#' | ',' | '.')).filter(|word| !word.is_empty());
    let is_number =
        |word: &str| word.starts_with(char::is_numeric) && word.trim_end_matches(['k', 'K', 'M', '+', '%']).chars().all(char::is_numeric);
    let is_counted = |word: &str| COUNTED.split(' ').any(|counted| counted == word.to_lowercase());
    words().any(is_number) && words().any(is_counted) && words().all(|word| is_number(word) || is_counted(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_counts_of_what_readers_do_lose_their_numbers() {
        let check = |text: &str, expected: &str| assert_eq!(without_counts(text), expected, "{text:?}");
        check("12 comments", " comments");
        check("Ships are late. 12 Comments", "Ships are late.  Comments");
        check("Ships are late (12 Kommentare)", "Ships are late ( Kommentare)");
        check("Points: 80\n# Comments: 1,245", "Points: \n# Comments: ,");
        check("1.2k likes | 45 shares", ".k likes |  shares");
        check("コメント 3", "コメント ");
        check("7 dead in the fire. 12 hurt", "7 dead in the fire. 12 hurt");
        check("He scored 12 points", "He scored 12 points");
        check("The committee got 12 comments on it", "The committee got 12 comments on it");
        check("Version 2.1", "Version 2.1");
        check("comments", "comments");
        check("", "");
    }
}
