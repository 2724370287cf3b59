//! The checks before archiving as they are drawn: a card while nothing is wrong, a work list once
//! something is.
//!
//! Guarantees: the card stays where it is and is mended in place, so that what holds focus, and what
//! has been scrolled to, stays; no check is told by colour alone. Must not know when checks are made.

use leptos::prelude::*;
use steward_domain::blocker::{Check, Standing};
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Failure, ServiceWords};

use super::blocker::WorkItem;
use super::checks::{Because, Checks};
use crate::components::failure_notice::{Countdown, ServiceDetails};
use crate::text;
use crate::ui::icon::Icon;

/// The heading's id, where focus goes when the service refused.
pub const HEADING_ID: &str = "checks-heading";

/// The id of the button that asks again.
const AGAIN_ID: &str = "check-again";

/// That button, as a selector.
pub const AGAIN: &str = "#check-again";

/// How many are drawn before all of them are asked for.
const DRAWN: usize = 30;

/// The checks.
#[component]
pub(super) fn ChecksPanel(checks: Checks) -> impl IntoView {
    let heading = Memo::new(move |_| checks.heading());
    let meaning = Memo::new(move |_| checks.meaning());
    let more = Memo::new(move |_| checks.has_more());
    let offered = Memo::new(move |_| checks.offers_go_ahead());
    let refused = move || {
        let refusal = checks.refusal()?;
        Some(view! { <FreshDetails words=refusal.service/> })
    };
    view! {
        <section
            class="checks"
            aria-labelledby=HEADING_ID
            data-tone=move || heading.with(|(tone, _)| *tone)
        >
            <div class="head">
                <h3
                    id=HEADING_ID
                    tabindex="-1"
                    aria-describedby="checks-meaning"
                    prop:textContent=move || heading.with(|(_, words)| words.clone())
                ></h3>
                <p id="checks-meaning" prop:textContent=move || meaning.get()></p>
                {refused}
            </div>
            <WorkList checks=checks/>
            <ul class="lines">
                <CapabilityLine checks=checks/>
                {Check::of(checks.service)
                    .iter()
                    .map(|check| view! { <CheckLine checks=checks check=*check/> })
                    .collect_view()}
            </ul>
            <Show when=move || more.get()>
                <CheckAgain checks=checks/>
            </Show>
            <Show when=move || offered.get()>
                <GoAhead checks=checks/>
            </Show>
            <p class="sr" role="status" prop:textContent=move || checks.said.get()></p>
        </section>
    }
}

/// What stands in the way, and what no longer does.
#[component]
fn WorkList(checks: Checks) -> impl IntoView {
    let all = RwSignal::new(false);
    let shown = Memo::new(move |_| {
        checks.items.with(|items| match all.get() {
            true => items.len(),
            false => items.len().min(DRAWN),
        })
    });
    let some = Memo::new(move |_| checks.items.with(|items| !items.is_empty()));
    let left = Memo::new(move |_| checks.items.with(Vec::len).saturating_sub(shown.get()));
    let more = move || {
        let left = left.get();
        let draw = move || {
            view! {
                <p class="more">
                    {text::and_more(left)}
                    <button type="button" class="btn" on:click=move |_| all.set(true)>
                        {text::SHOW_ALL}
                    </button>
                </p>
            }
        };
        // As a closure it is drawn anew with each count: a translator may have replaced its texts.
        (left > 0).then_some(draw)
    };
    view! {
        <div class="work" data-some=move || some.get().then_some("true")>
            <ul
                aria-label=text::STANDING_LIST
                hidden=move || (!some.get()).then_some("true")
            >
                <For each=move || 0..shown.get() key=|place| *place let(place)>
                    <WorkItem checks=checks place=place/>
                </For>
            </ul>
            {more}
        </div>
    }
}

/// What the capability decides.
#[component]
fn CapabilityLine(checks: Checks) -> impl IntoView {
    let verdict = Memo::new(move |_| {
        let access = checks.app.workspaces.access(&checks.key());
        (checks.verdict(), access.role().cloned())
    });
    move || {
        verdict.with(|(verdict, mine)| match verdict {
            Verdict::Allowed => {
                let words = text::role_allows(mine.as_ref());
                view! { <PlainLine icon=Icon::Check class="pass" words=words/> }.into_any()
            }
            Verdict::Pending => {
                view! { <PlainLine icon=Icon::Clock class="wait" words=text::ONE_MOMENT/> }
                    .into_any()
            }
            Verdict::Denied(denial) => {
                let title = text::check(Check::decided_by(verdict));
                let words = text::denial(Action::Archive, denial);
                view! { <TitledLine icon=Icon::Close class="stop" title=title words=words/> }
                    .into_any()
            }
        })
    }
}

