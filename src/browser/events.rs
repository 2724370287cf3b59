//! Listening. One closure behind one table of functions, whatever is listened to, so that a listener
//! costs bytes and not a copy of the machinery. It must not know what an event means.

use leptos::prelude::{GetValue, StoredValue, on_cleanup};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget};

/// Listens on anything for as long as it exists: the browser frees the closure with its target.
#[inline(never)]
pub fn listen(target: &EventTarget, event: &str, run: Box<dyn FnMut(Event)>) -> JsValue {
    let listener = Closure::wrap(run).into_js_value();
    let _ = target.add_event_listener_with_callback(event, listener.unchecked_ref());
    listener
}

/// Listens on the window, until the owner that this is called under is cleaned up.
pub fn on_window(event: &'static str, run: impl FnMut(Event) + 'static) {
    on_window_boxed(event, Box::new(run));
}

#[inline(never)]
fn on_window_boxed(event: &'static str, run: Box<dyn FnMut(Event)>) {
    let Some(window) = super::window() else {
        return;
    };
    let listener = StoredValue::new(listen(&window, event, run));
    on_cleanup(move || {
        if let (Some(window), Some(listener)) = (super::window(), listener.try_get_value()) {
            let _ = window.remove_event_listener_with_callback(event, listener.unchecked_ref());
        }
    });
}

/// A listener on the document. Dropping it takes it away.
#[must_use = "a listener that is dropped hears nothing"]
pub struct Listening {
    event: &'static str,
    listener: JsValue,
}

/// Listens on the document, as long as what it gives back is kept.
pub fn on_document(event: &'static str, run: impl FnMut(Event) + 'static) -> Option<Listening> {
    let listener = listen(&super::document()?.into(), event, Box::new(run));
    Some(Listening { event, listener })
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(document) = super::document() {
            let listener = self.listener.unchecked_ref();
            let _ = document.remove_event_listener_with_callback(self.event, listener);
        }
    }
}
