//! Parts of the ways in: a field, its help, and what a service said.

use steward_domain::failure::ServiceWords;
use web_sys::Node;

use crate::reactive::Value;
use crate::text;
use crate::ui::block::{copyable, fact};
use crate::ui::el::{El, el, field_text};

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

/// A field that gives what is typed to a value and shows what stands there, never as an attribute.
pub(super) fn input(id: &str, kind: &str, complete: &str, value: Value<String>) -> El {
    el("input")
        .attr("id", id)
        .attr("type", kind)
        .attr("autocomplete", complete)
        .attr("spellcheck", "false")
        .property("value", move || value.get().into())
        .on("input", move |event| value.set(field_text(&event)))
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
