//! The rail: where one can go, and how each account is doing.

use web_sys::Node;

use super::{brand, keyboard, link};
use crate::route::Route;
use crate::state::place::Place;
use crate::state::{Console, console};
use crate::text;
use crate::ui::el::{el, group};
use crate::ui::icon::{Icon, icon};

/// The rail at the left; icons only on small screens, a bar at the bottom of a phone.
pub fn rail() -> Node {
    let (console, place) = (console(), Place::get());
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
        rail = rail.add(entry(place, mark, label, to));
    }
    let open_sheet = keyboard::opener();
    let keys = el("button")
        .attr("type", "button")
        .class("btn quiet")
        .on("click", move |_| open_sheet())
        .add(el("span").text(text::KEYS_TITLE));
    rail.part(move || accounts(console))
        .add(el("div").class("foot").add(keys))
        .node()
}

fn entry(place: Place, mark: Icon, label: &'static str, to: Route) -> Node {
    let entry = link("nav", &to);
    let here = move || {
        place.with(|route| match (&to, route) {
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

fn accounts(console: Console) -> Option<Node> {
    let mut entries = vec![el("h2").text(text::ACCOUNTS).node()];
    for account in console.accounts.all() {
        let ended = console.accounts.has_ended(&account.id);
        let (state, dot) = match ended {
            true => (text::ENDED, "dot warn"),
            false => (text::CONNECTED, "dot"),
        };
        let mark = el("span")
            .class("mark")
            .attr("data-mark", account.description().mark);
        let name = el("span").text(&account.label).add(el("small").text(state));
        let entry = link("acct", &Route::Accounts)
            .add(mark)
            .add(name)
            .add(el("i").class(dot));
        entries.push(entry.node());
    }
    Some(group(&entries))
}
