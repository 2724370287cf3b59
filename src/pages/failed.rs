//! How a failure is shown wherever it happened: what failed, why, whether anything changed, what to
//! do, and the service's own words with code, documentation and request id, each to be copied.

use leptos::prelude::*;
use steward_domain::failure::{Failure, FailureKind, ServiceWords};
use web_sys::Node;

use crate::route::Route;
use crate::state::console;
use crate::state::place::Place;
use crate::text;
use crate::ui::block::{button, copyable, fact, note, state_block};
use crate::ui::el::{el, group, text};
use crate::ui::icon::{Icon, icon};

/// In place of what could not be loaded.
pub fn failed_block(failure: &Failure, again: Callback<()>) -> Node {
    state_block(
        Icon::Warning,
        text::failure_title(failure),
        text::failure_text(failure),
        true,
        Some(more(failure, Some(again))),
    )
}

/// Inside what it concerns.
pub fn failed_note(failure: &Failure, again: Option<Callback<()>>) -> Node {
    failed_as(text::failure_title(failure), failure, again)
}

/// The same where what failed has a name of its own.
pub fn failed_as(title: String, failure: &Failure, again: Option<Callback<()>>) -> Node {
    let words = text::failure_text(failure);
    note("danger", title, words, Some(more(failure, again)))
}

fn more(failure: &Failure, again: Option<Callback<()>>) -> Node {
    let first = if failure.kind == FailureKind::SignedOut {
        Some(sign_in_again("btn"))
    } else {
        again.map(|again| button("btn", text::RELOAD, again))
    };
    let acts = first.map(|first| el("div").class("acts").add(first).node());
    let parts = [details(&failure.service), acts];
    group(&parts.into_iter().flatten().collect::<Vec<Node>>())
}

/// A button that signs in again, on top of this place.
pub fn sign_in_again(class: &'static str) -> Node {
    let (console, place) = (console(), Place::get());
    let press = Callback::new(move |()| {
        let ended = untrack(|| console.accounts.ended());
        // That of the open workspace comes first: it is what the person is at.
        let open = untrack(|| place.open()).map(|key| key.account);
        let id = open
            .filter(|id| ended.contains(id))
            .or_else(|| ended.first().cloned());
        match id.and_then(|id| console.accounts.get_untracked(&id)) {
            Some(account) => console.expiry.ask(&account.id),
            None => place.go(&Route::Accounts),
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
