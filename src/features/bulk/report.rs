//! The report: what has become of each workspace, how far it has come, and the way on.

use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::capability::{Action, Verdict};
use steward_domain::id::{AccountId, WorkspaceKey};

use super::archive::REPORT_ID;
use crate::browser::{clock, focus};
use crate::state::AppState;
use crate::state::bulk::{Bulk, Entry, Phase, Standing, Summary};
use crate::text;
use crate::ui::layout::Note;

/// How many are drawn. What needs a person comes first.
const DRAWN: usize = 100;

/// How far it has come, and the workspaces, those that need a person first.
#[component]
pub(super) fn Report(app: AppState, bulk: Bulk) -> impl IntoView {
    let tally = Memo::new(move |_| bulk.summary());
    let settled = move || {
        let tally = tally.get();
        tally.all - tally.open - tally.not_tried
    };
    // Every row told would be noise: it is told once, at the end.
    Effect::new(move |_| {
        if matches!(bulk.phase(), Phase::Ended(_)) {
            app.notices
                .announce(text::tally(&words_of(tally.get_untracked())));
        }
    });
    view! {
        <p
            id=REPORT_ID
            tabindex="-1"
            prop:textContent=move || text::tally(&words_of(tally.get()))
        ></p>
        <progress
            aria-label=text::PROGRESS
            max=move || tally.get().all.to_string()
            value=move || settled().to_string()
        ></progress>
        <EarlyEnds app=app bulk=bulk/>
        <div class="wide" tabindex="0" role="group" aria-label=text::BULK_REPORT>
            <Results app=app bulk=bulk/>
        </div>
    }
}

