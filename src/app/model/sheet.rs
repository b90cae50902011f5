//! A sheet of text over the screen. It never loses the place beneath.

/// Which sheet lies on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetKind {
    Help,
    Health,
}

/// A sheet and how far it is scrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub kind: SheetKind,
    pub offset: usize,
}
