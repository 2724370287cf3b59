//! The open workspace: heading, tabs, and the part that the address names.

pub mod archive;
pub mod edit;
mod foreign;
mod header;
mod members;
mod overview;

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::WorkspaceKey;
use steward_domain::workspace::Workspace;

use self::edit::EditTab;
use self::foreign::{Gone, NotHere};
use self::header::{Header, Tabs};
use self::members::MembersTab;
use self::overview::Overview;
use crate::browser::{clock, focus, media};
use crate::components::failure_notice::{Again, FailedBlock, FailureNotice};
use crate::routes::{Route, Tab};
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::state::request::Request;
use crate::text;
use crate::ui::icon::Icon;
use leptos::task::spawn_local;

/// From this width on the list stays beside the open workspace.
const WIDE: &str = "(min-width: 75em)";

/// The id of the pane's heading.
const HEADING_ID: &str = "workspace-heading";

/// The open workspace, as far as it is known.
type Shown = Memo<Option<Arc<Workspace>>>;

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
    format!("{what}{}/{}", key.account.as_str(), key.id.as_str())
}

/// Opens the archive dialog, if archiving is allowed at this moment. `name` is what is shown; one
/// without a letter cannot be typed, so the id stands in for it.
pub fn start_archive(app: AppState, key: &WorkspaceKey, name: &str) {
    let Some(workspace) = app.workspaces.get_untracked(key) else {
        return;
    };
    if untrack(|| app.verdict(Action::Archive, key, &workspace)) == Verdict::Allowed {
        let name = if name.trim().is_empty() {
            key.id.as_str()
        } else {
            name
        };
        app.archiving.open(key.clone(), name.to_owned());
    }
}

/// The pane, while a workspace is open.
#[component]
pub(crate) fn Pane(app: AppState, navigation: Navigation) -> impl IntoView {
    let wide = RwSignal::new(media::matches(WIDE));
    // Kept as long as the screen is.
    let follow_width = Box::new(move || {
        wide.try_set(media::matches(WIDE));
    });
    let _ = StoredValue::new_local(media::watch(WIDE, follow_width));
    let open = Memo::new(move |_| navigation.open());
    let mut before = None;
    Effect::new(move |_| {
        let now = open.get();
        let to_list = now.is_none() && matches!(navigation.route_untracked(), Route::List(_));
        // However it was closed, focus must not be lost with it.
        if let Some(closed) = std::mem::replace(&mut before, now).filter(|_| to_list) {
            focus_soon(vec![open_id(&closed)], true);
        }
    });
    // Each workspace has a pane of its own: the next one does not begin where this one was scrolled to.
    view! {
        <For each=move || open.get() key=WorkspaceKey::clone let(key)>
            <OpenWorkspace app=app navigation=navigation wide=wide key=key/>
        </For>
    }
}

/// Gives focus to the first of these that can hold it, or else to the page's heading, once what
/// follows from this moment is drawn; unless a person has moved it by then.
pub fn focus_soon(ids: Vec<String>, only_if_lost: bool) {
    let was = focus::here();
    spawn_local(async move {
        clock::sleep(0).await;
        let due = focus::is_lost() || !only_if_lost && !was.has_moved();
        if due && !ids.iter().any(|id| focus::focus_id(id)) {
            focus::focus_heading();
        }
    });
}

/// What the pane's body shows. It is drawn again when this changes and not when the workspace is
/// read again, so that a form outlives that.
#[derive(Clone, PartialEq)]
enum Body {
    /// Its account does not show it. It may have before.
    Gone(bool),
    /// Its account is not signed in here.
    NotHere,
    Failed(Failure),
    Awaited,
    There(Tab),
}

fn tab_of(route: &Route) -> Tab {
    match route {
        Route::Workspace { tab, .. } => *tab,
        _ => Tab::Overview,
    }
}

