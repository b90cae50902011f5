//! Every setting of `settings.toml` but the keys: its name, what it may be, the field that it sets. One row each.
//! Defaults are not here: the shipped file has them.

use std::ops::RangeInclusive;

use jiff::SignedDuration;
use toml::de::DeValue;

use super::value;
use crate::domain::settings::{Glyphs, Settings};

/// Bytes of the MB in which sizes are set.
const MEGABYTE: usize = 1_000_000;
const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const MONTH: SignedDuration = SignedDuration::from_hours(24 * 30);

/// One setting.
pub(super) struct Row {
    pub section: &'static str,
    pub key: &'static str,
    pub kind: Kind,
}

/// What a setting may be, and its field.
pub(super) enum Kind {
    Truth(fn(&mut Settings) -> &mut bool),
    Number(RangeInclusive<usize>, fn(&mut Settings) -> &mut usize),
    /// A number of MB, kept as bytes.
    Size(RangeInclusive<usize>, fn(&mut Settings) -> &mut usize),
    Time(RangeInclusive<SignedDuration>, fn(&mut Settings) -> &mut SignedDuration),
    Header(fn(&mut Settings) -> &mut String),
    Proxy(fn(&mut Settings) -> &mut String),
    Theme(fn(&mut Settings) -> &mut String),
    Glyphs(fn(&mut Settings) -> &mut Glyphs),
}

/// All of them, in the order of the shipped file.
pub(super) const ROWS: &[Row] = &[
    row("screen", "theme", Kind::Theme(|s| &mut s.screen.theme)),
    row("screen", "glyphs", Kind::Glyphs(|s| &mut s.screen.glyphs)),
    row("screen", "measure", Kind::Number(20..=200, |s| &mut s.screen.measure)),
    row("screen", "headline_lines", Kind::Number(1..=3, |s| &mut s.screen.headline_lines)),
    row("screen", "refresh_at_start", Kind::Truth(|s| &mut s.screen.is_refreshing_at_start)),
    row("screen", "synchronized_output", Kind::Truth(|s| &mut s.screen.is_synchronized)),
    row("screen", "hyperlinks", Kind::Truth(|s| &mut s.screen.has_hyperlinks)),
    row("fetch", "interval", Kind::Time(MINUTE..=MONTH, |s| &mut s.fetch.interval)),
    row("fetch", "connect_timeout", Kind::Time(SECOND..=SignedDuration::from_mins(5), |s| &mut s.fetch.connect_timeout)),
    row("fetch", "total_timeout", Kind::Time(SECOND..=SignedDuration::from_mins(30), |s| &mut s.fetch.total_timeout)),
    row("fetch", "at_once", Kind::Number(1..=512, |s| &mut s.fetch.at_once)),
    row("fetch", "at_once_per_host", Kind::Number(1..=16, |s| &mut s.fetch.at_once_per_host)),
    row("fetch", "pause_per_host", Kind::Time(SignedDuration::ZERO..=MINUTE, |s| &mut s.fetch.pause_per_host)),
    row("fetch", "proxy", Kind::Proxy(|s| &mut s.fetch.proxy)),
    row("fetch", "max_body_mb", Kind::Size(1..=64, |s| &mut s.fetch.max_body_bytes)),
    row("fetch", "max_redirects", Kind::Number(0..=20, |s| &mut s.fetch.max_redirects)),
    row("fetch", "user_agent", Kind::Header(|s| &mut s.fetch.user_agent)),
    row("fetch", "prefetch_mb", Kind::Size(0..=1000, |s| &mut s.fetch.prefetch_bytes)),
];

/// The names of [`Glyphs`] in the file.
const GLYPHS: [(&str, Glyphs); 3] = [("auto", Glyphs::Auto), ("unicode", Glyphs::Unicode), ("ascii", Glyphs::Ascii)];

const fn row(section: &'static str, key: &'static str, kind: Kind) -> Row {
    Row { section, key, kind }
}

impl Row {
    /// Sets the field, or says what is wrong, as the end of a sentence that begins with the key.
    pub fn set(&self, settings: &mut Settings, given: &DeValue) -> Result<(), String> {
        match &self.kind {
            Kind::Truth(field) => *field(settings) = value::truth(given)?,
            Kind::Number(range, field) => *field(settings) = value::number(given, range)?,
            Kind::Size(range, field) => *field(settings) = value::number(given, range)? * MEGABYTE,
            Kind::Time(range, field) => *field(settings) = value::time(given, range)?,
            Kind::Header(field) => *field(settings) = value::header(given)?,
            Kind::Proxy(field) => *field(settings) = value::proxy(given)?,
            Kind::Theme(field) => *field(settings) = value::choice(given, &super::theme_names())?.to_string(),
            Kind::Glyphs(field) => {
                let name = value::choice(given, &GLYPHS.map(|(name, _)| name))?;
                *field(settings) = GLYPHS.into_iter().find(|(its, _)| *its == name).map_or(Glyphs::Auto, |(_, glyphs)| glyphs);
            }
        }
        Ok(())
    }

    /// The field's value as it would stand in the file.
    pub fn show(&self, settings: &Settings) -> toml_edit::Value {
        let mut settings = settings.clone();
        match &self.kind {
            Kind::Truth(field) => (*field(&mut settings)).into(),
            Kind::Number(_, field) => whole(*field(&mut settings)),
            Kind::Size(_, field) => whole(*field(&mut settings) / MEGABYTE),
            Kind::Time(_, field) => String::from(crate::domain::section::Span(*field(&mut settings))).into(),
            Kind::Header(field) | Kind::Proxy(field) | Kind::Theme(field) => field(&mut settings).clone().into(),
            Kind::Glyphs(field) => {
                let glyphs = *field(&mut settings);
                GLYPHS.into_iter().find(|(_, its)| *its == glyphs).map_or("auto", |(name, _)| name).into()
            }
        }
    }
}

/// A count as TOML has them.
pub(super) fn whole(number: usize) -> toml_edit::Value {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}
