//! Parts that any screen may use. They know no data and no route: what they say and do is handed in.

pub mod action;
pub mod copy;
pub mod dialog;
pub mod field;
pub mod icon;
pub mod layout;
pub mod redrawn;
pub mod time;
pub mod tooltip;
