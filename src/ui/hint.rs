//! One floating text for the whole page: why an action is not available. It stands beside the
//! control that has focus or the pointer, stays when the control is pressed, and leaves with
//! Escape. One element for all controls, because a table has hundreds of them.

use leptos::{html, prelude::*};
use web_sys::HtmlElement;

/// What is said, and where.
#[derive(Clone, PartialEq)]
struct Shown {
    text: String,
    left: f64,
    top: f64,
    pinned: bool,
}

/// The page's hint. Copies are handles to the same one.
#[derive(Clone, Copy)]
pub struct Hint(RwSignal<Option<Shown>>);

impl Hint {
    /// Makes the hint and puts it where controls find it.
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// The page's hint.
    #[must_use]
    pub fn get() -> Self {
        expect_context::<Self>()
    }

    /// Says why, beside a control. A pinned hint stays when the pointer leaves.
    pub fn show(self, text: String, beside: &HtmlElement, pinned: bool) {
        let place = beside.get_bounding_client_rect();
        let shown = Shown {
            text,
            left: place.right(),
            top: place.bottom() + 6.0,
            pinned,
        };
        self.0.try_set(Some(shown));
    }

    /// Takes the hint away; a pinned one only if `even_pinned`.
    pub fn hide(self, even_pinned: bool) {
        let keep = self.0.try_with_untracked(|shown| {
            shown
                .as_ref()
                .is_none_or(|shown| shown.pinned && !even_pinned)
        });
        if keep == Some(false) {
            self.0.set(None);
        }
    }
}

/// The element. It lies in the top layer, so that a dialog does not cover it.
pub fn hint_view() -> AnyView {
    let Hint(shown) = Hint::get();
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        // A browser without popovers still shows the text, below dialogs.
        let _ = match shown.with(Option::is_some) {
            true => element.show_popover(),
            false => element.hide_popover(),
        };
    });
    let pixels = |value: f64| [value.to_string().as_str(), "px"].concat();
    view! {
        <div
            class="hint"
            popover="manual"
            role="status"
            node_ref=node
            style:--hint-right=move || shown.with(|shown| shown.as_ref().map(|shown| pixels(shown.left)))
            style:--hint-top=move || shown.with(|shown| shown.as_ref().map(|shown| pixels(shown.top)))
        >
            {move || shown.with(|shown| shown.as_ref().map(|shown| shown.text.clone()))}
        </div>
    }
    .into_any()
}
