//! One line of the work list: what it is, how it stands, and the way to cancel it.
//!
//! Guarantees: a cancelling is asked about first, right here, and says what it does; it is sent once;
//! a line is never ticked off by its own doing, but by the reading that follows. Must not know what
//! else stands in the way.

use crate::state::blockers::How;
use leptos::prelude::*;
use steward_domain::blocker::{Blocker, BlockerState, Check, Item};
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Changed, Failure};
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, Node};

use super::checks::{Because, Checks};
use super::panel::item;
use crate::browser::{clock, focus, keys};
use crate::pages::failed::failed_note;
use crate::pages::named::named;
use crate::reactive::{Store, Value, memo, spawn};
use crate::text;
use crate::ui::block::{button, copyable};
use crate::ui::el::{El, el};
use crate::ui::icon::{Icon, icon};

/// Where the cancelling of one stands.
#[derive(Clone)]
enum Step {
    Idle,
    /// It is being asked about.
    Asked,
    /// It did not happen, or nobody knows; as of how many readings.
    Failed(Failure, u32),
    /// It is done.
    Done(How),
}

#[derive(Clone, Copy)]
struct Line {
    checks: Checks,
    place: usize,
    step: Value<Step>,
}

/// The line at this place.
pub fn row(checks: Checks, place: usize) -> Node {
    let line = Line {
        checks,
        place,
        step: Value::new(Step::Idle),
    };
    let shown = memo(move || item(checks, place));
    let cleared = memo(move || shown.with(|shown| shown.as_ref().is_some_and(|item| item.cleared)));
    el("li")
        .when("data-cleared", move || cleared.get())
        .part(move || shown.with(|shown| shown.as_ref().map(|item| what(checks, item))))
        .part(move || {
            let open = !cleared.get() && shown.with(|shown| shown.as_ref().is_some_and(can_end));
            open.then(|| untrack(|| line.way_out()))
        })
        .node()
}

/// Whether it is one that can be cancelled, by whomever.
fn can_end(item: &Item) -> bool {
    let row = &item.blocker;
    row.check == Check::Subscriptions && row.payer.is_some() && row.state != BlockerState::Ending
}

fn what(checks: Checks, item: &Item) -> Node {
    let row = &item.blocker;
    let (mark, word, class) = match (item.cleared, &row.state) {
        (true, _) => (Icon::Check, text::BLOCKER_CLEARED.to_owned(), "badge ok"),
        (false, BlockerState::Unknown(_)) => (Icon::Help, text::blocker_state(row), "badge warn"),
        (false, _) => (Icon::Close, text::blocker_state(row), "badge"),
    };
    let facts = match item.cleared {
        true => String::new(),
        false => text::blocker_facts(row),
    };
    let name = row.name.as_deref().map(named);
    let name = name.unwrap_or_else(|| el("span").text(&text::blocker(row)).node());
    let link = row
        .link
        .as_deref()
        .map(|url| outward(checks.service.name, row, url));
    el("div")
        .class("what")
        .add(icon(mark))
        .add(
            el("div")
                .add(el("p").class("name").add(name).add_some(link))
                .add(
                    el("p")
                        .class("id")
                        .attr("translate", "no")
                        .add(copyable(text::COPY_BLOCKER_ID, &row.id)),
                )
                .add(el("p").class("m").text(&facts)),
        )
        .add(el("span").class(class).text(&word))
        .node()
}

fn outward(service: &str, row: &Blocker, url: &str) -> Node {
    let label = text::open_at(service, row);
    el("a")
        .class("icon")
        .attr("href", url)
        .attr("target", "_blank")
        .attr("rel", "noreferrer external")
        .attr("aria-label", &label)
        .attr("title", &label)
        .add(icon(Icon::Out))
        .node()
}

impl Line {
    fn blocker(self) -> Option<Blocker> {
        untrack(|| item(self.checks, self.place)).map(|item| item.blocker)
    }

    fn press_id(self) -> String {
        ["cancel-", &self.place.to_string()].concat()
    }

    fn step_id(self) -> String {
        ["cancel-step-", &self.place.to_string()].concat()
    }

    fn is_sending(self) -> bool {
        let id = self.blocker().map(|row| row.id);
        let sending = self.checks.console.archiving.cancelling();
        sending.is_some() && sending == id
    }

    /// Why it cannot be cancelled now.
    fn refusal(self) -> Option<String> {
        let console = self.checks.console;
        match console.verdict_of(Action::Cancel, &self.checks.key()) {
            Verdict::Allowed => {}
            Verdict::Pending => return Some(text::ONE_MOMENT.to_owned()),
            Verdict::Denied(denial) => return Some(text::denial(Action::Cancel, &denial)),
        }
        if console.archiving.is_busy() && !self.is_sending() {
            return Some(text::ANOTHER_CANCELLING.to_owned());
        }
        let done = self.checks.done.get();
        self.step.with(|step| match step {
            Step::Failed(failure, at) if failure.changed != Changed::No && *at == done => {
                Some(text::CHECK_FIRST.to_owned())
            }
            _ => None,
        })
    }

