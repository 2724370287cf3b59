//! The foot of a form, and the question before what was typed is thrown away.

use leptos::prelude::*;

use super::{Fields, FormHandlers, id_of};
use crate::browser::page;
use crate::text;
use crate::ui::dialog::Dialog;

/// The texts of one form.
pub struct FormLabels {
    /// On the button that sends.
    pub send: &'static str,
    /// On the buttons that throw away.
    pub discard: &'static str,
    /// Above the question whether to throw away.
    pub title: &'static str,
    /// The question.
    pub question: &'static str,
}

/// The buttons below the fields.
#[component]
pub(crate) fn FormFoot(
    fields: Fields,
    labels: &'static FormLabels,
    handlers: FormHandlers,
) -> impl IntoView {
    let leave_label = move || match handlers.dirty.get() {
        true => labels.discard,
        false => text::CANCEL,
    };
    view! {
        <div class="form-foot">
            <button
                type="button"
                class="btn"
                on:click=move |_| fields.leave(handlers)
                prop:textContent=leave_label
            ></button>
            <button
                type="submit"
                class="btn primary"
                aria-disabled=move || (!handlers.ready.get()).then_some("true")
                aria-busy=move || fields.is_sending().then_some("true")
                aria-describedby="save-help"
            >
                {labels.send}
            </button>
            <span
                class="sr"
                id="save-help"
                role="status"
                prop:textContent=move || handlers.status.get()
            ></span>
        </div>
    }
}

/// The question before what was typed is thrown away. It stands beside the form, not in it.
#[component]
pub(crate) fn LeaveQuestion(
    fields: Fields,
    labels: &'static FormLabels,
    handlers: FormHandlers,
) -> impl IntoView {
    let keep = Callback::new(move |()| fields.asking.set(false));
    let discard = move |_| {
        page::guard_leaving(false);
        fields.asking.set(false);
        handlers.discard.run(());
    };
    let first_field = move || {
        let first = fields
            .raw
            .with(|raw| raw.fields().next().map(|(field, _)| field));
        first.map(id_of)
    };
    view! {
        <Dialog open=fields.asking title=labels.title return_to=first_field on_close=keep>
            <div class="body">
                <p>{labels.question}</p>
            </div>
            <footer>
                <button type="button" class="btn" on:click=move |_| keep.run(())>
                    {text::KEEP_EDITING}
                </button>
                <button type="button" class="btn danger" on:click=discard>
                    {labels.discard}
                </button>
            </footer>
        </Dialog>
    }
}
