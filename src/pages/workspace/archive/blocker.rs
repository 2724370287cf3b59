//! One line of the work list: what it is, how it stands, and the way to cancel it.
//!
//! Guarantees: a cancelling is asked about first, right here, and says what it does and what it saves; it
//! is sent once; a line is never ticked off by its own doing, but by the reading that follows. One that
//! the service accepted is not offered again before the service shows that it went on. Must not know what
//! else stands in the way.

use crate::state::blockers::{Cancelled, Evidence};
use leptos::prelude::*;
use steward_domain::blocker::{Blocker, BlockerState, Cancellation, Check, Claim, Item};
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Changed, Failure};
use steward_domain::invoice::Preview;
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, Node};

use super::checks::{Because, Checks};
use super::panel::item;
use super::stored;
use crate::browser::{clock, focus, keys};
use crate::pages::display_name::display_name;
use crate::pages::failure_notice::failure_notice;
use crate::text;
use crate::ui::el::{El, el};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::{button, copyable};
use leptos::task::spawn_local;

/// Where the cancelling of one stands.
#[derive(Clone)]
enum Step {
    Idle,
    /// It is being asked about.
    Asked,
    /// It did not happen, or nobody knows; as of how many readings.
    Failed(Failure, u32),
    /// The service shows it over.
    Ended(Evidence),
}

#[derive(Clone, Copy)]
struct Line {
    checks: Checks,
    place: usize,
    step: RwSignal<Step>,
}

/// The line at this place.
pub fn row(checks: Checks, place: usize) -> Node {
    let line = Line {
        checks,
        place,
        step: RwSignal::new(Step::Idle),
    };
    let shown = Memo::new(move |_| item(checks, place));
    let cleared =
        Memo::new(move |_| shown.with(|shown| shown.as_ref().is_some_and(|item| item.cleared)));
    el("li")
        .when("data-cleared", move || cleared.get())
        .part(move || {
            let claim = line.claim().map(|(_, claim)| claim);
            shown.with(|shown| shown.as_ref().map(|item| what(item, claim)))
        })
        .part(move || {
            let open = !cleared.get() && shown.with(|shown| shown.as_ref().is_some_and(is_paid));
            open.then(|| untrack(|| line.way_out()))
        })
        .part(move || {
            let is_stored = |item: &Item| item.blocker.stored.is_some();
            let open = !cleared.get() && shown.with(|shown| shown.as_ref().is_some_and(is_stored));
            open.then(|| untrack(|| stored::way_out(checks, place)))
        })
        .node()
}

/// What a cancelling of this session means for an item that stands in the way.
pub(super) fn claim(checks: Checks, item: &Item) -> Option<(Cancellation, Claim)> {
    let row = &item.blocker;
    let is_one = row.check == Check::Subscriptions && !item.cleared && row.state.stands();
    let sent = is_one.then(|| checks.app.cancellation(&checks.key(), &row.id))??;
    Some((sent, sent.claim(row)))
}

/// Whether it is one that could be cancelled, by whomever, if its state is known.
fn is_paid(item: &Item) -> bool {
    let row = &item.blocker;
    row.check == Check::Subscriptions && row.payer.is_some()
}

