//! Parts of the ways in: a field, its help, and what a service said.

use leptos::prelude::document;
use steward_domain::failure::ServiceWords;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, Node};

use crate::text;
use crate::ui::el::{El, el};
use crate::ui::layout::{copyable, fact};

/// What the service said, to be copied.
pub(super) fn details(words: &ServiceWords) -> Option<Node> {
    let mut rows = el("dl").class("details");
    let mut any = false;
    for (term, what, value) in [
        (text::SERVICE_SAYS, text::COPY_MESSAGE, &words.message),
        (text::REQUEST_ID, text::COPY_REQUEST_ID, &words.request_id),
    ] {
        if let Some(value) = value {
            rows = rows.add(fact(term, copyable(what, value)));
            any = true;
        }
    }
    any.then(|| rows.node())
}

/// A field. What stands in it is in no attribute and nowhere else.
pub(super) fn input(id: &str, kind: &str, complete: &str) -> El {
    el("input")
        .attr("id", id)
        .attr("type", kind)
        .attr("autocomplete", complete)
        .attr("spellcheck", "false")
}

/// What stands in a field. What software has filled in need not have been typed as far as the page was told.
pub(super) fn standing(id: &str) -> String {
    field(id).map_or_else(String::new, |field| field.value())
}

/// Empties a field, whatever the page knows of what stands there.
pub(super) fn empty(id: &str) {
    if let Some(field) = field(id) {
        field.set_value("");
    }
}

fn field(id: &str) -> Option<HtmlInputElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// A field below its label.
pub(super) fn labelled(id: &str, label: &str, input: El) -> El {
    el("div")
        .class("field")
        .add(el("label").attr("for", id).text(label))
        .add(input)
}

/// What stands below a field.
pub(super) fn help(id: &str, words: &str) -> Node {
    let id = [id, "-help"].concat();
    el("p").class("help").attr("id", &id).text(words).node()
}
