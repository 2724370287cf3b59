//! Small parts that many screens share: a block that stands in place of something (nothing here,
//! failed, takes long), a box inside content, a badge, a term with its value, a button.

use super::copy::CopyButton;
use super::icon::Icon;
use leptos::prelude::*;

/// A block in place of content: nothing here, failed, takes long.
#[component]
pub fn StateBlock(
    /// Its icon.
    icon: Icon,
    /// Its heading.
    #[prop(into)]
    title: String,
    /// Its text.
    #[prop(into)]
    text: String,
    /// Whether it is announced when it appears.
    #[prop(optional)]
    urgent: bool,
    /// What leads on.
    #[prop(optional)]
    children: Option<Children>,
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

/// A box inside content. It may be drawn over with other texts, so that each is
/// set on its element: software that translates the page replaces the texts themselves.
#[component]
pub fn Note(
    /// `danger`, `warning` or `info`.
    tone: &'static str,
    /// Its heading.
    #[prop(into)]
    title: String,
    /// Its text.
    #[prop(into)]
    text: String,
    /// What leads on.
    #[prop(optional)]
    children: Option<Children>,
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
pub fn Fact(
    /// The term.
    #[prop(into)]
    term: String,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <dt>{term}</dt>
        <dd>{children()}</dd>
    }
}

/// A text from outside that people carry elsewhere: apart from its surroundings in direction, with
/// a button that copies it.
#[component]
pub fn Copyable(
    /// The name of the button.
    #[prop(into)]
    what: String,
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <bdi translate="no">{text.clone()}</bdi>
        <CopyButton what=what words=text/>
    }
}