    /// The way to cancel it: the button, or what has become of it.
    fn way_out(self) -> Node {
        el("div")
            .class("way-out")
            .part(move || {
                let step = self.step.get();
                untrack(|| match step {
                    Step::Idle => Some(self.opener()),
                    Step::Asked => Some(self.asking()),
                    Step::Failed(failure, at) => Some(self.failed(failure, at)),
                    // Ticked off or not, the reading says how it stands now.
                    Step::Done(how) => Some(el("p").class("m").text(text::cancelled(how)).node()),
                })
            })
            .node()
    }

    fn opener(self) -> Node {
        let label = self.blocker().map(|row| text::cancel(&row));
        let refusal = memo(move || self.refusal());
        let press = el("button")
            .attr("type", "button")
            .class("btn")
            .attr("id", &self.press_id())
            .attr("aria-label", &label.unwrap_or_default())
            .when("aria-disabled", move || refusal.with(Option::is_some))
            .live("aria-description", move || refusal.get())
            .on("click", move |_| {
                if refusal.with_untracked(Option::is_none) {
                    self.step.set(Step::Asked);
                    soon(self.step_id());
                }
            })
            .text(text::CANCEL_SUBSCRIPTION);
        el("div")
            .class("acts")
            .add(press)
            .part(move || {
                let why = refusal.get()?;
                Some(el("p").class("m").text(&why).node())
            })
            .node()
    }

    fn keep(self) {
        if !untrack(|| self.is_sending()) {
            self.step.set(Step::Idle);
            soon(self.press_id());
        }
    }

    /// What it does, and the two ways to go on.
    fn asking(self) -> Node {
        let Some(row) = self.blocker() else {
            return el("div").node();
        };
        let means = text::cancel_means(self.checks.service.name, &row);
        let sending = move || self.is_sending();
        let send = el("button")
            .attr("type", "button")
            .class("btn danger")
            .attr("aria-label", &text::cancel(&row))
            .when("aria-disabled", sending)
            .when("aria-busy", sending)
            .on("click", move |_| self.send())
            .text(text::CANCEL_SUBSCRIPTION);
        let said = move || match sending() {
            true => text::CANCELLING.to_owned(),
            false => String::new(),
        };
        let keep = Callback::new(move |()| self.keep());
        el("div")
            .class("note warning")
            .attr("role", "group")
            .attr("aria-labelledby", &self.step_id())
            // The innermost thing that is open closes first.
            .on("keydown", move |event| {
                let escape = event
                    .dyn_ref::<KeyboardEvent>()
                    .is_some_and(|event| event.key() == "Escape" && !keys::composes(event));
                if escape {
                    event.prevent_default();
                    event.stop_propagation();
                    self.keep();
                }
            })
            .add(
                el("p")
                    .attr("id", &self.step_id())
                    .attr("tabindex", "-1")
                    .text(&means),
            )
            .add(acts([
                button("btn", text::KEEP_SUBSCRIPTION, keep),
                send.node(),
            ]))
            .add(
                el("span")
                    .class("sr")
                    .attr("role", "status")
                    .live_text(said),
            )
            .node()
    }

    fn send(self) {
        let (Some(row), checks) = (self.blocker(), self.checks) else {
            return;
        };
        if untrack(|| self.refusal()).is_some() || untrack(|| self.is_sending()) {
            return;
        }
        let name = checks.target.with_value(|target| target.name.clone());
        let (console, key) = (checks.console, checks.key());
        spawn(async move {
            let Some(result) = console.cancel_subscription(key, name, row).await else {
                return;
            };
            match result {
                Ok(how) => {
                    self.step.try_set(Step::Done(how));
                    checks.run(Because::Cancelled);
                }
                Err(failure) => {
                    let done = checks.done.try_get_untracked().unwrap_or_default();
                    self.step.try_set(Step::Failed(failure, done));
                }
            }
        });
    }

    fn failed(self, failure: Failure, at: u32) -> Node {
        let failure = Store::new(failure);
        let told = memo(move || {
            // A later reading has settled what was not known.
            failure.with_value(|failure| failure.changed == Changed::No)
                || self.checks.done.get() == at
        });
        el("div")
            .part(move || {
                let whose = self.checks.key().account;
                let note = |failure: &Failure| failed_note(&whose, failure, None);
                told.get().then(|| untrack(|| failure.with_value(note)))
            })
            .add(self.opener())
            .node()
    }
}

fn acts<const N: usize>(nodes: [Node; N]) -> El {
    nodes
        .into_iter()
        .fold(el("div").class("acts"), |acts, node| acts.add(node))
}

/// Moves focus once what it goes to has been drawn.
fn soon(id: String) {
    spawn(async move {
        clock::sleep(0).await;
        focus::focus_id(&id);
    });
}
