//! The pure view: a model in, a picture out. It changes nothing and reads nothing else.

mod bottom;
mod glyphs;
mod health;
mod links;
mod list;
mod masthead;
mod pen;
mod sheet;
mod tabs;
mod text;

use ratatui::buffer::Buffer;

use crate::app::model::Model;
pub use pen::Hyperlink;
use pen::Pen;

/// Draws the whole screen; the buffer's area is the screen. Gives the links that stand on it.
pub fn view(model: &Model, buffer: &mut Buffer) -> Vec<Hyperlink> {
    let layout = model.layout();
    let mut pen = Pen::new(buffer, &model.theme, model.is_ascii);
    pen.clear();
    masthead::draw(model, layout.masthead, &mut pen);
    tabs::draw(model, &layout, &mut pen);
    list::draw(model, &layout, &mut pen);
    text::draw(model, &layout, &mut pen);
    bottom::draw_footer(model, &layout, &mut pen);
    bottom::draw(model, &layout, &mut pen);
    sheet::draw(model, &mut pen);
    if model.sheet.is_some() && model.notice.is_some() {
        bottom::draw(model, &layout, &mut pen);
    }
    if model.sheet.is_none() && model.screen.has_hyperlinks { pen.into_links() } else { Vec::new() }
}
