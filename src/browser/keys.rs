//! What a key press is not: typing, or a shortcut of the browser or the system. Single-key shortcuts ask
//! both before they act. It must not know any shortcut.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

/// Whether the press goes into a text: a field, an editable element, or a composition in progress. An arrow
/// among choices goes there too.
#[must_use]
pub fn is_typing(event: &KeyboardEvent) -> bool {
    if event.is_composing() {
        return true;
    }
    let Some(target) = event.target() else {
        return false;
    };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        // These take no letters, so a letter pressed on them is free.
        return match input.type_().as_str() {
            "radio" => event.key().starts_with("Arrow"),
            "checkbox" | "button" | "submit" | "reset" => false,
            _ => true,
        };
    }
    target
        .dyn_ref::<HtmlElement>()
        .is_some_and(HtmlElement::is_content_editable)
        || target
            .dyn_ref::<Element>()
            .is_some_and(|element| matches!(element.tag_name().as_str(), "TEXTAREA" | "SELECT"))
}

/// Whether Ctrl, Alt or Cmd is held. Shift is not asked: `?` needs it on many keyboards.
#[must_use]
pub fn has_modifier(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.alt_key() || event.meta_key()
}
