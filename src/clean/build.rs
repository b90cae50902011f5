//! Walks the cleaned tree once and makes blocks of it. It decides what is a block and what runs inside a line;
//! what should not be in the text at all is gone before.

mod code;
mod frames;
mod language;
mod line;
mod pictures;
mod table;

use std::cell::Cell as SharedNumber;
use std::rc::Rc;

use super::tree::{Id, ROOT, Step, Tree};
use crate::domain::clean_text::CleanText;
use crate::domain::document::{Block, Document, Span};
use crate::domain::html_names::is_block;
use crate::domain::numbering::Numbering;
use frames::{Frame, Kind};
use line::{Line, Style, has_words, spans};
use pictures::{Part, Picture, settle};

/// Lists and quotes within one another; deeper ones run on in the last.
const MAX_NESTING: usize = 12;
/// Bytes of addresses that the spans of one document may hold in all.
const MAX_LINK_BYTES: usize = 8_000_000;

const PICTURE_ENDINGS: &[&str] = &[".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".bmp"];

const CAPTIONS: &[&str] =
    &["wp-caption-text", "wp-element-caption", "image-caption", "media-caption", "caption-text", "photo-caption", "figcaption"];

/// Makes the blocks of a tree; links and pictures are listed later.
pub(super) fn build(tree: &Tree, notes: Vec<String>) -> Document {
    let blocks = Builder::new(tree, Rc::new(SharedNumber::new(MAX_LINK_BYTES))).blocks_of(ROOT);
    Document { blocks, notes, ..Document::default() }
}

struct Builder<'a> {
    tree: &'a Tree,
    frames: Vec<Frame>,
    line: Line,
    /// The element that each style came with, and the style inside it.
    styles: Vec<(Id, Style)>,
    heading: Option<(Id, u8)>,
    link_budget: Rc<SharedNumber<usize>>,
}

impl<'a> Builder<'a> {
    fn new(tree: &'a Tree, link_budget: Rc<SharedNumber<usize>>) -> Builder<'a> {
        Builder {
            tree,
            frames: vec![Frame::new(ROOT, Kind::Blocks)],
            line: Line::default(),
            styles: Vec::new(),
            heading: None,
            link_budget,
        }
    }

    /// The blocks inside a node.
    fn blocks_of(mut self, top: Id) -> Vec<Block> {
        let mut step = self.tree.next(top, Step::Into(top), false).filter(|step| *step != Step::OutOf(top));
        while let Some(now) = step {
            let skip = match now {
                Step::Into(id) => self.enter(id),
                Step::OutOf(id) if id == top => break,
                Step::OutOf(id) => {
                    self.leave(id);
                    false
                }
            };
            step = self.tree.next(top, now, skip);
        }
        self.flush();
        while self.frames.len() > 1 {
            self.close_frame();
        }
        self.frames.pop().map(|frame| frame.blocks).unwrap_or_default()
    }

    /// Takes a node in; says whether its children have been taken too.
    fn enter(&mut self, id: Id) -> bool {
        if let Some(text) = self.tree.text(id) {
            let style = self.style();
            self.line.push(text, style);
            return false;
        }
        let tree = self.tree;
        match tree.name(id) {
            "br" => self.line.push_break(),
            "hr" => {
                self.flush();
                self.push_block(Block::Rule);
            }
            "img" => self.image(id),
            "pre" => return self.code(id),
            "table" => return self.table(id),
            "q" => self.line.push("“", self.style()),
            "rt" => self.line.push("(", self.style()),
            name @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
                self.flush();
                self.heading = Some((id, name.as_bytes()[1] - b'0'));
            }
            "ul" | "ol" | "menu" | "dir" | "dl" => self.open_frame(id, self.list_kind(id)),
            "li" | "dt" if self.frames.last().is_some_and(Frame::is_list) => self.open_frame(id, Kind::Blocks),
            "dd" if self.frames.last().is_some_and(Frame::is_list) => self.open_frame(id, Kind::Definition),
            "blockquote" => self.open_frame(id, Kind::Quote),
            "figure" => self.open_frame(id, Kind::Figure { caption: Vec::new() }),
            "figcaption" => self.open_frame(id, Kind::Caption),
            _ if self.is_caption(id) => self.open_frame(id, Kind::Caption),
            name if is_block(name) => self.flush(),
            _ => {}
        }
        if let Some(style) = self.style().inside(tree, id) {
            self.styles.push((id, style));
        }
        false
    }

