//! What stands in place of rows: loading, slow, empty, failed. What stands above them is `banners`'.

use leptos::prelude::*;
use steward_domain::id::AccountId;
use steward_domain::listing::StateFilter;
use web_sys::Node;

use super::acts;
use super::filters::clear;
use super::view::View;
use crate::pages::failure_notice::{Again, failed_block};
use crate::pages::mend_focus;
use crate::state::AppState;
use crate::state::workspaces::{LoadingPhase, Phase};
use crate::text;
use crate::ui::el::el;
use crate::ui::icon::Icon;
use crate::ui::layout::state_block;

fn waiting(class: &str, text: &str, more: Option<Node>) -> Node {
    el("div")
        .class(class)
        .attr("role", "status")
        .add(el("p").text(text))
        .add_some(more)
        .node()
}

pub(super) fn waiting_acts(app: AppState, id: &AccountId) -> Node {
    let (cancelled, reloaded) = (id.clone(), id.clone());
    acts(&[
        (
            "btn",
            text::CANCEL,
            Callback::new(move |()| app.workspaces.cancel(&cancelled)),
        ),
        (
            "btn",
            text::RELOAD,
            Callback::new(move |()| app.workspaces.reload(&reloaded)),
        ),
    ])
}

/// In place of rows, when there are none to show.
pub fn in_place(app: AppState, view: View) -> Node {
    let loads = app.workspaces.loads();
    let [load] = loads.as_slice() else {
        // Each account's trouble is told above; here it is said whether more may come.
        return match app.workspaces.is_loading() {
            true => waiting("sr", text::LOADING, None),
            false => nothing(app, view),
        };
    };
    let id = load.account.clone();
    let reload = Callback::new(move |()| {
        app.workspaces.reload(&id);
        mend_focus();
    });
    match &load.phase {
        Phase::Loading(LoadingPhase::Initial) => waiting("sr", text::LOADING, None),
        Phase::Loading(LoadingPhase::Slow) => waiting("wait", text::LOADING_SLOW, None),
        Phase::Loading(LoadingPhase::Long) => {
            let acts = waiting_acts(app, &load.account);
            waiting("wait", text::LOADING_LONG, Some(acts))
        }
        Phase::Idle => state_block(
            Icon::Clock,
            text::CANCELLED_TITLE.to_owned(),
            text::CANCELLED.to_owned(),
            false,
            Some(acts(&[("btn primary", text::RELOAD, reload)])),
        ),
        Phase::Failed(failure) => failed_block(&load.account, failure, Again::by_hand(reload)),
        Phase::Loaded { .. } => nothing(app, view),
    }
}

fn nothing(app: AppState, view: View) -> Node {
    let show = move |state| Callback::new(move |()| view.change(|query| query.state = state));
    let query = view.query.get();
    let (title, text, step) = if app.workspaces.with_rows(<[_]>::is_empty) {
        let reload = Callback::new(move |()| app.workspaces.load_all());
        (
            text::NO_WORKSPACES,
            text::NO_WORKSPACES_TEXT,
            (text::RELOAD, reload),
        )
    } else if query.is_narrowed() {
        let clear = Callback::new(move |()| clear(view));
        let is_here = |id| app.accounts.get(id).is_some();
        (
            text::NOTHING_MATCHES,
            match query.accounts.iter().all(is_here) {
                true => text::NOTHING_MATCHES_TEXT,
                false => text::FILTER_NOT_HERE,
            },
            (text::CLEAR_FILTERS, clear),
        )
    } else if query.state == StateFilter::Other {
        let active = show(StateFilter::Active);
        (
            text::NONE_OTHER,
            text::NONE_OTHER_TEXT,
            (text::SHOW_ACTIVE, active),
        )
    } else if query.state == StateFilter::Active && view.found.with(|found| found.counts.other > 0)
    {
        let other = show(StateFilter::Other);
        (
            text::NONE_ACTIVE,
            text::NONE_ACTIVE_ELSE_TEXT,
            (text::SHOW_OTHER, other),
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
