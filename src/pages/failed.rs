//! How a failure is shown wherever it happened: what failed, why, whether anything changed, what to
//! do, and the service's own words with code, documentation and request id, each to be copied.

use leptos::prelude::*;
use steward_domain::failure::{Failure, FailureKind, ServiceWords};

use crate::state::console;
use crate::state::place::Place;
use crate::text;
use crate::ui::block::{button, copyable, fact, note, state_block};
use crate::ui::icon::{Icon, icon};

/// In place of what could not be loaded.
pub fn failed_block(failure: &Failure, again: Callback<()>) -> AnyView {
    state_block(
        Icon::Warning,
        text::failure_title(failure),
        text::failure_text(failure),
        true,
        Some(more(failure, Some(again))),
    )
}

/// Inside what it concerns.
pub fn failed_note(failure: &Failure, again: Option<Callback<()>>) -> AnyView {
    note(
        "danger",
        text::failure_title(failure),
        text::failure_text(failure),
        Some(more(failure, again)),
    )
}

fn more(failure: &Failure, again: Option<Callback<()>>) -> AnyView {
    let signed_out = failure.kind == FailureKind::SignedOut;
    let first = if signed_out {
        Some(sign_in_again("btn"))
    } else {
        again.map(|again| button("btn", text::RELOAD, again))
    };
    view! {
        {details(&failure.service)}
        {first.map(|first| view! { <div class="acts">{first}</div> }.into_any())}
    }
    .into_any()
}

/// A button that signs in again and comes back to this place.
pub fn sign_in_again(class: &'static str) -> AnyView {
    let (console, place) = (console(), Place::get());
    let press = Callback::new(move |()| {
        if let Some(account) = console.accounts.account() {
            console
                .accounts
                .sign_in_again(&account, place.route_untracked());
        }
    });
    button(class, text::SIGN_IN_AGAIN, press)
}

fn details(words: &ServiceWords) -> Option<AnyView> {
    if *words == ServiceWords::default() {
        return None;
    }
    let link = |url: &String| {
        view! {
            <a href=url.clone() target="_blank" rel="noreferrer external">
                {url.clone()}
                {icon(Icon::Out)}
            </a>
        }
        .into_any()
    };
    let rows = [
        (text::SERVICE_SAYS, words.message.as_ref().map(|words| copyable(text::COPY_MESSAGE, words))),
        (text::CODE, words.code.clone().map(IntoAny::into_any)),
        (text::DOCUMENTATION, words.doc_url.as_ref().map(link)),
        (text::REQUEST_ID, words.request_id.as_ref().map(|id| copyable(text::COPY_REQUEST_ID, id))),
    ];
    let rows: Vec<AnyView> =
        rows.into_iter().filter_map(|(label, value)| Some(fact(label, value?))).collect();
    Some(view! { <dl class="details">{rows}</dl> }.into_any())
}
