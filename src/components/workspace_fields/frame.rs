//! The element of a form: the keys that send and leave it, what is wrong at its top, and the notes that every form
//! shows there.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent, SubmitEvent};

use super::{Fields, FormHandlers, id_of};
use crate::browser::keys;
use crate::text;
use crate::ui::field::focus_field;
use crate::ui::layout::Note;

/// The form's element, with the problems at its top and the children below.
#[component]
pub(crate) fn FormFrame(
    fields: Fields,
    handlers: FormHandlers,
    children: Children,
) -> impl IntoView {
    view! {
        <form
            class="form"
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                handlers.submit.run(());
            }
            on:keydown=move |event| key_pressed(&event, fields, handlers)
        >
            <ProblemSummary fields=fields/>
            {children()}
        </form>
    }
}

/// Sends at Ctrl+Enter, leaves at Escape.
fn key_pressed(pressed: &KeyboardEvent, fields: Fields, handlers: FormHandlers) {
    match pressed.key().as_str() {
        _ if keys::composes(pressed) => {}
        // One that is held would send again after a refusal. In a text it makes lines.
        "Enter" if pressed.repeat() => {
            let target = pressed
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok());
            if target.is_none_or(|target| target.tag_name() != "TEXTAREA") {
                pressed.prevent_default();
            }
        }
        "Enter" if pressed.ctrl_key() || pressed.meta_key() => {
            pressed.prevent_default();
            handlers.submit.run(());
        }
        "Escape" => {
            pressed.stop_propagation();
            // A second press before the question is seen takes it back.
            if fields.asking.get_untracked() {
                fields.asking.set(false);
            } else {
                fields.leave(handlers);
            }
        }
        _ => {}
    }
}

/// All problems together, each with a link to its field; nothing where there is none.
#[component]
fn ProblemSummary(fields: Fields) -> impl IntoView {
    // Drawn anew only when it says something else: the form is checked again at every key.
    let problems = Memo::new(move |_| fields.problems.get());
    let links = move || {
        problems
            .get()
            .into_iter()
            .map(|(field, problem)| {
                let id = id_of(field);
                let target = format!("#{id}");
                let follow = move |event: MouseEvent| {
                    event.prevent_default();
                    focus_field(&id);
                };
                view! {
                    <li>
                        <a
                            href=target
                            rel="external"
                            on:click=follow
                            prop:textContent=text::problem(field, &problem)
                        ></a>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || !problems.with(Vec::is_empty)>
            <Note tone="danger" title=text::CHECK_FIELDS text="">
                <ul>{links}</ul>
            </Note>
        </Show>
    }
}

/// Said when text from before is in the form again.
#[component]
pub(crate) fn RestoredNote() -> impl IntoView {
    view! { <Note tone="info" title=text::RESTORED text=text::RESTORED_TEXT/> }
}

/// Why nothing can be sent without a network.
#[component]
pub(crate) fn OfflineNote() -> impl IntoView {
    view! { <Note tone="warning" title=text::OFFLINE text=text::OFFLINE_WRITES/> }
}
