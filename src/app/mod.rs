//! The pure core of the reader: a model, the events that change it, the effects that it asks for.
//! No I/O, no clock, nothing that waits; the same events make the same model.

pub mod command;
pub mod effect;
pub mod event;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod model;
mod plain;
pub mod query;
pub mod update;
pub mod words;
