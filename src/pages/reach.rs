//! What may have kept a request from being answered, below what failed: likely causes, and the ways that
//! lead on.
//!
//! Guarantees: nothing on the page is left or replaced to get there; a reading goes on by itself once its
//! person has come back from a sign-in.

use leptos::prelude::*;
use steward_domain::failure::{Failure, Operation};
use steward_domain::id::AccountId;
use steward_domain::reach::{Cause, asks_why, is_of_another};
use web_sys::Node;

use super::failure_notice::Again;
use crate::browser::events::on_window;
use crate::state::AppState;
use crate::state::reach::{Way, look};
use crate::text;
use crate::ui::el::{El, el, group};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::button;
use leptos::task::spawn_local;

/// What is said below such a failure. `again` reads again what could not be read.
pub fn causes(app: AppState, whose: &AccountId, failure: &Failure, again: Option<Again>) -> Node {
    let Some(way) = app.accounts.way(whose, failure.operation) else {
        return group(&[]);
    };
    let found = RwSignal::new(None::<Vec<Cause>>);
    if asks_why(failure) {
        let (way, failure) = (way.clone(), failure.clone());
        spawn_local(async move {
            let seen = look(&way, &failure).await;
            found.try_set(Some(seen));
        });
    }
    // A reading may go on by itself, a change is its person's.
    let again = again.filter(|_| !failure.operation.writes());
    // A list is read anew with every session anyway.
    if let Some(again) = again.filter(|_| failure.operation != Operation::List) {
        go_on_after_sign_in(app, whose, again);
    }
    let endpoint = is_of_another(failure).then(|| endpoint(&way, again).node());
    let (whose, failure) = (whose.clone(), failure.clone());
    el("div")
        .class("causes")
        .part(move || {
            let found = found.get()?;
            Some(untrack(|| said(app, &whose, &failure, &way, &found, again)))
        })
        .add_some(endpoint)
        .node()
}

fn said(
    app: AppState,
    whose: &AccountId,
    failure: &Failure,
    way: &Way,
    found: &[Cause],
    again: Option<Again>,
) -> Node {
    let words = |cause: &Cause| text::cause(*cause, failure, &way.address);
    let mut parts = match found {
        [only] => vec![el("p").text(&words(only)).node()],
        several => {
            let mut list = el("ol");
            for cause in several {
                list = list.add(el("li").text(&words(cause)));
            }
            vec![el("p").text(text::LIKELY).node(), list.node()]
        }
    };
    let is_here = app.accounts.get_untracked(whose).is_some();
    if found.contains(&Cause::Session) && is_here {
        let id = whose.clone();
        let ask = Callback::new(move |()| app.reauthentication.ask(&id));
        parts.push(button("btn", text::SIGN_IN_AGAIN, ask));
    }
    if found.contains(&Cause::Gateway) {
        parts.push(endpoint(way, again).node());
    }
    group(&parts)
}

/// The way to the sign-in of what stands in front of a service. In a window of its own: what was typed
/// here stays.
fn endpoint(way: &Way, again: Option<Again>) -> El {
    let gone = StoredValue::new(false);
    if let Some(again) = again {
        on_window("focus", move |_| {
            if gone.try_get_value() == Some(true) {
                gone.set_value(false);
                again.now();
            }
        });
    }
    let label = match way.gateway {
        true => text::OPEN_GATEWAY,
        false => text::OPEN_SERVICE,
    };
    let link = el("a")
        .class("btn")
        .attr("href", &way.sign_in_page)
        .attr("target", "_blank")
        .attr("rel", "noreferrer external")
        .on("click", move |_| gone.set_value(true))
        .text(label)
        .add(icon(Icon::Out));
    el("div")
        .class("door")
        .add(el("p").text(text::OPENS_WINDOW))
        .add(link)
}

/// Reads again once there is another session of this account than the one that got no answer.
fn go_on_after_sign_in(app: AppState, whose: &AccountId, again: Again) {
    let (accounts, whose) = (app.accounts, whose.clone());
    let Some(before) = accounts.get_untracked(&whose) else {
        return;
    };
    let done = StoredValue::new(false);
    Effect::new(move |_| {
        let new = accounts
            .get(&whose)
            .is_some_and(|now| !now.is_session_of(&before));
        if new && done.try_get_value() == Some(false) {
            done.set_value(true);
            untrack(|| again.now());
        }
    });
}
