//! What stands in place of rows, or above them: loading, slow, empty, partial, failed, ended, for each
//! account by itself. One account's trouble never takes the rows of another away.

use leptos::prelude::*;
use steward_domain::id::AccountId;
use steward_domain::listing::StateFilter;
use web_sys::Node;

use super::acts;
use super::filters::clear;
use super::view::View;
use crate::browser::intl;
use crate::pages::failed::{failed_block, failed_note, sign_in_again};
use crate::reactive::memo;
use crate::state::Console;
use crate::state::workspaces::{Load, Patience, Phase};
use crate::text;
use crate::ui::block::{note, state_block};
use crate::ui::el::{el, group};
use crate::ui::icon::Icon;

/// Above the rows: what is missing or out of date, while the rest stays usable.
pub fn banners(console: Console, view: View) -> Node {
    let empty = memo(move || console.workspaces.with_rows(<[_]>::is_empty));
    let ended = move || {
        let mut notes = Vec::new();
        for id in console.accounts.ended() {
            let title = titled(console, &id, text::ENDED);
            let again = (notes.is_empty()).then(|| sign_in_again("btn"));
            notes.push(note("warning", title, text::ENDED_TEXT.to_owned(), again));
        }
        notes
    };
    let loading = move || {
        let alone = !console.accounts.are_several();
        // With nothing to show, the one account's state stands in place of the rows, except for what
        // is said of a list that has come.
        let in_place = alone && empty.get();
        let loads = console.workspaces.loads();
        let notes: Vec<Node> = loads
            .iter()
            .filter(|load| !in_place || matches!(load.phase, Phase::Loaded { .. }))
            .flat_map(|load| notes_of(console, load))
            .collect();
        notes
    };
    let undecided = move || {
        let count = view.found.with(|found| found.undecided);
        (count > 0).then(|| note("info", text::undecided(count), String::new(), None))
    };
    // One part for all three: a part is a node, and a page has 700.
    let said = move || {
        let mut notes = ended();
        notes.extend(loading());
        notes.extend(undecided());
        Some(group(&notes))
    };
    el("div").class("banners").part(said).node()
}

/// A title that says whose it is, where there could be a doubt.
fn titled(console: Console, id: &AccountId, title: &str) -> String {
    match console.accounts.get(id) {
        Some(account) if console.accounts.are_several() => text::of_account(&account.label, title),
        _ => title.to_owned(),
    }
}

fn notes_of(console: Console, load: &Load) -> Vec<Node> {
    let titled = |title: &str| titled(console, &load.account, title);
    let simple = |title: &str| note("warning", titled(title), String::new(), None);
    match &load.phase {
        Phase::Failed(failure) if !console.accounts.has_ended(&load.account) => {
            let id = load.account.clone();
            let again = Callback::new(move |()| console.workspaces.reload(&id));
            let failed = failed_note(failure, Some(again));
            match console.accounts.are_several() {
                true => vec![
                    el("section")
                        .attr("aria-label", &titled(""))
                        .add(
                            el("p")
                                .class("whose")
                                .text(&titled(&text::arrived(load.arrived, false))),
                        )
                        .add(failed)
                        .node(),
                ],
                false => vec![failed],
            }
        }
        Phase::Loading(Patience::Long) => {
            let age = load
                .complete_at
                .map(|at| text::as_of(&intl::date_time(at)))
                .unwrap_or_default();
            vec![note(
                "warning",
                titled(text::LOADING_LONG),
                [&arrived(load), " ", &age].concat(),
                Some(waiting_acts(console, &load.account)),
            )]
        }
        Phase::Loading(Patience::Slow) => vec![note(
            "info",
            titled(text::LOADING),
            match load.arrived {
                0 => text::LOADING_SLOW.to_owned(),
                _ => arrived(load),
            },
            None,
        )],
        Phase::Loading(Patience::Fresh) if load.arrived > 0 && load.complete_at.is_none() => {
            vec![note("info", titled(&arrived(load)), String::new(), None)]
        }
        Phase::Loaded { cut, skipped } => {
            let mut said = Vec::new();
            if *cut {
                said.push(simple(text::CUT));
            }
            if *skipped > 0 {
                said.push(simple(&text::skipped(*skipped)));
            }
            said
        }
        Phase::Idle if console.accounts.are_several() => {
            let id = load.account.clone();
            let again = Callback::new(move |()| console.workspaces.reload(&id));
            vec![note(
                "info",
                titled(text::CANCELLED_TITLE),
                text::CANCELLED.to_owned(),
                Some(acts(&[("btn", text::RELOAD, again)])),
            )]
        }
        _ => Vec::new(),
    }
}

