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
    // Serbian, Bulgarian, Belarusian
    ("јан", 1), ("яну", 1), ("сту", 1), ("феб", 2), ("сак", 3), ("кра", 4), ("мај", 5), ("јун", 6), ("юни", 6), ("чэр", 6), ("јул", 7),
    ("юли", 7), ("ліп", 7), ("жні", 8), ("кас", 10), ("нов", 11), ("ное", 11), ("ліс", 11), ("дец", 12), ("сне", 12),
    // Lithuanian, Estonian, Indonesian, Basque, Galician
    ("sau", 1), ("jaan", 1), ("urt", 1), ("vas", 2), ("veeb", 2), ("peb", 2), ("ots", 2), ("kov", 3), ("bal", 4), ("api", 4), ("geg", 5),
    ("juuni", 6), ("bir", 6), ("eka", 6), ("juuli", 7), ("liep", 7), ("uzt", 7), ("rugp", 8), ("abu", 8), ("rugs", 9), ("ira", 9),
    ("spal", 10), ("urr", 10), ("lap", 11), ("nop", 11), ("aza", 11), ("dets", 12), ("abe", 12), ("xan", 1), ("xun", 6), ("xul", 7),
    // Hebrew
    ("ינו", 1), ("פבר", 2), ("מרץ", 3), ("מרס", 3), ("אפר", 4), ("מאי", 5), ("יונ", 6), ("יול", 7), ("אוג", 8), ("ספט", 9), ("אוק", 10),
    ("נוב", 11), ("דצמ", 12),
    // Arabic, other spellings
    ("كانون الثاني", 1), ("شباط", 2), ("آذار", 3), ("ابريل", 4), ("إبريل", 4), ("نيسان", 4), ("أيار", 5), ("حزيران", 6), ("تموز", 7),
    ("اغسطس", 8), ("آب", 8), ("أيلول", 9), ("اكتوبر", 10),
    // Hindi
    ("जन", 1), ("फर", 2), ("फ़र", 2), ("मार", 3), ("अप", 4), ("मई", 5), ("जून", 6), ("जुल", 7), ("अग", 8), ("सित", 9), ("अक", 10),
    ("नव", 11), ("दिस", 12),
    // Thai
    ("มกรา", 1), ("กุมภา", 2), ("มีนา", 3), ("เมษา", 4), ("พฤษภา", 5), ("มิถุนา", 6), ("กรกฎา", 7), ("สิงหา", 8), ("กันยา", 9),
    ("ตุลา", 10), ("พฤศจิกา", 11), ("ธันวา", 12),
];

/// Minutes east of Greenwich.
#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("z", 0), ("gmt", 0), ("ut", 0), ("utc", 0), ("wet", 0), ("west", 60), ("bst", 60), ("cet", 60), ("met", 60), ("mez", 60),
    ("wat", 60), ("cat", 120), ("cest", 120), ("mest", 120), ("mesz", 120), ("eet", 120), ("eest", 180), ("sast", 120), ("msk", 180), ("ist", 330),
    ("pkt", 300), ("wib", 420), ("ict", 420), ("hkt", 480), ("sgt", 480), ("pht", 480), ("awst", 480), ("jst", 540), ("kst", 540),
    ("acst", 570), ("acdt", 630), ("aest", 600), ("aedt", 660), ("nzst", 720), ("nzdt", 780), ("at", -240), ("ast", -240),
    ("adt", -180), ("nst", -210), ("ndt", -150), ("brt", -180), ("art", -180), ("clt", -240), ("et", -300), ("eastern", -300), ("central", -360), ("mountain", -420), ("pacific", -480), ("est", -300),
    ("edt", -240), ("ct", -360), ("cst", -360), ("cdt", -300), ("mt", -420), ("mst", -420), ("mdt", -360), ("pt", -480),
    ("pst", -480), ("pdt", -420), ("akst", -540), ("akdt", -480), ("hst", -600), ("cot", -300), ("pet", -300), ("vet", -240),
    ("bot", -240), ("pyt", -240), ("clst", -180), ("uyt", -180), ("trt", 180), ("eat", 180), ("idt", 180), ("irst", 210), ("gst", 240),
    ("samt", 240), ("uzt", 300), ("yekt", 300), ("slst", 330), ("npt", 345), ("omst", 360), ("mmt", 390), ("novt", 420), ("krat", 420),
    ("irkt", 480), ("myt", 480), ("wita", 480), ("wit", 540), ("yakt", 540), ("vlat", 600), ("chst", 600), ("magt", 660), ("pett", 720),
];

