//! Above the rows: what is missing, awaited or from before, for each account by itself, while the rest
//! stays usable. A first screen that is well has none of it, so that this is in a lazy group.
//!
//! Guarantees: rows that are from before are said to be, with their age, for as long as they are shown;
//! focus is not lost with a note that goes.

use leptos::prelude::*;
use steward_domain::failure::Failure;
use steward_domain::id::AccountId;
use steward_domain::listing::Row;

use super::states::WaitingActions;
use super::view::View;
use crate::browser::{focus, intl};
use crate::components::failure_notice::{Again, Countdown, FailureNotice, SignInAgainButton};
use crate::components::page::mend_focus;
use crate::state::AppState;
use crate::state::workspaces::{Load, LoadingPhase, Phase};
use crate::text;
use crate::ui::layout::Note;
use crate::ui::redrawn::Redrawn;
use crate::ui::time::Moment;

/// Above the rows: what is missing or out of date, while the rest stays usable.
#[component]
pub(crate) fn Banners(app: AppState) -> impl IntoView {
    let view = expect_context::<View>();
    // Whose session has ended. One button is enough: it signs in to each in turn.
    let ended = move || {
        keep_focus();
        let titled = |(at, id)| {
            let title = titled(app, &id, text::ENDED);
            (id, title, at == 0)
        };
        let ended = app.accounts.renewals.ended().into_iter().enumerate();
        ended
            .map(titled)
            .collect::<Vec<(AccountId, String, bool)>>()
    };
    let lists = move || {
        keep_focus();
        let loads = app.workspaces.loads().into_iter();
        loads.map(|load| load.account).collect::<Vec<AccountId>>()
    };
    // By itself, so that a keystroke which changes nothing here draws nothing.
    let undecided = Memo::new(move |_| view.found.with(|found| found.undecided));
    view! {
        <div class="banners">
            <For each=ended key=Clone::clone let((_, title, is_first))>
                <Note tone="warning" title=title text=text::ENDED_TEXT>
                    {is_first.then(|| view! { <SignInAgainButton/> })}
                </Note>
            </For>
            <OfflineNote app=app/>
            <For each=lists key=Clone::clone let(account)>
                <ListBanners app=app account=account/>
            </For>
            <Redrawn on=undecided let(count)>
                {(count > 0)
                    .then(|| view! { <Note tone="info" title=text::undecided(count) text=""/> })}
            </Redrawn>
        </div>
    }
}

/// Called before a note goes: its button goes with what it mends, and the focus with it.
fn keep_focus() {
    if focus::is_within(".banners") {
        mend_focus();
    }
}

/// A title that says whose it is, where there could be a doubt.
fn titled(app: AppState, id: &AccountId, title: &str) -> String {
    match app.accounts.get(id) {
        Some(account) if app.accounts.are_several() => text::of_account(&account.label, title),
        _ => title.to_owned(),
    }
}

/// That there is no network, and from when the oldest rows are.
#[component]
fn OfflineNote(app: AppState) -> impl IntoView {
    let oldest = Memo::new(move |_| {
        let from = |load: &Load| app.workspaces.are_from(load);
        let loads = app.workspaces.loads();
        loads.iter().filter_map(from).reduce(f64::min)
    });
    view! {
        <Show when=move || !app.network.is_up()>
            <Note tone="warning" title=text::OFFLINE text=text::OFFLINE_TEXT>
                <Redrawn on=oldest let(oldest)>
                    {oldest.map(|at| view! { <Age at=at/> })}
                </Redrawn>
            </Note>
        </Show>
    }
}

/// Something that is said of an account's list.
#[derive(Clone, PartialEq)]
enum Banner {
    /// It could not be loaded.
    Failed {
        /// What this part of the page is called.
        label: String,
        /// How much of it had come by then.
        arrived: Option<String>,
        age: Option<f64>,
        title: String,
        failure: Failure,
    },
    /// Anything else.
    Note {
        tone: &'static str,
        title: String,
        text: String,
        /// Whether its service has asked for a pause, which is counted down.
        is_resting: bool,
        age: Option<f64>,
        actions: Actions,
    },
}

/// What can be done about a list.
#[derive(Clone, Copy, PartialEq)]
enum Actions {
    None,
    Reload,
    CancelOrReload,
}

impl Banner {
    /// A note that is only a title.
    fn simple(tone: &'static str, title: String) -> Self {
        Self::Note {
            tone,
            title,
            text: String::new(),
            is_resting: false,
            age: None,
            actions: Actions::None,
        }
    }
}

/// What is said of one account's list.
#[component]
fn ListBanners(app: AppState, account: AccountId) -> impl IntoView {
    let banners = {
        let account = account.clone();
        Memo::new(move |_| banners_of(app, &account))
    };
    let draw = move |banner| {
        let account = account.clone();
        match banner {
            Banner::Failed {
                label,
                arrived,
                age,
                title,
                failure,
            } => {
                let whose = account.clone();
                let again = Callback::new(move |()| app.workspaces.reload(&account));
                view! {
                    <section aria-label=label>
                        {arrived.map(|arrived| view! { <p class="whose">{arrived}</p> })}
                        {age.map(|at| view! { <Age at=at/> })}
                        <FailureNotice
                            title=title
                            whose=whose
                            failure=failure
                            again=Some(Again::by_hand(again))
                        />
                    </section>
                }
                .into_any()
            }
            Banner::Note {
                tone,
                title,
                text,
                is_resting,
                age,
                actions,
            } => view! {
                <Note tone=tone title=title text=text>
                    {is_resting.then(|| view! { <Pause app=app account=account.clone()/> })}
                    {age.map(|at| view! { <Age at=at/> })}
                    <NoteActions app=app account=account actions=actions/>
                </Note>
            }
            .into_any(),
        }
    };
    view! {
        <Redrawn on=banners let(banners)>
            {
                keep_focus();
                banners.into_iter().map(&draw).collect_view()
            }
        </Redrawn>
    }
}

