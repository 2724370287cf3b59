//! The filter bar: search, states with counts, roles, billing modes, clear all.

use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::listing::{Column, Query, StateFilter};
use steward_domain::provider::{AccessSource, Description};
use steward_domain::role::Role;
use steward_domain::workspace::BillingMode;
use wasm_bindgen::JsValue;
use web_sys::Node;

use super::view::View;
use crate::browser::intl;
use crate::state::AppState;
use crate::state::accounts::Account;
use crate::text;
use crate::ui::el::{El, el, field_text, group as children};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::{button, press};

/// The id of the search field, for the `/` key.
pub const SEARCH_ID: &str = "search";

/// The bar.
pub fn bar(app: AppState, view: View) -> Node {
    let narrowed = Memo::new(move |_| view.query.with(Query::is_narrowed));
    let search = el("div").class("search").add(icon(Icon::Find)).add(
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
    );
    let mut states = group("seg", text::STATE);
    for state in [StateFilter::Active, StateFilter::Archived] {
        states = states.add(segment(app, view, state));
    }
    // Nearly every service has but two states; where there is another, nothing may be hidden by it.
    let others = Memo::new(move |_| {
        view.found.with(|found| found.counts.other > 0)
            || view.query.with(|query| query.state == StateFilter::Other)
    });
    let other = move || others.get().then(|| segment(app, view, StateFilter::Other));
    let states = states.part(other).add(segment(app, view, StateFilter::All));
    let chips = move || Some(chips(app, view));
    el("div")
        .class("bar")
        .add(search)
        .add(states)
        .part(chips)
        .part(move || {
            let clear = Callback::new(move |()| clear(view));
            narrowed
                .get()
                .then(|| button("btn quiet", text::CLEAR_FILTERS, clear))
        })
        .node()
}

/// The filters that depend on which accounts there are.
fn chips(app: AppState, view: View) -> Node {
    let accounts = app.accounts.all();
    let services = services(&accounts);
    let mut groups = Vec::new();
    if accounts.len() > 1 {
        let mut chips = group("chips", text::ACCOUNT);
        for account in &accounts {
            let id = account.id.clone();
            chips = chips.add(
                chip(view, &account.label, |query| &mut query.accounts, vec![id])
                    .attr("translate", "no"),
            );
        }
        groups.push(chips.node());
    }
    // Where each service has one account, the accounts say it all.
    if services.len() > 1 && services.len() < accounts.len() {
        let mut chips = group("chips", text::SERVICE);
        for service in &services {
            let key = service.key.to_owned();
            chips = chips.add(
                chip(view, service.name, |query| &mut query.services, vec![key])
                    .attr("translate", "no"),
            );
        }
        groups.push(chips.node());
    }
    let mut roles = group("chips", text::YOUR_ROLE);
    for (label, same) in roles_of(&services) {
        roles = roles.add(chip(view, &label, |query| &mut query.roles, same));
    }
    groups.push(roles.node());
    if services
        .iter()
        .any(|service| service.has_column(Column::Billing))
    {
        let mut modes = group("chips", text::BILLING_MODE);
        for mode in BillingMode::KNOWN {
            let label = text::billing(&mode);
            modes = modes.add(chip(view, &label, |query| &mut query.billing, vec![mode]));
        }
        groups.push(modes.node());
    }
    children(&groups)
}

/// Each service once, in the order of the accounts.
fn services(accounts: &[Rc<Account>]) -> Vec<&'static Description> {
    let mut services: Vec<&'static Description> = Vec::new();
    for account in accounts {
        let service = account.description();
        if !services.iter().any(|other| other.key == service.key) {
            services.push(service);
        }
    }
    services
}

/// The roles that one can have in the services. Two that are called the same are one to a person.
fn roles_of(services: &[&'static Description]) -> Vec<(String, Vec<Role>)> {
    let mut roles: Vec<(String, Vec<Role>)> = Vec::new();
    for service in services {
        // Where the credential administers the whole organization nobody has a role of their own.
        if service.access == AccessSource::Organization {
            continue;
        }
        for facts in service.roles {
            let label = text::role(&facts.role);
            match roles.iter_mut().find(|(known, _)| *known == label) {
                Some((_, same)) => same.push(facts.role.clone()),
                None => roles.push((label, vec![facts.role.clone()])),
            }
        }
    }
    roles
}

/// A chip that takes values into one of the lists of a query, and out again.
fn chip<T: PartialEq + Clone + Send + Sync + 'static>(
    view: View,
    label: &str,
    list: fn(&mut Query) -> &mut Vec<T>,
    values: Vec<T>,
) -> El {
    let wanted = values.clone();
    toggle(
        "chip",
        Callback::new(move |()| view.change(|query| switch(list(query), &values))),
        Box::new(move || {
            let mut query = view.query.get();
            let all = list(&mut query);
            wanted.iter().any(|value| all.contains(value))
        }),
    )
    .text(label)
}

/// Shows all again, keeping state and order.
pub fn clear(view: View) {
    view.change(|query| {
        query.text.clear();
        query.roles.clear();
        query.billing.clear();
        query.accounts.clear();
        query.services.clear();
    });
}

/// Named by an attribute: a legend would be two nodes more, and a page has 700.
fn group(class: &str, name: &str) -> El {
    el("fieldset").class(class).attr("aria-label", name)
}

fn segment(app: AppState, view: View, state: StateFilter) -> Node {
    let count = move || {
        // Before anything has arrived there is nothing to count, which is not the same as none.
        if !app.workspaces.has_arrived() {
            return String::new();
        }
        view.found.with(|found| {
            intl::number(match state {
                StateFilter::Active => found.counts.active,
                StateFilter::Archived => found.counts.archived,
                StateFilter::Other => found.counts.other,
                StateFilter::All => found.counts.all(),
            })
        })
    };
    toggle(
        "",
        Callback::new(move |()| view.change(|query| query.state = state)),
        Box::new(move || view.query.with(|query| query.state == state)),
    )
    // Without a space between them the two would be read as one word.
    .text(&[text::state_filter(state), " "].concat())
    .add(el("i").live_text(count))
    .node()
}

fn toggle(class: &'static str, on_press: Callback<()>, on: Box<dyn Fn() -> bool>) -> El {
    press(class, on_press).live("aria-pressed", move || {
        Some(String::from(if on() { "true" } else { "false" }))
    })
}

fn switch<T: PartialEq + Clone>(all: &mut Vec<T>, some: &[T]) {
    let before = all.len();
    all.retain(|other| !some.contains(other));
    if all.len() == before {
        all.extend_from_slice(some);
    }
}
