//! A modal dialog on the native element: the browser keeps focus inside and the rest of the page still.
//! It guarantees one way out. Escape, a press on the backdrop and the buttons of the body all end in
//! `on_close`, and none of them does while `busy`, so a request in flight is never left unwatched. Focus
//! starts on the heading, or on what the body marks `data-autofocus`, never on a dangerous button; it
//! returns where it came from, or to `return_to` if that has left the page. It must not know what it asks.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement};

use crate::browser::{clock, focus};
use leptos::task::spawn_local;

fn show(dialog: &HtmlDialogElement) {
    if !dialog.is_connected() || dialog.open() || dialog.show_modal().is_err() {
        return;
    }
    for place in ["[data-autofocus]", "h2"] {
        if let Ok(Some(first)) = dialog.query_selector(place)
            && focus::give(first)
        {
            return;
        }
    }
}

/// The dialog fills itself with its parts, so a press on the element itself is a press beside it.
fn on_backdrop(event: &Event) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| element.tag_name() == "DIALOG")
}

/// A name no other heading on the page has.
fn next_id() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut id = String::from("dialog-");
    id.push_str(&NEXT.fetch_add(1, Ordering::Relaxed).to_string());
    id
}

/// A modal dialog, and nothing but an empty element while it is not open. The children bring `div.body` and `footer`;
/// they are made anew at each opening, so nothing typed is left over from the last one.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it must not be left: a request is in flight.
    #[prop(into, optional)]
    busy: Signal<bool>,
    /// The id of what takes the focus if the element that opened it has left the page.
    #[prop(into, optional)]
    return_to: Signal<Option<String>>,
    /// Called when its person leaves it.
    on_close: Callback<()>,
    /// Its body and its foot.
    children: ChildrenFn,
) -> impl IntoView {
    let heading = next_id();
    let frame = NodeRef::<html::Dialog>::new();
    // Where the press began: a selection dragged out of a field ends on the backdrop and is no wish to leave.
    let pressed_outside = StoredValue::new(false);
    // Whether the browser shows it because we asked.
    let shown = StoredValue::new(false);
    let leave = move || {
        if busy.try_get_untracked() == Some(false) && open.try_get_untracked() == Some(true) {
            on_close.run(());
        }
    };
    // A browser may close a dialog over our head when Escape is pressed twice. If it was not ours to
    // close, it opens again, with everything in it as it was. The event comes late: by then we may
    // have closed it ourselves, or opened it once more.
    let closed = move |_: Event| {
        let Some(dialog) = frame.try_get_untracked().flatten() else {
            return;
        };
        if dialog.open() || shown.try_get_value() != Some(true) {
            return;
        }
        shown.set_value(false);
        leave();
        if open.try_get_untracked() == Some(true) {
            shown.set_value(dialog.show_modal().is_ok());
        }
    };
    let is_open = Memo::new(move |_| open.get());
    follow_opening(is_open, frame, shown, return_to);
    let labelled_by = heading.clone();
    view! {
        <dialog
            node_ref=frame
            class="dialog"
            aria-labelledby=labelled_by
            aria-busy=move || busy.get().then_some("true")
            on:cancel=move |event: Event| {
                event.prevent_default();
                leave();
            }
            on:close=closed
            on:pointerdown=move |event| pressed_outside.set_value(on_backdrop(&event))
            on:click=move |event| {
                if pressed_outside.get_value() && on_backdrop(&event) {
                    leave();
                }
            }
        >
            // A page has few nodes: a dialog that is closed has none but its own.
            <Show when=move || is_open.get()>
                <header>
                    // The heading names what the dialog is about.
                    <h2
                        id=heading.clone()
                        tabindex="-1"
                        translate="no"
                        prop:textContent=move || title.get()
                    ></h2>
                </header>
                {children()}
            </Show>
        </dialog>
    }
}

/// Opens and closes the native dialog, and keeps the focus where its person expects it.
fn follow_opening(
    is_open: Memo<bool>,
    frame: NodeRef<html::Dialog>,
    shown: StoredValue<bool>,
    return_to: Signal<Option<String>>,
) {
    // Read at the opening: by the closing, what was asked about may be forgotten.
    let way_back = StoredValue::new(None::<String>);
    Effect::new(move |before: Option<bool>| {
        let now = is_open.get();
        let Some(dialog) = frame.get() else {
            return false;
        };
        if now == before.unwrap_or_default() {
            return now;
        }
        if now {
            way_back.set_value(return_to.get_untracked());
            // Not before the event that asked for it is over: an Escape that opens a dialog would close it
            // again as its default action. By then the body is drawn as well.
            spawn_local(async move {
                clock::sleep(0).await;
                if is_open.try_get_untracked() == Some(true) {
                    shown.set_value(true);
                    show(&dialog);
                }
            });
        } else {
            shown.set_value(false);
            if dialog.open() {
                dialog.close();
            }
            // The browser has given it back to what opened the dialog.
            focus::settle();
            let wanted = way_back.try_update_value(Option::take).flatten();
            // What opened the dialog may leave the page in the same breath, and the focus with it: look
            // once everything that follows from closing has been drawn.
            spawn_local(async move {
                clock::sleep(0).await;
                if focus::is_lost() && !wanted.is_some_and(|id| focus::focus_id(&id)) {
                    focus::focus_heading();
                }
            });
        }
        now
    });
}
