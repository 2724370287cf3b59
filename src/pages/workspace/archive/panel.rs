//! The checks before archiving as they are drawn: a card while nothing is wrong, a work list once
//! something is.
//!
//! Guarantees: the card stays where it is and is mended in place, so that what holds focus, and what
//! has been scrolled to, stays; no check is told by colour alone. Must not know when checks are made.

use leptos::prelude::*;
use steward_domain::blocker::{Check, Item, Standing};
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::Failure;
use web_sys::Node;

use super::blocker::row;
use super::checks::{Because, Checks};
use crate::pages::failure_notice::{countdown, details};
use crate::text;
use crate::ui::el::{El, el, fragment, list, part};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::button;

/// The heading's id, where focus goes when the service refused.
pub const HEADING_ID: &str = "checks-heading";

/// The id of the button that asks again.
const AGAIN_ID: &str = "check-again";

/// That button, as a selector.
pub const AGAIN: &str = "#check-again";

/// How many are drawn before all of them are asked for.
const DRAWN: usize = 30;

/// The checks.
pub fn panel(checks: Checks) -> Node {
    let heading = Memo::new(move |_| checks.heading());
    let meaning = Memo::new(move |_| checks.meaning());
    let head = el("div")
        .class("head")
        .add(
            el("h3")
                .attr("id", HEADING_ID)
                .attr("tabindex", "-1")
                .attr("aria-describedby", "checks-meaning")
                .live_text(move || heading.with(|(_, words)| words.clone())),
        )
        .add(
            el("p")
                .attr("id", "checks-meaning")
                .live_text(move || meaning.get()),
        )
        .part(move || details(&checks.refusal()?.service));
    let more = Memo::new(move |_| checks.has_more());
    let offered = Memo::new(move |_| checks.offers_go_ahead());
    let said = el("p").class("sr").attr("role", "status");
    el("section")
        .class("checks")
        .attr("aria-labelledby", HEADING_ID)
        .live("data-tone", move || {
            Some(heading.with(|(tone, _)| (*tone).to_owned()))
        })
        .add(head)
        .add(work(checks))
        .add(lines(checks))
        .part(move || more.get().then(|| again(checks)))
        .part(move || offered.get().then(|| go_ahead(checks)))
        .add(said.live_text(move || checks.said.get()))
        .node()
}

/// What stands in the way, and what no longer does.
fn work(checks: Checks) -> Node {
    let all = RwSignal::new(false);
    let shown = Memo::new(move |_| {
        checks.items.with(|items| match all.get() {
            true => items.len(),
            false => items.len().min(DRAWN),
        })
    });
    let rows = list(
        move || (0..shown.get()).collect(),
        |place| (*place, 0),
        move |place| row(checks, place),
    );
    let some = Memo::new(move |_| checks.items.with(|items| !items.is_empty()));
    let left = Memo::new(move |_| checks.items.with(Vec::len).saturating_sub(shown.get()));
    el("div")
        .when("data-some", move || some.get())
        .class("work")
        .add(
            el("ul")
                .attr("aria-label", text::STANDING_LIST)
                .when("hidden", move || !some.get())
                .add(rows),
        )
        .part(move || {
            let left = left.get();
            let show = Callback::new(move |()| all.set(true));
            (left > 0).then(|| {
                el("p")
                    .class("more")
                    .text(&text::and_more(left))
                    .add(button("btn", text::SHOW_ALL, show))
                    .node()
            })
        })
        .node()
}

/// A line for each check that found nothing, or could not be made.
fn lines(checks: Checks) -> El {
    let mut lines = el("ul").class("lines").add(own(checks));
    for check in Check::of(checks.service) {
        let standing = Memo::new(move |_| (checks.standing(*check), checks.in_the_way(*check) > 0));
        lines = lines.part(move || {
            standing.with(|(standing, blocked)| {
                untrack(|| line(checks, *check, standing.as_ref(), *blocked))
            })
        });
    }
    lines
}

