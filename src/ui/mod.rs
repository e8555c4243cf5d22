//! Drawing: `&App` to cells. Layout comes from the app's own geometry, styles from a theme by role; there is one file
//! per region of the screen. Nothing comes back out of drawing, and no text reaches a cell but through [`paint`].

pub mod glyphs;
pub mod theme;