/// What there is to say of an account's list now.
fn banners_of(app: AppState, account: &AccountId) -> Vec<Banner> {
    let several = app.accounts.are_several();
    let mut loads = app.workspaces.loads().into_iter();
    let Some(load) = loads.find(|load| load.account == *account) else {
        return Vec::new();
    };
    // With nothing to show, the one account's state stands in place of the rows, except for what
    // is said of a list that has come.
    let in_place = !several && app.workspaces.with_rows(<[_]>::is_empty);
    if in_place && !matches!(load.phase, Phase::Loaded { .. }) {
        return Vec::new();
    }
    let titled = |title: &str| titled(app, account, title);
    // Without a network that is said of all of them together.
    let alone = app.network.is_up() || several;
    let age = app.workspaces.are_from(&load).filter(|_| alone);
    match &load.phase {
        Phase::Failed(failure) if !app.accounts.has_ended(account) => {
            let of_it = |rows: &[Row]| rows.iter().any(|row| row.key.account == *account);
            // What becomes of the rows later makes no other failure of it.
            let is_begun = untrack(|| app.workspaces.with_rows(of_it));
            // Where it once was complete, its rows are from then, and their age is told.
            let broke_off = is_begun && app.workspaces.are_from(&load).is_none();
            let arrived = match broke_off {
                true => Some(text::broke_off(load.arrived)),
                false => (several && load.arrived > 0).then(|| text::arrived(load.arrived, false)),
            };
            vec![Banner::Failed {
                label: match several {
                    true => titled(""),
                    false => text::LIST_FAILED.to_owned(),
                },
                arrived: arrived.map(|said| titled(&said)),
                age,
                title: match broke_off {
                    true => titled(text::LIST_BROKE_OFF),
                    false => titled(&text::failure_title(failure)),
                },
                failure: failure.clone(),
            }]
        }
        Phase::Loading(patience) => {
            let is_resting = app.accounts.is_resting(account);
            let (tone, title, text) = match patience {
                _ if is_resting => ("warning", text::RESTING_TITLE, arrived(&load)),
                LoadingPhase::Long => ("warning", text::LOADING_LONG, arrived(&load)),
                LoadingPhase::Slow => ("info", text::LOADING, slow(&load)),
                // What is shown from before is told from the first moment.
                LoadingPhase::Initial if app.workspaces.is_kept(&load) => {
                    ("info", text::LOADING, arrived(&load))
                }
                LoadingPhase::Initial if load.arrived > 0 && load.complete_at.is_none() => {
                    return vec![Banner::simple("info", titled(&arrived(&load)))];
                }
                LoadingPhase::Initial => return Vec::new(),
            };
            vec![Banner::Note {
                tone,
                title: titled(title),
                text,
                is_resting,
                age,
                actions: match patience {
                    LoadingPhase::Long => Actions::CancelOrReload,
                    LoadingPhase::Initial | LoadingPhase::Slow => Actions::None,
                },
            }]
        }
        Phase::Loaded { cut, skipped } => {
            let mut said = Vec::new();
            if *cut {
                said.push(Banner::simple("warning", titled(text::CUT)));
            }
            if *skipped > 0 {
                let title = titled(&text::skipped(*skipped));
                said.push(Banner::simple("warning", title));
            }
            said
        }
        Phase::Idle => vec![Banner::Note {
            tone: "info",
            title: titled(text::CANCELLED_TITLE),
            text: text::CANCELLED.to_owned(),
            is_resting: false,
            age,
            actions: Actions::Reload,
        }],
        // That the session has ended is told; the rows stay what they are.
        Phase::Failed(_) if app.workspaces.is_kept(&load) => vec![Banner::Note {
            tone: "info",
            title: titled(text::LIST_FAILED),
            text: String::new(),
            is_resting: false,
            age,
            actions: Actions::None,
        }],
        Phase::Failed(_) => Vec::new(),
    }
}

/// What a list that is slow is said to wait for.
fn slow(load: &Load) -> String {
    match load.arrived {
        0 => text::LOADING_SLOW.to_owned(),
        _ => arrived(load),
    }
}

/// How much of a list that is loading has come.
fn arrived(load: &Load) -> String {
    match load.arrived {
        0 => String::new(),
        count => text::arrived(count, true),
    }
}

/// How long an account's service wants to be left alone still.
#[component]
fn Pause(app: AppState, account: AccountId) -> impl IntoView {
    let left = Signal::derive(move || app.accounts.rests(&account));
    view! { <Countdown left=left/> }
}

/// That the rows are from before, and how long ago that was.
#[component]
fn Age(at: f64) -> impl IntoView {
    view! {
        <p class="age">
            {text::as_of(&intl::date_time(at))}
            <Moment at_ms=Some(at) missing=text::NOT_GIVEN/>
        </p>
    }
}

/// The buttons below a note.
#[component]
fn NoteActions(app: AppState, account: AccountId, actions: Actions) -> impl IntoView {
    match actions {
        Actions::None => ().into_any(),
        Actions::Reload => view! {
            <div class="acts">
                <button
                    type="button"
                    class="btn"
                    on:click=move |_| app.workspaces.reload(&account)
                >
                    {text::RELOAD}
                </button>
            </div>
        }
        .into_any(),
        Actions::CancelOrReload => view! { <WaitingActions app=app account=account/> }.into_any(),
    }
}
