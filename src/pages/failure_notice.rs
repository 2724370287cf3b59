//! How a failure is shown wherever it happened: what failed, why, whether anything changed, what to
//! do, and the service's own words with code, documentation and request id, each to be copied.
//!
//! Guarantees: where the service named a moment, the time until then is counted down, and the way on
//! is there when it has come; what was read is then read again by itself once, a write never.

use leptos::prelude::*;
use steward_domain::failure::{Failure, FailureKind, ServiceWords};
use steward_domain::id::AccountId;
use steward_domain::reach::{asks_why, is_of_another};
use web_sys::Node;

use super::lazy::{Lazy, lazy};
use crate::route::Route;
use crate::state::app_state;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::el::{el, group, text};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::{button, copyable, fact, note, press, state_block};

/// What is read again to mend a failure.
#[derive(Clone, Copy)]
pub struct Again {
    run: Callback<()>,
    /// Whether it may go on by itself after a pause. Once it has, its person decides.
    itself: Option<StoredValue<bool>>,
}

impl Again {
    /// By its person alone.
    pub fn by_hand(run: Callback<()>) -> Self {
        Self { run, itself: None }
    }

    /// By itself as well, once, where the service asked for a pause. Kept as long as the owner.
    pub fn by_itself(run: Callback<()>) -> Self {
        Self {
            run,
            itself: Some(StoredValue::new(true)),
        }
    }

    /// At once.
    pub fn now(self) {
        self.run.run(());
    }

    /// Has it go on by itself once the pause is over of which so many seconds are left.
    pub fn after(self, left: Memo<Option<u32>>) {
        let Some(itself) = self.itself else { return };
        let mut waited = false;
        Effect::new(move |_| {
            let waits = left.with(Option::is_some);
            let over = std::mem::replace(&mut waited, waits) && !waits;
            if over && itself.try_get_value() == Some(true) {
                itself.set_value(false);
                untrack(|| self.run.run(()));
            }
        });
    }
}

/// In place of what could not be loaded.
pub fn failed_block(whose: &AccountId, failure: &Failure, again: Again) -> Node {
    state_block(
        Icon::Warning,
        text::failure_title(failure),
        words(failure),
        true,
        Some(more(whose, failure, Some(again))),
    )
}

/// Inside what it concerns.
pub fn failure_notice(whose: &AccountId, failure: &Failure, again: Option<Again>) -> Node {
    failed_as(text::failure_title(failure), whose, failure, again)
}

/// The same where what failed has a name of its own.
pub fn failed_as(
    title: String,
    whose: &AccountId,
    failure: &Failure,
    again: Option<Again>,
) -> Node {
    let more = more(whose, failure, again);
    note("danger", title, words(failure), Some(more))
}

/// Why nothing came is said below, once somebody has looked around.
fn words(failure: &Failure) -> String {
    match asks_why(failure) {
        true => text::unanswered(failure),
        false => text::failure_text(failure, true),
    }
}

/// What may have kept a request from its answer, and the ways that lead on, where that may be told.
pub fn causes(whose: &AccountId, failure: &Failure, again: Option<Again>) -> Option<Node> {
    let part = Lazy::Causes(app_state(), whose.clone(), failure.clone(), again);
    let due = asks_why(failure) || is_of_another(failure);
    due.then(|| lazy(part, || false, |node| node))
}

fn more(whose: &AccountId, failure: &Failure, again: Option<Again>) -> Node {
    let (app, id) = (app_state(), whose.clone());
    let paused = failure.asks_for_pause();
    let left = Memo::new(move |_| app.accounts.rests(&id).filter(|_| paused));
    let first = if failure.kind == FailureKind::SignedOut {
        Some(sign_in_again("btn"))
    } else {
        again.map(|again| {
            if paused && !failure.operation.writes() {
                again.after(left);
            }
            let run = Callback::new(move |()| {
                // At once by the clock: a ticker may be late.
                if !paused || left.with_untracked(Option::is_none) {
                    again.run.run(());
                }
            });
            press("btn", run)
                .when("aria-disabled", move || left.with(Option::is_some))
                .text(text::RELOAD)
                .node()
        })
    };
    let acts = first.map(|first| el("div").class("acts").add(first).node());
    let pause = paused.then(|| countdown(move || left.get()));
    let parts = [
        pause,
        causes(whose, failure, again),
        details(&failure.service),
        acts,
    ];
    group(&parts.into_iter().flatten().collect::<Vec<Node>>())
}

/// How long a service wants to be left alone still. Its beginning and end are announced; it is no news
/// every second.
pub fn countdown(left: impl Fn() -> Option<u32> + 'static) -> Node {
    el("p")
        .class("pause")
        .attr("role", "timer")
        .live_text(move || left().map_or_else(|| text::RESTED_NOW.to_owned(), text::resting))
        .node()
}

/// A button that signs in again, on top of this place.
pub fn sign_in_again(class: &'static str) -> Node {
    let (app, navigation) = (app_state(), Navigation::get());
    let press = Callback::new(move |()| {
        let ended = untrack(|| app.accounts.ended());
        // That of the open workspace comes first: it is what the person is at.
        let open = untrack(|| navigation.open()).map(|key| key.account);
        let id = open
            .filter(|id| ended.contains(id))
            .or_else(|| ended.first().cloned());
        match id.and_then(|id| app.accounts.get_untracked(&id)) {
            Some(account) => app.reauthentication.ask(&account.id),
            None => navigation.go(&Route::Accounts),
        }
    });
    button(class, text::SIGN_IN_AGAIN, press)
}

/// The service's own words, with what is needed to ask about them.
pub fn details(words: &ServiceWords) -> Option<Node> {
    if *words == ServiceWords::default() {
        return None;
    }
    let copied = |what, words: &Option<String>| Some(copyable(what, words.as_deref()?));
    let mut rows = el("dl").class("details");
    for (term, value) in [
        (
            text::SERVICE_SAYS,
            copied(text::COPY_MESSAGE, &words.message),
        ),
        (text::CODE, words.code.as_deref().map(text)),
        (text::DOCUMENTATION, words.doc_url.as_deref().map(outward)),
        (
            text::REQUEST_ID,
            copied(text::COPY_REQUEST_ID, &words.request_id),
        ),
    ] {
        rows = rows.add_some(value.map(|value| fact(term, value)));
    }
    Some(rows.node())
}

fn outward(url: &str) -> Node {
    el("a")
        .attr("href", url)
        .attr("target", "_blank")
        .attr("rel", "noreferrer external")
        .text(url)
        .add(icon(Icon::Out))
        .node()
}
