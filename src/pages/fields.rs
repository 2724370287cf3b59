//! What every form for a workspace is made of: its fields as the service describes them, what is
//! wrong with them, the buttons at its foot and the question before anything is thrown away.
//!
//! Guarantees: a field is drawn once and keeps focus and caret; nothing can be typed while a
//! request is under way; a refusal goes to the field it concerns. Must not know what is sent.

mod foot;

use leptos::prelude::*;
use steward_domain::draft::{Problem, RawDraft, length};
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::field::{Field, FieldFacts, Form};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, Node};

pub use self::foot::Words;
use crate::browser::keys;
use crate::text;
use crate::ui::el::{El, el};
use crate::ui::field::{Control, Field as Shown, field, focus_field};
use crate::ui::layout::note;

/// Where a form stands.
#[derive(Clone, PartialEq)]
pub enum Phase {
    /// It is being filled in.
    Typing,
    /// It is under way.
    Sending,
    /// It was refused, or its outcome is not known.
    Failed(Failure),
}

/// The fields of a form. Copies are handles to the same ones.
#[derive(Clone, Copy)]
pub struct Fields {
    /// What stands in them.
    pub raw: RwSignal<RawDraft>,
    /// What is wrong with them.
    pub problems: RwSignal<Vec<(Field, Problem)>>,
    /// Where the form stands.
    pub phase: RwSignal<Phase>,
    asking: RwSignal<bool>,
}

/// What its screen does for a form.
#[derive(Clone, Copy)]
pub struct Acts {
    /// Told after every input.
    pub typed: Callback<()>,
    /// Checks and sends.
    pub submit: Callback<()>,
    /// Goes elsewhere.
    pub leave: Callback<()>,
    /// Forgets what was typed and goes elsewhere.
    pub discard: Callback<()>,
    /// Whether something would be lost by leaving.
    pub dirty: Signal<bool>,
    /// Whether it can be sent.
    pub ready: Signal<bool>,
    /// What is said about the button that sends.
    pub said: Signal<&'static str>,
}

impl Fields {
    /// Fields with these texts in them.
    #[must_use]
    pub fn new(raw: RawDraft) -> Self {
        Self {
            raw: RwSignal::new(raw),
            problems: RwSignal::new(Vec::new()),
            phase: RwSignal::new(Phase::Typing),
            asking: RwSignal::new(false),
        }
    }

    /// Whether a request is under way.
    #[must_use]
    pub fn is_sending(self) -> bool {
        self.phase.with(|phase| *phase == Phase::Sending)
    }

    /// Begins to send.
    pub fn begin(self) {
        self.problems.set(Vec::new());
        self.phase.set(Phase::Sending);
    }

    /// Shows problems, and leads to the first.
    pub fn show(self, problems: Vec<(Field, Problem)>) {
        let first = problems.first().map(|(field, _)| id_of(*field));
        // The form may be gone, and another in its place.
        let shown = self.problems.try_set(problems).is_none();
        if let Some(id) = first.filter(|_| shown) {
            focus_field(&id);
        }
    }

    /// Takes a refusal: to the field it concerns, if the service named one of these.
    pub fn refuse(self, failure: Failure) {
        if let FailureKind::Invalid(Some(field)) = failure.kind
            && let Some(words) = &failure.service.message
            && self.has(field)
        {
            self.phase.try_set(Phase::Typing);
            self.show(vec![(field, Problem::Service(words.clone()))]);
        } else {
            self.phase.try_set(Phase::Failed(failure));
        }
    }

    /// Leads to the first field.
    pub fn focus_first(self) {
        let first = |raw: &RawDraft| raw.fields().next().map(|(field, _)| id_of(field));
        if let Some(id) = self.raw.with_untracked(first) {
            focus_field(&id);
        }
    }

    fn has(self, field: Field) -> bool {
        let has = |raw: &RawDraft| raw.fields().any(|(other, _)| other == field);
        self.raw.try_with_untracked(has) == Some(true)
    }

    /// The form's element, with what is wrong at its top.
    #[must_use]
    pub fn frame(self, acts: Acts) -> El {
        el("form")
            .class("form")
            .on("submit", move |event| {
                event.prevent_default();
                acts.submit.run(());
            })
            .on("keydown", move |event| self.key_pressed(&event, acts))
            .part(move || self.summary())
    }

