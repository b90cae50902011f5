//! A theme file: a style for each role, as `role = { fg, bg, bold, dim, italic, underline, reverse }`. Colours are the
//! terminal's sixteen by name, or `#rrggbb`.

use toml::de::DeValue;

use super::report::{Entry, Report, entries};
use super::value;
use crate::assets;
use crate::domain::settings::Problem;
use crate::domain::theme::{Colour, Style, Theme, ThemeRole};

const STYLE_KEYS: &[&str] = &["fg", "bg", "bold", "dim", "italic", "underline", "reverse"];

/// The terminal's colours by their number.
const COLOURS: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright_black",
    "bright_red",
    "bright_green",
    "bright_yellow",
    "bright_blue",
    "bright_magenta",
    "bright_cyan",
    "bright_white",
];

/// The names of all themes, the default first.
pub fn theme_names() -> Vec<&'static str> {
    assets::THEMES.iter().map(|(name, _)| *name).collect()
}

/// The theme of that name.
pub fn theme(name: &str) -> Option<Theme> {
    let (name, text) = assets::THEMES.iter().find(|(its, _)| *its == name)?;
    Some(read(name, text).0)
}

/// The theme that a text describes, and what is wrong with it.
pub(super) fn read(name: &str, text: &str) -> (Theme, Vec<Problem>) {
    let mut report = Report::new(&format!("{name}.toml"), text);
    let mut theme = Theme { name: name.to_string(), ..Theme::default() };
    let mut room = String::new();
    let table = report.open(text, &mut room, "the theme changes nothing").unwrap_or_default();
    let roles = ThemeRole::ALL.map(|(_, role)| role);
    for entry in entries(&table) {
        match ThemeRole::named(entry.key) {
            Some(role) => drop(theme.styles.insert(role, read_style(&entry, &mut report))),
            None => report.unknown(&entry, "in a theme", &roles),
        }
    }
    (theme, report.into_problems())
}

fn read_style(entry: &Entry, report: &mut Report) -> Style {
    let mut style = Style::default();
    let DeValue::Table(table) = entry.value else {
        report.tell(&entry.at, format!("`{}` {}", entry.key, value::must("be a style like { fg = \"red\", bold = true }", entry.value)));
        return style;
    };
    for entry in entries(table) {
        match entry.key {
            "fg" => report.keep(&entry, colour(entry.value).map(Some), &mut style.foreground),
            "bg" => report.keep(&entry, colour(entry.value).map(Some), &mut style.background),
            "bold" => report.keep(&entry, value::truth(entry.value), &mut style.is_bold),
            "dim" => report.keep(&entry, value::truth(entry.value), &mut style.is_dim),
            "italic" => report.keep(&entry, value::truth(entry.value), &mut style.is_italic),
            "underline" => report.keep(&entry, value::truth(entry.value), &mut style.is_underlined),
            "reverse" => report.keep(&entry, value::truth(entry.value), &mut style.is_reversed),
            _ => report.unknown(&entry, "in a style", STYLE_KEYS),
        }
    }
    style
}

