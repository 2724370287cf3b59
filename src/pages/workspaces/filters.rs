//! The filter bar: search, states with counts, roles, billing modes, clear all.

use leptos::prelude::*;
use steward_domain::listing::{Query, StateFilter};
use steward_domain::role::Role;
use steward_domain::workspace::BillingMode;

use super::view::View;
use crate::browser::intl;
use crate::text;
use crate::ui::block::button;
use crate::ui::icon::{Icon, icon};

/// The id of the search field, for the `/` key.
pub const SEARCH_ID: &str = "search";

/// The bar.
pub fn bar(view: View) -> AnyView {
    let narrowed = move || view.query.with(Query::is_narrowed);
    view! {
        <div class="bar">
            <div class="search">
                {icon(Icon::Find)}
                <input
                    id=SEARCH_ID
                    type="search"
                    aria-label=text::SEARCH
                    placeholder=text::SEARCH
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || view.query.with(|query| query.text.clone())
                    on:input=move |event| view.type_text(event_target_value(&event))
                />
                <kbd aria-hidden="true">"/"</kbd>
            </div>
            <fieldset class="seg">
                <legend class="sr">{text::STATE}</legend>
                {segment(view, StateFilter::Active)}
                {segment(view, StateFilter::Archived)}
                {segment(view, StateFilter::All)}
            </fieldset>
            <fieldset class="chips">
                <legend class="sr">{text::YOUR_ROLE}</legend>
                {Role::KNOWN.map(|role| role_chip(view, role)).into_iter().collect_view()}
            </fieldset>
            <fieldset class="chips">
                <legend class="sr">{text::BILLING_MODE}</legend>
                {BillingMode::KNOWN.map(|mode| billing_chip(view, mode)).into_iter().collect_view()}
            </fieldset>
            {move || {
                narrowed().then(|| {
                    button("btn quiet", text::CLEAR_FILTERS, Callback::new(move |()| clear(view)))
                })
            }}
        </div>
    }
    .into_any()
}

/// Shows all again, keeping state and order.
pub fn clear(view: View) {
    view.change(|query| {
        query.text.clear();
        query.roles.clear();
        query.billing.clear();
    });
}

fn segment(view: View, state: StateFilter) -> AnyView {
    let count = move || {
        view.found.with(|found| {
            intl::number(match state {
                StateFilter::Active => found.counts.active,
                StateFilter::Archived => found.counts.archived,
                StateFilter::All => found.counts.active + found.counts.archived,
            })
        })
    };
    view! {
        <button
            type="button"
            aria-pressed=move || pressed(view.query.with(|query| query.state == state))
            on:click=move |_| view.change(|query| query.state = state)
        >
            {text::state_filter(state)}
            <i>{move || count()}</i>
        </button>
    }
    .into_any()
}

fn role_chip(view: View, role: Role) -> AnyView {
    let wanted = role.clone();
    chip(
        text::role(&role),
        Signal::derive(move || view.query.with(|query| query.roles.contains(&wanted))),
        Callback::new(move |()| view.change(|query| toggle(&mut query.roles, &role))),
    )
}

fn billing_chip(view: View, mode: BillingMode) -> AnyView {
    let wanted = mode.clone();
    chip(
        text::billing(&mode),
        Signal::derive(move || view.query.with(|query| query.billing.contains(&wanted))),
        Callback::new(move |()| view.change(|query| toggle(&mut query.billing, &mode))),
    )
}

fn chip(label: String, on: Signal<bool>, press: Callback<()>) -> AnyView {
    view! {
        <button type="button" class="chip" aria-pressed=move || pressed(on.get()) on:click=move |_| press.run(())>
            {label}
        </button>
    }
    .into_any()
}

fn pressed(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}

fn toggle<T: PartialEq + Clone>(all: &mut Vec<T>, one: &T) {
    match all.iter().position(|other| other == one) {
        Some(at) => {
            all.remove(at);
        }
        None => all.push(one.clone()),
    }
}
