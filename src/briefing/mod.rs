//! The edition of a morning out of the articles of a paper: which stories there are, which of them matter, what is said of each.
//! Pure functions: nothing here reads a store or a clock, and nothing here writes a sentence that is not in its source.

mod gather;
mod language;
mod languages;
mod length;
mod make;
mod news;
mod notes;
mod offer;
mod rank;
mod reasons;
mod section;
mod sentences;
mod sources;
pub mod stories;
pub mod summary;

pub use make::{Making, make};

#[cfg(test)]
mod tests;
