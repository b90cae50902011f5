//! The words of the trade as data and rules: no I/O, no clock, no async.
//! Whatever needs the present moment or a time zone is given it.

pub mod address;
pub mod article;
pub mod clean_text;
pub mod clock;
pub mod columns;
pub(crate) mod control_sequences;
pub(crate) mod counts;
pub mod cure;
pub mod document;
pub mod edition;
pub(crate) mod entities;
pub mod feed;
pub mod foreign;
pub mod full_text;
pub mod habit;
pub(crate) mod html_names;
pub mod list;
pub mod material;
pub mod nearest;
pub mod numbering;
pub mod plain_text;
pub mod schedule;
pub mod secret;
pub mod section;
pub mod setting;
pub mod settings;
pub mod status;
pub mod summary;
pub mod teaser;
pub mod theme;
pub mod time_words;
pub(crate) mod tracking;
pub mod wording;
pub(crate) mod words;
pub mod wrap;
