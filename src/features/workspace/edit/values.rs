//! For those who may not edit: what the service has, to read and copy, no inputs that only look alive. What they had
//! typed while they still might stands below it.

use leptos::prelude::*;
use steward_domain::field::{Field, FieldFacts, Form as Looks, When};

use super::form::Form;
use crate::text;
use crate::ui::copy::CopyButton;
use crate::ui::layout::Fact;

/// The values as text.
#[component]
pub(super) fn ReadOnlyValues(form: Form, dirty: Memo<bool>) -> impl IntoView {
    let saved = move || {
        saved_values(form)
            .into_iter()
            .map(|(field, value)| {
                view! {
                    <Fact term=text::field(field)>
                        <LongValue value=value/>
                    </Fact>
                }
            })
            .collect_view()
    };
    view! {
        <dl class="facts">{saved}</dl>
        <Show when=move || dirty.get()>
            <p role="status">{text::STILL_HERE}</p>
            <dl class="facts">{move || typed_values(form)}</dl>
        </Show>
    }
}

/// What the service has in each field that could be edited. Of a workspace that is gone nothing is known.
fn saved_values(form: Form) -> Vec<(Field, String)> {
    if form.is_gone() {
        return Vec::new();
    }
    let now = form.current();
    let fields = form.service.fields.iter();
    fields
        .filter(|facts| facts.when == When::Always)
        .map(|facts| match facts.field {
            Field::Name => (Field::Name, text::name(&now)),
            field => (field, shown_value(facts, now.text(field))),
        })
        .collect()
}

/// What was typed and not saved, each with a button that copies it.
fn typed_values(form: Form) -> impl IntoView {
    let base = form.base.get();
    form.fields
        .raw
        .get()
        .fields()
        .filter(|(field, typed)| *typed != base.text(*field))
        .map(|(field, typed)| {
            let typed = typed.to_owned();
            view! {
                <Fact term=text::field(field)>
                    <LongValue value=typed.clone()/>
                    <CopyButton what=text::copy_field(field) words=typed/>
                </Fact>
            }
        })
        .collect_view()
}

/// A field's value in words.
fn shown_value(facts: &FieldFacts, value: &str) -> String {
    match facts.form {
        _ if value.is_empty() => text::NONE.to_owned(),
        Looks::Choice(_) => text::choice(facts.field, value),
        _ => value.to_owned(),
    }
}

/// A value that may have many lines.
#[component]
fn LongValue(value: String) -> impl IntoView {
    view! {
        <bdi class="long" translate="no">
            {value}
        </bdi>
    }
}
