//! A button that copies one text, says so to everyone, and takes it back after two seconds. Where the
//! browser refuses, it shows a warning instead of claiming success.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::icon::{Icon, icon};
use crate::browser::{clipboard, clock};

/// `what` is the button's name ("Copy id"), `copied` what is announced afterwards, `text` what is copied.
pub fn copy_button(what: String, copied: String, text: String) -> AnyView {
    let done = RwSignal::new(None::<bool>);
    let presses = StoredValue::new(0_u32);
    let press = move |_| {
        let text = text.clone();
        let press = presses.get_value().wrapping_add(1);
        presses.set_value(press);
        spawn_local(async move {
            done.try_set(Some(clipboard::copy(&text).await));
            clock::sleep(2_000).await;
            // The button may be gone, or pressed again meanwhile.
            if presses.try_get_value() == Some(press) {
                done.try_set(None);
            }
        });
    };
    view! {
        <span class="copy">
            <button type="button" class="icon" aria-label=what.clone() title=what on:click=press>
                {move || icon(match done.get() {
                    None => Icon::Copy,
                    Some(true) => Icon::Check,
                    Some(false) => Icon::Warning,
                })}
            </button>
            <span class="sr" role="status">
                {move || (done.get() == Some(true)).then(|| copied.clone())}
            </span>
        </span>
    }
    .into_any()
}
