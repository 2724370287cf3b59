//! A labelled field: help below, what is wrong with it beneath, a counter from 80 % of its limit on.
//! Label, help and error are tied to the field for people who listen. It must not know what the
//! field is of, nor what its text means.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;

/// What a field looks like.
pub enum Control {
    /// One line.
    Line,
    /// More than one.
    Long,
    /// One line with a patch of the colour that it names, if it names one.
    Color,
    /// A list of texts to choose from, each with what is shown for it.
    Choice(Vec<(String, String)>),
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

/// A labelled field with its help, its error and its counter.
#[component]
pub fn FormField(
    /// Its id, unique on the page.
    id: String,
    /// Its label.
    label: &'static str,
    /// Help that always stands below it.
    help: String,
    /// What it looks like.
    control: Control,
    /// Whether it must not be empty.
    #[prop(optional)]
    required: bool,
    /// What stands in it.
    #[prop(into)]
    text: Signal<String>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Used and allowed length, once the counter should show.
    #[prop(into, optional)]
    count: Signal<Option<String>>,
    /// Whether it can be read and copied, not changed.
    #[prop(into, optional)]
    read_only: Signal<bool>,
    /// Told what stands in it after every input and change.
    on_input: Callback<String>,
) -> impl IntoView {
    let help_id = format!("{id}-help");
    let error_id = format!("{id}-error");
    let described_by = {
        let (help_id, error_id) = (help_id.clone(), error_id.clone());
        move || match error.with(Option::is_some) {
            true => format!("{error_id} {help_id}"),
            false => help_id.clone(),
        }
    };
    let invalid = move || error.with(Option::is_some).then_some("true");
    let locked = move || read_only.get().then_some("true");
    let required = required.then_some("true");
    // Software that fills a field in need not say so with the event that typing brings: both are heard.
    let typed = move |event: Event| {
        // A field that leaves the page may still be told of a change, after its signals are gone.
        on_input.try_run(event_target_value(&event));
        // A list to choose from cannot be locked: it goes back to what the form holds.
        if let (Some(target), Some(now)) = (event.target(), text.try_get_untracked())
            && now != event_target_value(&event)
        {
            let _ = js_sys::Reflect::set(&target, &JsValue::from_str("value"), &now.into());
        }
    };
    let color = matches!(control, Control::Color)
        .then(|| view! { <i class="patch" aria-hidden="true" style:background=move || patch_color(&text.get())></i> });
    let common = view! {
        <{..}
            id=id.clone()
            autocomplete="off"
            on:input=typed
            on:change=typed
            aria-describedby=described_by
            aria-invalid=invalid
            aria-required=required
        />
    };
    let input = match control {
        Control::Line | Control::Color => view! {
            <input
                {..common}
                type="text"
                prop:value=move || text.get()
                readonly=locked
            />
        }
        .into_any(),
        Control::Long => view! {
            <textarea
                {..common}
                rows="4"
                prop:value=move || text.get()
                readonly=locked
            ></textarea>
        }
        .into_any(),
        Control::Choice(words) => view! {
            <select
                {..common}
                aria-disabled=locked
            >
                {words
                    .into_iter()
                    .map(|(word, shown)| {
                        let value = word.clone();
                        view! {
                            <option value=value prop:selected=move || text.with(|text| *text == word)>
                                {shown}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        }
        .into_any(),
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {input}
            {color}
            <p class="error" id=error_id prop:textContent=move || error.get().unwrap_or_default()></p>
            <p class="help" id=help_id>
                <span>{help}</span>
                <span class="count" prop:textContent=move || count.get().unwrap_or_default()></span>
            </p>
        </div>
    }
}

/// Only what is six digits is a colour: a text of another kind could be any style there is.
fn patch_color(text: &str) -> String {
    let digits = text.trim().strip_prefix('#').unwrap_or_default();
    let is_color = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_color {
        format!("#{digits}")
    } else {
        String::new()
    }
}