fn colour(value: &DeValue) -> Result<Colour, String> {
    let text = value.as_str().unwrap_or_default();
    if let Some(number) = COLOURS.iter().position(|name| *name == text) {
        return Ok(Colour::Terminal(u8::try_from(number).unwrap_or(0)));
    }
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
    let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let [_, red, green, blue] =
        number.ok_or_else(|| value::must("be a colour like \"red\", \"bright_red\" or \"#a02020\"", value))?.to_be_bytes();
    Ok(Colour::Fixed(red, green, blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_has_colours_and_weight() {
        let check = |text: &str, expected: Style| {
            assert_eq!(read("t", text), (Theme { name: "t".into(), styles: [(ThemeRole::Link, expected)].into() }, vec![]), "{text}");
        };
        let plain = Style::default();
        check("link = {}", plain);
        check(
            "link = { fg = \"bright_white\", bg = \"#0a00FF\" }",
            Style { foreground: Some(Colour::Terminal(15)), background: Some(Colour::Fixed(10, 0, 255)), ..plain },
        );
        check("link = { bold = true, dim = true, italic = true }", Style { is_bold: true, is_dim: true, is_italic: true, ..plain });
        check("[link]\nunderline = true\nreverse = true", Style { is_underlined: true, is_reversed: true, ..plain });
    }

    #[test]
    fn mistakes_in_a_theme_are_told() {
        let check = |text: &str, expected: &str| {
            let problems = read("t", text).1;
            assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected], "{text}");
        };
        check("links = {}", "t.toml:1: `links` means nothing in a theme; did you mean `link`?");
        check("link = 3", "t.toml:1: `link` must be a style like { fg = \"red\", bold = true }, not 3");
        check("link = { fgg = 3 }", "t.toml:1: `fgg` means nothing in a style; did you mean `fg`?");
        check("link = { bold = 1 }", "t.toml:1: `bold` must be true or false, not 1");
        for wrong in ["\"#12345\"", "\"#+12345\"", "\"pink\"", "\"\"", "7"] {
            check(
                &format!("\nlink = {{ fg = {wrong} }}"),
                &format!("t.toml:2: `fg` must be a colour like \"red\", \"bright_red\" or \"#a02020\", not {wrong}"),
            );
        }
    }

    #[test]
    fn every_shipped_theme_has_every_role_and_no_mistake() {
        for (name, text) in assets::THEMES {
            let (theme, problems) = read(name, text);
            assert_eq!(problems, [], "{name}");
            for (role, role_name) in ThemeRole::ALL {
                assert!(theme.styles.contains_key(&role), "{name} says nothing of {role_name}");
            }
        }
        assert_eq!(theme("paper").map(|theme| theme.name).as_deref(), Some("paper"));
        assert_eq!(theme("nothing"), None);
    }

    #[test]
    fn unread_selected_and_chosen_tab_are_told_apart_without_colour() {
        for name in theme_names() {
            let theme = theme(name).expect(name);
            let bare = |role| Style { foreground: None, background: None, ..theme.style(role) };
            assert_ne!(bare(ThemeRole::Unread), bare(ThemeRole::Headline), "{name}");
            assert_ne!(bare(ThemeRole::Tab), bare(ThemeRole::TabSelected), "{name}");
            assert!(bare(ThemeRole::Link).is_underlined, "{name}");
        }
    }

    #[test]
    fn the_row_under_the_cursor_has_a_ground_of_its_own_in_every_theme() {
        for name in theme_names() {
            let selected = theme(name).expect(name).style(ThemeRole::Selected);
            assert!(selected.background.is_some() || selected.is_reversed, "{name}");
        }
    }

    /// WCAG 2.1's measure for text that everybody can read.
    const LEAST_CONTRAST: f64 = 4.5;

    #[test]
    fn fixed_colours_can_be_read_on_every_ground_they_stand_on() {
        for name in ["paper", "night"] {
            let theme = theme(name).expect(name);
            let grounds = [ThemeRole::Text, ThemeRole::Selected, ThemeRole::Sheet, ThemeRole::Bar];
            for (role, role_name) in ThemeRole::ALL {
                let style = theme.style(role);
                let ink = style.foreground.or(theme.style(ThemeRole::Text).foreground);
                let own = style.background.map(|paper| vec![paper]);
                for paper in own.unwrap_or_else(|| grounds.iter().filter_map(|ground| theme.style(*ground).background).collect()) {
                    let contrast = contrast(ink.expect(name), paper);
                    assert!(contrast >= LEAST_CONTRAST, "{name}: {role_name} on {paper:?} has {contrast:.2}");
                }
            }
        }
    }

    fn contrast(one: Colour, other: Colour) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Relative luminance, WCAG 2.1.
    fn luminance(colour: Colour) -> f64 {
        let Colour::Fixed(red, green, blue) = colour else { panic!("{colour:?} is the terminal's own") };
        let [red, green, blue] = [red, green, blue].map(|part| match f64::from(part) / 255.0 {
            part if part <= 0.04045 => part / 12.92,
            part => ((part + 0.055) / 1.055).powf(2.4),
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}
