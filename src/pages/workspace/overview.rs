//! Every field of a workspace, and the danger zone.

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::Action;
use steward_domain::id::WorkspaceKey;
use steward_domain::time::Timestamp;
use steward_domain::workspace::{State, Workspace};

use super::start_archive;
use crate::pages::gate::standing;
use crate::pages::workspaces::row::{billing_text, role_text, state_badge};
use crate::state::Console;
use crate::text;
use crate::ui::action::{Standing, action_button};
use crate::ui::block::{badge, button, fact};
use crate::ui::icon::{Icon, icon};
use crate::ui::time::{exact, moment};
use steward_domain::role::Access;

/// The overview.
pub fn overview(console: Console, key: WorkspaceKey, workspace: Arc<Workspace>) -> AnyView {
    let account = console.accounts.account();
    let (mark, account) = account
        .map(|account| {
            let label = [account.label.as_str(), " · ", account.description().name].concat();
            (account.description().mark, label)
        })
        .unwrap_or_default();
    let (state_class, state) = state_badge(&workspace);
    let date = |at: Option<Timestamp>| match at {
        Some(at) => exact(at.as_millis()),
        None => text::NOT_GIVEN.into_any(),
    };
    let description = match workspace.description.clone().filter(|text| !text.is_empty()) {
        Some(text) => view! { <bdi class="long">{text}</bdi> }.into_any(),
        None => view! { <span class="m">{text::NONE}</span> }.into_any(),
    };
    let account = view! { <span class="acct" data-mark=mark>{account}</span> };
    let seats = workspace.seat_limit.map_or_else(|| text::NOT_GIVEN.to_owned(), text::seats);
    let updated = moment(workspace.updated.map(Timestamp::as_millis), text::NOT_GIVEN);
    let mut facts = vec![
        fact(text::STATE, badge(state_class, state)),
        fact(text::DESCRIPTION, description),
        fact(text::ACCOUNT, account.into_any()),
        fact(text::YOUR_ROLE, role(console, key.clone())),
        fact(text::BILLING_MODE, billing_text(&workspace).into_any()),
        fact(text::SEATS, seats.into_any()),
        fact(text::CREATED, date(workspace.created)),
        fact(text::UPDATED, updated),
    ];
    if let State::Archived(at) = workspace.state {
        facts.push(fact(text::ARCHIVED_AT, date(at)));
    }
    view! {
        <dl class="facts">{facts}</dl>
        {zone(console, key, workspace)}
    }
    .into_any()
}

fn role(console: Console, key: WorkspaceKey) -> AnyView {
    let shown = move || {
        let access = console.roles.access(&key);
        let again = {
            let key = key.clone();
            Callback::new(move |()| console.roles.recheck(&key))
        };
        match &access {
            Access::Unknown => {
                view! { <span class="m" role="status">{text::ROLE_PENDING}</span> }.into_any()
            }
            Access::Known(role, _) => view! {
                {text::role(role)}
                <span class="m">{text::role_meaning(role)}</span>
            }
            .into_any(),
            Access::NotAMember(_) | Access::Unreadable => view! {
                {role_text(&access)}
                {button("btn quiet", text::CHECK_ROLE, again)}
            }
            .into_any(),
        }
    };
    view! { {move || shown()} }.into_any()
}

fn zone(console: Console, key: WorkspaceKey, workspace: Arc<Workspace>) -> AnyView {
    let consequences = console
        .accounts
        .account()
        .map(|account| {
            let service = account.description();
            text::archive_consequences(service.name, service.archive)
        })
        .unwrap_or_default();
    let name = workspace.name.clone();
    let press = {
        let (key, name) = (key.clone(), name.clone());
        Callback::new(move |()| start_archive(console, &key, &name))
    };
    let gate = standing(console, Action::Archive, key, workspace);
    let why = move || {
        gate.with(|standing| match standing {
            Standing::Refused(reason) | Standing::Waiting(reason) => {
                Some(view! { <p class="why">{icon(Icon::Lock)}<span>{reason.clone()}</span></p> }.into_any())
            }
            Standing::Ready | Standing::Busy => None,
        })
    };
    let label = text::archive(&name);
    let inner = view! { {icon(Icon::Box)}<span class="cut">{label.clone()}</span> };
    view! {
        <section class="zone" aria-labelledby="zone-heading">
            <h3 id="zone-heading">{text::ARCHIVE_HEADING}</h3>
            <p>{consequences}</p>
            {action_button("btn", String::from("zone-archive"), label, Some(inner.into_any()), gate, press)}
            {move || why()}
        </section>
    }
    .into_any()
}