/// What the capability decides.
fn own(checks: Checks) -> Node {
    let verdict = Memo::new(move |_| {
        let access = checks.app.roles.access(&checks.key());
        (checks.verdict(), access.role().cloned())
    });
    part(move || {
        verdict.with(|(verdict, mine)| {
            Some(match verdict {
                Verdict::Allowed => plain(Icon::Check, "pass", &text::role_allows(mine.as_ref())),
                Verdict::Pending => plain(Icon::Clock, "wait", text::ONE_MOMENT),
                Verdict::Denied(denial) => {
                    let words = text::denial(Action::Archive, denial);
                    told(
                        Icon::Close,
                        "stop",
                        text::check(Check::decided_by(verdict)),
                        &words,
                    )
                }
            })
        })
    })
}

fn line(checks: Checks, check: Check, standing: Option<&Standing>, blocked: bool) -> Option<Node> {
    Some(match standing {
        None if blocked => return None,
        None => plain(
            Icon::Clock,
            "wait",
            &[text::CHECKING, ": ", text::check(check)].concat(),
        ),
        Some(Standing::Pass) => plain(Icon::Check, "pass", text::check_passed(check)),
        // Its rows stand above.
        Some(Standing::Blocked(_, None)) => return None,
        Some(Standing::Blocked(_, Some(failure))) => unknown(check, failure, true),
        Some(Standing::CouldNotCheck(failure)) => unknown(check, failure, false),
        Some(Standing::NotOffered) => {
            let words = text::cannot_be_listed(checks.service.name);
            told(Icon::Info, "wait", text::check(check), &words)
        }
    })
}

fn unknown(check: Check, failure: &Failure, in_part: bool) -> Node {
    let words = text::could_not_check(failure, in_part);
    let more = details(&failure.service);
    filled(Icon::Help, "unknown", text::check(check), &words, more)
}

fn plain(mark: Icon, class: &'static str, words: &str) -> Node {
    el("li")
        .class(class)
        .add(icon(mark))
        .add(el("span").text(words))
        .node()
}

fn told(mark: Icon, class: &'static str, title: &str, words: &str) -> Node {
    filled(mark, class, title, words, None)
}

fn filled(mark: Icon, class: &'static str, title: &str, words: &str, more: Option<Node>) -> Node {
    let text = el("div")
        .add(el("strong").text(title))
        .add(el("p").text(words))
        .add_some(more);
    el("li").class(class).add(icon(mark)).add(text).node()
}

/// The button that asks again; pressed while that is under way, or while the service wants to be left
/// alone, it does nothing. How long that is stands here once, however many checks wait.
fn again(checks: Checks) -> Node {
    let left = Memo::new(move |_| checks.rests());
    let held = Memo::new(move |_| left.with(Option::is_some));
    let waits = move || held.get() || checks.is_running();
    let press = el("button")
        .attr("type", "button")
        .attr("id", AGAIN_ID)
        .class("btn")
        .when("aria-disabled", waits)
        .when("aria-busy", move || checks.is_running())
        .on("click", move |_| checks.run(Because::Asked))
        .add(icon(Icon::Refresh))
        .text(text::CHECK_AGAIN);
    let acts = el("div").class("acts").add(press).node();
    let pause = part(move || held.get().then(|| countdown(move || left.get())));
    fragment([pause, acts])
}

/// The person's word that it may go ahead.
fn go_ahead(checks: Checks) -> Node {
    let tick = el("input")
        .attr("type", "checkbox")
        .property("checked", move || checks.go.get().into())
        .on("change", move |event| {
            checks.go.set(event_target_checked(&event));
        });
    el("label")
        .class("check")
        .add(tick)
        .add(el("span").text(text::GO_AHEAD))
        .node()
}

/// The line at a place of the work list.
pub(super) fn item(checks: Checks, place: usize) -> Option<Item> {
    checks.items.with(|items| items.get(place).cloned())
}
