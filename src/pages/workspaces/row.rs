//! One row. As few nodes as it can be told with: 10,000 rows must leave the page under 700.

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::Action;
use steward_domain::id::WorkspaceKey;
use steward_domain::role::Access;
use steward_domain::time::Timestamp;
use steward_domain::workspace::Workspace;

use crate::pages::gate::standing;
use crate::pages::href;
use crate::pages::workspace::{archive_id, edit_id, open_id, start_archive};
use crate::route::{Route, Tab};
use crate::state::Console;
use crate::state::place::Place;
use crate::text;
use crate::ui::action::action_button;
use crate::ui::time::moment;

/// A row. `number` is its place among the matching rows, from 0.
pub fn row(
    console: Console,
    place: Place,
    key: WorkspaceKey,
    workspace: Arc<Workspace>,
    number: Signal<Option<usize>>,
) -> AnyView {
    let name = workspace.name.clone();
    let to = {
        let key = key.clone();
        move |tab| Route::Workspace {
            key: key.clone(),
            tab,
            query: place.with(Route::query),
        }
    };
    let link = {
        let to = to.clone();
        move || href(&to(Tab::Overview))
    };
    let current = {
        let key = key.clone();
        move || {
            place
                .with(|route| route.workspace() == Some(&key))
                .then_some("true")
        }
    };
    let account = console.accounts.account();
    let (mark, label) = account
        .filter(|account| account.id == key.account)
        .map(|account| (account.description().mark, account.label.clone()))
        .unwrap_or_default();
    let role = {
        let key = key.clone();
        move || role_text(&console.roles.access(&key))
    };
    let billing = billing_text(&workspace);
    let (state_class, state) = state_badge(&workspace);
    let press_edit = Callback::new(move |()| place.go(&to(Tab::Edit)));
    let press_archive = {
        let (key, name) = (key.clone(), name.clone());
        Callback::new(move |()| start_archive(console, &key, &name))
    };
    view! {
        <tr role="row" aria-rowindex=move || number.get().map(|number| (number + 2).to_string()) aria-current=move || current()>
            <td role="cell" class="c-name name">
                <a id=open_id(&key) href=move || link()>{name.clone()}</a>
                <span class="id">{key.id.as_str().to_owned()}</span>
            </td>
            <td role="cell" class="c-acct acct" data-mark=mark>{label}</td>
            <td role="cell" class="c-role">{move || role()}</td>
            <td role="cell" class="c-bill">{billing}</td>
            <td role="cell" class="c-state"><span class=state_class>{state}</span></td>
            <td role="cell" class="c-upd num">{moment(workspace.updated.map(Timestamp::as_millis), text::NOT_GIVEN)}</td>
            <td role="cell" class="acts">
                {action_button(
                    "icon i-pen",
                    edit_id(&key),
                    text::edit(&name),
                    None,
                    standing(console, Action::Edit, key.clone(), Arc::clone(&workspace)),
                    press_edit,
                )}
                {action_button(
                    "icon i-box",
                    archive_id(&key),
                    text::archive(&name),
                    None,
                    standing(console, Action::Archive, key, workspace),
                    press_archive,
                )}
            </td>
        </tr>
    }
    .into_any()
}

/// My role in words, or what is known about it.
#[must_use]
pub fn role_text(access: &Access) -> String {
    match access {
        Access::Unknown => "…".to_owned(),
        Access::Known(role, _) => text::role(role),
        Access::NotAMember(_) => text::NOT_A_MEMBER.to_owned(),
        Access::Unreadable => text::ROLE_UNREADABLE.to_owned(),
    }
}

/// How a workspace is paid for, in words.
#[must_use]
pub fn billing_text(workspace: &Workspace) -> String {
    workspace.billing.as_ref().map_or_else(|| text::NOT_GIVEN.to_owned(), text::billing)
}

/// A workspace's state as a badge's class and text.
#[must_use]
pub fn state_badge(workspace: &Workspace) -> (&'static str, &'static str) {
    use steward_domain::listing::StateFilter;
    if workspace.state.is_archived() {
        ("badge", text::state_filter(StateFilter::Archived))
    } else {
        ("badge ok", text::state_filter(StateFilter::Active))
    }
}
