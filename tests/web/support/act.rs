//! What a person does: press, type, use keys. Keys do what a browser makes of them, which made-up
//! events alone do not: Enter and Space press a button, Enter follows a link and submits a form.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use super::look::{name, role};
use super::net::{Net, Reply};
use super::page::{Page, focused};
use super::{cast, js};

/// Presses with the pointer.
pub fn click(element: &Element) {
    let events = "const at = { bubbles: true, cancelable: true }; \
        element.dispatchEvent(new PointerEvent('pointerenter')); \
        element.dispatchEvent(new PointerEvent('pointerdown', at)); \
        element.click()";
    js("element", events, &[element]);
}

/// Moves the focus.
pub fn focus(element: &Element) {
    element.unchecked_ref::<HtmlElement>().focus().unwrap();
    let got = focused().is_some_and(|focused| focused.is_same_node(Some(element)));
    assert!(got, "this cannot hold the focus: {}", element.outer_html());
}

/// Puts a text into a field in place of what stands there, as pasting does.
pub fn fill(element: &Element, text: &str) {
    let set = "const kind = { TEXTAREA: HTMLTextAreaElement, SELECT: HTMLSelectElement }[element.tagName] \
            ?? HTMLInputElement; \
        if (element.readOnly) return; \
        Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(element, text); \
        element.dispatchEvent(new InputEvent('input', { bubbles: true }))";
    js("element, text", set, &[element, &text.into()]);
}

/// Types into a field, letter by letter, behind what stands there.
pub fn type_in(element: &Element, text: &str) {
    focus(element);
    for letter in text.chars() {
        let so_far = super::look::value(element);
        fill(element, &format!("{so_far}{letter}"));
    }
}

/// Presses a key on an element; `held` are modifiers, as in `ctrlKey`.
pub fn key_on(element: &Element, key: &str, held: &[&str]) {
    let press = "const init = { key, bubbles: true, cancelable: true, composed: true }; \
        for (const name of held) init[name] = true; \
        return element.dispatchEvent(new KeyboardEvent('keydown', init))";
    let held: js_sys::Array = held.iter().map(|name| JsValue::from_str(name)).collect();
    let free = js("element, key, held", press, &[element, &key.into(), &held]).is_truthy();
    if !free || held.length() > 0 {
        return;
    }
    match (key, role(element).as_str()) {
        ("Enter", "button" | "link") | (" ", "button" | "checkbox") => {
            element.unchecked_ref::<HtmlElement>().click();
        }
        ("Enter", "textbox") if element.tag_name() == "INPUT" => submit(element),
        ("Escape", _) => {
            // The browser asks the topmost dialog to close.
            let ask = "const modal = [...document.querySelectorAll('dialog:modal')].pop(); \
                if (modal && modal.dispatchEvent(new Event('cancel', { cancelable: true }))) modal.close()";
            js("", ask, &[]);
        }
        _ => {}
    }
}

/// Presses a key where the focus is.
pub fn key(key: &str) {
    let on = focused().unwrap_or_else(|| document().body().unwrap().into());
    key_on(&on, key, &[]);
}

/// Submits the form that a field is in, as Enter does.
pub fn submit(field: &Element) {
    let form = field
        .closest("form")
        .unwrap()
        .expect("a form around the field");
    js("form", "form.requestSubmit()", &[&form]);
}

/// Scrolls a box to a height.
pub fn scroll(element: &Element, top: i32) {
    cast::<HtmlElement>(element.clone()).set_scroll_top(top);
    // Browsers tell about it with the next frame; a busy one may be long in coming.
    js(
        "element",
        "element.dispatchEvent(new Event('scroll'))",
        &[element],
    );
}

/// Goes back, as the browser's button does.
pub fn back() {
    leptos::prelude::window().history().unwrap().back().unwrap();
}

/// Goes forward.
pub fn forward() {
    leptos::prelude::window()
        .history()
        .unwrap()
        .forward()
        .unwrap();
}

impl Page {
    /// Presses what has this role and name, as soon as it is there.
    pub async fn press(&self, role: &str, name: &str) {
        click(&self.find(role, name).await);
    }

    /// Saves, and answers what is sent only after something else has happened at the service.
    pub async fn save_and_meanwhile(
        &self,
        (method, path): (&'static str, &str),
        meanwhile: impl FnOnce(&Net),
        reply: Reply,
    ) {
        let held = self.net.hold(method, path);
        self.press("button", "Save changes").await;
        self.until("the request", || held.waiting() == 1).await;
        meanwhile(&self.net);
        held.reply(reply);
    }

    /// Presses the last "Refresh" on the page: that of what stands in the list's place, if any does.
    pub fn load_again(&self) {
        let mut all = self.all("button").into_iter();
        click(&all.rfind(|one| name(one) == "Refresh").expect("a way"));
    }

    /// Chooses a word in the list of this name.
    pub fn choose(&self, name: &str, word: &str) {
        fill(&self.get("combobox", name), word);
    }

    /// Fills the field of this name.
    pub fn enter(&self, name: &str, text: &str) {
        fill(&self.get("textbox", name), text);
    }
}
