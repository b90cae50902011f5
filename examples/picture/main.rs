//! Draws what a terminal shows as an SVG: `picture 120x36 3 j enter` what `matins demo` shows after these keys, and
//! `picture beside 64x30 BODY.html` an article's HTML in matins and in other programs, side by side.
//! `docs/pictures/make` draws all that the pages show.

#![expect(clippy::print_stdout, reason = "the picture is what this program prints")]

mod svg;
mod terminal;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use portable_pty::CommandBuilder;
use terminal::{Size, play, shown};
use vt100::Screen;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let picture = match arguments.as_slice() {
        [beside, size, body] if beside == "beside" => beside_others(read_size(size)?, Path::new(body))?,
        [size, keys @ ..] => demo(size, &keys.join(" "))?,
        [] => bail!("say a size and keys, for instance: 120x36 3 j enter"),
    };
    println!("{picture}");
    Ok(())
}

fn demo(size: &str, keys: &str) -> anyhow::Result<String> {
    let mut command = matins()?;
    command.arg("demo");
    let screen = play(read_size(size)?, command, keys)?;
    Ok(svg::screen(&screen, &format!("matins demo, {size}: {keys}")))
}

fn read_size(size: &str) -> anyhow::Result<Size> {
    let (cols, rows) = size.split_once('x').context("a size is written like 120x36")?;
    Ok((cols.parse()?, rows.parse()?))
}

fn matins() -> anyhow::Result<CommandBuilder> {
    Ok(CommandBuilder::new(std::env::current_exe()?.with_file_name("../matins")))
}

/// The same article in matins, newsboat, w3m and html2text.
fn beside_others(size: Size, body: &Path) -> anyhow::Result<String> {
    let name = body.file_stem().context("a body is a file")?.to_string_lossy().into_owned();
    // one program shows where the feed is
    let folder = tempfile::Builder::new().prefix("paper").rand_bytes(0).tempdir()?;
    let feed = feed(&fs::read_to_string(body)?, &name, folder.path())?;
    let screens = [
        ("matins", in_matins(size, &feed, folder.path())?),
        ("newsboat", in_newsboat(size, &feed, folder.path())?),
        ("w3m", in_w3m(size, body)?),
        ("html2text", in_html2text(size, body)?),
    ];
    Ok(svg::beside(&screens, &format!("{name} in matins, newsboat, w3m and html2text")))
}

/// A feed of one article.
fn feed(html: &str, title: &str, folder: &Path) -> anyhow::Result<PathBuf> {
    let path = folder.join("feed.xml");
    let html = html.replace("]]>", "]]&gt;");
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>The Paper</title><link>https://paper.example/</link>\
         <item><title>{title}</title><link>https://paper.example/{title}</link><guid>{title}</guid><pubDate>Sun, 22 Nov 2026 06:00:00 GMT</pubDate>\
         <description><![CDATA[{html}]]></description></item></channel></rss>"
    );
    fs::write(&path, text)?;
    Ok(path)
}

fn in_matins(size: Size, feed: &Path, folder: &Path) -> anyhow::Result<Screen> {
    let (config, data) = (folder.join("config"), folder.join("data"));
    fs::create_dir_all(&config)?;
    fs::write(
        config.join("feeds.toml"),
        format!("[[section]]\nname = \"Paper\"\nwindow = \"3650d\"\nfeeds = [\"file://{}\"]\n", feed.display()),
    )?;
    let mut command = matins()?;
    command.arg("--config");
    command.arg(config);
    command.arg("--data");
    command.arg(data);
    play(size, command, "2 . enter")
}

fn in_newsboat(size: Size, feed: &Path, folder: &Path) -> anyhow::Result<Screen> {
    let (urls, settings, cache) = (folder.join("urls"), folder.join("newsboat"), folder.join("cache"));
    fs::write(&urls, format!("file://{}\n", feed.display()))?;
    fs::write(&settings, "")?;
    let mut command = CommandBuilder::new("newsboat");
    for (option, file) in [("-u", urls), ("-C", settings), ("-c", cache)] {
        command.arg(option);
        command.arg(file);
    }
    command.arg("-r");
    play(size, command, "enter enter")
}

fn in_w3m(size: Size, body: &Path) -> anyhow::Result<Screen> {
    let mut command = CommandBuilder::new("w3m");
    for argument in ["-T", "text/html", "-I", "UTF-8"] {
        command.arg(argument);
    }
    command.arg(fs::canonicalize(body)?);
    play(size, command, "")
}

fn in_html2text(size: Size, body: &Path) -> anyhow::Result<Screen> {
    let text = html2text::from_read(fs::read(body)?.as_slice(), usize::from(size.0))?;
    shown(size, &text)
}
