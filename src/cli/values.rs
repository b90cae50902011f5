//! How values of arguments are read, and what is said of those that cannot be.

use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{OsStringValueParser, TypedValueParser};

use crate::domain::article::ArticleId;
use crate::domain::list::LIST_LIMIT;

/// Columns of set text.
const WIDTHS: RangeInclusive<usize> = 1..=1000;

/// How an article or an edition is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Markdown,
    Html,
    Json,
}

/// A folder. An empty one is taken, and means that none was given: so scripts can pass on variables that are not set.
pub(super) fn folder() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(|text: OsString| PathBuf::from(text))
}

pub(super) fn width(text: &str) -> Result<usize, String> {
    number(text, WIDTHS, "columns")
}

pub(super) fn limit(text: &str) -> Result<usize, String> {
    number(text, 1..=LIST_LIMIT, "articles")
}

pub(super) fn article(text: &str) -> Result<ArticleId, String> {
    text.parse().map_err(|_| "an article is named by its number, which `matins list` prints first on its line".to_string())
}

fn number(text: &str, range: RangeInclusive<usize>, unit: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| format!("give a number of {unit} from {} to {}", range.start(), range.end()))
}
