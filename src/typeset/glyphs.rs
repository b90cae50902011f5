//! The signs that typesetting adds, in Unicode and in ASCII.

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
