//! Small parts that many screens share: a block that stands in place of something (nothing here,
//! failed, takes long), a box inside content, a badge, a term with its value, a button.

use leptos::prelude::*;
use web_sys::Node;

use super::copy::{CopyButton, copy_button};
use super::el::{El, el, fragment};
use super::icon::{Icon, icon};

/// A block in place of content. `urgent` ones are announced when they appear.
#[must_use]
#[inline(never)]
pub fn state_block(
    mark: Icon,
    title: String,
    text: String,
    urgent: bool,
    more: Option<Node>,
) -> Node {
    el("div")
        .class("state")
        .attr("role", if urgent { "alert" } else { "status" })
        .add(icon(mark))
        .add(el("h2").text(&title))
        .add(el("p").text(&text))
        .add_some(more)
        .node()
}

/// A box inside content. `tone` is `danger`, `warning` or `info`.
#[must_use]
#[inline(never)]
pub fn note(tone: &'static str, title: String, text: String, more: Option<Node>) -> Node {
    el("div")
        .class(&["note ", tone].concat())
        .attr("role", if tone == "info" { "status" } else { "alert" })
        .add(el("strong").text(&title))
        .add(el("p").text(&text))
        .add_some(more)
        .node()
}

/// A short word about a state.
#[must_use]
#[inline(never)]
pub fn badge(class: &'static str, word: &str) -> Node {
    el("span").class(class).text(word).node()
}

/// A term and its value, inside a `dl`.
#[must_use]
#[inline(never)]
pub fn fact(term: &'static str, value: Node) -> Node {
    fragment([el("dt").text(term).node(), el("dd").add(value).node()])
}

/// A text from outside that people carry elsewhere: apart from its surroundings in direction, with
/// a button that copies it.
#[must_use]
#[inline(never)]
pub fn copyable(what: &'static str, text: &str) -> Node {
    fragment([
        el("bdi").text(text).node(),
        copy_button(what.to_owned(), text.to_owned()),
    ])
}

/// A plain button.
#[must_use]
#[inline(never)]
pub fn button(class: &'static str, label: &'static str, on_press: Callback<()>) -> Node {
    press(class, on_press).text(label).node()
}

/// A button without its text.
#[must_use]
#[inline(never)]
pub fn press(class: &'static str, on_press: Callback<()>) -> El {
    el("button")
        .attr("type", "button")
        .class(class)
        .on("click", move |_| on_press.run(()))
}

/// A block in place of content: nothing here, failed, takes long. `urgent` ones are announced when they appear.
#[component]
pub fn StateBlock(
    icon: Icon,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] urgent: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="state" role=if urgent { "alert" } else { "status" }>
            <Icon icon=icon/>
            <h2 prop:textContent=title></h2>
            <p prop:textContent=text></p>
            {children.map(|children| children())}
        </div>
    }
}

/// A box inside content. `tone` is `danger`, `warning` or `info`. It may be drawn over with other texts, so that each is
/// set on its element: software that translates the page replaces the texts themselves.
#[component]
pub fn Note(
    tone: &'static str,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=["note ", tone].concat() role=if tone == "info" { "status" } else { "alert" }>
            <strong prop:textContent=title></strong>
            <p prop:textContent=text></p>
            {children.map(|children| children())}
        </div>
    }
}

/// A term and its value, inside a `dl`.
#[component]
pub fn Fact(#[prop(into)] term: String, children: Children) -> impl IntoView {
    view! {
        <dt>{term}</dt>
        <dd>{children()}</dd>
    }
}

/// A text from outside that people carry elsewhere: apart from its surroundings in direction, with
/// a button that copies it.
#[component]
pub fn Copyable(#[prop(into)] what: String, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <bdi translate="no">{text.clone()}</bdi>
        <CopyButton what=what words=text/>
    }
}
