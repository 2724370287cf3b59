//! The filter bar: search, states with counts, roles, billing modes, clear all.

use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::id::AccountId;
use steward_domain::listing::{Column, Query, StateFilter};
use steward_domain::provider::{AccessSource, Description};
use steward_domain::role::Role;
use steward_domain::workspace::BillingMode;

use super::view::View;
use crate::browser::intl;
use crate::state::AppState;
use crate::state::accounts::Account;
use crate::text;
use crate::ui::icon::Icon;

/// The id of the search field, for the `/` key.
pub const SEARCH_ID: &str = "search";

/// The bar.
#[component]
pub(super) fn FilterBar(app: AppState, view: View) -> impl IntoView {
    let narrowed = Memo::new(move |_| view.query.with(Query::is_narrowed));
    // Nearly every service has but two states; where there is another, nothing may be hidden by it.
    let others = Memo::new(move |_| {
        view.found.with(|found| found.counts.other > 0)
            || view.query.with(|query| query.state == StateFilter::Other)
    });
    view! {
        <div class="bar">
            <div class="search">
                <Icon icon=Icon::Find/>
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
            </div>
            // Named by an attribute, as every group here: a legend would be two nodes more.
            <fieldset class="seg" aria-label=text::STATE>
                <Segment app=app view=view state=StateFilter::Active/>
                <Segment app=app view=view state=StateFilter::Archived/>
                <Show when=move || others.get()>
                    <Segment app=app view=view state=StateFilter::Other/>
                </Show>
                <Segment app=app view=view state=StateFilter::All/>
            </fieldset>
            <AccountChips app=app view=view/>
            <Show when=move || narrowed.get()>
                <button type="button" class="btn quiet" on:click=move |_| clear(view)>
                    {text::CLEAR_FILTERS}
                </button>
            </Show>
        </div>
    }
}

/// The filters that depend on which accounts there are.
#[component]
fn AccountChips(app: AppState, view: View) -> impl IntoView {
    let accounts = move || {
        let all = app.accounts.all();
        let named = |account: &Rc<Account>| (account.id.clone(), account.label.clone());
        all.iter().map(named).collect::<Vec<(AccountId, String)>>()
    };
    let services = Memo::new(move |_| services_of(&app.accounts.all()));
    // Where each service has one account, the accounts say it all.
    let share_services = move || {
        let count = services.with(Vec::len);
        count > 1 && count < app.accounts.all().len()
    };
    let bill = move || {
        let bills = |service: &&Description| service.has_column(Column::Billing);
        services.with(|services| services.iter().any(bills))
    };
    view! {
        <Show when=move || app.accounts.are_several()>
            <fieldset class="chips" aria-label=text::ACCOUNT>
                <For each=accounts key=Clone::clone let((id, label))>
                    <Chip
                        view=view
                        label=label
                        is_name=true
                        list=|query| &mut query.accounts
                        values=vec![id]
                    />
                </For>
            </fieldset>
        </Show>
        <Show when=share_services>
            <fieldset class="chips" aria-label=text::SERVICE>
                <For each=move || services.get() key=|service| service.key let(service)>
                    <Chip
                        view=view
                        label=service.name
                        is_name=true
                        list=|query| &mut query.services
                        values=vec![service.key.to_owned()]
                    />
                </For>
            </fieldset>
        </Show>
        <fieldset class="chips" aria-label=text::YOUR_ROLE>
            <For each=move || services.with(|all| roles_of(all)) key=Clone::clone let((label, same))>
                <Chip view=view label=label list=|query| &mut query.roles values=same/>
            </For>
        </fieldset>
        <Show when=bill>
            <fieldset class="chips" aria-label=text::BILLING_MODE>
                {BillingMode::KNOWN
                    .into_iter()
                    .map(|mode| {
                        let label = text::billing(&mode);
                        view! {
                            <Chip
                                view=view
                                label=label
                                list=|query| &mut query.billing
                                values=vec![mode]
                            />
                        }
                    })
                    .collect_view()}
            </fieldset>
        </Show>
    }
}

/// Each service once, in the order of the accounts.
fn services_of(accounts: &[Rc<Account>]) -> Vec<&'static Description> {
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

/// A chip that takes `values` into one of the lists of a query, and out again. A label that is a name, of an account
/// or a service, is not translated.
#[component]
fn Chip<T: PartialEq + Clone + Send + Sync + 'static>(
    view: View,
    #[prop(into)] label: String,
    #[prop(optional)] is_name: bool,
    list: fn(&mut Query) -> &mut Vec<T>,
    values: Vec<T>,
) -> impl IntoView {
    let wanted = values.clone();
    let pressed = Signal::derive(move || {
        let mut query = view.query.get();
        let all = list(&mut query);
        wanted.iter().any(|value| all.contains(value))
    });
    let press = move |_| view.change(|query| switch(list(query), &values));
    view! {
        <button
            type="button"
            class="chip"
            translate=is_name.then_some("no")
            aria-pressed=move || pressed_word(pressed.get())
            on:click=press
        >
            {label}
        </button>
    }
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

/// Shows the workspaces of one state, and says how many there are.
#[component]
fn Segment(app: AppState, view: View, state: StateFilter) -> impl IntoView {
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
    view! {
        <button
            type="button"
            aria-pressed=move || pressed_word(view.query.with(|query| query.state == state))
            on:click=move |_| view.change(|query| query.state = state)
        >
            // Without a space between them the two would be read as one word.
            {format!("{} ", text::state_filter(state))}
            <i prop:textContent=count></i>
        </button>
    }
}

/// The value of `aria-pressed`, which unlike a boolean attribute is never absent.
fn pressed_word(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}

/// Takes `some` out of `all`, or adds them if none was in it.
fn switch<T: PartialEq + Clone>(all: &mut Vec<T>, some: &[T]) {
    let before = all.len();
    all.retain(|other| !some.contains(other));
    if all.len() == before {
        all.extend_from_slice(some);
    }
}