fn arrived(load: &Load) -> String {
    match load.arrived {
        0 => String::new(),
        count => text::arrived(count, true),
    }
}

fn waiting(class: &str, text: &str, more: Option<Node>) -> Node {
    el("div")
        .class(class)
        .attr("role", "status")
        .add(el("p").text(text))
        .add_some(more)
        .node()
}

fn waiting_acts(console: Console, id: &AccountId) -> Node {
    let (cancelled, reloaded) = (id.clone(), id.clone());
    acts(&[
        (
            "btn",
            text::CANCEL,
            Callback::new(move |()| console.workspaces.cancel(&cancelled)),
        ),
        (
            "btn",
            text::RELOAD,
            Callback::new(move |()| console.workspaces.reload(&reloaded)),
        ),
    ])
}

/// In place of rows, when there are none to show.
pub fn in_place(console: Console, view: View) -> Node {
    let loads = console.workspaces.loads();
    let [load] = loads.as_slice() else {
        // Each account's trouble is told above; here it is said whether more may come.
        return match console.workspaces.is_loading() {
            true => waiting("sr", text::LOADING, None),
            false => nothing(console, view),
        };
    };
    let id = load.account.clone();
    let reload = Callback::new(move |()| console.workspaces.reload(&id));
    match &load.phase {
        Phase::Loading(Patience::Fresh) => waiting("sr", text::LOADING, None),
        Phase::Loading(Patience::Slow) => waiting("wait", text::LOADING_SLOW, None),
        Phase::Loading(Patience::Long) => {
            let acts = waiting_acts(console, &load.account);
            waiting("wait", text::LOADING_LONG, Some(acts))
        }
        Phase::Idle => state_block(
            Icon::Clock,
            text::CANCELLED_TITLE.to_owned(),
            text::CANCELLED.to_owned(),
            false,
            Some(acts(&[("btn primary", text::RELOAD, reload)])),
        ),
        Phase::Failed(failure) => failed_block(failure, reload),
        Phase::Loaded { .. } => nothing(console, view),
    }
}

fn nothing(console: Console, view: View) -> Node {
    let show = move |state| Callback::new(move |()| view.change(|query| query.state = state));
    let query = view.query.get();
    let (title, text, step) = if console.workspaces.with_rows(<[_]>::is_empty) {
        let reload = Callback::new(move |()| console.workspaces.load_all());
        (
            text::NO_WORKSPACES,
            text::NO_WORKSPACES_TEXT,
            (text::RELOAD, reload),
        )
    } else if query.is_narrowed() {
        let clear = Callback::new(move |()| clear(view));
        (
            text::NOTHING_MATCHES,
            text::NOTHING_MATCHES_TEXT,
            (text::CLEAR_FILTERS, clear),
        )
    } else if query.state == StateFilter::Archived {
        let active = show(StateFilter::Active);
        (
            text::NONE_ARCHIVED,
            text::NONE_ARCHIVED_TEXT,
            (text::SHOW_ACTIVE, active),
        )
    } else {
        let archived = show(StateFilter::Archived);
        (
            text::NONE_ACTIVE,
            text::NONE_ACTIVE_TEXT,
            (text::SHOW_ARCHIVED, archived),
        )
    };
    let (label, press) = step;
    state_block(
        Icon::Find,
        title.to_owned(),
        text.to_owned(),
        false,
        Some(acts(&[("btn", label, press)])),
    )
}
