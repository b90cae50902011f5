//! What most commands need: the settings, with their mistakes told, and the store.

use super::{Places, UsageError, open_store};
use crate::config::{self, Config, Paths};
use crate::domain::section::Section;
use crate::store::Store;

/// Settings read, store not yet opened.
pub(super) struct Context {
    pub paths: Paths,
    pub config: Config,
}

impl Context {
    /// Reads the settings; what is wrong in them is told on stderr and what is right is in force.
    pub fn open(places: &Places) -> anyhow::Result<Context> {
        let paths = Paths::find(places.config.clone(), places.data.clone()).map_err(super::usage)?;
        let config = config::load(&paths);
        for problem in &config.problems {
            super::warn(&problem.to_string());
        }
        Ok(Context { paths, config })
    }

    pub fn store(&self) -> anyhow::Result<Store> {
        open_store(&self.paths)
    }

    /// The section of that name.
    pub fn section(&self, name: &str) -> anyhow::Result<&Section> {
        let names = || self.config.paper.sections.iter().map(|section| section.name.as_str()).collect::<Vec<_>>().join(", ");
        self.config.paper.section(name).ok_or_else(|| UsageError(format!("there is no section `{name}`; there are {}", names())).into())
    }
}
