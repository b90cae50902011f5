//! Opening the reader: on one's paper, or on the sample edition.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use jiff::tz::TimeZone;

use super::context::{absent_folder, settings};
use super::{Exit, Places, terminal};
use crate::app::model::{Notice, Opening};
use crate::config::{self, Config};
use crate::demo::DemoServer;
use crate::domain::clock::Clock;
use crate::domain::settings::{FetchSettings, Glyphs, Settings};
use crate::fetch::Fetcher;
use crate::refresh::Refresher;
use crate::runtime::links::Links;
use crate::runtime::{self, Desktop, Ending, LateRefresher, Session};
use crate::store::{FILE_NAME, Store, StoreError};

/// Columns and rows when the terminal does not say.
const USUAL_SIZE: (u16, u16) = (80, 24);

/// Opens the reader; from there the sample edition may be asked for.
pub(super) fn run(places: &Places) -> anyhow::Result<Exit> {
    runtime::check_terminal(terminal::variable("TERM").as_deref())?;
    let (paths, config) = settings(places)?;
    let store = super::open_store(&paths)?;
    match told(run_to_end(read(&store, config, false, absent_folder(places))), store.path().parent())? {
        Ending::Left => Ok(Exit::Done),
        Ending::Unsaved(why) => bail!("the last change of status was not saved: {why}"),
        Ending::Sample => demo(),
    }
}

/// Opens the reader on the sample edition, in a store that is thrown away.
pub(super) fn demo() -> anyhow::Result<Exit> {
    runtime::check_terminal(terminal::variable("TERM").as_deref())?;
    let folder = ThrowAway::new()?;
    let store = Store::open(&folder.0.join(FILE_NAME)).context("could not make a store for the sample edition")?;
    let ending = run_to_end(async {
        let server = DemoServer::start(runtime::system_clock()).await.context("could not serve the sample edition on loopback")?;
        let config = config::parse(None, Some(("the sample edition", &server.feeds_toml())));
        read(&store, config, true, None).await
    });
    told(ending, Some(&std::env::temp_dir())).map(|_| Exit::Done)
}

/// A runtime of two threads: fetching waits, it does not compute.
pub(super) fn async_runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().context("could not start")
}

/// Runs the reader; a feed that is being read when it is left does not hold up the shell's prompt.
fn run_to_end(work: impl Future<Output = anyhow::Result<Ending>>) -> anyhow::Result<Ending> {
    let runtime = async_runtime()?;
    let ending = runtime.block_on(work);
    runtime.shutdown_background();
    ending
}

/// Says where the report of what broke stands, if anything did: the screen, or something behind it.
fn told(ending: anyhow::Result<Ending>, folder: Option<&Path>) -> anyhow::Result<Ending> {
    let report = folder.and_then(|folder| runtime::report_panics(folder, &runtime::system_clock()));
    let Some(report) = report else { return ending };
    let advice = format!("{} says what happened; please report it", config::printable(&report));
    if ending.is_ok() {
        super::output::warn(&format!("something broke behind the screen, by a mistake in matins itself; {advice}"));
    }
    ending.map_err(|error| anyhow::anyhow!("{error:#}; {advice}"))
}

async fn read(store: &Store, config: Config, is_sample: bool, absent: Option<String>) -> anyhow::Result<Ending> {
    let clock = runtime::system_clock();
    let refresher = late_refresher(store, config.settings.fetch.clone(), clock.clone());
    let is_ascii = is_ascii(&config.settings);
    let begun_anew = store.begun_anew().map(|told| Notice::failure([told.to_string()]));
    let absent = absent.map(|told| Notice::failure([told, "no folder of settings, see `matins config init`".into()]));
    let notice = begun_anew.or_else(|| mistakes(&config)).or(absent);
    let opening = Opening { is_sample, notice, ..opening(config, is_ascii, &clock) };
    let links = Links { front: store.front(), refresher, paper: Arc::new(opening.paper.clone()), clock, is_ascii };
    Ok(runtime::run(Session { opening, links, desktop: desktop() }).await?)
}

fn late_refresher(store: &Store, settings: FetchSettings, clock: Clock) -> LateRefresher {
    let back = store.back();
    let unwritable = store.is_read_only().then(|| StoreError::ReadOnly { path: store.path().into() }.to_string());
    LateRefresher::new(move || match Fetcher::new(&settings) {
        _ if unwritable.is_some() => Err(unwritable.unwrap_or_default()),
        Ok(fetcher) => Ok(Refresher::new(fetcher, back, settings, clock, runtime::secrets::reveal(), runtime::step_back)),
        Err(error) => Err(format!("nothing can be fetched: {error}")),
    })
}

fn opening(config: Config, is_ascii: bool, clock: &Clock) -> Opening {
    let (width, height) = runtime::size().unwrap_or(USUAL_SIZE);
    let name =
        if terminal::variable("NO_COLOR").is_some_and(|value| !value.is_empty()) { "mono" } else { config.settings.screen.theme.as_str() };
    let theme = config::theme(name).unwrap_or_default();
    let mut settings = config.settings;
    // the console of Linux draws what it does not know
    settings.screen.has_hyperlinks &= terminal::variable("TERM").as_deref() != Some("linux");
    Opening {
        width,
        height,
        now: clock.now(),
        zone: TimeZone::system(),
        settings,
        paper: config.paper,
        theme,
        is_ascii,
        is_sample: false,
        notice: None,
    }
}

/// What this machine can open an address with, and where it can copy to.
fn desktop() -> Desktop {
    let is_set = |name: &str| terminal::variable(name).is_some_and(|value| !value.is_empty());
    Desktop {
        browser: terminal::variable("BROWSER").filter(|value| !value.trim().is_empty()),
        has_wayland: is_set("WAYLAND_DISPLAY"),
        has_x11: is_set("DISPLAY"),
        is_remote: is_set("SSH_CONNECTION") || is_set("SSH_TTY"),
        is_tmux: is_set("TMUX"),
        path: terminal::variable("PATH").unwrap_or_default(),
    }
}

/// One line about what is wrong in the settings.
fn mistakes(config: &Config) -> Option<Notice> {
    let first = config.problems.first()?.to_string();
    let check = "`matins config check`";
    Some(match config.problems.len() {
        1 => Notice::failure([first, format!("a mistake in the settings, {check} names it"), format!("see {check}")]),
        count => Notice::failure([
            format!("{count} mistakes in the settings, {check} names them all; the first: {first}"),
            format!("{count} mistakes in the settings, {check} names them all"),
            format!("{count} mistakes, see {check}"),
        ]),
    })
}

/// Whether to draw without UTF-8: by the settings, else by the locale.
fn is_ascii(settings: &Settings) -> bool {
    match settings.screen.glyphs {
        Glyphs::Unicode => false,
        Glyphs::Ascii => true,
        Glyphs::Auto => !terminal::has_utf8(),
    }
}

/// A folder that is removed when the sample edition is left.
struct ThrowAway(std::path::PathBuf);

impl ThrowAway {
    fn new() -> anyhow::Result<ThrowAway> {
        let name = format!("matins-sample-{}-{}", std::process::id(), runtime::system_clock().now().as_nanosecond());
        let path = std::env::temp_dir().join(name);
        let advice = || format!("could not make {}; set TMPDIR to a folder that can be written", path.display());
        std::fs::create_dir(&path).with_context(advice)?;
        Ok(ThrowAway(path))
    }
}

impl Drop for ThrowAway {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
