//! The rail: where one can go, and how each account is doing.

use leptos::prelude::*;
use web_sys::Node;

use super::{brand, keyboard, link};
use crate::route::Route;
use crate::state::health::Health;
use crate::state::navigation::Navigation;
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::el::{el, group};
use crate::ui::icon::{Icon, icon};

/// The rail counts no seconds.
fn plain(health: Health) -> Health {
    match health {
        Health::Resting(_) => Health::Resting(0),
        health => health,
    }
}

/// How an account is doing, in a word.
pub(super) fn word(health: Health) -> &'static str {
    match health {
        Health::Connected => text::CONNECTED,
        Health::Loading => text::HEALTH_LOADING,
        Health::Silent => text::HEALTH_SILENT,
        Health::Unread => text::HEALTH_UNREAD,
        Health::Ended => text::ENDED,
        Health::Failed => text::HEALTH_FAILED,
        Health::Resting(_) => text::RESTING,
    }
}

fn dot(health: Health) -> &'static str {
    match health {
        Health::Connected => "dot",
        Health::Loading | Health::Unread => "dot idle",
        Health::Ended | Health::Resting(_) | Health::Silent => "dot warn",
        Health::Failed => "dot bad",
    }
}

/// The rail at the left; icons only on small screens, a bar at the bottom of a phone.
pub fn rail() -> Node {
    let (app, navigation) = (app_state(), Navigation::get());
    let mut rail = el("nav")
        .class("rail")
        .attr("aria-label", text::MAIN_NAVIGATION)
        .add(brand());
    for (mark, label, to) in [
        (
            Icon::Grid,
            text::WORKSPACES,
            Route::List(Default::default()),
        ),
        (Icon::Pulse, text::ACTIVITY, Route::Activity),
        (Icon::Key, text::ACCOUNTS, Route::Accounts),
        (Icon::Cog, text::SETTINGS, Route::Settings),
    ] {
        rail = rail.add(entry(navigation, mark, label, to));
    }
    let open_sheet = keyboard::opener();
    let keys = el("button")
        .attr("type", "button")
        .class("btn quiet")
        .on("click", move |_| open_sheet())
        .add(el("span").text(text::KEYS_TITLE));
    rail.part(move || accounts(app))
        .add(el("div").class("foot").add(keys))
        .node()
}

fn entry(navigation: Navigation, mark: Icon, label: &'static str, to: Route) -> Node {
    let entry = link("nav", &to);
    let here = move || {
        navigation.with(|route| match (&to, route) {
            (Route::List(_), Route::List(_) | Route::Workspace { .. }) => true,
            (Route::Accounts, Route::AddAccount(_)) => true,
            (to, route) => to == route,
        })
    };
    entry
        .live("aria-current", move || here().then(|| String::from("page")))
        .add(icon(mark))
        .add(el("span").text(label))
        .node()
}

fn accounts(app: AppState) -> Option<Node> {
    let mut entries = vec![el("h2").text(text::ACCOUNTS).node()];
    for account in app.accounts.all() {
        let id = account.id.clone();
        let health = Memo::new(move |_| plain(app.health(&id)));
        let mark = el("span")
            .class("mark")
            .attr("data-mark", account.description().mark);
        let state = el("small").live_text(move || word(health.get()).to_owned());
        let name = el("span").add(el("bdi").text(&account.label)).add(state);
        let entry = link("acct", &Route::Accounts)
            .add(mark)
            .add(name)
            .add(el("i").live("class", move || Some(dot(health.get()).to_owned())));
        entries.push(entry.node());
    }
    Some(group(&entries))
}
