//! The screen of a terminal as an SVG. Colours are those of a dark or a light terminal, as the reader of the page has it.

use std::fmt::Write as _;

use vt100::{Cell, Color, Screen};

/// One cell of the grid and the letters in it, in pixels; a letter is three fifths as wide as high.
const CELL: (usize, usize) = (9, 20);
const LETTER: usize = 15;
/// From the top of a cell to the line that letters stand on.
const BASELINE: usize = 15;
/// Free space around the grid.
const MARGIN: usize = 16;

/// Ink, paper, frame and the sixteen colours of a terminal.
struct Palette {
    ink: &'static str,
    paper: &'static str,
    frame: &'static str,
    colours: [&'static str; 16],
}

const LIGHT: Palette = Palette {
    ink: "#25282d",
    paper: "#fcfbf8",
    frame: "#dcd8cf",
    colours: [
        "#25282d", "#b3261e", "#2f6b2f", "#7a5b00", "#1f568c", "#8a3a91", "#1b6a73", "#b9b5ac", "#6c6860", "#c7372e", "#3d803d", "#8f6b00",
        "#2f6aa6", "#a04aa8", "#247d88", "#fcfbf8",
    ],
};

const DARK: Palette = Palette {
    ink: "#d4d7dc",
    paper: "#16181c",
    frame: "#30343b",
    colours: [
        "#16181c", "#f08a82", "#9ccb8f", "#e0c07c", "#8cb8ea", "#d9a0e0", "#86cdd2", "#c9ccd1", "#747a84", "#f5a19a", "#b0daa4", "#ecd195",
        "#a5caf2", "#e5b7ea", "#9edcdf", "#f3f4f6",
    ],
};

/// How a run of cells is drawn: two colours, each a class of the style sheet or `#rrggbb`, and further classes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Look {
    ink: String,
    paper: Option<String>,
    classes: String,
}

impl Look {
    fn of(cell: &Cell) -> Look {
        let (mut ink, mut paper) = (colour(cell.fgcolor()), colour(cell.bgcolor()));
        if cell.inverse() {
            (ink, paper) = (paper.or(Some("paper".into())), ink.or(Some("ink".into())));
        }
        let marks = [(cell.bold(), " bold"), (cell.dim(), " dim"), (cell.italic(), " italic"), (cell.underline(), " under")];
        let classes = marks.iter().filter(|(is_so, _)| *is_so).map(|(_, class)| *class).collect();
        Look { ink: ink.unwrap_or_else(|| "ink".into()), paper, classes }
    }
}

/// The name of a colour; none for the terminal's own. Of the 256 only the first sixteen are known.
fn colour(colour: Color) -> Option<String> {
    match colour {
        Color::Idx(number @ 0..16) => Some(format!("c{number}")),
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        Color::Idx(_) | Color::Default => None,
    }
}

/// The attributes of something in a colour.
fn paint(colour: &str, classes: &str) -> String {
    match colour.starts_with('#') {
        true => format!("class=\"{}\" fill=\"{colour}\"", classes.trim_start()),
        false => format!("class=\"{colour}{classes}\""),
    }
}

/// The picture of a screen.
pub fn screen(screen: &Screen, title: &str) -> String {
    let (rows, cols) = screen.size();
    let (width, height) = (2 * MARGIN + usize::from(cols.get()) * CELL.0, 2 * MARGIN + usize::from(rows.get()) * CELL.1);
    document(&panel(screen, rows.get(), (width, height)), (width, height), title)
}

/// The picture of screens of one size side by side, two in a row, each under its name; empty rows that all have at the end are left out.
pub fn beside(screens: &[(&str, Screen)], title: &str) -> String {
    let used = |screen: &Screen| (0..screen.size().0.get()).rev().find(|row| !is_empty(screen, *row)).map_or(1, |row| row + 1);
    let cols = screens.iter().map(|(_, screen)| usize::from(screen.size().1.get())).max().unwrap_or(1);
    let width = 2 * MARGIN + cols * CELL.0;
    let (mut body, mut top) = (String::new(), 0);
    for pair in screens.chunks(2) {
        let rows = pair.iter().map(|(_, screen)| used(screen)).max().unwrap_or(1);
        let height = 2 * MARGIN + usize::from(rows) * CELL.1;
        for (at, (name, screen)) in pair.iter().enumerate() {
            let (left, down) = (at * (width + MARGIN), top + CELL.1 + MARGIN / 2);
            let _ = writeln!(body, "<text class=\"ink bold\" x=\"{}\" y=\"{}\">{}</text>", left + MARGIN, top + BASELINE, escape(name));
            let _ = writeln!(body, "<g transform=\"translate({left} {down})\">\n{}</g>", panel(screen, rows, (width, height)));
        }
        top += CELL.1 + MARGIN / 2 + height + MARGIN;
    }
    document(&body, (2 * width + MARGIN, top), title)
}

fn is_empty(screen: &Screen, row: u16) -> bool {
    line(screen, row, screen.size().1.get()).is_empty()
}

/// A frame of so many pixels with the first rows of a screen in it.
fn panel(screen: &Screen, rows: u16, (width, height): (usize, usize)) -> String {
    let body: String = (0..rows.min(screen.size().0.get())).map(|row| line(screen, row, screen.size().1.get())).collect();
    format!("<rect class=\"frame\" x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" rx=\"10\"/>\n{body}", width - 1, height - 1)
}

fn document(body: &str, (width, height): (usize, usize), title: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <title>{}</title>\n<style>\n{}</style>\n{body}</svg>",
        escape(title),
        style(body),
    )
}