    fn leave(&mut self, id: Id) {
        match self.tree.name(id) {
            "q" => self.line.push("”", self.style()),
            "rt" => self.line.push(")", self.style()),
            name if is_block(name) => self.flush(),
            _ => {}
        }
        if self.heading.is_some_and(|(heading, _)| heading == id) {
            self.flush();
            self.heading = None;
        }
        if self.frames.last().is_some_and(|frame| frame.id == id) {
            self.close_frame();
        }
        if self.styles.last().is_some_and(|(owner, _)| *owner == id) {
            self.styles.pop();
        }
    }

    fn style(&self) -> Style {
        self.styles.last().map(|(_, style)| style.clone()).unwrap_or_default()
    }

    /// Ends the line that is open: it becomes a paragraph or a heading, or several with pictures between them.
    fn flush(&mut self) {
        for part in settle(std::mem::take(&mut self.line).runs) {
            match part {
                Part::Picture(picture) => self.push_block(picture),
                Part::Runs(runs) if has_words(&runs) => {
                    let text = spans(runs, &self.link_budget);
                    self.push_block(match self.heading {
                        Some((_, level)) => Block::Heading { level, text },
                        None => Block::Paragraph { text },
                    });
                }
                Part::Runs(_) => {}
            }
        }
    }

    fn push_block(&mut self, block: Block) {
        if let Some(frame) = self.frames.last_mut() {
            frame.push(block);
        }
    }

    fn open_frame(&mut self, id: Id, kind: Kind) {
        self.flush();
        let depth = self.frames.iter().filter(|frame| frame.is_nesting()).count();
        if depth < MAX_NESTING || matches!(kind, Kind::Caption) {
            self.frames.push(Frame::new(id, kind));
        }
    }

    fn close_frame(&mut self) {
        self.flush();
        if let (Some(frame), Some(parent)) = (self.frames.pop(), self.frames.last_mut()) {
            frame.close_into(parent);
        }
    }

    fn list_kind(&self, id: Id) -> Kind {
        let number = |name| self.tree.attribute(id, name).and_then(|value| value.trim().parse::<i32>().ok()).map(i64::from);
        let ordered = self.tree.name(id) == "ol";
        let reversed = ordered && self.tree.attribute(id, "reversed").is_some();
        let count = || self.tree.child_elements(id).iter().filter(|child| self.tree.name(**child) == "li").count();
        let first = || {
            self.tree
                .child_elements(id)
                .first()
                .and_then(|item| self.tree.attribute(*item, "value")?.trim().parse::<i32>().ok())
                .map(i64::from)
        };
        let counted = || if reversed { i64::try_from(count()).unwrap_or(1) } else { 1 };
        let start = if ordered { number("start").or_else(first).unwrap_or_else(counted) } else { 1 };
        let css = || {
            let style = self.tree.attribute(id, "style")?;
            style.split(';').find_map(|rule| Numbering::named(rule.trim().strip_prefix("list-style-type:")?.trim()))
        };
        if self.tree.name(id) == "dl" {
            return Kind::List { ordered, start: 1, reversed, numbering: Numbering::Terms, items: Vec::new() };
        }
        let numbering = self.tree.attribute(id, "type").and_then(|name| Numbering::named(name.trim())).or_else(css).unwrap_or_default();
        Kind::List { ordered, start, reversed, numbering, items: Vec::new() }
    }

    /// Whether an element says by its class that it is the caption of the picture before it.
    fn is_caption(&mut self, id: Id) -> bool {
        if !self.line.is_blank() || !self.tree.has_class(id, CAPTIONS) {
            return false;
        }
        self.flush();
        self.frames.last().is_some_and(|frame| matches!(frame.blocks.last(), Some(Block::Image { .. })))
    }

    fn image(&mut self, id: Id) {
        let alt = self.tree.attribute(id, "alt").unwrap_or_default();
        if self.heading.is_some() {
            return self.line.push(alt, self.style());
        }
        let title = self.tree.attribute(id, "title").unwrap_or_default().trim();
        // a title of several words that says something else is the author's (a file name is not)
        let is_caption = title.len() > 20 && title.contains(' ') && title != alt.trim();
        let caption = if is_caption { vec![Span::plain(title)] } else { Vec::new() };
        let url = self.tree.attribute(id, "src").unwrap_or_default().to_string();
        let link = self.link_of_picture(&url);
        let image = Block::Image { alt: CleanText::new(alt), url, caption, link };
        let may_be_word = !is_caption && pictures::may_be_word(self.tree, id, alt.trim());
        self.line.push_picture(Picture { image, alt: alt.trim().to_string(), style: self.style(), may_be_word });
    }

    /// Where the link around a picture leads, unless that is the picture's own file.
    fn link_of_picture(&self, url: &str) -> Option<String> {
        let link = self.style().link.filter(|link| **link != *url && !is_picture(link))?;
        self.link_budget.set(self.link_budget.get().checked_sub(link.len())?);
        Some(link.to_string())
    }

