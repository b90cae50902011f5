//! Bytes of documents, the text they are, and what is told of them.

use super::*;

fn check(body: &[u8], content_type: Option<&str>, expected: &str) -> Vec<String> {
    let mut notes = Notes::default();
    assert_eq!(decode(body, content_type, None, &mut notes), expected, "{body:?}");
    notes.finish()
}

fn wide(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn byte_order_marks_are_no_control_characters() {
    assert!(check(b"\xff\xfe\0\0<\0\0\0\xe9\0\0\0", None, "<é").is_empty());
    assert!(check(b"\0\0\xfe\xff\0\0\0<\0\0\0\xe9", None, "<é").is_empty());
    assert!(check("\u{feff}<é".as_bytes(), None, "<é").is_empty());
    assert_eq!(check("\u{feff}\u{feff}<é".as_bytes(), None, "<é"), ["repaired: more than one byte order mark"]);
    assert_eq!(check(b"\xff\xfe\xff\xfe<\0", None, "<"), ["repaired: more than one byte order mark"]);
    assert_eq!(check("\u{feff}<é\u{feff}>".as_bytes(), None, "<é>"), ["repaired: control characters removed"]);
}

#[test]
fn byte_order_marks_decide() {
    check(b"\xef\xbb\xbf<a>\xc3\xa9", None, "<a>é");
    check(&[b"\xff\xfe", wide("<a>é", u16::to_le_bytes).as_slice()].concat(), None, "<a>é");
    check(&[b"\xfe\xff", wide("<a>é", u16::to_be_bytes).as_slice()].concat(), None, "<a>é");
    check(b"\xff\xfe\0\0<\0\0\0\xe9\0\0\0", None, "<é");
    check(b"\0\0\xfe\xff\0\0\0<\0\0\0\xe9", None, "<é");
}

#[test]
fn wide_encodings_are_seen_without_a_mark() {
    check(&wide("<a>é", u16::to_le_bytes), None, "<a>é");
    check(&wide("<a>é", u16::to_be_bytes), None, "<a>é");
    let note = ["repaired: UTF-32 without a byte order mark"];
    assert_eq!(check(b"<\0\0\0\xe9\0\0\0", None, "<é"), note);
    assert_eq!(check(b"\0\0\0<\0\0\0\xe9", None, "<é"), note);
}

#[test]
fn what_is_declared_is_believed_when_it_can_be() {
    check(
        "<?xml version='1.0' encoding='windows-1251'?>"
            .as_bytes()
            .to_vec()
            .iter()
            .chain(b"\xcf\xf0")
            .copied()
            .collect::<Vec<_>>()
            .as_slice(),
        None,
        "<?xml version='1.0' encoding='windows-1251'?>Пр",
    );
    check(b"\xcf\xf0", Some("text/xml; charset=windows-1251"), "Пр");
    check(b"<meta charset=windows-1251>\xcf\xf0", None, "<meta charset=windows-1251>Пр");
    check(b"\xcf", Some("text/xml; charset=\"koi8-r\""), "о");
    let late =
        [b"<?xml version=\"1.0\"                                                encoding=\"iso-8859-2\"?>".as_slice(), b"\xb3"].concat();
    assert!(decode(&late, None, None, &mut Notes::default()).ends_with('ł'));
}

#[test]
fn a_false_declaration_is_seen_through() {
    let notes = check("<?xml encoding='iso-8859-1'?>é’".as_bytes(), None, "<?xml encoding='iso-8859-1'?>é’");
    assert_eq!(notes, ["repaired: declared as windows-1252, but is UTF-8"]);
    let notes = check(b"<?xml encoding='utf-8'?>caf\xe9 \x92s", None, "<?xml encoding='utf-8'?>café ’s");
    assert_eq!(notes, ["repaired: bytes that are not UTF-8, read as windows-1252"]);
    check("<?xml encoding='utf-16'?>é".as_bytes(), None, "<?xml encoding='utf-16'?>é");
    check(b"<?xml encoding='windows-1251'?>\xcf", Some("text/xml; charset=iso-8859-1"), "<?xml encoding='windows-1251'?>П");
    let notes = check("<?xml encoding='x-bogus'?>é".as_bytes(), None, "<?xml encoding='x-bogus'?>é");
    assert_eq!(notes, ["repaired: charset x-bogus is not known; read as UTF-8"]);
}

#[test]
fn every_false_claim_is_told() {
    let latin = Some("text/xml; charset=iso-8859-1");
    let notes = check("<?xml encoding='utf-8'?>é".as_bytes(), latin, "<?xml encoding='utf-8'?>é");
    assert_eq!(notes, ["repaired: declared as windows-1252, but is UTF-8"]);
    let notes = check(b"<?xml encoding='windows-1251'?>\xcf", latin, "<?xml encoding='windows-1251'?>П");
    assert_eq!(notes, ["repaired: declared as windows-1252, but is windows-1251"]);
    assert!(check(b"<?xml encoding='utf-8'?>e", latin, "<?xml encoding='utf-8'?>e").is_empty());
    let notes = check(b"<?xml encoding='windows-1251'?>\xcf", Some("text/xml; charset=utf-8"), "<?xml encoding='windows-1251'?>П");
    assert_eq!(notes, ["repaired: declared as UTF-8, but is windows-1251"]);
    let declared = |encoding: &str| format!("<?xml encoding='{encoding}'?>é");
    for (mark, order) in [(b"\xff\xfe", u16::to_le_bytes as fn(u16) -> [u8; 2]), (b"\xfe\xff", u16::to_be_bytes)] {
        let body = |encoding: &str| [mark.as_slice(), &wide(&declared(encoding), order)].concat();
        assert!(check(&body("utf-16"), Some("text/xml; charset=utf-16"), &declared("utf-16")).is_empty());
        let note = check(&body("utf-8"), None, &declared("utf-8")).remove(0);
        assert!(note.starts_with("repaired: declared as UTF-8, but is UTF-16"), "{note}");
    }
    let body: Vec<u8> = declared("utf-8").chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let notes = ["repaired: UTF-32 without a byte order mark", "repaired: declared as UTF-8, but is UTF-32"];
    assert_eq!(check(&body, None, &declared("utf-8")), notes);
    let half = [b"\xff\xfe", wide("<a>", u16::to_le_bytes).as_slice(), b"\0\xd8x\0"].concat();
    assert_eq!(check(&half, None, "<a>\u{fffd}x"), ["repaired: bytes that are not UTF-16LE"]);
}

#[test]
fn a_declared_code_page_is_believed_and_an_unknown_name_is_told() {
    assert!(check(b"<?xml encoding='cp437'?>caf\x82", None, "<?xml encoding='cp437'?>café").is_empty());
    assert!(check(b"caf\x82", Some("text/xml; charset=IBM850"), "café").is_empty());
    let notes = check("<?xml encoding='cp437'?>é".as_bytes(), None, "<?xml encoding='cp437'?>é");
    assert_eq!(notes, ["repaired: declared as cp437, but is UTF-8"]);
    let notes = check(b"<?xml encoding='klingon'?>caf\xe9", None, "<?xml encoding='klingon'?>café");
    let bytes = "repaired: bytes that are not UTF-8, read as windows-1252";
    assert_eq!(notes, ["repaired: charset klingon is not known; read as its bytes look", bytes]);
    let notes = check(b"<?xml encoding='hz-gb-2312'?>\xe9", None, "<?xml encoding='hz-gb-2312'?>é");
    assert_eq!(notes[0], "repaired: charset hz-gb-2312 is not known; read as its bytes look");
}

#[test]
fn legacy_encodings_are_told_by_content() {
    let check = |encoding: &'static Encoding, text: &str, claim: &str| {
        let text = format!("<?xml version='1.0'{claim}?><rss><channel><title>{text}</title></channel></rss>");
        let (bytes, _, has_lost) = encoding.encode(&text);
        assert!(!has_lost, "{text}");
        let mut notes = Notes::default();
        assert_eq!(decode(&bytes, None, None, &mut notes), text, "{claim}");
        assert!(notes.finish()[0].ends_with(encoding.name()), "{claim}");
    };
    check(ISO_2022_JP, "港のニュース", "");
    for claim in ["", " encoding='utf-8'", " encoding='iso-8859-1'"] {
        check(encoding_rs::SHIFT_JIS, "港のニュース、今日の天気と新しい船の話", claim);
        check(encoding_rs::EUC_JP, "港のニュース、今日の天気と新しい船の話", claim);
        check(encoding_rs::GBK, "港口新闻：今天的天气和新船的故事，还有灯塔", claim);
        check(encoding_rs::BIG5, "港口新聞：今天的天氣和新船的故事，還有燈塔", claim);
        check(encoding_rs::EUC_KR, "항구 소식: 오늘의 날씨와 새로운 배 이야기", claim);
        check(encoding_rs::WINDOWS_1251, "Новости порта: погода на сегодня и новый корабль", claim);
        check(encoding_rs::KOI8_U, "Новости порта: погода на сегодня и новый корабль", claim);
    }
    check(encoding_rs::EUC_KR, "항구 소식: 오늘의 날씨와 새로운 배 이야기", " encoding='shift_jis'");
    check(encoding_rs::WINDOWS_1250, "Wiadomości z portu: pogoda na dziś, żeglarze i łódź, źródło", "");
}

