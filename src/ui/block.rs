//! A block that stands in place of something: nothing here, something failed, something takes
//! long. An icon, what it is, what it means, and what one can do.

use leptos::prelude::*;

use super::copy::copy_button;
use super::icon::{Icon, icon};
use crate::text;

/// A block in place of content. `urgent` ones are announced when they appear.
pub fn state_block(
    mark: Icon,
    title: String,
    text: String,
    urgent: bool,
    more: Option<AnyView>,
) -> AnyView {
    view! {
        <div class="state" role=if urgent { "alert" } else { "status" }>
            {icon(mark)}
            <h2>{title}</h2>
            <p>{text}</p>
            {more}
        </div>
    }
    .into_any()
}

/// A box inside content. `tone` is `danger`, `warning` or `info`.
pub fn note(tone: &'static str, title: String, text: String, more: Option<AnyView>) -> AnyView {
    let role = if tone == "info" { "status" } else { "alert" };
    view! {
        <div class=["note ", tone].concat() role=role>
            <strong>{title}</strong>
            <p>{text}</p>
            {more}
        </div>
    }
    .into_any()
}

/// A short word about a state.
pub fn badge(class: &'static str, word: &'static str) -> AnyView {
    view! { <span class=class>{word}</span> }.into_any()
}

/// A term and its value, inside a `dl`.
pub fn fact(term: &'static str, value: AnyView) -> AnyView {
    view! {
        <dt>{term}</dt>
        <dd>{value}</dd>
    }
    .into_any()
}

/// A text from outside that people carry elsewhere: apart from its surroundings in direction, with
/// a button that copies it.
pub fn copyable(what: &'static str, text: &str) -> AnyView {
    view! {
        <bdi>{text.to_owned()}</bdi>
        {copy_button(what.to_owned(), text::COPIED.to_owned(), text.to_owned())}
    }
    .into_any()
}

/// A plain button.
pub fn button(class: &'static str, label: &'static str, on_press: Callback<()>) -> AnyView {
    view! {
        <button type="button" class=class on:click=move |_| on_press.run(())>
            {label}
        </button>
    }
    .into_any()
}
