//! Plain ASCII forms of text, for terminals without UTF-8. The one place that says what becomes of a character.

/// A text in plain ASCII. It may be wider than it was, so this comes before everything that counts columns.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii() => out.push(c),
            c => out.push_str(plain_character(c)),
        }
    }
    out
}

/// A character in ASCII: signs as they are typed, letters without their accents, other scripts by their sound.
pub fn plain_character(c: char) -> &'static str {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' => "'",
        '“' | '”' | '„' | '‟' | '″' => "\"",
        '«' => "<<",
        '»' => ">>",
        '‹' => "<",
        '›' => ">",
        '‐' | '‑' | '‒' | '–' | '−' => "-",
        '—' | '―' => "--",
        '…' => "...",
        '↩' => "\\",
        '•' | '∙' => "*",
        '·' | '‧' => "-",
        '→' => "->",
        '←' => "<-",
        '×' => "x",
        '°' => "deg",
        '½' => "1/2",
        '¼' => "1/4",
        '¾' => "3/4",
        '≤' => "<=",
        '≥' => ">=",
        '©' => "(c)",
        '®' => "(R)",
        '™' => "(TM)",
        '¹' => "^1",
        '²' => "^2",
        '³' => "^3",
        '⁰' => "^0",
        '⁴' => "^4",
        '⁵' => "^5",
        '⁶' => "^6",
        '⁷' => "^7",
        '⁸' => "^8",
        '⁹' => "^9",
        '₀' => "0",
        '₁' => "1",
        '₂' => "2",
        '₃' => "3",
        '₄' => "4",
        '₅' => "5",
        '₆' => "6",
        '₇' => "7",
        '₈' => "8",
        '₉' => "9",
        '€' => "EUR",
        _ => deunicode::deunicode_char(c).unwrap_or("?"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_text_has_a_plain_form() {
        let check = |text: &str, expected: &str| assert_eq!(super::plain(text), expected, "{text}");
        check("“It’s −3 – or —…”", "\"It's -3 - or --...\"");
        check("8.4°C à la bibliothèque", "8.4degC a la bibliotheque");
        check("Straße, œuvre, Łódź", "Strasse, oeuvre, Lodz");
        check("e\u{301}", "e");
        check("Москва", "Moskva");
        check("H₂O x²⁷", "H2O x^2^7");
        check("a\nb", "a\nb");
    }
}
