//! How a failure is shown wherever it happened: what failed, why, whether anything changed, what to
//! do, and the service's own words with code, documentation and request id, each to be copied.
//!
//! Guarantees: where the service named a moment, the time until then is counted down, and the way on
//! is there when it has come; what was read is then read again by itself once, a write never.

use leptos::prelude::*;
use steward_domain::failure::{Failure, FailureKind, ServiceWords};
use steward_domain::id::AccountId;
use steward_domain::reach::{asks_why, is_of_another};

use super::lazy_part::{Lazy, LazyPart};
use crate::routes::Route;
use crate::state::app_state;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::icon::Icon;
use crate::ui::layout::{Copyable, Fact, Note, StateBlock};

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

/// Why nothing came is said below, once somebody has looked around.
fn words(failure: &Failure) -> String {
    match asks_why(failure) {
        true => text::unanswered(failure),
        false => text::failure_text(failure, true),
    }
}

/// In place of what could not be loaded.
#[component]
pub(crate) fn FailedBlock(whose: AccountId, failure: Failure, again: Again) -> impl IntoView {
    view! {
        <StateBlock
            icon=Icon::Warning
            title=text::failure_title(&failure)
            text=words(&failure)
            urgent=true
        >
            <NextSteps whose=whose failure=failure again=Some(again)/>
        </StateBlock>
    }
}

/// Inside what the failure concerns. `title` is for what has a name of its own.
#[component]
pub(crate) fn FailureNotice(
    #[prop(optional, into)] title: Option<String>,
    whose: AccountId,
    failure: Failure,
    #[prop(default = None)] again: Option<Again>,
) -> impl IntoView {
    let title = title.unwrap_or_else(|| text::failure_title(&failure));
    view! {
        <Note tone="danger" title=title text=words(&failure)>
            <NextSteps whose=whose failure=failure again=again/>
        </Note>
    }
}

/// What may have kept a request from its answer, and the ways that lead on, where that may be told.
#[component]
pub(crate) fn LikelyCauses(
    whose: AccountId,
    failure: Failure,
    again: Option<Again>,
) -> impl IntoView {
    let due = asks_why(&failure) || is_of_another(&failure);
    due.then(|| view! { <LazyPart part=Lazy::Causes(whose, failure, again)/> })
}

/// What leads on from a failure: the pause a service asked for, likely causes, its own words, and a way to try again.
#[component]
fn NextSteps(whose: AccountId, failure: Failure, again: Option<Again>) -> impl IntoView {
    let (app, id) = (app_state(), whose.clone());
    let paused = failure.asks_for_pause();
    let left = Memo::new(move |_| app.accounts.rests(&id).filter(|_| paused));
    let first = if failure.kind == FailureKind::SignedOut {
        Some(view! { <SignInAgainButton/> }.into_any())
    } else {
        again.map(|again| {
            if paused && !failure.operation.writes() {
                again.after(left);
            }
            view! {
                <button
                    type="button"
                    class="btn"
                    aria-disabled=move || left.with(Option::is_some).then_some("true")
                    on:click=move |_| {
                        // At once by the clock: a ticker may be late.
                        if !paused || left.with_untracked(Option::is_none) {
                            again.run.run(());
                        }
                    }
                >
                    {text::RELOAD}
                </button>
            }
            .into_any()
        })
    };
    let service = failure.service.clone();
    view! {
        {paused.then(|| view! { <Countdown left=left/> })}
        <LikelyCauses whose=whose failure=failure again=again/>
        <ServiceDetails words=service/>
        {first.map(|first| view! { <div class="acts">{first}</div> })}
    }
}

/// How long a service wants to be left alone still, in seconds. Its beginning and end are announced; it is no news
/// every second.
#[component]
pub(crate) fn Countdown(#[prop(into)] left: Signal<Option<u32>>) -> impl IntoView {
    let shown = move || {
        left.get()
            .map_or_else(|| text::RESTED_NOW.to_owned(), text::resting)
    };
    view! { <p class="pause" role="timer" prop:textContent=shown></p> }
}

/// A button that signs in again, on top of this place.
#[component]
pub(crate) fn SignInAgainButton(#[prop(default = "btn")] class: &'static str) -> impl IntoView {
    let (app, navigation) = (app_state(), Navigation::get());
    let press = move |_| {
        let ended = untrack(|| app.accounts.renewals.ended());
        // That of the open workspace comes first: it is what the person is at.
        let open = untrack(|| navigation.open()).map(|key| key.account);
        let id = open
            .filter(|id| ended.contains(id))
            .or_else(|| ended.first().cloned());
        match id.and_then(|id| app.accounts.get_untracked(&id)) {
            Some(account) => app.reauthentication.ask(&account.id),
            None => navigation.go(&Route::Accounts),
        }
    };
    view! { <button type="button" class=class on:click=press>{text::SIGN_IN_AGAIN}</button> }
}

/// The service's own words, with what is needed to ask about them; nothing where it said none.
#[component]
pub(crate) fn ServiceDetails(words: ServiceWords) -> impl IntoView {
    if words == ServiceWords::default() {
        return None;
    }
    let ServiceWords {
        message,
        code,
        doc_url,
        request_id,
    } = words;
    Some(view! {
        <dl class="details">
            {message.map(|message| view! {
                <Fact term=text::SERVICE_SAYS><Copyable what=text::COPY_MESSAGE text=message/></Fact>
            })}
            {code.map(|code| view! { <Fact term=text::CODE>{code}</Fact> })}
            {doc_url.map(|url| view! {
                <Fact term=text::DOCUMENTATION>
                    <a href=url.clone() target="_blank" rel="noreferrer external">
                        {url.clone()}
                        <Icon icon=Icon::Out/>
                    </a>
                </Fact>
            })}
            {request_id.map(|id| view! {
                <Fact term=text::REQUEST_ID><Copyable what=text::COPY_REQUEST_ID text=id/></Fact>
            })}
        </dl>
    })
}
