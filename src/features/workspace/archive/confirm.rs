//! The way out of one line of the work list, whatever it ends: the button, the question that comes before the
//! request, and a request that failed.
//!
//! Guarantees: it is asked about first, right here, and the question is left with Escape; while one request is out
//! no other begins; a line is never ticked off by its own doing, but by the reading that follows. Must not know what
//! the request is.

use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::blocker::Blocker;
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Changed, Failure};
use web_sys::KeyboardEvent;

use super::checks::{Because, Checks};
use crate::browser::{clock, focus, keys};
use crate::components::failure_notice::FailureNotice;
use crate::state::blockers::Evidence;
use crate::text;

/// Where the way out stands.
#[derive(Clone)]
pub(super) enum Step {
    /// Nothing has been asked for.
    Idle,
    /// It is being asked about.
    Asked,
    /// It did not happen, or nobody knows; as of how many readings.
    Failed(Failure, u32),
    /// It is done, as the service says.
    Done(Evidence),
}

/// One line and where its way out stands. Copies are handles to the same one.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub(super) checks: Checks,
    pub(super) place: usize,
    pub(super) step: RwSignal<Step>,
    /// What the ids of its elements begin with.
    prefix: &'static str,
}

impl Line {
    /// The line at a place, with nothing asked for.
    pub(super) fn new(checks: Checks, place: usize, prefix: &'static str) -> Self {
        Self {
            checks,
            place,
            step: RwSignal::new(Step::Idle),
            prefix,
        }
    }

    /// What stands in the way there, at this moment.
    pub(super) fn blocker(self) -> Option<Blocker> {
        untrack(|| self.checks.item(self.place)).map(|item| item.blocker)
    }

    fn press_id(self) -> String {
        format!("{}-{}", self.prefix, self.place)
    }

    fn question_id(self) -> String {
        format!("{}-step-{}", self.prefix, self.place)
    }

    /// Whether its request is out.
    pub(super) fn is_sending(self) -> bool {
        let id = self.blocker().map(|row| row.id);
        let sending = self.checks.app.archiving.cancelling();
        sending.is_some() && sending == id
    }

    /// Whether another request is out.
    pub(super) fn waits_for_another(self) -> bool {
        self.checks.app.archiving.is_busy() && !self.is_sending()
    }

    /// Why the person may not do this here.
    pub(super) fn denied(self, action: Action) -> Option<String> {
        match self.checks.app.verdict_of(action, &self.checks.key()) {
            Verdict::Allowed => None,
            Verdict::Pending => Some(text::ONE_MOMENT.to_owned()),
            Verdict::Denied(denial) => Some(text::denial(action, &denial)),
        }
    }

    /// Whether nobody knows what became of its request, and nothing has been read since.
    pub(super) fn is_unsettled(self) -> bool {
        let done = self.checks.done.get();
        self.step.with(|step| {
            matches!(
                step,
                Step::Failed(failure, at) if failure.changed != Changed::No && *at == done
            )
        })
    }

    /// The blocker, if its request can be sent now: nothing refuses it, and it is not out already.
    pub(super) fn to_send(self, refusal: fn(Self) -> Option<String>) -> Option<Blocker> {
        let free = untrack(|| refusal(self).is_none() && !self.is_sending());
        self.blocker().filter(|_| free)
    }

    fn ask(self) {
        self.step.set(Step::Asked);
        soon(self.question_id());
    }

    fn keep(self) {
        if !untrack(|| self.is_sending()) {
            self.step.set(Step::Idle);
            soon(self.press_id());
        }
    }

    /// Takes what came of the request. What it changed is read at once.
    pub(super) fn take(self, came: Result<Step, Failure>) {
        match came {
            Ok(step) => {
                self.step.try_set(step);
                self.checks.run(Because::Cancelled);
            }
            Err(failure) => {
                let done = self.checks.done.try_get_untracked().unwrap_or_default();
                self.step.try_set(Step::Failed(failure, done));
                unless_elsewhere(self.press_id());
            }
        }
    }
}

/// The button that brings the question. Where it is refused it says why, and so does a text beside it.
#[component]
pub(super) fn AskButton(
    line: Line,
    /// Its accessible name.
    label: String,
    /// What it shows.
    words: &'static str,
    refusal: Memo<Option<String>>,
) -> impl IntoView {
    let why = move || {
        let why = refusal.get()?;
        Some(view! { <p class="m" prop:textContent=why></p> })
    };
    view! {
        <div class="acts">
            <button
                type="button"
                class="btn"
                id=line.press_id()
                aria-label=label
                aria-disabled=move || refusal.with(Option::is_some).then_some("true")
                aria-description=move || refusal.get()
                on:click=move |_| {
                    if refusal.with_untracked(Option::is_none) {
                        line.ask();
                    }
                }
            >
                {words}
            </button>
            {why}
        </div>
    }
}

/// What it does, and the two ways to go on. The children stand between both.
#[component]
pub(super) fn Question(
    line: Line,
    /// What it does.
    means: String,
    /// What the button says that leaves everything as it is.
    keep: &'static str,
    /// What the button says that sends the request.
    send: &'static str,
    /// That button's accessible name.
    label: String,
    /// What is announced while the request is out.
    sending: &'static str,
    on_send: Callback<()>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let is_sending = move || line.is_sending().then_some("true");
    let said = move || match line.is_sending() {
        true => sending,
        false => "",
    };
    // The innermost thing that is open closes first.
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !keys::composes(&event) {
            event.prevent_default();
            event.stop_propagation();
            line.keep();
        }
    };
    view! {
        <div
            class="note warning"
            role="group"
            aria-labelledby=line.question_id()
            on:keydown=escape
        >
            <p id=line.question_id() tabindex="-1" prop:textContent=means></p>
            {children.map(|children| children())}
            <div class="acts">
                <button type="button" class="btn" on:click=move |_| line.keep()>
                    {keep}
                </button>
                <button
                    type="button"
                    class="btn danger"
                    aria-label=label
                    aria-disabled=is_sending
                    aria-busy=is_sending
                    on:click=move |_| on_send.run(())
                >
                    {send}
                </button>
            </div>
            <span class="sr" role="status" prop:textContent=said></span>
        </div>
    }
}

/// A request that failed. It is told until a later reading has settled what was not known; after that stands
/// `settled`. The children, the way to try again, stand below either.
#[component]
pub(super) fn FailedRequest(
    line: Line,
    failure: Failure,
    /// As of how many readings it failed.
    at: u32,
    #[prop(optional, into)] settled: ViewFn,
    children: Children,
) -> impl IntoView {
    let unchanged = failure.changed == Changed::No;
    let is_told = Memo::new(move |_| unchanged || line.checks.done.get() == at);
    let whose = line.checks.key().account;
    view! {
        <div>
            <Show when=move || is_told.get() fallback=settled>
                <FailureNotice whose=whose.clone() failure=failure.clone()/>
            </Show>
            {children()}
        </div>
    }
}

/// Moves focus once what it goes to has been drawn.
fn soon(id: String) {
    spawn_local(async move {
        clock::sleep(0).await;
        focus::focus_id(&id);
    });
}

/// The same where focus has been lost with what was pressed: whoever has gone on meanwhile stays where they are.
fn unless_elsewhere(id: String) {
    spawn_local(async move {
        clock::sleep(0).await;
        if focus::is_lost() {
            focus::focus_id(&id);
        }
    });
}
