//! Names of months and zones as feeds write them. Months of many languages are told apart by how they begin.

/// Beginnings of month names, folded by [`fold`]; where one begins another, the longer stands first.
#[rustfmt::skip]
const MONTHS: &[(&str, i8)] = &[
    ("juin", 6), ("juil", 7), ("cervenec", 7), ("marras", 11), ("jan", 1), ("ene", 1), ("gen", 1), ("ian", 1), ("sty", 1),
    ("led", 1), ("sij", 1), ("oca", 1), ("tam", 1), ("янв", 1), ("січ", 1), ("ιαν", 1), ("يناير", 1), ("feb", 2), ("fev", 2),
    ("lut", 2), ("uno", 2), ("velj", 2), ("sub", 2), ("hel", 2), ("фев", 2), ("лют", 2), ("φεβ", 2), ("فبراير", 2), ("mar", 3),
    ("mrz", 3), ("mrt", 3), ("maa", 3), ("bre", 3), ("ozu", 3), ("мар", 3), ("бер", 3), ("μαρ", 3), ("مارس", 3), ("apr", 4),
    ("avr", 4), ("abr", 4), ("kwi", 4), ("dub", 4), ("nis", 4), ("huh", 4), ("апр", 4), ("кві", 4), ("απρ", 4), ("أبريل", 4),
    ("may", 5), ("mai", 5), ("maj", 5), ("mag", 5), ("mei", 5), ("kve", 5), ("svi", 5), ("tou", 5), ("мая", 5), ("май", 5),
    ("тра", 5), ("μαι", 5), ("مايو", 5), ("jun", 6), ("giu", 6), ("iun", 6), ("cze", 6), ("cerv", 6), ("haz", 6), ("kes", 6),
    ("июн", 6), ("чер", 6), ("ιουν", 6), ("يونيو", 6), ("jul", 7), ("lug", 7), ("iul", 7), ("lip", 7), ("tem", 7), ("hei", 7),
    ("июл", 7), ("лип", 7), ("ιουλ", 7), ("يوليو", 7), ("aug", 8), ("aou", 8), ("ago", 8), ("avg", 8), ("sie", 8), ("srp", 8),
    ("agu", 8), ("elo", 8), ("авг", 8), ("сер", 8), ("αυγ", 8), ("أغسطس", 8), ("sep", 9), ("set", 9), ("wrz", 9), ("zar", 9),
    ("ruj", 9), ("eyl", 9), ("syy", 9), ("szept", 9), ("сен", 9), ("вер", 9), ("σεπ", 9), ("سبتمبر", 9), ("oct", 10), ("okt", 10),
    ("ott", 10), ("out", 10), ("paz", 10), ("rij", 10), ("eki", 10), ("lok", 10), ("окт", 10), ("жов", 10), ("οκτ", 10),
    ("أكتوبر", 10), ("nov", 11), ("noi", 11), ("lis", 11), ("kas", 11), ("ноя", 11), ("лис", 11), ("νοε", 11), ("نوفمبر", 11),
    ("dec", 12), ("dez", 12), ("dic", 12), ("des", 12), ("gru", 12), ("pros", 12), ("ara", 12), ("jou", 12), ("дек", 12),
    ("гру", 12), ("δεκ", 12), ("ديسمبر", 12),
];

/// Minutes east of Greenwich.
#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("z", 0), ("gmt", 0), ("ut", 0), ("utc", 0), ("wet", 0), ("west", 60), ("bst", 60), ("cet", 60), ("met", 60), ("mez", 60),
    ("cest", 120), ("mest", 120), ("mesz", 120), ("eet", 120), ("eest", 180), ("sast", 120), ("msk", 180), ("ist", 330),
    ("pkt", 300), ("wib", 420), ("ict", 420), ("hkt", 480), ("sgt", 480), ("pht", 480), ("awst", 480), ("jst", 540), ("kst", 540),
    ("acst", 570), ("acdt", 630), ("aest", 600), ("aedt", 660), ("nzst", 720), ("nzdt", 780), ("at", -240), ("ast", -240),
    ("adt", -180), ("nst", -210), ("ndt", -150), ("brt", -180), ("art", -180), ("clt", -240), ("et", -300), ("est", -300),
    ("edt", -240), ("ct", -360), ("cst", -360), ("cdt", -300), ("mt", -420), ("mst", -420), ("mdt", -360), ("pt", -480),
    ("pst", -480), ("pdt", -420), ("akst", -540), ("akdt", -480), ("hst", -600),
];

/// Words that say nothing about the moment, wherever they stand.
const EMPTY: &[&str] =
    &["of", "at", "de", "del", "um", "uhr", "kl", "om", "le", "à", "a", "the", "h", "t", "г", "в", "st", "nd", "rd", "th", "er", "etc"];
const WEEKDAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The month, 1 to 12, of a folded word.
pub(super) fn month(word: &str) -> Option<i8> {
    MONTHS.iter().find(|(start, _)| word.starts_with(start)).map(|(_, month)| *month)
}

/// Minutes east of Greenwich of a folded zone name.
pub(super) fn zone(word: &str) -> Option<i32> {
    ZONES.iter().find(|(name, _)| *name == word).map(|(_, minutes)| *minutes)
}

pub(super) fn is_empty(word: &str) -> bool {
    EMPTY.contains(&word) || WEEKDAYS.iter().any(|day| word.starts_with(day))
}

/// Whether the word says morning (`Some(false)`) or afternoon (`Some(true)`).
pub(super) fn is_afternoon(word: &str) -> Option<bool> {
    match word {
        "am" | "오전" | "上午" | "午前" => Some(false),
        "pm" | "오후" | "下午" | "午後" => Some(true),
        _ => None,
    }
}

/// Lower case without the accents of Latin and Greek letters.
pub(super) fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(without_accent).filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect()
}

fn without_accent(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ı' => 'i',
        'ñ' | 'ń' => 'n',
        'ò'..='ö' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ù'..='ü' | 'ů' | 'ű' => 'u',
        'ğ' => 'g',
        'ź' | 'ž' | 'ż' => 'z',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' => 'υ',
        'ώ' => 'ω',
        c => c,
    }
}
