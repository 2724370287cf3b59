//! A labelled text field: help below, what is wrong with it beneath, a counter from 80 % of its
//! limit on. Label, help and error are tied to the field for people who listen.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// What a field is made of.
pub struct Field {
    /// Its id, unique on the page.
    pub id: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Help that always stands below it.
    pub help: String,
    /// More than one line.
    pub long: bool,
    /// What stands in it.
    pub text: RwSignal<String>,
    /// What is wrong with it.
    pub error: Signal<Option<String>>,
    /// Used and allowed length, once the counter should show.
    pub count: Signal<Option<String>>,
    /// It can be read and copied, not changed.
    pub read_only: Signal<bool>,
    /// Told after every input.
    pub on_input: Callback<()>,
}

/// The field.
pub fn field(field: Field) -> AnyView {
    let Field {
        id,
        label,
        help,
        long,
        text,
        error,
        count,
        read_only,
        on_input,
    } = field;
    let help_id = [id, "-help"].concat();
    let error_id = [id, "-error"].concat();
    let described = {
        let (help_id, error_id) = (help_id.clone(), error_id.clone());
        move || match error.with(Option::is_some) {
            true => [&error_id, " ", &help_id].concat(),
            false => help_id.clone(),
        }
    };
    let input = move |event: ev::Event| {
        text.set(event_target_value(&event));
        on_input.run(());
    };
    let invalid = move || error.with(Option::is_some).then_some("true");
    let control = if long {
        view! {
            <textarea id=id rows="4" prop:value=move || text.get() on:input=input aria-describedby=move || described()
                aria-invalid=move || invalid() readonly=move || read_only.get()></textarea>
        }
        .into_any()
    } else {
        view! {
            <input id=id type="text" autocomplete="off" prop:value=move || text.get() on:input=input
                aria-describedby=move || described() aria-invalid=move || invalid() readonly=move || read_only.get() />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {control}
            <p class="error" id=error_id>{move || error.get()}</p>
            <p class="help" id=help_id>
                <span>{help}</span>
                <span class="count">{move || count.get()}</span>
            </p>
        </div>
    }
    .into_any()
}

/// Moves focus to a field and its caret to the end.
pub fn focus_field(id: &str) {
    if crate::browser::focus::focus_id(id) {
        let input = document()
            .get_element_by_id(id)
            .and_then(|element| element.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(input) = input {
            let end = u32::try_from(input.value().encode_utf16().count()).unwrap_or(u32::MAX);
            let _ = input.set_selection_range(end, end);
        }
    }
}
