//! The one button for everything that may be refused. Not allowed means `aria-disabled`: still
//! there, still focusable, with its reason said on focus, on hover and when pressed; pressing it
//! does nothing else.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, Node};

use super::el::el;
use super::hint::Hint;
use crate::reactive::Live;

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
#[must_use]
#[inline(never)]
pub fn action_button(
    class: &'static str,
    id: String,
    label: String,
    inner: Option<Node>,
    standing: Live<Standing>,
    on_press: Callback<()>,
) -> Node {
    let hint = Hint::get();
    let explain = move |event: &Event, pinned: bool| {
        let reason = standing
            .try_with_untracked(|standing| standing.reason().map(str::to_owned))
            .flatten();
        match (event.current_target(), reason) {
            (Some(button), Some(reason)) => hint.show(reason, &button.unchecked_into(), pinned),
            _ => hint.hide(true),
        }
    };
    el("button")
        .attr("type", "button")
        .class(class)
        .attr("id", &id)
        .attr("aria-label", &label)
        .when("aria-disabled", move || {
            standing.with(|standing| *standing != Standing::Ready)
        })
        .when("aria-busy", move || {
            standing.with(|standing| *standing == Standing::Busy)
        })
        .when("data-pending", move || {
            standing.with(|standing| matches!(standing, Standing::Waiting(_)))
        })
        .live("aria-description", move || {
            standing.with(|standing| standing.reason().map(str::to_owned))
        })
        .on("click", move |event| {
            if standing.try_get_untracked() == Some(Standing::Ready) {
                hint.hide(true);
                on_press.run(());
            } else {
                explain(&event, true);
            }
        })
        .on("focus", move |event| explain(&event, false))
        .on("pointerenter", move |event| explain(&event, false))
        .on("blur", move |_| hint.hide(true))
        .on("pointerleave", move |_| hint.hide(false))
        .add_some(inner)
        .node()
}
