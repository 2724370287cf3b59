//! A button that copies one text, says so to everyone, and takes it back after two seconds. Where the
//! browser refuses, it says so in sight, with the way that is left, and goes on saying it.

use leptos::prelude::*;
use web_sys::Node;

use super::el::el;
use super::icon::{Icon, icon};
use crate::browser::{clipboard, clock};
use crate::text;
use leptos::task::spawn_local;

/// `what` is the button's name ("Copy id"), `words` what is copied.
#[must_use]
#[inline(never)]
pub fn copy_button(what: String, words: String) -> Node {
    let done = RwSignal::new(None::<bool>);
    let presses = StoredValue::new(0_u32);
    let press = move |_: web_sys::Event| {
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
    el("span")
        .class("copy")
        .add(
            el("button")
                .attr("type", "button")
                .class("icon")
                .attr("aria-label", &what)
                .attr("title", &what)
                .on("click", press)
                .part(move || {
                    Some(icon(match done.get() {
                        None => Icon::Copy,
                        Some(true) => Icon::Check,
                        Some(false) => Icon::Warning,
                    }))
                }),
        )
        .add(
            el("span")
                .live("class", move || {
                    let seen = done.get() == Some(false);
                    Some(String::from(if seen { "said" } else { "sr" }))
                })
                .attr("role", "status")
                .live_text(move || match done.get() {
                    None => String::new(),
                    Some(true) => text::COPIED.to_owned(),
                    Some(false) => text::NOT_COPIED.to_owned(),
                }),
        )
        .node()
}

/// A button that copies. `what` is its name ("Copy id"), `words` what is copied.
#[component]
pub fn CopyButton(#[prop(into)] what: String, #[prop(into)] words: String) -> impl IntoView {
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
