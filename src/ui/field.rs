//! A labelled text field: help below, what is wrong with it beneath, a counter from 80 % of its
//! limit on. Label, help and error are tied to the field for people who listen.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Node;

use super::el::{el, field_text};
use crate::reactive::{Live, Value};

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
    pub text: Value<String>,
    /// What is wrong with it.
    pub error: Live<Option<String>>,
    /// Used and allowed length, once the counter should show.
    pub count: Live<Option<String>>,
    /// It can be read and copied, not changed.
    pub read_only: Live<bool>,
    /// Told after every input.
    pub on_input: Callback<()>,
}

/// The field.
#[must_use]
#[inline(never)]
pub fn field(field: Field) -> Node {
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
            true => Some([&error_id, " ", &help_id].concat()),
            false => Some(help_id.clone()),
        }
    };
    let control = if long {
        el("textarea").attr("rows", "4")
    } else {
        el("input").attr("type", "text")
    };
    let control = control
        .attr("id", id)
        .attr("autocomplete", "off")
        .property("value", move || JsValue::from_str(&text.get()))
        .on("input", move |event| {
            text.set(field_text(&event));
            on_input.run(());
        })
        .live("aria-describedby", described)
        .when("aria-invalid", move || error.with(Option::is_some))
        .when("readonly", move || read_only.get());
    el("div")
        .class("field")
        .add(el("label").attr("for", id).text(label))
        .add(control)
        .add(
            el("p")
                .class("error")
                .attr("id", &error_id)
                .live_text(move || error.get().unwrap_or_default()),
        )
        .add(
            el("p")
                .class("help")
                .attr("id", &help_id)
                .add(el("span").text(&help))
                .add(
                    el("span")
                        .class("count")
                        .live_text(move || count.get().unwrap_or_default()),
                ),
        )
        .node()
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
