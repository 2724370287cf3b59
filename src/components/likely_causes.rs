//! What may have kept a request from being answered, below what failed: likely causes, and the ways that
//! lead on.
//!
//! Guarantees: nothing on the page is left or replaced to get there; a reading goes on by itself once its
//! person has come back from a sign-in.

use leptos::either::Either;
use leptos::prelude::*;
use steward_domain::failure::{Failure, Operation};
use steward_domain::id::AccountId;
use steward_domain::reach::{Cause, asks_why, is_of_another};

use super::failure_notice::Again;
use crate::browser::events::on_window;
use crate::state::AppState;
use crate::state::reach::{Way, look};
use crate::text;
use crate::ui::icon::Icon;
use leptos::task::spawn_local;

/// What is said below such a failure. `again` reads again what could not be read.
#[component]
pub(crate) fn Causes(
    app: AppState,
    whose: AccountId,
    failure: Failure,
    again: Option<Again>,
) -> impl IntoView {
    let way = app.accounts.way(&whose, failure.operation)?;
    let found = RwSignal::new(None::<Vec<Cause>>);
    if asks_why(&failure) {
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
        go_on_after_sign_in(app, &whose, again);
    }
    let of_another =
        is_of_another(&failure).then(|| view! { <SignInElsewhere way=way.clone() again=again/> });
    let said = move || {
        let (found, whose) = (found.get()?, whose.clone());
        let (failure, way) = (failure.clone(), way.clone());
        Some(view! { <Found app=app whose=whose failure=failure way=way found=found again=again/> })
    };
    Some(view! {
        <div class="causes">
            {said}
            {of_another}
        </div>
    })
}

/// The causes that were found likely, the likeliest first, and the ways out of them.
#[component]
fn Found(
    app: AppState,
    whose: AccountId,
    failure: Failure,
    way: Way,
    found: Vec<Cause>,
    again: Option<Again>,
) -> impl IntoView {
    let words = |cause: &Cause| text::cause(*cause, &failure, &way.address);
    let said = match found.as_slice() {
        [only] => Either::Left(view! { <p>{words(only)}</p> }),
        several => {
            let several = several
                .iter()
                .map(|cause| view! { <li>{words(cause)}</li> });
            Either::Right(view! {
                <p>{text::LIKELY}</p>
                <ol>{several.collect_view()}</ol>
            })
        }
    };
    let is_here = app.accounts.get_untracked(&whose).is_some();
    let session = found.contains(&Cause::Session) && is_here;
    let session = session.then(|| {
        let ask = move |_| app.reauthentication.ask(&whose);
        view! {
            <button type="button" class="btn" on:click=ask>
                {text::SIGN_IN_AGAIN}
            </button>
        }
    });
    let gateway = found.contains(&Cause::Gateway);
    view! {
        {said}
        {session}
        {gateway.then(|| view! { <SignInElsewhere way=way again=again/> })}
    }
}

/// The way to the sign-in of what stands in front of a service. In a window of its own: what was typed
/// here stays. `again` is run at the return from there.
#[component]
fn SignInElsewhere(way: Way, again: Option<Again>) -> impl IntoView {
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
    view! {
        <div class="door">
            <p>{text::OPENS_WINDOW}</p>
            <a
                class="btn"
                href=way.sign_in_page
                target="_blank"
                rel="noreferrer external"
                on:click=move |_| gone.set_value(true)
            >
                {label}
                <Icon icon=Icon::Out/>
            </a>
        </div>
    }
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
