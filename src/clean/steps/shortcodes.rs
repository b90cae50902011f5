//! Takes out the shortcodes of WordPress that nobody filled in; what stands between two of them is the author's.
//!
//! before: `[caption id="a" width="9"]<img> A dam[/caption] [gallery ids="1,2"] [embed]https://e.example/v[/embed]`
//! after:  `<img> A dam  https://e.example/v`

use super::super::page::Page;
use super::super::tree::Tree;

const NAMES: &[&str] = &[
    "caption",
    "wp_caption",
    "gallery",
    "embed",
    "youtube",
    "vimeo",
    "audio",
    "video",
    "playlist",
    "contact-form-7",
    "gravityform",
    "mc4wp_form",
    "su_button",
    "toc",
];
/// Bytes of one with its attributes.
const MAX_BYTES: usize = 600;

pub(super) fn run(tree: &mut Tree, _: &Page) {
    for id in tree.texts() {
        if let Some(left) = tree.text(id).filter(|text| text.contains('[')).and_then(without)
            && !tree.is_in_code(id)
        {
            tree.set_text(id, left);
        }
    }
}

/// A text without them, when it has any.
fn without(text: &str) -> Option<String> {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(start) = rest.find('[') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let (length, said) = code_at(from).unwrap_or((1, "["));
        out.push_str(said);
        rest = &from[length..];
    }
    out.push_str(rest);
    (out.len() < text.len()).then_some(out)
}

/// The bytes of the shortcode that a text begins with, and the address in it. A lone word in brackets is a person's.
fn code_at(text: &str) -> Option<(usize, &str)> {
    let end = text.bytes().take(MAX_BYTES).position(|byte| byte == b']')?;
    let inside = &text[1..end];
    let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |name| (true, name));
    let (name, told) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let told = told.trim();
    let address = if told.starts_with("http") && !told.contains(char::is_whitespace) { told } else { "" };
    let opens =
        || told.contains('=') || !address.is_empty() || text[end..].bytes().take(MAX_BYTES).any(|byte| byte == b'[') && name == "embed";
    (NAMES.contains(&name) && (closes || opens())).then_some((end + 1, address))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn shortcodes_go_and_what_is_in_them_stays() {
        check(
            super::run,
            "[caption id=\"a\" width=\"9\"]<img> A dam[/caption] [gallery ids=\"1,2\"] [embed]https://e.example/v[/embed]",
            "<img> A dam  https://e.example/v",
        );
        check(super::run, "[caption id=a align=b]Short cap[/caption]", "Short cap");
        check(super::run, "[youtube https://youtu.be/abc] [contact-form-7 id=\"1\"]", "https://youtu.be/abc ");
    }

    #[test]
    fn what_people_put_into_brackets_stays() {
        let check_same = |html: &str| check(super::run, html, html);
        check_same("[video] and [gallery] and [1] and [sic] [");
        check_same("[a b=\"c\"] [Caption: the dam]");
        check_same("<code>[gallery ids=\"1\"]</code>");
    }
}