fn words_of(tally: Summary) -> [(usize, &'static str); 7] {
    [
        (tally.done, text::ARCHIVED_WORD),
        (tally.blocked, text::BLOCKED_WORD),
        (tally.refused, text::REFUSED_WORD),
        (tally.accepted, text::ACCEPTED_WORD),
        (tally.unknown, text::UNKNOWN_WORD),
        (tally.open, text::OPEN_WORD),
        (tally.not_tried, text::NOT_TRIED_WORD),
    ]
}

/// An account that could not go on: its label, and why.
type EarlyEnd = (AccountId, String, &'static str);

/// Accounts that could not go on, with why.
#[component]
fn EarlyEnds(app: AppState, bulk: Bulk) -> impl IntoView {
    let ends = Memo::new(move |_| -> Vec<EarlyEnd> {
        let Phase::Ended(ends) = bulk.phase() else {
            return Vec::new();
        };
        let ends = ends.into_iter().filter_map(|(id, end)| {
            let words = text::ended_early(end)?;
            let account = app.accounts.get(&id);
            let label = account.map_or_else(String::new, |account| account.label.clone());
            Some((id, label, words))
        });
        ends.collect()
    });
    view! {
        <Show when=move || !ends.with(Vec::is_empty)>
            <div class="notes">
                <For each=move || ends.get() key=Clone::clone let((_, label, words))>
                    <Note tone="warning" title=label text=words/>
                </For>
            </div>
        </Show>
    }
}

/// One workspace as the table shows it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    key: WorkspaceKey,
    name: String,
    account: String,
    class: &'static str,
    word: &'static str,
    why: String,
}

fn rank(standing: &Standing) -> u8 {
    match standing {
        Standing::Unknown(_) => 0,
        Standing::Refused(_) => 1,
        Standing::Blocked(_) => 2,
        Standing::Accepted(_) => 3,
        Standing::Waiting(_) => 4,
        Standing::UnderWay => 5,
        Standing::NotTried => 6,
        Standing::Done(_) => 7,
    }
}

fn rows(app: AppState, bulk: Bulk) -> Vec<Row> {
    let entries = bulk.entries();
    let mut shown: Vec<&Entry> = entries.iter().collect();
    shown.sort_by_key(|entry| rank(&entry.standing));
    shown.truncate(DRAWN);
    shown
        .into_iter()
        .map(|entry| row(app, bulk, entry))
        .collect()
}

fn row(app: AppState, bulk: Bulk, entry: &Entry) -> Row {
    let account = app.accounts.of(&entry.key);
    let (class, word, why) = said(app, bulk, entry);
    Row {
        key: entry.key.clone(),
        name: text::visible(&entry.name),
        account: account.map_or_else(String::new, |account| account.label.clone()),
        class,
        word,
        why,
    }
}

fn said(app: AppState, bulk: Bulk, entry: &Entry) -> (&'static str, &'static str, String) {
    match &entry.standing {
        Standing::Done(archived) => {
            let left = archived.left.as_deref().map(text::left_to_do);
            ("badge ok", text::ARCHIVED_AT, left.unwrap_or_default())
        }
        Standing::Blocked(failure) => ("badge bad", text::BLOCKED, text::failure_words(failure)),
        Standing::Refused(failure) => ("badge bad", text::REFUSED, text::failure_words(failure)),
        Standing::Unknown(failure) => ("badge bad", text::NOT_KNOWN, text::failure_words(failure)),
        Standing::Accepted(failure) => ("badge", text::ACCEPTED, text::failure_words(failure)),
        Standing::Waiting(seconds) => ("badge", text::WAITING, text::resting(*seconds)),
        Standing::UnderWay => ("badge", text::UNDER_WAY, String::new()),
        Standing::NotTried => {
            let why = match app.verdict_of(Action::Archive, &entry.key) {
                Verdict::Denied(denial) => text::denial(Action::Archive, &denial),
                _ if matches!(bulk.phase(), Phase::Ended(_)) => text::NOTHING_SENT.to_owned(),
                _ => String::new(),
            };
            ("badge", text::NOT_TRIED, why)
        }
    }
}

/// What has become of each workspace. A row that says something else is a new row.
#[component]
fn Results(app: AppState, bulk: Bulk) -> impl IntoView {
    let rows = Memo::new(move |_| rows(app, bulk));
    // Their number is the same from the first request to the end.
    let more = untrack(|| bulk.summary()).all.saturating_sub(DRAWN);
    view! {
        <div>
            <table class="members" aria-label=text::BULK_REPORT>
                <thead>
                    <tr>
                        <th scope="col">{text::WORKSPACE}</th>
                        <th scope="col">{text::ACCOUNT}</th>
                        <th scope="col">{text::RESULT}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || rows.get() key=Clone::clone let(row)>
                        <ResultRow row=row/>
                    </For>
                </tbody>
            </table>
            {(more > 0).then(|| view! { <p class="help">{text::and_more(more)}</p> })}
        </div>
    }
}

/// What has become of one workspace.
#[component]
fn ResultRow(row: Row) -> impl IntoView {
    let id = row.key.id.as_str().to_owned();
    let why = (!row.why.is_empty()).then(|| view! { <p class="m">{row.why}</p> });
    view! {
        <tr>
            <td class="name">
                <bdi translate="no">{row.name}</bdi>
                <span class="id" translate="no">
                    {id}
                </span>
            </td>
            <td>
                <bdi translate="no">{row.account}</bdi>
            </td>
            <td>
                <span class=row.class>{row.word}</span>
                {why}
            </td>
        </tr>
    }
}

/// What can be done about the run at the moment.
#[derive(Clone, Copy, PartialEq)]
enum FootButtons {
    Hold,
    Wait,
    Close,
}

/// The buttons below the report.
#[component]
pub(super) fn ReportFoot(app: AppState, bulk: Bulk) -> impl IntoView {
    let ways = Memo::new(move |_| match bulk.phase() {
        Phase::Ended(_) => FootButtons::Close,
        Phase::Stopping => FootButtons::Wait,
        Phase::Confirming | Phase::Running | Phase::Held => FootButtons::Hold,
    });
    Effect::new(move |_| {
        ways.track();
        // The button that was pressed may have left.
        spawn_local(async {
            clock::sleep(0).await;
            if focus::is_lost() {
                focus::focus_id(REPORT_ID);
            }
        });
    });
    let buttons = move || match ways.get() {
        FootButtons::Hold => EitherOf3::A(view! { <HoldOrStop bulk=bulk/> }),
        FootButtons::Wait => EitherOf3::B(view! {
            <p class="help" role="status">
                {text::STOPPING}
            </p>
        }),
        FootButtons::Close => EitherOf3::C(view! { <RetryOrClose app=app bulk=bulk/> }),
    };
    view! { <footer>{buttons}</footer> }
}

/// While requests leave: to cancel the rest, or to make it wait.
#[component]
fn HoldOrStop(bulk: Bulk) -> impl IntoView {
    let held = Memo::new(move |_| bulk.phase() == Phase::Held);
    view! {
        <button type="button" class="btn" on:click=move |_| bulk.stop()>
            {text::CANCEL_REST}
        </button>
        <button
            type="button"
            class="btn primary"
            on:click=move |_| bulk.hold(!held.get_untracked())
            prop:textContent=move || if held.get() { text::GO_ON } else { text::HOLD }
        ></button>
    }
}

/// After the end: to try the rest again, or to leave.
#[component]
fn RetryOrClose(app: AppState, bulk: Bulk) -> impl IntoView {
    // Counted once, at the end of a run.
    let left = untrack(|| rest(bulk));
    view! {
        {(left > 0)
            .then(|| {
                view! {
                    <button type="button" class="btn" on:click=move |_| bulk.run()>
                        {text::retry_rest(left)}
                    </button>
                }
            })}
        <button type="button" class="btn primary" on:click=move |_| app.selection.end()>
            {text::CLOSE}
        </button>
    }
}

/// How many are left that may be sent.
fn rest(bulk: Bulk) -> usize {
    let entries = bulk.entries();
    let left = entries.iter();
    let is_open = |entry: &&Entry| {
        !entry.standing.is_done() && !matches!(entry.standing, Standing::Accepted(_))
    };
    left.filter(is_open)
        .filter(|entry| bulk.may(&entry.key))
        .count()
}
