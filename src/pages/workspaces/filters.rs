//! The filter bar: search, states with counts, roles, billing modes, clear all.

use leptos::prelude::*;
use steward_domain::listing::{Query, StateFilter};
use steward_domain::role::Role;
use steward_domain::workspace::BillingMode;
use wasm_bindgen::JsValue;
use web_sys::Node;

use super::view::View;
use crate::browser::intl;
use crate::reactive::memo;
use crate::state::Console;
use crate::text;
use crate::ui::block::{button, press};
use crate::ui::el::{El, el, field_text};
use crate::ui::icon::{Icon, icon};

/// The id of the search field, for the `/` key.
pub const SEARCH_ID: &str = "search";

/// The bar.
pub fn bar(console: Console, view: View) -> Node {
    let narrowed = memo(move || view.query.with(Query::is_narrowed));
    let search = el("div")
        .class("search")
        .add(icon(Icon::Find))
        .add(
            el("input")
                .attr("id", SEARCH_ID)
                .attr("type", "search")
                .attr("aria-label", text::SEARCH)
                .attr("placeholder", text::SEARCH)
                .attr("autocomplete", "off")
                .attr("spellcheck", "false")
                .property("value", move || {
                    view.query.with(|query| JsValue::from_str(&query.text))
                })
                .on("input", move |event| view.type_text(field_text(&event))),
        )
        .add(el("kbd").attr("aria-hidden", "true").text("/"));
    let mut states = group("seg", text::STATE);
    for state in [StateFilter::Active, StateFilter::Archived, StateFilter::All] {
        states = states.add(segment(console, view, state));
    }
    let mut roles = group("chips", text::YOUR_ROLE);
    for role in Role::KNOWN {
        let label = text::role(&role);
        let wanted = role.clone();
        roles = roles.add(
            toggle(
                "chip",
                Callback::new(move |()| view.change(|query| switch(&mut query.roles, &role))),
                Box::new(move || view.query.with(|query| query.roles.contains(&wanted))),
            )
            .text(&label),
        );
    }
    let mut modes = group("chips", text::BILLING_MODE);
    for mode in BillingMode::KNOWN {
        let label = text::billing(&mode);
        let wanted = mode.clone();
        modes = modes.add(
            toggle(
                "chip",
                Callback::new(move |()| view.change(|query| switch(&mut query.billing, &mode))),
                Box::new(move || view.query.with(|query| query.billing.contains(&wanted))),
            )
            .text(&label),
        );
    }
    el("div")
        .class("bar")
        .add(search)
        .add(states)
        .add(roles)
        .add(modes)
        .part(move || {
            let clear = Callback::new(move |()| clear(view));
            narrowed
                .get()
                .then(|| button("btn quiet", text::CLEAR_FILTERS, clear))
        })
        .node()
}

/// Shows all again, keeping state and order.
pub fn clear(view: View) {
    view.change(|query| {
        query.text.clear();
        query.roles.clear();
        query.billing.clear();
    });
}

/// Named by an attribute: a legend would be two nodes more, and a page has 700.
fn group(class: &str, name: &str) -> El {
    el("fieldset").class(class).attr("aria-label", name)
}

fn segment(console: Console, view: View, state: StateFilter) -> Node {
    let count = move || {
        // Before anything has arrived there is nothing to count, which is not the same as none.
        if console.workspaces.loaded_at().is_none() {
            return String::new();
        }
        view.found.with(|found| {
            intl::number(match state {
                StateFilter::Active => found.counts.active,
                StateFilter::Archived => found.counts.archived,
                StateFilter::All => found.counts.active + found.counts.archived,
            })
        })
    };
    toggle(
        "",
        Callback::new(move |()| view.change(|query| query.state = state)),
        Box::new(move || view.query.with(|query| query.state == state)),
    )
    .text(text::state_filter(state))
    // Without a space between them the two would be read as one word.
    .text(" ")
    .add(el("i").live_text(count))
    .node()
}

fn toggle(class: &'static str, on_press: Callback<()>, on: Box<dyn Fn() -> bool>) -> El {
    press(class, on_press).live("aria-pressed", move || {
        Some(String::from(if on() { "true" } else { "false" }))
    })
}

fn switch<T: PartialEq + Clone>(all: &mut Vec<T>, one: &T) {
    match all.iter().position(|other| other == one) {
        Some(at) => {
            all.remove(at);
        }
        None => all.push(one.clone()),
    }
}
