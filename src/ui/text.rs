//! The reading pane: lines that were set long before, drawn in their roles.

use ratatui::style::{Modifier, Style};

use super::pen::Pen;
use crate::app::layout::Layout;
use crate::app::model::Model;
use crate::domain::setting::{Piece, Role};
use crate::domain::theme::ThemeRole;

pub fn draw(model: &Model, layout: &Layout, pen: &mut Pen<'_>) {
    let area = layout.text;
    let Some(text) = model.text.shown().filter(|_| !area.is_empty()) else { return };
    let x = area.x + layout.margin;
    let room = area.width.saturating_sub(layout.margin);
    for (y, index) in (area.y..area.y + area.height).zip(model.text.offset()..) {
        let Some(line) = text.line(index) else { break };
        let mut used = 0;
        for piece in &line.pieces {
            let style = style(piece, pen);
            used += pen.write_styled(x + used, y, room.saturating_sub(used), &piece.text, style);
        }
    }
}

/// The style of a piece: its role's, and what the author emphasised.
fn style(piece: &Piece, pen: &Pen<'_>) -> Style {
    let role = match piece.role {
        Role::Text => ThemeRole::Text,
        Role::Heading => ThemeRole::Heading,
        Role::Quote => ThemeRole::Quote,
        Role::Code => ThemeRole::Code,
        Role::Caption => ThemeRole::Caption,
        Role::Mark => ThemeRole::Mark,
        Role::Link => ThemeRole::Link,
    };
    let emphasis = [(piece.is_bold, Modifier::BOLD), (piece.is_italic, Modifier::ITALIC), (piece.is_struck, Modifier::CROSSED_OUT)];
    emphasis.into_iter().filter(|(is_set, _)| *is_set).fold(pen.style(role), |style, (_, modifier)| style.add_modifier(modifier))
}
