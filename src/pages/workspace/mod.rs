//! The open workspace: heading, tabs, and the part that the address names.

pub mod archive;
mod edit;
mod members;
mod overview;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::WorkspaceKey;
use steward_domain::workspace::Workspace;

use super::failed::failed_block;
use super::gate::{standing, verdict};
use super::href;
use crate::browser::{clock, focus, media};
use crate::route::{Route, Tab};
use crate::state::Console;
use crate::state::place::Place;
use crate::text;
use crate::ui::action::action_button;
use crate::ui::block::state_block;
use crate::ui::copy::copy_button;
use crate::ui::icon::{Icon, icon};

/// From this width on the list stays beside the open workspace.
const WIDE: &str = "(min-width: 1200px)";

/// The id of the pane's heading.
const HEADING_ID: &str = "workspace-heading";

/// The id of a row's link, so that focus can return to it.
#[must_use]
pub fn open_id(key: &WorkspaceKey) -> String {
    id_of("open/", key)
}

/// The id of a row's edit button.
#[must_use]
pub fn edit_id(key: &WorkspaceKey) -> String {
    id_of("edit/", key)
}

/// The id of a row's archive button.
#[must_use]
pub fn archive_id(key: &WorkspaceKey) -> String {
    id_of("archive/", key)
}

fn id_of(what: &str, key: &WorkspaceKey) -> String {
    [what, key.account.as_str(), "/", key.id.as_str()].concat()
}

/// Opens the archive dialog, if archiving is allowed at this moment.
pub fn start_archive(console: Console, key: &WorkspaceKey, name: &str) {
    let Some(workspace) = console.workspaces.get_untracked(key) else {
        return;
    };
    if verdict(console, Action::Archive, key, &workspace) == Verdict::Allowed {
        console.archiving.open(key.clone(), name.to_owned());
    }
}

/// The pane, while a workspace is open.
pub fn pane(console: Console, place: Place) -> AnyView {
    let open = Memo::new(move |_| place.open());
    view! { {move || open.get().map(|key| opened(console, place, key))} }.into_any()
}

fn opened(console: Console, place: Place, key: WorkspaceKey) -> AnyView {
    let failure = RwSignal::new(None::<Failure>);
    let read = {
        let key = key.clone();
        Callback::new(move |()| {
            let key = key.clone();
            failure.set(None);
            spawn_local(async move {
                if let Err(problem) = console.workspaces.refresh(&key).await {
                    failure.try_set(Some(problem));
                }
            });
        })
    };
    // What the list has is shown at once; the service is asked all the same, because the list may
    // be old and a linked workspace may not be in it.
    read.run(());

    let close = move || {
        place.go(&Route::List(place.route_untracked().query()));
    };
    let name_id = open_id(&key);
    let leave = Callback::new(move |()| {
        close();
        let id = name_id.clone();
        spawn_local(async move {
            clock::sleep(0).await;
            if !focus::focus_id(&id) {
                focus::focus_heading();
            }
        });
    });
    Effect::new(move |before: Option<()>| {
        // A pane that opens takes the focus to its heading; one that is there at the start of the
        // page leaves it where a browser puts it.
        if before.is_none() {
            spawn_local(async move {
                clock::sleep(0).await;
                focus::focus_id(HEADING_ID);
            });
        }
    });

    let shown = {
        let key = key.clone();
        Memo::new(move |_| console.workspaces.get(&key))
    };
    let tab = Memo::new(move |_| {
        place.with(|route| match route {
            Route::Workspace { tab, .. } => *tab,
            _ => Tab::Overview,
        })
    });
    let level = if media::matches(WIDE) { "2" } else { "1" };
    let content = {
        let key = key.clone();
        move || match (shown.get(), failure.get()) {
            (_, Some(failure)) if failure.kind == FailureKind::NotFound => state_block(
                Icon::Find,
                text::WORKSPACE_GONE.to_owned(),
                text::WORKSPACE_GONE_TEXT.to_owned(),
                true,
                None,
            ),
            (None, Some(failure)) => failed_block(&failure, read),
            (None, None) => {
                view! { <p class="wait" role="status">{text::LOADING_ONE}</p> }.into_any()
            }
            (Some(workspace), _) => match tab.get() {
                Tab::Overview => overview::overview(console, key.clone(), workspace),
                Tab::Members => members::members(console, key.clone()),
                Tab::Edit => edit::edit(console, place, key.clone(), workspace),
            },
        }
    };
    let id = key.id.as_str().to_owned();
    let heading = {
        let id = id.clone();
        move || {
            shown
                .get()
                .map_or_else(|| id.clone(), |workspace| workspace.name.clone())
        }
    };
    view! {
        <aside class="pane" aria-labelledby=HEADING_ID>
            <header>
                <a class="btn quiet back" href=move || href(&Route::List(place.with(Route::query)))>
                    {icon(Icon::Back)}
                    {text::BACK}
                </a>
                <div class="title">
                    <h2 id=HEADING_ID role="heading" attr:aria-level=level tabindex="-1">
                        <bdi>{move || heading()}</bdi>
                    </h2>
                    <span class="id">
                        {id.clone()}
                        {copy_button(text::COPY_ID.to_owned(), text::COPIED.to_owned(), id)}
                    </span>
                </div>
                <div class="act">
                    {move || {
                        let edit = shown.get().filter(|_| tab.get() != Tab::Edit);
                        edit.map(|workspace| edit_button(console, place, &key, workspace))
                    }}
                    <button type="button" class="icon close" aria-label=text::CLOSE on:click=move |_| leave.run(())>
                        {icon(Icon::Close)}
                    </button>
                </div>
            </header>
            {tabs(place, tab)}
            <div class="body">{move || content()}</div>
        </aside>
    }
    .into_any()
}

fn edit_button(
    console: Console,
    place: Place,
    key: &WorkspaceKey,
    workspace: Arc<Workspace>,
) -> AnyView {
    let to = key.clone();
    let press = Callback::new(move |()| {
        let query = place.route_untracked().query();
        place.go(&Route::Workspace {
            key: to.clone(),
            tab: Tab::Edit,
            query,
        });
    });
    let label = text::edit(&workspace.name);
    let inner = view! { {icon(Icon::Pen)}{text::EDIT} };
    action_button(
        "btn",
        String::from("pane-edit"),
        label,
        Some(inner.into_any()),
        standing(console, Action::Edit, key.clone(), workspace),
        press,
    )
}

fn tabs(place: Place, tab: Memo<Tab>) -> AnyView {
    let link = move |label: &'static str, to: Tab| {
        let target = move || {
            place.with(|route| match route.clone() {
                Route::Workspace { key, query, .. } => href(&Route::Workspace {
                    key,
                    tab: to,
                    query,
                }),
                route => href(&route),
            })
        };
        // The form is a part of the overview.
        let here = move || match tab.get() {
            Tab::Members => to == Tab::Members,
            Tab::Overview | Tab::Edit => to == Tab::Overview,
        };
        view! { <a href=move || target() aria-current=move || here().then_some("page")>{label}</a> }
    };
    view! {
        <nav class="tabs" aria-label=text::WORKSPACE>
            {link(text::OVERVIEW, Tab::Overview)}
            {link(text::MEMBERS, Tab::Members)}
        </nav>
    }
    .into_any()
}
