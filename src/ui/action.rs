//! The one button for everything that may be refused. Not allowed means `aria-disabled`: still
//! there, still focusable, with its reason said on focus, on hover and when pressed; pressing it
//! does nothing else.

use leptos::attr::Attribute;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

use super::tooltip::Tooltip;

/// Whether a control can be used, and if not, why.
#[derive(Clone, PartialEq)]
pub enum Availability {
    /// It can.
    Enabled,
    /// It was pressed and is at work.
    Busy,
    /// Not known yet; what is awaited.
    Pending(String),
    /// It cannot; why, and who could.
    Disabled(String),
}

impl Availability {
    /// Why the control cannot be used, or what is awaited.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Pending(reason) | Self::Disabled(reason) => Some(reason),
            Self::Enabled | Self::Busy => None,
        }
    }

    /// Says beside a control why it cannot be used, if it cannot. What is pinned stays when the
    /// pointer leaves.
    #[inline(never)]
    pub fn explain(&self, hint: Tooltip, control: &HtmlElement, pinned: bool) {
        match self.reason() {
            Some(reason) => hint.show(reason.to_owned(), control, pinned),
            None => hint.hide(true),
        }
    }
}

/// What a control says of its availability, as attributes to spread on it.
pub fn availability_attributes(current: Memo<Availability>) -> impl Attribute {
    let is =
        move |wanted: fn(&Availability) -> bool| move || current.with(wanted).then_some("true");
    view! {
        <{..}
            aria-disabled=is(|current| *current != Availability::Enabled)
            aria-busy=is(|current| *current == Availability::Busy)
            data-pending=is(|current| matches!(current, Availability::Pending(_)))
            aria-description=move || current.with(|current| current.reason().map(str::to_owned))
        />
    }
}

/// A button that may be refused: a press that its availability refuses says why. The children are what it shows.
#[component]
pub fn GatedButton(
    /// How it looks.
    class: &'static str,
    /// Its id, by which focus returns to it.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    label: String,
    /// Whether it can be used. Asked anew at every press.
    #[prop(into)]
    availability: Signal<Availability>,
    /// Called by a press that is not refused.
    on_press: Callback<()>,
    /// What it shows.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let tooltip = Tooltip::get();
    let current = Memo::new(move |_| availability.get());
    let explain = move |event: &Event, pinned: bool| {
        let button = event.current_target();
        // An element that leaves the page with the focus is told so after its signals are gone.
        match (availability.try_get_untracked(), button) {
            (Some(availability), Some(button)) => {
                availability.explain(tooltip, &button.unchecked_into(), pinned);
            }
            _ => tooltip.hide(true),
        }
    };
    view! {
        <button
            {..availability_attributes(current)}
            type="button"
            class=class
            id=id
            aria-label=label
            on:click=move |event| {
                if availability.try_get_untracked() == Some(Availability::Enabled) {
                    tooltip.hide(true);
                    on_press.run(());
                } else {
                    explain(&event, true);
                }
            }
            on:focus=move |event| explain(&event, false)
            on:pointerenter=move |event| explain(&event, false)
            on:blur=move |_| tooltip.hide(true)
            on:pointerleave=move |_| tooltip.hide(false)
        >
            {children.map(|children| children())}
        </button>
    }
}
