//! One line of the work list: what it is, how it stands, and the way to cancel it.
//!
//! Guarantees: a cancelling is asked about first, right here, and says what it does and what it saves; it
//! is sent once; a line is never ticked off by its own doing, but by the reading that follows. One that
//! the service accepted is not offered again before the service shows that it went on. Must not know what
//! else stands in the way.

use crate::state::blockers;
use crate::state::request::Request;
use leptos::either::Either;
use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::blocker::{BlockerState, Cancellation, Check, Claim, Item};
use steward_domain::capability::Action;

use super::checks::Checks;
use super::confirm::{AskButton, FailedRequest, Line, Question, Step};
use super::stored::DeleteStored;
use crate::components::display_name::DisplayName;
use crate::state::blockers::Cancelled;
use crate::text;
use crate::ui::icon::Icon;
use crate::ui::layout::Copyable;

/// The line at this place. Whenever what stands there changes, its ways out begin anew with it.
#[component]
pub(super) fn WorkItem(checks: Checks, place: usize) -> impl IntoView {
    let line = Line::new(checks, place, "cancel");
    let shown = Memo::new(move |_| checks.item(place));
    let cleared = Memo::new(move |_| shown.get().is_some_and(|item| item.cleared));
    let standing = move || shown.get().filter(|_| !cleared.get());
    let described = move || {
        let claim = claimed(line).map(|(_, claim)| claim);
        let item = shown.get()?;
        Some(view! { <ItemDescription item=item claim=claim/> })
    };
    let cancel = move || {
        let is_open = standing().is_some_and(|item| is_paid(&item));
        is_open.then(|| view! { <CancelSubscription line=line/> })
    };
    let delete = move || {
        let is_open = standing().is_some_and(|item| item.blocker.stored.is_some());
        is_open.then(|| view! { <DeleteStored checks=checks place=place/> })
    };
    view! {
        <li data-cleared=move || cleared.get().then_some("true")>
            {described}
            {cancel}
            {delete}
        </li>
    }
}

/// What a cancelling of this session means for an item that stands in the way.
pub(super) fn claim(checks: Checks, item: &Item) -> Option<(Cancellation, Claim)> {
    let row = &item.blocker;
    let is_one = row.check == Check::Subscriptions && !item.cleared && row.state.stands();
    let sent = is_one.then(|| blockers::cancellation(checks.app, &checks.key(), &row.id))??;
    Some((sent, sent.claim(row)))
}

/// The same for a line. Follows both.
fn claimed(line: Line) -> Option<(Cancellation, Claim)> {
    claim(line.checks, &line.checks.item(line.place)?)
}

/// Whether it is one that could be cancelled, by whomever, if its state is known.
fn is_paid(item: &Item) -> bool {
    let row = &item.blocker;
    row.check == Check::Subscriptions && row.payer.is_some()
}

/// What it is, and how it stands.
#[component]
fn ItemDescription(item: Item, claim: Option<Claim>) -> impl IntoView {
    let row = item.blocker;
    let (icon, word, class) = match (item.cleared, &row.state) {
        (true, _) => (Icon::Check, text::BLOCKER_CLEARED.to_owned(), "badge ok"),
        (false, BlockerState::Unknown(_)) => (Icon::Help, text::blocker_state(&row), "badge warn"),
        (false, _) => (Icon::Close, text::blocker_state(&row), "badge"),
    };
    let facts = match item.cleared {
        true => String::new(),
        false => text::blocker_facts(&row, claim),
    };
    let name = match row.name.clone() {
        Some(name) => Either::Left(view! { <DisplayName name=name/> }),
        None => Either::Right(view! { <span prop:textContent=text::blocker(&row)></span> }),
    };
    view! {
        <div class="what">
            <Icon icon=icon/>
            <div>
                <p class="name">{name}</p>
                <p class="id" translate="no">
                    <Copyable what=text::COPY_BLOCKER_ID text=row.id/>
                </p>
                <p class="m" prop:textContent=facts></p>
            </div>
            <span class=class prop:textContent=word></span>
        </div>
    }
}

