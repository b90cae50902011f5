//! A telling as the store keeps it beside its article: bytes from which it is back on the shelf without its text being read again.
//! Forms of another version say so and are not read.

use jiff::Timestamp;

use super::print::Print;
use super::shelf::Kept;
use super::word::Word;
use crate::domain::article::ArticleId;

/// Another one for every change of what prints hold or of how words are cut.
const VERSION: u8 = 1;
const NO_LANGUAGE: u8 = u8::MAX;
/// Words or counted things of a form at most.
const MOST: u32 = 1_000;

/// The bytes of a telling.
pub(super) fn write(kept: &Kept, print: &Print) -> Vec<u8> {
    let mut form = vec![VERSION, print.language.unwrap_or(NO_LANGUAGE), u8::from(print.is_mixed), u8::from(kept.page.is_some())];
    let mut push = |number: u64| form.extend(number.to_le_bytes());
    [kept.id.0, kept.story.0, kept.time.as_second()].into_iter().for_each(|number| push(number.cast_unsigned()));
    [kept.feed, kept.page.unwrap_or_default(), print.title, print.lead, print.frame, print.dates].into_iter().for_each(&mut push);
    push(u64::from(print.poles));
    push(print.counted.len() as u64);
    print.counted.iter().for_each(|(thing, number)| push(u64::from(*thing) << 32 | u64::from(*number)));
    print.words.iter().for_each(|word| push(word.0));
    form
}

/// The telling of a form; none of one that is of another version or damaged.
pub(super) fn read(form: &[u8]) -> Option<(Kept, Print)> {
    let (&[version, language, is_mixed, has_page], rest) = form.split_first_chunk::<4>()?;
    let (numbers, odd) = rest.as_chunks::<8>();
    let mut numbers = numbers.iter().map(|bytes| u64::from_le_bytes(*bytes));
    let mut next = || numbers.next();
    let (id, story, time) = (next()?.cast_signed(), next()?.cast_signed(), next()?.cast_signed());
    let (feed, page, title, lead, frame, dates) = (next()?, next()?, next()?, next()?, next()?, next()?);
    let (poles, counted) = (u32::try_from(next()?).ok()?, u32::try_from(next()?).ok()?.min(MOST));
    let counted: Option<Box<[(u32, u32)]>> = (0..counted).map(|_| next().map(halves)).collect();
    let words: Box<[Word]> = numbers.map(Word).collect();
    let is_whole = version == VERSION && odd.is_empty() && words.is_sorted();
    let time = Timestamp::from_second(time).ok().filter(|_| is_whole)?;
    let kept = Kept { id: ArticleId(id), story: ArticleId(story), feed, time, page: (has_page == 1).then_some(page) };
    let language = Some(language).filter(|language| *language != NO_LANGUAGE);
    Some((kept, Print { words, counted: counted?, language, title, lead, frame, dates, is_mixed: is_mixed == 1, poles }))
}

fn halves(number: u64) -> (u32, u32) {
    let half = |number: u64| u32::try_from(number & u64::from(u32::MAX)).unwrap_or_default();
    (half(number >> 32), half(number))
}

#[cfg(test)]
mod tests {
    use super::super::Telling;
    use super::super::print::Printed;
    use super::*;

    #[test]
    fn a_telling_comes_back_from_its_form() {
        let arrived = Timestamp::from_second(1_790_000_000).unwrap();
        let telling = Telling {
            id: ArticleId(7),
            feed: "https://example.org/feed",
            title: "Starlifter's Flight 7 passes test; three hurt",
            lead: "The rocket of Orbita came down near Kourou on Monday.",
            url: Some("https://example.org/a"),
            published: None,
            arrived,
            language: Some("en"),
        };
        let (kept, print) = (Kept::new(&telling), Printed::new(&telling).print);
        let form = write(&kept, &print);
        let (again, print_again) = read(&form).unwrap();
        assert_eq!((again.id, again.feed, again.time, again.page), (kept.id, kept.feed, kept.time, kept.page));
        assert_eq!(write(&again, &print_again), form);
        assert!(print_again.words.len() > 5 && print_again.counted.len() == 1);
    }

    #[test]
    fn damaged_forms_are_refused() {
        let check = |form: &[u8]| assert!(read(form).is_none(), "{form:?}");
        check(&[]);
        check(&[VERSION]);
        check(&[VERSION; 50]);
        check(&[VERSION + 1; 204]);
        check(&[0xff; 204]);
    }
}
