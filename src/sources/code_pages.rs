//! Code pages of DOS, which encoding_rs does not have: the characters of the bytes from 0x80, in their order. Only a document that
//! says so itself is read as one of them: nothing tells them apart by content.

/// By the number that their names end with.
#[rustfmt::skip]
const PAGES: &[(&str, &str)] = &[
    ("437", "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}"),
    ("850", "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}"),
    ("852", "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}"),
    ("855", "ђЂѓЃёЁєЄѕЅіІїЇјЈљЉњЊћЋќЌўЎџЏюЮъЪаАбБцЦдДеЕфФгГ«»░▒▓│┤хХиИ╣║╗╝йЙ┐└┴┬├─┼кК╚╔╩╦╠═╬¤лЛмМнНоОп┘┌█▄Пя▀ЯрРсСтТуУжЖвВьЬ№\u{ad}ыЫзЗшШэЭщЩчЧ§■\u{a0}"),
    ("857", "ÇüéâäàåçêëèïîıÄÅÉæÆôöòûùİÖÜø£ØŞşáíóúñÑĞğ¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ºªÊËÈ\u{fffd}ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµ\u{fffd}×ÚÛÙìÿ¯´\u{ad}±\u{fffd}¾¶§÷¸°¨·¹³²■\u{a0}"),
    ("858", "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}"),
    ("737", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀ωάέήϊίόύϋώΆΈΉΊΌΎΏ±≥≤ΪΫ÷≈°∙·√ⁿ²■\u{a0}"),
    ("775", "ĆüéāäģåćłēŖŗīŹÄÅÉæÆōöĢ¢ŚśÖÜø£Ø×¤ĀĪóŻżź”¦©®¬½¼Ł«»░▒▓│┤ĄČĘĖ╣║╗╝ĮŠ┐└┴┬├─┼ŲŪ╚╔╩╦╠═╬Žąčęėįšųūž┘┌█▄▌▐▀ÓßŌŃõÕµńĶķĻļņĒŅ’\u{ad}±“¾¶§÷„°∙·¹³²■\u{a0}"),
];

/// A code page that can be decoded.
#[derive(Clone, Copy, Debug)]
pub(super) struct CodePage {
    number: &'static str,
    letters: &'static str,
}

impl CodePage {
    /// The page that a label in lower case names: `cp437`, `ibm437`, `437`, `csPC8CodePage437`.
    pub(super) fn of(label: &str) -> Option<CodePage> {
        let number =
            ["cp", "ibm", "cspc8codepage", "cspcp", "csibm", ""].iter().find_map(|start| label.strip_prefix(start)).unwrap_or(label);
        let number = number.trim_start_matches('-');
        PAGES.iter().find(|(own, _)| *own == number).map(|(number, letters)| CodePage { number, letters })
    }

    pub(super) fn name(self) -> String {
        format!("cp{}", self.number)
    }

    pub(super) fn decode(self, body: &[u8]) -> String {
        let upper: Vec<char> = self.letters.chars().collect();
        let letter = |byte: &u8| match byte.checked_sub(0x80) {
            Some(place) => upper.get(usize::from(place)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
            None => char::from(*byte),
        };
        body.iter().map(letter).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_has_all_its_letters() {
        for (number, letters) in PAGES {
            assert_eq!(letters.chars().count(), 128, "{number}");
        }
    }

    #[test]
    fn pages_are_known_by_their_names() {
        let check =
            |label: &str, expected: Option<&str>| assert_eq!(CodePage::of(label).map(CodePage::name).as_deref(), expected, "{label}");
        check("cp437", Some("cp437"));
        check("ibm850", Some("cp850"));
        check("cspc8codepage437", Some("cp437"));
        check("852", Some("cp852"));
        check("cp1251", None);
        check("utf-8", None);
    }

    #[test]
    fn dos_letters_are_decoded() {
        let check = |label: &str, bytes: &[u8], expected: &str| {
            assert_eq!(CodePage::of(label).map(|page| page.decode(bytes)).as_deref(), Some(expected), "{label}");
        };
        check("cp437", b"caf\x82 \xe4", "caf\u{e9} \u{3a3}");
        check("cp850", b"\x9d", "\u{d8}");
        check("cp858", b"\xd5", "\u{20ac}");
        check("cp852", b"\xab", "\u{17a}");
    }
}
