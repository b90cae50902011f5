//! The signs that typesetting adds, in Unicode and in ASCII, and plain forms for an author's typographic characters.

/// Signs of our own.
pub(super) struct Glyphs {
    /// Bullets of lists, by how deep they stand.
    pub bullets: [&'static str; 3],
    pub quote: &'static str,
    pub rule: &'static str,
    /// At the end of a line of code that goes on in the next.
    pub cut: &'static str,
}

pub(super) fn glyphs(is_ascii: bool) -> &'static Glyphs {
    const UNICODE: Glyphs = Glyphs { bullets: ["•", "◦", "▪"], quote: "│", rule: "─", cut: "↵" };
    const ASCII: Glyphs = Glyphs { bullets: ["*", "-", "+"], quote: "|", rule: "-", cut: "\\" };
    if is_ascii { &ASCII } else { &UNICODE }
}

/// A text with typographic signs in plain ASCII; letters of other scripts stay.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match ascii(c) {
            Some(plain) => out.push_str(plain),
            None => out.push(c),
        }
    }
    out
}

fn ascii(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | '′' => "'",
        '“' | '”' | '„' | '‟' | '″' => "\"",
        '«' => "<<",
        '»' => ">>",
        '‹' => "<",
        '›' => ">",
        '‐' | '‑' | '‒' | '–' | '−' => "-",
        '—' | '―' => "--",
        '…' => "...",
        '•' | '·' | '‧' | '∙' => "*",
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
        '€' => "EUR",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn typographic_signs_have_plain_forms() {
        let check = |text: &str, expected: &str| assert_eq!(super::plain(text), expected, "{text}");
        check("“It’s −3 – or —…”", "\"It's -3 - or --...\"");
        check("café 日本", "café 日本");
    }
}
