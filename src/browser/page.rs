//! The page as a whole: its title, its address, its theme, and whether it may be left. It must not know
//! which addresses there are: that is the route's.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event};

/// Names the tab.
pub fn set_title(title: &str) {
    if let Some(document) = super::document() {
        document.set_title(title);
    }
}

/// Scheme, host and port, as the browser compares them.
#[must_use]
pub fn origin() -> String {
    super::window()
        .and_then(|window| window.location().origin().ok())
        .unwrap_or_default()
}

/// Whether the browser has a network, as far as it knows.
#[must_use]
pub fn is_online() -> bool {
    super::window().is_none_or(|window| window.navigator().on_line())
}

/// Leaves the app for `url`, as a link would.
pub fn go(url: &str) {
    if let Some(window) = super::window() {
        let _ = window.location().set_href(url);
    }
}

/// The size of text that the reader has set, in whole pixels: 16 for most.
#[must_use]
pub fn text_size() -> i32 {
    let root = super::document().and_then(|document| document.document_element());
    let style = root.and_then(|root| super::window()?.get_computed_style(&root).ok()?);
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    let whole = size.and_then(|size| size.split(['.', 'p']).next()?.parse().ok());
    whole.unwrap_or(16)
}

/// "light" or "dark"; none follows the system.
pub fn set_theme(theme: Option<&str>) {
    mark("data-theme", theme);
}

/// "compact"; none is comfortable.
pub fn set_density(density: Option<&str>) {
    mark("data-density", density);
}

fn mark(name: &str, value: Option<&str>) {
    let Some(root) = super::document().and_then(|document| document.document_element()) else {
        return;
    };
    let _ = match value {
        Some(value) => Element::set_attribute(&root, name, value),
        None => Element::remove_attribute(&root, name),
    };
}

type Listener = Closure<dyn Fn(Event)>;

thread_local! {
    static GUARD: RefCell<Option<Listener>> = const { RefCell::new(None) };
}

/// While on, closing or reloading the tab asks first. The listener is there only while on: it costs the
/// page its place in the browser's back-forward cache.
pub fn guard_leaving(on: bool) {
    let Some(window) = super::window() else {
        return;
    };
    GUARD.with_borrow_mut(|guard| match guard.take() {
        Some(held) if on => *guard = Some(held),
        Some(held) => {
            let listener = held.as_ref().unchecked_ref();
            let _ = window.remove_event_listener_with_callback("beforeunload", listener);
        }
        None if on => {
            let held = Listener::new(|event: Event| event.prevent_default());
            let listener = held.as_ref().unchecked_ref();
            let _ = window.add_event_listener_with_callback("beforeunload", listener);
            *guard = Some(held);
        }
        None => {}
    });
}
