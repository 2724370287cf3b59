//! One row. As few nodes as it can be told with: 10,000 rows must leave the page under 700.

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::Action;
use steward_domain::id::WorkspaceKey;
use steward_domain::listing::{Column, StateFilter};
use steward_domain::provider::Description;
use steward_domain::time::Timestamp;
use steward_domain::workspace::Workspace;
use web_sys::Node;

use crate::pages::gate::standing;
use crate::pages::workspace::{archive_id, edit_id, open_id, start_archive};
use crate::reactive::Live;
use crate::route::{Route, Tab};
use crate::state::Console;
use crate::state::place::Place;
use crate::text;
use crate::ui::action::action_button;
use crate::ui::block::badge;
use crate::ui::el::{El, el};
use crate::ui::time::moment;

/// A row. `number` is its place among the matching rows, from 0.
pub fn row(
    console: Console,
    place: Place,
    key: WorkspaceKey,
    workspace: Arc<Workspace>,
    number: Live<Option<usize>>,
) -> Node {
    let shown = text::name(&workspace);
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
        move || Some(to(Tab::Overview).href())
    };
    let account = console.accounts.get(&key.account);
    let service = account.as_ref().map(|account| account.description());
    let (mark, label) = account
        .map(|account| (account.description().mark, account.label.clone()))
        .unwrap_or_default();
    let (state_class, state) = state_badge(&workspace);
    let press_edit = Callback::new(move |()| place.go(&untrack(|| to(Tab::Edit))));
    let press_archive = {
        let (key, name) = (key.clone(), shown.clone());
        Callback::new(move |()| start_archive(console, &key, &name))
    };
    let role_key = key.clone();
    let open_key = key.clone();
    el("tr")
        .attr("role", "row")
        .live("aria-rowindex", move || {
            number.get().map(|number| (number + 2).to_string())
        })
        .when("aria-current", move || {
            place.with(|route| route.workspace() == Some(&open_key))
        })
        .add(
            cell("c-name name")
                .add(select_box(console, &key, &shown))
                .add(
                    el("a")
                        .attr("id", &open_id(&key))
                        .live("href", link)
                        .text(&text::visible(&shown)),
                )
                .add(el("span").class("id").text(key.id.as_str())),
        )
        .add(cell("c-acct acct").attr("data-mark", mark).text(&label))
        .add(
            cell("c-role").live_text(move || text::role_or_state(&console.roles.access(&role_key))),
        )
        .add(cell("c-bill").text(&billing_text(&workspace, service)))
        .add(cell("c-state").add(badge(state_class, state)))
        .add(cell(updated_class(service)).add(moment(
            workspace.updated.map(Timestamp::as_millis),
            missing(service, Column::Updated),
        )))
        .add(
            cell("acts")
                .add(action_button(
                    "icon i-pen",
                    edit_id(&key),
                    text::edit(&shown),
                    None,
                    standing(console, Action::Edit, key.clone(), Arc::clone(&workspace)),
                    press_edit,
                ))
                .add(action_button(
                    "icon i-box",
                    archive_id(&key),
                    text::archive(&shown),
                    None,
                    standing(console, Action::Archive, key, workspace),
                    press_archive,
                )),
        )
        .node()
}

/// What selects it. In the cell of its name: a cell of its own would cost the page a node more.
fn select_box(console: Console, key: &WorkspaceKey, name: &str) -> El {
    let (selection, key) = (console.selection, key.clone());
    let toggled = key.clone();
    el("input")
        .attr("type", "checkbox")
        .attr("class", "pick")
        .attr("aria-label", &text::select(name))
        .property("checked", move || selection.has(&key).into())
        .on("change", move |_| selection.toggle(&toggled))
}

/// The last change is left out of a phone's rows where the service does not tell it.
fn updated_class(service: Option<&Description>) -> &'static str {
    match missing(service, Column::Updated) {
        text::NOT_OFFERED => "c-upd num off",
        _ => "c-upd num",
    }
}

/// What stands where there is nothing: that the service has no such thing, or did not give it.
fn missing(service: Option<&Description>, column: Column) -> &'static str {
    match service {
        Some(service) if !service.has_column(column) => text::NOT_OFFERED,
        _ => text::NOT_GIVEN,
    }
}

fn cell(class: &str) -> El {
    el("td").attr("role", "cell").class(class)
}

/// How a workspace is paid for, in words.
#[must_use]
pub fn billing_text(workspace: &Workspace, service: Option<&Description>) -> String {
    workspace.billing.as_ref().map_or_else(
        || missing(service, Column::Billing).to_owned(),
        text::billing,
    )
}

/// A workspace's state as a badge's class and text.
#[must_use]
pub fn state_badge(workspace: &Workspace) -> (&'static str, &'static str) {
    if workspace.state.is_archived() {
        ("badge", text::state_filter(StateFilter::Archived))
    } else {
        ("badge ok", text::state_filter(StateFilter::Active))
    }
}
