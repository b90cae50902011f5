//! What becomes of whole pages, made up for these tests.

use super::*;

const PROSE: &str = "The old bridge over the river was closed on Monday, after engineers had found cracks in two of its pillars.";

fn text(html: &str) -> String {
    extract(html, Some("https://example.org/news/1")).document.plain_text()
}

#[test]
fn the_text_is_taken_out_of_its_page() {
    let page = format!(
        "<html lang=en-CA><head><title>Bridge closed - The Courier</title><meta name=author content='Ann Lee'>\
         <meta property=og:site_name content='The Courier'></head><body><nav><a href=/>Home</a></nav>\
         <header><h1>Bridge closed</h1><p>By Ann Lee</p><p>3 May 2024</p></header>\
         <div class=story><p>{PROSE}</p><p class=x><a href=/o>READ MORE: the other bridge is closed too</a></p><h2>What now</h2>\
         <p>{PROSE} Again.</p><ul><li>One lane is open.</li></ul><p>{PROSE} And again.</p><p>Tags: <a href=/t>bridge</a></p></div>\
         <div class=related-stories><p>{PROSE} Elsewhere.</p></div><footer>Copyright</footer></body></html>"
    );
    let found = extract(&page, None);
    assert_eq!(found.document.plain_text(), format!("{PROSE}\nWhat now\n{PROSE} Again.\nOne lane is open.\n{PROSE} And again.\n"));
    assert_eq!(found.title.as_deref(), Some("Bridge closed"));
    assert_eq!(found.byline.as_deref(), Some("Ann Lee"));
    assert_eq!(found.site.as_deref(), Some("The Courier"));
    assert_eq!(found.language.as_deref(), Some("en-CA"));
}

#[test]
fn a_page_without_prose_gives_all_its_text() {
    let found = extract("<body><p>Closed.</p>", None);
    assert_eq!(found.document.plain_text(), "Closed.\n");
    assert_eq!(extract("", None).document.plain_text(), "");
}

#[test]
fn a_page_without_prose_is_fenced_once_and_keeps_what_is_noted_of_it() {
    let page = extract(&format!("<noscript>{}<p>Closed.</p></noscript>", "<div>".repeat(200)), None);
    let notes = ["flattened: tags more than 100 deep", "no main text was found: this is all the text of the page"];
    assert_eq!(page.document.notes, notes);
}

#[test]
fn what_a_page_shows_once_it_is_found_is_text() {
    let page = format!("<article><p>{PROSE}</p><div hidden=until-found><p>{PROSE} Folded.</p></div><p>{PROSE} End.</p></article>");
    assert!(text(&page).contains("Folded."));
}

#[test]
fn pictures_keep_what_is_said_of_them() {
    let page = format!(
        "<article><p>{PROSE}</p><figure><img src=/a.jpg alt=A><figcaption>The bridge</figcaption></figure><p>{PROSE} Two.</p></article>"
    );
    let document = extract(&page, Some("https://example.org/")).document;
    let caption = document.blocks.iter().find_map(|block| match block {
        crate::domain::document::Block::Image { caption, .. } => caption.first().map(|span| span.text.as_str()),
        _ => None,
    });
    assert_eq!(caption, Some("The bridge"));
}

#[test]
fn hostile_pages_come_to_an_end() {
    let many_attributes: String = (0..100_000).map(|number| format!(" a{number}=1")).collect();
    for page in [
        "<span>".repeat(50_000),
        "<div>".repeat(5_000),
        format!("<p{many_attributes}>{PROSE}"),
        format!("<p>{PROSE}</p>").repeat(4_000),
        "<div><p>a</p></div>".repeat(10_000),
        "<a href=x>".repeat(10_000),
        "<table><tr><td>".repeat(10_000),
    ] {
        text(&page);
    }
}
