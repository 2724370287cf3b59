//! What was confirmed last, and the frame of what is said over a page.
//!
//! Guarantees that each confirmation is drawn anew. Must not know what takes a change back: that is a lazy part.

use std::sync::Arc;

use leptos::prelude::*;

use super::lazy_part::{Frame, Lazy, LazyPart};
use super::page::NOTICES_ID;
use crate::state::AppState;
use crate::state::notices::{Mark, Notice};
use crate::text;
use crate::ui::icon::Icon;

/// What was confirmed last, and what takes it back.
#[component]
pub(crate) fn Notices(app: AppState) -> impl IntoView {
    let shown = move || {
        let notice = app.notices.shown()?;
        // A function is not patched: each confirmation is drawn anew, also one that says the same as the last.
        Some(move || view! { <Confirmation app=app notice=notice.clone()/> })
    };
    view! {
        <div
            class="notices"
            id=NOTICES_ID
            tabindex="-1"
            role="region"
            aria-label=text::NOTICES
        >
            {shown}
        </div>
    }
}

/// One confirmation, with what takes it back.
#[component]
fn Confirmation(app: AppState, notice: Notice) -> impl IntoView {
    let (icon, class) = match notice.mark {
        Mark::Done => (Icon::Check, "notice"),
        Mark::Otherwise => (Icon::Warning, "notice otherwise"),
        Mark::Open => (Icon::Info, "notice open"),
    };
    view! {
        <Dismissible class=class on_dismiss=Callback::new(move |()| app.notices.clear())>
            <Icon icon=icon/>
            <p prop:textContent=notice.text></p>
            <LazyPart part=Lazy::Undo/>
        </Dismissible>
    }
}

/// Frames what stands for a dialog that is not there yet.
pub(crate) fn toast(dismiss: impl Fn() + Copy + Send + Sync + 'static) -> Frame {
    Arc::new(move |waiting| {
        view! {
            <div class="notices">
                <Dismissible class="notice" on_dismiss=Callback::new(move |()| dismiss())>
                    {waiting}
                </Dismissible>
            </div>
        }
        .into_any()
    })
}

/// A notice with a button that takes it away.
#[component]
fn Dismissible(class: &'static str, on_dismiss: Callback<()>, children: Children) -> impl IntoView {
    view! {
        <div class=class>
            {children()}
            <button
                type="button"
                class="icon"
                aria-label=text::DISMISS
                on:click=move |_| on_dismiss.run(())
            >
                <Icon icon=Icon::Close/>
            </button>
        </div>
    }
}
