//! A document as Markdown and as HTML. Its JSON form is its own, its plain text is `Document::plain_text`,
//! its set text is typesetting's.

mod as_html;
mod as_markdown;

pub use as_html::html;
pub use as_markdown::markdown;