/// The way to cancel it: the button, or what has become of it.
#[component]
fn CancelSubscription(line: Line) -> impl IntoView {
    let claim = Memo::new(move |_| claimed(line));
    let is_known = Memo::new(move |_| {
        let item = line.checks.item(line.place);
        item.is_some_and(|item| item.blocker.state.goes_on())
    });
    let shown = move || {
        let (claim, is_known) = (claim.get(), is_known.get());
        match (line.step.get(), claim) {
            (Step::Asked, _) => view! { <CancelQuestion line=line/> }.into_any(),
            (Step::Failed(failure, at), _) => view! {
                <FailedRequest
                    line=line
                    failure=failure
                    at=at
                    settled=move || view! { <PastCancelling line=line claim=claim/> }
                >
                    <CancelButton line=line/>
                </FailedRequest>
            }
            .into_any(),
            // Ticked off or not, the reading says how it stands now.
            (Step::Done(how), _) => {
                view! { <p class="m" prop:textContent=text::cancelled(how)></p> }.into_any()
            }
            (Step::Idle, Some((_, Claim::Scheduled))) => {
                view! { <PastCancelling line=line claim=claim/> }.into_any()
            }
            (Step::Idle, _) if is_known => view! {
                <div>
                    <PastCancelling line=line claim=claim/>
                    <CancelButton line=line/>
                </div>
            }
            .into_any(),
            (Step::Idle, _) => {
                let words = text::cannot_cancel(line.checks.service.name);
                view! { <p class="m" prop:textContent=words></p> }.into_any()
            }
        }
    };
    view! { <div class="way-out">{shown}</div> }
}

/// What this session knows of a cancelling and the service does not show.
#[component]
fn PastCancelling(line: Line, claim: Option<(Cancellation, Claim)>) -> impl IntoView {
    let known = claim.zip(line.blocker());
    known.map(|((sent, claim), row)| {
        let words = text::cancellation(line.checks.service.name, &row, &sent, claim);
        view! { <p class="m" prop:textContent=words></p> }
    })
}

/// The button that asks whether it is to be cancelled.
#[component]
fn CancelButton(line: Line) -> impl IntoView {
    let refusal = Memo::new(move |_| refusal(line));
    let label = line.blocker().map(|row| text::cancel(&row));
    view! {
        <AskButton
            line=line
            label=label.unwrap_or_default()
            words=text::CANCEL_SUBSCRIPTION
            refusal=refusal
        />
    }
}

/// What it does, what the service says that it saves, and the two ways to go on.
#[component]
fn CancelQuestion(line: Line) -> impl IntoView {
    line.blocker().map(|row| {
        let service = line.checks.service.name;
        let (means, label) = (text::cancel_means(service, &row), text::cancel(&row));
        let preview = Request::<_>::new();
        let (app, key) = (line.checks.app, line.checks.key());
        preview.read(async move { blockers::preview_cancelling(app, &key, &row).await });
        let saves = move || match preview.outcome() {
            None => text::PREVIEWING.to_owned(),
            Some(Ok(preview)) => text::preview(service, &preview),
            Some(Err(failure)) => text::no_preview(&failure),
        };
        view! {
            <Question
                line=line
                means=means
                keep=text::KEEP_SUBSCRIPTION
                send=text::CANCEL_SUBSCRIPTION
                label=label
                sending=text::CANCELLING
                on_send=Callback::new(move |()| send(line))
            >
                <p role="status" prop:textContent=saves></p>
            </Question>
        }
    })
}

/// Why it cannot be cancelled now.
fn refusal(line: Line) -> Option<String> {
    if let Some(denied) = line.denied(Action::Cancel) {
        return Some(denied);
    }
    if line.waits_for_another() {
        return Some(text::ANOTHER_CANCELLING.to_owned());
    }
    line.is_unsettled().then(|| text::CHECK_FIRST.to_owned())
}

/// Sends the request, once.
fn send(line: Line) {
    let Some(row) = line.to_send(refusal) else {
        return;
    };
    let checks = line.checks;
    let name = checks.target.with_value(|target| target.name.clone());
    let (app, key) = (checks.app, checks.key());
    spawn_local(async move {
        if let Some(result) = blockers::cancel_subscription(app, key, name, row).await {
            line.take(result.map(|came| match came {
                Cancelled::Ended(done) => Step::Done(done.evidence),
                // It is told with what is remembered.
                Cancelled::Scheduled(_) => Step::Idle,
            }));
        }
    });
}
