//! The open workspace: heading, tabs, and the part that the address names.

pub mod archive;
pub mod edit;
mod foreign;
mod members;
mod overview;

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::WorkspaceKey;
use steward_domain::workspace::Workspace;
use web_sys::Node;

use super::display_name::display_name;
use super::failure_notice::{Again, failed_block, failure_notice};
use super::gate::availability;
use crate::browser::{clock, focus, media};
use crate::route::{Route, Tab};
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::action::action_button;
use crate::ui::copy::copy_button;
use crate::ui::el::{El, el, fragment, part};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::press;
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
    [what, key.account.as_str(), "/", key.id.as_str()].concat()
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
#[must_use]
pub fn pane(app: AppState, navigation: Navigation) -> Node {
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
    part(move || {
        open.get()
            .map(|key| untrack(|| opened(app, navigation, wide, key)))
    })
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

fn opened(app: AppState, navigation: Navigation, wide: RwSignal<bool>, key: WorkspaceKey) -> Node {
    let shown: Shown = {
        let key = key.clone();
        Memo::new(move |_| app.workspaces.get(&key))
    };
    let (read, failure) = reading(app, &key, shown);
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
    let not_found = move || {
        failure.with(
            |failure| matches!(failure, Some(failure) if failure.kind == FailureKind::NotFound),
        )
    };
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
    let body = Memo::new(move |_| match failure.get() {
        _ if missing() && looks.get() => Body::Awaited,
        _ if !ours.get() => Body::NotHere,
        _ if holds.get() && navigation.with(tab_of) == Tab::Edit => Body::There(Tab::Edit),
        Some(failure) if failure.kind == FailureKind::NotFound => Body::Gone(was_here()),
        _ if shown.with(Option::is_some) => Body::There(navigation.with(tab_of)),
        Some(failure) => Body::Failed(failure),
        None => Body::Awaited,
    });
    let account = key.account.clone();
    let header = header(app, navigation, wide, key.clone(), shown, body);
    let again = Callback::new(move |()| {
        read.run(());
        // The button goes with what it mends.
        focus_soon(vec![HEADING_ID.to_owned()], true);
    });
    let again = Again::by_itself(again);
    let whose = account.clone();
    // What is shown is from before: that is told above it. That a session has ended is told above
    // the list, where there is one.
    let stale = move || {
        let failure = failure.get()?;
        let there = matches!(body.get(), Body::There(_)) && failure.kind != FailureKind::NotFound;
        let told = wide.get() && app.accounts.has_ended(&account);
        (there && !told).then(|| untrack(|| failure_notice(&account, &failure, Some(again))))
    };
    let draw = move |body| match body {
        Body::NotHere => foreign::not_here(app, navigation, &key),
        Body::Gone(was_here) => foreign::gone(app, navigation, &key, was_here),
        Body::Failed(failure) => failed_block(&whose, &failure, again),
        Body::Awaited => el("p")
            .class("wait")
            .attr("role", "status")
            .text(text::LOADING_ONE)
            .node(),
        Body::There(tab) => {
            let key = key.clone();
            match tab {
                Tab::Overview => overview::overview(app, key, shown),
                Tab::Members => members::members(app, key),
                Tab::Edit => edit::edit(app, navigation, key, shown, holds),
            }
        }
    };
    let content = move || {
        let body = body.get();
        Some(untrack(|| draw(body)))
    };
    el("aside")
        .class("pane")
        .attr("aria-labelledby", HEADING_ID)
        .add(header)
        .add(tabs(navigation))
        .add(el("div").class("body").part(stale).part(content))
        .node()
}

/// What the list has is shown at once; the service is asked all the same, because the list may be
/// old and a linked workspace may not be in it. It is asked again if a newer list leaves it out.
fn reading(
    app: AppState,
    key: &WorkspaceKey,
    shown: Shown,
) -> (Callback<()>, RwSignal<Option<Failure>>) {
    let failure = RwSignal::new(None::<Failure>);
    let account = key.account.clone();
    let key = key.clone();
    let read = Callback::new(move |()| {
        let key = key.clone();
        failure.set(None);
        spawn_local(async move {
            if let Err(problem) = app.workspaces.refresh(&key).await {
                failure.try_set(Some(problem));
            }
        });
    });
    let found = Memo::new(move |_| shown.with(Option::is_some));
    let ended = Memo::new(move |_| app.accounts.has_ended(&account));
    let mut asked = false;
    Effect::new(move |_| {
        let good = !ended.get();
        // What a session's end kept from being read is read once there is a session again.
        let refused = |failure: &Option<Failure>| matches!(failure, Some(failure) if failure.kind == FailureKind::SignedOut);
        let due = match failure.with_untracked(Option::is_none) {
            true => !found.get(),
            false => good && failure.with_untracked(refused),
        };
        if due || !asked {
            asked = true;
            read.run(());
        }
    });
    (read, failure)
}

fn header(
    app: AppState,
    navigation: Navigation,
    wide: RwSignal<bool>,
    key: WorkspaceKey,
    shown: Shown,
    body: Memo<Body>,
) -> El {
    let level = move || Some(String::from(if wide.get() { "2" } else { "1" }));
    let id = key.id.as_str().to_owned();
    let copy = copy_button(text::COPY_ID.to_owned(), id.clone());
    let shown_id = el("span")
        .class("id")
        .attr("translate", "no")
        .text(&id)
        .add(copy);
    // One that is gone keeps the name that it had.
    let called = StoredValue::new(id);
    let name = Memo::new(move |_| {
        if let Some(now) = shown.with(|shown| shown.as_deref().map(text::name)) {
            called.set_value(now);
        }
        called.get_value()
    });
    let back = move || Some(Route::List(navigation.with(Route::query)).href());
    let edit = move || {
        let workspace = shown.get()?;
        let offered = matches!(body.get(), Body::There(tab) if tab != Tab::Edit);
        offered.then(|| untrack(|| edit_button(app, navigation, &key, workspace)))
    };
    let close =
        Callback::new(move |()| navigation.go(&Route::List(navigation.route_untracked().query())));
    let heading = el("h2")
        .attr("id", HEADING_ID)
        .attr("role", "heading")
        .live("aria-level", level)
        .attr("tabindex", "-1")
        .part(move || Some(display_name(&name.get())));
    let close = press("icon close", close)
        .attr("aria-label", text::CLOSE)
        .add(icon(Icon::Close));
    el("header")
        .add(
            el("a")
                .class("btn quiet back")
                .live("href", back)
                .add(icon(Icon::Back))
                .text(text::BACK),
        )
        .add(el("div").class("title").add(heading).add(shown_id))
        .add(el("div").class("act").part(edit).add(close))
}

fn edit_button(
    app: AppState,
    navigation: Navigation,
    key: &WorkspaceKey,
    workspace: Arc<Workspace>,
) -> Node {
    let to = key.clone();
    let press = Callback::new(move |()| {
        let query = navigation.route_untracked().query();
        navigation.go(&Route::Workspace {
            key: to.clone(),
            tab: Tab::Edit,
            query,
        });
    });
    action_button(
        "btn",
        String::from("pane-edit"),
        text::edit(&text::name(&workspace)),
        Some(fragment([icon(Icon::Pen), crate::ui::el::text(text::EDIT)])),
        availability(app, Action::Edit, key.clone(), workspace),
        press,
    )
}

fn tabs(navigation: Navigation) -> El {
    el("nav")
        .class("tabs")
        .attr("aria-label", text::WORKSPACE)
        .add(tab(navigation, text::OVERVIEW, Tab::Overview))
        .add(tab(navigation, text::MEMBERS, Tab::Members))
}

fn tab(navigation: Navigation, label: &'static str, to: Tab) -> El {
    let target = move || {
        let mut route = navigation.route();
        if let Route::Workspace { tab, .. } = &mut route {
            *tab = to;
        }
        Some(route.href())
    };
    let here = move || {
        // The form is a part of the overview.
        let members = navigation.with(tab_of) == Tab::Members;
        (members == (to == Tab::Members)).then(|| String::from("page"))
    };
    el("a")
        .live("href", target)
        .live("aria-current", here)
        .text(label)
}

/// Why something is not available, to be seen.
fn why(reason: &str) -> Node {
    el("p")
        .class("why")
        .add(icon(Icon::Lock))
        .add(el("span").text(reason))
        .node()
}
