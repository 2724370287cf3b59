//! What was attempted from this tab, with what was wanted and what came of it; and the same as a file.

pub mod resume;

use leptos::either::Either;
use leptos::prelude::*;
use steward_domain::failure::FailureKind;

use super::undo::UndoOfAttempt;
use crate::browser::download;
use crate::components::page::PlainPage;
use crate::routes::{Route, Tab};
use crate::state::activity::{Attempt, FieldChange, Outcome, Subject, report};
use crate::state::export::Format;
use crate::state::navigation::Navigation;
use crate::state::notices::Mark;
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::icon::Icon;
use crate::ui::layout::{Copyable, StateBlock};
use crate::ui::time::Moment;

/// The heads of the table.
const HEADS: [&str; 6] = [
    text::WHEN,
    text::ACTION,
    text::WORKSPACE,
    text::WHAT_CHANGES,
    text::RESULT,
    text::REQUEST_ID,
];

/// The activity page.
#[component]
pub(crate) fn ActivityPage() -> impl IntoView {
    let app = app_state();
    let nothing = || {
        view! {
            <StateBlock
                icon=Icon::Pulse
                title=text::NO_ACTIVITY
                text=text::NO_ACTIVITY_TEXT
            />
        }
    };
    view! {
        <PlainPage heading=text::ACTIVITY>
            <Show when=move || !app.activity.all().is_empty() fallback=nothing>
                <p class="help">{text::NO_ACTIVITY_TEXT}</p>
                <div class="acts">
                    <button type="button" class="btn" on:click=move |_| save(app, Format::Csv)>
                        {text::EXPORT_CSV}
                    </button>
                    <button type="button" class="btn" on:click=move |_| save(app, Format::Json)>
                        {text::EXPORT_JSON}
                    </button>
                </div>
                <Attempts app=app/>
            </Show>
        </PlainPage>
    }
}

/// Puts the record into a file.
fn save(app: AppState, format: Format) {
    let all = untrack(|| app.activity.all());
    let file = report::file(&all, app.accounts, format, text::NO_ACTIVITY_TEXT);
    let said = match download::save(&file.name, file.media_type, &file.text) {
        true => text::saved_as(&file.name),
        false => text::FILE_NOT_TAKEN.to_owned(),
    };
    app.notices.confirm(said);
}

/// The attempts, newest first.
#[component]
fn Attempts(app: AppState) -> impl IntoView {
    let heads = HEADS
        .into_iter()
        .map(|head| view! { <th scope="col">{head}</th> });
    view! {
        <table class="members" aria-label=text::ACTIVITY>
            <thead>
                <tr>{heads.collect_view()}</tr>
            </thead>
            <tbody>
                <For
                    each=move || app.activity.all()
                    key=|attempt| attempt.id().number()
                    let(attempt)
                >
                    <Row app=app attempt=attempt/>
                </For>
            </tbody>
        </table>
    }
}

/// One attempt. The row stays while what came of it changes, and so does focus inside.
#[component]
fn Row(app: AppState, attempt: Attempt) -> impl IntoView {
    let (id, navigation) = (attempt.id(), Navigation::get());
    #[allow(clippy::cast_precision_loss)]
    let at = attempt.at as f64;
    let operation = text::operation(attempt.action.operation);
    let operation = match attempt.action.undoes {
        Some(_) => text::undo_of(operation),
        None => operation.to_owned(),
    };
    let name = text::visible(&attempt.action.name);
    let now = Memo::new(move |_| app.activity.get(id).unwrap_or_else(|| attempt.clone()));
    let address = Memo::new(move |_| now.with(address));
    let name = move || {
        let name = name.clone();
        match address.get() {
            Some(address) => Either::Left(view! { <a href=address translate="no">{name}</a> }),
            None => Either::Right(view! { <bdi translate="no">{name}</bdi> }),
        }
    };
    let changes = move || {
        let all = now.with(|attempt| attempt.action.changes.clone());
        let all = all
            .into_iter()
            .map(|change| view! { <Change change=change/> });
        all.collect_view()
    };
    let badge = move || now.with(|attempt| badge(&attempt.outcome));
    let why = Memo::new(move |_| now.with(explanation));
    let request = Memo::new(move |_| now.with(|attempt| attempt.request_id.clone()));
    let request = move || match request.get() {
        Some(id) => Either::Left(view! { <Copyable what=text::COPY_REQUEST_ID text=id/> }),
        None => Either::Right(view! { <span>{text::NOT_GIVEN}</span> }),
    };
    view! {
        <tr>
            <td>
                <Moment at_ms=Some(at) missing=text::NOT_GIVEN/>
            </td>
            <td>{operation}</td>
            <td class="name">{name}</td>
            <td class="turns">
                <ul>{changes}</ul>
            </td>
            <td>
                <span class=move || badge().0 prop:textContent=move || badge().1></span>
                {move || why.get().map(|why| view! { <p class="m" prop:textContent=why></p> })}
                <UndoOfAttempt app=app navigation=navigation attempt=now/>
            </td>
            <td class="id" translate="no">
                {request}
            </td>
        </tr>
    }
}

/// The address of the workspace that an attempt is about.
fn address(attempt: &Attempt) -> Option<String> {
    let to = Route::Workspace {
        key: attempt.action.key.clone()?,
        tab: Tab::Overview,
        query: Default::default(),
    };
    Some(to.href())
}

/// The class of the badge with an outcome, and its word.
fn badge(outcome: &Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::UnderWay => ("badge", text::UNDER_WAY_NOW),
        Outcome::Lost => ("badge bad", text::NOT_KNOWN),
        Outcome::Done(how) => (done_class(Mark::of(*how)), text::done_how(*how)),
        // What is accepted is no failure, and not done.
        Outcome::Failed(failure) if failure.kind == FailureKind::NotShown => {
            ("badge", text::outcome(failure))
        }
        Outcome::Failed(failure) => ("badge bad", text::outcome(failure)),
    }
}

/// The class of the badge with how something was done: marked as its confirmation was.
fn done_class(mark: Mark) -> &'static str {
    match mark {
        Mark::Otherwise => "badge warn",
        Mark::Done | Mark::Open => "badge ok",
    }
}

/// Why an attempt came to what it did, or what is left to do, where there is more to say than its badge does.
fn explanation(attempt: &Attempt) -> Option<String> {
    match &attempt.outcome {
        Outcome::Failed(failure) => Some(text::failure_words(failure)),
        Outcome::Lost => Some(text::PAGE_CLOSED.to_owned()),
        Outcome::Done(_) => attempt.left.as_deref().map(text::left_to_do),
        Outcome::UnderWay => None,
    }
}

/// One change that an attempt was to make.
#[component]
fn Change(change: FieldChange) -> impl IntoView {
    let what = match change.subject {
        Subject::Field(field) => text::field(field).to_owned(),
        Subject::State => text::STATE.to_owned(),
        Subject::Member(id) | Subject::Thing(id) => id,
    };
    view! {
        <li>
            <strong prop:textContent=text::visible(&what)></strong>
            " "
            <ChangedValue words=change.before/>
            " → "
            <ChangedValue words=change.after/>
        </li>
    }
}

/// A value before or after a change.
#[component]
fn ChangedValue(words: String) -> impl IntoView {
    match words.is_empty() {
        true => Either::Left(view! { <span class="m">{text::NONE}</span> }),
        false => Either::Right(view! { <bdi translate="no">{text::visible(&words)}</bdi> }),
    }
}
