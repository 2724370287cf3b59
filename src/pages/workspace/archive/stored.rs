//! The way to delete a bucket or repository that stands in the way.
//!
//! Guarantees: each is asked about by itself, with its name and what is lost, right here; a bucket that
//! a repository uses cannot be sent, and says which; it is sent once; a line is never ticked off by its
//! own doing, but by the reading that follows.

use leptos::prelude::*;
use steward_domain::blocker::{Blocker, users_of};
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Changed, Failure};
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, Node};

use super::blocker::{acts, soon, unless_elsewhere};
use super::checks::{Because, Checks};
use super::panel::item;
use crate::browser::keys;
use crate::pages::failure_notice::failure_notice;
use crate::state::blockers::Evidence;
use crate::text;
use crate::ui::el::el;
use crate::ui::layout::button;
use leptos::task::spawn_local;

/// Where the deletion of one stands.
#[derive(Clone)]
enum Step {
    Idle,
    /// It is being asked about.
    Asked,
    /// It did not happen, or nobody knows; as of how many readings.
    Failed(Failure, u32),
    /// It is done.
    Done(Evidence),
}

#[derive(Clone, Copy)]
struct Line {
    checks: Checks,
    place: usize,
    step: RwSignal<Step>,
}

/// The way to delete the one at this place: the button, or what has become of it.
pub fn way_out(checks: Checks, place: usize) -> Node {
    let line = Line {
        checks,
        place,
        step: RwSignal::new(Step::Idle),
    };
    el("div")
        .class("way-out")
        .part(move || {
            let step = line.step.get();
            untrack(|| match step {
                Step::Idle => Some(line.opener()),
                Step::Asked => Some(line.asking()),
                Step::Failed(failure, at) => Some(line.failed(failure, at)),
                // Ticked off or not, the reading says how it stands now.
                Step::Done(how) => Some(el("p").class("m").text(text::deleted(how)).node()),
            })
        })
        .node()
}

impl Line {
    fn row(self) -> Option<Blocker> {
        untrack(|| item(self.checks, self.place)).map(|item| item.blocker)
    }

    fn press_id(self) -> String {
        ["delete-", &self.place.to_string()].concat()
    }

    fn step_id(self) -> String {
        ["delete-step-", &self.place.to_string()].concat()
    }

    fn is_sending(self) -> bool {
        let id = self.row().map(|row| row.id);
        let sending = self.checks.app.archiving.cancelling();
        sending.is_some() && sending == id
    }

    /// Why it cannot be deleted now.
    fn refusal(self) -> Option<String> {
        let app = self.checks.app;
        match app.verdict_of(Action::Delete, &self.checks.key()) {
            Verdict::Allowed => {}
            Verdict::Pending => return Some(text::ONE_MOMENT.to_owned()),
            Verdict::Denied(denial) => return Some(text::denial(Action::Delete, &denial)),
        }
        let row = item(self.checks, self.place)?.blocker;
        if !row.stored.as_ref().is_some_and(|stored| stored.is_here) {
            return Some(text::not_said_to_be_here(self.checks.service.name));
        }
        let users = self.checks.items.with(|items| {
            let users = users_of(&row, items).into_iter();
            users.map(text::blocker).collect::<Vec<_>>()
        });
        if !users.is_empty() {
            return Some(text::used_by(&users));
        }
        if app.archiving.is_busy() && !self.is_sending() {
            return Some(text::ANOTHER_DELETION.to_owned());
        }
        let done = self.checks.done.get();
        self.step.with(|step| match step {
            Step::Failed(failure, at) if failure.changed != Changed::No && *at == done => {
                Some(text::CHECK_DELETED_FIRST.to_owned())
            }
            _ => None,
        })
    }

    fn opener(self) -> Node {
        let Some(row) = self.row() else {
            return el("div").node();
        };
        let refusal = Memo::new(move |_| self.refusal());
        let press = el("button")
            .attr("type", "button")
            .class("btn")
            .attr("id", &self.press_id())
            .attr("aria-label", &text::delete(&row))
            .when("aria-disabled", move || refusal.with(Option::is_some))
            .live("aria-description", move || refusal.get())
            .on("click", move |_| {
                if refusal.with_untracked(Option::is_none) {
                    self.step.set(Step::Asked);
                    soon(self.step_id());
                }
            })
            .text(text::delete_kind(row.check));
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

    /// What is lost, and the two ways to go on.
    fn asking(self) -> Node {
        let Some(row) = self.row() else {
            return el("div").node();
        };
        let sending = move || self.is_sending();
        let send = el("button")
            .attr("type", "button")
            .class("btn danger")
            .attr("aria-label", &text::delete(&row))
            .when("aria-disabled", sending)
            .when("aria-busy", sending)
            .on("click", move |_| self.send())
            .text(text::delete_kind(row.check));
        let said = move || match sending() {
            true => text::DELETING.to_owned(),
            false => String::new(),
        };
        let means = text::delete_means(self.checks.service.name, &row);
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
            .add(acts([button("btn", text::KEEP_STORED, keep), send.node()]))
            .add(
                el("span")
                    .class("sr")
                    .attr("role", "status")
                    .live_text(said),
            )
            .node()
    }

    fn send(self) {
        let (Some(row), checks) = (self.row(), self.checks) else {
            return;
        };
        if untrack(|| self.refusal()).is_some() || untrack(|| self.is_sending()) {
            return;
        }
        let name = checks.target.with_value(|target| target.name.clone());
        let (app, key) = (checks.app, checks.key());
        spawn_local(async move {
            let Some(result) = app.delete_stored(key, name, row).await else {
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
            .add(self.opener())
            .node()
    }
}
