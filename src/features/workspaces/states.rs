//! What stands in place of rows: loading, slow, empty, failed. What stands above them is `banners`'.

use leptos::prelude::*;
use steward_domain::failure::Failure;
use steward_domain::id::AccountId;
use steward_domain::listing::StateFilter;

use super::filters::clear;
use super::view::View;
use crate::components::failure_notice::{Again, FailedBlock};
use crate::components::page::mend_focus;
use crate::state::AppState;
use crate::state::workspaces::{LoadingPhase, Phase};
use crate::text;
use crate::ui::icon::Icon;
use crate::ui::layout::StateBlock;
use crate::ui::redrawn::Redrawn;

/// What there is to say when there are no rows to show.
#[derive(Clone, PartialEq)]
enum Standing {
    /// More may come. It is said, and not shown: it is too early, or told for each account above.
    Loading,
    /// The one account's list takes long.
    Slow,
    /// It takes so long that its person may want to do something about it.
    Long(AccountId),
    /// It was given up.
    Cancelled(AccountId),
    /// It could not be loaded.
    Failed(AccountId, Failure),
    /// Nothing is there, or nothing fits.
    Empty(Empty),
}

/// Why there is no row, and what leads to some.
#[derive(Clone, Copy, PartialEq)]
struct Empty {
    title: &'static str,
    text: &'static str,
    label: &'static str,
    step: Step,
}

/// What leads to rows.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Reload,
    ClearFilters,
    Show(StateFilter),
}

/// In place of rows, when there are none to show.
#[component]
pub(super) fn InPlace(app: AppState, view: View) -> impl IntoView {
    let standing = Memo::new(move |_| standing(app, view));
    view! {
        <Redrawn on=standing let(standing)>
            {match standing {
                Standing::Loading => view! { <Waiting class="sr" text=text::LOADING/> }.into_any(),
                Standing::Slow => {
                    view! { <Waiting class="wait" text=text::LOADING_SLOW/> }.into_any()
                }
                Standing::Long(account) => view! {
                    <Waiting class="wait" text=text::LOADING_LONG>
                        <WaitingActions app=app account=account/>
                    </Waiting>
                }
                .into_any(),
                Standing::Cancelled(account) => {
                    let reload = reload(app, account);
                    view! {
                        <StateBlock
                            icon=Icon::Clock
                            title=text::CANCELLED_TITLE
                            text=text::CANCELLED
                        >
                            <div class="acts">
                                <button
                                    type="button"
                                    class="btn primary"
                                    on:click=move |_| reload.run(())
                                >
                                    {text::RELOAD}
                                </button>
                            </div>
                        </StateBlock>
                    }
                    .into_any()
                }
                Standing::Failed(account, failure) => {
                    let again = Again::by_hand(reload(app, account.clone()));
                    view! { <FailedBlock whose=account failure=failure again=again/> }.into_any()
                }
                Standing::Empty(empty) => {
                    view! { <Nothing app=app view=view empty=empty/> }.into_any()
                }
            }}
        </Redrawn>
    }
}

/// Loads an account's list again. The button that does so goes with what it mends, and the focus with it.
fn reload(app: AppState, account: AccountId) -> Callback<()> {
    Callback::new(move |()| {
        app.workspaces.reload(&account);
        mend_focus();
    })
}

/// What there is to say now.
fn standing(app: AppState, view: View) -> Standing {
    let loads = app.workspaces.loads();
    let [load] = loads.as_slice() else {
        // Each account's trouble is told above; here it is said whether more may come.
        return match app.workspaces.is_loading() {
            true => Standing::Loading,
            false => Standing::Empty(empty(app, view)),
        };
    };
    let account = load.account.clone();
    match &load.phase {
        Phase::Loading(LoadingPhase::Initial) => Standing::Loading,
        Phase::Loading(LoadingPhase::Slow) => Standing::Slow,
        Phase::Loading(LoadingPhase::Long) => Standing::Long(account),
        Phase::Idle => Standing::Cancelled(account),
        Phase::Failed(failure) => Standing::Failed(account, failure.clone()),
        Phase::Loaded { .. } => Standing::Empty(empty(app, view)),
    }
}

/// Why nothing is to be seen of lists that have come.
fn empty(app: AppState, view: View) -> Empty {
    let query = view.query.get();
    let (title, text, label, step) = if app.workspaces.with_rows(<[_]>::is_empty) {
        (
            text::NO_WORKSPACES,
            text::NO_WORKSPACES_TEXT,
            text::RELOAD,
            Step::Reload,
        )
    } else if query.is_narrowed() {
        let is_here = |id| app.accounts.get(id).is_some();
        (
            text::NOTHING_MATCHES,
            match query.accounts.iter().all(is_here) {
                true => text::NOTHING_MATCHES_TEXT,
                false => text::FILTER_NOT_HERE,
            },
            text::CLEAR_FILTERS,
            Step::ClearFilters,
        )
    } else if query.state == StateFilter::Other {
        (
            text::NONE_OTHER,
            text::NONE_OTHER_TEXT,
            text::SHOW_ACTIVE,
            Step::Show(StateFilter::Active),
        )
    } else if query.state == StateFilter::Active && view.found.with(|found| found.counts.other > 0)
    {
        (
            text::NONE_ACTIVE,
            text::NONE_ACTIVE_ELSE_TEXT,
            text::SHOW_OTHER,
            Step::Show(StateFilter::Other),
        )
    } else if query.state == StateFilter::Archived {
        (
            text::NONE_ARCHIVED,
            text::NONE_ARCHIVED_TEXT,
            text::SHOW_ACTIVE,
            Step::Show(StateFilter::Active),
        )
    } else {
        (
            text::NONE_ACTIVE,
            text::NONE_ACTIVE_TEXT,
            text::SHOW_ARCHIVED,
            Step::Show(StateFilter::Archived),
        )
    };
    Empty {
        title,
        text,
        label,
        step,
    }
}

/// What is awaited, and below it what can be done meanwhile.
#[component]
fn Waiting(
    class: &'static str,
    text: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=class role="status">
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// What can be done about a list that lets its person wait: give it up, or ask for it anew.
#[component]
pub(super) fn WaitingActions(app: AppState, account: AccountId) -> impl IntoView {
    let cancelled = account.clone();
    view! {
        <div class="acts">
            <button
                type="button"
                class="btn"
                on:click=move |_| app.workspaces.cancel(&cancelled)
            >
                {text::CANCEL}
            </button>
            <button type="button" class="btn" on:click=move |_| app.workspaces.reload(&account)>
                {text::RELOAD}
            </button>
        </div>
    }
}

/// That there is no row, and what leads to some.
#[component]
fn Nothing(app: AppState, view: View, empty: Empty) -> impl IntoView {
    let press = move |_| match empty.step {
        Step::Reload => app.workspaces.load_all(),
        Step::ClearFilters => clear(view),
        Step::Show(state) => view.change(|query| query.state = state),
    };
    view! {
        <StateBlock icon=Icon::Find title=empty.title text=empty.text>
            <div class="acts">
                <button type="button" class="btn" on:click=press>
                    {empty.label}
                </button>
            </div>
        </StateBlock>
    }
}
