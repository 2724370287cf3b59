//! What stands above the open workspace, whatever of it is shown: the way back, its name and id, the way
//! to its form, and the tabs.
//!
//! Guarantees: one that is gone keeps the name that it had. Must not know what the tabs show.

use std::sync::Arc;

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use leptos_router::components::A;
use steward_domain::capability::Action;
use steward_domain::id::WorkspaceKey;
use steward_domain::workspace::Workspace;

use super::{Body, HEADING_ID, Shown, tab_of};
use crate::components::availability::availability;
use crate::components::display_name::DisplayName;
use crate::routes::{Route, Tab};
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::action::GatedButton;
use crate::ui::copy::CopyButton;
use crate::ui::icon::Icon;

/// The pane's header. `wide` is on while the list stands beside it; `body` is what is shown below.
#[component]
pub(super) fn Header(
    app: AppState,
    navigation: Navigation,
    wide: RwSignal<bool>,
    key: WorkspaceKey,
    shown: Shown,
    body: Memo<Body>,
) -> impl IntoView {
    let id = key.id.as_str().to_owned();
    // One that is gone keeps the name that it had.
    let called = StoredValue::new(id.clone());
    let name = Memo::new(move |_| {
        if let Some(now) = shown.with(|shown| shown.as_deref().map(text::name)) {
            called.set_value(now);
        }
        called.get_value()
    });
    let list = move |route: &Route| Route::List(route.query());
    let edit = move || {
        let (workspace, key) = (shown.get()?, key.clone());
        let offered = matches!(body.get(), Body::There(tab) if tab != Tab::Edit);
        offered.then(|| {
            view! { <EditButton app=app navigation=navigation key=key workspace=workspace/> }
        })
    };
    view! {
        <header>
            <A
                href=move || navigation.with(list).href()
                exact=true
                attr:class="btn quiet back"
            >
                <Icon icon=Icon::Back/>
                {text::BACK}
            </A>
            <div class="title">
                <h2
                    id=HEADING_ID
                    role="heading"
                    {..custom_attribute("aria-level", move || if wide.get() { "2" } else { "1" })}
                    tabindex="-1"
                >
                    {move || view! { <DisplayName name=name.get()/> }}
                </h2>
                <span class="id" translate="no">
                    {id.clone()}
                    <CopyButton what=text::COPY_ID words=id/>
                </span>
            </div>
            <div class="act">
                {edit}
                <button
                    type="button"
                    class="icon close"
                    aria-label=text::CLOSE
                    on:click=move |_| navigation.go(&list(&navigation.route_untracked()))
                >
                    <Icon icon=Icon::Close/>
                </button>
            </div>
        </header>
    }
}

/// The way to the form, which may be barred.
#[component]
fn EditButton(
    app: AppState,
    navigation: Navigation,
    key: WorkspaceKey,
    workspace: Arc<Workspace>,
) -> impl IntoView {
    let to = key.clone();
    let press = Callback::new(move |()| {
        let query = navigation.route_untracked().query();
        navigation.go(&Route::Workspace {
            key: to.clone(),
            tab: Tab::Edit,
            query,
        });
    });
    let label = text::edit(&text::name(&workspace));
    let gate = availability(app, Action::Edit, key, workspace);
    view! {
        <GatedButton class="btn" id="pane-edit" label=label availability=gate on_press=press>
            <Icon icon=Icon::Pen/>
            {text::EDIT}
        </GatedButton>
    }
}

/// The parts of a workspace.
#[component]
pub(super) fn Tabs(navigation: Navigation) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=text::WORKSPACE>
            <TabLink navigation=navigation label=text::OVERVIEW to=Tab::Overview/>
            <TabLink navigation=navigation label=text::MEMBERS to=Tab::Members/>
        </nav>
    }
}

/// The way to one of them, with the list's query kept.
#[component]
fn TabLink(navigation: Navigation, label: &'static str, to: Tab) -> impl IntoView {
    let target = move || {
        let mut route = navigation.route();
        if let Route::Workspace { tab, .. } = &mut route {
            *tab = to;
        }
        route.href()
    };
    let here = move || {
        // The form is a part of the overview.
        let members = navigation.with(tab_of) == Tab::Members;
        (members == (to == Tab::Members)).then_some("page")
    };
    view! {
        <a href=target aria-current=here>
            {label}
        </a>
    }
}
