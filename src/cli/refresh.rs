//! `matins refresh`: fetches what is due, once.

use std::io::{IsTerminal, Write};
use std::sync::Arc;

use super::{Context, Exit, UsageError};
use crate::domain::section::Section;
use crate::fetch::Fetcher;
use crate::refresh::{Plan, Progress, Refresher, Summary};
use crate::runtime;

/// Fetch what is due, once
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Only the feeds of this section
    #[arg(long, value_name = "NAME")]
    section: Option<String>,
    /// Only this feed of the paper
    #[arg(long, value_name = "URL")]
    feed: Option<String>,
    /// Also feeds that are not due yet
    #[arg(long)]
    force: bool,
    /// Print what came of it as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Exit> {
    let sections = chosen(arguments, context)?;
    let plan = Plan { sections, only_feed: arguments.feed.clone(), is_forced: arguments.force, is_insisting: arguments.force };
    let summary = refresh(context, plan)?;
    let mut out = std::io::stdout().lock();
    if arguments.json {
        let failed: Vec<_> = summary.failed.iter().map(|(url, error)| serde_json::json!({"url": url, "error": error})).collect();
        writeln!(out, "{}", serde_json::json!({"asked": summary.asked, "ok": summary.ok, "new": summary.new, "failed": failed}))?;
    } else {
        writeln!(out, "{} feeds asked, {} answered, {} new articles", summary.asked, summary.ok, summary.new)?;
    }
    Ok(super::exit_of(&summary))
}

/// Asks feeds now and names those that failed on stderr.
pub(super) fn refresh(context: &Context, plan: Plan) -> anyhow::Result<Summary> {
    let store = context.store()?;
    let fetcher = Fetcher::new(&context.config.settings.fetch)?;
    let settings = context.config.settings.fetch.clone();
    let refresher =
        Arc::new(Refresher::new(fetcher, store.back(), settings, runtime::system_clock()).revealing(runtime::secrets::reveal()));
    let summary = super::reader::async_runtime()?.block_on(async {
        let (report, mut progress) = tokio::sync::mpsc::unbounded_channel();
        let shown = async {
            let mut bar = Bar::default();
            while let Some(step) = progress.recv().await {
                bar.take(&step);
            }
            bar.clear();
        };
        tokio::join!(refresher.refresh(plan, report), shown).0
    });
    for (url, error) in &summary.failed {
        super::warn(&format!("{url}: {error}"));
    }
    Ok(summary)
}

fn chosen(arguments: &Arguments, context: &Context) -> anyhow::Result<Vec<Section>> {
    let paper = &context.config.paper;
    if let Some(url) = arguments.feed.as_ref().filter(|url| !paper.feeds().iter().any(|feed| feed.url == **url)) {
        return Err(UsageError(format!("{url} is not a feed of the paper; `matins feeds` lists them")).into());
    }
    match &arguments.section {
        Some(name) => Ok(vec![context.section(name)?.clone()]),
        None => Ok(paper.sections.clone()),
    }
}

/// A line on stderr that is written over, where stderr is a terminal.
#[derive(Default)]
struct Bar {
    planned: usize,
    finished: usize,
    failed: usize,
}

impl Bar {
    fn take(&mut self, step: &Progress) {
        match step {
            Progress::Planned { urls } => self.planned += urls.len(),
            Progress::Started { .. } => {}
            Progress::Finished { outcome, .. } => {
                self.finished += 1;
                self.failed += usize::from(matches!(outcome, crate::refresh::Outcome::Failed { .. }));
            }
        }
        let failed = if self.failed > 0 { format!(", {} failed", self.failed) } else { String::new() };
        Bar::write(&format!("\r\x1b[Krefreshing {}/{}{failed}", self.finished, self.planned));
    }

    fn clear(&self) {
        Bar::write("\r\x1b[K");
    }

    fn write(text: &str) {
        let mut error = std::io::stderr().lock();
        if error.is_terminal() {
            let _ = error.write_all(text.as_bytes()).and_then(|()| error.flush());
        }
    }
}