/// The style sheet, with the colours that the picture uses.
fn style(body: &str) -> String {
    let colours = |palette: &Palette| {
        let of = |name: &str, colour: &str| {
            if body.contains(&format!("\"{name}")) { format!(".{name}{{fill:{colour}}}") } else { String::new() }
        };
        let sixteen: String = palette.colours.iter().enumerate().map(|(number, colour)| of(&format!("c{number}"), colour)).collect();
        let paper = of("paper", palette.paper);
        format!(".frame{{fill:{};stroke:{}}}.ink{{fill:{}}}{paper}{sixteen}", palette.paper, palette.frame, palette.ink)
    };
    format!(
        "text{{font:{LETTER}px ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",\"Liberation Mono\",monospace;white-space:pre}}\n\
         .bold{{font-weight:bold}}.dim{{opacity:.62}}.italic{{font-style:italic}}.under{{text-decoration:underline}}.wide{{text-anchor:middle}}\n\
         {}\n@media(prefers-color-scheme:dark){{{}}}\n",
        colours(&LIGHT),
        colours(&DARK)
    )
}

/// One row of cells as runs of one look.
fn line(screen: &Screen, row: u16, cols: u16) -> String {
    let cells: Vec<(u16, &Cell)> =
        (0..cols).filter_map(|col| Some((col, screen.cell(row, col)?))).filter(|(_, cell)| !cell.is_wide_continuation()).collect();
    let runs = cells.chunk_by(|(_, left), (_, right)| joins(left, right));
    runs.map(|run| draw(run, row)).collect()
}

/// Whether two neighbours are drawn as one.
fn joins(left: &Cell, right: &Cell) -> bool {
    let is_alone = |cell: &Cell| cell.is_wide() || shape(cell.contents()).is_some();
    let is_level = |cell: &Cell| cell.contents() == "─";
    Look::of(left) == Look::of(right) && (is_level(left) && is_level(right) || !is_alone(left) && !is_alone(right))
}

/// Signs that fill their cell are drawn, since letters of two lines need not touch: x, y, width, height; a width of 0 is that of the run.
fn shape(sign: &str) -> Option<(usize, usize, usize, usize)> {
    match sign {
        "─" => Some((0, CELL.1 / 2, 0, 1)),
        "│" => Some((CELL.0 / 2, 0, 1, CELL.1)),
        "▌" => Some((0, 0, CELL.0 / 2 - 1, CELL.1)),
        "▐" => Some((CELL.0 / 2 + 1, 0, CELL.0 / 2, CELL.1)),
        _ => None,
    }
}

/// One run: its paper, then its letters without the spaces around them.
fn draw(run: &[(u16, &Cell)], row: u16) -> String {
    let Some((first, cell)) = run.first() else { return String::new() };
    let look = Look::of(cell);
    let columns: usize = run.iter().map(|(_, cell)| if cell.is_wide() { 2 } else { 1 }).sum();
    let (left, top) = (MARGIN + usize::from(*first) * CELL.0, MARGIN + usize::from(row) * CELL.1);
    let mut out = String::new();
    if let Some(paper) = &look.paper {
        let _ = writeln!(out, "<rect {} x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\"/>", paint(paper, ""), columns * CELL.0, CELL.1);
    }
    let wide = if cell.is_wide() { " wide" } else { "" };
    let paint = paint(&look.ink, &format!("{}{wide}", look.classes));
    if let Some((x, y, width, height)) = shape(cell.contents()) {
        let width = if width == 0 { columns * CELL.0 } else { width };
        let _ = writeln!(out, "<rect {paint} x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\"/>", left + x, top + y);
        return out;
    }
    if cell.is_wide() {
        let (x, y) = (left + CELL.0, top + BASELINE);
        let _ = writeln!(out, "<text {paint} x=\"{x}\" y=\"{y}\">{}</text>", escape(cell.contents()));
        return out;
    }
    let text: Vec<&str> = run.iter().map(|(_, cell)| if cell.has_contents() { cell.contents() } else { " " }).collect();
    out + &words(&text, &paint, left, top + BASELINE)
}

/// Letters of one look, in a piece for each stretch without two spaces, every piece as wide as its cells in any font.
fn words(text: &[&str], paint: &str, left: usize, y: usize) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < text.len() {
        let is_gap = |index: usize| text[index] == " " && text.get(index + 1).is_none_or(|next| *next == " ");
        let end = (at..text.len()).find(|index| is_gap(*index)).unwrap_or(text.len());
        let start = (at..end).find(|index| text[*index] != " ").unwrap_or(end);
        if start < end {
            let (x, width) = (left + start * CELL.0, (end - start) * CELL.0);
            let length = if end - start > 1 { format!(" textLength=\"{width}\"") } else { String::new() };
            let _ = writeln!(out, "<text {paint} x=\"{x}\" y=\"{y}\"{length}>{}</text>", escape(&text[start..end].concat()));
        }
        at = end + 1;
    }
    out
}

/// Characters that turn a text around, as some programs write them, stand as numbers in the file.
fn escape(text: &str) -> String {
    let is_unseen = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let escaped = |c: char| match c {
        '&' => "&amp;".to_string(),
        '<' => "&lt;".to_string(),
        '>' => "&gt;".to_string(),
        c if is_unseen(c) => format!("&#x{:x};", u32::from(c)),
        c => c.to_string(),
    };
    text.chars().map(escaped).collect()
}
