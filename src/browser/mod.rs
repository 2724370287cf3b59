//! The platform's edge: one thin wrapper a file, each over one idea of the browser.
//! Everything here is infallible or says `Option` or `bool`: a browser may forbid storage, clipboard or
//! media queries, and no page should have to know. It knows no page, no sentence and no wire format.

pub mod channel;
pub mod clipboard;
pub mod clock;
pub mod crypto;
pub mod download;
pub mod events;
pub mod focus;
pub mod intl;
pub mod keys;
pub mod letters;
pub mod locks;
pub mod media;
pub mod page;
pub mod popup;
pub mod storage;

/// The window. There is always one where this app runs; tests and workers are why it is an option.
pub(crate) fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// The document, by the same rule.
pub(crate) fn document() -> Option<web_sys::Document> {
    window()?.document()
}
