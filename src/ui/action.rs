//! The one button for everything that may be refused. Not allowed means `aria-disabled`: still
//! there, still focusable, with its reason said on focus, on hover and when pressed; pressing it
//! does nothing else.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::hint::Hint;

/// Whether a control can be used, and if not, why.
#[derive(Clone, PartialEq)]
pub enum Standing {
    /// It can.
    Ready,
    /// It was pressed and is at work.
    Busy,
    /// Not known yet; what is awaited.
    Waiting(String),
    /// It cannot; why, and who could.
    Refused(String),
}

impl Standing {
    fn reason(&self) -> Option<&str> {
        match self {
            Self::Waiting(reason) | Self::Refused(reason) => Some(reason),
            Self::Ready | Self::Busy => None,
        }
    }
}

/// A button named `label`. `inner` is what it shows; `class` how it looks; `id` lets focus return.
pub fn action_button(
    class: &'static str,
    id: String,
    label: String,
    inner: Option<AnyView>,
    standing: Signal<Standing>,
    on_press: Callback<()>,
) -> AnyView {
    let hint = Hint::get();
    let explain = move |event: &ev::Event, pinned: bool| {
        let button = event
            .current_target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let reason = standing.with(|standing| standing.reason().map(str::to_owned));
        match (button, reason) {
            (Some(button), Some(reason)) => hint.show(reason, &button, pinned),
            _ => hint.hide(true),
        }
    };
    view! {
        <button
            type="button"
            class=class
            id=id
            aria-label=label
            aria-disabled=move || standing.with(|standing| *standing != Standing::Ready).then_some("true")
            aria-busy=move || {
                standing.with(|standing| matches!(standing, Standing::Busy)).then_some("true")
            }
            data-pending=move || standing.with(|standing| matches!(standing, Standing::Waiting(_))).then_some("")
            aria-description=move || standing.with(|standing| standing.reason().map(str::to_owned))
            on:click=move |event| {
                if standing.get_untracked() == Standing::Ready {
                    hint.hide(true);
                    on_press.run(());
                } else {
                    explain(&event, true);
                }
            }
            on:focus=move |event| explain(&event, false)
            on:pointerenter=move |event| explain(&event, false)
            on:blur=move |_| hint.hide(true)
            on:pointerleave=move |_| hint.hide(false)
        >
            {inner}
        </button>
    }
    .into_any()
}
