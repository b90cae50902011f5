//! The small words of the large European languages: they say which language a text is in, and nothing of what it is about.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Languages whose small words are known, as their two letters; the number of one is its place here.
const NAMES: [&str; 6] = ["en", "fr", "de", "es", "it", "pt"];
const ENGLISH: usize = 0;
const GERMAN: usize = 2;
/// Small words that a text needs more of one language than of any other before its language is known.
const CLEAR_LEAD: usize = 2;

/// Small words, without accents, in the order of [`NAMES`].
const SMALL: [&str; 6] = [
    "a about after again all also an and any are around as at be been before being but by can could did do does down during for from had \
     has have he her here him his how i if in into is it its just may more most my no nor not now of off on one only or other our out over \
     own she should so some such than that the their them then there these they this those through to too under until up upon us very was \
     we were what when where which while who whom whose why will with would yet you your amid via per s t says said say according among \
     between because since still within without against both each every few many much",
    "a afin ai ainsi alors apres au aucun aussi autre aux avant avec avoir c ce cela ces cet cette ceux chez ci comme contre d dans de des \
     depuis deux dont du elle elles en encore entre est et etait ete etre eu fait il ils j je jusqu l la le les leur leurs lors lui m mais \
     meme mes moins n ne ni non nos notre nous on ont ou par pas pendant plus pour pres qu que qui quoi s sa sans se selon ses si son sont \
     sous sur t tous tout toute tres trop un une vers y qu'il",
    "ab aber alle als also am an auch auf aus bei beim bis da damit dann das dass dem den denn der des die dies diese dieser doch dort du \
     durch ein eine einem einen einer eines er es etwa fur gegen habe haben hat hatte ich ihr ihre im in ins ist ja jetzt kann kein keine \
     konnen konnte mehr mit nach nicht noch nun nur ob oder ohne sagt schon sei sein seine seit sich sie sind so soll sollen uber um und uns \
     unter viel vom von vor war waren was weil weiter wenn werden wie wieder will wir wird wo wurde wurden zu zum zur zwischen",
    "a al algo ante antes asi aun aunque bajo cada como con contra cual cuando de del desde donde dos durante e el ella ellas ellos en entre \
     era es esa ese eso esta este esto estos fue fueron ha han hasta hay la las le les lo los mas me mi mientras muy nada ni no nos o os otra \
     otro para pero poco por porque que quien se segun ser si sin sobre solo son su sus tambien tan te tiene todo todos tras tu un una unas \
     uno unos y ya yo",
    "a agli ai al alla alle anche che chi ci come con contro cui da dai dal dalla degli dei del della delle di dopo e ed era gli ha hanno i \
     il in io la le lo ma nel nella nelle non o per piu prima quando questa questo se si sono su sua sugli sul sulla suo tra tutti un una uno",
    "a ao aos apos as ate com como da das de do dos e ela ele eles em entre era essa esse esta este foi ha isso ja la lhe mais mas me mesmo \
     muito na nas nao no nos o os ou para pela pelo por qual quando que quem se sem ser seu sua sobre tambem tem um uma",
];

/// The number of the language that a text is in: that of which it has clearly most small words.
pub(super) fn guess<'a>(words: impl Iterator<Item = &'a str>) -> Option<usize> {
    let mut counts = [0; NAMES.len()];
    for languages in words.map(languages_of) {
        (0..NAMES.len()).for_each(|language| counts[language] += usize::from(languages >> language & 1));
    }
    let best = (0..NAMES.len()).max_by_key(|language| (counts[*language], NAMES.len() - language))?;
    let second = (0..NAMES.len()).filter(|language| *language != best).map(|language| counts[language]).max().unwrap_or(0);
    (counts[best] >= second + CLEAR_LEAD).then_some(best)
}

/// Whether a word, in lower case and without accents, is a small one of that language; of English when it is not known.
pub(super) fn is_small(word: &str, language: Option<usize>) -> bool {
    languages_of(word) >> language.unwrap_or(ENGLISH) & 1 == 1
}

/// A bit for each language that has the word as a small one.
fn languages_of(word: &str) -> u8 {
    static WORDS: LazyLock<HashMap<&str, u8>> = LazyLock::new(|| {
        let mut known = HashMap::new();
        for (language, words) in SMALL.iter().enumerate() {
            words.split_whitespace().for_each(|word| *known.entry(word).or_default() |= 1 << language);
        }
        known
    });
    WORDS.get(word).copied().unwrap_or_default()
}

/// Whether capital letters tell names from other words.
pub(super) fn has_capital_names(language: Option<usize>) -> bool {
    language != Some(GERMAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_small_words() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(guess(text.split(' ')).map(|language| NAMES[language]), expected, "{text:?}");
        };
        check("the mayor of the town was at the bridge", Some("en"));
        check("le maire de la ville est sur le pont", Some("fr"));
        check("der burgermeister ist auf dem weg in die stadt", Some("de"));
        check("el alcalde de la ciudad y su hija", Some("es"));
        check("google buys lumevolt", None);
    }
}
