//! The signs that typesetting adds, in Unicode and in ASCII.

/// Signs of our own.
pub(super) struct Glyphs {
    /// Bullets of lists, by how deep they stand.
    pub bullets: [&'static str; 3],
    pub quote: &'static str,
    pub rule: &'static str,
    /// Between a picture and the site that it links to.
    pub leads_to: &'static str,
    /// Beneath a heading of the first level.
    pub heavy_rule: &'static str,
    /// At the left of a block of code.
    pub code_rule: &'static str,
    /// On both sides of code in a line.
    pub tick: &'static str,
    /// At the end of a line of code that goes on in the next.
    pub cut: &'static str,
}

pub(super) fn glyphs(is_ascii: bool) -> &'static Glyphs {
    const UNICODE: Glyphs =
        Glyphs {
            bullets: ["•", "◦", "▪"], quote: "│", rule: "─", leads_to: "→", heavy_rule: "━", code_rule: "┊", tick: "`", cut: "↵"
        };
    const ASCII: Glyphs =
        Glyphs { bullets: ["*", "-", "+"], quote: "|", rule: "-", leads_to: "->", heavy_rule: "=", code_rule: ":", tick: "`", cut: "\\" };
    if is_ascii { &ASCII } else { &UNICODE }
}
