//! How the parts of the screen look, as data: a style for each role. Knows nothing of terminals or of who draws.

use std::collections::BTreeMap;

/// A named look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    pub name: String,
    /// What a role does not say is left as it is beneath: text under everything, a row under its selection.
    pub styles: BTreeMap<ThemeRole, Style>,
}

impl Theme {
    /// The style of a role; one that changes nothing when the theme says nothing of it.
    pub fn style(&self, role: ThemeRole) -> Style {
        self.styles.get(&role).copied().unwrap_or_default()
    }
}

/// A part of the screen that a theme can give a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ThemeRole {
    /// Everything that has no other role, and the ground of the screen.
    Text,
    /// What is quieter than text: sources, ages, rules.
    Dim,
    /// What should catch the eye.
    Accent,
    Headline,
    /// Laid over a headline that is unread.
    Unread,
    /// Laid over the row under the cursor.
    Selected,
    Starred,
    /// A feed or a request that failed.
    Failing,
    /// Headings of an article and of the front page.
    Heading,
    Quote,
    Code,
    /// Laid over code: keywords; strings and numbers; comments; names that are defined or called.
    Keyword,
    Literal,
    Comment,
    Name,
    /// Laid over what was found in a text.
    Found,
    Caption,
    /// Bullets, numbers, rules of quotes and tables.
    Mark,
    Link,
    /// The bottom line.
    Bar,
    Tab,
    TabSelected,
    Notice,
    /// An overlay.
    Sheet,
}

impl ThemeRole {
    /// Every role with its name in a theme file.
    pub const ALL: [(ThemeRole, &'static str); 24] = [
        (ThemeRole::Text, "text"),
        (ThemeRole::Dim, "dim"),
        (ThemeRole::Accent, "accent"),
        (ThemeRole::Headline, "headline"),
        (ThemeRole::Unread, "unread"),
        (ThemeRole::Selected, "selected"),
        (ThemeRole::Starred, "starred"),
        (ThemeRole::Failing, "failing"),
        (ThemeRole::Heading, "heading"),
        (ThemeRole::Quote, "quote"),
        (ThemeRole::Code, "code"),
        (ThemeRole::Keyword, "keyword"),
        (ThemeRole::Literal, "literal"),
        (ThemeRole::Comment, "comment"),
        (ThemeRole::Name, "name"),
        (ThemeRole::Found, "found"),
        (ThemeRole::Caption, "caption"),
        (ThemeRole::Mark, "mark"),
        (ThemeRole::Link, "link"),
        (ThemeRole::Bar, "bar"),
        (ThemeRole::Tab, "tab"),
        (ThemeRole::TabSelected, "tab_selected"),
        (ThemeRole::Notice, "notice"),
        (ThemeRole::Sheet, "sheet"),
    ];

    /// The role of that name in a theme file.
    pub fn named(name: &str) -> Option<ThemeRole> {
        ThemeRole::ALL.into_iter().find(|(_, its)| *its == name).map(|(role, _)| role)
    }
}

/// Colours and weight; `None` and `false` leave what is beneath.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub foreground: Option<Colour>,
    pub background: Option<Colour>,
    pub is_bold: bool,
    pub is_dim: bool,
    pub is_italic: bool,
    pub is_underlined: bool,
    /// Ink and paper change places.
    pub is_reversed: bool,
}

/// A colour of the terminal's own sixteen, or a fixed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// 0 to 7 as in ECMA-48 (black, red, green, yellow, blue, magenta, cyan, white), 8 to 15 their bright forms.
    Terminal(u8),
    /// Red, green, blue.
    Fixed(u8, u8, u8),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_one_name() {
        for (role, name) in ThemeRole::ALL {
            assert_eq!(ThemeRole::named(name), Some(role));
        }
        assert_eq!(ThemeRole::named("texts"), None);
        assert_eq!(Theme::default().style(ThemeRole::Sheet), Style::default());
    }
}
