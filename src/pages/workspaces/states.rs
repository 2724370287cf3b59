//! What stands in place of rows, or above them: loading, slow, empty, partial, failed, ended.

use leptos::prelude::*;
use steward_domain::listing::StateFilter;
use web_sys::Node;

use super::acts;
use super::filters::clear;
use super::view::View;
use crate::browser::intl;
use crate::pages::failed::{failed_block, failed_note, sign_in_again};
use crate::reactive::memo;
use crate::state::Console;
use crate::state::workspaces::{Patience, Phase};
use crate::text;
use crate::ui::block::{note, state_block};
use crate::ui::el::{el, group};
use crate::ui::icon::Icon;

/// Above the rows: what is missing or out of date, while the rest stays usable.
pub fn banners(console: Console, view: View) -> Node {
    let empty = memo(move || console.workspaces.with_rows(<[_]>::is_empty));
    let reload = Callback::new(move |()| console.workspaces.load());
    let ended = move || {
        console.accounts.has_ended().then(|| {
            note(
                "warning",
                text::ENDED.to_owned(),
                text::ENDED_TEXT.to_owned(),
                Some(sign_in_again("btn")),
            )
        })
    };
    let loading = move || {
        let phase = console.workspaces.phase();
        if empty.get() {
            return None;
        }
        let age = move || {
            console
                .workspaces
                .loaded_at()
                .map(|at| text::as_of(&intl::date_time(at)))
        };
        match phase {
            Phase::Failed(failure) if !console.accounts.has_ended() => {
                Some(failed_note(&failure, Some(reload)))
            }
            Phase::Loading(Patience::Slow) => Some(note(
                "info",
                text::LOADING.to_owned(),
                text::LOADING_SLOW.to_owned(),
                None,
            )),
            Phase::Loading(Patience::Long) => Some(note(
                "warning",
                text::LOADING_LONG.to_owned(),
                age().unwrap_or_default(),
                Some(waiting_acts(console)),
            )),
            Phase::Loaded { cut, skipped } if cut || skipped > 0 => {
                let mut said = Vec::new();
                if cut {
                    said.push(note("warning", text::CUT.to_owned(), String::new(), None));
                }
                if skipped > 0 {
                    said.push(note("warning", text::skipped(skipped), String::new(), None));
                }
                Some(group(&said))
            }
            _ => None,
        }
    };
    let undecided = move || {
        let count = view.found.with(|found| found.undecided);
        (count > 0).then(|| note("info", text::undecided(count), String::new(), None))
    };
    el("div")
        .class("banners")
        .part(ended)
        .part(loading)
        .part(undecided)
        .node()
}

fn waiting(class: &str, text: &str, more: Option<Node>) -> Node {
    el("div")
        .class(class)
        .attr("role", "status")
        .add(el("p").text(text))
        .add_some(more)
        .node()
}

fn waiting_acts(console: Console) -> Node {
    acts(&[
        (
            "btn",
            text::CANCEL,
            Callback::new(move |()| console.workspaces.cancel()),
        ),
        (
            "btn",
            text::RELOAD,
            Callback::new(move |()| console.workspaces.load()),
        ),
    ])
}

/// In place of rows, when there are none to show.
pub fn in_place(console: Console, view: View) -> Node {
    let reload = Callback::new(move |()| console.workspaces.load());
    match console.workspaces.phase() {
        Phase::Loading(Patience::Fresh) => waiting("sr", text::LOADING, None),
        Phase::Loading(Patience::Slow) => waiting("wait", text::LOADING_SLOW, None),
        Phase::Loading(Patience::Long) => {
            waiting("wait", text::LOADING_LONG, Some(waiting_acts(console)))
        }
        Phase::Idle => state_block(
            Icon::Clock,
            text::CANCELLED_TITLE.to_owned(),
            text::CANCELLED.to_owned(),
            false,
            Some(acts(&[("btn primary", text::RELOAD, reload)])),
        ),
        Phase::Failed(failure) => failed_block(&failure, reload),
        Phase::Loaded { .. } => nothing(console, view),
    }
}

fn nothing(console: Console, view: View) -> Node {
    let show = move |state| Callback::new(move |()| view.change(|query| query.state = state));
    let query = view.query.get();
    let (title, text, step) = if console.workspaces.with_rows(<[_]>::is_empty) {
        let reload = Callback::new(move |()| console.workspaces.load());
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
