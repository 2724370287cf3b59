//! A button that copies one text, says so to everyone, and takes it back after two seconds. Where the
//! browser refuses, it says so in sight, with the way that is left, and goes on saying it.

use leptos::prelude::*;

use super::icon::Icon;
use crate::browser::{clipboard, clock};
use crate::text;
use leptos::task::spawn_local;

/// A button that copies.
#[component]
pub fn CopyButton(
    /// Its name, such as "Copy id".
    #[prop(into)]
    what: String,
    /// What is copied.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    let done = RwSignal::new(None::<bool>);
    let presses = StoredValue::new(0_u32);
    let press = move |_| {
        let words = words.clone();
        let press = presses.get_value().wrapping_add(1);
        presses.set_value(press);
        spawn_local(async move {
            let copied = clipboard::copy(&words).await;
            done.try_set(Some(copied));
            if !copied {
                return;
            }
            clock::sleep(2_000).await;
            // The button may be gone, or pressed again meanwhile.
            if presses.try_get_value() == Some(press) {
                done.try_set(None);
            }
        });
    };
    let shown = move || match done.get() {
        None => Icon::Copy,
        Some(true) => Icon::Check,
        Some(false) => Icon::Warning,
    };
    let said = move || match done.get() {
        None => "",
        Some(true) => text::COPIED,
        Some(false) => text::NOT_COPIED,
    };
    view! {
        <span class="copy">
            <button type="button" class="icon" aria-label=what.clone() title=what on:click=press>
                {move || view! { <Icon icon=shown()/> }}
            </button>
            <span
                class=move || if done.get() == Some(false) { "said" } else { "sr" }
                role="status"
                prop:textContent=said
            ></span>
        </span>
    }
}
