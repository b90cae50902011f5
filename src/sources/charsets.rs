//! Names of character encodings as feeds write them: those of the web's standard, and the many more that other programs know.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, IBM866, ISO_2022_JP, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_874,
    WINDOWS_1252, X_MAC_CYRILLIC,
};

/// Names that the standard does not have, with `-` for `_` and without `x-`; beginnings where a `*` ends them.
#[rustfmt::skip]
const OTHER_NAMES: &[(&str, &Encoding)] = &[
    ("utf8*", UTF_8), ("utf-8*", UTF_8), ("utf", UTF_8), ("u8", UTF_8), ("cp65001", UTF_8), ("utf-16-be", UTF_16BE), ("utf-16-le", UTF_16LE), ("utf16", UTF_16LE),
    ("646", WINDOWS_1252), ("us", WINDOWS_1252), ("cp367", WINDOWS_1252), ("ibm367", WINDOWS_1252), ("csascii", WINDOWS_1252),
    ("iso646*", WINDOWS_1252), ("iso-646*", WINDOWS_1252), ("iso-ir-6", WINDOWS_1252), ("ansi*", WINDOWS_1252), ("latin", WINDOWS_1252),
    ("latin-1", WINDOWS_1252), ("8859", WINDOWS_1252), ("iso8859", WINDOWS_1252),
    ("932", SHIFT_JIS), ("cp932", SHIFT_JIS), ("ms932", SHIFT_JIS), ("mskanji", SHIFT_JIS), ("ms-kanji", SHIFT_JIS), ("shiftjis*", SHIFT_JIS),
    ("s-jis*", SHIFT_JIS), ("sjis*", SHIFT_JIS), ("shift-jis*", SHIFT_JIS), ("mac-japanese", SHIFT_JIS),
    ("936", GBK), ("cp936", GBK), ("ms936", GBK), ("euc-cn", GBK), ("euccn", GBK), ("gb2312*", GBK), ("mac-simp-chinese", GBK),
    ("gb18030*", GB18030),
    ("949", EUC_KR), ("cp949", EUC_KR), ("ms949", EUC_KR), ("uhc", EUC_KR), ("euckr", EUC_KR), ("ks-c-5601*", EUC_KR), ("ksx1001", EUC_KR),
    ("ks-x-1001", EUC_KR), ("mac-korean", EUC_KR),
    ("950", BIG5), ("cp950", BIG5), ("ms950", BIG5), ("big5*", BIG5), ("hkscs", BIG5), ("mac-trad-chinese", BIG5),
    ("eucjp", EUC_JP), ("ujis", EUC_JP), ("u-jis", EUC_JP), ("euc-jis*", EUC_JP), ("eucjis*", EUC_JP), ("jisx0213", EUC_JP),
    ("iso2022-jp*", ISO_2022_JP), ("iso2022jp*", ISO_2022_JP), ("iso-2022-jp*", ISO_2022_JP),
    ("thai", WINDOWS_874), ("tis620", WINDOWS_874), ("tis-620*", WINDOWS_874), ("iso-ir-166", WINDOWS_874),
    ("macroman", MACINTOSH), ("maccyrillic", X_MAC_CYRILLIC), ("1125", IBM866), ("cp1125", IBM866), ("ibm1125", IBM866), ("ruscii", IBM866),
    ("cp866u", IBM866),
];
/// Short names of the parts of ISO 8859.
const LATINS: &[(&str, u8)] = &[
    ("latin7", 13),
    ("l7", 13),
    ("latin8", 14),
    ("l8", 14),
    ("iso-celtic", 14),
    ("iso-ir-199", 14),
    ("latin9", 15),
    ("latin10", 16),
    ("l10", 16),
    ("iso-ir-226", 16),
];

/// The encoding of a name in lower case. Never the one that the standard puts in the place of dangerous ones: it decodes to nothing.
pub(super) fn encoding_of(label: &str) -> Option<&'static Encoding> {
    let standard = |label: &str| Encoding::for_label_no_replacement(label.as_bytes());
    let plain = label.trim().trim_start_matches("x-").replace('_', "-");
    let found = standard(label)
        .or_else(|| standard(&plain))
        .or_else(|| standard(&plain.replace('-', "_")))
        .or_else(|| standard(&format!("x-{plain}")));
    found.or_else(|| windows(&plain).or_else(|| iso_8859(&plain)).and_then(|name| standard(&name))).or_else(|| other(&plain))
}

fn other(plain: &str) -> Option<&'static Encoding> {
    let is_it = |name: &str| name.strip_suffix('*').map_or(plain == name, |start| plain.starts_with(start));
    OTHER_NAMES.iter().find(|(name, _)| is_it(name)).map(|(_, encoding)| *encoding)
}

/// `win-1251`, `cp-1251`, `1251`.
fn windows(plain: &str) -> Option<String> {
    let number = ["windows", "win", "cp", "ms", ""].iter().find_map(|start| plain.strip_prefix(start))?.trim_start_matches('-');
    matches!(number, "1250" | "1251" | "1252" | "1253" | "1254" | "1255" | "1256" | "1257" | "1258").then(|| format!("windows-{number}"))
}

/// `iso8859-2`, `iso-8859-2-1987`, `latin10`.
fn iso_8859(plain: &str) -> Option<String> {
    let part = LATINS.iter().find(|(name, _)| *name == plain).map(|(_, part)| part.to_string()).or_else(|| {
        let rest = plain.strip_prefix("iso")?.trim_start_matches('-').strip_prefix("8859")?.trim_start_matches('-');
        let part = rest.split(['-', ':']).next()?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.to_string())
    });
    part.filter(|part| !part.is_empty()).map(|part| format!("iso-8859-{part}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_encodings_are_known_however_they_are_written() {
        let check = |label: &str, expected: Option<&str>| assert_eq!(encoding_of(label).map(Encoding::name), expected, "{label}");
        check("utf-8", Some("UTF-8"));
        check("utf_8", Some("UTF-8"));
        check("utf8mb4", Some("UTF-8"));
        check("iso_8859_2", Some("ISO-8859-2"));
        check("iso-8859-2-1987", Some("ISO-8859-2"));
        check("iso8859_16", Some("ISO-8859-16"));
        check("latin10", Some("ISO-8859-16"));
        check("iso-8859-99", None);
        check("win-1251", Some("windows-1251"));
        check("cp_1252", Some("windows-1252"));
        check("1250", Some("windows-1250"));
        check("x-mac-roman", Some("macintosh"));
        check("mac_cyrillic", Some("x-mac-cyrillic"));
        check("shift_jis_2004", Some("Shift_JIS"));
        check("euc_kr", Some("EUC-KR"));
        check("big5_hkscs", Some("Big5"));
        check("euc_jis_2004", Some("EUC-JP"));
        check("tis-620-2529-1", Some("windows-874"));
        check("asmo_708", Some("ISO-8859-6"));
        check("elot-928", Some("ISO-8859-7"));
        check("hz-gb-2312", None);
        check("iso-2022-kr", None);
        check("klingon", None);
        check("", None);
    }
}
