//! Draws what a terminal shows as an SVG: runs `matins demo` in a pseudo-terminal of a given size, presses keys, prints the picture.
//! `docs/pictures/make` draws all that the pages show. Colours are those of a dark or a light terminal, as the reader of the page has it.

#![expect(clippy::print_stdout, reason = "the picture is what this program prints")]

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::{Context, bail};
use matins::app::key::{Key, KeyCode, sequence};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use vt100::{Cell, Color, Parser, Screen};

/// Silence after which the first screen is whole: longer than the slowest feed of the sample takes.
const SETTLED: Duration = Duration::from_secs(4);
/// Silence after which a key has been answered.
const ANSWERED: Duration = Duration::from_millis(400);
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

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [size, keys @ ..] = arguments.as_slice() else { bail!("say a size and keys, for instance: 120x36 3 j enter") };
    let (cols, rows) = size.split_once('x').context("a size is written like 120x36")?;
    let keys = keys.join(" ");
    let parser = play(cols.parse()?, rows.parse()?, &keys)?;
    println!("{}", svg(parser.screen(), &format!("matins demo, {size}: {keys}")));
    Ok(())
}

/// What the program shows after the keys.
fn play(cols: u16, rows: u16, keys: &str) -> anyhow::Result<Parser> {
    let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 })?;
    let program = std::env::current_exe()?.with_file_name("../matins");
    let mut command = CommandBuilder::new(program);
    command.arg("demo");
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env_remove("NO_COLOR");
    let mut child = pair.slave.spawn_command(command).context("`cargo build` makes the program that is drawn")?;
    drop(pair.slave);
    let (output, mut keyboard) = (listen(pair.master.try_clone_reader()?), pair.master.take_writer()?);
    let one_based = |size| NonZero::new(size).context("a size is at least 1x1");
    let mut parser = Parser::new(one_based(rows)?, one_based(cols)?, 0);
    watch(&output, SETTLED, &mut parser);
    let keys = if keys.is_empty() { Vec::new() } else { sequence(keys).map_err(anyhow::Error::msg)? };
    for key in keys {
        keyboard.write_all(&bytes(key)?)?;
        watch(&output, ANSWERED, &mut parser);
    }
    child.kill()?;
    child.wait()?;
    Ok(parser)
}

/// What the program writes, as it comes.
fn listen(mut output: Box<dyn Read + Send>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = output.read(&mut bytes) {
            if sender.send(bytes[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Shows what comes until there is silence.
fn watch(output: &Receiver<Vec<u8>>, silence: Duration, parser: &mut Parser) {
    while let Ok(bytes) = output.recv_timeout(silence) {
        parser.process(&bytes);
    }
}

/// What a terminal sends for a key.
fn bytes(key: Key) -> anyhow::Result<Vec<u8>> {
    Ok(match key.code {
        KeyCode::Char(c) if key.is_ctrl => vec![u8::try_from(c)? & 0x1f],
        KeyCode::Char(c) => c.to_string().into_bytes(),
        KeyCode::Enter => b"\r".to_vec(),
        KeyCode::Esc => b"\x1b".to_vec(),
        KeyCode::Tab => b"\t".to_vec(),
        KeyCode::BackTab => b"\x1b[Z".to_vec(),
        _ => bail!("`{key}` cannot be pressed here"),
    })
}

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

/// The whole picture.
fn svg(screen: &Screen, title: &str) -> String {
    let (rows, cols) = screen.size();
    let (width, height) = (2 * MARGIN + usize::from(cols.get()) * CELL.0, 2 * MARGIN + usize::from(rows.get()) * CELL.1);
    let body: String = (0..rows.get()).map(|row| line(screen, row, cols.get())).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <title>{}</title>\n<style>\n{}</style>\n\
         <rect class=\"frame\" x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" rx=\"10\"/>\n{body}</svg>",
        escape(title),
        style(&body),
        width - 1,
        height - 1,
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

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
