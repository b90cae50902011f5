//! *matins*: the morning news in a terminal. `ARCHITECTURE.md` is the map.

pub mod app;
pub mod assets;
pub mod briefing;
pub mod clean;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod exchange;
pub mod fetch;
pub mod refresh;
pub mod runtime;
pub mod sources;
pub mod store;
pub mod typeset;
pub mod ui;