/// Words that say nothing about the moment, wherever they stand.
#[rustfmt::skip]
const EMPTY: &[&str] = &[
    "of", "at", "de", "del", "um", "uhr", "kl", "om", "le", "à", "a", "the", "h", "t", "г", "в", "st", "nd", "rd", "th", "er", "º", "ª", "etc",
    // Year and day in Lithuanian, Latvian and Vietnamese, at, and the days of the week there
    "m", "d", "gada", "ngay", "nam", "luc", "thứ", "hai", "ba", "tư", "bảy", "chủ", "nhật",
];
const WEEKDAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Days of the week in Chinese, Japanese and Korean: what stands before or after the letter of the day, and those letters.
const EASTERN_WEEKDAYS: &[(&str, &str, &str)] = &[
    ("星期", "一二三四五六日天", ""),
    ("周", "一二三四五六日天", ""),
    ("週", "一二三四五六日天", ""),
    ("", "月火水木金土日", "曜日"),
    ("", "月火水木金土日", "曜"),
    ("", "월화수목금토일", "요일"),
];

/// Without the name of a day of the week that East Asian dates have after the day.
pub(super) fn without_eastern_weekday(text: &str) -> String {
    for (before, letters, after) in EASTERN_WEEKDAYS {
        let sign = if before.is_empty() { after } else { before };
        if !text.contains(sign) {
            continue;
        }
        if let Some(day) = letters.chars().map(|letter| format!("{before}{letter}{after}")).find(|day| text.contains(day.as_str())) {
            return text.replacen(&day, " ", 1);
        }
    }
    text.to_string()
}

/// The month, 1 to 12, of a folded word.
pub(super) fn month(word: &str) -> Option<i8> {
    // Hebrew writes "in" as part of the word.
    let word = word.strip_prefix('ב').unwrap_or(word);
    MONTHS.iter().find(|(start, _)| word.starts_with(start)).map(|(_, month)| *month)
}

/// Whether the word makes a month of the number after it (`tháng 2`), or of the one before it (`2월`).
pub(super) fn is_month_of_next(word: &str) -> bool {
    matches!(word, "thang" | "thg")
}

pub(super) fn is_month_of_last(word: &str) -> bool {
    matches!(word, "월" | "月")
}

/// Whether the character belongs to the letter before it.
pub(super) fn is_joined(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{94d}' | '\u{93c}' | '\u{e4c}' | '\u{200d}')
}

/// Minutes east of Greenwich of a folded zone name.
pub(super) fn zone(word: &str) -> Option<i32> {
    ZONES.iter().find(|(name, _)| *name == word).map(|(_, minutes)| *minutes)
}

/// Whether the word makes a time of the number before it, which is the hour.
pub(super) fn is_hour(word: &str) -> bool {
    matches!(word, "h" | "uhr")
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

/// Lower case without the accents of Latin and Greek letters, with the digits of every script as 0 to 9.
pub(super) fn fold(text: &str) -> String {
    let text = text.chars().flat_map(char::to_lowercase).map(without_accent).filter(|c| !('\u{300}'..='\u{36f}').contains(c));
    text.map(|c| digit(c).unwrap_or(c)).collect()
}

/// Digits of Arabic, Persian, Devanagari, Bengali, Thai and full width, as 0 to 9.
fn digit(c: char) -> Option<char> {
    const ZEROS: &[char] = &['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{ff10}'];
    let value = |zero: &char| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10);
    char::from_digit(ZEROS.iter().find_map(value)?, 10)
}

fn without_accent(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ı' | 'ī' => 'i',
        'ñ' | 'ń' => 'n',
        'ò'..='ö' | 'ő' => 'o',
        'đ' => 'd',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ù'..='ü' | 'ů' | 'ű' | 'ū' => 'u',
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