#[test]
fn halves_of_wide_characters_do_not_make_utf_8_something_else() {
    let check = |bytes: &[u8], ends: &str, note: &str| {
        let document = [b"<?xml version='1.0' encoding='utf-8'?><title>", bytes].concat();
        let mut notes = Notes::default();
        let text = decode(&document, None, None, &mut notes);
        assert!(text.ends_with(ends), "{text}");
        assert_eq!(notes.finish(), [format!("repaired: bytes that are not UTF-8, read as {note}")]);
    };
    let pair = b" \xed\xa0\xbd\xed\xb8\x80";
    check(&["Café 日本".as_bytes(), pair].concat(), ">Café 日本 \u{1f600}", "CESU-8");
    check(&[pair, pair.as_slice()].concat(), "> \u{1f600} \u{1f600}", "CESU-8");
    check(b"\xc3\xa9 \xed\xa0\xbd alone", ">é \u{fffd} alone", "CESU-8");
    check(b"\xc3\xa9 \xed\xb8\x80\xed\xa0\xbd", ">é \u{fffd}\u{fffd}", "CESU-8");
    check(&["日本".as_bytes(), pair, b" caf\xe9 ok"].concat(), ">日本 \u{1f600} café ok", "windows-1252");
}

#[test]
fn accents_of_western_languages_are_no_other_script() {
    let french = "<?xml version='1.0' encoding='iso-8859-1'?>L'été dernier, à la fête du château, des élèves d'à côté ont été reçus par le maire ; où est né le garçon ? À Évreux, très tôt, même l'hôtel était fermé.";
    let (bytes, _, _) = WINDOWS_1252.encode(french);
    assert!(check(&bytes, None, french).is_empty());
    let bare = french.replace(" encoding='iso-8859-1'", "");
    let (bytes, _, _) = WINDOWS_1252.encode(&bare);
    check(&bytes, None, &bare);
}

#[test]
fn one_bad_byte_does_not_spoil_the_good_ones() {
    check("é \u{0}".as_bytes().iter().copied().chain(*b"\x92").collect::<Vec<_>>().as_slice(), None, "é ’");
    check(b"x\xe2\x82", None, "x\u{fffd}");
}
