//! One floating text for the whole page: why an action is not available. It stands beside the
//! control that has focus or the pointer, stays when the control is pressed, and leaves with
//! Escape or with the control. One element for all controls, because a table has hundreds of them.

use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::browser::page;

/// Between the control and the text, in pixels.
const DISTANCE: i32 = 6;

/// Room that a text of three lines takes, in sizes of the reader's text. Where there is less below the control, it
/// stands above.
const ROOM: i32 = 6;

/// The text's width in quarters of that: the stylesheet's 18.75rem.
const QUARTERS: i32 = 75;

/// What is said, and where: the distance to the right edge of the page, and to its top or bottom.
#[derive(Clone, PartialEq)]
struct Shown {
    text: String,
    right: i32,
    top: Option<i32>,
    bottom: Option<i32>,
    pinned: bool,
}

/// The page's hint. Copies are handles to the same one.
#[derive(Clone, Copy)]
pub struct Tooltip(RwSignal<Option<Shown>>);

impl Tooltip {
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
        let root = document().document_element();
        let (width, height) =
            root.map_or((0, 0), |root| (root.client_width(), root.client_height()));
        // Whole pixels: fractions would bring the formatting of floating point into the download.
        #[allow(clippy::cast_possible_truncation)]
        let (right, top, bottom) = (
            place.right() as i32,
            place.top() as i32,
            place.bottom() as i32,
        );
        let size = page::text_size();
        let below = height - bottom >= ROOM * size;
        let room = QUARTERS * size / 4 + DISTANCE + 2;
        self.0.try_set(Some(Shown {
            text,
            right: (width - right).min(width - room).max(DISTANCE),
            top: below.then_some(bottom + DISTANCE),
            bottom: (!below).then_some(height - top + DISTANCE),
            pinned,
        }));
    }

    /// Whether there is one.
    #[must_use]
    pub fn is_shown(self) -> bool {
        self.0.try_with_untracked(Option::is_some) == Some(true)
    }

    /// Takes the hint away; a pinned one only if `even_pinned`.
    pub fn hide(self, even_pinned: bool) {
        let there = self.0.try_with_untracked(|shown| {
            shown
                .as_ref()
                .is_some_and(|shown| even_pinned || !shown.pinned)
        });
        if there == Some(true) {
            self.0.set(None);
        }
    }
}

/// The tooltip's element. It lies in the top layer, so that a dialog does not cover it.
#[component]
pub fn TooltipLayer() -> impl IntoView {
    let Tooltip(shown) = Tooltip::get();
    let place = move |edge: fn(&Shown) -> Option<i32>| {
        move || match shown.with(|shown| shown.as_ref().and_then(edge)) {
            Some(pixels) => format!("{pixels}px"),
            None => String::from("auto"),
        }
    };
    let words = move || {
        shown.with(|shown| {
            shown
                .as_ref()
                .map(|shown| shown.text.clone())
                .unwrap_or_default()
        })
    };
    let layer = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let Some(layer) = layer.get() else { return };
        // A browser without popovers still shows the text, below dialogs.
        let _ = match shown.with(Option::is_some) {
            true => layer.show_popover(),
            false => layer.hide_popover(),
        };
    });
    view! {
        <div
            node_ref=layer
            class="hint"
            popover="manual"
            role="status"
            style:right=place(|shown| Some(shown.right))
            style:top=place(|shown| shown.top)
            style:bottom=place(|shown| shown.bottom)
            prop:textContent=words
        ></div>
    }
}