/// One workspace. `wide` is on while the list stands beside it.
#[component]
fn OpenWorkspace(
    app: AppState,
    navigation: Navigation,
    wide: RwSignal<bool>,
    key: WorkspaceKey,
) -> impl IntoView {
    let shown: Shown = {
        let key = key.clone();
        Memo::new(move |_| app.workspaces.get(&key))
    };
    let (read, request) = reading(app, &key, shown);
    if navigation.has_moved() {
        // At the start of the page focus stays where a browser puts it.
        focus_soon(vec![HEADING_ID.to_owned()], false);
    }
    let ours = {
        let account = key.account.clone();
        Memo::new(move |_| app.accounts.get(&account).is_some())
    };
    let seen = StoredValue::new(false);
    let was_here = move || {
        if shown.with(Option::is_some) {
            seen.set_value(true);
        }
        seen.get_value()
    };
    let not_found =
        move || matches!(request.failure(), Some(failure) if failure.kind == FailureKind::NotFound);
    let missing = move || !was_here() && (!ours.get() || not_found());
    let looks = foreign::look_elsewhere(app, navigation, &key, missing);
    // Once its account is here it is asked.
    let mut before = ours.get_untracked();
    Effect::new(move |_| {
        let now = ours.get();
        if now && !std::mem::replace(&mut before, now) {
            untrack(|| read.run(()));
        }
    });
    // A form with text in it outlives its workspace.
    let holds = RwSignal::new(false);
    let body = Memo::new(move |_| match request.failure() {
        _ if missing() && looks.get() => Body::Awaited,
        _ if !ours.get() => Body::NotHere,
        _ if holds.get() && navigation.with(tab_of) == Tab::Edit => Body::There(Tab::Edit),
        Some(failure) if failure.kind == FailureKind::NotFound => Body::Gone(was_here()),
        _ if shown.with(Option::is_some) => Body::There(navigation.with(tab_of)),
        Some(failure) => Body::Failed(failure),
        None => Body::Awaited,
    });
    let again = Again::by_itself(Callback::new(move |()| {
        read.run(());
        // The button goes with what it mends.
        focus_soon(vec![HEADING_ID.to_owned()], true);
    }));
    let account = key.account.clone();
    let whose = account.clone();
    // What is shown is from before: that is told above it. That a session has ended is told above
    // the list, where there is one.
    let stale = Memo::new(move |_| {
        let failure = request.failure()?;
        let there = matches!(body.get(), Body::There(_)) && failure.kind != FailureKind::NotFound;
        let told = wide.get() && app.accounts.has_ended(&account);
        (there && !told).then_some(failure)
    });
    let of = key.clone();
    view! {
        <aside class="pane" aria-labelledby=HEADING_ID>
            <Header app=app navigation=navigation wide=wide key=key shown=shown body=body/>
            <Tabs navigation=navigation/>
            <div class="body">
                {move || {
                    let (whose, again) = (whose.clone(), Some(again));
                    stale
                        .get()
                        .map(|failure| {
                            view! { <FailureNotice whose=whose failure=failure again=again/> }
                        })
                }}
                {move || {
                    view! {
                        <Content
                            app=app
                            navigation=navigation
                            key=of.clone()
                            shown=shown
                            holds=holds
                            again=again
                            body=body.get()
                        />
                    }
                }}
            </div>
        </aside>
    }
}

/// What the pane's body shows. `holds` is on while a form has text in it; `again` reads the workspace
/// again.
#[component]
fn Content(
    app: AppState,
    navigation: Navigation,
    key: WorkspaceKey,
    shown: Shown,
    holds: RwSignal<bool>,
    again: Again,
    body: Body,
) -> impl IntoView {
    match body {
        Body::NotHere => {
            view! { <NotHere app=app navigation=navigation account=key.account/> }.into_any()
        }
        Body::Gone(was_here) => view! {
            <Gone app=app navigation=navigation account=key.account was_here=was_here/>
        }
        .into_any(),
        Body::Failed(failure) => {
            view! { <FailedBlock whose=key.account failure=failure again=again/> }.into_any()
        }
        Body::Awaited => view! { <p class="wait" role="status">{text::LOADING_ONE}</p> }.into_any(),
        Body::There(Tab::Overview) => view! { <Overview app=app key=key shown=shown/> }.into_any(),
        Body::There(Tab::Members) => view! { <MembersTab app=app key=key/> }.into_any(),
        Body::There(Tab::Edit) => {
            view! { <EditTab app=app navigation=navigation key=key shown=shown holds=holds/> }
                .into_any()
        }
    }
}

/// What the list has is shown at once; the service is asked all the same, because the list may be
/// old and a linked workspace may not be in it. It is asked again if a newer list leaves it out.
fn reading(app: AppState, key: &WorkspaceKey, shown: Shown) -> (Callback<()>, Request<()>) {
    let request = Request::<()>::new();
    let account = key.account.clone();
    let key = key.clone();
    let read = Callback::new(move |()| {
        let key = key.clone();
        request.read(async move { Some(app.workspaces.refresh(&key).await) });
    });
    let found = Memo::new(move |_| shown.with(Option::is_some));
    let ended = Memo::new(move |_| app.accounts.has_ended(&account));
    let mut asked = false;
    Effect::new(move |_| {
        let failure = untrack(|| request.failure());
        let good = !ended.get();
        // What a session's end kept from being read is read once there is a session again.
        let due = match failure {
            None => !found.get(),
            Some(failure) => good && failure.kind == FailureKind::SignedOut,
        };
        if due || !asked {
            asked = true;
            read.run(());
        }
    });
    (read, request)
}

/// Why something is not available, to be seen.
#[component]
pub(super) fn Why(#[prop(into)] reason: String) -> impl IntoView {
    view! {
        <p class="why">
            <Icon icon=Icon::Lock/>
            <span prop:textContent=reason></span>
        </p>
    }
}