    /// Whether what was sent last was refused because the service wants to be left alone.
    #[must_use]
    pub fn is_held_back(self) -> bool {
        self.phase
            .with(|phase| matches!(phase, Phase::Failed(failure) if failure.asks_for_pause()))
    }

    fn key_pressed(self, event: &Event, acts: Acts) {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        match pressed.key().as_str() {
            _ if keys::composes(pressed) => {}
            // One that is held would send again after a refusal. In a text it makes lines.
            "Enter" if pressed.repeat() => {
                let target = event.target().and_then(|at| at.dyn_into::<Element>().ok());
                if target.is_none_or(|at| at.tag_name() != "TEXTAREA") {
                    event.prevent_default();
                }
            }
            "Enter" if pressed.ctrl_key() || pressed.meta_key() => {
                event.prevent_default();
                acts.submit.run(());
            }
            "Escape" => {
                event.stop_propagation();
                // A second press before the question is seen takes it back.
                if self.asking.get_untracked() {
                    self.asking.set(false);
                } else {
                    self.leave(acts);
                }
            }
            _ => {}
        }
    }

    /// Leaves the form; asks first if something would be lost.
    fn leave(self, acts: Acts) {
        if untrack(|| self.is_sending()) {
            return;
        }
        if acts.dirty.get_untracked() {
            self.asking.set(true);
        } else {
            acts.leave.run(());
        }
    }

    /// A field. `now` is what the service has in it; none where there is no workspace yet.
    #[must_use]
    pub fn draw(self, facts: &'static FieldFacts, now: Option<&str>, acts: Acts) -> Node {
        let which = facts.field;
        let error = move || {
            self.problems.with(|problems| {
                let (_, problem) = problems.iter().find(|(field, _)| *field == which)?;
                Some(text::problem(which, problem))
            })
        };
        // The counter appears at 80 % of the limit.
        let count = move || {
            let limit = facts.limit?;
            let length = self.raw.with(|raw| length(raw.get(which)));
            (length * 5 >= limit * 4).then(|| text::count(length, limit))
        };
        field(Shown {
            id: id_of(which),
            label: text::field(which),
            help: text::field_help(facts, now.is_none()),
            control: match facts.form {
                Form::Line => Control::Line,
                Form::Text | Form::Tags(_) => Control::Long,
                Form::Color => Control::Color,
                Form::Choice(words) => Control::Choice(choices(which, words, now)),
            },
            required: facts.required,
            text: Signal::derive(move || self.raw.with(|raw| raw.get(which).to_owned())),
            error: Signal::derive(error),
            count: Signal::derive(count),
            read_only: Signal::derive(move || self.is_sending()),
            on_input: Callback::new(move |text| self.put(which, text, acts)),
        })
    }

    fn put(self, field: Field, text: String, acts: Acts) {
        let locked = untrack(|| self.is_sending());
        self.raw.update(|raw| {
            // A list to choose from cannot be locked: it goes back to what is being sent.
            if !locked {
                raw.set(field, text);
            }
        });
        if !locked {
            acts.typed.run(());
        }
    }

    /// What is wrong, together, each with the way to its field.
    fn summary(self) -> Option<Node> {
        let problems = self.problems.get();
        if problems.is_empty() {
            return None;
        }
        let mut list = el("ul");
        for (field, problem) in &problems {
            let id = id_of(*field);
            let link = el("a")
                .attr("href", &["#", &id].concat())
                .attr("rel", "external")
                .on("click", move |event| {
                    event.prevent_default();
                    focus_field(&id);
                })
                .text(&text::problem(*field, problem));
            list = list.add(el("li").add(link));
        }
        let title = text::CHECK_FIELDS.to_owned();
        Some(note("danger", title, String::new(), Some(list.node())))
    }
}

/// What is said when text from before is in the form again.
#[must_use]
pub fn restored() -> Node {
    let (title, words) = (text::RESTORED.to_owned(), text::RESTORED_TEXT.to_owned());
    note("info", title, words, None)
}

fn id_of(field: Field) -> String {
    ["field-", field.key()].concat()
}

/// What can be chosen; what the service has can be, even where its contract does not name it.
fn choices(field: Field, words: &[&str], now: Option<&str>) -> Vec<(String, String)> {
    let unknown = now.filter(|now| !words.contains(now));
    let all = unknown.iter().chain(words);
    all.map(|word| ((*word).to_owned(), text::choice(field, word)))
        .collect()
}
