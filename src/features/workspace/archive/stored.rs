//! The way to delete a bucket or repository that stands in the way.
//!
//! Guarantees: each is asked about by itself, with its name and what is lost, right here; a bucket that
//! a repository uses cannot be sent, and says which; it is sent once; a line is never ticked off by its
//! own doing, but by the reading that follows.

use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::blocker::users_of;
use steward_domain::capability::Action;

use super::checks::Checks;
use super::confirm::{AskButton, FailedRequest, Line, Question, Step};
use crate::state::deleting;
use crate::text;

/// The way to delete the one at this place: the button, or what has become of it.
#[component]
pub(super) fn DeleteStored(checks: Checks, place: usize) -> impl IntoView {
    let line = Line::new(checks, place, "delete");
    let shown = move || match line.step.get() {
        Step::Idle => view! { <DeleteButton line=line/> }.into_any(),
        Step::Asked => view! { <DeleteQuestion line=line/> }.into_any(),
        Step::Failed(failure, at) => view! {
            <FailedRequest line=line failure=failure at=at>
                <DeleteButton line=line/>
            </FailedRequest>
        }
        .into_any(),
        // Ticked off or not, the reading says how it stands now.
        Step::Done(how) => {
            view! { <p class="m" prop:textContent=text::deleted(how)></p> }.into_any()
        }
    };
    view! { <div class="way-out">{shown}</div> }
}

/// The button that asks whether it is to be deleted.
#[component]
fn DeleteButton(line: Line) -> impl IntoView {
    let refusal = Memo::new(move |_| refusal(line));
    line.blocker().map(|row| {
        let (label, words) = (text::delete(&row), text::delete_kind(row.check));
        view! { <AskButton line=line label=label words=words refusal=refusal/> }
    })
}

/// What is lost, and the two ways to go on.
#[component]
fn DeleteQuestion(line: Line) -> impl IntoView {
    line.blocker().map(|row| {
        view! {
            <Question
                line=line
                means=text::delete_means(line.checks.service.name, &row)
                keep=text::KEEP_STORED
                send=text::delete_kind(row.check)
                label=text::delete(&row)
                sending=text::DELETING
                on_send=Callback::new(move |()| send(line))
            />
        }
    })
}

/// Why it cannot be deleted now.
fn refusal(line: Line) -> Option<String> {
    if let Some(denied) = line.denied(Action::Delete) {
        return Some(denied);
    }
    let row = line.checks.item(line.place)?.blocker;
    if !row.stored.as_ref().is_some_and(|stored| stored.is_here) {
        return Some(text::not_said_to_be_here(line.checks.service.name));
    }
    let users = line.checks.items.with(|items| {
        let users = users_of(&row, items).into_iter();
        users.map(text::blocker).collect::<Vec<_>>()
    });
    if !users.is_empty() {
        return Some(text::used_by(&users));
    }
    if line.waits_for_another() {
        return Some(text::ANOTHER_DELETION.to_owned());
    }
    line.is_unsettled()
        .then(|| text::CHECK_DELETED_FIRST.to_owned())
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
        if let Some(result) = deleting::delete(app, key, name, row).await {
            line.take(result.map(Step::Done));
        }
    });
}
