//! Media queries: the width, the theme and the motion a person has. It must not know what follows from them.

use wasm_bindgen::{JsCast, closure::Closure};

/// Whether the query holds now; false where the browser cannot tell.
#[must_use]
pub fn matches(query: &str) -> bool {
    list(query).is_some_and(|list| list.matches())
}

/// Calls `changed` with the new answer whenever it changes, for as long as the page lives: call it once a
/// query, at the root, and share what it says.
pub fn watch(query: &str, changed: Box<dyn Fn(bool)>) {
    let Some(list) = list(query) else { return };
    let asked = list.clone();
    let listener = Closure::<dyn Fn()>::new(move || changed(asked.matches()));
    let _ = list.add_event_listener_with_callback("change", listener.as_ref().unchecked_ref());
    // The browser drops a list that nothing refers to, and its listener with it; this closure holds it.
    listener.forget();
}

fn list(query: &str) -> Option<web_sys::MediaQueryList> {
    super::window()?.match_media(query).ok()?
}