/// What a check came to that found nothing, or could not be made; nothing where its rows stand in the work list.
#[component]
fn CheckLine(checks: Checks, check: Check) -> impl IntoView {
    let standing = Memo::new(move |_| (checks.standing(check), checks.in_the_way(check) > 0));
    let title = text::check(check);
    move || {
        let line = match standing.get() {
            (None, true) | (Some(Standing::Blocked(_, None)), _) => return None,
            (None, false) => {
                let words = format!("{}: {title}", text::CHECKING);
                view! { <PlainLine icon=Icon::Clock class="wait" words=words/> }.into_any()
            }
            (Some(Standing::Pass), _) => {
                let words = text::check_passed(check);
                view! { <PlainLine icon=Icon::Check class="pass" words=words/> }.into_any()
            }
            (Some(Standing::NotOffered), _) => {
                let words = text::cannot_be_listed(checks.service.name);
                view! { <TitledLine icon=Icon::Info class="wait" title=title words=words/> }
                    .into_any()
            }
            (Some(Standing::Blocked(_, Some(failure))), _) => {
                view! { <UnknownLine title=title failure=failure in_part=true/> }.into_any()
            }
            (Some(Standing::CouldNotCheck(failure)), _) => {
                view! { <UnknownLine title=title failure=failure in_part=false/> }.into_any()
            }
        };
        Some(line)
    }
}

/// That a check could not be made, or only in part, and why.
#[component]
fn UnknownLine(title: &'static str, failure: Failure, in_part: bool) -> impl IntoView {
    let words = text::could_not_check(&failure, in_part);
    view! {
        <TitledLine icon=Icon::Help class="unknown" title=title words=words>
            <FreshDetails words=failure.service/>
        </TitledLine>
    }
}

/// A line of one sentence.
#[component]
fn PlainLine(icon: Icon, class: &'static str, #[prop(into)] words: String) -> impl IntoView {
    view! {
        <li class=class>
            <Icon icon=icon/>
            <span prop:textContent=words></span>
        </li>
    }
}

/// A line with what it is about, what that came to, and more.
#[component]
fn TitledLine(
    icon: Icon,
    class: &'static str,
    title: &'static str,
    words: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <li class=class>
            <Icon icon=icon/>
            <div>
                <strong prop:textContent=title></strong>
                <p prop:textContent=words></p>
                {children.map(|children| children())}
            </div>
        </li>
    }
}

/// The service's own words where others can follow on them. They are drawn anew each time, which a closure is: a
/// translator may have replaced the texts that stood there.
#[component]
fn FreshDetails(words: ServiceWords) -> impl IntoView {
    move || view! { <ServiceDetails words=words.clone()/> }
}

/// The button that asks again; pressed while that is under way, or while the service wants to be left
/// alone, it does nothing. How long that is stands here once, however many checks wait.
#[component]
fn CheckAgain(checks: Checks) -> impl IntoView {
    let left = Memo::new(move |_| checks.rests());
    let held = Memo::new(move |_| left.with(Option::is_some));
    view! {
        <Show when=move || held.get()>
            <Countdown left=left/>
        </Show>
        <div class="acts">
            <button
                type="button"
                id=AGAIN_ID
                class="btn"
                aria-disabled=move || (held.get() || checks.is_running()).then_some("true")
                aria-busy=move || checks.is_running().then_some("true")
                on:click=move |_| checks.run(Because::Asked)
            >
                <Icon icon=Icon::Refresh/>
                {text::CHECK_AGAIN}
            </button>
        </div>
    }
}

/// The person's word that it may go ahead.
#[component]
fn GoAhead(checks: Checks) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || checks.go.get()
                on:change=move |event| {
                    checks.go.try_set(event_target_checked(&event));
                }
            />
            <span>{text::GO_AHEAD}</span>
        </label>
    }
}