fn what(item: &Item, claim: Option<Claim>) -> Node {
    let row = &item.blocker;
    let (mark, word, class) = match (item.cleared, &row.state) {
        (true, _) => (Icon::Check, text::BLOCKER_CLEARED.to_owned(), "badge ok"),
        (false, BlockerState::Unknown(_)) => (Icon::Help, text::blocker_state(row), "badge warn"),
        (false, _) => (Icon::Close, text::blocker_state(row), "badge"),
    };
    let facts = match item.cleared {
        true => String::new(),
        false => text::blocker_facts(row, claim),
    };
    let name = row.name.as_deref().map(display_name);
    let name = name.unwrap_or_else(|| el("span").text(&text::blocker(row)).node());
    el("div")
        .class("what")
        .add(icon(mark))
        .add(
            el("div")
                .add(el("p").class("name").add(name))
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

impl Line {
    fn blocker(self) -> Option<Blocker> {
        untrack(|| item(self.checks, self.place)).map(|item| item.blocker)
    }

    /// What a cancelling of this session means for it. Follows both.
    fn claim(self) -> Option<(Cancellation, Claim)> {
        claim(self.checks, &item(self.checks, self.place)?)
    }

    fn press_id(self) -> String {
        ["cancel-", &self.place.to_string()].concat()
    }

    fn step_id(self) -> String {
        ["cancel-step-", &self.place.to_string()].concat()
    }

    fn is_sending(self) -> bool {
        let id = self.blocker().map(|row| row.id);
        let sending = self.checks.app.archiving.cancelling();
        sending.is_some() && sending == id
    }

    /// Why it cannot be cancelled now.
    fn refusal(self) -> Option<String> {
        let app = self.checks.app;
        match app.verdict_of(Action::Cancel, &self.checks.key()) {
            Verdict::Allowed => {}
            Verdict::Pending => return Some(text::ONE_MOMENT.to_owned()),
            Verdict::Denied(denial) => return Some(text::denial(Action::Cancel, &denial)),
        }
        if app.archiving.is_busy() && !self.is_sending() {
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
        let claim = Memo::new(move |_| self.claim());
        let known = Memo::new(move |_| {
            let item = item(self.checks, self.place);
            item.is_some_and(|item| item.blocker.state.goes_on())
        });
        el("div")
            .class("way-out")
            .part(move || {
                let (step, known) = (self.step.get(), known.get());
                let claim = claim.get();
                untrack(|| match (step, claim) {
                    (Step::Asked, _) => Some(self.asking()),
                    (Step::Failed(failure, at), _) => Some(self.failed(failure, at)),
                    // Ticked off or not, the reading says how it stands now.
                    (Step::Ended(how), _) => Some(told(text::cancelled(how))),
                    (Step::Idle, Some((_, Claim::Scheduled))) => self.claimed(),
                    (Step::Idle, _) if known => {
                        Some(el("div").add_some(self.claimed()).add(self.opener()).node())
                    }
                    (Step::Idle, _) => Some(told(&text::cannot_cancel(self.checks.service.name))),
                })
            })
            .node()
    }

    /// What this session knows and the service does not show.
    fn claimed(self) -> Option<Node> {
        let ((sent, claim), row) = (self.claim()?, self.blocker()?);
        let service = self.checks.service.name;
        Some(told(&text::cancellation(service, &row, &sent, claim)))
    }

    fn opener(self) -> Node {
        let label = self.blocker().map(|row| text::cancel(&row));
        let refusal = Memo::new(move |_| self.refusal());
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
        let service = self.checks.service.name;
        let means = text::cancel_means(service, &row);
        let preview = self.preview(row.clone());
        let saves = move || {
            preview.with(|preview| match preview {
                None => text::PREVIEWING.to_owned(),
                Some(Ok(preview)) => text::preview(service, preview),
                Some(Err(failure)) => text::no_preview(failure),
            })
        };
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
            .add(el("p").attr("role", "status").live_text(saves))
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

    /// What the service says that cancelling saves, once it has said it.
    fn preview(self, row: Blocker) -> RwSignal<Option<Result<Preview, Failure>>> {
        let preview = RwSignal::new(None);
        let (app, key) = (self.checks.app, self.checks.key());
        spawn_local(async move {
            let answered = app.preview_cancelling(&key, &row).await;
            preview.try_set(answered);
        });
        preview
    }

    fn send(self) {
        let (Some(row), checks) = (self.blocker(), self.checks) else {
            return;
        };
        if untrack(|| self.refusal()).is_some() || untrack(|| self.is_sending()) {
            return;
        }
        let name = checks.target.with_value(|target| target.name.clone());
        let (app, key) = (checks.app, checks.key());
        spawn_local(async move {
            let Some(result) = app.cancel_subscription(key, name, row).await else {
                return;
            };
            match result {
                Ok(came) => {
                    self.step.try_set(match came {
                        Cancelled::Ended(done) => Step::Ended(done.evidence),
                        // It is told with what is remembered.
                        Cancelled::Scheduled(_) => Step::Idle,
                    });
                    checks.run(Because::Cancelled);
                }
                Err(failure) => {
                    let done = checks.done.try_get_untracked().unwrap_or_default();
                    self.step.try_set(Step::Failed(failure, done));
                    unless_elsewhere(self.press_id());
                }
            }
        });
    }

    fn failed(self, failure: Failure, at: u32) -> Node {
        let failure = StoredValue::new(failure);
        let told = Memo::new(move |_| {
            // A later reading has settled what was not known.
            failure.with_value(|failure| failure.changed == Changed::No)
                || self.checks.done.get() == at
        });
        el("div")
            .part(move || {
                let whose = self.checks.key().account;
                let note = |failure: &Failure| failure_notice(&whose, failure, None);
                told.get().then(|| untrack(|| failure.with_value(note)))
            })
            .part(move || match told.get() {
                true => None,
                false => untrack(|| self.claimed()),
            })
            .add(self.opener())
            .node()
    }
}

fn told(words: &str) -> Node {
    el("p").class("m").text(words).node()
}

pub(super) fn acts<const N: usize>(nodes: [Node; N]) -> El {
    nodes
        .into_iter()
        .fold(el("div").class("acts"), |acts, node| acts.add(node))
}

/// Moves focus once what it goes to has been drawn.
pub(super) fn soon(id: String) {
    spawn_local(async move {
        clock::sleep(0).await;
        focus::focus_id(&id);
    });
}

/// The same where focus has been lost with what was pressed: whoever has gone on meanwhile stays where they are.
pub(super) fn unless_elsewhere(id: String) {
    spawn_local(async move {
        clock::sleep(0).await;
        if focus::is_lost() {
            focus::focus_id(&id);
        }
    });
}
