//! The few signs of the screen, each with its twin for terminals without UTF-8.

/// Signs that never shift a column: each is one column wide everywhere.
#[derive(Clone, Copy, Debug)]
pub struct Glyphs {
    pub unread: &'static str,
    pub starred: &'static str,
    pub changed: &'static str,
    pub selected: &'static str,
    pub upright: &'static str,
    pub level: &'static str,
    pub tab_rule: &'static str,
    pub tab_left: &'static str,
    pub tab_right: &'static str,
    pub more_left: &'static str,
    pub more_right: &'static str,
    pub ellipsis: &'static str,
    pub between: &'static str,
}

pub const UNICODE: Glyphs = Glyphs {
    unread: "●",
    starred: "★",
    changed: "±",
    selected: "▌",
    upright: "│",
    level: "─",
    tab_rule: "│",
    tab_left: "▌",
    tab_right: "▐",
    more_left: "‹",
    more_right: "›",
    ellipsis: "…",
    between: "·",
};

pub const ASCII: Glyphs = Glyphs {
    unread: "*",
    starred: "#",
    changed: "+",
    selected: ">",
    upright: "|",
    level: "-",
    tab_rule: "|",
    tab_left: "[",
    tab_right: "]",
    more_left: "<",
    more_right: ">",
    ellipsis: "...",
    between: "-",
};