    fn code(&mut self, id: Id) -> bool {
        self.flush();
        self.push_block(code::block(self.tree, id));
        true
    }

    fn table(&mut self, id: Id) -> bool {
        self.flush();
        for block in table::blocks(self.tree, id, &self.link_budget) {
            self.push_block(block);
        }
        true
    }
}

/// Whether an address is that of a picture, by its ending.
fn is_picture(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    PICTURE_ENDINGS.iter().any(|ending| path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use crate::clean::steps::testing::check_text;

    #[test]
    fn paragraphs_and_styles() {
        check_text("<p>One <b>two</b>, <em>three</em> <s>four</s> <code>a*b</code>.</p>", "One **two**, *three* ~~four~~ `a*b`.");
        check_text("<p><mark>a</mark> <ins>b</ins></p>", "**a** *b*");
        check_text("<p>Sale: <del>1000</del><ins>900</ins> left, <s>$5</s>.</p>", "Sale: ~~1000~~ *900* left, ~~$5~~.");
        check_text(
            "<p>See <a href=/x> it </a>, <a href=/y>or </a>.net</p>",
            "See [it](https://example.org/x), [or](https://example.org/y) .net",
        );
        check_text("<div>a<div>b</div>c</div>", "a\n\nb\n\nc");
        check_text("a <b> b </b> c", "a **b** c");
        check_text("<p>“a”<q>b</q></p>", "“a”“b”");
        check_text("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)");
    }

    #[test]
    fn lists_in_lists() {
        check_text(
            "<ul><li>a<ul><li>b<ol start=3><li>c</li><li>d</li></ol></li></ul></li><li>e</li></ul>",
            "- a\n  - b\n    3. c\n    4. d\n- e",
        );
        check_text("<ol reversed><li>a<li>b</ol>", "2. a\n1. b");
        let numbering = |html: &str| match crate::clean::clean(html, None).blocks.first() {
            Some(crate::domain::document::Block::List { numbering, .. }) => numbering.html(),
            other => panic!("no list in {other:?}"),
        };
        assert_eq!(numbering("<ol type=a><li>x</ol>"), "a");
        assert_eq!(numbering("<ol style='color:red; list-style-type: upper-roman'><li>x</ol>"), "I");
        assert_eq!(numbering("<ol type=x><li>x</ol>"), "1");
        check_text("<ul>a<li>b</li><ul><li>c</ul></ul>", "- a\n- b\n  - c");
        check_text("<li>a<li>b", "a\n\nb");
        check_text("<dl><dt>Term</dt><dd>Text</dd><dd>More</dd><dt>Other</dt></dl>", "- **Term**\\\n  Text\\\n  More\n- **Other**");
    }

    #[test]
    fn terms_stand_before_what_they_mean() {
        let check = |html: &str, expected: &str| {
            let json = serde_json::to_string(&crate::clean::clean(html, None).blocks).expect("json");
            assert_eq!(json, expected, "{html}");
        };
        let text = |text: &str| format!(r#"{{"type":"paragraph","text":[{{"text":"{text}"}}]}}"#);
        let term = |text: &str| format!(r#"{{"type":"paragraph","text":[{{"text":"{text}","bold":true}}]}}"#);
        let list = |items: &str| format!(r#"[{{"type":"list","ordered":false,"start":1,"numbering":"terms","items":[{items}]}}]"#);
        check("<dl><dt>Term<dd>Text<dd>More</dl>", &list(&format!("[{},{},{}]", term("Term"), text("Text"), text("More"))));
        check("<dl><div><dt>A<dt>B<dd>b</div></dl>", &list(&format!("[{}],[{},{}]", term("A"), term("B"), text("b"))));
        check("<dl><dd>Text</dl>", &list(&format!("[{}]", text("Text"))).replace(r#""numbering":"terms","#, ""));
    }

    #[test]
    fn pictures_and_their_captions() {
        check_text(
            "<figure><img src=/a.png alt=A><figcaption>The <b>caption</b></figcaption></figure>",
            "![A](https://example.org/a.png)\n\nThe **caption**",
        );
        check_text("<div><img src=/a.png><p class=wp-caption-text>c</p></div>", "![](https://example.org/a.png)\n\nc");
        check_text("<figure><blockquote>q</blockquote><figcaption>who</figcaption></figure>", "> q\n\nwho");
    }

    #[test]
    fn the_link_around_a_picture_is_kept_but_for_one_to_its_own_file() {
        let film = "<a href=https://film.example/watch?v=1><img src=/a.png alt='The film'></a>";
        let shown = "[![The film](https://example.org/a.png)](https://film.example/watch?v=1)";
        check_text(film, shown);
        check_text(&format!("<p>See {film} now.</p>"), "See [The film](https://film.example/watch?v=1) now.");
        check_text(
            "<figure><a href=report.pdf><img src=/a.png></a><figcaption>c</figcaption></figure>",
            "[![](https://example.org/a.png)](https://example.org/news/report.pdf)\n\nc",
        );
        check_text("<a href=/large/A.PNG?w=2000><img src=/a.png alt=A></a>", "![A](https://example.org/a.png)");
        let document = crate::clean::clean(film, Some("https://example.org/"));
        let links: Vec<&str> = document.links.iter().map(|link| link.url.as_str()).collect();
        assert_eq!(links, ["https://example.org/a.png", "https://film.example/watch?v=1"]);
        assert_eq!(crate::clean::clean(&crate::exchange::document::html(&document), None), document);
    }

    #[test]
    fn a_picture_inside_a_sentence_is_a_word_of_it() {
        check_text(
            "<p>Let <img src=/1.png alt=n> be prime and <img src=/2.png alt='p < n'> a divisor.</p>",
            "Let n be prime and p \\< n a divisor.",
        );
        check_text(
            "<p><img src=/1.png alt=n> is prime, <b>so <img src=/1.png alt=n></b>, <i><img src=/1.png alt=too></i>.</p>",
            "n is prime, **so n**, *too*.",
        );
        check_text("<p>Done <img src=/1.png alt='✓'></p>", "Done ✓");
        check_text("<ul><li>The <img src=/pdf.png width=16 alt=PDF> report</ul>", "- The PDF report");
    }

    #[test]
    fn a_picture_beside_a_sentence_is_a_block() {
        let picture = |alt: &str| format!("![{alt}](https://example.org/a.png)");
        let long = "Aerial view of the hydroelectric dam on the upper river in the spring of the year";
        check_text(
            &format!("<p>Water rose <img src=/a.png alt='{long}'> in May.</p>"),
            &format!("Water rose in May.\n\n{}", picture(long)),
        );
        check_text("<p><img src=/a.png alt='A dam'> Water rose.</p>", &format!("{}\n\nWater rose.", picture("A dam")));
        check_text("<p>Water rose under <img src=/a.png alt='A dam'></p>", &format!("Water rose under\n\n{}", picture("A dam")));
        check_text(
            "<p>Water <img src=/a.png alt='Aerial view of the dam'> rose</p>",
            &format!("Water rose\n\n{}", picture("Aerial view of the dam")),
        );
        check_text("<p>Water rose. <img src=/a.png alt='A dam'></p>", &format!("Water rose.\n\n{}", picture("A dam")));
        check_text("<p>Water <img src=/a.png alt='A dam' align=left> rose.</p>", &format!("Water rose.\n\n{}", picture("A dam")));
        check_text("<p>Water <img src=/a.png alt='A dam' width=640> rose.</p>", &format!("Water rose.\n\n{}", picture("A dam")));
        check_text("<p>Water <img src=/a.png alt=dam.jpg> rose.</p>", &format!("Water rose.\n\n{}", picture("dam.jpg")));
        check_text("<p>Water rose<br><img src=/a.png alt='A dam'><br>in May</p>", &format!("Water rose\n\n{}\n\nin May", picture("A dam")));
    }

    #[test]
    fn a_picture_stands_at_the_line_that_it_stands_at() {
        let picture = |name: &str| format!("![](https://example.org/{name}.png)");
        check_text(
            "The graph below shows it.<br /><br /><img src=/a.png><br /><br />The photo above is mine.<br />Third.",
            &format!("The graph below shows it.\n\n{}\n\nThe photo above is mine.\\\nThird.", picture("a")),
        );
        check_text(
            "<div>Step one is:<br><img src=/a.png><br>Step two is:<br><img src=/b.png>Below it.<br>End.</div>",
            &format!("Step one is:\n\n{}\n\nStep two is:\n\n{}\n\nBelow it.\\\nEnd.", picture("a"), picture("b")),
        );
        check_text("One <img src=/a.png> line.<br>Next.", &format!("One line.\n\n{}\n\nNext.", picture("a")));
        check_text("He went home.<img src=/a.png>The next day.", &format!("He went home. The next day.\n\n{}", picture("a")));
        check_text("He went home<img src=/a.png>.", &format!("He went home.\n\n{}", picture("a")));
    }

    #[test]
    fn nesting_stops_before_it_hurts() {
        let deep = crate::clean::clean(&"<blockquote>".repeat(90), None);
        assert!(deep.blocks.is_empty());
        let deep = crate::clean::clean(&format!("{}x", "<ul><li>".repeat(45)), None);
        assert!(serde_json::from_str::<crate::domain::document::Document>(&serde_json::to_string(&deep).expect("json")).is_ok());
        assert_eq!(deep.plain_text(), "x\n");
    }
}
